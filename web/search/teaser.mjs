// 찾은 것을 보이는 글. 본문에서 찾은 말이 가장 많이 모인 곳을 잘라, 찾은 말에 표시를 단다.
const WIDTH = 140;
const BEFORE = 24;
const MOST_PLACES = 200;

/** 조각 `{ text, found }`의 차례. */
export function teaser(body, places) {
  const merged = merge(places).slice(0, MOST_PLACES);
  // 모인 수가 같으면 코드보다 글을 고른다.
  const worth = ([start]) => {
    const inside = merged.filter((place) => place[0] >= start && place[1] <= start + WIDTH - BEFORE).length;
    const around = body.slice(Math.max(0, start - BEFORE), start + WIDTH - BEFORE);
    return inside + (around.match(/[가-힣]/g)?.length ?? 0) / WIDTH;
  };
  const worths = merged.map(worth);
  const first = worths.indexOf(Math.max(...worths));
  const from = snap(body, Math.max(0, (merged[first]?.[0] ?? 0) - BEFORE));
  const to = snap(body, Math.min(body.length, from + WIDTH), merged[first]?.[1] ?? 0);
  const pieces = [];
  const add = (text, found) => text && pieces.push({ text, found });
  let done = from;
  for (const [start, end] of merged.filter((place) => place[0] >= from && place[1] <= to)) {
    add(body.slice(done, start), false);
    add(body.slice(start, end), true);
    done = end;
  }
  add(body.slice(done, to), false);
  if (from > 0) pieces.unshift({ text: "… ", found: false });
  if (to < body.length) pieces.push({ text: " …", found: false });
  return pieces;
}

function merge(places) {
  const merged = [];
  for (const [start, end] of places) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** 낱말 가운데를 자르지 않는 가까운 앞자리. `least`보다 앞으로는 가지 않는다. */
function snap(body, at, least = 0) {
  if (at === 0 || at >= body.length) return at;
  const space = body.lastIndexOf(" ", at);
  return space > Math.max(least, at - 20) ? space + 1 : at;
}
