// 같은 편집기를 콜백 시절의 Node로. 오류를 첫 인수로 넘기는 관례를 따른다.
import assert from "node:assert/strict";
import { isMainThread } from "node:worker_threads";

// ANCHOR: run
/** work를 다음 차례로 미루고 곧바로 돌아온다. 결과가 나오면 done(err, value)를 부른다. */
function run(work, done) {
  setImmediate(() => {
    let value;
    try {
      value = work();
    } catch (err) {
      done(err);
      return; // 이 줄을 잊으면 done이 두 번 불린다.
    }
    done(null, value);
  });
}
// ANCHOR_END: run

function read(name, buffer) {
  const files = { "일기.txt": "비가 왔다. 비가 갰다.", "목차.txt": "일기.txt" };
  const text = files[name];
  if (text === undefined) throw new Error(name);
  console.log(`디스크: ${name} 읽음`);
  return buffer.subarray(0, buffer.write(text));
}

function show(err, buffer) {
  if (err) {
    console.log(`편집기: ${err.message} 없음`);
    return;
  }
  console.log(`편집기: ${buffer.length}바이트를 화면에 올림`);
}

function typeKeys() {
  for (const key of ["ㄱ", "ㄴ"]) console.log(`편집기: 키 입력 ${key}`);
}

function openAndWait() {
  console.log("== 기다리는 호출 ==");
  console.log("편집기: 일기.txt 열기");
  show(null, read("일기.txt", Buffer.alloc(64)));
  typeKeys();
}

// ANCHOR: callback
function openWithCallback(next) {
  console.log("== 콜백 ==");
  console.log("편집기: 일기.txt 열기");
  run(
    () => read("일기.txt", Buffer.alloc(64)),
    (err, buffer) => {
      show(err, buffer);
      console.log(`[Node] 콜백을 부른 스레드: ${isMainThread ? "main" : "worker"}`);
      next();
    },
  );
  typeKeys(); // 신호가 없어도 이 줄이 먼저다. 스레드가 하나뿐이다.
}
// ANCHOR_END: callback

// ANCHOR: buffer
function handOverBuffer(next) {
  console.log("== 버퍼 ==");
  const buffer = Buffer.alloc(64);
  run(
    () => read("일기.txt", buffer),
    (_err, filled) => {
      console.log(`편집기: ${filled.length}바이트가 담겨 돌아옴`);
      console.log(`편집기: 넘긴 그 버퍼인가? ${filled.buffer === buffer.buffer}`);
      buffer.fill(0); // 넘긴 뒤에도 손에 남아 있어 지울 수 있다.
      assert.ok(filled.every((byte) => byte === 0)); // 돌아온 내용까지 지워졌다.
      next();
    },
  );
}
// ANCHOR_END: buffer

// ANCHOR: states
function checkFourStates() {
  const handle = (err, value) => (err ? "실패" : `성공, 값은 ${value}`);
  assert.equal(handle("오류", undefined), "실패");
  assert.equal(handle(null, "일기"), "성공, 값은 일기");
  assert.equal(handle("오류", "일기"), "실패"); // 값이 조용히 버려진다.
  assert.equal(handle(null, undefined), "성공, 값은 undefined"); // 받은 것이 없는데 성공이다.
}
// ANCHOR_END: states

function openMissing(next) {
  console.log("== 오류 ==");
  checkFourStates();
  run(
    () => read("편지.txt", Buffer.alloc(64)),
    (err, buffer) => {
      show(err, buffer);
      next();
    },
  );
}

function countWords(next) {
  console.log("== 낱말 세기 ==");
  run(
    () => read("일기.txt", Buffer.alloc(64)).toString().split(/\s+/),
    (_err, words) => {
      console.log(`편집기: 낱말 ${words.length}개`);
      next();
    },
  );
}

function runInsideCallback() {
  console.log("== 콜백 안에서 맡기기 ==");
  run(
    () => read("목차.txt", Buffer.alloc(64)),
    (_err, name) => {
      let started = false;
      const readNext = () => {
        started = true;
        return read(name.toString(), Buffer.alloc(64));
      };
      run(readNext, show);
      console.log(`콜백: 다음 일이 시작했는가? ${started}`);
      console.log("콜백: 끝");
    },
  );
}

openAndWait();
openWithCallback(() =>
  handOverBuffer(() => openMissing(() => countWords(runInsideCallback))));
