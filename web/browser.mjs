// 설치된 Chromium을 띄운다. 네트워크가 없어도 되고, 밖으로 나가는 일도 하지 않는다.
import { chromium } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** 환경 변수 CHROMIUM에 적힌 브라우저를 띄운다. 없으면 데비안이 두는 자리에서 찾는다. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: QUIET });
}
