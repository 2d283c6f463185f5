// Fetches a page of this site when the reader is about to open it: a pointer resting on its link, focus, or a touch.
(() => {
  if (navigator.connection?.saveData || location.protocol === "file:") return;
  const fetched = new Set([location.pathname]);
  let timer;
  const fetchPage = (link) => {
    if (link.origin !== location.origin || fetched.has(link.pathname) || link.hasAttribute("download")) return;
    fetched.add(link.pathname);
    const hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = link.href.split("#")[0];
    document.head.append(hint);
  };
  const about = (event, delay) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    clearTimeout(timer);
    timer = setTimeout(() => fetchPage(link), delay);
  };
  addEventListener("pointerover", (event) => about(event, 65), { passive: true });
  addEventListener("pointerout", () => clearTimeout(timer), { passive: true });
  addEventListener("touchstart", (event) => about(event, 0), { passive: true });
  addEventListener("focusin", (event) => about(event, 65), { passive: true });
})();
