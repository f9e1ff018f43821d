// 읽는 쪽. 차례의 접는 단추를 자판으로도 쓰고, 읽던 곳을 기억한다.
(() => {
  "use strict";

  // mdBook의 접는 단추는 주소 없는 a라서 자판으로 닿지 않는다.
  for (const toggle of document.querySelectorAll(".chapter-fold-toggle")) {
    const name = toggle.parentElement.querySelector("a, span")?.textContent.trim() ?? "";
    const item = toggle.closest("li");
    const tell = () => toggle.setAttribute("aria-expanded", item.classList.contains("expanded"));
    toggle.setAttribute("role", "button");
    toggle.setAttribute("aria-label", `${name} 여닫기`);
    toggle.tabIndex = 0;
    toggle.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle.click();
    });
    toggle.addEventListener("click", tell);
    tell();
  }

  const KEY = "async-book-place";
  const root = new URL(path_to_root || "./", location.href).href;
  const page = location.href.split(/[?#]/)[0].slice(root.length);
  const title = document.querySelector("main h1");
  const isFront = page === "" || page === "index.html";

  /** 화면 위쪽에 걸친 제목. 글꼴이나 창의 크기가 달라져도 같은 곳을 가리킨다. */
  function place() {
    const passed = [...document.querySelectorAll("main :is(h1, h2, h3)[id]")].filter(
      (heading) => heading.getBoundingClientRect().top < innerHeight / 3,
    );
    const last = passed.at(-1);
    return last && last !== title ? { id: last.id, heading: last.textContent.trim() } : {};
  }

  function remember() {
    if (isFront || !title || !page.endsWith(".html") || page.endsWith("404.html")) return;
    const found = { page, title: title.textContent.trim(), ...place() };
    try {
      localStorage.setItem(KEY, JSON.stringify(found));
    } catch {
      // 저장할 수 없으면 기억하지 않을 뿐이다.
    }
  }

  addEventListener("pagehide", remember);
  document.addEventListener("visibilitychange", remember);

  if (isFront && title) {
    let saved = null;
    try {
      saved = JSON.parse(localStorage.getItem(KEY));
    } catch {
      // 읽을 수 없으면 처음 온 것과 같다.
    }
    if (saved?.page && saved.title) {
      const link = document.createElement("a");
      link.href = saved.page + (saved.id ? "#" + encodeURIComponent(saved.id) : "");
      link.textContent = saved.heading ? `${saved.title}, ${saved.heading}` : saved.title;
      const line = document.createElement("p");
      line.className = "resume";
      line.append("읽던 곳: ", link);
      title.after(line);
    }
  }
})();

// 시간의 그림. 그림은 스크립트 없이도 온전하고, 여기에서는 한 걸음씩 짚어 볼 단추만 단다.
(() => {
  "use strict";

  for (const figure of document.querySelectorAll("figure.timeline")) {
    const steps = [...figure.querySelectorAll(".step")];
    let now = -1; // -1이면 모두 보인다.
    const bar = document.createElement("div");
    bar.className = "steps";
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const button = (name, move) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = name;
      made.addEventListener("click", () => {
        now = move();
        show();
      });
      return made;
    };
    const back = button("앞 걸음", () => now - 1);
    const next = button("다음 걸음", () => now + 1);
    const all = button("모두", () => -1);
    const show = () => {
      steps.forEach((step, at) => {
        step.classList.toggle("now", at === now);
        step.classList.toggle("later", now >= 0 && at > now);
      });
      back.disabled = now <= 0;
      next.disabled = now === steps.length - 1;
      all.disabled = now < 0;
      told.textContent = now < 0 ? "" : `${now + 1} / ${steps.length}`;
    };
    bar.append(back, next, all, told);
    figure.querySelector(".canvas").after(bar);
    show();
  }
})();
