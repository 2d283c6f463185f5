// A template is filled in: what is typed stands in the text at once, stays in this browser, and goes along when the
// Markdown is copied or downloaded.
(() => {
  const form = document.querySelector("[data-fill]");
  const parts = JSON.parse(document.querySelector("[data-fill-source]")?.textContent || "null");
  if (!form || !parts) return;
  const fields = [...form.querySelectorAll("input")];
  const addresses = ["href", "src", "poster", "cite"];
  // Nothing but what `markdown/blank_attributes.rs` fills in, least of all a handler, whoever wrote it there.
  const filled = [...addresses, "alt", "title", "aria-label", "label", "value"];
  const openTags = [...document.querySelectorAll("[data-fill-attributes]")].map((tag) => [
    tag,
    Object.entries(JSON.parse(tag.dataset.fillAttributes)).filter(([name]) => filled.includes(name)),
  ]);
  // The plain texts of a playbook have no marks around their placeholders: each is found by the words it is written in.
  if ("byWords" in form.dataset) {
    const words = new Map(parts.filter((part) => typeof part !== "string").flatMap(([name, written]) => [[written, name], [`{{${name}}}`, name]]));
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.parentElement.closest("form, script, style, .placeholder")) found.push(text);
    }
    for (let text of found) {
      for (;;) {
        const starts = [...words.keys()].map((word) => [text.data.indexOf(word), word]).filter(([at]) => at >= 0);
        if (!starts.length) break;
        const [at, word] = starts.sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
        const place = document.createElement("span");
        place.className = "placeholder";
        place.dataset.name = words.get(word);
        const here = text.splitText(at);
        text = here.splitText(word.length);
        here.replaceWith(place);
        place.append(here);
      }
    }
  }
  const places = [...document.querySelectorAll(".placeholder[data-name]")].map((place) => [place, place.textContent]);
  const status = form.querySelector("[role=status]");
  const total = document.querySelector(".fill-count");
  // Values are shared by all templates of this site, whatever their addresses.
  const key = `fill:${new URL(form.dataset.fill, document.baseURI).pathname}`;
  // A map, since a placeholder may be called `constructor`.
  let values = new Map();
  try {
    values = new Map(Object.entries(JSON.parse(localStorage.getItem(key)) || {}));
  } catch {
    // Nothing remembered, or nothing legible.
  }
  const save = () => {
    try {
      if (values.size) localStorage.setItem(key, JSON.stringify(Object.fromEntries(values)));
      else localStorage.removeItem(key);
    } catch {
      // Without storage values last as long as the page.
    }
  };
  // The blanks that the program knows: a script's own `trim` takes others away.
  const trimmed = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  // What a value looks like in an address, in HTML, in Markdown: as `markdown/within.rs` and `url/filled.rs` have it.
  const kept = { s: "-._~!:/@$&+,=?#%", p: "-._~!:/@$&+,=", q: "-._~!" };
  const encode = (value, part) =>
    [...value]
      .map((sign) =>
        /[a-z0-9]/i.test(sign) || kept[part].includes(sign)
          ? sign
          : [...new TextEncoder().encode(sign)]
              .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
              .join(""),
      )
      .join("");
  const partAfter = (before) => (before.trim() ? (/[?#]/.test(before) ? "q" : "p") : "s");
  const html = (text) =>
    text.replace(/[&<>"'\\{]/g, (sign) =>
      ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\\": "&#92;", "{": "&#123;" })[sign],
    );
  const label = (text) =>
    text.replace(/["`]|[#&](?=[a-z0-9#]+;)|<(?=$|[a-z/!?])/gi, (sign) =>
      ({ '"': "#quot;", "`": "#96;", "#": "#35;", "&": "#amp;", "<": "#lt;" })[sign],
    );
  const isWord = (sign) => /[\p{Alphabetic}\p{N}]/u.test(sign || "");
  const blockMark = (text) => {
    if (/^[#>|]/.test(text) || /^([-+=:!?])( |\1|$)/.test(text)) return 0;
    const number = /^(\d{1,9})[.)]( |$)/.exec(text);
    return number ? number[1].length : -1;
  };
  const line = (text, begins, inCell) => {
    const signs = [...text];
    const first = begins ? blockMark(text) : -1;
    const hasFormula = text.split("$").length > 2;
    return signs
      .map((sign, at) => {
        const [before, next, rest] = [signs[at - 1], signs[at + 1], signs.slice(at + 1).join("")];
        if (sign === "<" && /^($|[a-z/!?])/i.test(rest)) return "&lt;";
        if (sign === "&" && /^[a-z0-9#]+;/i.test(rest)) return "&amp;";
        if (sign === "\t") return " ";
        const means =
          at === first ||
          "*`[]{~^".includes(sign) ||
          (sign === "\\" && /^($|[!-/:-@[-`{-~])/.test(rest)) ||
          (sign === "_" && !(isWord(before) && isWord(next))) ||
          ("=+".includes(sign) && (before === sign || next === sign)) ||
          (sign === "$" && hasFormula) ||
          (sign === "|" && inCell) ||
          (sign === "#" && before === " " && /^#*$/.test(rest)) ||
          (sign === ":" && !isWord(before) && /^[a-z0-9_+-]+:/i.test(rest));
        return means ? `\\${sign}` : sign;
      })
      .join("");
  };
  const put = (value, within) => {
    const [kind, part] = within;
    if (kind === "a") return encode(value, part);
    if (kind === "H") return html(encode(value, part));
    if (kind === "h") return html(part ? value.split(/\p{White_Space}+/u).join(" ") : value);
    if (kind === "q") return line(value, false, false).replaceAll('"', "&quot;");
    if (kind === "m") return label(value);
    return kind === "k" ? value : line(value, kind === "b", kind === "c");
  };
  // No value brings along a scheme that the site does not publish. Addresses are read as `url/scheme.rs` reads them.
  const schemes = form.dataset.schemes.split(" ");
  const mayBeOpened = (address) => {
    const scheme = /^[\0- ]*([a-z][a-z0-9+.-]+):/i.exec(address.replace(/[\t\n\r]/g, ""))?.[1];
    return !scheme || schemes.includes(scheme.toLowerCase());
  };
  const showTag = (tag, name, value) => {
    const isAddress = addresses.includes(name);
    let text = "";
    let isFilled = true;
    for (const part of value) {
      const given = typeof part === "string" ? part : values.get(part[0]);
      isFilled &&= given !== undefined;
      if (typeof part === "string" || !isAddress) text += given ?? part[1];
      else text += encode(given ?? "", partAfter(text));
    }
    if (!isAddress || (isFilled && mayBeOpened(text))) tag.setAttribute(name, text);
    else tag.removeAttribute(name);
  };
  const show = () => {
    for (const [tag, attributes] of openTags) {
      for (const [name, value] of attributes) showTag(tag, name, value);
    }
    for (const [place, written] of places) {
      const value = values.get(place.dataset.name);
      place.textContent = value || written;
      place.classList.toggle("filled", Boolean(value));
    }
    const count = fields.filter((field) => values.has(field.name)).length;
    status.textContent = say("fill.filled", { count, total: fields.length });
    if (total) total.textContent = `${count}/${fields.length}`;
  };
  const value = ([name, written, within]) => (values.has(name) ? put(values.get(name), within) : written);
  const markdown = () => parts.map((part) => (typeof part === "string" ? part : value(part))).join("");

  form.addEventListener("input", (event) => {
    const { name, value } = event.target;
    const given = trimmed(value);
    if (given) values.set(name, given);
    else values.delete(name);
    save();
    show();
  });
  form.addEventListener("reset", () => {
    for (const field of fields) values.delete(field.name);
    save();
    show();
    fields[0].focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
    link.download = form.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
    status.textContent = say("fill.downloaded", { file: form.dataset.file });
  });
  const copy = form.querySelector("[data-copy]");
  // Pages that are not served safely have no clipboard.
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(markdown());
      status.textContent = say("fill.copied");
    } catch {
      status.textContent = say("fill.blocked");
    }
  });
  for (const field of fields) field.value = values.get(field.name) || "";
  show();
})();
