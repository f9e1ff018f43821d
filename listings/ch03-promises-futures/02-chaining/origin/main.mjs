// 네 단계의 주문을 납작한 사슬 하나로 잇고, 오류를 한곳에서 받는다.

const STEPS = ["사용자", "장바구니", "재고", "결제"];

class Shop {
  asked = [];

  constructor(failsAt) {
    this.failsAt = failsAt;
  }

  // 대답은 늘 나중에 온다. 실패하기로 한 단계라면 그 단계의 오류로 거부한다.
  answer(step, value) {
    this.asked.push(step);
    return new Promise((resolve, reject) => {
      queueMicrotask(() => (step === this.failsAt ? reject(new Error(step)) : resolve(value)));
    });
  }

  findUser(id) {
    return this.answer("사용자", { id, name: "하나" });
  }

  loadCart(userId) {
    return this.answer("장바구니", { item: `장바구니 ${userId}의 책` });
  }

  reserveStock(item) {
    return this.answer("재고", { item, price: 12000 });
  }

  charge(userId, price) {
    return this.answer("결제", { approval: `${userId}-${price}` });
  }
}

// ANCHOR: order
function placeOrder(shop, userId) {
  return shop
    .findUser(userId)
    .then((user) => shop.loadCart(user.id).then((cart) => ({ user, cart })))
    .then(({ user, cart }) => shop.reserveStock(cart.item).then((stock) => ({ user, stock })))
    .then(({ user, stock }) =>
      shop.charge(user.id, stock.price).then((payment) => receipt(user, stock, payment)),
    );
}
// ANCHOR_END: order

function receipt(user, stock, payment) {
  return `${user.name} 님, ${stock.item}, 승인 ${payment.approval}`;
}

function cartOrDefault(shop, userId) {
  return shop.loadCart(userId).catch(() => ({ item: "추천하는 책" }));
}

function orderOrWait(shop, userId) {
  return placeOrder(shop, userId).catch((error) => {
    if (error.message === "재고") return "대기 명단에 올림";
    throw error;
  });
}

// ANCHOR: forgotten
function orderForgetting(shop, userId) {
  return shop.findUser(userId).then((user) => {
    shop.charge(user.id, 12000); // return을 잊었다.
    return `${user.name} 님, 결제 완료`;
  });
}
// ANCHOR_END: forgotten

function orderRemembering(shop, userId) {
  return shop.findUser(userId).then((user) =>
    shop.charge(user.id, 12000).then(() => `${user.name} 님, 결제 완료`),
  );
}

const apology = () => "사과문";
const rejectReceipt = () => {
  throw new Error("결제");
};
const beside = (answer) => answer.then(rejectReceipt, apology);
const after = (answer) => answer.then(rejectReceipt).catch(apology);

const told = (error) => `${error.message} 오류`;

async function summary(order, failsAt) {
  const shop = new Shop(failsAt);
  const heard = await order(shop, 7).catch(told);
  return `${heard} (부른 단계 ${shop.asked.join(", ")})`;
}

async function cleaned(failsAt) {
  console.log("로딩 표시를 켠다");
  const order = placeOrder(new Shop(failsAt), 7);
  console.log(await order.finally(() => console.log("로딩 표시를 끈다")).catch(told));
}

// ANCHOR: unhandled
process.on("unhandledRejection", (error) => {
  console.log(`[Node] 아무도 받지 않은 거부: ${error.message}`);
});
// ANCHOR_END: unhandled

console.log("== 순조로운 주문 ==");
console.log(await summary(placeOrder, null));

console.log("== 단계마다 실패 ==");
for (const step of STEPS) console.log(`${step} 실패: ${await summary(placeOrder, step)}`);

console.log("== 되살리기 ==");
const cart = (shop, id) => cartOrDefault(shop, id).then((cart) => cart.item);
console.log(`장바구니 실패: ${await summary(cart, "장바구니")}`);

console.log("== 골라 받기 ==");
for (const step of ["재고", "결제"]) {
  console.log(`${step} 실패: ${await summary(orderOrWait, step)}`);
}

console.log("== 뒷정리 ==");
for (const failsAt of [null, "결제"]) await cleaned(failsAt);

console.log("== 나란히와 이어서 ==");
for (const [name, chain] of [["나란히", beside], ["이어서", after]]) {
  console.log(`${name}: ${await chain(placeOrder(new Shop(null), 7)).catch(told)}`);
}

console.log("== 잊은 결제 ==");
console.log(`잊은 꼴: ${await summary(orderForgetting, "결제")}`);
console.log(`이은 꼴: ${await summary(orderRemembering, "결제")}`);
