// The switch between light and dark. A choice that equals the system's is forgotten, so that the page follows the
// system again. The first paint is settled by a line in the head; this only answers the button.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector("[data-scheme-switch]");
  if (!button) return;

  const shown = () => root.dataset.scheme || (system.matches ? "dark" : "light");
  const describe = () => {
    button.setAttribute("aria-pressed", String(shown() === "dark"));
    // What the browser itself is tinted with.
    if (!root.dataset.scheme) return;
    for (const tint of document.querySelectorAll("meta[name=theme-color]"))
      tint.content = getComputedStyle(root).backgroundColor;
  };
  const choose = (scheme) => {
    root.dataset.scheme = scheme;
    try {
      if (scheme === (system.matches ? "dark" : "light")) localStorage.removeItem("scheme");
      else localStorage.setItem("scheme", scheme);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
    describe();
  };

  button.addEventListener("click", () => choose(shown() === "dark" ? "light" : "dark"));
  system.addEventListener("change", describe);
  describe();
})();
