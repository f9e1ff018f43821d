// 메서드가 Promise를 돌려주면 그만이다. 정적이냐 동적이냐를 고를 일이 없다.

// ANCHOR: mailers
class Post {
  #sent = 0;

  async send(_to, _text) {
    await new Promise(setImmediate); // 서버의 답을 기다린다.
    return ++this.#sent;
  }
}

class Pretend {
  send(_to, _text) {
    return 0; // async를 적지 않았지만 부르는 쪽은 모른다.
  }
}

async function welcome(mailer, name) {
  const number = await mailer.send(name, "어서 오세요");
  return `${name}에게 보낸 ${number}번 메일`;
}
// ANCHOR_END: mailers

async function sendAll(mailers, to) {
  const numbers = [];
  for (const mailer of mailers) numbers.push(await mailer.send(to, "소식"));
  return numbers;
}

async function greeting(name) {
  await new Promise(setImmediate);
  return `안녕하세요, ${name} 님`;
}

async function forEach(names, visit) {
  for (const name of names) await visit(name);
}

console.log("== 정적 디스패치 ==");
console.log(await welcome(new Post(), "하나"));
console.log(await welcome(new Pretend(), "두리"));

console.log("== 여러 배달원을 한 목록에 ==");
const numbers = await sendAll([new Post(), new Pretend()], "하나");
console.log(`보낸 번호: [${numbers.join(", ")}]`);

console.log("== 호출마다 생기는 상자 ==");
console.log("== 스레드를 건너는 퓨처 ==");
console.log("== 두 벌의 트레이트 ==");
console.log("== 빌리지 않는 퓨처 ==");
console.log(await greeting("하나"));

console.log("== async 클로저 ==");
const post = new Post();
const receipts = [];
await forEach(["하나", "두리"], async (name) => receipts.push(await welcome(post, name)));
console.log(receipts.join(", "));

console.log("== 가드를 쥐고 기다리는 동안 ==");
console.log("== 고친 퓨처들 ==");
