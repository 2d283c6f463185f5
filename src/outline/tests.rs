//! Outlines of small navigations.

use std::fmt::Write;

use super::*;
use crate::diagnostic::Diagnostic;

const FILE: SourceId = SourceId::new(0);

/// The outline as indented lines: `title -> destination`, both as their spans have them.
fn drawn(text: &str) -> String {
    let parsed = parse(text, FILE);
    assert_eq!(parsed.found, []);
    let mut lines = String::new();
    for item in &parsed.value.items {
        match item {
            OutlineItem::Chapter(chapter) => draw(text, chapter, 0, &mut lines),
            OutlineItem::Part(title) => writeln!(lines, "# {}", &text[title.span.range()]).unwrap(),
            OutlineItem::Separator(span) => writeln!(lines, "{}", &text[span.range()]).unwrap(),
        }
    }
    lines
}

fn draw(text: &str, chapter: &OutlineEntry, depth: usize, lines: &mut String) {
    let place = chapter.destination.as_ref().map_or("draft", |path| &text[path.span.range()]);
    let title = &text[chapter.title.span.range()];
    writeln!(lines, "{}{title} -> {place} {:?}", "  ".repeat(depth), chapter.position).unwrap();
    chapter.children.iter().for_each(|child| draw(text, child, depth + 1, lines));
}

fn told(text: &str) -> Vec<String> {
    let tell = |finding: &Diagnostic| format!("{} @ {}", finding.message, &text[finding.span.range()]);
    parse(text, FILE).found.iter().map(tell).collect()
}

#[test]
fn chapters_parts_drafts_and_separators_are_read() {
    let text = "# Summary

[Foreword](foreword.md)
[About](about.md)

# Recruit

1. [Qualify **partners**](qualify.md)
    - [Score](<score card.md> \"title\")
    - [Draft]()
2. Agreements
   - [NDA](legal/nda.md)

---

# Onboard

* [Kick-off `v2`](kickoff.md)

[Glossary](glossary.md)
";
    assert_eq!(parse(text, FILE).value.title.unwrap().value, "Summary");
    assert_eq!(
        drawn(text),
        "\
Foreword -> foreword.md Prefix
About -> about.md Prefix
# Recruit
Qualify **partners** -> qualify.md Numbered
  Score -> score card.md Numbered
  Draft -> draft Numbered
Agreements -> draft Numbered
  NDA -> legal/nda.md Numbered
---
# Onboard
Kick-off `v2` -> kickoff.md Numbered
Glossary -> glossary.md Suffix
"
    );
}

#[test]
fn titles_are_plain_text() {
    let parsed = parse("- [Kick-off **and** `v2`](a.md)", FILE);
    let [OutlineItem::Chapter(chapter)] = &parsed.value.items[..] else { panic!("one chapter") };
    assert_eq!(chapter.title.value, "Kick-off and v2");
}

#[test]
fn what_is_no_entry_is_told_and_costs_only_itself() {
    let text = "- [A](a.md)\n- Onboard\n- [B](b.md)\n          - [C](c.md)\n\n        code\n- [D](d.md)\n";
    assert_eq!(
        told(text),
        [
            "`Onboard` is not a link @ Onboard",
            "`C` is a second link in one entry @ [C](c.md)",
            "this is read as code, because it is indented by four spaces or more @ code",
        ]
    );
    assert_eq!(parse(text, FILE).value.items.len(), 4);
}

#[test]
fn a_line_that_was_meant_to_separate_does() {
    let text = "[A](a.md)\n---\n- [B](b.md)\n";
    assert_eq!(told(text), ["`---` makes the line above it a heading @ ---"]);
    let parsed = parse(text, FILE);
    assert!(matches!(
        parsed.value.items[..],
        [OutlineItem::Chapter(_), OutlineItem::Separator(_), OutlineItem::Chapter(_)]
    ));
}

#[test]
fn nesting_is_bounded() {
    let text = format!("{}[A](a.md)", "- ".repeat(20_000));
    let found = parse(&text, FILE).found;
    assert_eq!(found.len(), 1, "{:?}", &found[0]);
    assert!(found[0].message.starts_with("entries are nested deeper"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_spans_lie_on_characters(text in "([-*#() <>ü\n\\[\\]]|a\\.md|---|  ){0,60}") {
        let parsed = parse(&text, FILE);
        let mut spans: Vec<Span> = parsed.found.iter().map(|finding| finding.span).collect();
        let mut chapters: Vec<&OutlineEntry> = Vec::new();
        for item in &parsed.value.items {
            match item {
                OutlineItem::Chapter(chapter) => chapters.push(chapter),
                OutlineItem::Part(title) => spans.push(title.span),
                OutlineItem::Separator(span) => spans.push(*span),
            }
        }
        while let Some(chapter) = chapters.pop() {
            spans.push(chapter.title.span);
            spans.extend(chapter.destination.as_ref().map(|path| path.span));
            chapters.extend(&chapter.children);
        }
        for span in spans {
            proptest::prop_assert!(text.get(span.range()).is_some(), "{:?}", span);
        }
    }
}
