// 질의의 낱말 하나가 글에서 띨 수 있는 꼴. 정규식 하나와, 낱말의 머리와 끝에 관한 조건이다.
import { isHangul, typing } from "./hangul.mjs";
import { isParticle, verbPattern } from "./stems.mjs";

const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
/** 붙여 쓴 말과 띄어 쓴 말은 같은 말이다. */
export const spaced = (atoms) => atoms.join("\\s?");
const isLetter = (char) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const script = (char) => (/[가-힣ㄱ-ㅣ]/.test(char) ? "한글" : /\p{N}/u.test(char) ? "수" : "글자");

/** 글의 `at` 자리에서 낱말이 갈리는가. `TcpStream`과 `try_lock`의 안쪽도 갈린다. */
export function breaks(text, at) {
  const [left, right] = [text[at - 1], text[at]];
  if (!isLetter(left) || !isLetter(right)) return true;
  return script(left) !== script(right) || (/\p{Ll}/u.test(left) && /\p{Lu}/u.test(right));
}

/** 찾을 꼴 하나. `head`이면 낱말의 머리에서, `whole`이면 낱말의 끝까지, `exact`이면 대소문자까지 맞아야 한다. */
export class Form {
  constructor(source, { head = true, whole = false, joined = false, exact = false, weight = 1 } = {}) {
    this.regex = new RegExp(source, !exact && /[a-z]/i.test(source) ? "gi" : "g");
    Object.assign(this, { head, whole, joined, weight });
  }
  accepts(text, start, end) {
    if (this.head && !breaks(text, start)) return false;
    if (this.whole && !breaks(text, end)) return false;
    // `표현`이 `표 현재`와 맞지 않게, 띄어 쓴 것을 이어서 맞았으면 뒤에는 조사나 `하다`만 올 수 있다.
    if (!this.joined || !/\s/.test(text.slice(start, end))) return true;
    const rest = /^[가-힣]*/.exec(text.slice(end, end + 8))[0];
    return rest === "" || isParticle(rest) || /^[하한할함합해했되된될됨됩돼]/.test(rest);
  }
  /** 맞은 자리 `[처음, 끝]`을 차례로 낸다. */
  *places(text) {
    this.regex.lastIndex = 0;
    for (let found; (found = this.regex.exec(text)); ) {
      const end = found.index + found[0].length;
      if (end > found.index && this.accepts(text, found.index, end)) yield [found.index, end];
      else this.regex.lastIndex = found.index + 1;
    }
  }
}

// 한 글자 낱말은 뒤에 조사만 올 수 있다. `락`이 `락프리`나 `라고`와 섞이지 않게 한다.
const PARTICLES = "(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|부터|까지|마다|보다|처럼|하고|이나|나|들|이라|라|이다|인|입니다|일)";
const noun = (text, options) =>
  text.length === 1
    ? new Form(`${text}${PARTICLES}{0,2}(?![가-힣])`, options)
    : new Form(spaced([...text]), { ...options, joined: true });

/** 한글 낱말이나 구를 찾을 꼴들. */
export function hangulForms(text, words, options) {
  const { nouns, verbs } = words.stems(text.replace(/\s/g, ""));
  return [...nouns.map((found) => noun(found, options)), ...verbs.map((found) => new Form(found, options))];
}

/** 띄어 쓴 용어를 그대로 찾을 꼴. `기다리다`처럼 동사이면 활용꼴을 모두 찾는다. */
export function termForm(term, options) {
  const compact = term.replace(/\s/g, "");
  if (!isHangul(compact)) return codeForm(term, options);
  return /[^\s]다$/.test(term) ? new Form(verbPattern(compact.slice(0, -1)), options) : noun(compact, options);
}

/** 영어와 코드를 찾을 꼴. 짧은 낱말은 통째로만 맞아서 `pin`이 `ping`을, `Rc`가 `rcv`를 찾지 않는다. */
export function codeForm(text, options) {
  const source = escape(text).replace(/\\-|_|\s+/g, "[-_\\s]?");
  const short = options?.exact || /^[a-z0-9]{1,4}$/i.test(text);
  return new Form(short ? `${source}s?` : source, { whole: short, ...options });
}

/** 낱말 하나를 찾을 꼴들. 한글과 영어가 섞였으면(`Future를`, `TCP서버`) 이음매에서 조사를 떼거나 띄어쓰기를 허락한다. */
export function wordForms(word, words, options) {
  if (isHangul(word)) return hangulForms(word, words, options);
  const [, front, tail] = /^(.*?)([가-힣]*)$/s.exec(word);
  if (!tail) return [codeForm(word, options)];
  if (isParticle(tail)) return [codeForm(front.replace(/[`"')\]]+$/, "") || front, options)];
  const [stem] = words.stems(tail).nouns;
  return [new Form(`${codeForm(front).regex.source}\\s?${spaced([...stem])}`, options)];
}

/** 치는 도중의 낱말을 찾을 꼴. 마지막 글자가 아직 다 되지 않았다고 본다. */
export function typingForms(word, options) {
  const last = typing(word.at(-1));
  if (!last) return /[a-z0-9_]$/i.test(word) ? [codeForm(word, { ...options, whole: false })] : [];
  const atoms = [...word.slice(0, -1)].map((char) => (isHangul(char) ? char : escape(char)));
  return [new Form(spaced([...atoms, last]), { ...options, joined: false })];
}
