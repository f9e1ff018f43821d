// 같은 프로그램을 여러 번 돌려, 나온 차례마다 몇 번이었는지 JSON으로 낸다.
const TURNS = Number(process.argv[2]);

// ANCHOR: programs
const programs = {
  start(log) {
    setTimeout(() => log("timeout"), 0);
    setImmediate(() => log("immediate"));
  },
  bucket(log) {
    setTimeout(() => {
      log("첫째");
      setImmediate(() => log("immediate"));
    }, 1);
    setTimeout(() => log("둘째"), 1);
  },
  io(log) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      programs.start(log);
    };
    port2.postMessage(null);
  },
};
// ANCHOR_END: programs

const counts = { start: {}, bucket: {}, io: {} };
const turns = Object.keys(programs).flatMap((name) => Array(TURNS).fill(name));
let name;
let lines = [];

process.on("beforeExit", () => {
  if (name !== undefined) counts[name][lines] = (counts[name][lines] ?? 0) + 1;
  name = turns.shift();
  lines = [];
  if (name !== undefined) programs[name]((line) => lines.push(line));
  else console.log(JSON.stringify(counts));
});
