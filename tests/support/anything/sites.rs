//! What holds for a site with any text in one of its files: it is checked, rendered, and looked at once more.
//! In: texts. Out: nothing, or a panic that says what does not hold.

use partner_docs::diagnostic::{Diagnostic, bug};
use partner_docs::pipeline::{self, Drafts, Session, publish};
use partner_docs::project::{MemoryFileSystem, OverlayFileSystem};

use super::spans;

/// A site that has a little of everything.
pub(crate) const SITE: &[(&str, &str)] = &[
    ("book.toml", include_str!("../../golden/partners/book.toml")),
    ("LICENSE", include_str!("../../golden/partners/LICENSE")),
    ("QUICKSTART.md", include_str!("../../golden/partners/QUICKSTART.md")),
    ("content/SUMMARY.md", include_str!("../../golden/partners/content/SUMMARY.md")),
    ("content/index.md", include_str!("../../golden/partners/content/index.md")),
    ("content/scorecard.md", include_str!("../../golden/partners/content/scorecard.md")),
    ("content/workflow.md", include_str!("../../golden/partners/content/workflow.md")),
    ("content/legal/index.md", include_str!("../../golden/partners/content/legal/index.md")),
    ("content/legal/nda.md", include_str!("../../golden/partners/content/legal/nda.md")),
    ("content/letter.md", LETTER),
    ("playbooks/recruit.yaml", include_str!("../../golden/partners/playbooks/recruit.yaml")),
    ("playbooks/review.yaml", include_str!("../../golden/partners/playbooks/review.yaml")),
];
const LETTER: &str = "---\ntitle: \"For {{ company }}\"\nvariables: {company: Acme}\nplaceholders: [partner]\n---\n\
    # To {{ partner }}, `{{ company }}`\n\n> [!NOTE] {{ company }}\n> :rocket: ==now== H~2~O, [x]({{ partner }}){ .a }\n\n\
    - [ ] <b title=\"{{ partner }}\">a &amp; b</b> [^1] $x^2$ ![alt](gone.png)\n\n[^1]: Note (TM) https://a.example\n\n\
    | a | b |\n|---|:-:|\n| [nda](legal/nda.md#term) | {{ partner }} |\n\n```rust title=\"a\" {1}\nfn main() {}\n```\n\n\
    :::warning{title=\"a\"}\nb\n:::\n\nTerm\n:   What it means\n\n*[SLA]: Service\n\n{{#include legal/nda.md}}\n";

/// A panic is contained where it happens, and then it is a finding; here it is what does not hold.
fn assert_no_panic(found: &[Diagnostic], files: &[(&str, &str)]) {
    let panic = found.iter().find(|finding| *finding.rule == bug::PANIC);
    assert!(panic.is_none(), "{}: {files:?}", panic.map(|panic| panic.message.as_str()).unwrap_or_default());
}

/// Checks and renders a site; nothing panics, findings are sorted, and a second look finds the same.
pub(crate) fn site_holds(files: &[(&str, &str)]) {
    let mut session = Session::new(MemoryFileSystem::new(files.iter().copied()), Drafts::Hidden);
    let Ok(linked) = session.link() else { return };
    assert_no_panic(&linked.found, files);
    spans::assert_placed(&linked.found, session.sources());
    let key = |finding: &Diagnostic| {
        (session.sources().get(finding.span.source).path().clone(), finding.span.start, finding.rule.code)
    };
    assert!(linked.found.is_sorted_by_key(key), "findings are not sorted: {files:?}");
    let published = publish(&linked);
    assert_no_panic(&published.found, files);
    let before = linked.found;
    let again = session.link().expect("it was a project a moment ago");
    // What a page missed may be there by now, so it is looked for again.
    let misses = before.iter().any(|finding| finding.rule.code == "include/not-found");
    assert!(again.compiled == 0 || misses, "a page is compiled again though nothing changed: {files:?}");
    assert_eq!(again.found, before, "a second look finds something else: {files:?}");
}

/// Any text as a page.
pub(crate) fn markdown(text: &str) {
    site_holds(&[("book.toml", ""), ("content/index.md", text), ("content/other.md", "# Other\n\n## Term\n")]);
}

/// Any text as the head of a page.
pub(crate) fn front_matter(text: &str) {
    markdown(&format!("---\n{text}\n---\n# Page\n"));
}

/// Any text as a diagram with a table below it.
pub(crate) fn mermaid(text: &str) {
    let table = "| ID | Step | Action |\n|---|---|---|\n| A | Scope | [Other](other.md) |\n| B | Sign | |\n";
    markdown(&format!("# Map\n\n```mermaid\nflowchart LR\n{text}\n```\n\n{table}"));
}

/// Any text as a playbook, with a page that copies one by hand.
pub(crate) fn playbook(text: &str) {
    let copy =
        "# Playbooks\n\n## Recruit\n\nScore → Sign\n\n| Step | Template |\n|---|---|\n| 1. Score | [a](index.md) |\n";
    site_holds(&[
        ("book.toml", "[playbooks]\ndir = \"playbooks\"\n"),
        ("content/index.md", copy),
        ("playbooks/recruit.yaml", text),
    ]);
}

/// Any text as book.toml.
pub(crate) fn book_toml(text: &str) {
    site_holds(&[("book.toml", text), ("content/index.md", "# Home\n"), ("playbooks/recruit.yaml", "name: R\n")]);
}

/// Any text as the outline.
pub(crate) fn summary(text: &str) {
    site_holds(&[("book.toml", ""), ("content/SUMMARY.md", text), ("content/index.md", "# Home\n")]);
}

/// Any text as a page, with all that is repaired in it: a second repair finds nothing to do.
pub(crate) fn fix(text: &str) {
    let (page, part) = text.split_once('\u{c}').unwrap_or((text, "part\n"));
    let once = repaired(project(page, part));
    assert_eq!(repaired(once.clone()), once, "a second repair changes {text:?}");
}

/// A page, and a part that it may include.
pub(crate) fn project(page: &str, part: &str) -> Vec<(String, String)> {
    let book = "[variables]\npartner = \"Acme\"\n";
    let files = [("book.toml", book), ("content/index.md", page), ("content/part.md", part)];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

/// A project with every fix that is offered.
pub(crate) fn repaired(files: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut session = Session::new(OverlayFileSystem::new(MemoryFileSystem::new(files.clone())), Drafts::Hidden);
    let linked = session.link().expect("a project");
    let place = pipeline::repair(&mut session, linked, &|_, _| {}, &mut |_, _, _| true)
        .expect("a project")
        .linked
        .site
        .config
        .place
        .clone();
    let changes = pipeline::changes(session.disk(), &place);
    let now = |(path, text): (String, String)| {
        let change = changes.iter().find(|change| change.path.as_str() == path);
        let after = change.and_then(|change| change.after.clone());
        (path, after.map_or(text, |bytes| String::from_utf8(bytes).expect("a text")))
    };
    files.into_iter().map(now).collect()
}

/// A site that has a little of everything, and a letter somewhere in one of its files: `place` chooses among so many.
pub(crate) fn site_with(letter: &str, file: usize, place: impl FnOnce(usize) -> usize) {
    let mut files = SITE.to_vec();
    let mut text = files[file].1.to_owned();
    let borders: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
    text.insert_str(borders[place(borders.len())], letter);
    files[file].1 = &text;
    site_holds(&files);
}
