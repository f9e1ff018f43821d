// 표준 입력으로 받은 프로그램들을 Node의 이벤트 루프로 돌려, 기록을 JSON으로 낸다.
import { readFileSync } from "node:fs";
import net from "node:net";

const { slot, programs } = JSON.parse(readFileSync(0, "utf8"));
const logs = [];

// ANCHOR: ops
const make = {
  Timeout: ([slots, call]) => setTimeout(run, slots * slot, call),
  Immediate: (call) => setImmediate(run, call),
  Tick: (call) => process.nextTick(run, call),
  Microtask: (call) => Promise.resolve(call).then(run),
  // 포트 하나에 메시지 하나. 메시지는 poll 단계에서 온다.
  Io(call) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (port1.close(), run(call));
    port2.postMessage(null);
  },
  // 없는 소켓에 이은 오류는 pending 단계로 미뤄진다.
  Pending: (call) => net.connect("/없는/소켓").on("error", () => run(call)),
  Close: (call) => new MessageChannel().port1.close(() => run(call)),
  Block(halves) {
    const until = performance.now() + (halves * slot) / 2;
    while (performance.now() < until);
  },
};
// ANCHOR_END: ops

let log;
function run({ id, ops }) {
  log.push(id);
  for (const op of ops) {
    const [kind, value] = Object.entries(op)[0];
    make[kind](value);
  }
}

// beforeExit는 할 일이 다 떨어졌을 때 온다. 여기서 건 것이 있으면 루프가 처음부터 다시 돈다.
process.on("beforeExit", () => {
  if (log === null) return;
  const program = programs.shift();
  if (program === undefined) {
    log = null; // 다 쓰면 beforeExit가 한 번 더 온다.
    return console.log(JSON.stringify(logs));
  }
  logs.push((log = []));
  setImmediate(() => {}); // 미룬 것이 틱뿐이어도 beforeExit가 또 오게 한다.
  run(program);
});
