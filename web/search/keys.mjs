// 글쇠. 한글 입력 상태에서도 S와 /로 찾기가 열리고, 조합 중인 글쇠는 입력기에 맡기며, 화살표로 고른 것에 초점이 간다.
const isComposing = (event) => event.isComposing || event.keyCode === 229;
const isTyping = (target) => /^(?:input|select|textarea)$/i.test(target.nodeName) || target.isContentEditable;

export function listenToKeys({ bar, results, wrapper, toggle }) {
  function open() {
    if (wrapper.classList.contains("hidden")) toggle.click();
    bar.focus();
    bar.select();
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target === bar) {
        // 조합을 끝내는 Enter와 화살표까지 mdBook이 받으면 같은 글쇠를 두 번 누른 것이 된다.
        if (isComposing(event)) event.stopPropagation();
        return;
      }
      if (isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // 두벌식에서 S는 ㄴ이다. 입력기가 가로챈 글쇠는 이름 대신 229로 온다.
      const isKorean = isComposing(event) || /^[ㄱ-ㅣᄀ-ᇿ]$/.test(event.key) || event.key === "Process";
      if (!isKorean || !["KeyS", "Slash"].includes(event.code)) return;
      // 입력기가 쥔 글쇠에 바로 초점을 옮기면 그 글자가 찾을 말에 들어간다. 손을 뗄 때 연다.
      if (isComposing(event)) document.addEventListener("keyup", open, { once: true });
      else {
        event.preventDefault();
        open();
      }
    },
    true,
  );

  // mdBook이 고른 것의 모양만 바꾸므로, 화면 밖의 것을 불러오고 읽어 주게 하려면 초점도 옮겨야 한다.
  document.addEventListener("keydown", (event) => {
    if (wrapper.classList.contains("hidden")) return;
    if (event.key === "/" || event.key === "s") bar.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const chosen = results.querySelector("li.focus");
    if (chosen) {
      chosen.querySelector("a").focus({ preventScroll: true });
      chosen.scrollIntoView({ block: "nearest" });
    } else if (results.contains(document.activeElement)) bar.focus();
  });
}
