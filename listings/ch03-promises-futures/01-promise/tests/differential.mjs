// 표준 입력으로 받은 프로그램들을 Node의 프로미스로 돌려, 기록을 JSON으로 낸다.
import { readFileSync } from "node:fs";

process.on("unhandledRejection", () => {}); // 거부를 일부러 놓치는 프로그램도 있다.

function run({ ops }) {
  const log = [];
  const [promises, resolvers] = [[], []];

  const act = ({ id, settles, action }, input) => {
    log.push(`${id}<-${input}`);
    if (settles !== null) settle(...settles);
    const [kind, value] = Object.entries(action)[0];
    if (kind === "Value") return value;
    if (kind === "Error") throw value;
    if (kind === "Known") return promises[value];
    return Promise.resolve(value).then((value) => (log.push(`${id} 안`), value));
  };

  const settle = (at, action) => {
    const [kind, value] = Object.entries(action)[0];
    const [resolve, reject] = resolvers[at] ?? [];
    if (resolve === undefined) return;
    if (kind === "Error") reject(value);
    else resolve(kind === "Known" ? promises[value] : value);
  };

  const handler = (given) => given && ((input) => act(given, input));
  const make = {
    Settled: (result) => ("Ok" in result ? Promise.resolve(result.Ok) : Promise.reject(result.Err)),
    Pending: () =>
      new Promise((resolve, reject) => {
        resolvers[promises.length] = [resolve, reject];
      }),
    Then: ([from, good, bad]) => promises[from].then(handler(good), handler(bad)),
    Finally: ([from, given]) => promises[from].finally(() => act(given, "끝")),
  };

  for (const op of ops) {
    const [kind, value] = typeof op === "string" ? [op] : Object.entries(op)[0];
    if (kind === "Settle") settle(...value);
    else promises.push(make[kind](value));
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
