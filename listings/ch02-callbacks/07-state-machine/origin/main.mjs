// 네 겹으로 들어갔던 주문을 상태 머신으로 돌린다. 콜백으로도 돌리고 물어보며도 돌린다.
import assert from "node:assert/strict";

const STEPS = ["사용자", "장바구니", "재고", "결제"];

// 네 서비스는 오류를 첫 인수로 건네는 콜백 API이다.
class Shop {
  constructor(failsAt) {
    this.failsAt = failsAt;
  }

  answer(step, value, done) {
    setImmediate(() => {
      if (step === this.failsAt) return done(new Error(step));
      done(null, value);
    });
  }

  findUser(id, done) {
    this.answer("사용자", { id, name: "하나" }, done);
  }

  loadCart(userId, done) {
    this.answer("장바구니", { item: `장바구니 ${userId}의 책` }, done);
  }

  reserveStock(item, done) {
    this.answer("재고", { item, price: 12000 }, done);
  }

  charge(userId, price, done) {
    this.answer("결제", { approval: `${userId}-${price}` }, done);
  }
}

function receipt(user, stock, payment) {
  return { name: user.name, item: stock.item, approval: payment.approval };
}

// ANCHOR: machine
// 다음 상태와 다음 요청을 준다. 요청은 [서비스, ...인수]이고, 끝났으면 영수증이 있다.
function onReply(state, reply) {
  switch (state.at) {
    case "사용자":
      return { state: { at: "장바구니", user: reply }, call: ["loadCart", reply.id] };
    case "장바구니":
      return { state: { at: "재고", user: state.user }, call: ["reserveStock", reply.item] };
    case "재고":
      return {
        state: { at: "결제", user: state.user, stock: reply },
        call: ["charge", state.user.id, reply.price],
      };
    case "결제":
      return { receipt: receipt(state.user, state.stock, reply) };
    default:
      throw new Error(`모르는 상태: ${state.at}`);
  }
}
// ANCHOR_END: machine

function start(userId) {
  return { state: { at: "사용자" }, call: ["findUser", userId] };
}

function undo(state) {
  switch (state.at) {
    case "재고":
      return "재고를 잡았다는 답이 오면 풀기";
    case "결제":
      return `결제했다는 답이 오면 무르기, ${state.stock.item} 풀기`;
    default: // 빠뜨린 상태도 여기로 온다.
      return "되돌릴 것 없음";
  }
}

const DOING = {
  사용자: "사용자를 찾는 중",
  장바구니: "장바구니를 읽는 중",
  재고: "재고를 잡는 중",
  결제: "결제하는 중",
};

const CALLS = {
  findUser: (id) => `${id}번 사용자 찾기`,
  loadCart: (id) => `${id}번의 장바구니 읽기`,
  reserveStock: (item) => `${item} 재고 잡기`,
  charge: (id, price) => `${id}번에게 ${price}원 청구하기`,
};

const describe = ([service, ...args]) => CALLS[service](...args);

const line = ({ name, item, approval }) => `${name} 님, ${item}, ${approval}`;

function stepByStep(print) {
  print("== 한 걸음씩 ==");
  const replies = [{ id: 7, name: "하나" }, { item: "책" }, { item: "책", price: 12000 }, { approval: "승인 1" }];
  let next = start(7);
  print(`시작: ${describe(next.call)}`);
  for (const reply of replies) {
    print(DOING[next.state.at]);
    print(`  지금 그만두면: ${undo(next.state)}`);
    next = onReply(next.state, reply);
    if (next.receipt) print(`끝: ${line(next.receipt)}`);
    else print(`  답을 넣으면: ${describe(next.call)}`);
  }
}

// ANCHOR: driver
function placeOrder(shop, userId, done) {
  drive(shop, start(userId), done);
}

function drive(shop, { state, call, receipt }, done) {
  if (receipt) return done(null, receipt);
  const [service, ...args] = call;
  shop[service](...args, (err, reply) => {
    if (err) return done(err);
    drive(shop, onReply(state, reply), done);
  });
}
// ANCHOR_END: driver

// ANCHOR: generator
function* orderSteps(userId) {
  const user = yield ["findUser", userId];
  const cart = yield ["loadCart", user.id];
  const stock = yield ["reserveStock", cart.item];
  const payment = yield ["charge", user.id, stock.price];
  return receipt(user, stock, payment);
}
// ANCHOR_END: generator

// ANCHOR: run_steps
function placeOrderWithGenerator(shop, userId, done) {
  const machine = orderSteps(userId);
  const drive = (next) => {
    if (next.done) return done(null, next.value);
    const [service, ...args] = next.value;
    shop[service](...args, (err, reply) => {
      if (err) return done(err);
      drive(machine.next(reply));
    });
  };
  drive(machine.next());
}
// ANCHOR_END: run_steps

// ANCHOR: polled
class PolledOrder {
  constructor(shop, userId, wake) {
    Object.assign(this, { shop, wake, inbox: [] });
    this.send(start(userId));
  }

  send({ state, call }) {
    this.state = state;
    const [service, ...args] = call;
    this.shop[service](...args, (err, reply) => {
      this.inbox.push({ err, reply });
      this.wake();
    });
  }

  poll() {
    const answer = this.inbox.shift();
    if (!answer) return null;
    if (answer.err) return answer;
    const next = onReply(this.state, answer.reply);
    if (next.receipt) return next;
    this.send(next);
    return null;
  }
}
// ANCHOR_END: polled

function askUntilReady(print) {
  print("== 물어보며 돌리기 ==");
  const order = new PolledOrder(new Shop(null), 7, () => {
    const result = order.poll();
    if (result) print(`끝남: ${line(result.receipt)}`);
    else print(`아직: ${DOING[order.state.at]}`);
  });
}

function outcomes(placeOrder, failsAt) {
  const calls = [];
  placeOrder(new Shop(failsAt), 7, (err, receipt) => calls.push(err?.message ?? receipt));
  return calls;
}

function summary(calls) {
  const told = calls.map((call) => (typeof call === "string" ? `${call} 오류` : line(call)));
  return `done ${calls.length}번, ${told.join(", ")}`;
}

const cases = [null, ...STEPS];
const byHand = cases.map((step) => outcomes(placeOrder, step));
const generated = cases.map((step) => outcomes(placeOrderWithGenerator, step));
const asked = [];
askUntilReady((text) => asked.push(text));

// 이벤트 루프에 할 일이 하나도 남지 않았을 때 모아서 찍는다.
process.once("beforeExit", () => {
  stepByStep(console.log);
  console.log("== 콜백으로 돌리기 ==");
  cases.forEach((step, i) => console.log(`${step ? `${step} 실패` : "실패 없음"}: ${summary(byHand[i])}`));
  assert.deepEqual(generated, byHand);
  for (const text of asked) console.log(text);
  console.log("== 크기 ==");
});
