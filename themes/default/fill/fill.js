// A template is filled in: what is typed stands in the text at once, stays in this browser, and goes along when the
// Markdown is copied or downloaded.
(() => {
  const form = document.querySelector("[data-fill]");
  const parts = JSON.parse(document.querySelector("[data-fill-source]")?.textContent || "null");
  if (!form || !parts) return;
  const fields = [...form.querySelectorAll("input")];
  const places = [...document.querySelectorAll(".placeholder[data-name]")].map((place) => [place, place.textContent]);
  const status = form.querySelector("[role=status]");
  // Values are shared by all templates of this site, whatever their addresses.
  const key = `fill:${new URL(form.dataset.fill, document.baseURI).pathname}`;
  let values = {};
  try {
    values = JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    // Nothing remembered, or nothing legible.
  }
  const save = () => {
    try {
      if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify(values));
      else localStorage.removeItem(key);
    } catch {
      // Without storage values last as long as the page.
    }
  };
  const show = () => {
    for (const [place, written] of places) {
      const value = values[place.dataset.name];
      place.textContent = value || written;
      place.classList.toggle("filled", Boolean(value));
    }
    const filled = fields.filter((field) => values[field.name]).length;
    status.textContent = `${filled} of ${fields.length} filled in`;
  };
  const value = ([name, written, quoted]) => {
    const given = values[name];
    if (!given) return written;
    return quoted ? JSON.stringify(given).slice(1, -1) : given;
  };
  const markdown = () => parts.map((part) => (typeof part === "string" ? part : value(part))).join("");

  form.addEventListener("input", (event) => {
    const { name, value } = event.target;
    if (value.trim()) values[name] = value.trim();
    else delete values[name];
    save();
    show();
  });
  form.addEventListener("reset", () => {
    for (const field of fields) delete values[field.name];
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
    status.textContent = `Downloaded ${form.dataset.file}`;
  });
  const copy = form.querySelector("[data-copy]");
  // Pages that are not served safely have no clipboard.
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(markdown());
      status.textContent = "Copied as Markdown";
    } catch {
      status.textContent = "This browser does not allow copying; download it instead";
    }
  });
  for (const field of fields) field.value = values[field.name] || "";
  show();
})();
