// 다 보냈다는 콜백을 기다렸다가 읽는다. Node에서도 멈춘다.

import { once } from "node:events";
import { connect, createServer } from "node:net";

const BIG = 16 * 1024 * 1024;

const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
await once(server, "listening");
const guest = connect(server.address().port, "127.0.0.1");
setTimeout(() => {
  console.log("멈춤");
  process.exit();
}, 1000);
// ANCHOR: stuck
await new Promise((sent) => guest.write(Buffer.alloc(BIG, 7), sent));
// ANCHOR_END: stuck
console.log("다 보냄");
process.exit();
