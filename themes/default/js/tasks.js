// Checklists remember what was ticked, in this browser, page by page.
(() => {
  const remembered = (path) => {
    try {
      return JSON.parse(localStorage.getItem(`tasks:${path}`)) || {};
    } catch {
      // Nothing remembered, or nothing legible.
      return {};
    }
  };
  // How far a playbook has come, on its own page and in lists of playbooks.
  const tell = () => {
    for (const place of document.querySelectorAll("[data-tasks]")) {
      const { tasks: total, page } = place.dataset;
      const ticks = remembered(new URL(page ?? "", location).pathname);
      // After an edit there may be ticks of boxes that are gone.
      const count = Math.min(Object.values(ticks).filter(Boolean).length, total);
      place.hidden = !count;
      place.textContent = say("tasks.done", { count, total });
    }
  };
  tell();
  const boxes = [...document.querySelectorAll('.task input[type="checkbox"]')];
  if (!boxes.length) return;
  // A box is known by its words and how often they came before, so that editing a list keeps what stays.
  const seen = {};
  const names = boxes.map((box) => {
    const words = box.closest("li").textContent.trim().replace(/\s+/g, " ").slice(0, 80);
    seen[words] = (seen[words] || 0) + 1;
    return `${words}#${seen[words]}`;
  });
  const key = `tasks:${location.pathname}`;
  let ticked = remembered(location.pathname);

  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "clear-tasks";
  clear.textContent = say("tasks.reset");
  const save = () => {
    clear.hidden = !Object.keys(ticked).length;
    try {
      if (clear.hidden) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(ticked));
    } catch {
      // Without storage ticks last as long as the page.
    }
    tell();
  };
  boxes.forEach((box, index) => {
    box.disabled = false;
    if (names[index] in ticked) box.checked = ticked[names[index]];
    const initially = box.defaultChecked;
    box.addEventListener("change", () => {
      if (box.checked === initially) delete ticked[names[index]];
      else ticked[names[index]] = box.checked;
      save();
    });
  });
  clear.addEventListener("click", () => {
    ticked = {};
    for (const box of boxes) box.checked = box.defaultChecked;
    save();
    boxes[0].focus();
  });
  const lists = document.querySelectorAll(".task");
  lists[lists.length - 1].closest("ul, ol").after(clear);
  save();
})();
