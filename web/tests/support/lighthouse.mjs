// Lighthouse를 여러 번 돌려 가운데 값을 낸다. 한 번의 값은 기계가 바쁜지에 따라 흔들린다.
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";
import { chromium } from "./browser.mjs";

const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const CATEGORIES = ["performance", "accessibility", "best-practices"];

async function once(url) {
  const chrome = await chromeLauncher.launch({ chromePath: chromium, chromeFlags: FLAGS, logLevel: "silent" });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "silent" });
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode === "binary");
    const ms = (name) => Math.round(lhr.audits[name].numericValue);
    const cls = Math.round(lhr.audits["cumulative-layout-shift"].numericValue * 1000) / 1000;
    const times = { fcp: ms("first-contentful-paint"), lcp: ms("largest-contentful-paint"), tbt: ms("total-blocking-time") };
    return { ...scores, ...times, cls, failed: failed.map(({ id }) => id) };
  } finally {
    await chrome.kill();
  }
}

export const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** 주소마다 `runs`번. 번갈아 돌려서 기계의 형편이 모두에게 고르게 돌아가게 한다. 주소마다의 값 배열을 낸다. */
export async function measure(urls, runs) {
  const measured = urls.map(() => []);
  for (let run = 0; run < runs; run++) for (const [at, url] of urls.entries()) measured[at].push(await once(url));
  return measured.map((results) => {
    const of = (key) => results.map((result) => result[key]);
    const report = Object.fromEntries([...CATEGORIES, "fcp", "lcp", "tbt", "cls"].map((key) => [key, { middle: middle(of(key)), least: Math.min(...of(key)), most: Math.max(...of(key)) }]));
    return { ...report, failed: [...new Set(results.flatMap(({ failed }) => failed))] };
  });
}
