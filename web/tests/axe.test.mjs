// 접근성. 모든 쪽에서, 그리고 쪽의 종류마다 모든 화면 색과 두 폭에서, 찾기를 닫고 또 열고, axe가 찾아낸 것이 하나도 없어야 한다.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { launch, skip } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { site } from "./support/site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["index.html", "ch02-callbacks/index.html", "ch02-callbacks/01-completion-callback.html", "appendix/glossary.html", "404.html"];
const SEARCHED = "ch02-callbacks/06-event-emitter.html";
const WIDTHS = [1280, 390];
let browser, server, themes, all;

before(async () => {
  if (skip) return;
  const dir = site();
  [browser, server] = [await launch(), await serve(dir)];
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(({ name }) => name.endsWith(".html") && name !== "toc.html");
  all = files.map(({ parentPath, name }) => relative(dir, join(parentPath, name)));
  const page = await browser.newPage();
  await page.goto(server.base);
  const ids = await page.$$eval("#mdbook-theme-list button.theme", (all) => all.map((button) => button.id.replace("mdbook-theme-", "")));
  themes = ids.filter((id) => id !== "default_theme");
  await page.close();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function findings(path, theme, width, prepare) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
  // 글꼴을 받아 둔 독자의 화면이다. 처음 온 화면에서는 첫 그림 다음에 글꼴이 바뀌어 재는 때에 따라 너비가 다르다.
  await context.addInitScript((theme) => {
    localStorage.setItem("mdbook-theme", theme);
    localStorage.setItem("book-fonts", "met");
  }, theme);
  const page = await context.newPage();
  await page.goto(server.base + path, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  await prepare?.(page);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  await context.close();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => {
    const why = failureSummary.split("\n")[1]?.trim();
    return `${path} ${theme} ${width}: ${id} ${target.join(" ")} (${why})`;
  }));
}

async function search(page) {
  await page.locator("#mdbook-search-toggle").click();
  await page.locator("#mdbook-searchbar").fill("콜백");
  await page.locator("#mdbook-searchresults li").first().waitFor();
}

const summary = (found) => `${found.length}개\n${[...new Set(found)].slice(0, 40).join("\n")}`;

test("모든 쪽", { skip }, async () => {
  const found = [];
  for (const path of all) found.push(...(await findings(path, themes[0], WIDTHS[0])));
  assert.ok(found.length === 0, summary(found));
});

for (const width of WIDTHS) {
  test(`찾기를 닫은 모든 쪽, 폭 ${width}`, { skip }, async () => {
    const found = [];
    for (const theme of themes) for (const path of PAGES) found.push(...(await findings(path, theme, width)));
    assert.ok(found.length === 0, summary(found));
  });
  test(`찾기를 연 쪽, 폭 ${width}`, { skip }, async () => {
    const found = [];
    for (const theme of themes) found.push(...(await findings(SEARCHED, theme, width, search)));
    assert.ok(found.length === 0, summary(found));
  });
}
