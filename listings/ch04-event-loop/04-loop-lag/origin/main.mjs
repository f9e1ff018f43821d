// 이벤트 루프를 막으면 얼마나 늦는지 가상 시간으로 재고, 나누거나 떼어 내어 고친다.
// --measure를 붙이면 Node의 진짜 루프를 monitorEventLoopDelay로 잰다.

import { monitorEventLoopDelay } from "node:perf_hooks";
import { Worker } from "node:worker_threads";

/** 시각은 모두 밀리초이다. 처리 함수가 막았다고 말한 만큼만 흐른다. */
class EventLoop {
  now = 0;
  queue = [];
  timers = [];
  away = [];
  lag = new Histogram();
  runs = new Map();

  constructor(budget = Infinity) {
    this.budget = budget;
  }

  block(cost) {
    this.now += cost;
  }

  post(name, handler) {
    this.queue.push({ name, handler });
  }

  at(name, due, handler) {
    const later = this.timers.findIndex((timer) => timer.due > due);
    this.timers.splice(later < 0 ? this.timers.length : later, 0, { due, name, handler });
  }

  /** 워커의 결과가 돌아오면 맡긴 지 cost가 지난 시각의 타이머가 된다. */
  offload(name, cost, work, data, done) {
    const due = this.now + cost;
    this.away.push(inWorker(work, data).then((result) => this.at(name, due, () => done(result))));
  }

  // ANCHOR: run
  async run() {
    while (this.queue.length + this.timers.length + this.away.length > 0) {
      await Promise.all(this.away.splice(0));
      const now = this.now;
      while (this.timers[0]?.due <= now) this.call(this.timers.shift());
      this.takeTurn();
      if (this.queue.length === 0 && this.timers.length > 0) {
        this.now = Math.max(this.now, this.timers[0].due);
      }
    }
    return this;
  }

  takeTurn() {
    const start = this.now;
    for (let left = this.queue.length; left > 0; left--) {
      this.call(this.queue.shift());
      if (this.now - start >= this.budget) return;
    }
  }
  // ANCHOR_END: run

  call({ name, handler }) {
    const start = this.now;
    handler();
    const took = this.now - start;
    const runs = this.runs.get(name) ?? { count: 0, total: 0, longest: 0 };
    this.runs.set(name, {
      count: runs.count + 1,
      total: runs.total + took,
      longest: Math.max(runs.longest, took),
    });
  }

  story = [];

  tell(who, what) {
    this.story.push(`${who}: ${this.now}ms, ${what}`);
  }
}

/** 칸 하나가 앞의 칸보다 두 배 넓은 히스토그램. 안에서는 마이크로초로 센다. */
class Histogram {
  buckets = new Array(33).fill(0);
  max = 0;

  record(ms) {
    const micros = Math.round(ms * 1000);
    this.buckets[32 - Math.clz32(micros)]++;
    this.max = Math.max(this.max, micros);
  }

  get count() {
    return this.buckets.reduce((sum, count) => sum + count);
  }

  percentile(percent) {
    const rank = Math.max(1, Math.ceil((this.count * percent) / 100));
    let seen = 0;
    const bits = this.buckets.findIndex((count) => (seen += count) >= rank);
    return Math.min(this.max, 2 ** bits - 1);
  }

  toString() {
    const [half, most, max] = [this.percentile(50), this.percentile(99), this.max]
      .map((micros) => `${(micros / 1000).toFixed(1)}ms`);
    return `${this.count}번, p50 ${half}, p99 ${most}, 최대 ${max}`;
  }
}

// ANCHOR: worker
/** 클로저는 스레드를 건너지 못하므로 함수의 글을 보내 다른 스레드에서 다시 읽는다. */
function inWorker(work, data) {
  const code = `
    const { parentPort, workerData } = require("node:worker_threads");
    parentPort.postMessage((${work})(workerData));`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, workerData: data });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
// ANCHOR_END: worker

const fromDue = (due) => due;
const fromNow = (_due, now) => now;

function beat(on, due, { period, until, from }) {
  on.at("박동", due, () => {
    const lag = on.now - due;
    on.lag.record(lag);
    on.tell("박동", `지연 ${lag}ms`);
    const next = from(due, on.now) + period;
    if (next <= until) beat(on, next, { period, until, from });
  });
}

const ROWS = { start: 1, end: 41 };
const ROW = 1;

function add(on, { start, end }) {
  let total = 0;
  for (let row = start; row < end; row++) {
    on.block(ROW);
    total += row;
  }
  return total;
}

function blocking(on) {
  on.tell("보고서", "시작");
  const total = add(on, ROWS);
  on.tell("보고서", `합계 ${total}`);
}

function sliced(on, slice) {
  on.tell("보고서", "시작");
  const step = ({ start, end }, before) => {
    const stop = Math.min(end, start + slice);
    const total = before + add(on, { start, end: stop });
    if (stop === end) return on.tell("보고서", `합계 ${total}`);
    on.post("보고서", () => step({ start: stop, end }, total));
  };
  step(ROWS, 0);
}

function sum({ start, end }) {
  let total = 0;
  for (let row = start; row < end; row++) total += row;
  return total;
}

function offloaded(on) {
  on.tell("보고서", "시작");
  on.offload("보고서", ROW * 40, sum, ROWS, (total) => on.tell("보고서", `합계 ${total}`));
}

function heart(on) {
  beat(on, 10, { period: 10, until: 70, from: fromDue });
}

function day(report) {
  const on = new EventLoop();
  heart(on);
  on.at("알람", 15, () => on.post("보고서", () => report(on)));
  return on.run();
}

function tell(name, lines) {
  console.log(`== ${name} ==\n${lines.join("\n")}`);
}

async function slices() {
  console.log("== 조각의 길이 ==");
  for (const slice of [40, 20, 8, 2, 1]) {
    const on = await day((on) => sliced(on, slice));
    console.log(`${slice}줄씩: 지연 ${on.lag.max / 1000}ms까지, 차례 ${on.runs.get("보고서").count}번`);
  }
}

async function crowds() {
  console.log("== 여럿이 나누면 ==");
  for (const [name, budget] of [["몫이 없으면", Infinity], ["몫이 5ms이면", 5]]) {
    const on = new EventLoop(budget);
    heart(on);
    on.at("알람", 9, () => {
      for (let i = 0; i < 10; i++) on.post("보고서", () => sliced(on, 2));
    });
    await on.run();
    console.log(`${name}: 지연 ${on.lag.max / 1000}ms까지`);
  }
}

async function beats() {
  console.log("== 빼먹는 박동 ==");
  for (const [name, from] of [["지금부터", fromNow], ["예정부터", fromDue]]) {
    const on = new EventLoop();
    beat(on, 10, { period: 10, until: 2000, from });
    on.at("정산", 495, () => on.block(300));
    await on.run();
    console.log(`${name}: ${on.lag}`);
  }
}

const PERIOD = 10;

function request(on, inside, answered) {
  on.post("서버", () => {
    const start = on.now;
    on.block(1);
    inside.record(on.now - start);
    answered();
  });
}

function waiting(on, client, due, left) {
  on.at("손님", due, () => {
    request(on, client.inside, () => {
      client.outside.record(on.now - due);
      if (left > 1) waiting(on, client, on.now + PERIOD, left - 1);
    });
  });
}

function scheduled(on, client, due, left) {
  on.at("손님", due, () => {
    if (left > 1) scheduled(on, client, due + PERIOD, left - 1);
    request(on, client.inside, () => client.outside.record(on.now - due));
  });
}

async function withAccounts(send) {
  const on = new EventLoop();
  const client = { inside: new Histogram(), outside: new Histogram() };
  send(on, client, 0, 100);
  on.at("정산", 495, () => on.block(300));
  await on.run();
  return client;
}

async function omissions() {
  console.log("== 빼먹는 손님 ==");
  const [asked, sent] = [await withAccounts(waiting), await withAccounts(scheduled)];
  console.log(`처리 함수 안에서: ${sent.inside}`);
  console.log(`답을 기다리는 손님: ${asked.outside}`);
  console.log(`제때 보내는 손님: ${sent.outside}`);
}

async function culprits() {
  console.log("== 누가 막았나 ==");
  const { runs } = await day(blocking);
  const worst = [...runs].sort(([, a], [, b]) => b.longest - a.longest);
  for (const [name, { count, longest, total }] of worst) {
    console.log(`${name}: ${count}번, 가장 길게 ${longest}ms, 모두 ${total}ms`);
  }
}

// ANCHOR: measure
/** 10밀리초마다 재는 1초 동안 한 번 300밀리초를 막는다. */
function measure() {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  setTimeout(() => {
    const end = performance.now() + 300;
    while (performance.now() < end);
  }, 495);
  setTimeout(() => {
    delay.disable();
    const ms = (nanos) => `${(nanos / 1e6).toFixed(1)}ms`;
    const [half, most] = [50, 99].map((percent) => ms(delay.percentile(percent)));
    console.log(`${delay.count}번, p50 ${half}, p99 ${most}, 최대 ${ms(delay.max)}`);
  }, 1000);
}
// ANCHOR_END: measure

async function main() {
  tell("막는 보고서", (await day(blocking)).story);
  tell("나눈 보고서", (await day((on) => sliced(on, 8))).story);
  tell("맡긴 보고서", (await day(offloaded)).story);
  await slices();
  await crowds();
  await beats();
  await omissions();
  await culprits();
  console.log("== 끝나지 않은 것 ==");
  console.log("== 버린 풀 ==");
}

if (process.argv.includes("--measure")) measure();
else await main();
