// 같은 가게를 AbortController로. 종료는 신호를 넘겨 알리고, 남은 일은 프로미스를 모아 기다린다.

// ANCHOR: clock
// 가상 시간. 할 일이 없을 때만 다음 기한으로 건너뛴다.
class Clock {
  now = 0;
  timers = [];

  // signal이 취소를 알리면 거부한다.
  sleep(millis, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = () => reject(signal.reason);
      const done = () => {
        signal?.removeEventListener("abort", cancel); // 두지 않으면 잘 때마다 쌓인다.
        resolve();
      };
      this.timers.push({ at: this.now + millis, done });
      signal?.addEventListener("abort", cancel, { once: true });
    });
  }
  // ANCHOR_END: clock

  async run(main) {
    let ended = false;
    main.then(() => (ended = true));
    for (;;) {
      await new Promise(setImmediate); // 마이크로태스크가 모두 돈다.
      if (ended) return;
      this.timers.sort((a, b) => a.at - b.at);
      const { at, done } = this.timers.shift();
      this.now = at;
      done();
    }
  }
}

// ANCHOR: cook
async function cook(clock, { number, cook }, forced) {
  let what = "버림";
  try {
    await clock.sleep(cook, forced);
    what = "냄";
  } catch {
    // 그만두라는 말을 들었다.
  } finally {
    console.log(`주방: ${number}번 요리를 ${what}`);
  }
}
// ANCHOR_END: cook

// ANCHOR: shop
class Shop {
  stop = new AbortController(); // 새 주문을 받지 않는다.
  forced = new AbortController(); // 하던 요리도 그만둔다.
  cooking = new Set();

  constructor(clock) {
    this.clock = clock;
    this.stop.signal.addEventListener("abort", () => console.log("가게: 문을 닫음"));
  }

  order(order) {
    if (this.stop.signal.aborted) {
      console.log(`손님: ${order.number}번 주문을 돌려받음`);
      return;
    }
    console.log(`가게: ${order.number}번 주문을 받음`);
    const job = cook(this.clock, order, this.forced.signal);
    this.cooking.add(job);
    job.then(() => this.cooking.delete(job));
  }
}
// ANCHOR_END: shop

// ANCHOR: close
async function close(shop, patience) {
  const drained = async () => {
    while (shop.cooking.size > 0) await Promise.all(shop.cooking);
  };
  const late = shop.clock.sleep(patience).then(() => shop.forced.abort());
  void late; // 먼저 다 끝나면 아무도 기다리지 않는다.
  let cut = 0;
  shop.forced.signal.addEventListener("abort", () => (cut = shop.cooking.size));
  await drained();
  return cut === 0 ? "Drained" : `Forced(${cut})`;
}
// ANCHOR_END: close

function day(name, { second, patience = 100, graceful = true } = {}) {
  console.log(`== ${name} ==`);
  const clock = new Clock();
  const shop = new Shop(clock);
  const guest = async (at, order) => {
    await clock.sleep(at);
    shop.order(order);
  };
  const main = async () => {
    [[0, 30], [10, 40], [25, 10]].forEach(([at, cook], i) => guest(at, { number: i + 1, cook }));
    await clock.sleep(20);
    console.log("신호: 종료를 알림");
    shop.stop.abort();
    if (second !== undefined) {
      clock.sleep(second).then(() => {
        console.log("신호: 그만두라고 함");
        shop.forced.abort();
      });
    }
    const closed = graceful ? await close(shop, patience) : "Drained";
    console.log(`main: ${clock.now}ms에 끝남, ${closed}`);
  };
  return clock.run(main());
}

// Rust에만 있는 대목.
function only(...names) {
  for (const name of names) console.log(`== ${name} ==`);
}

await day("바로 끝내기", { graceful: false });
only("취소", "듣지 않는 태스크", "배압", "막는 일");
await day("우아한 종료");
await day("기한", { patience: 15 });
await day("두 번째 신호", { second: 5 });
only("깨우지 않는 취소", "잘린 요리", "잃은 주문", "마저 꺼낸 주문", "반쪽 세트");
only("늦게 들은 신호", "차례를 쥐고 떠난 손님", "쌓이는 Waker", "단계를 보는 일");
