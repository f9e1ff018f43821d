// 잘못 친 낱말 고치기. 책에 나오는 낱말 가운데 자모 하나만 다른 것을 uFuzzy로 찾는다(스래드 → 스레드, Wakre → Waker).
import uFuzzy from "@leeoniya/ufuzzy";
import { isHangul } from "./hangul.mjs";

// 첫가끝 자모도 글자로 보게 한다. 첫 글자는 맞게 쳤다고 본다.
const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: "\\p{Ll}\\p{Lu}",
  intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
});
const SHORTEST = 5;
const vocabularies = new WeakMap();

/** 자모 수가 같은 것, 그 가운데 많은 절에 나오는 것을 고른다. */
export function correct(text, words, sections) {
  const typed = (isHangul(text) ? words.stems(text).nouns[0] : text).normalize("NFD").toLowerCase();
  if (typed.length < SHORTEST || !/^[\p{L}_]+$/u.test(typed)) return [];
  const { list, counts } = vocabularyOf(words, sections);
  const close = (fuzzy.filter(list, typed) ?? []).filter((at) => Math.abs(list[at].length - typed.length) <= 1);
  const apart = (at) => Math.abs(list[at].length - typed.length);
  const best = close.sort((a, b) => apart(a) - apart(b) || counts[b] - counts[a])[0];
  return best === undefined ? [] : [list[best].normalize("NFC")];
}

export { vocabularyOf as prepareCorrections };

function vocabularyOf(words, sections) {
  const known = vocabularies.get(words);
  if (known) return known;
  const counts = new Map();
  for (const { title, body } of sections) {
    const here = new Set(`${title} ${body}`.match(/[가-힣]+|[A-Za-z_]{4,}/g));
    for (const run of here) {
      const word = isHangul(run) ? words.noun(run).stem : run.toLowerCase();
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const list = [...counts.keys()];
  const made = { list: list.map((word) => word.normalize("NFD")), counts: list.map((word) => counts.get(word)) };
  vocabularies.set(words, made);
  return made;
}
