// 찾기의 원본(web/search)을 mdBook이 싣는 파일 하나로 묶는다. 묶은 것을 저장소에 두므로 책을 짓는 데에는 npm이 필요 없다.
// `npm run bundle --prefix web`으로 다시 묶는다. 묶은 것이 낡으면 시험이 실패한다.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const licence = readFileSync(here("node_modules/@leeoniya/ufuzzy/LICENSE"), "utf8");
const { version } = JSON.parse(readFileSync(here("node_modules/@leeoniya/ufuzzy/package.json"), "utf8"));

/** 써야 할 파일과 그 내용. */
export function bundle() {
  const { outputFiles } = buildSync({
    entryPoints: [here("search/main.mjs")],
    absWorkingDir: here("."),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: `/* web/search를 묶은 것. uFuzzy ${version}이 들어 있다.\n${licence.trim()}\n*/` },
    write: false,
  });
  return {
    [here("../theme/search/search.js")]: outputFiles[0].text,
    [here("../theme/search/LICENSE-uFuzzy.txt")]: licence,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, text] of Object.entries(bundle())) writeFileSync(path, text);
}
