// What each bundle of scripts starts with: `say("copy.copy")`, or `say("search.pages", { count })`.
(language, known) => {
  const forms = new Intl.PluralRules(language);
  return (name, values = {}) => {
    const found = known[name];
    const text = found[forms.select(values.count)] ?? found.other ?? found;
    return text.replace(/\{(\w+)\}/g, (_, value) => values[value]);
  };
}
