// The list of all pages, narrowed to what the reader types. Without this script it is the whole list.
(() => {
  const list = document.querySelector("[data-find]");
  if (!list) return;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Find a page";
  field.setAttribute("aria-label", "Find a page");
  field.value = new URLSearchParams(location.search).get("q") || "";
  const entries = [...list.querySelectorAll("li")].reverse();
  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    // Inner entries first: a section stays as long as anything in it does.
    for (const entry of entries) {
      const own = entry.firstElementChild.textContent.toLowerCase();
      entry.hidden = !words.every((word) => own.includes(word)) && !entry.querySelector("li:not([hidden])");
    }
  };
  field.addEventListener("input", narrow);
  list.prepend(field);
  narrow();
  field.focus();
})();
