// Node의 net으로 쓴 같은 이야기. 폴링이 없는 대목은 빼고, 나머지는 예제와 같은 줄을 찍는다.

import { once } from "node:events";
import { connect, createServer } from "node:net";

const BIG = 16 * 1024 * 1024;

/** 포트는 운영체제가 고른다. */
async function listen(options) {
  const server = createServer(options).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function pair() {
  const server = await listen({ allowHalfOpen: true });
  const { port } = server.address();
  const guest = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  const [[served]] = await Promise.all([once(server, "connection"), once(guest, "connect")]);
  server.close();
  return [guest, served];
}

async function readToEnd(socket) {
  const chunks = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// ANCHOR: refused
async function refused() {
  const server = await listen();
  const { port } = server.address();
  server.close();
  await once(server, "close");
  const [error] = await once(connect(port, "127.0.0.1"), "error");
  console.log(error.code === "ECONNREFUSED" ? "손님: 거절당함" : `손님: ${error.code}`);
}
// ANCHOR_END: refused

// ANCHOR: echoed
async function echoed() {
  const [guest, served] = await pair(); // 둘 다 allowHalfOpen을 켰다.
  served.pipe(served);
  guest.end("안녕하세요");
  console.log("손님: '안녕하세요' 보내고, 다 보냈다고 함");
  const answer = await readToEnd(guest);
  console.log(`손님: '${answer}' 받음, 서버도 다 보냄`);
  console.log(`서버: ${served.bytesWritten}바이트 돌려줌`);
}
// ANCHOR_END: echoed

// ANCHOR: slow
async function slowReader() {
  const [guest, served] = await pair();
  // write는 다 받아 준다. 소켓이 받지 않은 것은 프로세스의 메모리에 쌓인다.
  if (!served.write(Buffer.alloc(BIG, 7)) && served.writableLength > 0) {
    console.log("서버: 다 쓰기 전에 막힘");
  }
  served.end();
  console.log("손님: 이제 받기 시작함");
  const got = await readToEnd(guest);
  console.log(`손님: ${got.length}바이트 받음`);
  guest.end();
}
// ANCHOR_END: slow

// ANCHOR: both
async function bothWays() {
  const [guest, served] = await pair();
  served.pipe(served);
  guest.end(Buffer.alloc(BIG, 7)); // 기다리지 않고 읽기로 넘어간다.
  const back = await readToEnd(guest);
  const whole = back.equals(Buffer.alloc(BIG, 7));
  console.log(`손님: ${whole ? "보낸 만큼 돌려받음" : "덜 돌려받음"}`);
}
// ANCHOR_END: both

console.log("== 거절 ==");
await refused();
console.log("== 메아리 ==");
await echoed();
console.log("== 받지 않는 손님 ==");
await slowReader();
console.log("== 쓰면서 읽기 ==");
await bothWays();
