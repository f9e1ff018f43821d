// 찾기의 본체. mdBook의 색인에 든 글(절마다 한 건)에서 질의의 낱말을 모두 담은 절을 찾고, 쪽마다 가장 나은 절 하나를 낸다.
import { prepareCorrections } from "./correct.mjs";
import { splitUnit, unitsOf } from "./units.mjs";
import { Terms } from "./terms.mjs";
import { Words } from "./stems.mjs";

const FAR_BEHIND = 0.4;

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
      .flatMap((unit) => (unit.hits.size ? [unit] : splitUnit(unit).map((part) => this.#resolve(part))));
    const known = units.filter((unit) => unit.hits.size > 0);
    const changed = known.filter((unit) => unit.instead).map((unit) => [unit.text, unit.instead]);
    return { pages: known.length ? this.#rank(known, units.length) : [], changed };
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
      const hit = { title: 0, body: 0, weight: 0, surfaces: new Set(), places: [] };
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

  /** 모든 낱말이 한 절에 있는 쪽, 없으면 한 쪽에 있는 쪽, 그것도 없으면 절반이 넘게 있는 쪽. */
  #rank(units, asked) {
    const pages = new Map();
    for (const [at, unit] of units.entries()) {
      unit.rarity = Math.log2(2 + this.sections.length / unit.hits.size);
      for (const [section, hit] of unit.hits) {
        const page = pages.get(section.page) ?? pages.set(section.page, new Map()).get(section.page);
        (page.get(section) ?? page.set(section, []).get(section))[at] = hit;
      }
    }
    const found = [...pages.values()].map((sections) => this.#best(sections, units));
    const most = (key) => Math.max(...found.map((page) => page[key]));
    if (most("onPage") < asked / 2) return [];
    const all = units.length;
    // 긴 물음의 낱말이 모두 한 절에 들어 있기는 어렵다. 한두 낱말은 같은 쪽의 다른 절에 있어도 된다.
    const together = most("together") === all ? all - Math.floor((all - 1) / 2) : 0;
    const wanted = Math.min(all, most("onPage"));
    const fits = (page) => page.together === all || (page.onPage >= wanted && page.together >= together);
    const ranked = found.filter(fits).sort((a, b) => b.score - a.score);
    // 낱말 하나나 둘이면 그 말이 있는 쪽을 모두 보인다. 긴 물음에는 답이 될 만한 쪽만 보인다.
    return all < 3 ? ranked : ranked.filter((page) => page.score >= ranked[0].score * FAR_BEHIND);
  }

  #best(sections, units) {
    const surfaces = new Set();
    const seen = new Set();
    let [best, together, mass] = [null, 0, 0];
    for (const [section, hits] of sections) {
      let score = 0;
      let count = 0;
      units.forEach((_, at) => {
        const inCrumbs = !hits[at] && this.#inCrumbs(section, units[at]);
        if (hits[at]) {
          seen.add(at);
          for (const surface of hits[at].surfaces) surfaces.add(surface);
          score += units[at].rarity * (hits[at].title * 12 + Math.log2(1 + hits[at].body) * 3);
          mass += hits[at].body;
        } else if (inCrumbs) score += 4;
        if (hits[at] || inCrumbs) count++;
      });
      if (section.isFirst) score *= 1.4;
      if (!best || count > together || (count === together && score > best.score)) best = { section, score, hits };
      together = Math.max(together, count);
    }
    const places = best.hits.flatMap((hit) => hit?.places ?? []).sort((a, b) => a[0] - b[0]);
    // 용어 사전에는 모든 용어가 있다. 용어를 다루는 쪽보다 앞서지 않게 한다.
    const isGlossary = best.section.page.includes("glossary");
    const score = (best.score + Math.log2(1 + mass) * 2) * (isGlossary ? 0.4 : 1);
    return { section: best.section, score, together, onPage: seen.size, places, surfaces: [...surfaces] };
  }

  #inCrumbs(section, unit) {
    return unit.forms.some((form) => section.crumbs.some((crumb) => !form.places(crumb).next().done));
  }
}
