// 네트워크도 자바스크립트도 없을 때. 내려받은 폴더를 그냥 열어도 읽고, 옮겨 다니고, 찾을 수 있어야 한다.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, skip } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { site } from "./support/site.mjs";

const PAGE = "ch02-callbacks/01-completion-callback.html";
const MOST_LINES = 25;
let browser, dir, server, pages;

before(async () => {
  if (skip) return;
  dir = site();
  [browser, server] = [await launch(), await serve(dir)];
  const files = readdirSync(dir, { recursive: true, withFileTypes: true });
  pages = files.filter(({ name }) => name.endsWith(".html")).map(({ parentPath, name }) => relative(dir, join(parentPath, name)));
});
after(async () => {
  await browser?.close();
  await server?.close();
});
const fileUrl = (path) => pathToFileURL(join(dir, path)).href;

test("어느 쪽도 열 때 다른 곳에 요청하지 않는다", { skip }, async () => {
  const page = await browser.newPage();
  const elsewhere = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.base) && !/^(?:data|blob|about):/.test(url)) elsewhere.push(`${page.url()} → ${url}`);
  });
  for (const path of pages) await page.goto(server.base + path, { waitUntil: "networkidle" });
  assert.deepEqual(elsewhere, []);
  assert.ok(pages.length > 5, `쪽이 ${pages.length}개뿐이다`);
  await page.close();
});

test("네트워크가 없어도 파일로 열어 읽고 찾는다", { skip }, async () => {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  page.on("pageerror", (error) => failed.push(error.message));
  await page.goto(fileUrl("index.html"));
  await page.locator("main a", { hasText: "콜백" }).first().click();
  await page.waitForURL(/ch02-callbacks\/index\.html/);
  await page.locator("#mdbook-search-toggle").click();
  await page.locator("#mdbook-searchbar").fill("데드락");
  // `데드락`은 책에 없는 말이다. 용어표까지 파일에서 읽었어야 나온다.
  await page.locator("#mdbook-searchresults li", { hasText: "교착 상태" }).locator("a").first().click();
  await page.waitForURL(/highlight=/);
  assert.equal(new URL(page.url()).protocol, "file:");
  assert.ok((await page.locator("mark").count()) > 0, "찾은 말에 표시가 없다");
  assert.deepEqual(failed, []);
  await context.close();
});

test("모든 쪽의 모든 링크가 있는 파일을 가리킨다", { skip }, async () => {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const known = new Set(pages.map(fileUrl));
  const dead = [];
  for (const path of pages.filter((name) => name !== "404.html")) {
    await page.goto(fileUrl(path));
    const links = await page.$$eval("a[href]", (all) => all.map((a) => new URL(a.getAttribute("href"), document.baseURI).href));
    for (const link of links.filter((href) => href.startsWith("file:"))) {
      if (!known.has(link.split(/[?#]/)[0])) dead.push(`${path} → ${link}`);
    }
  }
  assert.deepEqual(dead, []);
  await context.close();
});

test("자바스크립트 없이도 읽고 옮겨 다닌다", { skip }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(server.base + PAGE);
  const title = page.locator("main h1");
  await title.waitFor();
  const box = await page.locator("main p").nth(2).boundingBox();
  assert.ok(box.width > 300 && box.x >= 0, `글줄의 폭이 ${box.width}이다`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), "쪽이 옆으로 밀린다");
  await page.locator('a[rel~="next"]:visible').first().click();
  await page.waitForURL(/02-callback-hell/);
  // 차례에도 닿을 길이 있어야 한다.
  const toc = page.frameLocator("iframe.sidebar-iframe-outer").locator("a", { hasText: "콜백" }).first();
  const link = page.locator('a[href$="toc.html"]:visible').first();
  assert.ok((await toc.isVisible()) || (await link.isVisible()), "차례로 가는 길이 없다");
  await context.close();
});

test("자바스크립트 없이도 코드는 발췌한 만큼만 보인다", { skip }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.base + PAGE);
  const lines = await page.$$eval("main pre > code.language-rust", (all) => all.map((code) => code.innerText.trimEnd().split("\n").length));
  assert.ok(lines.length > 0);
  assert.ok(Math.max(...lines) <= MOST_LINES, `줄 수: ${lines.join(", ")}`);
  await context.close();
});
