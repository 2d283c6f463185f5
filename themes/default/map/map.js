// Pointing at a step, or walking to it with the keyboard, lights the ways to it and from it.
(() => {
  const dark = () => {
    for (const lit of document.querySelectorAll(".tracing, .pd-map .lit")) lit.classList.remove("tracing", "lit");
  };
  const light = (node) => {
    const map = node.closest(".pd-map");
    const id = node.dataset.node;
    dark();
    map.classList.add("tracing");
    node.classList.add("lit");
    for (const edge of map.querySelectorAll("[data-from]")) {
      const { from, to } = edge.dataset;
      if (from !== id && to !== id) continue;
      edge.classList.add("lit");
      map.querySelector(`[data-node="${CSS.escape(from === id ? to : from)}"]`)?.classList.add("lit");
    }
  };
  for (const map of document.querySelectorAll("figure.map")) {
    for (const type of ["pointerover", "focusin"]) {
      map.addEventListener(type, (event) => {
        const node = event.target.closest(".pd-node");
        if (node) light(node);
        else dark();
      });
    }
    map.addEventListener("pointerleave", dark);
    map.addEventListener("focusout", dark);
  }
})();

// A map larger than its frame can have the whole screen.
(() => {
  if (!document.fullscreenEnabled) return;
  for (const map of document.querySelectorAll("figure.map")) {
    // A small one has nothing to gain.
    if (!(map.querySelector(".pd-map")?.width.baseVal.value > 600)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map-whole";
    const show = () => (button.textContent = document.fullscreenElement === map ? say("map.close") : say("map.full_screen"));
    button.addEventListener("click", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else map.requestFullscreen();
    });
    map.addEventListener("fullscreenchange", show);
    show();
    map.append(button);
  }
})();
