// 오류를 놓치는 여러 코드를 돌려, 무엇을 놓쳤다고 알리고 무엇은 알리지 않는지 본다.

// 매크로태스크는 마이크로태스크가 모두 끝난 뒤에 돈다. 놓친 거부는 그 사이에 알린다.
const drained = () => new Promise((resume) => setImmediate(resume));

// ANCHOR: listen
const reasons = new WeakMap();
let listening = false;

process.on("unhandledRejection", (reason, promise) => {
  reasons.set(promise, reason);
  if (listening) console.log(`감시자: 놓침, ${reason}`);
});
process.on("rejectionHandled", (promise) => {
  console.log(`감시자: 뒤늦게 들음, ${reasons.get(promise)}`);
});
// ANCHOR_END: listen

const rejected = (reason) => Promise.reject(reason);
const shown = (text) => console.log(`화면: ${text}`);
const turnOff = () => shown("로딩 표시를 끈다");

// 대답은 늘 나중에 온다.
const findUser = async (id) => ({ id, name: "하나" });
const charge = async () => {
  throw "결제 오류";
};

function orderForgetting() {
  return findUser(7).then((user) => {
    charge(user.id, 12000); // return을 잊었다.
    return `${user.name} 님, 결제 완료`;
  });
}

async function late() {
  const reply = rejected("오류 503");
  await drained();
  reply.catch(shown);
}

function forked() {
  const reply = rejected("오류 503");
  reply.catch(shown);
  reply.finally(turnOff);
}

function second() {
  const replies = [rejected("오류 503"), rejected("오류 500")];
  const text = JSON.stringify;
  Promise.allSettled(replies).then((results) => {
    console.log(`allSettled: [${results.map(({ reason }) => `Err(${text(reason)})`).join(", ")}]`);
  });
  Promise.all(replies).catch((reason) => console.log(`all: Err(${text(reason)})`));
}

async function waiting(page) {
  let first, second;
  const profile = new Promise((resolve) => (first = resolve));
  const orders = new Promise((_, reject) => (second = reject));
  page(profile, orders).catch(shown);
  console.log("주문: 오류 503");
  second("오류 503");
  await drained();
  console.log("프로필: 하나 님");
  first("하나 님");
}

// ANCHOR: in-turn
async function inTurn(profile, orders) {
  await profile;
  return await orders;
}

async function together(profile, orders) {
  const [, texts] = await Promise.all([profile, orders]);
  return texts;
}
// ANCHOR_END: in-turn

const stories = [
  ["소리 없는 결제", () => orderForgetting().then(shown)],
  ["들킨 결제", () => orderForgetting().then(shown)],
  ["사슬 하나", () => void rejected("오류 503").then(() => {}).then(() => {}).then(() => {})],
  [
    "큐가 비기 전에",
    () => {
      const reply = rejected("오류 503");
      queueMicrotask(() => reply.catch(shown));
    },
  ],
  ["늦게 건 catch", late],
  [
    "던지는 catch",
    () => {
      rejected("오류 503").catch(() => {
        throw "사과문을 보내지 못함";
      });
    },
  ],
  ["갈라진 사슬", forked],
  ["이은 사슬", () => void rejected("오류 503").finally(turnOff).catch(shown)],
  ["둘째 거부", second],
  ["하나씩 기다리기", () => waiting(inTurn)],
  ["함께 기다리기", () => waiting(together)],
];

for (const [title, story] of stories) {
  console.log(`== ${title} ==`);
  listening = title !== "소리 없는 결제";
  await story();
  await drained();
}
