// The window: a field, filters, and results that are plain links, so that everything a browser does with links works.
(() => {
  const search = partnerDocsSearch;
  const RECENT = "search-recent";
  const SHOWN = 8;
  let directory;
  let facets = {};
  let dialog, field, filters, status, results, more;
  let latest = 0;
  let opener;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const recent = () => {
    try {
      return JSON.parse(localStorage.getItem(RECENT)) ?? [];
    } catch {
      return [];
    }
  };
  const remember = () => {
    const query = field.value.trim();
    if (!query) return;
    try {
      const all = [query, ...recent().filter((other) => other !== query)];
      localStorage.setItem(RECENT, JSON.stringify(all.slice(0, 5)));
    } catch {
      // Without storage there are no recent searches.
    }
  };

  const build = () => {
    field = make("input", { type: "search", "aria-label": say("search.search"), placeholder: say("search.search"), autocomplete: "off", spellcheck: "false", enterkeyhint: "go" });
    const close = make("button", { type: "button", class: "find-close", "aria-label": say("search.close") }, say("search.escape"));
    filters = make("div", { class: "find-filters" });
    status = make("p", { class: "find-status", role: "status" });
    results = make("ol", { class: "find-results", "aria-label": say("search.results") });
    more = make("button", { type: "button", class: "find-more", hidden: "" }, say("search.more"));
    const head = make("div", { class: "find-head", role: "search" }, field, close);
    const body = make("div", { class: "find-body", tabindex: "-1" }, results, more);
    dialog = make("dialog", { class: "find", "aria-label": say("search.search") }, head, filters, status, body);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      address("");
      opener?.focus({ preventScroll: true });
    });
    dialog.addEventListener("keydown", walk);
    field.addEventListener("input", run);
    results.addEventListener("click", (event) => {
      const again = event.target.closest("[data-again]");
      if (again) {
        field.value = again.textContent;
        field.focus();
        return run();
      }
      if (!event.target.closest("a")) return;
      remember();
      // The page may stay the same: then only the place on it changes.
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
    });
  };

  // `?q=` holds what is searched for, so that a reload or a copied address brings it back.
  const address = (query) => {
    const url = new URL(location);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };

  const links = () => [...results.querySelectorAll("a, [data-again]")];
  const walk = (event) => {
    const all = [field, ...links()];
    const at = all.indexOf(document.activeElement);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at ? 1 : -1, End: at ? all.length - 1 : -1 }[event.key];
    if (to !== undefined) {
      if (to < 0) return;
      event.preventDefault();
      all[Math.min(to, all.length - 1)].focus();
    } else if (event.key === "Enter" && at === 0) {
      event.preventDefault();
      all[1]?.click();
    } else if (at > 0 && event.key.length === 1 && event.key !== " ") {
      // Whoever types goes on typing.
      field.focus();
    }
  };

  const pagesOf = (text) => {
    let page = 0;
    return text.split(" ").map((step) => (page += parseInt(step, 36)));
  };
  const allowed = () => {
    let pages;
    for (const choice of filters.querySelectorAll("select")) {
      if (!choice.value) continue;
      const own = new Set(pagesOf(facets[choice.name][choice.value]));
      pages = pages ? new Set([...pages].filter((page) => own.has(page))) : own;
    }
    return pages;
  };

  const showFilters = () => {
    const said = {
      playbook: [say("search.playbook"), say("search.all_playbooks")],
      phase: [say("search.phase"), say("search.all_phases")],
      tier: [say("search.tier"), say("search.all_tiers")],
      tag: [say("search.tag"), say("search.all_tags")],
    };
    const names = Object.keys(said).filter((name) => name in facets);
    for (const name of names) {
      const [label, all] = said[name];
      const choice = make("select", { name, "aria-label": label }, make("option", { value: "" }, all));
      for (const value of Object.keys(facets[name])) choice.append(make("option", { value }, value));
      choice.addEventListener("change", run);
      filters.append(choice);
    }
    filters.hidden = !names.length;
  };

  // Marks the words that were meant.
  const marked = (text, asked) => {
    const meant = new Set(asked.flatMap((meanings) => meanings.map(({ word }) => word)));
    const parts = document.createDocumentFragment();
    let end = 0;
    for (const match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
      if (!search.words(match[0]).some((word) => meant.has(word))) continue;
      parts.append(text.slice(end, match.index), make("mark", {}, match[0]));
      end = match.index + match[0].length;
    }
    parts.append(text.slice(end));
    return parts;
  };

  // The stretch of a text that holds most of what was asked for.
  const excerpt = (text, asked) => {
    const LENGTH = 140;
    const spots = [];
    for (const match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
      const own = search.words(match[0]);
      const number = asked.findIndex((meanings) => meanings.some(({ word }) => own.includes(word)));
      if (number >= 0) spots.push([match.index, number]);
    }
    let start = 0;
    let most = 0;
    for (const [from] of spots) {
      const near = spots.filter(([at]) => at >= from && at < from + LENGTH - 30);
      const value = new Set(near.map(([, number]) => number)).size * 10 + near.length;
      if (value > most) [most, start] = [value, from];
    }
    start = start < 40 ? 0 : text.indexOf(" ", start - 30) + 1;
    let end = Math.min(text.length, start + LENGTH);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    return [start ? "… " : "", text.slice(start, end), end < text.length ? " …" : ""];
  };

  const KINDS = ["", say("search.step"), say("search.on_map")];
  const show = (entry, asked) => {
    const href = (anchor) => {
      const url = search.address(entry.address);
      url.hash = anchor;
      return url.href;
    };
    const hits = entry.best.filter((hit, at) => at < 3 && hit.score > entry.best[0].score / 4);
    const lead = hits[0].section === 0 ? hits[0] : { section: 0 };
    const title = make("a", { href: href(""), class: "find-page" });
    if (entry.trail.length) title.append(make("span", { class: "find-trail" }, entry.trail.join(" › ")));
    title.append(make("span", { class: "find-title" }, marked(entry.title, asked)));
    const first = entry.text[0][3];
    if (lead === hits[0] && first) {
      const [before, text, after] = excerpt(first, asked);
      title.append(make("span", { class: "find-text" }, before, marked(text, asked), after));
    }
    const item = make("li", {}, title);
    const sections = hits.filter((hit) => hit.section > 0);
    if (sections.length) {
      const list = make("ul");
      for (const { section } of sections) {
        const [anchor, heading, kind, body] = entry.text[section];
        const link = make("a", { href: href(anchor) });
        if (KINDS[kind]) link.append(make("span", { class: "find-kind" }, KINDS[kind]), " ");
        link.append(make("span", { class: "find-title" }, marked(heading, asked)));
        if (body) {
          const [before, text, after] = excerpt(body, asked);
          link.append(make("span", { class: "find-text" }, before, marked(text, asked), after));
        }
        list.append(make("li", {}, link));
      }
      item.append(list);
    }
    return item;
  };

  const showRecent = () => {
    const items = recent().map((query) => make("li", {}, make("button", { type: "button", "data-again": "" }, query)));
    results.replaceChildren(...items);
    status.textContent = items.length ? say("search.recent") : "";
    more.hidden = true;
  };

  const run = async () => {
    const query = field.value;
    const number = ++latest;
    address(query.trim());
    if (!query.trim()) return showRecent();
    try {
      const found = await search.find(directory, query, allowed());
      if (number !== latest) return;
      const total = found.entries.length;
      const page = async (from) => {
        const entries = await Promise.all(found.entries.slice(from, from + SHOWN).map(found.read));
        if (number !== latest) return;
        const items = entries.map((entry) => show(entry, found.asked));
        if (from) {
          results.append(...items);
          items[0]?.querySelector("a").focus();
        } else {
          results.replaceChildren(...items);
          results.parentElement.scrollTop = 0;
        }
        more.hidden = from + SHOWN >= total;
        more.onclick = () => page(from + SHOWN);
      };
      await page(0);
      if (number !== latest) return;
      status.textContent = total ? say("search.pages", { count: total }) : say("search.none", { query: query.trim() });
    } catch (error) {
      // Published anew since this page was opened: names have changed.
      if (number !== latest) return;
      const known = JSON.stringify(directory);
      directory = await search.directory(opener.dataset.index, true).catch(() => directory);
      if (JSON.stringify(directory) !== known) return run();
      status.textContent = say("search.unavailable", { reason: error.message });
    }
  };

  search.open = async (link, query) => {
    opener = link;
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    if (query) field.value = query;
    field.select();
    try {
      const index = new URL(link.dataset.index, document.baseURI);
      opener.dataset.index = index.href;
      if (!directory) {
        directory = await search.directory(index);
        if (directory.facets) facets = await search.load(directory.facets);
        showFilters();
      }
    } catch (error) {
      status.textContent = say("search.unavailable", { reason: error.message });
      return;
    }
    await run();
  };
})();
