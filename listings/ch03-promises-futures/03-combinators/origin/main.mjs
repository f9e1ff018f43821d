// 여럿에 한꺼번에 묻고 네 가지로 기다린다. 답이 오는 순서는 이야기가 정한다.

const BOXES = ["프로필", "주문", "추천"];
const MIRRORS = ["서울", "부산", "대구"];

// 매크로태스크는 마이크로태스크가 모두 끝난 뒤에 돈다.
const drained = () => new Promise((resume) => setImmediate(resume));

class Server {
  waiting = new Map();

  ask(names) {
    return names.map(
      (name) => new Promise((resolve, reject) => this.waiting.set(name, { resolve, reject })),
    );
  }

  async reply(name, text) {
    console.log(`${name}: ${text}`);
    this.waiting.get(name).resolve(text);
    await drained();
  }

  async fail(name, reason) {
    console.log(`${name}: ${reason}`);
    this.waiting.get(name).reject(reason);
    await drained();
  }
}

const draw = (texts) => texts.forEach((text, at) => console.log(`화면: ${BOXES[at]} 칸에 ${text}`));
const shown = (text) => console.log(`화면: ${text}`);

// ANCHOR: by-arrival
function allByArrival(promises) {
  return new Promise((resolve, reject) => {
    const values = [];
    for (const promise of promises) {
      promise.then((value) => {
        values.push(value); // 도착한 순서로 담는다.
        if (values.length === promises.length) resolve(values);
      }, reject);
    }
  });
}
// ANCHOR_END: by-arrival

async function firstScreen(all) {
  const server = new Server();
  all(server.ask(BOXES)).then(draw, shown);
  await server.reply("추천", "책 세 권");
  await server.reply("프로필", "하나 님");
  await server.reply("주문", "두 건");
}

async function firstError() {
  const server = new Server();
  Promise.all(server.ask(BOXES)).then(draw, shown);
  await server.reply("추천", "책 세 권");
  await server.fail("주문", "오류 503");
  await server.fail("프로필", "오류 500");
}

// ANCHOR: settled-screen
async function settledScreen() {
  const server = new Server();
  Promise.allSettled(server.ask(BOXES)).then((results) => {
    draw(results.map(({ status, value, reason }) => (status === "fulfilled" ? value : reason)));
  });
  await server.reply("추천", "책 세 권");
  await server.fail("주문", "오류 503");
  await server.reply("프로필", "하나 님");
}
// ANCHOR_END: settled-screen

async function mirrors() {
  const server = new Server();
  const replies = server.ask(MIRRORS);
  const heard = (text) => console.log(`race: ${text}`);
  Promise.race(replies).then(heard, heard);
  Promise.any(replies).then((text) => console.log(`any: ${text}`));
  await server.fail("서울", "오류 503");
  await server.reply("부산", "부산의 파일");
  await server.reply("대구", "대구의 파일");
}

async function allMirrorsFail() {
  const server = new Server();
  Promise.any(server.ask(MIRRORS)).catch(({ errors }) => {
    console.log(`any: ${errors.length}개가 모두 거부했다. ${errors.join(", ")}`);
  });
  await server.fail("대구", "시간 초과");
  await server.fail("서울", "오류 503");
  await server.fail("부산", "오류 500");
}

async function loser() {
  const server = new Server();
  const replies = server.ask(["카드", "타이머"]);
  replies[0].then(() => console.log("가게: 포장을 시작함"));
  Promise.race(replies).then(shown, (reason) => shown(`${reason}, 결제하지 못했습니다`));
  await server.fail("타이머", "시간 초과");
  await server.reply("카드", "12000원을 승인함");
}

async function empty() {
  for (const name of ["all", "allSettled", "any", "race"]) {
    let state = "대기";
    Promise[name]([]).then(
      () => (state = "이행"),
      () => (state = "거부"),
    );
    await drained();
    console.log(`${name}: ${state}`);
  }
}

function anyByFlipping(promises) {
  const raise = (value) => {
    throw value;
  };
  const flipped = promises.map((promise) => promise.then(raise, (reason) => reason));
  return Promise.all(flipped).then(
    (reasons) => raise(new AggregateError(reasons)),
    (value) => value,
  );
}

async function turns() {
  const note = (line) => () => console.log(line);
  const done = () => Promise.resolve();
  const start = done();
  start.then(() => {}).then(note("then 하나"));
  Promise.all([done(), done()]).then(note("all"));
  Promise.any([done(), done()]).then(note("any"));
  anyByFlipping([done(), done()]).then(note("뒤집어 만든 any"));
  let ruler = start;
  for (let turn = 1; turn <= 5; turn += 1) {
    ruler.then(note(`${turn}번째 차례 끝`));
    ruler = ruler.then(() => {});
  }
  await drained();
}

const stories = [
  ["뒤바뀐 화면", () => firstScreen(allByArrival)],
  ["all", () => firstScreen((promises) => Promise.all(promises))],
  ["첫 오류", firstError],
  ["allSettled", settledScreen],
  ["race와 any", mirrors],
  ["모두 실패", allMirrorsFail],
  ["진 쪽", loser],
  ["빈 목록", empty],
  ["차례", turns],
];

for (const [title, story] of stories) {
  console.log(`== ${title} ==`);
  await story();
}
