// 찾은 절을 쪽으로 모아 줄 세우기. 낱말이 가까이 모인 절이 있는 쪽을 고르고, 제목에 있는 말과 자주 나오는 말을 앞세운다.

// 두세 문장. 이 안에 함께 있으면 한 이야기를 하는 것으로 본다.
const NEAR = 120;
const FAR_BEHIND = 0.45;

/** 물은 낱말이 가장 많이 모여 있는 쪽을 나은 차례로. `asked`는 물은 낱말의 수이다. */
export function rank(units, asked, sectionCount) {
  const pages = new Map();
  for (const [at, unit] of units.entries()) {
    unit.rarity = Math.log2(2 + sectionCount / unit.hits.size);
    for (const [section, hit] of unit.hits) {
      const page = pages.get(section.page) ?? pages.set(section.page, new Map()).get(section.page);
      (page.get(section) ?? page.set(section, []).get(section))[at] = hit;
    }
  }
  // 동사는 글마다 다르게 적는다. 물은 것이 용어이면 동사는 줄을 세우는 데에만 쓴다.
  const hasTerm = units.some((unit) => unit.weight > 2);
  const needed = units.map((unit) => !hasTerm || unit.weight > 1);
  const found = [...pages.values()].map((sections) => bestOf(sections, units, needed)).filter((page) => page.onPage > 0);
  const most = (key) => Math.max(...found.map((page) => page[key]));
  if (most("seen") < asked / 2) return [];
  const all = Math.min(needed.filter(Boolean).length, most("onPage"));
  // 낱말 둘은 가까이 있는 쪽이 있으면 그 쪽만, 없으면 한 절에, 없으면 한 쪽에 있는 쪽을 고른다.
  // 긴 물음의 낱말이 모두 모이기는 어려우므로 한두 낱말은 같은 쪽의 다른 곳에 있어도 된다.
  const key = ["near", "inSection", "onPage"].find((key) => most(key) >= all);
  const enough = all - Math.floor((all - 1) / 2);
  const fits = (page) => page[key] >= all || (page.onPage >= all && page[key] >= enough);
  // 다 담은 쪽이 없으면 더 중요한 낱말을 담은 쪽만 남긴다.
  const heaviest = most("weight");
  const isWeighty = (page) => all === needed.filter(Boolean).length || page.weight === heaviest;
  const ranked = found.filter((page) => fits(page) && isWeighty(page)).sort((a, b) => b.score - a.score);
  // 낱말 하나나 둘이면 그 말이 있는 쪽을 모두 보인다. 긴 물음에는 답이 될 만한 쪽만 보인다.
  const isShort = units.length < 3 && needed.every(Boolean);
  return isShort ? ranked : ranked.filter((page) => page.score >= ranked[0].score * FAR_BEHIND);
}

function bestOf(sections, units, needed) {
  const surfaces = new Set();
  const seen = new Set();
  const most = { near: 0, inSection: 0 };
  let [best, mass] = [null, 0];
  for (const [section, hits] of sections) {
    const inCrumbs = units.map((unit, at) => !hits[at]?.title && isInCrumbs(section, unit));
    let score = 0;
    for (const [at, unit] of units.entries()) {
      const hit = hits[at];
      if (hit) {
        seen.add(at);
        hit.surfaces.forEach((surface) => surfaces.add(surface));
        score += unit.rarity * (hit.title * 12 + Math.log2(1 + hit.body) * 3);
        mass += hit.body;
      }
      if (inCrumbs[at]) score += 4;
    }
    if (section.isFirst) score *= 1.4;
    const inSection = units.filter((_, at) => needed[at] && (hits[at] || inCrumbs[at])).length;
    const near = closest(hits, inCrumbs, needed);
    most.near = Math.max(most.near, near);
    most.inSection = Math.max(most.inSection, inSection);
    const isBetter = !best || near > best.near || (near === best.near && score > best.score);
    if (isBetter) best = { section, score, near, hits };
  }
  const places = best.hits.flatMap((hit) => hit?.places ?? []).sort((a, b) => a[0] - b[0]);
  // 용어 사전에는 모든 용어가 있다. 용어를 다루는 쪽보다 앞서지 않게 한다.
  const isGlossary = best.section.page.includes("glossary");
  const weight = [...seen].reduce((sum, at) => sum + units[at].weight, 0);
  const score = (best.score + Math.log2(1 + mass) * 2) * (isGlossary ? 0.4 : 1);
  return { section: best.section, score, ...most, onPage: [...seen].filter((at) => needed[at]).length, seen: seen.size, weight, places, surfaces: [...surfaces] };
}

/** 가까이 모인 낱말의 수. 제목이나 위의 제목에 있는 낱말은 어디에나 가깝다. */
function closest(hits, inCrumbs, needed) {
  const free = needed.map((isNeeded, at) => isNeeded && Boolean(hits[at]?.title || inCrumbs[at]));
  const marks = hits.flatMap((hit, at) => (hit && needed[at] && !free[at] ? hit.places.map(([start]) => [start, at]) : []));
  marks.sort((a, b) => a[0] - b[0]);
  const inWindow = new Map();
  let [left, most] = [0, 0];
  for (const [start, at] of marks) {
    inWindow.set(at, (inWindow.get(at) ?? 0) + 1);
    for (; start - marks[left][0] > NEAR; left++) {
      const gone = marks[left][1];
      inWindow.set(gone, inWindow.get(gone) - 1);
      if (inWindow.get(gone) === 0) inWindow.delete(gone);
    }
    most = Math.max(most, inWindow.size);
  }
  return free.filter(Boolean).length + most;
}

const isInCrumbs = (section, unit) =>
  unit.forms.some((form) => section.crumbs.some((crumb) => !form.places(crumb).next().done));
