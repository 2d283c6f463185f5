//! Which lines of a file an include means: all, a range of lines, a named section, or what is between two marks.

use std::ops::Range;

use super::directive::IncludedPart;
use crate::source::Part as _;

/// The range of `text` that a directive asks for; `None` when the text has no such part.
pub(crate) fn select(text: &str, part: &IncludedPart) -> Option<Range<usize>> {
    match part {
        IncludedPart::Whole => Some(after_front_matter(text)..text.len()),
        IncludedPart::Lines(first, last) => {
            let start = line_offset(text, first.saturating_sub(1));
            // Lines behind the last one are no part of a file, and neither are lines that end before they begin.
            let is_there = last >= first && (start < text.len() || *first <= 1);
            is_there.then(|| start..line_offset(text, *last))
        }
        IncludedPart::Section(name) => section(text, name),
        IncludedPart::Between(from, to) => {
            let start = match from {
                Some(from) => text.find(&**from)? + from.len(),
                None => after_front_matter(text),
            };
            // Behind the start, because both marks are often the same.
            let end = match to {
                Some(to) => start + text.part(start..).find(&**to)?,
                None => text.len(),
            };
            Some(start..end)
        }
    }
}

/// Where the line after the first `count` ones starts.
fn line_offset(text: &str, count: usize) -> usize {
    if count == 0 {
        return 0;
    }
    text.match_indices('\n').nth(count - 1).map_or(text.len(), |(at, _)| at + 1)
}

/// What is between `--8<-- [start:name]` and its end, or `ANCHOR: name` and its end.
fn section(text: &str, name: &str) -> Option<Range<usize>> {
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match (section_mark(line).filter(|(_, found)| *found == name), start) {
            (Some((SectionEdge::Start, _)), None) => start = Some(at + line.len()),
            // The first mark, written again where its end is meant, ends it as well.
            (Some(_), Some(start)) => return Some(start..at),
            _ => {}
        }
        at += line.len();
    }
    start.map(|start| start..text.len())
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum SectionEdge {
    Start,
    End,
}

/// The section that starts or ends on a line.
fn section_mark(line: &str) -> Option<(SectionEdge, &str)> {
    let ends = |c: char| c == ']' || c.is_whitespace();
    if let Some((_, behind)) = line.split_once("8<-") {
        let behind = behind.trim_start_matches('-').trim_start().strip_prefix('[')?;
        let edges = [("start:", SectionEdge::Start), ("end:", SectionEdge::End)];
        let (name, edge) = edges.iter().find_map(|(mark, edge)| Some((behind.strip_prefix(mark)?, *edge)))?;
        let name = name.trim_start();
        return Some((edge, name.part(..name.find(ends).unwrap_or(name.len()))));
    }
    let (_, behind) = line.split_once("ANCHOR")?;
    let (edge, name) = match behind.strip_prefix("_END") {
        Some(behind) => (SectionEdge::End, behind),
        None => (SectionEdge::Start, behind),
    };
    let name = name.strip_prefix(':')?.trim_start();
    let length = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(name.len());
    (length > 0).then(|| (edge, name.part(..length)))
}

/// Whether a line only starts or ends a section, so that no reader should see it.
pub(super) fn is_section_mark(line: &str) -> bool {
    section_mark(line).is_some()
}

/// Where a text starts after its front matter.
fn after_front_matter(text: &str) -> usize {
    // The front matter of an included file speaks of its own page.
    let Some(inner) = text.strip_prefix("---\n") else { return 0 };
    inner.find("\n---\n").map_or(0, |end| "---\n".len() + end + "\n---\n".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_files_are_found() {
        let file = "---\ntitle: x\n---\none\n# ANCHOR: b\ntwo\n# ANCHOR_END: b\n<!-- --8<-- [start:c] -->\nsix\n";
        let selected = |part| select(file, &part).map(|range| &file[range]);
        assert!(selected(IncludedPart::Whole).unwrap().starts_with("one"));
        assert_eq!(selected(IncludedPart::Lines(4, 4)), Some("one\n"));
        assert_eq!(selected(IncludedPart::Section("b".into())), Some("two\n"));
        assert_eq!(selected(IncludedPart::Section("c".into())), Some("six\n"));
        assert_eq!(selected(IncludedPart::Section("d".into())), None);
        let repeated = "//ANCHOR:a\none\n//ANCHOR:a\ntwo\n";
        assert_eq!(select(repeated, &IncludedPart::Section("a".into())).map(|range| &repeated[range]), Some("one\n"));
        assert_eq!(selected(IncludedPart::Between(Some("one".into()), Some("two".into()))), Some("\n# ANCHOR: b\n"));
    }
}
