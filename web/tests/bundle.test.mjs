// 저장소에 둔 묶음이 원본과 같은지 본다. 묶음만 고치거나 원본만 고친 것이 드러난다.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { bundle } from "../bundle.mjs";

for (const [path, text] of Object.entries(bundle())) {
  test(`${path.split("/").at(-1)}이 낡지 않았다`, () => {
    assert.ok(existsSync(path), "없습니다. `npm run bundle --prefix web`으로 만드세요.");
    assert.ok(readFileSync(path, "utf8") === text, "원본과 다릅니다. `npm run bundle --prefix web`으로 다시 묶으세요.");
  });
}
