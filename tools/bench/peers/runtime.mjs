// Node의 프로미스로 하는 같은 일. `일 횟수`를 한 줄씩 받아 걸린 나노초를 찍는다.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

let sink = 0;
const task = async (i) => {
  await null;
  return i;
};

const works = {
  async spawn_all(n) {
    const tasks = [];
    for (let i = 0; i < n; i++) tasks.push(task(i));
    for (const one of tasks) sink += await one;
  },
  async spawn_join(n) {
    for (let i = 0; i < n; i++) sink += await task(i);
  },
  async yield2(n) {
    const turns = async () => {
      for (let i = 0; i < n / 2; i++) await null;
    };
    await Promise.all([turns(), turns()]);
  },
  async timers(n) {
    let seed = 1;
    for (let left = n; left > 0; left -= 10_000) {
      const held = [];
      for (let i = 0; i < Math.min(left, 10_000); i++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        held.push(setTimeout(() => {}, 1000 + (seed >>> 16)));
      }
      held.forEach(clearTimeout);
      await null;
    }
  },
};

async function wake(n) {
  const wakes = 10;
  const count = Math.ceil(n / wakes);
  let waiting = [];
  const tasks = Array.from({ length: count }, async () => {
    for (let i = 0; i < wakes; i++) await new Promise((wake) => waiting.push(wake));
  });
  const start = process.hrtime.bigint();
  for (let i = 0; i < wakes; i++) {
    const all = waiting;
    waiting = [];
    for (const one of all) one();
    while (i + 1 < wakes && waiting.length < count) await null;
  }
  await Promise.all(tasks);
  return process.hrtime.bigint() - start;
}

const resident = () =>
  process.platform === 'linux'
    ? 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
    : process.memoryUsage.rss();

async function bytes(n) {
  const held = new Array(n).fill(null);
  const before = resident();
  for (let i = 0; i < n; i++) {
    (async () => {
      await new Promise((wake) => (held[i] = wake));
    })();
  }
  await null;
  const grown = Math.max(1, resident() - before);
  sink += held.length;
  return grown;
}

function serve() {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (data) => socket.write(data));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

const lines = createInterface({ input: process.stdin });
lines.on('close', () => process.exit(0));
lines.on('line', async (line) => {
  const [name, count] = line.split(' ');
  const n = Number(count);
  if (name === 'serve') return serve();
  if (name === 'wake') return console.log(String(await wake(n)));
  if (name === 'bytes') return console.log(await bytes(n));
  const start = process.hrtime.bigint();
  await works[name](n);
  console.log(String(process.hrtime.bigint() - start));
});
