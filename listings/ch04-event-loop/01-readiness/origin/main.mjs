// Node의 net으로 쓴 줄 에코 서버. 준비를 기다리고 막힐 때까지 읽는 일은 libuv가 한다.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

const LIMIT = 64 * 1024;

const nextTurn = () => new Promise(setImmediate);

/** 서버가 알리는 것을 기다린다. */
class Bell {
  #waiting = [];

  ring() {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  until(condition) {
    if (condition()) return Promise.resolve();
    return new Promise((wake) => this.#waiting.push(wake)).then(() => this.until(condition));
  }
}

// ANCHOR: answer
/** 다 온 줄만 답하고, 줄바꿈이 오지 않은 나머지는 남겨 둔다. */
function answerLines(server, socket, chunk) {
  socket.rest = Buffer.concat([socket.rest, chunk]);
  const end = socket.rest.lastIndexOf("\n") + 1;
  const lines = socket.rest.subarray(0, end);
  socket.rest = socket.rest.subarray(end);
  server.lines += lines.toString().split("\n").length - 1;
  // write는 늘 다 받아 준다. false는 그만 보내라는 부탁일 뿐이다.
  if (end > 0 && !socket.write(lines) && socket.writableLength >= LIMIT) {
    server.paused = true;
    socket.pause();
    socket.once("drain", () => socket.resume());
  }
}
// ANCHOR_END: answer

async function listen() {
  const bell = new Bell();
  const server = { bell, open: 0, events: 0, bytes: 0, lines: 0, ended: [], paused: false };
  server.net = createServer({ allowHalfOpen: true }, (socket) => {
    server.open++;
    socket.rest = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      server.events++;
      server.bytes += chunk.length;
      answerLines(server, socket, chunk);
      bell.ring();
    });
    socket.on("end", () => socket.end());
    socket.on("error", (error) => (socket.reason = error.code));
    socket.on("close", () => {
      server.open--;
      server.ended.push(socket.reason === "ECONNRESET" ? "끊긴 연결을 버림" : "다 답하고 닫음");
      bell.ring();
    });
    bell.ring();
  });
  server.net.listen(0, "127.0.0.1");
  await once(server.net, "listening");
  server.close = () => server.net.close();
  return server;
}

async function visit(server) {
  const socket = connect(server.net.address().port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** 줄 단위로 받는 손님. */
async function guestOf(server) {
  const socket = await visit(server);
  socket.on("error", () => {});
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const hear = async () => (await lines.next()).value;
  return { socket, hear, send: (text) => socket.write(text) };
}

async function turn(server, guest, before, wait) {
  if (wait) await server.bell.until(() => server.bytes > before.bytes);
  else await nextTurn();
  const events = server.events - before.events;
  console.log(`서버: 이벤트 ${events}개, ${server.bytes - before.bytes}바이트 읽음`);
  for (let line = before.lines; line < server.lines; line++) {
    console.log(`손님: '${await guest.hear()}' 받음`);
  }
}

const snapshot = ({ events, bytes, lines }) => ({ events, bytes, lines });

async function untilOneEnds(server) {
  await server.bell.until(() => server.ended.length > 0);
  return server.ended.pop();
}

async function twoLines() {
  const server = await listen();
  const guest = await guestOf(server);
  for (const [told, text] of [
    ["'안녕'과 '반가워'를 한 번에 보냄", "안녕\n반가워\n"],
    ["'거기 누구 없나'를 보냄", "거기 누구 없나\n"],
  ]) {
    console.log(`손님: ${told}`);
    const before = snapshot(server);
    guest.send(text);
    await turn(server, guest, before, true);
    await turn(server, guest, snapshot(server), false);
  }
  guest.socket.destroy();
  server.close();
}

async function cutLine() {
  const server = await listen();
  const guest = await guestOf(server);
  for (const piece of ["안녕하", "세요\n안", "녕히\n"]) {
    console.log(`손님: ${Buffer.byteLength(piece)}바이트 보냄`);
    const before = snapshot(server);
    guest.send(piece);
    await turn(server, guest, before, true);
  }
  guest.socket.destroy();
  server.close();
}

async function neverReads() {
  const server = await listen();
  const guest = await visit(server); // 'data'를 듣지 않으면 읽지 않는다.
  console.log("손님: 받지 않고 보내기만 함");
  const lines = Buffer.from("0123456789abcde\n".repeat(4096));
  let sent = 0;
  while (!server.paused) {
    sent += lines.length;
    if (!guest.write(lines)) {
      await Promise.race([once(guest, "drain"), server.bell.until(() => server.paused)]);
    }
  }
  console.log("서버: 답이 밀려 읽기를 멈춤");

  console.log("손님: 그만 보내고 받기 시작함");
  guest.end();
  const back = [];
  guest.on("data", (chunk) => back.push(chunk));
  console.log(`서버: ${await untilOneEnds(server)}`);
  if (!guest.readableEnded) await once(guest, "end");
  const same = Buffer.concat(back).equals(Buffer.alloc(sent, lines));
  console.log(`손님: 보낸 그대로 받음, ${same}`);
  server.close();
}

async function leaving() {
  const server = await listen();
  const [gaon, narae, dasom] = [await guestOf(server), await guestOf(server), await guestOf(server)];
  await server.bell.until(() => server.open === 3);

  console.log("가온: '안녕'과 '히'를 보내고 더 보내지 않겠다고 함");
  gaon.socket.end("안녕\n히");
  console.log(`서버: ${await untilOneEnds(server)}`);
  console.log(`가온: '${await gaon.hear()}' 받음`);
  console.log(`가온: 더 읽으니 ${(await gaon.hear()) ?? 0}바이트`);

  console.log("나래: 갑자기 끊음");
  narae.socket.resetAndDestroy();
  console.log(`서버: ${await untilOneEnds(server)}`);

  console.log("다솜: '아직 있나요'를 보냄");
  dasom.send("아직 있나요\n");
  console.log(`다솜: '${await dasom.hear()}' 받음`);
  dasom.socket.destroy();
  server.close();
}

async function crowd(count) {
  const server = await listen();
  const guests = [];
  for (let number = 0; number < count; number++) guests.push(await guestOf(server));
  for (const guest of guests) guest.send("저는 ");
  await server.bell.until(() => server.bytes === count * Buffer.byteLength("저는 "));
  guests.forEach((guest, number) => guest.send(`${number}번입니다\n`));
  await server.bell.until(() => server.lines === count);
  let right = 0;
  for (const [number, guest] of guests.entries()) {
    if ((await guest.hear()) === `저는 ${number}번입니다`) right++;
  }
  console.log(`서버: 연결 ${server.open}개, 줄 ${server.lines}개`);
  console.log(`손님: ${right}명이 제 줄을 받음`);
  for (const guest of guests) guest.socket.destroy();
  server.close();
}

console.log("== 한 번만 읽기 ==");
console.log("== 막힐 때까지 읽기 ==");
await twoLines();
console.log("== 나뉘어 온 줄 ==");
await cutLine();
console.log("== 받지 않는 손님 ==");
await neverReads();
console.log("== 가짜 이벤트 ==");
console.log("== 번호만 있는 토큰 ==");
console.log("== 세대가 있는 토큰 ==");
console.log("== 떠나는 손님 ==");
await leaving();
console.log("== 손님 100명 ==");
await crowd(100);
