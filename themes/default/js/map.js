// A map larger than its frame can have the whole screen.
(() => {
  if (!document.fullscreenEnabled) return;
  for (const map of document.querySelectorAll("figure.map")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map-whole";
    const say = () => (button.textContent = document.fullscreenElement === map ? "Close" : "Full screen");
    button.addEventListener("click", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else map.requestFullscreen();
    });
    map.addEventListener("fullscreenchange", say);
    say();
    map.append(button);
  }
})();
