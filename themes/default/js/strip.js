// A strip that is longer than the text is wide shows the step that the page belongs to.
for (const current of document.querySelectorAll(".flow > [aria-current]")) {
  const strip = current.parentElement;
  const [outer, inner] = [strip.getBoundingClientRect(), current.getBoundingClientRect()];
  strip.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}
