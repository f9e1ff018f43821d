// mermaid가 그린 SVG에서 모양과 글만 옮겨 적는다. 색과 굵기는 적지 않고 할 일을 클래스로 남겨,
// theme/figure.css 하나가 밝은 화면과 어두운 화면과 종이를 모두 맡는다.
// 이 함수는 브라우저 안에서 돈다. 바깥의 것을 쓰지 않는다.

/** 화면에 붙어 있는 `root`를 작은 SVG 글로 바꾼다. 글이 겹치거나 모르는 것이 있으면 오류를 던진다. */
export function distill(root, name) {
  // 앞의 것이 먼저다. 이름은 theme/figure.css에 있다.
  const roles = [
    ["marker *, defs *, symbol *", null],
    [".labelBox", "tag"],
    [".loopLine", "loop"],
    [".actor-line", "life"],
    [".note, .note *", "note"],
    ["rect.background, .labelBkg", "back"],
    [".cluster *, rect.rect, .statediagram-cluster *", "group"],
    ["[class*=activation]", "active"],
    [".edgePaths *, .flowchart-link, .transition, [class*=messageLine]", "line"],
    [".state-start, .start-state *", "head"],
    [".actor, .node *", "box"],
  ];
  const kinds = ["strong", "weak", "good", "bad"];
  const FRAMES = { alt: "갈래", opt: "있으면", loop: "되풀이", par: "함께", critical: "홀로", break: "멈춤" };
  const round = (number) => String(Math.round(number * 10) / 10);
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const origin = root.getScreenCTM().inverse();
  const place = (element, x, y) =>
    new DOMPoint(x, y).matrixTransform(origin.multiply(element.getScreenCTM()));

  const shapes = [];
  // 원본의 `click 이름 href "쪽.md"`가 건 링크. 칸과 그 속의 글을 함께 감싼다.
  const linked = (element, index) => {
    const href = element.closest("a")?.getAttribute("xlink:href");
    if (href) for (let at = index; at < shapes.length; at++) shapes[at] = `<a href="${escape(href)}">${shapes[at]}</a>`;
  };
  const texts = [];
  const lives = [];
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const stretch = (x, y) => {
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x);
    bounds.bottom = Math.max(bounds.bottom, y);
  };

  const roleOf = (element) => {
    const found = roles.find(([selector]) => element.matches(selector));
    if (!found) throw new Error(`할 일을 모르는 모양: <${element.tagName} class="${element.getAttribute("class")}">`);
    if (!found[1]) return null;
    const words = [found[1]];
    const owner = element.closest(kinds.map((kind) => "." + kind).join());
    if (owner) words.push(...kinds.filter((kind) => owner.classList.contains(kind)));
    const dashes = (found[1] === "loop" ? element.style : getComputedStyle(element)).strokeDasharray;
    if (/[1-9]/.test(dashes.split(",")[0])) words.push("dash");
    return words.join(" ");
  };

  const shape = (element) => {
    const box = element.getBBox();
    if (box.width + box.height === 0) return;
    const role = roleOf(element);
    if (!role) return;
    const corner = place(element, box.x, box.y);
    if (role === "life") return void lives.push(corner);
    stretch(corner.x, corner.y);
    stretch(corner.x + box.width, corner.y + box.height);
    const at = (x, y) => {
      const point = place(element, x, y);
      return `${round(point.x)} ${round(point.y)}`;
    };
    const moved = place(element, 0, 0);
    const shift = moved.x || moved.y ? ` transform="translate(${round(moved.x)} ${round(moved.y)})"` : "";
    const value = (key) => element[key].baseVal.value;
    const open = (tag, rest) => shapes.push(`<${tag} class="${role}"${rest}/>`);
    switch (element.tagName) {
      case "rect": {
        const [x, y] = at(box.x, box.y).split(" ");
        const radius = role.startsWith("box") ? Math.max(6, value("rx")) : value("rx");
        const rx = radius ? ` rx="${round(radius)}"` : "";
        return open("rect", ` x="${x}" y="${y}" width="${round(box.width)}" height="${round(box.height)}"${rx}`);
      }
      case "line":
        return open("path", ` d="M${at(value("x1"), value("y1"))}L${at(value("x2"), value("y2"))}"`);
      case "polygon": {
        const points = [...element.points].map((point) => at(point.x, point.y));
        return open("path", ` d="M${points.join("L")}z"`);
      }
      case "circle":
      case "ellipse": {
        const [x, y] = at(box.x + box.width / 2, box.y + box.height / 2).split(" ");
        return open("ellipse", ` cx="${x}" cy="${y}" rx="${round(box.width / 2)}" ry="${round(box.height / 2)}"`);
      }
      default: {
        if ((element.getAttribute("d").match(/C/g) ?? []).length > 12) return rounded(element, box, role, open);
        const data = element.getAttribute("d").replace(/-?\d*\.?\d+(e-?\d+)?/g, (number) => round(Number(number)));
        return open("path", `${shift} d="${data.replace(/\s+/g, " ")}"`);
      }
    }
  };

  // mermaid는 둥근 모양을 손으로 그은 듯한 수백 개의 곡선으로, 칠과 선을 따로 두 번 적는다. 한 모양으로 되돌린다.
  const rounded = (element, box, role, open) => {
    if (element.previousElementSibling?.tagName === "path") return;
    const { width, height } = box;
    const around = element.getTotalLength();
    const [x, y] = [place(element, box.x, box.y).x, place(element, box.x, box.y).y];
    const near = (wanted) => Math.abs(around - wanted) < wanted * 0.03;
    if (Math.abs(width - height) < 1 && near(Math.PI * width)) {
      const [cx, cy, r] = [x + width / 2, y + height / 2, width / 2].map(round);
      const small = width < 8 ? "head" : role;
      shapes.push(`<circle class="${small}" cx="${cx}" cy="${cy}" r="${r}"/>`);
    } else if (near(2 * (width - height) + Math.PI * height)) {
      const place = ` x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
      open("rect", `${place} rx="${round(height / 2)}"`);
    } else {
      throw new Error(`쓸 수 없는 모양입니다. 네모, 마름모, 알약, 원 가운데에서 고르세요: ${element.closest(".node")?.id}`);
    }
  };

  // 화살촉은 marker 대신 모양으로 적는다. 그러면 한 쪽에 그림이 여럿이어도 id가 부딪히지 않는다.
  const head = (element, attribute) => {
    const marker = element.getAttribute(attribute);
    if (!marker) return;
    const length = element.getTotalLength();
    const [end, before] = attribute === "marker-end" ? [length, length - 2] : [0, 2];
    const near = (at) => {
      const point = element.getPointAtLength(at);
      return place(element, point.x, point.y);
    };
    const [tip, tail] = [near(end), near(before)];
    const angle = Math.atan2(tip.y - tail.y, tip.x - tail.x);
    const at = (along, across) => {
      const x = tip.x + along * Math.cos(angle) - across * Math.sin(angle);
      const y = tip.y + along * Math.sin(angle) + across * Math.cos(angle);
      return `${round(x)} ${round(y)}`;
    };
    if (/cross/i.test(marker)) {
      shapes.push(`<path class="line" d="M${at(-7, -5)}L${at(3, 5)}M${at(-7, 5)}L${at(3, -5)}"/>`);
    } else if (/arrow|point|head|barb/i.test(marker)) {
      // mermaid의 곧은 화살은 닿을 곳보다 조금 앞에서 멈추고, 저에게 돌아오는 화살은 바로 닿는다.
      const reach = element.matches("path[class*=messageLine]") ? 0 : 3.5;
      shapes.push(`<path class="head" d="M${at(reach, 0)}L${at(reach - 9.5, 4.5)}L${at(reach - 9.5, -4.5)}z"/>`);
    } else {
      throw new Error(`모르는 화살촉: ${marker}`);
    }
  };

  const line = (row) => {
    const words = row.textContent.replace(/\s+/g, " ").trim();
    if (!words) return;
    const from = row.getExtentOfChar(0);
    const to = row.getExtentOfChar(row.getNumberOfChars() - 1);
    // Pretendard에서 글자 칸의 위에서 밑줄까지의 몫. 가운데 맞춤을 모르는 전자책 기기도 같은 자리에 그린다.
    const baseline = from.y + from.height * 0.798;
    const [left, right] = [place(row, from.x, baseline), place(row, to.x + to.width, baseline)];
    const size = parseFloat(getComputedStyle(row).fontSize);
    const box = { left: left.x, right: right.x, top: left.y - size * 0.8, bottom: left.y + size * 0.2, words };
    texts.push(box);
    stretch(box.left, box.top);
    stretch(box.right, box.bottom);
    const owner = row.closest("text");
    // 칸 안에 들지 않은 글은 선 위에 놓일 수 있어 바탕색 테두리를 두른다.
    const over = owner.matches(".messageText, .loopText, .sectionTitle") || owner.closest(".edgeLabel");
    const name = owner.matches(".labelText") || owner.closest(".cluster-label");
    const role = name ? ' class="name"' : over ? ' class="over"' : "";
    const shown = owner.matches(".labelText") ? (FRAMES[words] ?? words) : words;
    shapes.push(`<text${role} x="${round((left.x + right.x) / 2)}" y="${round(left.y)}">${escape(shown)}</text>`);
  };

  for (const element of root.querySelectorAll("rect, line, path, polygon, polyline, circle, ellipse, text, use, image, foreignObject")) {
    const before = shapes.length;
    if (element.tagName === "text") {
      const rows = element.querySelectorAll(".text-outer-tspan, tspan[x]");
      (rows.length ? rows : [element]).forEach(line);
    } else if (["use", "image", "foreignObject"].includes(element.tagName)) {
      throw new Error(`쓸 수 없는 것: <${element.tagName}> (그림 기호나 HTML 이름표 대신 글을 쓰세요)`);
    } else {
      shape(element);
      if (!element.closest("defs, marker, symbol")) {
        head(element, "marker-start");
        head(element, "marker-end");
      }
    }
    linked(element, before);
  }

  texts.forEach((one, at) => {
    for (const other of texts.slice(at + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 1 && down > 1) throw new Error(`글이 겹칩니다: "${one.words}"와 "${other.words}"`);
    }
  });

  // mermaid는 생명선을 끝없이 내린다. 마지막 것 조금 아래에서 끊는다.
  if (lives.length) stretch(lives[0].x, bounds.bottom + 14);
  for (const life of lives) {
    shapes.unshift(`<path class="life" d="M${round(life.x)} ${round(life.y)}V${round(bounds.bottom)}"/>`);
  }

  const margin = 8;
  const [x, y] = [Math.floor(bounds.left - margin), Math.floor(bounds.top - margin)];
  const [width, height] = [Math.ceil(bounds.right + margin) - x, Math.ceil(bounds.bottom + margin) - y];
  // 그림(img) 속에는 갈 수 있는 것을 둘 수 없다. 링크가 있으면 묶음이다.
  const role = shapes.some((one) => one.startsWith("<a ")) ? "group" : "img";
  const label = (tag) => escape(root.querySelector(tag)?.textContent.trim() ?? "");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"` +
    ` style="--figure-width:${width}px" role="${role}" aria-labelledby="${name}-t" aria-describedby="${name}-d">\n` +
    `<title id="${name}-t">${label("title")}</title>\n<desc id="${name}-d">${label("desc")}</desc>\n` +
    // 한 칸의 모양과 글이 따로 링크가 되지 않게 잇는다.
    shapes.join("\n").replace(/<a href="([^"]*)">(.*)<\/a>\n(?:<a href="\1">(.*)<\/a>(\n|$))+/g, (run, href) => {
      const inner = run.trim().split("\n").map((one) => one.slice(`<a href="${href}">`.length, -"</a>".length));
      return `<a href="${href}">${inner.join("")}</a>\n`;
    }) +
    "\n</svg>\n"
  );
}
