// 시험할 책. SITE_DIR에 지어 둔 것이 있으면 그것을 쓰고, 없으면 임시 폴더에 짓는다.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const temporary = [];
process.on("exit", () => temporary.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

function temp(name) {
  const dir = mkdtempSync(join(tmpdir(), `async-book-${name}-`));
  temporary.push(dir);
  return dir;
}

function build(cwd, dest) {
  const cargo = ["run", "--quiet", "--manifest-path", join(root, "Cargo.toml"), "--package", "book", "--", "build", "--dest", dest];
  const { status, stderr } = spawnSync("cargo", cargo, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`책을 짓지 못했습니다. 아래 문제를 고치고 다시 시험하세요.\n${stderr}`);
  return dest;
}

/** 지은 책이 있는 폴더. */
export function site() {
  return process.env.SITE_DIR ? resolve(process.env.SITE_DIR) : build(root, temp("site"));
}

/** 같은 원고를 mdBook의 처음 설정과 처음 화면으로 지은 것. 빠르기를 견줄 상대이다. */
export function stockSite() {
  if (process.env.STOCK_DIR) return resolve(process.env.STOCK_DIR);
  const copy = temp("stock");
  for (const name of ["src", "listings", "exercises", "solutions"]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  const ours = readFileSync(join(root, "book.toml"), "utf8");
  writeFileSync(join(copy, "book.toml"), ours.slice(0, ours.indexOf("[output.html]")));
  mkdirSync(join(copy, "book"));
  return build(copy, join(copy, "book"));
}
