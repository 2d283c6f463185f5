//! Front matter without marks, as Python-Markdown and `MultiMarkdown` have it: `title: Terms` on the first line, up to the
//! first blank one.

use std::ops::Range;

use super::LISTS;
use crate::source::{Located, Part as _, SourceId, Span};
use crate::yaml::{Mapping, MappingEntry, NodeContent, QuoteStyle, Scalar, YamlNode};

/// A key, and the lines of its value.
struct MetaEntry {
    key: Range<usize>,
    values: Vec<Range<usize>>,
}

/// Where such lines end that begin at a place; `None` where they are prose.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let (entries, end) = entries(text, start)?;
    let is_called = |entry: &MetaEntry, name: &str| text.part(entry.key.clone()).eq_ignore_ascii_case(name);
    let names_page = |entry: &MetaEntry| is_called(entry, "title") || is_called(entry, "template");
    // `Description: …` may begin a text as well as a sentence; keys are written small.
    let is_key = |entry: &MetaEntry| {
        is_called(entry, "description") && text.part(entry.key.clone()).starts_with(|first: char| first.is_lowercase())
    };
    entries.iter().any(|entry| names_page(entry) || is_key(entry)).then_some(end)
}

/// What the lines say: keys in lower case, each value as it is written.
pub(super) fn read(text: &str, start: usize, source: SourceId) -> Mapping {
    let entries = entries(text, start).map(|(entries, _)| entries).unwrap_or_default();
    let entry = |entry: &MetaEntry| {
        let key = text.part(entry.key.clone()).to_ascii_lowercase();
        let value = value(text, entry, source, LISTS.contains(&key.as_str()));
        MappingEntry { key: Located::new(key, Span::new(source, entry.key.clone())), value }
    };
    Mapping { entries: entries.iter().map(entry).collect(), incomplete: false }
}

fn value(text: &str, entry: &MetaEntry, source: SourceId, is_list: bool) -> YamlNode {
    let scalar = |range: &Range<usize>| YamlNode {
        span: Span::new(source, range.clone()),
        content: NodeContent::Scalar(Scalar { text: text.part(range.clone()).to_owned(), style: QuoteStyle::Plain }),
        tag: None,
    };
    match &entry.values[..] {
        [] => YamlNode { span: Span::new(source, entry.key.clone()), content: NodeContent::Null, tag: None },
        [one] if !is_list => scalar(one),
        [first, .., last] | [first @ last] => YamlNode {
            span: Span::new(source, first.start..last.end),
            content: NodeContent::Sequence(entry.values.iter().map(scalar).collect()),
            tag: None,
        },
    }
}

/// The keys from a place on, and where the body begins.
fn entries(text: &str, start: usize) -> Option<(Vec<MetaEntry>, usize)> {
    let mut entries: Vec<MetaEntry> = Vec::new();
    let mut at = start;
    for line in text.part(start..).split_inclusive('\n') {
        let place = at;
        at += line.len();
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with("    ") || line.starts_with('\t') {
            entries.last_mut()?.values.push(trimmed(text, place..at));
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let is_word = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        // `https://example.com` is no key.
        if !is_word || !value.starts_with([' ', '\t', '\r', '\n']) {
            return None;
        }
        let value = trimmed(text, place + key.len() + 1..at);
        let values = if value.is_empty() { Vec::new() } else { vec![value] };
        entries.push(MetaEntry { key: place..place + key.len(), values });
    }
    (!entries.is_empty()).then_some((entries, at))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text.part(range.clone());
    let start = range.start + (line.len() - line.trim_start().len());
    start..start + line.trim().len()
}

#[cfg(test)]
mod tests {
    use crate::page::front_matter::{Front, read};
    use crate::source::SourceId;

    fn front(text: &str) -> (Front, &str) {
        let front = read(text, SourceId::new(0));
        let body = &text[front.body.range()];
        (front, body)
    }

    #[test]
    fn keys_may_stand_at_the_top_without_marks() {
        let text = "Title: Terms: an overview\ntags:\n    legal\n    nda\nowner: \"Acme\"\n\n# Terms\n";
        let (Front { matter, found, .. }, body) = front(text);
        assert_eq!((found, body), (vec![], "# Terms\n"));
        let title = matter.title.unwrap();
        assert_eq!((title.value.as_str(), &text[title.span.range()]), ("Terms: an overview", "Terms: an overview"));
        assert_eq!(matter.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>(), ["legal", "nda"]);
        assert_eq!(matter.extra.entries[0].key.value, "owner");
        assert_eq!(front("title: Terms\n").1, "");
        assert_eq!(front("description: All of it.\nhide: toc\n\nText.\n").1, "Text.\n");
    }

    #[test]
    fn prose_is_none() {
        for text in [
            "Note: sign first.\n\nText.\n",
            "Date: 2024-05-01\nAttendees: Acme\n\n# Notes\n",
            "Description: we sign.\n\nText.\n",
            "Title: Terms\nand conditions.\n\nText.\n",
            "title:Terms\n",
            "\ntitle: Terms\n",
        ] {
            assert_eq!(front(text).1, text, "{text}");
        }
    }
}
