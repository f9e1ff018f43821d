// 한국어 규칙의 시험. 책이 아니라 언어를 본다.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Form, hangulForms, wordForms } from "../search/forms.mjs";
import { initials, toInitials, toQwerty, typing } from "../search/hangul.mjs";
import { Words } from "../search/stems.mjs";

// 조사를 뗄 근거가 되는 작은 책.
const book = `스레드가 일한다. 스레드를 띄운다. 재시도를 한다. 재시도가 끝난다. 속도가 빠르다. 속에 있다. 결과를 본다. 결과가 없다.
  파이프라인을 만든다. 파이프라인이 흐른다. 락을 얻는다. 락의 주인. 취소를 한다. 취소하는 쪽. 기다리고 기다리면 기다립니다. 막히면 막힙니다. 닫히고 닫힙니다.
  부르고 부르면 부릅니다. 멈추고 멈춥니다. 어렵고 어렵습니다. 만들고 만듭니다. 정의를 적는다. 정의가 있다. 경로를 따라. 교착 상태를 푼다.`;
const words = new Words([book], ["교착상태", "락"]);
const finds = (query, text) => {
  for (const form of hangulForms(query, words)) for (const [start, end] of form.places(text)) return text.slice(start, end);
  return null;
};

test("조사를 떼고 찾는다", () => {
  for (const typed of ["스레드", "스레드를", "스레드에서는", "스레드들이", "스레드마다", "스레드인가", "스레드라는", "스레드보다도"]) {
    assert.equal(finds(typed, "모든 스레드가"), "스레드", typed);
  }
});

test("낱말의 끝소리는 조사로 보지 않는다", () => {
  for (const [typed, stem] of [
    ["재시도", "재시도"], ["재시도는", "재시도"], ["속도", "속도"], ["결과", "결과"], ["파이프라인", "파이프라인"], ["정의", "정의"], ["경로", "경로"],
  ]) {
    assert.deepEqual(words.stems(typed), { nouns: [stem], verbs: [] }, typed);
  }
  assert.equal(finds("재시도", "재시작합니다"), null);
  assert.equal(finds("속도", "속에 있다"), null);
});

test("어미를 떼고 활용꼴을 찾는다", () => {
  for (const [typed, text, found] of [
    ["기다리는", "기다렸습니다", "기다렸"], ["기다려", "기다린다", "기다린"], ["막힌", "막혀 있다", "막혀"], ["닫히면", "닫힌 채널", "닫힌"],
    ["닫혔을", "닫힙니다", "닫힙"], ["부르는", "불러 주세요", "불러"], ["불러서", "부르고", "부르"], ["멈춘다", "멈췄다", "멈췄"],
    ["어려운", "어렵습니다", "어렵"], ["만드는", "만들었다", "만들"], ["만들면", "만든 것", "만든"], ["취소하려면", "취소된", "취소"], ["취소했을", "취소를", "취소"],
  ]) {
    assert.equal(finds(typed, text), found, `${typed} → ${text}`);
  }
  assert.equal(finds("막히는", "막대기"), null);
});

test("띄어쓰기는 가리지 않되 낱말의 가운데와 맞지는 않는다", () => {
  assert.equal(finds("교착상태를", "교착 상태가"), "교착 상태");
  assert.equal(finds("교착 상태", "교착상태를"), "교착상태");
  assert.equal(finds("표현", "표 현재"), null);
  assert.equal(finds("동기", "비동기"), null);
  assert.equal(finds("락", "락프리 큐라고 한다"), null);
  assert.equal(finds("락을", "락이 풀린다"), "락이");
});

test("영어와 코드는 낱말의 머리에서, 짧으면 통째로 찾는다", () => {
  const found = (query, text) => wordForms(query, words).some((form) => !form.places(text).next().done);
  for (const [query, text] of [
    ["Waker를", "Waker::wake"], ["lock", "try_lock()"], ["stream", "TcpStream"], ["select!", "tokio::select! {"], ["block_on", "fn block_on"], ["'static", "T: 'static"],
    ["task", "tasks"], ["lock-free", "lock free"], ["FnOnce인가", "왜 FnOnce일까"], ["TCP서버", "TCP 서버"], ["async", "AsyncRead"],
  ]) {
    assert.ok(found(query, text), `${query} → ${text}`);
  }
  for (const [query, text] of [["pin", "ping"], ["lock", "blocking"], ["Rc", "rcv"], ["poll", "epoll"]]) {
    assert.ok(!found(query, text), `${query} → ${text}`);
  }
});

test("치는 도중의 글자와 초성을 푼다", () => {
  const half = (typed, whole) => new RegExp(`^(?:${[...typed].slice(0, -1).join("")}${typing(typed.at(-1))})`).test(whole);
  for (const typed of ["ㅅ", "소ㅇ", "소유ㄱ", "소유구", "소유궈", "소유권", "솧"]) {
    if (typed !== "솧") assert.ok(half(typed, "소유권"), typed);
    else assert.ok(!half(typed, "소유권"), typed);
  }
  assert.ok(half("동깋", "동기화"));
  assert.ok(half("닭", "달가운"));
  assert.equal(initials("ㅇㅂㅌㄿ"), "ㅇㅂㅌㄹㅍ");
  assert.equal(initials("소유ㄱ"), null);
  assert.equal(toInitials("이벤트 루프"), "ㅇㅂㅌㄹㅍ");
  assert.equal(toQwerty("ㅉㅁㅏㄷㄱ"), "Waker");
  assert.equal(toQwerty("ㄴ딛ㅊㅅ"), "select");
});

test("빈 꼴에도 멈춘다", () => {
  assert.deepEqual([...new Form("x?").places("abc")], []);
});
