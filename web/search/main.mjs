// mdBook의 찾기 화면에 한국어 찾기를 끼운다. mdBook의 파일은 고치지 않고, 불러온 색인이 답하는 방법만 바꾼다.
import { Engine } from "./engine.mjs";
import { listenToKeys } from "./keys.mjs";
import { teaser } from "./teaser.mjs";

const byId = (id) => document.getElementById(`mdbook-${id}`);
const parts = {
  bar: byId("searchbar"),
  outer: byId("searchbar-outer"),
  results: byId("searchresults"),
  resultsOuter: byId("searchresults-outer"),
  header: byId("searchresults-header"),
  wrapper: byId("search-wrapper"),
  toggle: byId("search-toggle"),
};
const engines = new WeakMap();
// 글자와 폭이 없는 칸. mdBook은 같은 말을 두 번 찾지 않으므로, 다시 찾게 하려면 다른 말로 보여야 한다.
const AGAIN = "\u200b";
const MOST_MARKS = 12;
let latest = { query: "", pages: [], changed: [] };

function engineOf(index) {
  if (!engines.has(index)) {
    const engine = new Engine(index.documentStore.docs, globalThis.search.doc_urls);
    engines.set(index, engine);
    (globalThis.requestIdleCallback ?? setTimeout)(() => engine.prepare());
  }
  return engines.get(index);
}

/** 색인의 답. 미리보기 글은 `decorate`가 넣으므로 비워 둔다. */
function answer(query) {
  const clean = query.replaceAll(AGAIN, "");
  latest = { query: clean, ...engineOf(this).search(clean) };
  return latest.pages.map(({ section, score }) => ({
    ref: section.ref,
    score,
    doc: { body: "", breadcrumbs: escapeHtml(crumbsOf(section)) },
  }));
}

const escapeHtml = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const crumbsOf = ({ crumbs }) => crumbs.filter((crumb, at) => crumb !== crumbs[at - 1]).join(" » ");

function message({ query, pages, changed }) {
  if (pages.length === 0) return `‘${query}’ 검색 결과가 없습니다. 더 짧은 낱말로 찾아 보세요.`;
  const typed = changed.map(([from, to]) => `‘${from}’ 대신 ‘${to}’`).join(", ");
  return `${typed || `‘${query}’`} 검색 결과 ${pages.length}쪽`;
}

/** mdBook이 그린 목록에 미리보기와, 다음 쪽에서 표시할 말을 채운다. */
function decorate() {
  [...parts.results.children].forEach((item, at) => {
    const found = latest.pages[at];
    const [link, text] = [item.querySelector("a"), item.querySelector(".teaser")];
    if (!found || text.hasChildNodes()) return;
    text.removeAttribute("aria-label");
    for (const { text: piece, found: isFound } of teaser(found.section.body, found.places)) {
      const node = isFound ? document.createElement("em") : document.createTextNode("");
      node.textContent = piece;
      text.append(node);
    }
    link.href = link.href.replace(/([?&]highlight=)[^#]*/, (_, name) => name + marks(found.surfaces));
  });
  const words = message(latest);
  if (parts.header.textContent !== words && latest.query) parts.header.textContent = words;
}

/** 낱말은 빈칸으로 갈리므로 낱말 안의 빈칸은 줄바꿈 없는 빈칸으로 적는다. */
function marks(surfaces) {
  const words = surfaces.filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, MOST_MARKS);
  return encodeURIComponent(words.map((word) => word.replace(/\s+/g, "\u00a0")).join(" ")).replaceAll("'", "%27");
}

const press = () => parts.bar.dispatchEvent(new Event("keyup"));

/** 우리보다 색인이 먼저 왔으면 mdBook의 답이 이미 화면에 있다. 우리 답으로 바꾼다. */
function searchAgain() {
  const typed = parts.bar.value;
  if (!globalThis.search.index || !typed.trim()) return;
  parts.bar.value = typed.trim() + AGAIN;
  press();
  parts.bar.value = typed;
  press();
}

/** 붙여 넣거나 지우거나 조합하는 동안에도 찾는다. 달라진 것이 없는 글쇠는 넘기지 않는다. */
function listenToInput() {
  let searched = parts.bar.value;
  parts.bar.addEventListener("input", () => {
    searched = parts.bar.value;
    press();
  });
  document.addEventListener(
    "keyup",
    (event) => event.target === parts.bar && event.isTrusted && parts.bar.value === searched && event.stopPropagation(),
    true,
  );
}

function listenToFailure() {
  document.addEventListener(
    "error",
    ({ target }) => {
      if (target.id !== "mdbook-search-index") return;
      parts.outer.classList.remove("searching");
      parts.resultsOuter.classList.remove("hidden");
      parts.header.textContent = "색인을 읽지 못했습니다. 쪽을 새로 고친 다음 다시 찾아 보세요.";
    },
    true,
  );
}

if (parts.bar && globalThis.elasticlunr) {
  globalThis.elasticlunr.Index.prototype.search = answer;
  const drawn = new MutationObserver(decorate);
  drawn.observe(parts.results, { childList: true });
  drawn.observe(parts.header, { childList: true, characterData: true, subtree: true });
  listenToKeys(parts);
  listenToInput();
  listenToFailure();
  searchAgain();
}
