// From what is typed to pages, best first: by field, rarity, and how close the words stand together.
(() => {
  const { words, lookup, exactly, load } = partnerDocsSearch;
  // Title, keywords, heading; once, a few times, often in the text.
  const FIELDS = { T: 8, K: 4, H: 4, X: 1, Y: 1.5, Z: 2 };
  // Words that hold a question together and say little of what it is about.
  const SMALL = new Set("a all an and any are at be by can do does for from how i in into is it my of on or our should that the their this to we what when where which who why will with you your".split(" "));
  // Pages with less than this share of what the best ones have, by rarity, are no answers.
  const ENOUGH = 0.5;
  // So many pages are read before their order is settled.
  const READ = 12;

  // Of each page that a word is on, the weight of its sections: `3TX1 1Y4` is page 3, its first section and section 1,
  // then page 4, its section 4.
  const weights = (places) => {
    const pages = new Map();
    let page = 0;
    for (const entry of places.split(" ")) {
      const [, step, hits] = /^([0-9a-z]+)(.*)$/.exec(entry);
      page += parseInt(step, 36);
      const sections = new Map();
      for (const [, field, section] of hits.matchAll(/([A-Z])([0-9a-z]*)/g)) {
        const number = section ? parseInt(section, 36) : 0;
        sections.set(number, (sections.get(number) ?? 0) + FIELDS[field]);
      }
      pages.set(page, sections);
    }
    return pages;
  };

  // What one typed word gives to each section of each page.
  const scores = (directory, meanings) => {
    const pages = new Map();
    let rarest = 0;
    // A variant is no better than the word itself for being rarer.
    let most = Infinity;
    for (const { places, fit, isWhole } of meanings) {
      const found = weights(places);
      const alone = Math.log(1 + directory.pages / found.size);
      const rarity = isWhole ? alone : Math.min(most, alone);
      if (fit === 1 && !isWhole) most = rarity;
      if (fit > 0.5) rarest = Math.max(rarest, rarity);
      for (const [page, sections] of found) {
        const all = pages.get(page) ?? new Map();
        for (const [section, weight] of sections) {
          const score = fit * rarity * (weight / (weight + 2)) * (1 + weight / 8);
          if (score > (all.get(section) ?? 0)) all.set(section, score);
        }
        pages.set(page, all);
      }
    }
    return { pages, rarity: rarest || 1 };
  };

  // The best section counts whole, the others a little.
  const onPage = (sections) => {
    const sorted = [...sections.values()].sort((a, b) => b - a);
    return sorted[0] + 0.15 * Math.min(sorted.slice(1).reduce((sum, score) => sum + score, 0), sorted[0]);
  };

  // The page as the index keeps it: `[address, title, trail, sections]`.
  const read = async (directory, page) => {
    let at = 0;
    while (at + 1 < directory.texts.length && directory.texts[at + 1][0] <= page) at++;
    const [first, name] = directory.texts[at];
    return (await load(name))[page - first];
  };

  // How many of the asked words a text holds, and how many of its own words are asked for.
  const share = (asked, text) => {
    const own = new Set(words(text));
    if (!own.size) return 0;
    const hits = asked.filter((meanings) => meanings.some(({ word, fit }) => fit > 0.3 && own.has(word))).length;
    return (hits / asked.length) * Math.min(1, 0.4 + (0.6 * hits) / own.size);
  };

  // Words that stand side by side count for more than words a page apart: 1 for next to each other.
  const closeness = (asked, text) => {
    if (asked.length < 2) return 0;
    const own = words(text);
    const last = new Map();
    let best = Infinity;
    own.forEach((word, at) => {
      asked.forEach((meanings, number) => meanings.some((meaning) => meaning.word === word) && last.set(number, at));
      if (last.size === asked.length) best = Math.min(best, at - Math.min(...last.values()));
    });
    return best === Infinity ? 0 : (asked.length - 1) / Math.max(best, asked.length - 1);
  };

  // A page whose title is what was typed, and nothing besides, is what was meant, whatever folds to the same words.
  const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();

  // Two words typed apart that are one word of the index, as `kill switch` for `killswitch`: each of the two may mean it.
  // Where one of them says little, the whole says more than the other: `at risk`.
  const addJoined = async (directory, query, typed, looked) => {
    const parts = query.split(/\s+/);
    const pairs = parts.slice(1).map((part, at) => [parts[at], part]);
    const join = async (pair) => {
      const joined = words(pair.join(""), false);
      const known = joined.length === 1 && (await exactly(directory, joined[0]));
      if (!known) return;
      const at = pair.map((part) => typed.indexOf(words(part, false)[0]));
      for (const index of at) looked[index]?.push({ ...known, isWhole: at.includes(-1) });
    };
    await Promise.all(pairs.map(join));
  };

  // `allowed`: a set of pages, or nothing when all are.
  partnerDocsSearch.find = async (directory, query, allowed) => {
    const all = [...new Set(words(query, false))];
    const large = all.filter((word, at) => !SMALL.has(word) || (at === all.length - 1 && all.length === 1));
    const typed = large.length ? large : all;
    const isOpen = /[\p{L}\p{N}]$/u.test(query);
    const looked = await Promise.all(typed.map((word, at) => lookup(directory, word, isOpen && at === typed.length - 1)));
    await addJoined(directory, query, typed, looked);
    const asked = looked.filter((meanings) => meanings.length);
    const perWord = asked.map((meanings) => scores(directory, meanings));
    const whole = perWord.reduce((sum, { rarity }) => sum + rarity, 0);

    const candidates = new Map();
    for (const { pages, rarity } of perWord) {
      for (const [page, sections] of pages) {
        if (allowed && !allowed.has(page)) continue;
        const entry = candidates.get(page) ?? { page, score: 0, covered: 0, sections: new Map() };
        entry.score += onPage(sections);
        entry.covered += rarity;
        for (const [section, score] of sections) {
          const all = entry.sections.get(section) ?? { section, score: 0, words: 0 };
          all.score += score;
          all.words++;
          entry.sections.set(section, all);
        }
        candidates.set(page, entry);
      }
    }
    const covered = Math.max(0, ...[...candidates.values()].map((entry) => entry.covered));
    const entries = [...candidates.values()].filter((entry) => entry.covered >= covered * ENOUGH);
    for (const entry of entries) {
      const together = Math.max(...[...entry.sections.values()].map((section) => section.words)) / asked.length;
      entry.score *= (entry.covered / whole) ** 2 * (0.8 + 0.2 * together);
    }
    entries.sort((a, b) => b.score - a.score || a.page - b.page);

    const top = entries.slice(0, READ);
    await Promise.all(top.map((entry) => settle(directory, query, asked, entry)));
    top.sort((a, b) => b.score - a.score || a.page - b.page);
    return {
      entries: [...top, ...entries.slice(READ)],
      asked,
      read: (entry) => settle(directory, query, asked, entry),
    };
  };

  // Reads a page and lets what it says count.
  const settle = async (directory, query, asked, entry) => {
    if (entry.text) return entry;
    const [address, title, trail, sections] = await read(directory, entry.page);
    Object.assign(entry, { text: sections, address, title, trail });
    let near = 0;
    for (const section of entry.sections.values()) {
      const [, heading, , text] = sections[section.section];
      const close = closeness(asked, `${section.section ? heading : title} ${text}`);
      section.score *= 1 + 0.4 * close + 0.6 * share(asked, heading);
      near = Math.max(near, 0.25 * close + 0.5 * share(asked, heading));
    }
    entry.score *= (1 + near + 1.2 * share(asked, title)) * (same(query, title) ? 2 : 1);
    // A page without a text of its own, as that of a tag, only leads on to others.
    if (!sections.some(([, , , text]) => text)) entry.score *= 0.5;
    entry.best = [...entry.sections.values()].sort((a, b) => b.score - a.score || a.section - b.section);
    return entry;
  };
})();
