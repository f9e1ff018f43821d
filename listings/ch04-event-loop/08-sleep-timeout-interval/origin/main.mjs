// 멈춘 시계 위의 잠과 타임아웃과 되풀이. 모두가 기다리면 다음 기한으로 건너뛴다.

const title = (name) => console.log(`== ${name} ==`);

// ANCHOR: clock
/** 저절로 흐르지 않는 시계. */
class Clock {
  now = 0;
  #timers = [];

  /** 이 밀리초 뒤에 푸는 프로미스. */
  sleep(millis) {
    return new Promise((wake) => this.#timers.push({ due: this.now + millis, wake }));
  }

  /** 이 밀리초만큼 스레드를 막은 셈 친다. */
  advance(millis) {
    this.now += millis;
  }

  // ANCHOR_END: clock

  // ANCHOR: run
  /** 프로미스들이 다 돌고 나면 다음 기한으로 건너뛴다. */
  async run(story) {
    let done = false;
    story().finally(() => (done = true));
    while (await settled(), !done) {
      this.#timers.sort((a, b) => a.due - b.due);
      const { due, wake } = this.#timers.shift();
      this.now = Math.max(this.now, due);
      wake();
    }
  }
}

/** 쌓인 마이크로태스크가 모두 돌 때까지. */
const settled = () => new Promise((next) => setImmediate(next));
// ANCHOR_END: run

// ANCHOR: timeout
/** 늦으면 거절하는 프로미스. 진 쪽은 멈추지 않는다. */
function timeout(clock, millis, promise) {
  const late = clock.sleep(millis).then(() => Promise.reject(new Error("포기함")));
  return Promise.race([promise, late]);
}
// ANCHOR_END: timeout

const run = (story) => {
  const clock = new Clock();
  return clock.run(() => story(clock));
};

function naps(nap) {
  return run(async (clock) => {
    const one = async (who, millis) => {
      const rest = nap(clock, millis);
      if (rest) await rest;
      console.log(`${who}: ${clock.now}ms에 깸`);
    };
    await Promise.all([one("가온", 20), one("나래", 10)]);
  });
}

const skips = () => run(async (clock) => {
  const far = clock.sleep(5_000).then(() => console.log(`가온: ${clock.now}ms에 깸`));
  await clock.sleep(100);
  console.log(`나래: ${clock.now}ms에 깸`);
  await far;
});

const two = () => run(async (clock) => {
  const food = async (millis) => {
    await clock.sleep(millis);
    return "파스타";
  };
  for (const millis of [5, 15]) {
    const start = clock.now;
    const answer = await timeout(clock, 10, food(millis)).catch((error) => error.message);
    console.log(`${millis}ms짜리: ${clock.now - start}ms에 ${answer}`);
  }
});

// ANCHOR: losers
const losers = () => run(async (clock) => {
  const kitchen = async () => {
    await clock.sleep(30);
    console.log("주방: 요리를 끝냄");
  };
  await timeout(clock, 10, kitchen()).catch(() => console.log("main: 요리를 포기함"));
  await clock.sleep(30);
});
// ANCHOR_END: losers

const drift = () => run(async (clock) => {
  const beats = [];
  for (let beat = 0; beat < 5; beat++) {
    beats.push(clock.now);
    await clock.sleep(3);
    await clock.sleep(10);
  }
  console.log(`sleep: ${beats.join(" ")}`);
});

/** 다음 틱의 때를 정하는 세 가지 법. */
const after = {
  Burst: (due) => due + 10,
  Skip: (due, now) => now + 10 - ((now - due) % 10),
  Delay: (_due, now) => now + 10,
};

async function* interval(clock, missed) {
  for (let due = clock.now;;) {
    await clock.sleep(Math.max(0, due - clock.now));
    const now = clock.now;
    yield due;
    due = now < due + 10 ? due + 10 : after[missed](due, now);
  }
}

const kept = () => run(async (clock) => {
  const beats = [];
  for await (const _ of interval(clock, "Burst")) {
    if (beats.push(clock.now) === 5) break;
    await clock.sleep(3);
  }
  console.log(`interval: ${beats.join(" ")}`);
});

const missed = (name) => run(async (clock) => {
  const [dues, came] = [[], []];
  for await (const due of interval(clock, name)) {
    dues.push(due);
    if (came.push(clock.now) === 6) break;
    if (came.length === 2) clock.advance(25);
  }
  console.log(`${name}: 왔어야 할 때 ${dues.join(" ")}, 온 때 ${came.join(" ")}`);
});

const late = () => run(async (clock) => {
  const sleeper = clock.sleep(10).then(() => {
    console.log(`가온: 10ms를 자고 ${clock.now}ms에 깸`);
  });
  clock.advance(25);
  console.log(`main: ${clock.now}ms까지 막음`);
  await sleeper;
  const start = clock.now;
  const blocking = (async () => clock.advance(25))();
  await timeout(clock, 10, blocking);
  console.log(`main: 10ms까지 기다렸는데 ${clock.now - start}ms에 답이 옴`);
});

title("막는 잠");
await naps((clock, millis) => clock.advance(millis));
title("기다리는 잠");
await naps((clock, millis) => clock.sleep(millis));
title("건너뛴 시간");
await skips();
title("처음 맡긴 Waker");
title("마지막에 맡긴 Waker");
title("타임아웃");
await two();
title("남은 타이머");
title("같은 때");
title("진 쪽");
await losers();
title("포개진 타임아웃");
title("밀리는 반복");
await drift();
await kept();
title("놓친 틱");
for (const name of ["Burst", "Skip", "Delay"]) await missed(name);
title("막는 태스크");
await late();
title("짧은 잠과 긴 잠");
title("밖에서 오는 답");
title("말 없는 손님");
