// 낱말의 줄기. 사전 없이 조사와 어미의 규칙만 알고, 어디서 잘라야 할지는 책에 실제로 나오는 낱말에서 배운다.
import { CHO, JONG, JUNG, isHangul, parts, syllable } from "./hangul.mjs";

const CASE =
  "에서|에게서|에게|에|한테|께|으로써|로써|으로서|로서|만으로|으로|로|와|과|하고|이랑|랑|까지|부터|마다|보다|처럼|같이|만큼|대로|밖에|조차|마저|뿐|만|쯤|씩|째|끼리";
const AFTER = "은|는|도|만|의|이|가|을|를|나|이나|라도|이라도|까지|부터|처럼|보다";
const COPULA =
  "이?(?:다|며|고|면|라면|란|라는|라고|라서|라도|지만|자|니|든지|야|여|거나|므로|지|기|어서)|인|인가|인가요|인지|인데|일|일까|일까요|임|임을|임이|입니다|입니까|이에요|예요|(?:이었|였).{0,4}";
const PARTICLE = new RegExp(`^(?:들)?(?:(?:${CASE})(?:${AFTER})?|${AFTER}|요|${COPULA})$|^들$`);
export const isParticle = (tail) => PARTICLE.test(tail);
// 낱말의 끝소리이기도 한 조사. 책에 `재시도를`이 있으면 `재시도`의 `도`는 조사가 아니다.
const AMBIGUOUS = /^(?:도|로|과|가|이|의|인|일|임|나|다|자|고|면|란|야|여|은|라도|지만|이다|마다)$/;
// 어미와 꼴이 같아서 명사라는 근거가 되지 못하는 조사.
const VERBAL = /^(?:은|는|을|나|고|며|면|다|자|니|던|도|지|기|지만|든지|거나|므로|어서|야|여)$/;
// 어떤 낱말의 끝소리도 아니어서 근거 없이도 뗄 수 있는 조사.
const CERTAIN = /^(?:들)?(?:를|에|에서|에게|으로|까지|부터|처럼|들이|들은|들의)(?:는|도|만|의)?$/;

// 어간 뒤에 오는 것. 받침이 되어 어간에 붙는 꼴(ㄴ ㄹ ㅁ ㅂ ㅆ)이 있으므로 첫가끝 자모로 풀어서 견준다.
const nfd = (text) => text.normalize("NFD");
const FINAL = { ㄴ: "\u11ab", ㄹ: "\u11af", ㅁ: "\u11b7", ㅂ: "\u11b8", ㅆ: "\u11bb" };
const AFTER_STEM =
  "는|은|을|고|기|지|게|다|며|면|던|든|자|나|네|니|도록|려고|려면|려는|으려고|으려면|으려는|으면|으며|으니|으나|는데|은데|(?:는|은|을)지(?:를|가|도|에|는)?|거나|다가|자마자|지만|느라|는가|을까|니까|으니까|면서|으면서|세요|으세요|나요|까요|을까요|어요|아요|여|아|어|(?:아|어|여)?서(?:도|는|야)?|(?:아|어|여)?야(?:만|지)?|고(?:자|도|는)|(?:으)?(?:십시오|시면|신|실|시는|십니다)|아도|어도|여도|습니다|습니까|는다|는다면|는다고|다면|다고|다는|므로|으므로|을수록|음|기(?:는|가|를|도|에|로)|지(?:는|도)|으러|고서";
const AFTER_PAST = "다|습니다|습니까|을|을까|던|고|는데|는지|지만|으면|으며|으니|으니까|기|기에|다면|다고|다는|네|나|음|어요|거나|을지|었다|었던";
const ENDING = new RegExp(
  `^(?:${[
    nfd(AFTER_STEM),
    `(?:${nfd("었|았|였")}|${FINAL.ㅆ})(?:${nfd(AFTER_PAST)})?`,
    `${FINAL.ㄴ}(?:${nfd("다|다면|다고|다는|데|지|가|가요")})?`,
    `${FINAL.ㄹ}(?:${nfd("까|까요|지|수록|때")})?`,
    `${FINAL.ㅁ}(?:${nfd("을|이|은|으로|으로써|과")})?`,
    `${FINAL.ㅂ}${nfd("니")}(?:${nfd("다|까|다만")})`,
  ].join("|")})$`,
);
// 받침이 있고 없음에 맞는 것만 근거로 삼는다. `기다리는가`의 `가`는 조사가 아니다.
const hasFinal = (stem) => parts(stem.at(-1)).jong > 0;
const casesOf = (stem) => ["의", "에", "에서", ...(hasFinal(stem) ? ["과", "으로"] : ["를", "가", "와", "로"])];
const LIGHT_FORMS = ["하는", "하고", "하면", "하여", "합니다", "한", "할", "했습니다", "된", "될", "되는", "되면", "됩니다", "됩"];
const LIGHT_VERB = /^([가-힣]{2,}?)(?:하|한|할|함|합|해|했|하였|되|된|될|됨|됩|돼|됐|시키|시킨|시킬|시킵|시켜|시켰|당하|당한)[가-힣]*$/;

/** 어미를 뗀 어간의 후보. `막히는` → 막히, `닫힌` → 닫히 */
export function verbStems(word) {
  const text = nfd(word);
  const stems = new Set();
  for (let at = 1; at < text.length; at++) {
    if (!ENDING.test(text.slice(at))) continue;
    const stem = text.slice(0, at).normalize("NFC");
    if (isHangul(stem)) stems.add(stem);
  }
  // `멈춰`, `기다려`처럼 어미가 모음에 녹아 있으면 그대로 어간으로 본다.
  if (word.length > 1 && parts(word.at(-1)).jong === 0) stems.add(word);
  return [...stems];
}

// 어간 끝의 모음은 어미와 만나 줄어든다: 막히+어 → 막혀, 멈추+어 → 멈춰, 모으+아 → 모아.
const MELTED = { ㅣ: "ㅕ", ㅕ: "ㅣ", ㅜ: "ㅝ", ㅝ: "ㅜ", ㅗ: "ㅘ", ㅘ: "ㅗ", ㅡ: "ㅓㅏ", ㅓ: "ㅡ", ㅏ: "ㅡ", ㅚ: "ㅙ", ㅙ: "ㅚ" };
// 한 글자 어간 뒤에 이것이 없으면 다른 낱말이다.
const AFTER_SHORT = "[는은을고기지게다며면던든자니도려으아어여았었였습시거음]";

/** 모음으로 끝난 어간의 마지막 글자가 활용하며 띠는 모든 꼴. 받침은 ㄴ ㄹ ㅁ ㅂ ㅆ만 붙는다. */
function openEnd(cho, vowels) {
  const with_ = (finals) => [...vowels].flatMap((to) => [...finals].map((jong) => syllable(cho, JUNG.indexOf(to), JONG.indexOf(jong)))).join("");
  return `(?:[${with_(" ㄴㄹㅆ")}]|[${with_("ㅂ")}](?=[니시])|[${with_("ㅁ")}](?![가-힣])|[${with_("ㅁ")}](?=[을이은으과에]))`;
}

/** 어간의 모든 활용꼴과 맞는 정규식 조각. */
export function verbPattern(stem) {
  const [head, front] = [stem.slice(0, -1), stem.slice(0, -2)];
  const { cho, jung, jong } = parts(stem.at(-1));
  const before = head ? parts(head.at(-1)) : { jong: -1 };
  const [first, vowel, final] = [CHO[cho], JUNG[jung], JONG[jong]];
  const melted = first === "ㅎ" && vowel === "ㅏ" ? "ㅐ" : head || !"ㅏㅓ".includes(vowel) ? (MELTED[vowel] ?? "") : "";
  const last = jong === 0 ? openEnd(cho, vowel + melted) : stem.at(-1);
  if (!head) return `${last}(?:${AFTER_SHORT}${jong === 0 ? "|(?![가-힣])" : ""})`;
  const forms = [head + last];
  // ㄹ 받침은 떨어지고(만들다 → 만드는), ㅂ은 우가 되고(어렵다 → 어려운), 르 앞에는 ㄹ이 덧난다(부르다 → 불러).
  if (final === "ㄹ") {
    const [bare, n, b] = ["", "ㄴ", "ㅂ"].map((to) => syllable(cho, jung, to ? JONG.indexOf(to) : 0));
    forms.push(`${head}(?:${n}|${bare}(?=[는시니네])|${b}(?=니))`);
  }
  if (final === "ㅂ") forms.push(`${head}${syllable(cho, jung, 0)}[우-웋워-웧]`);
  if (jong === 0 && before.jong === 0 && first === "ㅇ" && "ㅜㅝ".includes(vowel)) {
    forms.push(front + syllable(before.cho, before.jung, JONG.indexOf("ㅂ")));
  }
  if (jong === 0 && before.jong === 0 && first === "ㄹ" && vowel === "ㅡ") {
    forms.push(`${front}${syllable(before.cho, before.jung, JONG.indexOf("ㄹ"))}[러-렇라-랗리-맇]`);
  }
  if (jong === 0 && JONG[before.jong] === "ㄹ" && first === "ㄹ" && "ㅓㅏ".includes(vowel)) {
    forms.push(`${front}${syllable(before.cho, before.jung, 0)}[르-릏]`);
  }
  return `(?:${forms.join("|")})`;
}

/** 책에 나오는 한글 낱말. 어디까지가 낱말이고 어디부터가 조사인지의 근거이다. */
export class Words {
  constructor(texts, known = []) {
    this.seen = new Set(known);
    for (const text of texts) for (const [run] of text.matchAll(/[가-힣]+/g)) this.seen.add(run);
    this.known = new Set(known);
  }
  /** `word` 말고도 `stem`에 이런 것이 붙어 쓰인 적이 있는가. */
  with(stem, tails, word) {
    return tails.some((tail) => stem + tail !== word && this.seen.has(stem + tail));
  }
  isNoun(stem, tail) {
    if (this.known.has(stem) || this.with(stem, casesOf(stem), stem + tail)) return true;
    if (stem.length === 1) return false;
    if (this.with(stem, ["이", ...LIGHT_FORMS], stem + tail)) return true;
    return !VERBAL.test(tail) && this.with(stem, ["", "은", "는", "을", "도", "만"], stem + tail);
  }
  isVerb(stem) {
    const { cho, jung, jong } = parts(stem.at(-1));
    const formal = jong === 0 ? stem.slice(0, -1) + syllable(cho, jung, JONG.indexOf("ㅂ")) + "니다" : stem + "습니다";
    const used = ["고", "지", "면", "으면", "기", "는", "며", "게", "거나", "아", "어"].filter((tail) => this.seen.has(stem + tail));
    // 한 글자는 다른 낱말의 머리이기 쉽다. `만기`가 있다고 `만`이 어간은 아니다.
    return this.seen.has(formal) || used.length >= (stem.length > 1 ? 1 : 3);
  }
  /** 끝소리가 조사처럼 보여도 통째로 낱말인가. */
  isWhole(word) {
    const cases = hasFinal(word) ? ["이", "을", "으로"] : ["가", "를"];
    return this.known.has(word) || this.with(word, [...cases, "에", "에서", "하", "되", "하는", "되는"]);
  }
  /** 낱말의 줄기를 찾는다. `nouns`는 그대로 견줄 명사, `verbs`는 활용꼴을 모두 담은 정규식 조각이다. */
  stems(word) {
    const noun = this.noun(word);
    const verb = noun.sure ? /[기지음]$/.test(noun.stem) && noun.stem.slice(0, -1) : this.verb(word);
    const isVerb = verb && (!noun.sure || this.isVerb(verb));
    return { nouns: [noun.stem], verbs: isVerb ? [verbPattern(verb)] : [] };
  }
  noun(word) {
    if (this.known.has(word)) return { stem: word, sure: true };
    const light = word.match(LIGHT_VERB)?.[1];
    if (light && (this.seen.has(light) || this.isNoun(light, word.slice(light.length)))) return { stem: light, sure: true };
    const whole = this.isWhole(word);
    let [weak, certain] = [word, null];
    for (let at = 1; at < word.length; at++) {
      const [stem, tail] = [word.slice(0, at), word.slice(at)];
      if (!isParticle(tail) || (whole && (AMBIGUOUS.test(tail) || at === 1))) continue;
      const isShortVerb = at === 1 && VERBAL.test(tail) && !this.known.has(stem) && !/^[은는을]$/.test(tail);
      if (!isShortVerb && this.isNoun(stem, tail)) return { stem, sure: true };
      if (at === 1) continue;
      if (CERTAIN.test(tail)) certain ??= stem;
      if (weak === word && this.seen.has(stem)) weak = stem;
    }
    return { stem: whole ? word : (certain ?? weak), sure: whole || certain !== null };
  }
  /** 책에서 쓰인 것이 확인되는 어간 가운데 가장 짧은 것. 없으면 두 글자가 넘는 가장 짧은 것. */
  verb(word) {
    const stems = verbStems(word);
    return stems.find((stem) => this.isVerb(stem)) ?? stems.find((stem) => stem.length > 1);
  }
}
