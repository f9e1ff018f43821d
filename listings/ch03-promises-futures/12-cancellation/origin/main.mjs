// 같은 이야기를 JavaScript로. 프로미스는 버릴 수 없으므로 신호를 받아 스스로 그만둔다.

import assert from "node:assert/strict";

// ANCHOR: pause
/** 한 번 멈춘다. 신호가 오면 던진다. 횟수가 정해진 신호는 멈출 때마다 하나씩 줄어든다. */
function pause(signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    queueMicrotask(resolve);
    signal.onpause?.();
  });
}

/** n번째로 멈출 때 취소되는 신호. */
function abortedAt(n) {
  const controller = new AbortController();
  const { signal } = controller;
  let pauses = 0;
  signal.onpause = () => {
    pauses += 1;
    if (pauses === n) controller.abort();
  };
  return signal;
}
// ANCHOR_END: pause

/** 끝까지 갔으면 true, 취소했으면 false. 다른 오류는 그대로 나간다. */
async function finishes(run, signal) {
  try {
    await run(signal);
    return true;
  } catch (error) {
    if (error !== signal.reason) throw error;
    return false;
  }
}

// ANCHOR: guest
async function guest(signal) {
  console.log("자리: 빌려줌");
  try {
    await pause(signal); // 차림표를 기다린다.
    console.log("접시: 빌려줌");
    try {
      await pause(signal); // 음식을 기다린다.
      console.log("손님: 다 먹음");
    } finally {
      console.log("접시: 돌아옴");
    }
  } finally {
    console.log("자리: 돌아옴");
  }
}
// ANCHOR_END: guest

async function dropped() {
  console.log("== 떠난 손님 ==");
  console.log("0번 묻고 버린다"); // 프로미스는 부르면 시작하므로, 부르지 않는다.
  for (let polls = 1; polls <= 3; polls += 1) {
    console.log(`${polls}번 묻고 버린다`);
    await finishes(guest, abortedAt(polls));
  }
}

/** 바이트가 올 때까지 기다려 읽는다. 먼저 부른 쪽이 먼저 받는다. */
class Wire {
  #bytes = [];
  #waiting = [];
  #closed = false;

  read(count) {
    return new Promise((resolve) => {
      this.#waiting.push({ count, resolve });
      this.#serve();
    });
  }

  write(...bytes) {
    this.#bytes.push(...bytes);
    this.#serve();
  }

  close() {
    this.#closed = true;
    this.#serve();
  }

  #serve() {
    while (this.#waiting.length > 0) {
      const { count, resolve } = this.#waiting[0];
      if (this.#bytes.length < count && !this.#closed) return;
      this.#waiting.shift();
      resolve(this.#bytes.splice(0, count));
    }
  }
}

// ANCHOR: wire
async function readOrder(wire) {
  const [count] = await wire.read(1);
  return count === undefined ? null : wire.read(count);
}
// ANCHOR_END: wire

/** 틱을 하나씩 기다린다. */
class Ticks {
  #waiting = withResolvers();

  next() {
    return this.#waiting.promise;
  }

  tick() {
    this.#waiting.resolve("틱");
    this.#waiting = withResolvers();
  }
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

// ANCHOR: losing
/** 틱이 올 때마다 읽던 프로미스를 잊는다. 잊힌 읽기도 계속 읽는다. */
async function forgetting(wire, ticks, tell) {
  let orders = 0;
  for (;;) {
    const order = await Promise.race([readOrder(wire), ticks.next()]);
    if (order === "틱") {
      tell(`틱, 지금까지 ${orders}건`);
      continue;
    }
    if (order === null) return orders;
    orders += 1;
    tell(`주문 [${order.join(", ")}]`);
  }
}
// ANCHOR_END: losing

// ANCHOR: remembering
/** 읽던 프로미스를 반복문 밖에 두고, 끝난 다음에만 새로 만든다. */
async function remembering(wire, ticks, tell) {
  let orders = 0;
  let reading = readOrder(wire);
  for (;;) {
    const order = await Promise.race([reading, ticks.next()]);
    if (order === "틱") {
      tell(`틱, 지금까지 ${orders}건`);
      continue;
    }
    if (order === null) return orders;
    reading = readOrder(wire);
    orders += 1;
    tell(`주문 [${order.join(", ")}]`);
  }
}
// ANCHOR_END: remembering

/** 읽던 바이트를 자기에게 쌓는다. 틱과 겨루는 것은 바이트 하나를 기다리는 일뿐이다. */
async function keeping(wire, ticks, tell) {
  let orders = 0;
  let buffer = [];
  let byte = wire.read(1);
  for (;;) {
    const came = await Promise.race([byte, ticks.next()]);
    if (came === "틱") {
      tell(`틱, 지금까지 ${orders}건`);
      continue;
    }
    if (came.length === 0) return orders;
    byte = wire.read(1);
    buffer.push(...came);
    if (buffer.length <= buffer[0]) continue;
    orders += 1;
    tell(`주문 [${buffer.slice(1).join(", ")}]`);
    buffer = [];
  }
}

/** 마이크로태스크가 모두 끝날 때까지 기다린다. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function play(serve, mark = "") {
  const wire = new Wire();
  const ticks = new Ticks();
  const tell = (what) => console.log(`${mark}읽는 쪽: ${what}`);
  const served = serve(wire, ticks, tell);
  const send = (...bytes) => {
    console.log(`${mark}보내는 쪽: [${bytes.join(", ")}]`);
    wire.write(...bytes);
  };
  send(3);
  await settle();
  ticks.tick();
  await settle();
  send(2, 7, 9, 1, 5);
  await settle();
  wire.close();
  const orders = await served;
  tell(`끝, 모두 ${orders}건`);
  return orders;
}

async function cutOrder() {
  console.log("== 잘린 주문 ==");
  assert.equal(await play(forgetting, "[Node] "), 1); // 둘을 보냈다.
  console.log("== 고정한 읽기 ==");
  assert.equal(await play(remembering), 2);
  console.log("== 쌓아 둔 읽기 ==");
  assert.equal(await play(keeping), 2);
}

async function faultyTransfer(bank, amount, signal) {
  await pause(signal); // 승인
  bank.from -= amount;
  await pause(signal); // 장부에 적기
  bank.to += amount;
  await pause(signal); // 알림
}

async function atOnce(bank, amount, signal) {
  await pause(signal); // 승인
  await pause(signal); // 장부에 적기
  bank.from -= amount;
  bank.to += amount;
  await pause(signal); // 알림
}

// ANCHOR: refunding
async function refunding(bank, amount, signal) {
  await pause(signal); // 승인
  bank.from -= amount;
  let held = amount;
  try {
    await pause(signal); // 장부에 적기
    bank.to += held;
    held = 0;
  } finally {
    bank.from += held; // 이미 넣었으면 0이다.
  }
  await pause(signal); // 알림
}
// ANCHOR_END: refunding

async function balances(transfer) {
  console.log("0번 묻고 취소: 100 + 0 = 100");
  for (let polls = 1, finished = false; !finished; polls += 1) {
    const bank = { from: 100, to: 0 };
    finished = await finishes((signal) => transfer(bank, 30, signal), abortedAt(polls));
    const ending = finished ? "끝" : "취소";
    const { from, to } = bank;
    console.log(`${polls}번 묻고 ${ending}: ${from} + ${to} = ${from + to}`);
  }
}

async function everyCancellation() {
  console.log("== 사라진 돈 ==");
  await balances(faultyTransfer);
  console.log("== 한 번에 옮기기 ==");
  await balances(atOnce);
  console.log("== 되돌리는 가드 ==");
  await balances(refunding);
}

async function counted() {
  const show = ({ inFlight, permits }) => console.log(`처리 중: ${inFlight}, 남은 허가: ${permits}`);
  const enter = (server, by) => {
    server.permits -= by;
    server.inFlight += by;
  };
  console.log("== 새는 수 ==");
  const leaky = { inFlight: 0, permits: 2 };
  await finishes(async (signal) => {
    enter(leaky, 1);
    await pause(signal); // 요청 처리
    enter(leaky, -1);
  }, abortedAt(1));
  show(leaky);
  console.log("== 돌아온 수 ==");
  const guarded = { inFlight: 0, permits: 2 };
  await finishes(async (signal) => {
    enter(guarded, 1);
    try {
      await pause(signal); // 요청 처리
    } finally {
      enter(guarded, -1);
    }
  }, abortedAt(1));
  show(guarded);
}

// ANCHOR: race
/** 경주에서 진 프로미스는 멈추지 않는다. */
async function loser() {
  const saved = [];
  const twoSaved = withResolvers();
  const saveAll = async () => {
    for (let row = 1; row <= 4; row += 1) {
      await null;
      saved.push(row);
      if (row === 2) twoSaved.resolve("늦음");
    }
  };
  const saving = saveAll();
  console.log(`[Node] ${await Promise.race([saving, twoSaved.promise])}: 포기함`);
  await saving;
  assert.equal(saved.length, 4);
  console.log(`[Node] 저장한 줄: [${saved.join(", ")}]`);
}
// ANCHOR_END: race

// ANCHOR: own
/** 자기를 취소하고도 돈다. */
async function cancelMyself(controller, pauses) {
  controller.abort();
  console.log("일: 취소를 부르고도 돈다");
  if (pauses) {
    await pause(controller.signal);
    console.log("일: 멈췄다 돌아온다");
  }
  return "끝";
}
// ANCHOR_END: own

async function ownAbort() {
  for (const [name, pauses] of [["멈추는 일", true], ["멈추지 않는 일", false]]) {
    console.log(`== ${name} ==`);
    try {
      console.log(`main: ${await cancelMyself(new AbortController(), pauses)}`);
    } catch (error) {
      console.log(`main: 취소됨 ${error.name === "AbortError"}`);
    }
  }
}

await dropped();
await cutOrder();
await everyCancellation();
await counted();
console.log("== 타임아웃 ==");
await loser();
console.log("== 한 번에 저장 ==");
console.log("== 양보하지 않는 퓨처 ==");
await ownAbort();
console.log("== spawn_blocking ==");
