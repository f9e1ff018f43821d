// 한글 한 글자를 초성, 중성, 종성으로 다루는 셈. 치는 도중의 글자와 초성만 친 말과 한글 자판으로 잘못 친 영어가 여기서 풀린다.
export const CHO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
export const JUNG = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
export const JONG = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
// 두 글쇠로 치는 것. 초성만 치면 입력기가 앞뒤 자음을 겹받침으로 묶기도 한다(ㄹㅍ → ㄿ).
const PAIRS = {
  ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ",
  ㅘ: "ㅗㅏ", ㅙ: "ㅗㅐ", ㅚ: "ㅗㅣ", ㅝ: "ㅜㅓ", ㅞ: "ㅜㅔ", ㅟ: "ㅜㅣ", ㅢ: "ㅡㅣ",
};
const QWERTY = {
  ㅂ: "q", ㅈ: "w", ㄷ: "e", ㄱ: "r", ㅅ: "t", ㅛ: "y", ㅕ: "u", ㅑ: "i", ㅐ: "o", ㅔ: "p", ㅁ: "a", ㄴ: "s", ㅇ: "d", ㄹ: "f", ㅎ: "g",
  ㅗ: "h", ㅓ: "j", ㅏ: "k", ㅣ: "l", ㅋ: "z", ㅌ: "x", ㅊ: "c", ㅍ: "v", ㅠ: "b", ㅜ: "n", ㅡ: "m", ㅃ: "Q", ㅉ: "W", ㄸ: "E", ㄲ: "R",
  ㅆ: "T", ㅒ: "O", ㅖ: "P",
};

export const isHangul = (text) => /^[가-힣]+$/.test(text);
export const syllable = (cho, jung, jong) => String.fromCharCode(0xac00 + (cho * 21 + jung) * 28 + jong);
export function parts(char) {
  const at = char.charCodeAt(0) - 0xac00;
  return { cho: Math.floor(at / 588), jung: Math.floor(at / 28) % 21, jong: at % 28 };
}
/** 초성과 중성이 같은 모든 글자. */
const anyJong = (cho, jung) => `${syllable(cho, jung, 0)}-${syllable(cho, jung, 27)}`;
const anyJung = (cho) => `[${syllable(cho, 0, 0)}-${syllable(cho, 20, 27)}]`;

/** 치는 도중의 마지막 글자가 될 수 있는 모든 것. `ㄱ`은 [가-깋], `구`는 구…궝, `깋`은 깋이나 기하…기힣이다. */
export function typing(char) {
  if (CHO.includes(char)) return anyJung(CHO.indexOf(char));
  if (!isHangul(char)) return null;
  const { cho, jung, jong } = parts(char);
  if (jong === 0) {
    const begun = [...JUNG].filter((to) => to === JUNG[jung] || PAIRS[to]?.[0] === JUNG[jung]);
    return `[${begun.map((to) => anyJong(cho, JUNG.indexOf(to))).join("")}]`;
  }
  const [kept, moved] = PAIRS[JONG[jong]] ?? [" ", JONG[jong]];
  if (!CHO.includes(moved)) return char;
  return `(?:${char}|${syllable(cho, jung, JONG.indexOf(kept))}${anyJung(CHO.indexOf(moved))})`;
}

/** 자음만으로 이루어진 말이면 글자마다의 초성, 아니면 `null`. */
export function initials(word) {
  const split = [...word].map((char) => PAIRS[char] ?? char).join("");
  return split && [...split].every((char) => CHO.includes(char)) ? split : null;
}
const initialOf = (char) => (isHangul(char) ? CHO[parts(char).cho] : char);
/** `이벤트 루프` → `ㅇㅂㅌㄹㅍ` */
export const toInitials = (text) => [...text.replace(/\s/g, "")].map(initialOf).join("");
export const initialPattern = (letters) => [...letters].map((char) => anyJung(CHO.indexOf(char)));

/** 한글 자판으로 잘못 친 영어. `ㅉㅁㅏㄷㄱ` → `Waker` */
export function toQwerty(text) {
  const keys = (jamo) => [...(PAIRS[jamo] ?? jamo)].map((key) => QWERTY[key] ?? key).join("");
  return [...text]
    .map((char) => {
      if (!isHangul(char)) return keys(char);
      const { cho, jung, jong } = parts(char);
      return keys(CHO[cho]) + keys(JUNG[jung]) + (jong ? keys(JONG[jong]) : "");
    })
    .join("");
}
