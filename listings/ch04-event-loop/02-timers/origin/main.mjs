// 타이머가 나오는 차례와, 타이머가 어긋나는 까닭들.

// 너무 먼 기한에 Node가 표준 오류로 내는 경고를 끈다.
process.removeAllListeners("warning");

const title = (name) => console.log(`== ${name} ==`);

/** 이 밀리초 뒤에 푸는 프로미스. */
const after = (millis) => new Promise((wake) => setTimeout(wake, millis));

// ANCHOR: same_deadline
async function sameDeadline() {
  for (const [deadline, name] of [[20, "가"], [10, "나"], [20, "다"], [10, "라"]]) {
    setTimeout(() => console.log(`${deadline}: ${name}`), deadline);
  }
  await after(30);
}
// ANCHOR_END: same_deadline

async function pastDeadline() {
  setTimeout(() => console.log("지금이 기한인 것"), 0);
  setTimeout(() => console.log("이미 지난 것"), -7);
  await after(2);
}

// ANCHOR: far
async function farDeadline() {
  const winner = await new Promise((first) => {
    for (const millis of [50, 2 ** 31]) setTimeout(first, millis, millis);
  });
  console.log(`[Node] 50과 ${2 ** 31} 가운데 먼저 나온 것: ${winner}`);
}
// ANCHOR_END: far

// ANCHOR: cancel_midway
async function cancelMidway() {
  setTimeout(() => {
    console.log("첫째가 둘째를 취소함");
    clearTimeout(second);
  }, 10);
  const second = setTimeout(() => console.log("둘째가 불림"), 10);
  await after(20);
}
// ANCHOR_END: cancel_midway

function beats(next, wake) {
  const beats = [];
  for (let deadline = 10; beats.length < 5;) {
    const now = wake(deadline);
    beats.push(now);
    deadline = next(deadline, now);
  }
  return beats.join(" ");
}

function intervals() {
  const fromNow = (_last, now) => now + 10;
  const fromLast = (last) => last + 10;
  const late = (deadline) => deadline + 3;
  console.log(`지금부터 10틱 뒤: ${beats(fromNow, late)}`);
  console.log(`앞의 기한부터 10틱 뒤: ${beats(fromLast, late)}`);
  const blocked = (deadline) => (deadline < 20 ? deadline : Math.max(deadline, 45));
  console.log(`20틱부터 45틱까지 막히면: ${beats(fromLast, blocked)}`);
}

/** `node main.mjs --measure`: 10밀리초 간격으로 200번 부르고 얼마나 밀렸는지 잰다. */
function measure() {
  const start = performance.now();
  let beats = 0;
  const timer = setInterval(() => {
    if (++beats < 200) return;
    clearInterval(timer);
    console.log(`${Math.round(performance.now() - start - 2000)}ms`);
  }, 10);
}

async function main() {
  title("쌓이는 기한");
  title("같은 기한");
  await sameDeadline();
  title("지난 기한");
  await pastDeadline();
  title("휠의 층");
  title("먼 기한");
  await farDeadline();
  title("도중의 취소");
  await cancelMidway();
  title("옛 열쇠");
  title("올림과 내림");
  title("밀리는 간격");
  intervals();
  title("시계");
  title("일의 양");
}

await (process.argv.includes("--measure") ? measure() : main());
