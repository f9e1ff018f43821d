// 책을 고치는 동안만 붙는다. 서버가 새로 지으면 다시 읽고, 못 지었으면 까닭을 띄운다.
(() => {
  let seen = null;
  const banner = document.createElement("pre");
  banner.setAttribute("role", "alert");
  banner.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:999;margin:0;padding:1em;max-height:40vh;overflow:auto;" +
    "background:#7a1f1f;color:#fff;white-space:pre-wrap;font-size:1.4rem";
  const ask = async () => {
    try {
      const answer = await fetch("/__state?seen=" + encodeURIComponent(seen ?? ""));
      const state = await answer.json();
      if (seen !== null && state.version !== seen.split("/")[0]) return location.reload();
      seen = state.version + "/" + state.change;
      banner.textContent = state.error ?? "";
      if (state.error) document.body.append(banner);
      else banner.remove();
      ask();
    } catch {
      setTimeout(ask, 1000); // 서버가 쉬는 중이다.
    }
  };
  ask();
})();
