// Keys: `/` searches, `[` and `]` turn pages, `d` switches colours, `?` lists them all. Single keys get in the way of
// speech input, so the list can switch them off.
(() => {
  const click = (selector) => document.querySelector(selector)?.click();
  const keys = {
    "/": [say("keys.search"), () => click("[data-search]")],
    "[": [say("keys.previous"), () => click(".pager-previous")],
    "]": [say("keys.next"), () => click(".pager-next")],
    d: [say("keys.dark"), () => click("[data-scheme-switch]")],
    "?": [say("keys.help"), () => help()],
  };
  let off = false;
  try {
    off = localStorage.getItem("keys") === "off";
  } catch {
    // Without storage keys stay on.
  }
  const turn = (on) => {
    off = !on;
    try {
      if (on) localStorage.removeItem("keys");
      else localStorage.setItem("keys", "off");
    } catch {
      // As above.
    }
  };

  let dialog;
  const help = () => {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "keys";
      dialog.setAttribute("aria-labelledby", "keys-title");
      const rows = Object.entries(keys).map(([key, [what]]) => `<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`);
      dialog.innerHTML = `<h2 id="keys-title">${say("keys.title")}</h2><dl>${rows.join("")}</dl>
<label><input type="checkbox"> ${say("keys.enable")}</label><form method="dialog"><button>${say("keys.close")}</button></form>`;
      const box = dialog.querySelector("input");
      box.addEventListener("change", () => turn(box.checked));
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
      document.body.append(dialog);
    }
    dialog.querySelector("input").checked = !off;
    dialog.showModal();
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]"))
      return;
    const act = keys[event.key];
    if (!act || (off && event.key !== "?")) return;
    event.preventDefault();
    act[1]();
  });
})();
