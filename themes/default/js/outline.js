// Marks in the outline where the reader is.
(() => {
  const links = [...document.querySelectorAll('.outline a[href^="#"]')];
  const places = links
    .map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link])
    .filter(([place, link]) => place && !link.closest(".outline-top"));
  if (!places.length) return;

  let marked;
  const mark = () => {
    // The last heading above the upper third; at the very end of the page, the last one in sight.
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const line = end ? innerHeight : innerHeight / 4;
    let here = places[0][1];
    for (const [place, link] of places) if (place.getBoundingClientRect().top <= line) here = link;
    if (here === marked) return;
    marked?.removeAttribute("aria-current");
    here.setAttribute("aria-current", "true");
    marked = here;
    const list = here.closest(".outline");
    if (list.scrollHeight > list.clientHeight) {
      list.scrollTop = here.offsetTop - list.clientHeight / 2;
    }
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  mark();
})();
