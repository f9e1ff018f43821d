// 프로미스 하나에 건 콜백이 언제, 무엇을 듣는지 본다.

// ANCHOR: naive
// 처음 떠오르는 대로 만든 프로미스. 정해진 값을 또 바꾸고, 콜백을 그 자리에서 부른다.
class Naive {
  callbacks = [];

  then(callback) {
    if (this.value !== undefined) callback(this.value);
    else this.callbacks.push(callback);
  }

  settle(value) {
    this.value = value;
    for (const callback of this.callbacks.splice(0)) callback(value);
  }
}
// ANCHOR_END: naive

const hear = (log, who) => (heard) => log.push(`${who}: ${heard}`);
const note = (log, line) => () => log.push(line);

function naive(log) {
  const answer = new Naive();
  answer.then(hear(log, "먼저 건 쪽"));
  answer.settle("서버의 답");
  answer.settle("시간 초과"); // 타이머도 울렸다.
  answer.then(hear(log, "나중에 건 쪽"));
  log.push("걸기를 마침");
}

// ANCHOR: cured
function cured(log) {
  let resolve;
  const answer = new Promise((given) => (resolve = given));
  answer.then(hear(log, "먼저 건 쪽"));
  resolve("서버의 답");
  resolve("시간 초과"); // 이미 정해졌으므로 아무 일도 없다.
  answer.then(hear(log, "나중에 건 쪽"));
  log.push("걸기를 마침");
}
// ANCHOR_END: cured

function twoChains(log) {
  for (const chain of ["가", "나"]) {
    const step = (name) => note(log, `${chain} ${name}`);
    Promise.resolve().then(step("하나")).then(step("둘")).then(step("셋"));
  }
  log.push("걸기를 마침");
}

// ANCHOR: adoption
function adoption(log) {
  const [start, inner] = [Promise.resolve(), Promise.resolve()];
  const value = start.then(() => {});
  const promise = start.then(() => inner);
  const last = start.finally(() => {});
  value.then(note(log, "값을 돌려준 사슬"));
  promise.then(note(log, "프로미스를 돌려준 사슬"));
  last.then(note(log, "finally를 지난 사슬"));
  // 한 차례에 한 걸음씩 가는 자. 늘 그 차례의 맨 뒤에 선다.
  let ruler = start;
  for (let turn = 1; turn <= 5; turn += 1) {
    ruler.then(note(log, `${turn}번째 차례 끝`));
    ruler = ruler.then(() => {});
  }
}
// ANCHOR_END: adoption

const stories = [
  ["말이 바뀌는 프로미스", naive],
  ["말이 바뀌지 않는 프로미스", cured],
  ["두 사슬", twoChains],
  ["값과 프로미스", adoption],
];

for (const [title, story] of stories) {
  const log = [];
  story(log);
  // 매크로태스크는 마이크로태스크가 모두 끝난 뒤에 돈다.
  await new Promise((resume) => setImmediate(resume));
  console.log(`== ${title} ==`);
  for (const line of log) console.log(line);
}
