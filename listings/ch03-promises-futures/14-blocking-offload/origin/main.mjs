// 이벤트 루프를 막는 계산을 worker_threads로 떼어 낸다.

import { Worker, isMainThread, parentPort, threadId } from "node:worker_threads";
import { fileURLToPath } from "node:url";

const SLICES = [[2, 1000], [1000, 2000], [2000, 3000]];

function countPrimes([start, end]) {
  let count = 0;
  for (let n = start; n < end; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) count++;
  }
  return count;
}

/** 이벤트 루프를 한 바퀴 돌게 한다. 큐에 서 있던 다른 일이 먼저 돈다. */
const nextTurn = () => new Promise(setImmediate);

/** 손님의 요청은 이벤트 루프의 큐에 서고, 서버는 루프가 돌아야 답한다. */
class Customer {
  asked = 0;

  ask() {
    const number = ++this.asked;
    console.log(`손님: 요청 ${number}`);
    return new Promise((answered) => {
      setImmediate(() => {
        console.log(`서버: 답 ${number}`);
        answered();
      });
    });
  }
}

const note = ([, end]) => console.log(`계산: ${end}까지 세었다`);

// ANCHOR: blocking
function blocking(customer) {
  let total = 0;
  for (const slice of SLICES) {
    total += countPrimes(slice);
    note(slice);
    customer.ask();
  }
  return `소수 ${total}개, 서버와 같은 스레드`;
}
// ANCHOR_END: blocking

// ANCHOR: sliced
async function sliced(customer) {
  let total = 0;
  for (const slice of SLICES) {
    total += countPrimes(slice);
    note(slice);
    customer.ask();
    await nextTurn();
  }
  return `소수 ${total}개, 서버와 같은 스레드`;
}
// ANCHOR_END: sliced

// ANCHOR: offloaded
function offloaded(customer) {
  const worker = new Worker(fileURLToPath(import.meta.url));
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", async ({ slice, total, worker: id }) => {
      if (slice === undefined) {
        const place = id === threadId ? "서버와 같은 스레드" : "다른 스레드";
        return resolve(`소수 ${total}개, ${place}`);
      }
      note(slice);
      await customer.ask();
      worker.postMessage("다음");
    });
  });
}
// ANCHOR_END: offloaded

// ANCHOR: worker
async function inWorker() {
  let total = 0;
  for (const slice of SLICES) {
    total += countPrimes(slice);
    parentPort.postMessage({ slice });
    await new Promise((next) => parentPort.once("message", next));
  }
  parentPort.postMessage({ total, worker: threadId });
}
// ANCHOR_END: worker

/** 스레드째로 기다린다. 브라우저의 메인 스레드에서는 쓸 수 없다. */
const block = (cell, limit) => Atomics.wait(cell, 0, 0, limit);

// ANCHOR: waiting
function waitInside(customer) {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  customer.ask().then(() => Atomics.store(cell, 0, 1));
  const answered = block(cell, 50) !== "timed-out";
  return answered ? "답을 받았다" : "답을 받지 못하고 그만두었다";
}

async function waitOutside(customer) {
  await customer.ask();
  return "답을 받았다";
}
// ANCHOR_END: waiting

async function day(name, work) {
  console.log(`== ${name} ==`);
  console.log(`계산: ${await work(new Customer())}`);
  await nextTurn(); // 남은 요청에 답한다.
}

async function naps(name, nap) {
  console.log(`== ${name} ==`);
  await Promise.all(["하나", "두리"].map(async (who) => {
    console.log(`${who}: 잔다`);
    const rest = nap();
    if (rest instanceof Promise) await rest; // 스레드를 재웠다면 이미 깼다.
    console.log(`${who}: 깼다`);
  }));
}

async function main() {
  await day("막는 계산", blocking);
  await day("양보하는 계산", sliced);
  await day("떼어 낸 계산", offloaded);
  console.log("== 맡기는 곳 ==");
  console.log("== 떠난 뒤의 계산 ==");
  console.log("== 패닉 ==");
  await day("막고 기다리기", waitInside);
  await day("떼어 내고 기다리기", waitOutside);
  const cell = new Int32Array(new SharedArrayBuffer(4));
  await naps("자는 스레드", () => block(cell, 10));
  await naps("자는 태스크", () => new Promise((wake) => setTimeout(wake, 10)));
  console.log("== 겹친 block_on ==");
  console.log("== 한꺼번에 맡긴 계산 64개 ==");
  console.log("== 풀 안에서 기다리기 ==");
}

await (isMainThread ? main() : inWorker());
