// 표준 입력으로 받은 프로그램들을 Node의 프로미스로 돌려, 놓친 거부의 기록을 JSON으로 낸다.
import { readFileSync } from "node:fs";

let log;
const reasons = new WeakMap();
process.on("unhandledRejection", (reason, promise) => {
  reasons.set(promise, reason);
  log.push(`놓침 ${reason}`);
});
process.on("rejectionHandled", (promise) => log.push(`늦음 ${reasons.get(promise)}`));

const drained = () => new Promise((resume) => setImmediate(resume));

async function run(rounds) {
  log = [];
  const [promises, resolvers] = [[], []];
  const act = (action) => {
    const [kind, value] = Object.entries(action)[0];
    if (kind === "Value") return value;
    if (kind === "Error") throw value;
    return promises[value];
  };
  const made = { All: "all", AllSettled: "allSettled", Race: "race", Any: "any" };
  const make = {
    Settled: (result) => ("Ok" in result ? Promise.resolve(result.Ok) : Promise.reject(result.Err)),
    Pending: () =>
      new Promise((resolve, reject) => {
        resolvers[promises.length] = [resolve, reject];
      }),
    Then: ([at, action]) => promises[at].then(() => act(action)),
    Catch: ([at, action]) => promises[at].catch(() => act(action)),
    Finally: ([at, action]) => promises[at].finally(() => act(action)),
    // 값과 까닭을 수 하나로 줄여 다른 프로미스와 타입을 맞춘다.
    Combine: ([kind, list]) =>
      Promise[made[kind]](list.map((at) => promises[at])).then(
        () => 0,
        (reason) => {
          throw typeof reason === "number" ? reason : 1000 + reason.errors.length;
        },
      ),
  };
  const settle = ([at, action]) => {
    const [resolve, reject] = resolvers[at] ?? [];
    const [kind, value] = Object.entries(action)[0];
    if (resolve === undefined) return;
    if (kind === "Error") reject(value);
    else resolve(kind === "Known" ? promises[value] : value);
  };

  for (const ops of rounds) {
    for (const op of ops) {
      const [kind, value] = typeof op === "string" ? [op] : Object.entries(op)[0];
      if (kind === "Settle") settle(value);
      else promises.push(make[kind](value));
    }
    await drained();
    log.push("--");
  }
  return log;
}

const logs = [];
for (const program of JSON.parse(readFileSync(0, "utf8"))) logs.push(await run(program));
console.log(JSON.stringify(logs));
