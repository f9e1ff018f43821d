// 표준 입력으로 받은 프로그램들을 Node의 프로미스로 돌려, 기록을 JSON으로 낸다.
import { readFileSync } from "node:fs";

process.on("unhandledRejection", () => {}); // 거부를 일부러 놓치는 프로그램도 있다.

const fold = (numbers) => numbers.reduce((sum, number) => (sum * 3 + number) % 1000, 1);
const settled = ({ status, value, reason }) => (status === "fulfilled" ? value : reason + 500);

function run(ops) {
  const log = [];
  const [promises, resolvers] = [[], []];

  // 모은 결과를 적고 수 하나로 접는다.
  const combined = (id, kind, list) => {
    const given = list.map((at) => promises[at]);
    if (kind === "Race") return Promise.race(given);
    const made = { All: "all", AllSettled: "allSettled", Any: "any" }[kind];
    const heard = (numbers) => (log.push(`${id} ${made} [${numbers.join(", ")}]`), fold(numbers));
    if (kind === "All") return Promise.all(given).then(heard);
    if (kind === "AllSettled") return Promise.allSettled(given).then((list) => heard(list.map(settled)));
    return Promise.any(given).catch(({ errors }) => {
      throw heard(errors);
    });
  };

  const act = (id, action, input) => {
    log.push(`${id}<-${input}`);
    const [kind, value] = Object.entries(action)[0];
    if (kind === "Value") return value;
    if (kind === "Error") throw value;
    if (kind === "Known") return promises[value];
    return combined(id, ...value);
  };

  const make = {
    Settled: (result) => ("Ok" in result ? Promise.resolve(result.Ok) : Promise.reject(result.Err)),
    Pending: () =>
      new Promise((resolve, reject) => {
        resolvers[promises.length] = [resolve, reject];
      }),
    Then: ([from, action], id) => promises[from].then((value) => act(id, action, value)),
    Catch: ([from, action], id) => promises[from].catch((reason) => act(id, action, reason)),
    Finally: ([from, action], id) => promises[from].finally(() => act(id, action, "끝")),
    Combine: ([kind, list], id) => combined(id, kind, list),
  };

  const settle = ([at, action]) => {
    const [kind, value] = Object.entries(action)[0];
    const [resolve, reject] = resolvers[at] ?? [];
    if (resolve === undefined) return;
    if (kind === "Error") reject(value);
    else resolve(kind === "Known" ? promises[value] : value);
  };

  for (const op of ops) {
    const [kind, value] = typeof op === "string" ? [op] : Object.entries(op)[0];
    if (kind === "Settle") settle(value);
    else promises.push(make[kind](value, promises.length));
  }
  promises.forEach((promise, at) =>
    promise.then(
      (value) => log.push(`p${at} 이행 ${value}`),
      (reason) => log.push(`p${at} 거부 ${reason}`),
    ),
  );
  return log;
}

const logs = [];
for (const program of JSON.parse(readFileSync(0, "utf8"))) {
  logs.push(run(program));
  // 다음 프로그램은 이번 마이크로태스크가 모두 끝난 뒤에 시작한다.
  await new Promise((resume) => setImmediate(resume));
}
console.log(JSON.stringify(logs));
