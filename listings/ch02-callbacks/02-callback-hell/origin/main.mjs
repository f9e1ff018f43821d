// 앞 단계의 결과로 다음 단계를 부르는 주문. 오류를 삼킨 꼴과 고친 꼴을 같은 검사에 넣는다.

const STEPS = ["사용자", "장바구니", "재고", "결제"];

// 네 서비스는 오류를 첫 인수로 건네는 콜백 API이다.
class Shop {
  constructor(failsAt) {
    this.failsAt = failsAt;
  }

  answer(step, value, done) {
    // 대답은 늘 나중에 온다. 호출한 함수는 그 전에 돌아간다.
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

// ANCHOR: lossy
function placeOrderLossy(shop, userId, done) {
  shop.findUser(userId, (err, user) => {
    if (err) return done(err);
    shop.loadCart(user.id, (err, cart) => {
      if (err) return done(err);
      shop.reserveStock(cart.item, (err, stock) => {
        if (err) return;
        shop.charge(user.id, stock.price, (err, payment) => {
          if (err) return done(err);
          done(null, receipt(user, stock, payment));
        });
      });
    });
  });
}
// ANCHOR_END: lossy

function placeOrderNested(shop, userId, done) {
  shop.findUser(userId, (err, user) => {
    if (err) return done(err);
    shop.loadCart(user.id, (err, cart) => {
      if (err) return done(err);
      shop.reserveStock(cart.item, (err, stock) => {
        if (err) return done(err);
        shop.charge(user.id, stock.price, (err, payment) => {
          if (err) return done(err);
          done(null, receipt(user, stock, payment));
        });
      });
    });
  });
}

function placeOrderFlat(shop, userId, done) {
  shop.findUser(userId, (err, user) => onUser(shop, err, user, done));
}

function onUser(shop, err, user, done) {
  if (err) return done(err);
  shop.loadCart(user.id, (err, cart) => onCart(shop, user, err, cart, done));
}

function onCart(shop, user, err, cart, done) {
  if (err) return done(err);
  shop.reserveStock(cart.item, (err, stock) => onStock(shop, user, err, stock, done));
}

function onStock(shop, user, err, stock, done) {
  if (err) return done(err);
  shop.charge(user.id, stock.price, (err, payment) => onPayment(user, stock, err, payment, done));
}

function onPayment(user, stock, err, payment, done) {
  if (err) return done(err);
  done(null, receipt(user, stock, payment));
}

// 성공하면 값을 next에 넘기고, 실패하면 그 오류로 done을 부르는 콜백을 만든다.
function onOk(done, next) {
  return (err, value) => (err ? done(err) : next(value));
}

function placeOrderGathered(shop, userId, done) {
  shop.findUser(userId, onOk(done, (user) => withUser(shop, user, done)));
}

function withUser(shop, user, done) {
  shop.loadCart(user.id, onOk(done, (cart) => withCart(shop, user, cart, done)));
}

function withCart(shop, user, cart, done) {
  shop.reserveStock(cart.item, onOk(done, (stock) => withStock(shop, user, stock, done)));
}

function withStock(shop, user, stock, done) {
  const next = (payment) => done(null, receipt(user, stock, payment));
  shop.charge(user.id, stock.price, onOk(done, next));
}

// ANCHOR: outcomes
// 주문을 넣고, done이 불릴 때마다 받은 것이 쌓일 배열을 곧바로 돌려준다.
function outcomes(placeOrder, failsAt) {
  const calls = [];
  placeOrder(new Shop(failsAt), 7, (err, receipt) => calls.push(err ?? receipt));
  return calls;
}
// ANCHOR_END: outcomes

function summary(calls) {
  if (calls.length === 0) return "done 0번, 소식 없음";
  const results = calls.map((call) =>
    call instanceof Error ? `${call.message} 오류` : `${call.name} 님, ${call.item}, 승인 ${call.approval}`,
  );
  return [`done ${calls.length}번`, ...results].join(", ");
}

const lost = outcomes(placeOrderLossy, "재고");
const smooth = outcomes(placeOrderNested, null);
const forms = [
  ["삼킨 판", placeOrderLossy],
  ["고친 판", placeOrderNested],
  ["펼친 판", placeOrderFlat],
  ["모은 판", placeOrderGathered],
].map(([name, placeOrder]) => [name, STEPS.map((step) => outcomes(placeOrder, step))]);

// ANCHOR: report
// 이벤트 루프에 할 일이 하나도 남지 않았다. 아직 불리지 않은 done은 앞으로도 불리지 않는다.
process.once("beforeExit", () => {
  console.log("== 사라진 주문 ==");
  console.log("재고가 없는 날에 주문을 넣었습니다.");
  console.log(`결과: ${summary(lost)}`);

  console.log("== 순조로운 주문 ==");
  console.log(`결과: ${summary(smooth)}`);

  console.log("== 단계마다 실패 ==");
  for (const [name, runs] of forms) {
    console.log(name);
    runs.forEach((calls, i) => console.log(`  ${STEPS[i]} 실패: ${summary(calls)}`));
  }
});
// ANCHOR_END: report
