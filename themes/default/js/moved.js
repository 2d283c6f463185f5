// Leads readers of an old link to the part of the page that is elsewhere now.
(() => {
  const moved = document.querySelector("template[data-moved]")?.content;
  if (!moved) return;
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    // A heading that has the old name again is meant more surely than one that had it once.
    if (!id || document.getElementById(id)) return;
    const link = [...moved.querySelectorAll("a")].find((a) => a.dataset.from === id);
    if (link) location.replace(link.getAttribute("href"));
  };
  addEventListener("hashchange", follow);
  follow();
})();
