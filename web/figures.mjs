// 그림의 원본을 SVG로 그린다. 표준 입력으로 {이름: 원본}을 받아 표준 출력으로 {이름: {svg} 또는 {error}}를 낸다.
// `cargo book figures`가 부른다. 그릴 것을 고르고 파일에 적는 일은 그쪽에서 한다.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { distill } from "./distill.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const font = (name) =>
  readFileSync(here(`node_modules/pretendard/dist/web/static/woff2/${name}.woff2`)).toString("base64");

// 쪽이 쓰는 글꼴로 재어야 한글 이름표가 칸을 넘지 않는다.
const page = `<!doctype html><style>
@font-face { font-family: Pretendard; src: url(data:font/woff2;base64,${font("Pretendard-Regular")}); }
body { margin: 0; font-family: Pretendard; }
</style><body></body>`;

const SIZE = 15;
const text = { fontFamily: "Pretendard", fontSize: `${SIZE}px` };
const config = {
  startOnLoad: false,
  securityLevel: "strict",
  theme: "base",
  themeVariables: text,
  ...text,
  htmlLabels: false,
  deterministicIds: true,
  flowchart: {
    htmlLabels: false,
    useMaxWidth: false,
    curve: "basis",
    nodeSpacing: 32,
    rankSpacing: 40,
    padding: 11,
    subGraphTitleMargin: { top: 8, bottom: 2 },
  },
  state: { useMaxWidth: false, nodeSpacing: 60, rankSpacing: 44 },
  sequence: {
    useMaxWidth: false,
    mirrorActors: false,
    height: 38,
    width: 120,
    actorMargin: 56,
    boxTextMargin: 6,
    noteMargin: 9,
    messageMargin: 34,
    actorFontSize: SIZE,
    noteFontSize: SIZE,
    messageFontSize: SIZE,
    actorFontFamily: "Pretendard",
    noteFontFamily: "Pretendard",
    messageFontFamily: "Pretendard",
  },
};

const sources = JSON.parse(readFileSync(0, "utf8"));
const browser = await launch();
const drawn = {};
try {
  const tab = await browser.newPage();
  await tab.setContent(page);
  await tab.addScriptTag({ path: here("node_modules/mermaid/dist/mermaid.min.js") });
  await tab.evaluate(async (config) => {
    await document.fonts.load(`15px Pretendard`, "한글 Latin");
    globalThis.mermaid.initialize(config);
  }, config);
  await tab.evaluate(`globalThis.distill = ${distill}`);
  for (const [name, source] of Object.entries(sources)) {
    drawn[name] = await tab.evaluate(
      async ([name, source]) => {
        try {
          const { svg } = await globalThis.mermaid.render("figure", source);
          document.body.innerHTML = svg;
          return { svg: globalThis.distill(document.querySelector("svg"), name) };
        } catch (error) {
          return { error: String(error.message ?? error) };
        }
      },
      [name, source],
    );
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(drawn));
