// Leads readers of an old link to the part of the page that is elsewhere now.
(() => {
  const moved = document.querySelector("template[data-moved]")?.content;
  if (!moved) return;
  const follow = () => {
    // Never decoded: a malformed fragment would stop the script.
    const old = location.hash.slice(1);
    const link = [...moved.querySelectorAll("a")].find(({ dataset }) => [dataset.from, encodeURI(dataset.from)].includes(old));
    // A heading that has the old name again is meant more surely than one that had it once.
    if (link && !document.getElementById(link.dataset.from)) location.replace(link.getAttribute("href"));
  };
  addEventListener("hashchange", follow);
  follow();
})();
