// 찾기의 본체. mdBook의 색인에 든 글(절마다 한 건)에서 질의의 낱말을 모두 담은 절을 찾고, 쪽마다 가장 나은 절 하나를 낸다.
import { prepareCorrections } from "./correct.mjs";
import { rank } from "./rank.mjs";
import { splitUnit, unitsOf } from "./units.mjs";
import { Terms } from "./terms.mjs";
import { Words } from "./stems.mjs";

export class Engine {
  /** @param docs mdBook 색인의 `documentStore.docs`. @param urls 문서 번호마다의 주소. */
  constructor(docs, urls) {
    this.sections = Object.entries(docs).map(([ref, doc]) => {
      const crumbs = doc.breadcrumbs.split(" » ").map((crumb) => crumb.trim());
      const page = urls[ref].split("#")[0];
      return { ref, page, crumbs, title: doc.title.trim(), body: doc.body };
    });
    let last = "";
    for (const section of this.sections) {
      section.isFirst = section.page !== last;
      last = section.page;
    }
    this.terms = new Terms(this.sections);
    this.words = new Words(this.sections.flatMap(({ title, body }) => [title, body]), this.terms.nouns());
    this.found = new Map();
  }

  /** 처음 잘못 친 말이 기다리지 않게, 한가할 때 미리 해 둔다. */
  prepare() {
    prepareCorrections(this.words, this.sections);
  }

  /** 질의에 맞는 쪽을 나은 차례로 낸다: `{ pages: [{ section, places, surfaces }], changed: [[친 말, 찾은 말]] }`. */
  search(query) {
    const units = unitsOf(query, this.terms, this.words)
      .map((unit) => this.#resolve(unit))
      .flatMap((unit) => (unit.hits.size ? [unit] : splitUnit(unit, this.words).map((part) => this.#resolve(part))));
    const known = units.filter((unit) => unit.hits.size > 0);
    const changed = known.filter((unit) => unit.instead).map((unit) => [unit.text, unit.instead]);
    return { pages: known.length ? rank(known, units.length, this.sections.length) : [], changed };
  }

  /** 낱말마다 엄한 꼴부터 차례로 느슨하게 찾는다. 하나라도 나오면 더 느슨해지지 않는다. */
  #resolve(unit) {
    const known = this.found.get(unit.key);
    if (known) return known;
    for (const attempt of unit.attempts(this)) {
      const hits = this.#scan(attempt.forms);
      if (hits.size > 0) return this.#remember(unit, { ...unit, ...attempt, hits });
    }
    return this.#remember(unit, { ...unit, hits: new Map() });
  }
  #remember(unit, resolved) {
    if (this.found.size > 200) this.found.clear();
    this.found.set(unit.key, resolved);
    return resolved;
  }

  #scan(forms) {
    const hits = new Map();
    for (const section of this.sections) {
      const hit = { title: 0, body: 0, surfaces: new Set(), places: [] };
      for (const form of forms) {
        for (const [start, end] of form.places(section.title)) {
          const whole = end - start >= section.title.length - 1;
          hit.title = Math.max(hit.title, form.weight * (whole ? 3 : start === 0 ? 1.5 : 1));
          hit.surfaces.add(section.title.slice(start, end));
        }
        for (const [start, end] of form.places(section.body)) {
          hit.body += form.weight;
          hit.places.push([start, end]);
          hit.surfaces.add(section.body.slice(start, end));
        }
      }
      if (hit.title || hit.body) hits.set(section, hit);
    }
    return hits;
  }
}
