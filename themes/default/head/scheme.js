// What must be settled before a page is first drawn, so that nothing flashes: the reader's choice of light or dark, and
// that there are scripts. A document to print has none but this one.
(function (root) {
  if (root.dataset.kind !== "print") root.classList.add("js");
  try {
    var scheme = localStorage.getItem("scheme");
    if (scheme) root.dataset.scheme = scheme;
  } catch (e) {}
})(document.documentElement);
