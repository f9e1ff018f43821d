// 같은 일을 프로미스와 함수로 시키고, 일이 언제 시작되는지 가상 시간으로 본다.

const TRIP = 30;
const OTHER_WORK = 10;

// 가상 시간. 모두가 기다리고 있을 때만, 가장 이른 때로 건너뛴다.
let now = 0;
let timers = [];

const sleep = (ms) => new Promise((resume) => timers.push({ at: now + ms, resume }));
const settled = () => new Promise((resume) => setImmediate(resume));

async function passTime() {
  for (await settled(); timers.length > 0; await settled()) {
    now = Math.min(...timers.map((timer) => timer.at));
    const due = timers.filter((timer) => timer.at === now);
    timers = timers.filter((timer) => timer.at > now);
    due.forEach((timer) => timer.resume());
  }
}

// 새 가게로 이야기를 돌린다.
async function run(story) {
  now = 0;
  const shop = { lines: [], sent: 0 };
  const told = story(shop);
  await passTime();
  return { told: await told, lines: shop.lines };
}

const say = (shop, who, what) => shop.lines.push(`[${now}ms] ${who}: ${what}`);

// ANCHOR: order
async function order(shop, item) {
  shop.sent += 1;
  const nth = shop.sent;
  say(shop, item, "요청을 보낸다"); // 첫 await 앞은 부를 때 돈다.
  await sleep(TRIP);
  say(shop, item, "답이 온다");
  if (item === "붐비는 가게" && nth === 1) throw "붐빈다";
  return 30_000;
}

// 게으른 쪽. 부를 때까지 아무것도 하지 않는 함수를 만든다.
const ask = (shop, item) => () => order(shop, item);
// ANCHOR_END: order

async function eager(shop) {
  say(shop, "main", "프로미스를 만든다");
  const stock = order(shop, "재고");
  say(shop, "main", "다른 일을 한다");
  await sleep(OTHER_WORK);
  say(shop, "main", "이제 기다린다");
  await stock;
  say(shop, "main", "답을 받았다");
}

async function lazy(shop) {
  say(shop, "main", "퓨처를 만든다");
  const stock = ask(shop, "재고");
  say(shop, "main", "다른 일을 한다");
  await sleep(OTHER_WORK);
  say(shop, "main", "이제 기다린다");
  await stock();
  say(shop, "main", "답을 받았다");
}

// ANCHOR: two
async function promises(shop) {
  const [stock, price] = [order(shop, "재고"), order(shop, "가격")];
  await stock;
  await price;
  say(shop, "main", "둘 다 받았다");
}

async function oneByOne(shop) {
  const [stock, price] = [ask(shop, "재고"), ask(shop, "가격")];
  await stock();
  await price();
  say(shop, "main", "둘 다 받았다");
}
// ANCHOR_END: two

async function joined(shop) {
  const [stock, price] = [ask(shop, "재고"), ask(shop, "가격")];
  await Promise.all([stock(), price()]);
  say(shop, "main", "둘 다 받았다");
}

async function spawned(shop) {
  // 띄운 일은 지금 도는 코드가 멈춘 뒤에 시작한다.
  const spawn = (work) => Promise.resolve().then(work);
  const [stock, price] = [spawn(ask(shop, "재고")), spawn(ask(shop, "가격"))];
  say(shop, "main", "둘 다 띄웠다");
  await stock;
  await price;
  say(shop, "main", "둘 다 받았다");
}

async function counts(story) {
  const { lines } = await run(story);
  const count = (what) => lines.filter((line) => line.endsWith(what)).length;
  return `요청 ${count("보낸다")}개, 답 ${count("온다")}개`;
}

// ANCHOR: calls
async function whole(shop, _item) {
  say(shop, "본문", "본문");
}

async function calls(shop) {
  const item = () => say(shop, "인수", "인수");
  const promise = whole(shop, item());
  say(shop, "main", "불렀다");
  await promise;
}
// ANCHOR_END: calls

async function askedTwice(shop) {
  const stock = order(shop, "재고");
  await stock;
  await stock;
  return shop.sent;
}

async function madeAgain(shop) {
  const stock = ask(shop, "재고");
  await stock();
  await stock();
  return shop.sent;
}

async function shared(shop) {
  let kept;
  const stock = () => (kept ??= order(shop, "재고"));
  await Promise.all([stock(), stock()]);
  return shop.sent;
}

const told = (price) => price.then((price) => `${price}원`, (reason) => `실패, ${reason}`);

// ANCHOR: retry
function retryPromise(shop) {
  const stock = order(shop, "붐비는 가게");
  return stock.catch(() => stock);
}

function retryFuture(ask) {
  return ask().catch(() => ask());
}
// ANCHOR_END: retry

async function tell(title, story) {
  console.log(`== ${title} ==`);
  (await run(story)).lines.forEach((line) => console.log(line));
}

await tell("성급한 프로미스", eager);
await tell("게으른 퓨처", lazy);
await tell("프로미스 둘을 차례로", promises);
await tell("퓨처 둘을 차례로", oneByOne);
await tell("퓨처 둘을 함께", joined);
await tell("띄우고 차례로", spawned);
console.log("== 기다리지 않은 것 ==");
console.log(`버린 프로미스: ${await counts((shop) => void order(shop, "재고"))}`);
console.log(`버린 퓨처: ${await counts((shop) => void ask(shop, "재고"))}`);
console.log(`띄우고 버린 손잡이: ${await counts((shop) => void Promise.resolve().then(ask(shop, "재고")))}`);
console.log("== 부를 때 도는 것 ==");
const called = (await run(calls)).lines.map((line) => line.split(": ").at(-1));
console.log(`[Node] async 함수: ${called.join(" → ")}`);
console.log("== 두 번 묻기 ==");
console.log(`프로미스 하나를 두 번 기다림: 요청 ${(await run(askedTwice)).told}개`);
console.log(`퓨처를 두 번 만듦: 요청 ${(await run(madeAgain)).told}개`);
console.log(`퓨처 하나를 나눠 기다림: 요청 ${(await run(shared)).told}개`);
console.log("== 다시 시도하기 ==");
console.log(`담아 둔 프로미스: ${(await run((shop) => told(retryPromise(shop)))).told}`);
console.log(`새로 만든 퓨처: ${(await run((shop) => told(retryFuture(ask(shop, "붐비는 가게"))))).told}`);
console.log("== 만들 때 정해지는 기한 ==");
