// 한 번도 불리지 않거나 두 번 불리는 콜백. 콜백은 오류를 먼저 받는다: done(err, approval).

// ANCHOR: twice
// 대답이 없어 다시 청구했더니 대답이 둘 다 왔다. 다시 청구한 쪽이 먼저다.
function chargeWithRetry(done) {
  const onFirst = done;
  const onRetry = done;
  onRetry(null, 2);
  onFirst(null, 1);
}
// ANCHOR_END: twice

function ship(boxes) {
  return (err, approval) => {
    if (err) return;
    boxes.sent += 1;
    console.log(`가게: 승인 ${approval}번을 보고 책을 보냄`);
  };
}

function tellTwice() {
  console.log("== 두 번 온 승인 ==");
  const boxes = { sent: 0 };
  chargeWithRetry(ship(boxes));
  console.log(`보낸 상자 ${boxes.sent}개`);
}

const STEPS = ["검사", "승인", "기록"];
const FAULTS = ["실패", "패닉"];
const TROUBLES = [null, ...FAULTS.flatMap((fault) => STEPS.map((step) => ({ step, fault })))];

function fails(trouble, step) {
  if (trouble?.step !== step) return false;
  if (trouble.fault === "패닉") throw new Error(nameOf(trouble));
  return true;
}

function nameOf(trouble) {
  return trouble ? `${trouble.step}에서 ${trouble.fault}` : "탈 없음";
}

function charge(trouble, done) {
  if (fails(trouble, "검사")) return;
  if (fails(trouble, "승인")) return done(new Error("거절"));
  if (fails(trouble, "기록")) return;
  done(null, 1);
}

function calls(trouble) {
  let count = 0;
  try {
    charge(trouble, () => (count += 1));
  } catch {
    // Rust의 작업 스레드처럼 예외를 여기서 멈춘다.
  }
  return count;
}

function tellLost() {
  console.log("== 길마다 세기 ==");
  for (const trouble of TROUBLES) console.log(`${nameOf(trouble)}: ${calls(trouble)}번`);
}

// ANCHOR: registry
// 가드가 될 객체가 수거되면 콜백을 부르려는 시도. 언제 불릴지, 불리기는 할지 정해져 있지 않다.
function tellRegistry(next) {
  console.log("== 가드로 감싸고 세기 ==");
  let count = 0;
  const registry = new FinalizationRegistry((done) => done(new Error("버려짐")));
  for (const trouble of TROUBLES) {
    const guard = { trouble };
    registry.register(guard, () => (count += 1));
  } // 이 줄을 지나면 어느 guard도 닿을 수 없다.
  setImmediate(() => {
    console.log(`[Node] FinalizationRegistry가 알린 것 ${count}번`);
    next();
  });
}
// ANCHOR_END: registry

// ANCHOR: once
// 처음 온 답만 done에 건네고, 늦은 답은 late에 건넨다.
function firstWins(done, late) {
  let finished = false;
  return (err, approval) => {
    if (finished) return late(err, approval);
    finished = true;
    done(err, approval);
  };
}
// ANCHOR_END: once

function tellFirstWins() {
  console.log("== 처음 한 번만 ==");
  const boxes = { sent: 0 };
  const cancel = (err, approval) => {
    if (!err) console.log(`결제: 늦게 온 승인 ${approval}번을 취소함`);
  };
  chargeWithRetry(firstWins(ship(boxes), cancel));
  console.log(`보낸 상자 ${boxes.sent}개`);
}

tellTwice();
tellLost();
tellRegistry(() => {
  tellFirstWins();
  console.log("== 가드가 부르는 곳 ==");
});
