// 같은 일을 비동기 제너레이터와 손으로 쓴 풀로. 시간은 손으로 만든 시계에서 흐른다.
import assert from "node:assert/strict";

/** 할 일이 타이머뿐이면 다음 시각으로 건너뛰는 시계. */
class Clock {
  now = 0;
  #timers = [];

  sleep(ms) {
    return new Promise((wake) => this.#timers.push({ at: this.now + ms, wake }));
  }

  /** `main`이 끝난 뒤에도 남은 타이머를 모두 울린다. Node도 타이머가 남으면 끝나지 않는다. */
  async run(main) {
    const result = main();
    for (;;) {
      await new Promise(setImmediate); // 마이크로태스크가 모두 돈 다음이다.
      this.#timers.sort((one, other) => one.at - other.at);
      const next = this.#timers.shift();
      if (next === undefined) return result;
      this.now = next.at;
      next.wake();
    }
  }
}

const clock = new Clock();

class Server {
  counts = { started: 0, running: 0, highWater: 0, refused: 0, finished: 0 };

  async profile(id, took = 10) {
    const { counts } = this;
    counts.started++;
    counts.running++;
    counts.highWater = Math.max(counts.highWater, counts.running);
    const crowded = counts.running > 4;
    await clock.sleep(took);
    counts.running--;
    counts.finished++;
    if (crowded) {
      counts.refused++;
      throw new Error(`프로필 ${id} 거절`);
    }
    return id;
  }
}

// ANCHOR: buffer
/** 일을 `limit`개까지 함께 돌리고 끝나는 차례로 내놓는다. `jobs`는 프로미스가 아니라 함수를 낸다. */
async function* bufferUnordered(jobs, limit) {
  const source = jobs[Symbol.iterator]();
  const running = new Map();
  for (let key = 0, ended = false; ; ) {
    while (!ended && running.size < limit) {
      const { done, value: job } = source.next();
      ended = done;
      if (done) break;
      const mine = key++;
      running.set(mine, job().then((value) => ({ mine, value })));
    }
    if (running.size === 0) return;
    const { mine, value } = await Promise.race(running.values());
    running.delete(mine);
    yield value;
  }
}
// ANCHOR_END: buffer

/** 받은 차례로 내놓는다. */
async function* buffered(jobs, limit) {
  const slots = [];
  for (const job of jobs) {
    slots.push(job());
    if (slots.length === limit) yield await slots.shift();
  }
  while (slots.length > 0) yield await slots.shift();
}

const ids = (count) => Array.from({ length: count }, (_, turn) => turn + 1);

/** 함수의 목록. 부를 때까지 요청이 나가지 않는다. */
const requests = (server, count = 12, took = () => 10) =>
  ids(count).map((id) => () => server.profile(id, took(id)));

async function toArray(stream) {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
}

async function report(name, fetch) {
  const server = new Server();
  const start = clock.now;
  await fetch(server);
  const { highWater, refused } = server.counts;
  console.log(`${name}: ${clock.now - start}ms, 동시에 ${highWater}개, 거절 ${refused}개`);
}

async function oneByOne(server) {
  for (const request of requests(server)) await request();
}

const allAtOnce = (server) => Promise.allSettled(requests(server).map((request) => request()));

/** 일꾼 `limit`명이 목록 하나를 나누어 가져간다. */
async function workers(server, limit) {
  const left = requests(server).values();
  const work = async () => {
    for (const request of left) await request();
  };
  await Promise.all(ids(limit).map(work));
}

/** `at`의 기본값은 첫 next가 아니라 부를 때 정해진다. */
async function* ticker(period, at = clock.now) {
  for (;;) {
    at += period;
    await clock.sleep(Math.max(0, at - clock.now));
    yield at;
  }
}

async function* filter(source, keep) {
  for await (const value of source) if (keep(value)) yield value;
}

async function ticks() {
  console.log("== 틱 ==");
  const start = clock.now;
  let count = 0;
  let seen = 0;
  for await (const at of filter(ticker(10), () => ++count % 2 === 1)) {
    console.log(`${at - start}ms`);
    if (++seen === 3) break;
  }
  console.log("== 늦게 물은 틱 ==");
  const late = clock.now;
  const source = ticker(10);
  await clock.sleep(35);
  for (let turn = 0; turn < 4; turn++) {
    const { value } = await source.next();
    console.log(`${value - late}ms의 것을 ${clock.now - late}ms에 받음`);
  }
}

async function arrivals(name, buffer) {
  const start = clock.now;
  const seen = [];
  let first = null;
  for await (const id of buffer(requests(new Server(), 12, (id) => (id === 1 ? 100 : 10)), 3)) {
    first ??= clock.now - start;
    seen.push(id);
  }
  console.log(`${name}: 첫 결과 ${first}ms, 끝 ${clock.now - start}ms`);
  console.log(`나온 차례: ${seen.join(" ")}`);
}

// ANCHOR: stall
/** 일은 저 혼자 나아간다. 30ms 안에 끝나지 않으면 null이다. */
async function job(id) {
  const work = async () => {
    await clock.sleep(id % 2 === 1 ? 10 : 20); // 연결
    await clock.sleep(5); // 본문
    return id;
  };
  const tooLate = clock.sleep(30).then(() => null);
  return Promise.race([work(), tooLate]);
}

async function savedOutside() {
  let timeouts = 0;
  for await (const id of bufferUnordered(ids(4).map((id) => () => job(id)), 2)) {
    if (id === null) timeouts++;
    else await clock.sleep(50); // 저장
  }
  return timeouts;
}
// ANCHOR_END: stall

// ANCHOR: polled
/** 물을 때만 나아가는 일. Rust의 퓨처를 흉내 낸다. */
function* polledJob(say, id) {
  const deadline = clock.now + 30;
  say(`일 ${id}`, "연결");
  for (const [took, what] of [[id % 2 === 1 ? 10 : 20, "본문"], [5, "끝"]]) {
    const until = clock.now + took;
    while (clock.now < until) {
      if (clock.now >= deadline) {
        say(`일 ${id}`, "타임아웃");
        return null;
      }
      yield Math.min(until, deadline);
    }
    say(`일 ${id}`, what);
  }
  return id;
}
// ANCHOR_END: polled

/** 물을 때마다 도는 일을 차례로 나아가게 한다. 끝난 것이 없으면 다음 시각까지 기다린다. */
async function* polledBuffer(jobs, limit) {
  const source = jobs.values();
  const running = [];
  for (let ended = false; ; ) {
    while (!ended && running.length < limit) {
      const { done, value: job } = source.next();
      ended = done;
      if (!done) running.push(job);
    }
    if (running.length === 0) return;
    const wakes = [];
    const turn = running.findIndex((job) => {
      const { done, value } = job.next();
      wakes.push(value);
      return done;
    });
    if (turn === -1) {
      await clock.sleep(Math.min(...wakes) - clock.now);
    } else {
      running.splice(turn, 1);
      yield wakes.at(-1);
    }
  }
}

async function polledOutside() {
  const start = clock.now;
  const say = (who, what) => {
    console.log(`[${String(clock.now - start).padStart(3)}ms] ${who}: ${what}`);
  };
  for await (const id of polledBuffer(ids(4).map((id) => polledJob(say, id)), 2)) {
    if (id === null) continue;
    say("소비자", `${id} 저장`);
    await clock.sleep(50);
  }
}

async function stall() {
  console.log("== 루프에서 저장 ==");
  await polledOutside();
  console.log("== 고친 저장 ==");
  const start = clock.now;
  const timeouts = await savedOutside();
  const elapsed = clock.now - start;
  console.log(`[Node] 루프에서 저장: ${elapsed}ms, 타임아웃 ${timeouts}개`);
  assert.deepEqual([elapsed, timeouts], [215, 0]); // 태스크로 띄운 Rust와 같다.
  console.log("== 나누어 쓰는 연결 ==");
}

async function drops() {
  console.log("== 버린 스트림 ==");
  const server = new Server();
  for await (const _ of bufferUnordered(requests(server, 6, (id) => id * 10), 3)) break;
  await clock.sleep(100); // 남은 요청이 모두 끝나도록
  const { started, finished } = server.counts;
  console.log(`[Node] 프로미스: 시작 ${started}개, 끝 ${finished}개`);
  assert.deepEqual([started, finished], [3, 3]); // 버려도 취소되지 않는다.
}

async function firstError() {
  console.log("== 첫 오류 ==");
  const server = new Server();
  const find = async (id) => {
    await server.profile(id, id * 10);
    if (id === 2) throw new Error(`프로필 ${id} 없음`);
    return id;
  };
  const jobs = ids(6).map((id) => () => find(id));
  await toArray(bufferUnordered(jobs, 3)).catch((error) => console.log(error.message));
  await clock.sleep(100);
  console.log(`[Node] 시작 ${server.counts.started}개, 끝 ${server.counts.finished}개`);
}

await clock.run(async () => {
  console.log("== 차례로와 한꺼번에 ==");
  await report("차례로", oneByOne);
  await report("한꺼번에", allAtOnce);
  await ticks();
  console.log("== 한도 ==");
  await report("then", oneByOne);
  await report("buffer_unordered(3)", (server) => toArray(bufferUnordered(requests(server), 3)));
  await report("buffered(3)", (server) => toArray(buffered(requests(server), 3)));
  console.log("== 이름만 비동기 ==");
  await report("for_each", oneByOne);
  await report("모아서 join_all", allAtOnce);
  await report("for_each_concurrent(3)", (server) => workers(server, 3));
  console.log("== 맨 앞의 느린 일 ==");
  await arrivals("buffer_unordered(3)", bufferUnordered);
  await arrivals("buffered(3)", buffered);
  await stall();
  await drops();
  await firstError();
});
console.log("== 폴링한 횟수 ==");
console.log("== 끝난 뒤에 또 묻기 ==");
