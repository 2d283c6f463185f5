// Drawers close when they have served; the current page is in sight in a long navigation.
(() => {
  const nav = document.getElementById("pd-nav");
  const current = nav?.querySelector('.nav-tree [aria-current="page"]');
  if (current) {
    for (let group = current.closest("details"); group; group = group.parentElement.closest("details"))
      group.open = true;
    const reveal = () => {
      const line = current.getBoundingClientRect();
      const frame = nav.getBoundingClientRect();
      if (line.bottom > frame.bottom || line.top < frame.top) {
        nav.scrollTop += line.top - frame.top - frame.height / 3;
      }
    };
    reveal();
    nav.addEventListener("toggle", reveal);
  }
  for (const drawer of document.querySelectorAll("[popover]")) {
    drawer.addEventListener("click", (event) => {
      if (event.target.closest('a[href*="#"]') && drawer.matches(":popover-open")) drawer.hidePopover();
    });
  }
})();
