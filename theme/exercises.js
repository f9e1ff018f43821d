// 연습문제를 마쳤다고 적는다. 이 브라우저에만 남고 아무 데도 보내지 않는다.
(() => {
  "use strict";

  const KEY = "async-book-exercises";
  const lines = [...document.querySelectorAll("p.exercise[data-exercise]")];
  if (lines.length === 0) return;

  let done = new Set();
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (Array.isArray(saved)) done = new Set(saved);
  } catch {
    // 읽을 수 없으면 하나도 마치지 않은 것과 같다.
  }

  const save = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify([...done]));
    } catch {
      // 저장할 수 없으면 이 쪽을 떠날 때까지만 남는다.
    }
  };

  const summary = document.createElement("p");
  summary.className = "exercise-count";
  summary.setAttribute("role", "status");
  const tell = () => {
    const count = lines.filter((line) => done.has(line.dataset.exercise)).length;
    summary.textContent = `이 장의 문제 ${lines.length}개 가운데 ${count}개를 마쳤습니다.`;
  };

  for (const line of lines) {
    const name = line.dataset.exercise;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = done.has(name);
    box.addEventListener("change", () => {
      if (box.checked) done.add(name);
      else done.delete(name);
      save();
      tell();
    });
    const label = document.createElement("label");
    label.append(box, " 마쳤습니다");
    line.append(" · ", label);
  }
  tell();
  lines[0].closest("main").querySelector("h1").after(summary);
})();
