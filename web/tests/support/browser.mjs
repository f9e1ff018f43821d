// 시험이 쓰는 브라우저. 없으면 건너뛰되, BOOK_REQUIRE=all이면 없는 것도 실패이다.
import { existsSync } from "node:fs";
import { launch } from "../../browser.mjs";

export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const missing = !existsSync(chromium);
if (missing && process.env.BOOK_REQUIRE === "all") {
  throw new Error("Chromium이 없습니다. apt-get install chromium으로 설치하거나 CHROMIUM에 자리를 적으세요.");
}
/** `test`의 `skip`에 넣는다. */
export const skip = missing && "Chromium이 없어서 건너뜁니다. apt-get install chromium으로 설치하면 돕니다.";
export { launch };
