// 주문이 들어올 때마다 창에 그린다. 닫힌 창의 리스너가 남는 꼴과 떨어지는 꼴을 견준다.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";

class Screen {
  constructor(counter) {
    this.pixels = new Uint32Array(256);
    this.counter = counter;
  }

  draw(order) {
    this.pixels.fill(order.number);
    this.counter.drawn += 1;
  }
}

// ANCHOR: forget
function openAndForget(orders, counter) {
  const screen = new Screen(counter);
  orders.on("order", (order) => screen.draw(order));
  return { close: () => orders.off("order", (order) => screen.draw(order)) };
}
// ANCHOR_END: forget

// ANCHOR: keep
function subscribe(orders, listener) {
  orders.on("order", listener);
  return () => orders.off("order", listener);
}

function openWindow(orders, counter) {
  const screen = new Screen(counter);
  const unsubscribe = subscribe(orders, (order) => screen.draw(order));
  return { close: unsubscribe };
}
// ANCHOR_END: keep

function openAndCloseAll(title, open) {
  console.log(`== ${title} ==`);
  const orders = new EventEmitter();
  const counter = { drawn: 0 };
  for (let i = 0; i < 1000; i += 1) open(orders, counter).close();
  console.log("창 1000개를 열고 닫음");
  console.log(`남은 리스너: ${orders.listenerCount("order")}`);
  orders.emit("order", { number: 1 });
  console.log(`주문 하나를 닫힌 창이 그린 횟수: ${counter.drawn}`);
}

// ANCHOR: warning
// 리스너가 열을 넘는 순간 한 번만 난다. 지금 도는 코드가 끝나야 오므로 맨 끝에 찍힌다.
process.on("warning", (warning) => {
  assert.equal(warning.name, "MaxListenersExceededWarning");
  assert.equal(warning.count, 11);
  console.log(`[Node] 경고: 리스너 ${warning.count}개, 누수일 수 있음`);
});
// ANCHOR_END: warning

const hear = (name) => (order) => console.log(`${name}: 주문 ${order.number}`);

function changeWhileEmitting() {
  console.log("== 도는 동안 ==");
  // ANCHOR: during
  const orders = new EventEmitter();
  const offGuest = subscribe(orders, (order) => {
    console.log(`손님: 주문 ${order.number}, 이제 그만 듣기`);
    offGuest();
  });
  let offNovice;
  const offManager = subscribe(orders, (order) => {
    console.log(`점장: 주문 ${order.number}`);
    if (order.number === 1) {
      console.log("점장: 야간을 떼고 신입을 붙이기");
      offNight();
      offNovice = subscribe(orders, hear("신입"));
    }
  });
  const offNight = subscribe(orders, hear("[Node] 야간"));
  const offLog = subscribe(orders, hear("기록"));
  orders.emit("order", { number: 1 });
  orders.emit("order", { number: 2 });
  // ANCHOR_END: during
  for (const off of [offManager, offLog, offNovice]) off();
  console.log(`남은 리스너: ${orders.listenerCount("order")}`);
}

function emitWhileEmitting() {
  console.log("== 겹친 emit ==");
  const orders = new EventEmitter();
  orders.on("order", (order) => {
    console.log(`주방: 주문 ${order.number}`);
    if (order.number === 1) orders.emit("order", { number: 2 });
  });
  orders.on("order", hear("기록"));
  orders.emit("order", { number: 1 });
}

// ANCHOR: removed
// 앞의 리스너가 뒤의 리스너를 뗀다. 뒤의 리스너는 이번에 불릴까?
function checkRemoved() {
  const called = [];
  const night = () => called.push("야간");
  const emitter = new EventEmitter();
  emitter.on("order", () => emitter.off("order", night));
  emitter.on("order", night);
  emitter.emit("order");
  assert.deepEqual(called, ["야간"]); // EventEmitter는 부른다.

  const target = new EventTarget();
  target.addEventListener("order", () => target.removeEventListener("order", night));
  target.addEventListener("order", night);
  target.dispatchEvent(new Event("order"));
  assert.deepEqual(called, ["야간"]); // EventTarget은 부르지 않아 그대로이다.
}
// ANCHOR_END: removed

// ANCHOR: thrown
function checkThrown() {
  const called = [];
  const orders = new EventEmitter();
  orders.on("order", () => {
    throw new Error("첫째가 넘어졌다");
  });
  orders.on("order", () => called.push("둘째"));
  assert.throws(() => orders.emit("order"), /첫째가 넘어졌다/);
  assert.deepEqual(called, []); // 둘째는 불리지 않았다.
}
// ANCHOR_END: thrown

openAndCloseAll("닫힌 창", openAndForget);
openAndCloseAll("가드를 쥔 창", openWindow);
changeWhileEmitting();
emitWhileEmitting();
checkRemoved();
checkThrown();
