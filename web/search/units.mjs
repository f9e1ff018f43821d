// 질의를 낱말과 용어로 나누고, 낱말마다 찾아볼 꼴을 엄한 것부터 차례로 마련한다.
import { correct } from "./correct.mjs";
import { codeForm, Form, hangulForms, spaced, termForm, typingForms, wordForms } from "./forms.mjs";
import { initialPattern, initials, isHangul, toQwerty } from "./hangul.mjs";
import { isParticle } from "./stems.mjs";

// 물음의 틀일 뿐 찾을 것이 아닌 말.
const FILLER = new Set(
  "방법 법 것 거 게 때 수 중 등 이유 까닭 왜 어떻게 무엇 뭐 무슨 언제 어디 어떤 누가 그리고 그런데 및 또는 이 그 저 더 좀 잘 안 못 하는 하기 하면 하고 해서 되는 되면 있는 있나 있나요 없는 없이 위한 위해 대한 대해 관한 the a an of to in is how what why and or".split(" "),
);
const ASKING = /^(?:[하되있없이](?:나|나요|는지|는가|는데)|[할될일]까요?|[있없]을까요?|[인뭔]가요|뭔지|무엇인가요?|어떤가요)$/;
const LONGEST_TERM = 4;

export function unitsOf(query, terms, words) {
  const typed = query.normalize("NFC").trim().split(/\s+/).filter(Boolean);
  const units = [];
  for (let at = 0; at < typed.length; ) {
    const unit = termAt(typed, at, terms);
    units.push(unit ?? { text: typed[at], size: 1, entries: [] });
    at += units.at(-1).size;
  }
  const asked = units.filter(({ text }) => !FILLER.has(text) && !ASKING.test(text));
  const kept = asked.length ? asked : units;
  return kept.map((unit) => unitOf(unit, unit === units.at(-1), words));
}

/** 붙어 나오는 곳이 없는 용어를 낱말로 나눈다. */
export const splitUnit = (unit, words) =>
  unit.text.includes(" ") ? unit.text.split(" ").map((text) => unitOf({ text, entries: [] }, unit.isLast, words)) : [unit];

/** `at`부터 시작하는 가장 긴 용어. 마지막 낱말에 붙은 조사는 뗀다. */
function termAt(typed, at, terms) {
  for (let size = Math.min(LONGEST_TERM, typed.length - at); size > 0; size--) {
    const phrase = typed.slice(at, at + size).join(" ");
    const shorter = [...phrase].map((_, cut) => [phrase.slice(0, cut), phrase.slice(cut)]);
    const bare = shorter.find(([stem, tail]) => stem.trim() && isParticle(tail) && terms.find(stem).length)?.[0];
    // 끝까지 치지 않은 용어도 용어이다.
    const begun = size > 1 && at + size === typed.length ? terms.startingWith(phrase) : undefined;
    const text = terms.find(phrase).length ? phrase : (bare ?? begun);
    if (text) return { text, size, entries: terms.find(text) };
  }
  return null;
}

function unitOf({ text, entries }, isLast, words) {
  const compact = text.replace(/\s/g, "");
  // 다 담은 쪽이 없을 때 무엇을 먼저 담아야 하는지: 용어, 명사와 코드, 동사의 차례이다.
  const isVerbal = isHangul(compact) && !words.noun(compact).sure;
  const weight = entries.length ? 3 : isVerbal ? 1 : 2;
  return {
    text,
    isLast,
    weight,
    key: `${text}\n${isLast}`,
    *attempts({ terms, sections }) {
      const letters = initials(compact);
      if (letters) {
        if (letters.length < 2) return;
        const known = terms.byInitials(letters);
        if (known.length) yield { forms: known.map((term) => termForm(term)) };
        yield { forms: [new Form(`${spaced(initialPattern(letters))}(?![가-힣])`)] };
        yield { forms: [new Form(spaced(initialPattern(letters)), { joined: true })] };
        return;
      }
      const formsOf = (options) => (isHangul(compact) ? hangulForms(compact, words, options) : wordForms(text, words, options));
      const own = isHangul(compact) && entries.length ? [termForm(text)] : formsOf();
      const others = entries.flatMap(({ kind, korean = [], code = [] }) => [
        ...korean.filter((term) => kind !== "영어" || !isVerb(term)).map((term) => termForm(term, { weight: 0.9 })),
        ...code.map((term) => codeForm(term, { weight: 0.8, exact: true })),
      ]);
      yield { forms: [...own, ...others] };
      if (isLast) yield { forms: typingForms(compact) };
      const translated = entries.flatMap(({ korean = [], english = [] }) => [...korean, ...english]);
      yield { forms: translated.map((term) => termForm(term)) };
      yield { forms: formsOf({ head: false, whole: false }) };
      const singular = /^([a-z]{4,}?)(?:e?s|ing|ed)$/i.exec(text)?.[1];
      if (singular) yield { forms: [codeForm(singular, { whole: false })] };
      yield* instead(text, words, sections);
    },
  };
}

const isVerb = (term) => /[^\s]다$/.test(term);

/** 그대로는 없는 낱말: 한글 자판으로 친 영어이거나 한 글자를 잘못 친 것이다. */
function* instead(text, words, sections) {
  const keys = toQwerty(text);
  if (keys !== text && /^[a-z][a-z_!]{2,}$/i.test(keys)) yield { forms: [codeForm(keys)], instead: keys };
  for (const word of correct(text, words, sections)) yield { forms: wordForms(word, words), instead: word };
}
