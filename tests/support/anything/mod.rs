//! What must hold for every text, whoever makes it up: property tests, fuzz targets, and what they once found.
//! In: texts. Out: nothing, or a panic that says what does not hold.
//! Never knows: where the texts come from.

mod data;
mod markdown;
mod markup;
pub(crate) mod sites;
mod spans;

/// What holds for any text of a kind; a panic when it does not.
pub(crate) type Holds = fn(&str);

/// Each fuzz target by its name. Those of a part try thousands of texts a second; those of a site, a few hundred.
pub(crate) const TARGETS: [(&str, Holds); 20] = [
    ("desugar", markdown::desugar),
    ("fill", markdown::fill),
    ("fix", markdown::fix),
    ("front_matter", data::front_matter),
    ("highlight", markdown::highlight),
    ("html", markup::html),
    ("include", markdown::include),
    ("mermaid", data::mermaid),
    ("node_table", data::node_table),
    ("request", data::request),
    ("site_book_toml", sites::book_toml),
    ("site_fix", sites::fix),
    ("site_front_matter", sites::front_matter),
    ("site_markdown", sites::markdown),
    ("site_mermaid", sites::mermaid),
    ("site_playbook", sites::playbook),
    ("site_summary", sites::summary),
    ("slug", markup::slug),
    ("source_map", markup::source_map),
    ("yaml", data::yaml),
];

/// What a target holds its texts to.
pub(crate) fn holds(target: &str) -> Holds {
    let named = TARGETS.iter().find(|(name, _)| *name == target);
    named.unwrap_or_else(|| panic!("no target is called `{target}`")).1
}

/// Texts that nest deeply, and texts that are hardly any.
pub(crate) fn nasty() -> impl Iterator<Item = String> {
    let deep = ["- ", "> ", "[", "(", "{", "\"", "'", "a: ", "&a ", "*a", "|", "--> "].map(|piece| piece.repeat(500));
    let odd =
        ["", "\u{feff}", "\0", "\r", "\r\n\r\n", "\u{2028}", "e\u{301}\u{202e}", "---", "---\n---\n---\n", "\t\t", "é"];
    deep.into_iter().chain(odd.map(str::to_owned))
}
