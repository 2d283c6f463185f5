// Keeps a served page as its sources are now.
// In: events from the server. Out: the page with what changed exchanged in place, so that the place one reads,
// open details, focus and what other scripts have added all stay. Never knows: what pages look like.
//
// The page is compared as the server gave it then and gives it now; only the difference is brought into the live
// page. After that, `partner-docs:content` is sent to the document, for scripts that dress up content.
(() => {
  "use strict";
  const own = document.currentScript;
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };
  const isOwn = (node) => node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-partner-docs");
  const children = (node) => [...node.childNodes].filter((child) => !isOwn(child));

  let has = own.dataset.partnerDocs;
  // This script runs before those that change the page: what stands here is what the server gave.
  let given = document.documentElement.cloneNode(true);
  // From each node the server gave to the one that lives in the page.
  const live = new WeakMap();
  const link = (from, to) => {
    live.set(from, to);
    const theirs = children(to);
    children(from).forEach((child, index) => theirs[index] && link(child, theirs[index]));
  };
  link(given, document.documentElement);

  // What the server gave before and gives again: the same live nodes.
  const carry = (old, next) => {
    live.set(next, live.get(old));
    const theirs = children(next);
    children(old).forEach((child, index) => carry(child, theirs[index]));
  };

  class MustReload extends Error {}

  // --- Bringing a difference into the page ---------------------------------------------------------------------

  const place = (node) => {
    const found = live.get(node);
    if (!found || !found.isConnected) throw new MustReload("another script has moved this part");
    return found;
  };

  const insert = (parent, node, before) => {
    if (node.nodeName === "SCRIPT") throw new MustReload("a script is new");
    const fresh = document.importNode(node, true);
    parent.insertBefore(fresh, before);
    link(node, fresh);
    return fresh;
  };

  // A style that is replaced stays until the new one has come, or the page would show bare for a moment.
  const swapStyle = (old, href) => {
    const fresh = old.cloneNode();
    fresh.href = href;
    fresh.addEventListener("load", () => old.remove(), { once: true });
    fresh.addEventListener("error", () => old.remove(), { once: true });
    old.after(fresh);
    return fresh;
  };
  const isStyle = (node) => node.nodeName === "LINK" && /\bstylesheet\b/.test(node.rel);

  const attributes = (old, next, target) => {
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) target.removeAttribute(name);
    for (const { name, value } of [...next.attributes]) {
      if (old.getAttribute(name) !== value) target.setAttribute(name, value);
    }
  };

  const merge = (old, next, lit) => {
    if (old.isEqualNode(next)) return carry(old, next);
    const target = place(old);
    if (old.nodeType !== Node.ELEMENT_NODE) {
      target.nodeValue = next.nodeValue;
      live.set(next, target);
      lit.add(target.parentElement);
      return undefined;
    }
    if (old.nodeName === "SCRIPT") throw new MustReload("a script has changed");
    if (isStyle(old) && isStyle(next)) return live.set(next, swapStyle(target, next.getAttribute("href")));
    // Scripts in the head have set their own on the root: the theme, what the browser can do.
    if (!["HTML", "BODY"].includes(old.nodeName)) attributes(old, next, target);
    live.set(next, target);
    return mergeChildren(old, next, target, lit);
  };

  const alike = (a, b) => a.nodeName === b.nodeName && a.id === b.id;

  const mergeChildren = (old, next, target, lit) => {
    const before = children(old);
    const after = children(next);
    let start = 0;
    while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start += 1;
    let end = 0;
    const rest = Math.min(before.length, after.length) - start;
    while (end < rest && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end += 1;
    const goes = before.slice(start, before.length - end);
    const comes = after.slice(start, after.length - end);
    before.slice(0, start).forEach((node, index) => merge(node, after[index], lit));
    for (let back = 1; back <= end; back += 1) merge(before.at(-back), after.at(-back), lit);
    if (goes.length === comes.length && goes.every((node, index) => alike(node, comes[index]))) {
      goes.forEach((node, index) => merge(node, comes[index], lit));
      return;
    }
    const following = end > 0 ? place(before.at(-end)) : null;
    const first = goes.length > 0 ? place(goes[0]) : following;
    for (const node of comes) {
      const fresh = insert(first ? first.parentNode : target, node, first);
      lit.add(fresh.nodeType === Node.ELEMENT_NODE ? fresh : target);
    }
    for (const node of goes) {
      if (node.nodeName === "SCRIPT") throw new MustReload("a script has gone");
      place(node).remove();
    }
  };

  const light = (elements) => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    // The innermost only: a whole page that flashes says nothing.
    for (const element of elements) {
      const inner = [...elements].some((other) => other !== element && element.contains(other));
      if (inner || !document.body.contains(element)) continue;
      element.animate([{ backgroundColor: "rgb(255 200 0 / 35%)" }, {}], { duration: 1200, easing: "ease-out" });
    }
  };

  const update = async () => {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (response.redirected) return location.reload();
    const page = parse(await response.text());
    const next = page.documentElement;
    const now = page.querySelector("script[data-partner-docs]");
    // Not there yet when this script ran the first time.
    while (now && now.nextSibling) now.nextSibling.remove();
    const lit = new Set();
    try {
      merge(given, next, lit);
    } catch (error) {
      if (!(error instanceof MustReload)) console.error(error);
      return location.reload();
    }
    given = next;
    if (now) has = now.dataset.partnerDocs;
    light(lit);
    document.dispatchEvent(new CustomEvent("partner-docs:content"));
    return undefined;
  };

  // One after the other: two swaps at once would each work on what the other changes.
  let work = Promise.resolve();
  const later = (task) => {
    work = work.then(task).catch((error) => console.error("partner-docs:", error));
  };

  // --- Files beside the page -----------------------------------------------------------------------------------

  const refreshAssets = (paths) => {
    const changed = (address) => address && paths.includes(decoded(new URL(address, location.href).pathname));
    const renewed = (address) => {
      const url = new URL(address, location.href);
      url.searchParams.set("changed", Date.now());
      return url.href;
    };
    if ([...document.scripts].some((script) => !isOwn(script) && changed(script.src))) return location.reload();
    for (const node of document.querySelectorAll("link[rel~=stylesheet][href]")) {
      if (changed(node.href)) {
        const fresh = swapStyle(node, renewed(node.href));
        for (const from of given.querySelectorAll("link")) if (live.get(from) === node) live.set(from, fresh);
      }
    }
    for (const image of document.images) if (changed(image.src)) image.src = renewed(image.src);
    return undefined;
  };

  // --- Events --------------------------------------------------------------------------------------------------

  let stream = null;
  let retry = 0;
  const connect = () => {
    clearTimeout(retry);
    const query = new URLSearchParams({ page: decoded(location.pathname), has });
    // `+` for a space is a form's way of writing; paths know only `%20`.
    stream = new EventSource(`/_partner-docs/events?${String(query).replaceAll("+", "%20")}`);
    stream.addEventListener("page", (event) => {
      const now = JSON.parse(event.data);
      later(() => (now === has ? undefined : update()));
    });
    stream.addEventListener("assets", (event) => {
      const paths = JSON.parse(event.data);
      later(() => refreshAssets(paths));
    });
    stream.addEventListener("findings", (event) => {
      document.dispatchEvent(new CustomEvent("partner-docs:findings", { detail: JSON.parse(event.data) }));
    });
    // Always a new connection, never the browser's own retry: that would tell what this tab had at first.
    stream.addEventListener("error", () => {
      disconnect();
      retry = setTimeout(connect, 500);
    });
  };
  const disconnect = () => {
    clearTimeout(retry);
    if (stream) stream.close();
    stream = null;
  };

  // Browsers open six connections to a server, no more: hidden tabs give theirs back and catch up when shown.
  const follow = () => {
    if (document.visibilityState === "hidden") disconnect();
    else if (!stream) connect();
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", follow);
  follow();
})();
