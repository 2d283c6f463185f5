// Labelled sections become tabs. All sets that have a label in common follow one another, on later pages too.
(() => {
  const sets = [];
  const store = {
    get: () => {
      try {
        return JSON.parse(localStorage.getItem("tabs")) || [];
      } catch {
        return [];
      }
    },
    put: (label) => {
      try {
        localStorage.setItem(
          "tabs",
          JSON.stringify([label, ...store.get().filter((old) => old !== label)].slice(0, 12)),
        );
      } catch {
        // Without storage the choice lasts as long as the page.
      }
    },
  };

  const show = (set, index) => {
    set.tabs.forEach((tab, at) => {
      const on = at === index;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      set.panels[at].hidden = !on;
    });
  };
  const choose = (set, index) => {
    const label = set.labels[index];
    const before = set.list.getBoundingClientRect().top;
    for (const other of sets) if (other.labels.includes(label)) show(other, other.labels.indexOf(label));
    // Other sets above may have grown: what the reader clicked stays where it was.
    scrollBy({ top: set.list.getBoundingClientRect().top - before, behavior: "instant" });
    store.put(label);
  };
  const move = (set, event) => {
    const last = set.tabs.length - 1;
    const at = set.tabs.indexOf(event.target);
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at === last ? 0 : at + 1, [back]: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(set, to);
    set.tabs[to].focus();
  };

  document.querySelectorAll(".tabs[data-tabs]").forEach((box, number) => {
    const panels = [...box.children].filter((child) => child.matches("section.tab"));
    const labels = panels.map((panel) => panel.querySelector(".tab-label")?.textContent.trim() || "");
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    const set = { list, panels, labels, tabs: [] };
    panels.forEach((panel, index) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `tab-${number}-${index}`;
      tab.textContent = labels[index];
      tab.setAttribute("role", "tab");
      panel.id ||= `panel-${number}-${index}`;
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", () => choose(set, index));
      tab.addEventListener("keydown", (event) => move(set, event));
      set.tabs.push(tab);
    });
    list.append(...set.tabs);
    box.prepend(list);
    box.dataset.tabs = "ready";
    sets.push(set);
    const known = store.get().find((label) => labels.includes(label));
    show(set, Math.max(0, labels.indexOf(known)));
  });

  // A mail program may have cut the address off inside a letter.
  const fragment = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  // A link into a tab that is not shown opens it.
  const reveal = () => {
    const target = location.hash && document.getElementById(fragment());
    const panel = target && target.closest('[role="tabpanel"]');
    const set = panel && sets.find((each) => each.panels.includes(panel));
    if (set && panel.hidden) {
      show(set, set.panels.indexOf(panel));
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
