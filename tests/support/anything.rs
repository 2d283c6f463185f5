//! What must hold for every text, whoever makes it up: properties and fuzz targets call the same functions.
//! In: texts. Out: nothing, or a panic that says what does not hold.
//! Never knows: where the texts come from.

use partner_docs::diagnostic::Diagnostic;
use partner_docs::pipeline::{Drafts, Session, publish};
use partner_docs::project::Memory;
use partner_docs::text::{Sources, Span};

/// What holds for any text of a kind; a panic when it does not.
pub(crate) type Holds = fn(&str);

/// Each fuzz target by its name.
pub(crate) const TARGETS: [(&str, Holds); 6] = [
    ("book_toml", book_toml),
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("mermaid", mermaid),
    ("playbook", playbook),
    ("summary", summary),
];

/// Every span of every finding lies in its text, on characters; positions count from 1 and do not run backwards.
fn assert_spans(found: &[Diagnostic], sources: &Sources) {
    for finding in found {
        let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        let related = finding.related.iter().map(|related| related.span);
        for span in [finding.span].into_iter().chain(related).chain(edits) {
            assert_span(span, sources, finding);
        }
    }
}

fn assert_span(span: Span, sources: &Sources, finding: &Diagnostic) {
    let text = sources.get(span.source).text();
    assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}: {} {}", finding.rule.code, finding.message);
    let (start, end) = sources.positions(span);
    assert!(start.line >= 1 && start.column >= 1 && start <= end, "{start:?} to {end:?} in {text:?}");
}

/// Checks and renders a site; findings are sorted, and a second look finds the same.
pub(crate) fn site_holds(files: &[(&str, &str)]) {
    let mut session = Session::new(Memory::new(files.iter().copied()), Drafts::Hidden);
    let Ok(linked) = session.link() else { return };
    assert_spans(&linked.found, session.sources());
    let key = |finding: &Diagnostic| {
        (session.sources().get(finding.span.source).path().clone(), finding.span.start, finding.rule.code)
    };
    assert!(linked.found.is_sorted_by_key(key), "findings are not sorted: {files:?}");
    let published = publish(&linked);
    assert!(published.found.is_empty(), "{:?}", published.found);
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
