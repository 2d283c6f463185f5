// Checklists remember what was ticked, in this browser, page by page.
(() => {
  const boxes = [...document.querySelectorAll('.task input[type="checkbox"]')];
  if (!boxes.length) return;
  const key = `tasks:${location.pathname}`;
  // A box is known by its words and how often they came before, so that editing a list keeps what stays.
  const seen = {};
  const names = boxes.map((box) => {
    const words = box.closest("li").textContent.trim().replace(/\s+/g, " ").slice(0, 80);
    seen[words] = (seen[words] || 0) + 1;
    return `${words}#${seen[words]}`;
  });
  let ticked = {};
  try {
    ticked = JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    // Nothing remembered, or nothing legible.
  }

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
