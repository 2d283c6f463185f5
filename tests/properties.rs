//! What must hold for all input: addresses lead where they say, places lie in their texts, nothing panics.
//! In: made-up paths and texts. Out: the shortest one for which it does not hold.
//! Never knows: what any text should become.

mod support;

use partner_docs::markdown::{self, NoContext, Options};
use partner_docs::source::{SourceId, SourcePath, Span};
use partner_docs::url::{Anchor, Destination, Href, SitePath};
use proptest::prelude::*;
use support::anything;

/// Parts of addresses with all that a name may hold: blanks, letters of any script, colons, what URLs escape.
fn names() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "a b",
        "ü",
        "договор",
        "http:",
        "a:b",
        "c",
        "C:",
        "100%",
        "%41",
        "a?b",
        "a#b",
        "a&b",
        "<x>",
        "\"",
        "'",
        "a\\b",
        "~",
        "...",
        "mailto:x",
    ]);
    prop_oneof![2 => hard.prop_map(str::to_owned), 1 => "[a-z]{1,3}"]
}

fn site_paths() -> impl Strategy<Value = SitePath> {
    (prop::collection::vec(names(), 0..4), prop::bool::ANY).prop_map(|(names, is_folder)| {
        let slash = if is_folder && !names.is_empty() { "/" } else { "" };
        SitePath::new(&format!("/{}{slash}", names.join("/")))
    })
}

fn source_paths() -> impl Strategy<Value = SourcePath> {
    prop::collection::vec(names(), 0..4).prop_map(|names| SourcePath::new(&names.join("/")).expect("no `..` in it"))
}

/// Pieces side by side in any order; every one means something to the parser that meets it.
fn made_of(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..most).prop_map(|pieces| pieces.concat())
}

const MARKDOWN: &[&str] = &[
    "a",
    "é→",
    " ",
    "\n",
    "\n\n",
    "- ",
    "    ",
    "> ",
    "# ",
    "## Term",
    "**",
    "`",
    "```\n",
    "```mermaid\n",
    "flowchart LR\n",
    "[a](",
    "other.md",
    "#term",
    "../x",
    "nope.md",
    ")",
    "![",
    "](",
    "[r]: ",
    "[r]",
    "[^n]",
    "[^n]: ",
    "<a href=\"",
    "\">",
    "<!--",
    "-->",
    "|",
    "| ID | Step |\n|---|---|\n",
    "---\n",
    "title: ",
    "\r\n",
    "!!! note\n",
    "=== \"T\"\n",
    "{{ a }}",
    "{#i}",
    "--8<-- \"other.md\"\n",
    "\t",
    "\u{feff}",
    "\u{0}",
    "😀",
    "%zz",
    "http://",
    "/",
    ":",
];
const YAML: &[&str] = &[
    "name: ",
    "steps:\n",
    "  - ",
    "    ",
    "template: ",
    "index.md",
    "prompt: |\n",
    "label: ",
    "\n",
    "a",
    "é",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "# ",
    "- ",
    ": ",
    "&x ",
    "*x",
    "!!t ",
    "---\n",
    "...\n",
    "|",
    ">",
    "\t",
    "tags: ",
    "next_playbook: recruit",
    "1",
    "null",
    "~",
    "\r\n",
    "😀",
    "title: ",
    "order: ",
    "success_criteria:\n",
    "warnings: ",
];
const MERMAID: &[&str] = &[
    "A",
    "B",
    "C",
    "[Scope]",
    "[\"<b>1. Ü</b><br/>x\"]",
    "((",
    "))",
    " --> ",
    " -.-> ",
    "-->|",
    "|",
    " & ",
    "\n",
    "subgraph ",
    "S[We]",
    "end\n",
    "click A \"",
    "other.md",
    "\"",
    "class A x\n",
    "classDef x fill:#f00\n",
    "style A ",
    "%% a\n",
    "direction TB\n",
    ";",
    "-- ",
    "==>",
    "{",
    "}",
    ":::",
    "é😀",
    " ",
    "linkStyle 0 ",
    "\r\n",
    "---",
];
const TOML: &[&str] = &[
    "[book]\n",
    "title = ",
    "src = ",
    "root = ",
    "\"content\"",
    "\"..\"",
    "\"é\"",
    "\n",
    "[[mount]]\n",
    "from = ",
    "to = ",
    "\"**/*.md\"",
    "\"a/**\"",
    "[output.html]\n",
    "site-url = ",
    "[playbooks]\n",
    "dir = ",
    "[check]\n",
    "\"link/not-found\" = ",
    "\"off\"",
    "1",
    "true",
    "[",
    "]",
    "{",
    "}",
    "=",
    "a",
    "# ",
    "\r\n",
    "[variables]\n",
    "x = ",
    "\"\"\"",
    "'",
    "redirect = ",
    "😀",
    "url-style = \"file\"\n",
];
const SUMMARY: &[&str] = &[
    "# Part\n",
    "- ",
    "  - ",
    "    - ",
    "[Home](",
    "index.md",
    "gone.md",
    "../x",
    ")",
    "[Draft]()",
    "\n",
    "---\n",
    "a",
    "é",
    "[",
    "]",
    "* ",
    "1. ",
    "\t",
    "<!-- -->",
    "```\n",
    "> ",
    "playbooks/recruit.yaml",
    "(",
    "\r\n",
    "**",
];

/// As many cases as `PROPTEST_CASES` says, or 256; a whole site costs more than a path, and gets a share of them.
fn cases_by(share: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    // What fails is written to `tests/found/` by hand, under a name that says what it is.
    ProptestConfig { cases: default.cases / share, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(cases_by(1))]

    #[test]
    fn an_href_followed_from_its_page_leads_to_what_it_was_made_for(from in site_paths(), to in site_paths()) {
        let href = Href::between(&from, &to, None);
        let Destination::Local { path, query: None, fragment: None } = Destination::parse(href.as_str()) else {
            return Err(TestCaseError::fail(format!("`{href}` is more than a path")));
        };
        prop_assert!(!path.starts_with('/'), "`{}` depends on where the site lies", href);
        prop_assert_eq!(from.follow(&path), Some(to), "by `{}`", href);
    }

    #[test]
    fn an_href_keeps_its_anchor(from in site_paths(), to in site_paths(), anchor in "[^\\p{C}]{1,12}") {
        let href = Href::between(&from, &to, Some(&Anchor::new(&anchor)));
        let Destination::Local { fragment, .. } = Destination::parse(href.as_str()) else {
            return Err(TestCaseError::fail(format!("`{href}` leaves the site")));
        };
        prop_assert_eq!(fragment, Some(anchor), "by `{}`", href);
        prop_assert!(!href.as_str().contains(['"', '<', '>', ' ']), "`{}` ends an attribute", href);
    }

    #[test]
    fn a_relative_path_followed_from_its_folder_leads_back(from in source_paths(), to in source_paths()) {
        prop_assert_eq!(from.join(&to.relative_to(&from)), Ok(to));
    }

    #[test]
    fn joining_never_leaves_the_repository(from in source_paths(), steps in "[a./]{0,12}") {
        if let Ok(path) = from.join(&steps) {
            let mut parts = path.as_str().split('/');
            prop_assert!(path.as_str().is_empty() || parts.all(|part| !matches!(part, "" | "." | "..")), "{}", path);
        }
    }

    #[test]
    fn a_path_is_its_folder_and_its_name(path in source_paths()) {
        prop_assert_eq!(path.parent().join(path.file_name()), Ok(path.clone()));
        prop_assert!(path.below(&path.parent()).is_some());
    }
}

proptest! {
    #![proptest_config(cases_by(3))]

    #[test]
    fn any_page_is_checked_and_rendered(text in made_of(MARKDOWN, 24)) {
        anything::holds("site_markdown")(&text);
    }

    #[test]
    fn any_head_is_checked_and_rendered(text in made_of(YAML, 12)) {
        anything::holds("site_front_matter")(&text);
    }

    #[test]
    fn any_diagram_is_checked_and_drawn(text in made_of(MERMAID, 24)) {
        anything::holds("site_mermaid")(&text);
    }

    #[test]
    fn any_playbook_is_checked_and_rendered(text in made_of(YAML, 24)) {
        anything::holds("site_playbook")(&text);
    }

    #[test]
    fn any_settings_are_checked(text in made_of(TOML, 16)) {
        anything::holds("site_book_toml")(&text);
    }

    #[test]
    fn any_outline_is_checked_and_rendered(text in made_of(SUMMARY, 24)) {
        anything::holds("site_summary")(&text);
    }

    /// Offsets that are counted in bytes go wrong behind letters that are longer than one, wherever these stand.
    #[test]
    fn a_letter_put_anywhere_into_a_site_breaks_nothing(
        file in 0..anything::sites::SITE.len(),
        place in any::<prop::sample::Index>(),
        letter in prop::sample::select(vec!["ü", "ß", "日", "😀", "e\u{301}", "\u{200f}", "\u{a0}", "İ", "\u{feff}"]),
    ) {
        anything::sites::site_with(letter, file, |borders| place.index(borders));
    }

    #[test]
    fn letters_of_any_kind_are_text_everywhere(text in "\\PC{0,40}") {
        anything::holds("site_markdown")(&text);
        anything::holds("site_mermaid")(&text);
        anything::holds("site_playbook")(&text);
        anything::holds("site_book_toml")(&text);
    }
}

/// Ends only where each place of a text is looked at a bounded number of times.
#[test]
fn long_pages_of_any_shape_come_to_an_end() {
    for (shape, text) in support::shapes::texts(50_000) {
        let body = Span::new(SourceId::new(0), 0..text.len());
        let compiled = markdown::compile(&text, body, &Options::default(), &NoContext);
        let spans = compiled.found.iter().map(|finding| finding.span.range());
        assert!(spans.clone().all(|range| text.get(range).is_some()), "{shape}");
    }
}
