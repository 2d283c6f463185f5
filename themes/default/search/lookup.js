// From a typed word to the words of the index that may be meant, each with its places and how well it fits.
(() => {
  const { load } = partnerDocsSearch;
  const ENDINGS = /(?:ation|tion|ment|ing|ive|ed|er|al|ly|e)$/;
  const shards = new Map();

  // The shards between two words, as lists of `[word, places]`.
  const between = async (directory, from, to, most) => {
    const starts = directory.words;
    let first = 0;
    while (first + 1 < starts.length && starts[first + 1][0] <= from) first++;
    const names = [];
    for (let at = first; at < starts.length && names.length < most && (at === first || starts[at][0] < to); at++)
      names.push(starts[at][1]);
    const lists = await Promise.all(names.map(open));
    return lists.flat();
  };

  const open = async (name) => {
    if (!shards.has(name)) {
      const text = await load(name);
      const lines = text.split("\n").slice(0, -1);
      shards.set(name, lines.map((line) => line.split("\t")));
    }
    return shards.get(name);
  };

  const starting = async (directory, start, most) => {
    const lines = await between(directory, start, `${start}\uffff`, most);
    return lines.filter(([word]) => word.startsWith(start));
  };

  // Edits between two words, a swap of neighbours counting as one; more than `most` are not counted further.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = [...b, ""].map((_, at) => at);
    for (let row = 1; row <= a.length; row++) {
      const line = [row];
      for (let column = 1; column <= b.length; column++) {
        const same = a[row - 1] === b[column - 1];
        let cost = Math.min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
          cost = Math.min(cost, before[column - 2] + 1);
        line.push(cost);
      }
      if (Math.min(...line) > most) return most + 1;
      before = last;
      last = line;
    }
    return last[b.length];
  };

  const reversed = (text) => [...text].reverse().join("");

  // Of a word with one typing error either the first or the second half is right; of two, most often a third is.
  const misspelt = async (directory, word, isOpen) => {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return [];
    const right = Math.max(1, Math.floor(word.length / (most + 1)));
    const near = new Map();
    const consider = (known, places) => {
      const whole = distance(word, known, most);
      const part = isOpen && known.length > word.length ? distance(word, known.slice(0, word.length), most) + 0.5 : 9;
      const edits = Math.min(whole, part);
      if (edits <= most + 0.5) near.set(known, { edits, places });
    };
    for (const [known, places] of await starting(directory, word.slice(0, right), 4)) consider(known, places);
    const end = reversed(word.slice(-Math.max(2, right)));
    const starts = directory.endings;
    let first = 0;
    while (first + 1 < starts.length && starts[first + 1][0] <= end) first++;
    for (let at = first; at < Math.min(first + 2, starts.length); at++) {
      for (const backwards of (await load(starts[at][1])).split("\n")) {
        if (backwards.startsWith(end) && !near.has(reversed(backwards))) consider(reversed(backwards));
      }
    }
    const best = [...near].sort((a, b) => a[1].edits - b[1].edits).slice(0, 6);
    for (const [known, entry] of best) entry.places ??= (await starting(directory, known, 1)).find(([w]) => w === known)?.[1];
    return best
      .filter(([, entry]) => entry.places)
      .map(([known, { edits, places }]) => ({ word: known, places, fit: 0.75 - 0.2 * edits }));
  };

  // This very word, if the index has it.
  partnerDocsSearch.exactly = async (directory, word) => {
    const known = (await starting(directory, word, 1)).find(([other]) => other === word);
    return known && { word, places: known[1], fit: 1 };
  };

  // `isOpen`: the word may not be typed to its end yet.
  partnerDocsSearch.lookup = async (directory, word, isOpen) => {
    const found = new Map();
    const add = (known, places, fit) => {
      if (!(found.get(known)?.fit >= fit)) found.set(known, { word: known, places, fit });
    };
    if (word.length > 1 || isOpen) {
      for (const [known, places] of await starting(directory, word, isOpen ? 3 : 2)) {
        const share = word.length / known.length;
        if (known === word) add(known, places, 1);
        else if (isOpen || word.length > 2) add(known, places, (isOpen ? 0.9 : 0.6) * share);
      }
    }
    const stem = word.replace(ENDINGS, "");
    if (stem.length > 3 && stem !== word)
      for (const [known, places] of await starting(directory, stem, 2)) add(known, places, (0.8 * stem.length) / known.length);
    const isKnown = found.has(word) || (isOpen && found.size > 0);
    // A word on a page or two may be somebody else's misspelling.
    const isRare = found.get(word)?.places.split(" ").length < 3;
    if (!isKnown || isRare)
      for (const near of await misspelt(directory, word, isOpen)) add(near.word, near.places, near.fit * (isKnown ? 0.8 : 1));
    return [...found.values()].sort((a, b) => b.fit - a.fit).slice(0, 40);
  };
})();
