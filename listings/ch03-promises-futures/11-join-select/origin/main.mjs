// 같은 이야기를 JavaScript로. Promise는 만들 때 시작하고, 버려도 멈추지 않는다.

// 가상 시계. 할 일이 없으면 다음 타이머의 시각으로 건너뛴다.
class Clock {
  #now = 0;
  #timers = [];

  sleep(ms) {
    return new Promise((wake) => this.#timers.push({ at: this.#now + ms, wake }));
  }

  say(who, what, mark = "") {
    console.log(`${mark}[${this.#now}ms] ${who}: ${what}`);
  }

  async run(story) {
    story(this);
    for (;;) {
      await new Promise(setImmediate); // 마이크로태스크를 모두 비운다.
      this.#timers.sort((a, b) => a.at - b.at);
      const timer = this.#timers.shift();
      if (timer === undefined) return;
      this.#now = timer.at;
      timer.wake();
    }
  }
}

// 진 쪽의 답은 JavaScript에만 있는 줄이다.
const LOSER = "[Node] ";

async function request(clock, who, ms, answer, mark) {
  clock.say(who, "요청");
  await clock.sleep(ms);
  clock.say(who, "답", mark);
  if (answer instanceof Error) throw answer;
  return answer;
}

// ANCHOR: in_turn
async function inTurn(clock) {
  const name = await request(clock, "사용자", 30, "하나");
  const orders = await request(clock, "주문", 50, 3);
  clock.say("main", `${name}, 주문 ${orders}건`);
}
// ANCHOR_END: in_turn

// ANCHOR: together
async function together(clock) {
  const [name, orders] = await Promise.all([
    request(clock, "사용자", 30, "하나"),
    request(clock, "주문", 50, 3),
  ]);
  clock.say("main", `${name}, 주문 ${orders}건`);
}
// ANCHOR_END: together

async function inputOrder(clock) {
  const pages = [["첫 쪽", 30, "가"], ["둘째 쪽", 20, "나"], ["셋째 쪽", 10, "다"]];
  const texts = await Promise.all(pages.map(([who, ms, text]) => request(clock, who, ms, text)));
  clock.say("main", texts.join(", "));
}

// ANCHOR: first
async function first(clock) {
  const cache = request(clock, "캐시", 20, 8);
  const server = request(clock, "서버", 50, 9);
  const old = await Promise.race([cache, server]); // 누가 이겼는지는 알려 주지 않는다.
  clock.say("main", `재고 ${old}개를 먼저 보임`);
  const fresh = await server;
  clock.say("main", `재고 ${fresh}개로 고침`);
}
// ANCHOR_END: first

// ANCHOR: loser
async function loserDropped(clock) {
  const near = request(clock, "가까운 서버", 20, "답");
  const far = request(clock, "먼 서버", 50, "답", LOSER);
  const text = await Promise.race([near, far]);
  clock.say("main", `${text}을 받음`);
}

async function oneFails(clock) {
  const stock = request(clock, "재고", 50, "두 개", LOSER);
  const payment = request(clock, "결제", 20, new Error("잔액 부족"));
  try {
    await Promise.all([stock, payment]);
  } catch (error) {
    clock.say("main", `실패, ${error.message}`);
  }
}
// ANCHOR_END: loser

async function walk(who, polite) {
  for (let step = 1; step <= 3; step += 1) {
    console.log(`${who}: ${step}걸음`);
    if (polite) await null;
  }
}

// ANCHOR: fair
async function fair() {
  const counts = { 메시지: 0, 종료: 0 };
  for (let round = 0; round < 10_000; round += 1) {
    const message = Promise.resolve("메시지");
    const stop = Promise.resolve("종료");
    counts[await Promise.race([message, stop])] += 1;
  }
  console.log(`[Node] Promise.race: 메시지 ${counts.메시지}번, 종료 ${counts.종료}번`);
}
// ANCHOR_END: fair

console.log("== 차례로 기다리기 ==");
await new Clock().run(inTurn);
console.log("== 함께 기다리기 ==");
await new Clock().run(together);
console.log("== 넣은 차례 ==");
await new Clock().run(inputOrder);
console.log("== 폴링한 횟수 ==");
console.log("== 먼저 온 쪽 ==");
await new Clock().run(first);
console.log("== 진 쪽 버리기 ==");
await new Clock().run(loserDropped);
console.log("== 살아 있는 진 쪽 ==");
await new Clock().run(loserDropped); // 진 쪽은 늘 살아 있다.
console.log("== 하나가 실패하면 ==");
await new Clock().run(oneFails);
console.log("== 쉬지 않는 퓨처 ==");
await Promise.all([walk("첫째", false), walk("둘째", false)]);
console.log("== 양보하는 퓨처 ==");
await Promise.all([walk("첫째", true), walk("둘째", true)]);
console.log("== 스레드 ==");
console.log("== 공정함 ==");
await fair();
console.log("== 끝난 뒤의 물음 ==");
console.log("== 남은 갈래가 없는 select! ==");
