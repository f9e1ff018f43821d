// 찾기(web/search)와 코드 빛깔(web/highlight)의 원본을 mdBook이 싣는 파일 하나씩으로 묶는다. 묶은 것을 저장소에 두므로 책을 짓는 데에는 npm이 필요 없다.
// `npm run bundle --prefix web`으로 다시 묶는다. 묶은 것이 낡으면 시험이 실패한다.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const text = (path) => readFileSync(here(path), "utf8");
const licence = (name) => text(`node_modules/${name}/LICENSE`);
const version = (name) => JSON.parse(text(`node_modules/${name}/package.json`)).version;

function bundled(entry, library) {
  const { outputFiles } = buildSync({
    entryPoints: [here(`${entry}/main.mjs`)],
    absWorkingDir: here("."),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: `/* web/${entry}를 묶은 것. ${library} ${version(library)}이 들어 있다.\n${licence(library).trim()}\n*/` },
    write: false,
  });
  return outputFiles[0].text;
}

/** 써야 할 파일과 그 내용. */
export function bundle() {
  return {
    [here("../theme/search/search.js")]: bundled("search", "@leeoniya/ufuzzy"),
    [here("../theme/search/LICENSE-uFuzzy.txt")]: licence("@leeoniya/ufuzzy"),
    [here("../theme/highlight.js")]: bundled("highlight", "highlight.js"),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, text] of Object.entries(bundle())) writeFileSync(path, text);
}
