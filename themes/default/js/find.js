// Search opens over the page. Its code is loaded when somebody is about to use it; without it, the link leads to the
// list of all pages.
(() => {
  const link = document.querySelector("[data-search]");
  if (!link) return;
  const add = (tag, attributes) =>
    new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.onload = done;
      element.onerror = failed;
      document.head.append(element);
    });
  let loaded;
  const load = () =>
    (loaded ??= Promise.all([
      add("link", { rel: "stylesheet", href: link.dataset.style }),
      add("script", { src: link.dataset.script }),
    ]));
  const open = (query) =>
    load().then(
      () => partnerDocsSearch.open(link, query),
      () => location.assign(link.href),
    );
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  for (const intent of ["pointerenter", "focus"]) link.addEventListener(intent, () => load().catch(() => {}), { once: true });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) open(asked);
})();
