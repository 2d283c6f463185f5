// Redirects with the fragment and the query of the reader's address. A fragment of the redirect itself stays. The target is
// read from the page's links, so that no address has to be escaped for a script. A part that moved on its own has a link.
var old = location.hash.slice(1);
var parts = [...document.querySelectorAll("[data-from]")];
// Never decoded: a malformed fragment would stop the script.
var part = parts.find(({ dataset }) => [dataset.from, encodeURI(dataset.from)].includes(old));
var link = part || document.querySelector("a");
if (!link.search) link.search = location.search;
if (!part && !link.hash) link.hash = location.hash;
location.replace(link.href);
