// Texts as words, folded just as the index folds them: `src/search/words.rs` says how, and a test holds both together.
(() => {
  const IDEOGRAPHIC = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}";
  const TOKENS = new RegExp(`[${IDEOGRAPHIC}]+|(?:(?![${IDEOGRAPHIC}])[\\p{Alphabetic}\\p{N}\\p{M}])+`, "gu");
  const LETTER = /[\p{Alphabetic}\p{N}\p{M}]/u;
  const ideographic = new RegExp(`^[${IDEOGRAPHIC}]`, "u");
  const bytes = new TextEncoder();

  const letters = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC")
      .toLowerCase()
      .replaceAll("ς", "σ");

  const singular = (word) => {
    if (!/^[a-z]{3,}s$/.test(word) || /[sui]s$/.test(word)) return word;
    if (/^..+ies$/.test(word)) return word.replace(/ies$/, "y");
    return word.slice(0, /(?:sse|xe|che|she|ze)s$/.test(word) ? -2 : -1);
  };

  // `joins`: whether parts that belong together come joined as well, as in the index; who asks names the parts.
  const words = (text, joins = true) => {
    const folded = letters(text);
    const found = [];
    let joined = [];
    let end = 0;
    const close = () => {
      const whole = joined.join("");
      if (joins && joined.length > 1 && bytes.encode(whole).length <= 40) found.push(whole);
      joined = [];
    };
    for (const match of folded.matchAll(TOKENS)) {
      const between = folded.slice(end, match.index);
      if (!/^[-_\u2011]$/.test(between)) close();
      end = match.index + match[0].length;
      if (ideographic.test(match[0])) {
        close();
        const run = [...match[0]];
        if (run.length === 1) found.push(run[0]);
        for (let at = 0; at + 1 < run.length; at++) found.push(run[at] + run[at + 1]);
        continue;
      }
      // The `s` of `partner's`.
      if (match[0] === "s" && /^['’]$/.test(between) && !LETTER.test(folded[end] ?? "")) continue;
      const mixed = /^(?:(\p{N}+)(\P{N}+)|(\P{N}+)(\p{N}+))$/u.exec(match[0]);
      for (const part of mixed ? mixed.slice(1).filter(Boolean) : [match[0]]) {
        const word = singular(part);
        if (bytes.encode(word).length <= 40) found.push(word);
        joined.push(word);
      }
    }
    close();
    return found;
  };

  Object.assign(partnerDocsSearch, { words, letters, singular });
})();
