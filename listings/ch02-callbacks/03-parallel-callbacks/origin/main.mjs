// 콜백 여러 개를 기다리는 법과, 카운터가 틀리는 자리.
// 요청(task)은 콜백을 넘기며 부르면 그때 나간다. 콜백은 오류를 먼저 받는다: callback(error, value).

// ANCHOR: all
// 모두 성공하면 요청한 차례대로, 하나라도 실패하면 첫 오류를 곧바로 알린다.
function all(tasks, done) {
  if (tasks.length === 0) return done(null, []);
  const values = new Array(tasks.length);
  let remaining = tasks.length;
  let finished = false;
  const finish = (error, values) => {
    if (finished) return;
    finished = true;
    done(error, values);
  };
  tasks.forEach((task, index) => {
    task((error, value) => {
      if (error) return finish(error);
      values[index] = value;
      remaining -= 1;
      if (remaining === 0) finish(null, values);
    });
  });
}
// ANCHOR_END: all

// 가장 먼저 성공한 값을, 모두 실패하면 오류를 요청한 차례대로 알린다.
function first(tasks, done) {
  if (tasks.length === 0) return done([]);
  const errors = new Array(tasks.length);
  let remaining = tasks.length;
  let finished = false;
  const finish = (errors, value) => {
    if (finished) return;
    finished = true;
    done(errors, value);
  };
  tasks.forEach((task, index) => {
    task((error, value) => {
      if (!error) return finish(null, value);
      errors[index] = error;
      remaining -= 1;
      if (remaining === 0) finish(errors);
    });
  });
}

// 한꺼번에 limit개까지만 보내고, 실패해도 멈추지 않고 모든 답을 알린다.
function limited(limit, tasks, done) {
  const replies = new Array(tasks.length);
  let next = 0;
  let running = 0;
  let finished = false;
  const advance = () => {
    while (running < limit && next < tasks.length) {
      const index = next++;
      running += 1;
      tasks[index]((error, value) => {
        replies[index] = { error, value };
        running -= 1;
        advance();
      });
    }
    if (running > 0 || finished) return;
    finished = true;
    done(replies);
  };
  advance();
}

// ---- 일부러 틀리게 만든 것들 ----

// 성공할 때만 센다. 하나라도 실패하면 done이 영영 불리지 않는다.
function allCountingSuccesses(tasks, done) {
  const values = [];
  let remaining = tasks.length;
  for (const task of tasks) {
    task((error, value) => {
      if (error) return; // 로그만 남기고 지나간다.
      values.push(value);
      remaining -= 1;
      if (remaining === 0) done(null, values);
    });
  }
}

// 실패는 알리지만 값을 도착한 차례대로 담고, 빈 목록에는 done을 부르지 않는다.
function allInArrivalOrder(tasks, done) {
  const values = [];
  let remaining = tasks.length;
  let finished = false;
  for (const task of tasks) {
    task((error, value) => {
      if (finished) return;
      if (!error) {
        values.push(value);
        remaining -= 1;
        if (remaining > 0) return;
      }
      finished = true;
      if (error) done(error);
      else done(null, values);
    });
  }
}

// 성공할 때마다 done을 부른다. 둘이 성공하면 두 번 불린다.
function firstTellingEverySuccess(tasks, done) {
  const errors = new Array(tasks.length);
  let remaining = tasks.length;
  tasks.forEach((task, index) => {
    task((error, value) => {
      if (!error) return done(null, value);
      errors[index] = error;
      remaining -= 1;
      if (remaining === 0) done(errors);
    });
  });
}

// 성공할 때만 자리를 돌려준다. 실패한 만큼 자리가 줄고 done은 불리지 않는다.
function limitedLeakingSlots(limit, tasks, done) {
  const replies = new Array(tasks.length);
  let next = 0;
  let running = 0;
  const advance = () => {
    while (running < limit && next < tasks.length) {
      const index = next++;
      running += 1;
      tasks[index]((error, value) => {
        replies[index] = { error, value };
        if (!error) running -= 1;
        advance();
      });
    }
    if (running === 0) done(replies);
  };
  advance();
}

// ---- 답할 때와 차례를 부르는 쪽이 정하는 가짜 서버 ----

class Server {
  waiting = new Map();
  peak = 0;

  // 요청을 만든다. 아직 보내지는 않는다.
  request(name) {
    return (callback) => {
      this.waiting.set(name, callback);
      this.peak = Math.max(this.peak, this.waiting.size);
    };
  }

  // 받아 둔 요청에 답한다. 돌아오기 전에 그 요청의 콜백이 불린다.
  reply(name, error, value) {
    const callback = this.waiting.get(name);
    this.waiting.delete(name);
    callback(error, value);
  }
}

// ---- 답이 오는 모든 차례와 모든 실패 조합 ----

const names = ['가', '나', '다', '라', '마'];

function permutations(count) {
  if (count === 0) return [[]];
  return permutations(count - 1).flatMap((shorter) =>
    Array.from({ length: count }, (_, at) => shorter.toSpliced(at, 0, count - 1)),
  );
}

// 실패하면 이름이 오류가 되고, 성공하면 값이 된다.
function replyOf(failures, id) {
  return (failures >> id) & 1 ? [names[id], undefined] : [null, names[id]];
}

// done이 받은 두 인수를 글로 바꾸어, expected가 내놓은 두 인수와 견준다.
function tryEveryOrder(count, wait, expected) {
  let [right, wrong, never, repeated, peak] = [0, 0, 0, 0, 0];
  for (const order of permutations(count)) {
    for (let failures = 0; failures < 1 << count; failures++) {
      const server = new Server();
      const told = [];
      const tasks = names.slice(0, count).map((name) => server.request(name));
      wait(tasks, (a, b) => told.push(JSON.stringify([a, b])));
      const next = () => order.find((id) => server.waiting.has(names[id]));
      for (let id = next(); id !== undefined; id = next()) {
        server.reply(names[id], ...replyOf(failures, id));
      }
      if (told.length === 0) never += 1;
      else if (told.length > 1) repeated += 1;
      else if (told[0] === JSON.stringify(expected(order, failures))) right += 1;
      else wrong += 1;
      peak = Math.max(peak, server.peak);
    }
  }
  return `맞음 ${right}, 틀림 ${wrong}, 안 불림 ${never}, 두 번 이상 ${repeated}, 동시 최대 ${peak}`;
}

function tryAll(all) {
  return tryEveryOrder(4, all, (order, failures) => {
    const failed = order.find((id) => (failures >> id) & 1);
    return failed === undefined ? [null, names.slice(0, 4)] : [names[failed], undefined];
  });
}

function tryFirst(first) {
  return tryEveryOrder(4, first, (order, failures) => {
    const succeeded = order.find((id) => !((failures >> id) & 1));
    return succeeded === undefined ? [names.slice(0, 4), undefined] : [null, names[succeeded]];
  });
}

function tryLimited(limit, limited) {
  const wait = (tasks, done) => limited(limit, tasks, done);
  return tryEveryOrder(5, wait, (order, failures) => {
    const replies = names.map((_, id) => replyOf(failures, id));
    return [replies.map(([error, value]) => ({ error, value })), undefined];
  });
}

// ---- 이야기 ----

function section(title) {
  console.log(`== ${title} ==`);
  return new Server();
}

// 나갈 때 한 줄 적는 요청들.
function requests(server, ...names) {
  return names.map((name) => {
    const request = server.request(name);
    return (callback) => {
      console.log(`보냄 ${name}`);
      request(callback);
    };
  });
}

function reply(server, name, error, value) {
  console.log(`받음 ${name}: ${error ? `오류 ${error}` : value}`);
  server.reply(name, error, value);
}

function draw(error, values) {
  if (error) return console.log(`화면 오류 ${error}`);
  const [profile, orders, books] = values;
  console.log(`화면 프로필=${profile} 주문=${orders} 추천=${books}`);
}

function printCart(error, values) {
  console.log(`장바구니 ${values.length}개`);
}

function printFirst(errors, value) {
  console.log(errors ? `done 모두 실패 [${errors.join(', ')}]` : `done ${value}`);
}

function printReplies(replies) {
  const words = replies.map(({ error, value }) => (error ? `오류 ${error}` : value));
  console.log(`done [${words.join(', ')}]`);
}

{
  const server = section('끝나지 않는 화면');
  let shown = '로딩 중';
  allCountingSuccesses(requests(server, '프로필', '주문', '추천'), () => {
    shown = '다 그림';
  });
  reply(server, '프로필', null, '지수');
  reply(server, '추천', '503');
  reply(server, '주문', null, '3건');
  console.log(`서버에 남은 요청 ${server.waiting.size}개, 화면은 ${shown}`);
}
{
  const server = section('도착한 차례');
  allInArrivalOrder(requests(server, '프로필', '주문', '추천'), draw);
  reply(server, '추천', null, '책 5권');
  reply(server, '프로필', null, '지수');
  reply(server, '주문', null, '3건');
}
{
  section('빈 목록');
  console.log('검사 없는 all');
  allInArrivalOrder([], printCart);
  console.log('돌아왔다');
  console.log('검사하는 all');
  all([], printCart);
  console.log('돌아왔다');
}
{
  const server = section('all');
  all(requests(server, '프로필', '주문', '추천'), draw);
  reply(server, '추천', null, '책 5권');
  reply(server, '프로필', null, '지수');
  reply(server, '주문', null, '3건');
  console.log('다시 묻는다');
  all(requests(server, '프로필', '주문', '추천'), draw);
  reply(server, '프로필', null, '지수');
  reply(server, '추천', '503');
  reply(server, '주문', '504');
}
{
  const server = section('두 번 불린 done');
  firstTellingEverySuccess(requests(server, '서울', '도쿄', '오리건'), printFirst);
  reply(server, '도쿄', null, '파일');
  reply(server, '서울', null, '파일');
  reply(server, '오리건', '503');
}
{
  const server = section('first');
  first(requests(server, '서울', '도쿄', '오리건'), printFirst);
  reply(server, '도쿄', '503');
  reply(server, '서울', null, '파일');
  reply(server, '오리건', null, '파일');
  console.log('다시 묻는다');
  first(requests(server, '서울', '도쿄'), printFirst);
  reply(server, '도쿄', '503');
  reply(server, '서울', '504');
}
{
  const server = section('새는 자리');
  limitedLeakingSlots(2, requests(server, '1번', '2번', '3번', '4번', '5번'), printReplies);
  reply(server, '1번', '503');
  reply(server, '2번', '503');
  console.log(`서버에 남은 요청 ${server.waiting.size}개`);
}
{
  const server = section('limited');
  limited(2, requests(server, '1번', '2번', '3번', '4번', '5번'), printReplies);
  reply(server, '2번', '503');
  reply(server, '3번', null, '그림');
  reply(server, '1번', '503');
  reply(server, '4번', null, '그림');
  reply(server, '5번', null, '그림');
  console.log(`동시에 기다린 요청은 많아야 ${server.peak}개`);
}
{
  console.log('== 모든 차례 ==');
  console.log(`all: ${tryAll(all)}`);
  console.log(`성공만 센 all: ${tryAll(allCountingSuccesses)}`);
  console.log(`도착한 차례로 담은 all: ${tryAll(allInArrivalOrder)}`);
  console.log(`first: ${tryFirst(first)}`);
  console.log(`성공마다 알린 first: ${tryFirst(firstTellingEverySuccess)}`);
  for (const limit of [1, 2, 3]) {
    console.log(`limited ${limit}개: ${tryLimited(limit, limited)}`);
  }
  console.log(`자리가 샌 limited 2개: ${tryLimited(2, limitedLeakingSlots)}`);
}
