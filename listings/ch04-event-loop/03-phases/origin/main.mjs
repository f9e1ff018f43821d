// 이벤트 루프의 단계마다 콜백을 하나씩 걸고, 불리는 차례를 본다.
import net from "node:net";

const say = (line) => () => console.log(line);

// ANCHOR: phases
// 포트 하나에 메시지 하나. 메시지는 poll 단계에서 온다.
function io(callback) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(null);
}

// 없는 소켓에 이으려다 난 오류는 pending 단계로 미뤄진다.
const pending = (callback) => net.connect("/없는/소켓").on("error", callback);

const close = (callback) => new MessageChannel().port1.close(callback);
// ANCHOR_END: phases

function block(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

// ANCHOR: lap
function lap() {
  close(say("close: 닫힘"));
  setImmediate(say("check: setImmediate"));
  io(say("poll: 읽을 것이 옴"));
  pending(say("pending: 미뤄 둔 오류"));
  setTimeout(say("timers: 타이머가 울림"), 1);
  queueMicrotask(say("틈: 마이크로태스크"));
  process.nextTick(say("틈: nextTick"));
  block(2); // 타이머가 울릴 때가 된다.
  console.log("main: 끝");
}
// ANCHOR_END: lap

function gaps() {
  for (const name of ["첫째", "둘째"]) {
    setTimeout(() => {
      console.log(`timers: ${name} 타이머`);
      queueMicrotask(say(`틈: ${name}가 건 마이크로태스크`));
      process.nextTick(say(`틈: ${name}가 건 nextTick`));
    }, 1);
  }
  block(3);
}

function twoQueues() {
  process.nextTick(() => {
    console.log("nextTick 하나");
    queueMicrotask(say("마이크로태스크 둘"));
    process.nextTick(say("nextTick 둘"));
  });
  queueMicrotask(() => {
    console.log("마이크로태스크 하나");
    process.nextTick(say("nextTick 셋"));
    queueMicrotask(say("마이크로태스크 셋"));
  });
}

function promise() {
  let resolve;
  const answer = new Promise((given) => (resolve = given));
  answer.then((text) => `답은 ${text}`).then((text) => console.log(`틈: ${text}`));
  setImmediate(say("check: setImmediate"));
  io(() => {
    console.log("poll: 읽을 것이 옴");
    resolve("42");
  });
}

function nextLap() {
  setImmediate(() => {
    console.log("check: 첫 바퀴");
    setImmediate(say("check: 둘째 바퀴"));
    io(say("poll: 둘째 바퀴"));
    close(say("close: 첫 바퀴, 나중에 닫은 것"));
  });
  close(say("close: 첫 바퀴, 먼저 닫은 것"));
}

function race() {
  setTimeout(say("timers: setTimeout 0"), 0);
  setImmediate(say("check: setImmediate"));
  block(2);
}

// ANCHOR: chain
const STEPS = 1000;

// 한 걸음마다 defer로 다음 걸음을 미루고, 그사이 울린 타이머를 본다.
function chain(defer) {
  let walked = 0;
  setTimeout(() => console.log(`timers: ${walked}걸음 뒤에 울림`), 1);
  const step = () => {
    if (walked === STEPS) return console.log(`${STEPS}걸음을 다 감`);
    defer(() => {
      walked += 1;
      step();
    });
  };
  step();
  block(2);
}
// ANCHOR_END: chain

const stories = [
  ["한 바퀴", lap],
  ["틈", gaps],
  ["두 큐", twoQueues],
  ["프로미스", promise],
  ["다음 바퀴", nextLap],
  ["시작이 느릴 때", race],
  ["입출력 콜백에서", () => io(race)],
  ["굶는 타이머", () => chain(process.nextTick)],
  ["양보하는 일", () => chain(setImmediate)],
  // 시간이 흐르는 것을 정할 수 없어 Node에는 속이 없는 이야기들.
  ["시작이 빠를 때", () => {}],
  ["자지 않는 poll", () => {}],
];

// ANCHOR: driver
// beforeExit는 할 일이 다 떨어지면 온다. 그때 부른 이야기는 main처럼 루프가 돌기 전에 돈다.
process.on("beforeExit", () => {
  const [title, story] = stories.shift() ?? [];
  if (story === undefined) return;
  console.log(`== ${title} ==`);
  setImmediate(() => {}); // 큐만 쓰는 이야기 다음에도 루프가 한 바퀴 돌게 한다.
  story();
});
// ANCHOR_END: driver
