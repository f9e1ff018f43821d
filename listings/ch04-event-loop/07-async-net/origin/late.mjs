// 상대가 다 보낸 다음에 답하면, allowHalfOpen을 켜야 답이 나간다.

import { once } from "node:events";
import { connect, createServer } from "node:net";

/** 손님이 받은 바이트의 수. */
async function answered(allowHalfOpen, serve) {
  const server = createServer({ allowHalfOpen }, (socket) => {
    socket.on("error", () => {});
    serve(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const guest = connect({ port: server.address().port, host: "127.0.0.1", allowHalfOpen: true });
  guest.end("안녕");
  let count = 0;
  for await (const chunk of guest) count += chunk.length;
  server.close();
  return count;
}

/** 받는 대로 돌려준다. */
const atOnce = (socket) => socket.pipe(socket);

// ANCHOR: late
/** 다 받은 다음에 답을 만든다. */
function later(socket) {
  socket.resume().on("end", () => setImmediate(() => socket.end("안녕")));
}
// ANCHOR_END: late

console.log(`false, 바로: ${await answered(false, atOnce)}바이트`);
console.log(`false, 나중: ${await answered(false, later)}바이트`);
console.log(`true, 나중: ${await answered(true, later)}바이트`);
