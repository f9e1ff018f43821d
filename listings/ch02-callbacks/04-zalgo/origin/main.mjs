// 캐시에 있으면 그 자리에서, 없으면 나중에 불리는 콜백. 같은 화면을 두 번 열어 본다.
import assert from "node:assert/strict";

// 한 번 받은 프로필을 캐시에 두는 저장소.
class Store {
  cache = new Map();

  // ANCHOR: sometimes
  // 캐시에 있으면 돌아오기 전에, 없으면 돌아온 뒤에 done을 부른다.
  loadNowOrLater(name, done) {
    if (this.cache.has(name)) return done(null, this.cache.get(name));
    this.fetch(name, done);
  }
  // ANCHOR_END: sometimes

  // ANCHOR: always
  // 캐시에 있든 없든 돌아온 뒤에 done을 부른다.
  loadLater(name, done) {
    if (this.cache.has(name)) return setImmediate(done, null, this.cache.get(name));
    this.fetch(name, done);
  }
  // ANCHOR_END: always

  // 요청이 나가는 데 한 차례, 답이 오는 데 또 한 차례가 든다.
  fetch(name, done) {
    setImmediate(() =>
      setImmediate(() => {
        this.cache.set(name, `${name}의 프로필`);
        done(null, this.cache.get(name));
      }),
    );
  }
}

const now = (store, name, done) => store.loadNowOrLater(name, done);
const later = (store, name, done) => store.loadLater(name, done);

// 미룬 일이 다 끝나기를 기다린다. 가장 긴 길이 두 차례이다.
function afterDeferred(next) {
  setImmediate(() => setImmediate(next));
}

function visit(store, load, next) {
  const log = [];
  let loading = false;
  load(store, "지수", (_err, profile) => {
    loading = false;
    log.push(`로딩 표시를 끄고 ${profile}을 그린다`);
  });
  loading = true;
  log.push("로딩 표시를 켠다");

  afterDeferred(() => {
    log.push(`남은 로딩 표시: ${loading ? "켜짐" : "꺼짐"}`);
    next(log);
  });
}

function tellVisits(title, load, next) {
  console.log(`== ${title} ==`);
  const store = new Store();
  const tell = (turn, next) =>
    visit(store, load, (log) => {
      console.log(turn);
      for (const line of log) console.log(`  ${line}`);
      next();
    });
  tell("처음 연 화면", () => tell("다시 연 화면", next));
}

// ANCHOR: panel
function openAll(panel, store, load) {
  for (const name of ["지수", "민호"]) {
    load(store, name, () => {
      panel.waiting -= 1;
      panel.complete = panel.waiting === 0;
    });
    panel.waiting += 1;
  }
}
// ANCHOR_END: panel

function outcome(store, load, next) {
  const panel = { waiting: 0, complete: false };
  openAll(panel, store, load);
  afterDeferred(() => {
    next(panel.complete ? "다 받음" : `끝을 모름, 남은 수 ${panel.waiting}`);
  });
}

function tellPanels(next) {
  console.log("== 부르면서 세기 ==");
  const store = new Store();
  outcome(store, now, (told) => {
    console.log(`처음: ${told}`);
    outcome(store, now, (told) => {
      console.log(`[Node] 다시: ${told}`);
      console.log("== 잠깐씩 빌리기 ==");
      console.log(`다시: ${told}`); // 빌리는 일이 없으니 방금 것과 같다.
      next();
    });
  });
}

function tellDeferredPanels(next) {
  console.log("== 나중에 세기 ==");
  const store = new Store();
  outcome(store, later, (told) => {
    console.log(`처음: ${told}`);
    outcome(store, later, (told) => {
      console.log(`다시: ${told}`);
      next();
    });
  });
}

function warmStore() {
  const store = new Store();
  store.cache.set("지수", "지수의 프로필");
  return store;
}

// 캐시에 있으면 콜백의 예외가 load를 부른 쪽으로 온다.
assert.throws(() =>
  now(warmStore(), "지수", () => {
    throw new Error("콜백이 넘어졌다");
  }),
);

// 캐시에 있는 프로필을 times번 잇달아 읽으며 호출이 가장 깊이 겹친 수를 잰다.
function deepest(load, times, done) {
  const store = warmStore();
  let [depth, deepest] = [0, 0];
  const readAgain = (left) => {
    if (left === 0) return done(deepest);
    depth += 1;
    deepest = Math.max(deepest, depth);
    load(store, "지수", () => readAgain(left - 1));
    depth -= 1;
  };
  readAgain(times);
}

function tellDepths(next) {
  console.log("== 천 번 이어 읽기 ==");
  deepest(now, 1000, (depth) => console.log(`그 자리에서: 가장 깊은 겹 ${depth}`));
  deepest(later, 1000, (depth) => {
    console.log(`나중에: 가장 깊은 겹 ${depth}`);
    // ANCHOR: overflow
    assert.throws(() => deepest(now, 100_000, () => {}), RangeError);
    console.log("[Node] 그 자리에서 십만 번: RangeError");
    // ANCHOR_END: overflow
    next();
  });
}

// ANCHOR: turns
// 두 일이 먼저 줄을 섰을 때, 캐시에 있는 프로필을 읽는 콜백의 차례.
function turns(load, next) {
  const log = [];
  setImmediate(() => log.push("키 입력"));
  setImmediate(() => log.push("저장"));
  load(warmStore(), "지수", () => log.push("프로필"));
  afterDeferred(() => next(log.join(", ")));
}

const hit = (store, name) => store.cache.get(name);
const byNextTick = (store, name, done) => process.nextTick(done, null, hit(store, name));
const byMicrotask = (store, name, done) => queueMicrotask(() => done(null, hit(store, name)));
const byPromise = (store, name, done) =>
  Promise.resolve(hit(store, name)).then((profile) => done(null, profile));
// ANCHOR_END: turns

function tellTurns() {
  console.log("== 줄 서기 ==");
  const ways = [
    ["그 자리에서", now],
    ["나중에", later],
    ["[Node] process.nextTick", byNextTick],
    ["[Node] queueMicrotask", byMicrotask],
    ["[Node] Promise의 then", byPromise],
  ];
  const tell = ([way, ...rest]) => {
    if (way === undefined) return;
    const [title, load] = way;
    turns(load, (order) => {
      console.log(`${title}: ${order}`);
      tell(rest);
    });
  };
  tell(ways);
}

const story = [
  (next) => tellVisits("가끔은 그 자리에서", now, next),
  tellPanels,
  (next) => tellVisits("늘 나중에", later, next),
  tellDeferredPanels,
  tellDepths,
  tellTurns,
];
const tellNext = () => story.shift()?.(tellNext);
tellNext();
