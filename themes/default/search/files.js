// The files of the index. They are scripts that call `take`, so that they load from a disk as well as from a server.
window.partnerDocsSearch = (() => {
  const waiting = new Map();
  const files = new Map();
  let folder;

  const load = (name, fresh = "") => {
    if (!files.has(name)) {
      const file = new Promise((done, failed) => {
        waiting.set(name, done);
        const script = document.createElement("script");
        script.src = new URL(`${name}.js${fresh}`, folder);
        script.onload = () => script.remove();
        script.onerror = () => {
          files.delete(name);
          failed(new Error(say("search.no_file", { file: `search/${name}.js` })));
        };
        document.head.append(script);
      });
      files.set(name, file);
    }
    return files.get(name);
  };

  return {
    load,
    take: (name, value) => waiting.get(name)?.(value),
    // The directory, where `index.js` lies. `again` asks for it past every cache: the site has been published anew.
    directory: (index, again) => {
      folder = new URL("./", index);
      if (again) files.delete("index");
      return load("index", again ? `?${Date.now()}` : "");
    },
    // Where a page of the index lies. A disk has no start pages of folders.
    address: (path) => {
      const url = new URL(`../${path}`, folder);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
      return url;
    },
  };
})();
