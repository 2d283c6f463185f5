// Redirects with the fragment and the query of the reader's address. A fragment of the redirect itself stays. The target is
// read from the page's link, so that no address has to be escaped for a script.
var link = document.querySelector("a");
if (!link.search) link.search = location.search;
if (!link.hash) link.hash = location.hash;
location.replace(link.href);
