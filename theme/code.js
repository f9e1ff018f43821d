// 코드 블록. 앞 걸음에서 바뀐 줄에 표시를 달고, 옆으로 미는 것에 자판이 닿게 한다.
(() => {
  "use strict";

  /** `changed-3-5`처럼 적힌 줄마다 막대를 얹는다. 숨긴 줄은 세지 않는다. */
  function markChanges(code) {
    const found = [...code.classList].map((name) => /^changed-([\d-]+)$/.exec(name)).find(Boolean);
    code.querySelectorAll(".changed-line").forEach((bar) => bar.remove());
    if (!found) return;
    const open = !code.classList.contains("hide-boring");
    // 숨긴 줄을 펼치면 그만큼 밀린다. 강조색이 칸을 어떻게 나누었든 글자만 보고 센다.
    const rows = [];
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const boring = text.parentElement.closest(".boring") !== null;
      const breaks = text.data.split("\n").length - 1;
      for (let i = 0; i < breaks; i += 1) if (!boring || open) rows.push(boring);
    }
    rows.push(false);
    const shown = rows.flatMap((boring, row) => (boring ? [] : [row]));
    const padding = getComputedStyle(code).paddingTop;
    for (const number of found[1].split("-").map(Number)) {
      const bar = document.createElement("span");
      bar.className = "changed-line";
      bar.style.top = `calc(${padding} + ${shown[number - 1] ?? 0}lh)`;
      code.append(bar);
    }
  }

  for (const code of document.querySelectorAll('pre > code[class*="changed-"]')) {
    markChanges(code);
    const watch = new MutationObserver(() => markChanges(code));
    watch.observe(code, { attributeFilter: ["class"] });
  }

  /** 넘치는 것만 초점을 받는다. 넘치지 않는 블록까지 멈추면 Tab이 길어진다. */
  function reach(box, label) {
    const wide = box.scrollWidth > box.clientWidth + 1;
    if (wide) {
      box.tabIndex = 0;
      if (!box.hasAttribute("role")) box.setAttribute("role", "group");
      if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", label);
    } else if (box.tabIndex === 0) {
      box.removeAttribute("tabindex");
    }
  }

  const boxes = [
    ["main pre > code", "코드, 옆으로 밀어서 봅니다"],
    ["main .table-wrapper", "표, 옆으로 밀어서 봅니다"],
    ["main .canvas", "그림, 옆으로 밀어서 봅니다"],
  ];
  const watched = boxes.flatMap(([selector, label]) =>
    [...document.querySelectorAll(selector)].map((box) => [box, label]),
  );
  const reachAll = () => watched.forEach(([box, label]) => reach(box, label));
  const resized = new ResizeObserver(reachAll);
  watched.forEach(([box]) => resized.observe(box));
  // 글꼴이 오면 상자는 그대로인데 글이 길어지기도 한다.
  document.fonts.ready.then(reachAll);
  document.fonts.addEventListener("loadingdone", reachAll);
})();
