// Findings in the page they belong to.
// In: `partner-docs:findings` events. Out: a badge, and a panel with the findings. Never knows: how they were found.
//
// It lives in a shadow tree, so that neither the theme's styles reach it nor its own the theme. All text is set as
// text. It takes no focus by itself: who is reading goes on reading.
(() => {
  "use strict";
  const make = (name, properties = {}, ...inner) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inner.filter((part) => part !== null));
    return element;
  };

  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .root { font: 14px/1.45 system-ui, sans-serif; color: #1f2328; position: fixed; z-index: 2147483000;
      inset: auto 1rem 1rem auto; display: grid; gap: .5rem; justify-items: end; max-width: min(46rem, calc(100vw - 2rem)); }
    button, a { font: inherit; color: inherit; }
    button { cursor: pointer; border: 1px solid #59636e; border-radius: 1rem; background: #fff; padding: .3rem .9rem; }
    .badge[data-worst=error] { background: #b3261e; border-color: #b3261e; color: #fff; }
    .badge[data-worst=warning] { background: #ffe08a; border-color: #8a6100; color: #3d2b00; }
    .panel { background: #fff; border: 1px solid #59636e; border-radius: .5rem; box-shadow: 0 8px 30px rgb(0 0 0 / 30%);
      width: 100%; max-height: min(70vh, 40rem); overflow: auto; }
    header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .6rem 1rem;
      position: sticky; top: 0; background: inherit; border-bottom: 1px solid #d1d9e0; }
    h2 { font-size: 1rem; margin: 0; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { padding: .7rem 1rem; border-bottom: 1px solid #d1d9e0; overflow-wrap: anywhere; }
    li p { margin: .15rem 0; }
    .code { font-weight: 600; }
    [data-severity=error] .code { color: #b3261e; }
    [data-severity=warning] .code { color: #7a5300; }
    .place { color: #59636e; }
    pre { margin: .35rem 0; padding: .4rem .6rem; background: #f3f5f7; border-radius: .3rem; white-space: pre-wrap;
      font: 13px/1.5 ui-monospace, monospace; }
    mark { background: none; color: inherit; text-decoration: underline wavy #b3261e; text-underline-offset: .2em; font-weight: 600; }
    .rest { padding: .6rem 1rem; margin: 0; }
    :focus-visible { outline: 2px solid #0969da; outline-offset: 2px; }
    .quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (prefers-color-scheme: dark) {
      .root { color: #e6edf3; }
      button, .panel { background: #161b22; border-color: #9198a1; }
      header, li { border-color: #3d444d; }
      pre { background: #0d1117; }
      .place { color: #9198a1; }
      [data-severity=error] .code { color: #ff8f87; }
      [data-severity=warning] .code { color: #f2cc60; }
    }
    @media print { .root { display: none; } }
  `;

  const host = make("partner-docs-findings");
  host.setAttribute("data-partner-docs", "");
  const badge = make("button", { type: "button", className: "badge" });
  const heading = make("h2", { id: "heading" });
  const list = make("ol");
  const rest = make("p", { className: "rest" });
  const close = make("button", { type: "button", textContent: say("serve.close") });
  const panel = make("section", { className: "panel", id: "panel", hidden: true },
    make("header", {}, heading, close), list, rest);
  // Not modal: the page behind it is the last good one and can be read. Not an alert: the line below says it once.
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-labelledby", "heading");
  badge.setAttribute("aria-controls", "panel");
  const news = make("p", { className: "quiet" });
  news.setAttribute("role", "status");
  const root = make("div", { className: "root" }, panel, badge);
  host.attachShadow({ mode: "open" }).append(make("style", { textContent: style }), root, news);

  const item = (finding) => {
    const place = `${finding.file}:${finding.line}:${finding.column}`;
    const [before, at, after] = finding.excerpt;
    const entry = make("li", {},
      make("p", {}, make(finding.rule ? "a" : "span", { className: "code", title: finding.why, href: finding.rule,
        textContent: `${finding.severity}[${finding.code}]` }),
        `: ${finding.message}`),
      make("p", { className: "place" },
        finding.editor ? make("a", { href: finding.editor, textContent: place }) : place),
      make("pre", {}, before, make("mark", { textContent: at || " " }), after),
      finding.help ? make("p", { textContent: say("serve.help", { help: finding.help }) }) : null);
    entry.dataset.severity = finding.severity;
    return entry;
  };

  const show = (open) => {
    panel.hidden = !open;
    badge.setAttribute("aria-expanded", String(open));
  };

  // Closed by the reader: stays closed until other errors come.
  const CLOSED = "partner-docs:closed";
  const closed = () => sessionStorage.getItem(CLOSED);
  let errors = "";
  const dismiss = () => {
    if (panel.hidden) return;
    const inside = host.shadowRoot.activeElement;
    show(false);
    sessionStorage.setItem(CLOSED, errors);
    if (inside) badge.focus();
  };
  badge.addEventListener("click", () => (panel.hidden ? show(true) : dismiss()));
  close.addEventListener("click", dismiss);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) dismiss();
  });

  document.addEventListener("partner-docs:findings", ({ detail }) => {
    const { here, elsewhere } = detail;
    const words = [];
    if (detail.errors) words.push(say("serve.errors", { count: detail.errors }));
    if (detail.warnings) words.push(say("serve.warnings", { count: detail.warnings }));
    if (elsewhere) words.push(say("serve.elsewhere", { count: elsewhere }));
    const text = words.join(", ");
    if (!text) {
      if (host.isConnected) news.textContent = "";
      show(false);
      host.remove();
      sessionStorage.removeItem(CLOSED);
      return;
    }
    if (!host.isConnected) document.body.append(host);
    badge.textContent = text;
    badge.dataset.worst = detail.errors ? "error" : detail.warnings ? "warning" : "elsewhere";
    heading.textContent = detail.errors ? say("serve.broken") : say("serve.findings");
    list.replaceChildren(...here.map(item));
    const more = detail.errors + detail.warnings - here.length;
    rest.textContent = [
      more > 0 ? say("serve.more", { count: more }) : "",
      elsewhere ? say("serve.in_terminal", { count: elsewhere }) : "",
    ].filter(Boolean).join(" ");
    rest.hidden = !rest.textContent;
    errors = JSON.stringify(here.filter(({ severity }) => severity === "error").map(({ code, file, message }) => [code, file, message]));
    if (news.textContent !== text) news.textContent = text;
    show(detail.errors > 0 ? closed() !== errors : !panel.hidden && here.length > 0);
  });
})();
