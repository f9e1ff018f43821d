// 같은 주문을 JavaScript로. 물어보며 나아가는 쪽과 제너레이터를 나란히 둔다.
import assert from "node:assert/strict";

const PENDING = Symbol("Pending");

/** 답 하나를 기다린다. 답이 오면 마지막으로 물은 쪽의 wake를 부른다. */
class Reply {
  slot = { value: PENDING, wake: null };

  poll(wake) {
    const { value } = this.slot;
    this.slot.wake = value === PENDING ? wake : null;
    this.slot.value = PENDING;
    return value;
  }
}

class Shop {
  #waiting = [];

  findUser(userId) {
    return this.#request(`사용자 ${userId}`);
  }

  charge(name) {
    return this.#request(`결제 ${name}`);
  }

  #request(what) {
    const reply = new Reply();
    this.#waiting.push({ what, slot: reply.slot });
    return reply;
  }

  answer(value) {
    const { slot } = this.#waiting.shift();
    slot.value = value;
    slot.wake?.();
  }

  waiting() {
    return this.#waiting.map(({ what }) => what).join(", ") || "없음";
  }
}

// 손으로 쓴 상태 머신. 상태는 지금 할 일을 하는 메서드다.
class Order {
  #state = this.#start;

  constructor(shop, userId) {
    this.shop = shop;
    this.userId = userId;
  }

  poll(wake) {
    for (;;) {
      const result = this.#state(wake);
      if (result !== undefined) return result; // undefined면 다음 상태로 옮긴 것이다.
    }
  }

  #start() {
    this.reply = this.shop.findUser(this.userId);
    this.#state = this.#findingUser;
  }

  #findingUser(wake) {
    const name = this.reply.poll(wake);
    if (name === PENDING) return PENDING;
    this.name = name;
    this.reply = this.shop.charge(name);
    this.#state = this.#charging;
  }

  #charging(wake) {
    const approval = this.reply.poll(wake);
    if (approval === PENDING) return PENDING;
    this.#state = this.#done;
    return `${this.name} 님, ${approval}`;
  }

  #done() {
    throw new Error("끝난 주문을 다시 물었습니다");
  }
}

// ANCHOR: generator
function* placeOrder(shop, userId) {
  const name = yield* wait(shop.findUser(userId));
  const approval = yield* wait(shop.charge(name));
  return `${name} 님, ${approval}`;
}

/** Rust의 `.await`가 하는 일. 답이 없으면 멈추고, 다시 불리면 또 묻는다. */
function* wait(reply) {
  for (;;) {
    const value = reply.poll(asking.wake);
    if (value !== PENDING) return value;
    yield;
  }
}
// ANCHOR_END: generator

// ANCHOR: adapter
/** 지금 묻는 쪽. 첫 next에 넘긴 인수는 제너레이터가 받지 못해서 밖에 둔다. */
const asking = { wake: null };

/** 제너레이터에 poll을 입힌다. */
function pollable(generator) {
  return {
    poll(wake) {
      asking.wake = wake;
      const { done, value } = generator.next();
      return done ? value : PENDING;
    },
  };
}
// ANCHOR_END: adapter

function walk(title, start) {
  console.log(`== ${title} ==`);
  const shop = new Shop();
  const order = start(shop);
  const ask = () => {
    const result = order.poll(() => {});
    if (result !== PENDING) console.log(`poll: Ready(${result})`);
    else console.log(`poll: Pending, 기다리는 요청: ${shop.waiting()}`);
  };
  console.log(`만들었다, 기다리는 요청: ${shop.waiting()}`);
  ask();
  ask();
  for (const answer of ["하나", "승인 1"]) {
    shop.answer(answer);
    console.log(`답: ${answer}`);
    ask();
  }
  return order;
}

const forgetful = ({ slot }) => ({ poll: () => slot.value });

const firstOnly = ({ slot }) => ({
  poll(wake) {
    slot.wake ??= wake;
    return slot.value;
  },
});

const hasty = (shop, userId) => {
  let user = null;
  return {
    poll(wake) {
      if (user !== null) return user.poll(wake);
      user = shop.findUser(userId);
      return PENDING;
    },
  };
};

/** 두 쪽이 차례로 묻고 나서 답을 넣는다. 각각 깨어난 횟수를 돌려준다. */
function wakes(start, askers) {
  const shop = new Shop();
  const future = start(shop);
  const counts = Array(askers).fill(0);
  counts.forEach((_, asker) => assert.equal(future.poll(() => counts[asker]++), PENDING));
  shop.answer("하나");
  return counts;
}

const wrapped = (wrap) => (shop) => wrap(shop.findUser(7));
const same = (reply) => reply;

walk("손으로 쓴 주문", (shop) => new Order(shop, 7));
const finished = walk("언어가 써 준 주문", (shop) => pollable(placeOrder(shop, 7)));

console.log("== 크기 ==");
console.log("== await를 넘는 값 ==");
console.log("== 깨우지 않는 퓨처 ==");
const total = (start, askers) => wakes(start, askers).reduce((sum, count) => sum + count);
console.log(`Forgetful: 깨운 횟수 ${total(wrapped(forgetful), 2)}`);
console.log(`Reply: 깨운 횟수 ${total(wrapped(same), 2)}`);
console.log(`Hasty: 깨운 횟수 ${total((shop) => hasty(shop, 7), 1)}`);
console.log(`Order: 깨운 횟수 ${total((shop) => new Order(shop, 7), 1)}`);

console.log("== 옮겨 간 태스크 ==");
for (const [name, wrap] of [["FirstOnly", firstOnly], ["Reply", same]]) {
  const [first, last] = wakes(wrapped(wrap), 2);
  console.log(`${name}: 처음 물은 쪽 ${first}번, 나중에 물은 쪽 ${last}번`);
}

console.log("== 끝난 뒤의 물음 ==");
console.log(`[Node] 제너레이터: ${finished.poll(() => {})}`);
