// 찾기가 얼마나 잘 찾는가. queries.tsv의 말을 화면에 넣고, 나온 쪽을 나와야 할 쪽과 견준다.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, skip } from "./support/browser.mjs";
import { middle } from "./support/lighthouse.mjs";
import { serve } from "./support/server.mjs";
import { site } from "./support/site.mjs";

const [RECALL, PRECISION, FIRST_THREE, MILLISECONDS] = [0.95, 0.95, 0.95, 10];
// 바쁜 기계는 느리게만 할 뿐이므로, 여러 번 물어 가장 빠른 것을 본다.
const ROUNDS = 3;
// 한 가지가 통째로 무너져도 모두의 평균에는 묻힌다.
const KIND_RECALL = 0.9;
const lines = readFileSync(new URL("queries.tsv", import.meta.url), "utf8").trim().split("\n");
const counted = new Set(lines.find((line) => line.startsWith("# 쪽:")).slice("# 쪽:".length).trim().split(" "));
const pagesOf = (cell) => (cell === "-" ? [] : cell.split(" "));
const queries = lines
  .filter((line) => !line.startsWith("#"))
  .map((line) => line.split("\t"))
  .map(([kind, text, first, pages]) => ({ kind, text, first: pagesOf(first), pages: pagesOf(pages) }));
let browser, server;

before(async () => {
  if (skip) return;
  [browser, server] = [await launch(), await serve(site())];
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** `ch02-callbacks/01-completion-callback.html` → `02/01` */
function short(url) {
  const path = decodeURIComponent(new URL(url).pathname).replace(/^\//, "").replace(/\.html$/, "");
  const name = path.split("/").at(-1).replace(/^(\d+)-.*$/, "$1").replace(/^index$/, "README");
  const chapter = /^ch(\d+)-/.exec(path)?.[1];
  return chapter ? `${chapter}/${name}` : name;
}

/** 새로 연 쪽에서 하나씩 물어, 나온 주소와 걸린 시간을 낸다. */
async function ask(texts) {
  const page = await browser.newPage();
  await page.goto(`${server.base}?search=${encodeURIComponent("콜백")}`);
  await page.locator("#mdbook-searchresults li").first().waitFor();
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  const answers = await page.evaluate(async (texts) => {
    const bar = document.querySelector("#mdbook-searchbar");
    const answers = [];
    for (const text of texts) {
      const started = performance.now();
      bar.value = text;
      bar.dispatchEvent(new Event("input"));
      // 미리보기는 목록이 그려진 다음에 채워진다.
      await null;
      const took = performance.now() - started;
      answers.push({ took, urls: [...document.querySelectorAll("#mdbook-searchresults a")].map((link) => link.href) });
    }
    return answers;
  }, texts);
  await page.close();
  return answers;
}

test("질의 묶음", { skip }, async () => {
  assert.ok(queries.length >= 60, `질의가 ${queries.length}개뿐이다`);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await ask(queries.map(({ text }) => text)));
  const answers = rounds[0];

  const kinds = new Map();
  const wrong = [];
  queries.forEach(({ kind, text, first, pages }, at) => {
    const found = answers[at].urls.map(short).filter((name) => counted.has(name));
    const right = found.filter((name) => pages.includes(name)).length;
    const score = {
      recall: pages.length ? right / pages.length : 1,
      precision: found.length ? right / found.length : pages.length ? 0 : 1,
      three: first.every((name) => found.slice(0, 3).includes(name)) ? 1 : 0,
    };
    kinds.set(kind, [...(kinds.get(kind) ?? []), score]);
    if (score.recall < 1 || score.precision < 1 || !score.three) {
      const lost = pages.filter((name) => !found.includes(name));
      const extra = found.filter((name) => !pages.includes(name));
      wrong.push(`${text}: 빠짐 [${lost.join(" ")}] 남음 [${extra.join(" ")}] 앞의 셋 [${found.slice(0, 3).join(" ")}]`);
    }
  });
  const mean = (scores, key) => scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  const line = (name, scores) => `# ${name} ${scores.length}개: 재현율 ${mean(scores, "recall").toFixed(3)}, 정밀도 ${mean(scores, "precision").toFixed(3)}, 앞의 셋 ${mean(scores, "three").toFixed(3)}`;
  const all = [...kinds.values()].flat();
  const times = answers.map((_, at) => Math.min(...rounds.map((round) => round[at].took))).sort((a, b) => a - b);
  const slow = times[Math.floor(times.length * 0.9)];
  for (const [kind, scores] of kinds) console.log(line(kind, scores));
  console.log(line("모두", all));
  console.log(`# 질의 하나에 가운데 ${middle(times).toFixed(1)} ms, 열에 아홉은 ${slow.toFixed(1)} ms 안, 가장 긴 것 ${times.at(-1).toFixed(1)} ms`);
  for (const text of wrong) console.log(`# ${text}`);
  for (const [kind, scores] of kinds) assert.ok(mean(scores, "recall") >= KIND_RECALL, `${kind}의 재현율이 모자란다`);
  assert.ok(mean(all, "recall") >= RECALL, "재현율이 모자란다");
  assert.ok(mean(all, "precision") >= PRECISION, "정밀도가 모자란다");
  assert.ok(mean(all, "three") >= FIRST_THREE, "앞의 셋에 드는 비율이 모자란다");
  assert.ok(slow < MILLISECONDS, `열에 아홉이 ${slow} ms 안이다`);
});
