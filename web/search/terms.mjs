// 용어표(src/terms.tsv)에서 온 같은 말. 전처리기가 용어 사전 쪽에 숨겨 둔 글을 색인에서 되찾으므로 따로 내려받는 파일이 없다.
import { toInitials, typing } from "./hangul.mjs";

const HIDDEN = /\[\[terms: (.*?)\]\]/s;
const compact = (text) => text.replace(/[\s-]/g, "").toLowerCase();
const split = (text, by) => text.split(by).map((part) => part.trim().replaceAll("`", "")).filter(Boolean);

export class Terms {
  /** @param docs 색인의 글. 숨겨 둔 글은 찾기에 걸리지 않게 여기서 떼어 낸다. */
  constructor(docs) {
    this.byForm = new Map();
    this.korean = [];
    for (const doc of docs) {
      const found = HIDDEN.exec(doc.body);
      if (!found) continue;
      doc.body = doc.body.replace(HIDDEN, "").trimEnd();
      for (const row of split(found[1], ";")) this.#add(...row.split("="));
    }
  }
  #add(english = "", korean = "", avoid = "", code = "") {
    const [en, ko, codes] = [split(english, " / "), split(korean, " / "), split(code, ",")];
    const count = (text) => text.split(/\s+/).length;
    const longest = (all) => Math.max(...all.map(count));
    // 뮤텍스를 찾는 사람은 `Mutex`도 찾는다. 이름이 한 낱말이면 타입의 이름으로도 쓰인다.
    const types = en.filter((term) => /^[a-z]+$/.test(term)).map((term) => term[0].toUpperCase() + term.slice(1));
    const names = [...new Set([...codes, ...types])];
    ko.forEach((term, at) => {
      this.korean.push(term);
      this.#link(term, "한국어", { code: names, english: [en[at] ?? en[0]] });
    });
    en.forEach((term, at) => {
      const korean = ko[at] ?? ko[0];
      // `async function / block`의 block은 줄인 말이다. 혼자서는 다른 뜻이 된다.
      const isShortened = count(term) < longest(en) && count(korean) === longest(ko);
      if (!isShortened) this.#link(term, "영어", { korean: [korean], code: codes });
    });
    for (const term of split(avoid, ",")) this.#link(term, "다른 꼴", { korean: ko, code: names });
  }
  #link(form, kind, to) {
    const key = compact(form);
    this.byForm.set(key, [...(this.byForm.get(key) ?? []), { form, kind, ...to }]);
  }
  /** 띄어쓰기와 대소문자를 가리지 않고 찾는다. */
  find(phrase) {
    return this.byForm.get(compact(phrase)) ?? [];
  }
  /** 치는 도중의 말로 시작하는 한국어 용어. */
  startingWith(phrase) {
    const typed = compact(phrase);
    const last = typing(typed.at(-1));
    const begun = last && new RegExp(`^${typed.slice(0, -1).replace(/[^가-힣]/g, "\\$&")}${last}`);
    return begun && this.korean.find((term) => begun.test(compact(term)));
  }
  /** 초성이 꼭 맞는 용어, 없으면 그 초성으로 시작하는 용어. */
  byInitials(letters) {
    const exact = this.korean.filter((term) => toInitials(term) === letters);
    return exact.length ? exact : this.korean.filter((term) => toInitials(term).startsWith(letters));
  }
  /** 명사로 아는 말. 붙여 쓴 꼴이다. */
  nouns() {
    return [...this.byForm.keys()].filter((key) => /^[가-힣]+$/.test(key) && !key.endsWith("다"));
  }
}
