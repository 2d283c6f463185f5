//! Directives that include other files, in the ways of three tools.
//! In: a place in a text. Out: what is to be included there, with the place of each part.
//! Never knows: files.

use std::ops::Range;

/// A directive. Ranges count from the start of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Directive {
    /// All of it.
    pub whole: Range<usize>,
    /// The path alone.
    pub path: Range<usize>,
    pub part: Part,
    /// Levels to push headings down.
    pub heading_offset: usize,
    /// Whether each line gets what precedes the directive on its own line.
    pub indented: bool,
}

/// What of a file is included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Whole,
    /// From the first to the last line, counted from 1.
    Lines(usize, usize),
    /// What lies between the marks of this name.
    Section(String),
    /// What lies after the first text and before the second.
    Between(Option<String>, Option<String>),
}

/// What may start a directive.
pub(super) const TRIGGERS: [&str; 3] = ["{{#", "--8<--", "{%"];

/// A directive ends within this many bytes, or it is none.
const LONGEST: usize = 2_048;

/// The directive that starts at `at`.
pub(super) fn read(text: &str, at: usize) -> Option<Directive> {
    // What stands as code is an example; a mark in front takes the meaning away.
    if text[..at].ends_with(['`', '\\', ';']) {
        return None;
    }
    let mut end = text.len().min(at + LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (text, rest) = (&text[..end], &text[at..end]);
    if rest.starts_with("{{#") {
        mdbook(text, at)
    } else if rest.starts_with("--8<--") {
        snippet(text, at)
    } else {
        include_markdown(text, at)
    }
}

/// `{{#include file:part}}`
fn mdbook(text: &str, at: usize) -> Option<Directive> {
    let end = at + text[at..].find("}}").filter(|end| !text[at..at + end].contains('\n'))?;
    let inner =
        text[at..end].strip_prefix("{{#include").or_else(|| text[at..end].strip_prefix("{{#rustdoc_include"))?;
    let target = inner.strip_prefix(' ')?.trim();
    let start = end - inner.trim_start().len();
    let (path, part) = target.split_once(':').unwrap_or((target, ""));
    let directive = Directive {
        whole: at..end + 2,
        path: start..start + path.len(),
        part: part_of(part),
        heading_offset: 0,
        indented: false,
    };
    (!path.is_empty()).then_some(directive)
}

/// `--8<-- "file:part"` on a line of its own
fn snippet(text: &str, at: usize) -> Option<Directive> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    if !before.is_empty() && !before.ends_with('\n') {
        return None;
    }
    let line = text[at..].lines().next()?.trim_end();
    let quoted = line.strip_prefix("--8<--")?.trim_start();
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let target = quoted[1..].strip_suffix(quote)?;
    let start = at + line.len() - 1 - target.len();
    let (path, part) = target.split_once(':').unwrap_or((target, ""));
    let place = start..start + path.len();
    Some(Directive { whole: at..at + line.len(), path: place, part: part_of(part), heading_offset: 0, indented: true })
}

/// `{% include-markdown "file" start="…" end="…" heading-offset=1 %}`
fn include_markdown(text: &str, at: usize) -> Option<Directive> {
    let end = at + text[at..].find("%}")?;
    let inner = text[at..end].strip_prefix("{%")?.trim_start();
    let inner = inner.strip_prefix("include-markdown").or_else(|| inner.strip_prefix("include"))?;
    let quoted = inner.trim_start();
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (path, options) = quoted[1..].split_once(quote)?;
    let start = end - quoted.len() + 1;
    let (from, to) = (option(options, "start"), option(options, "end"));
    let part = if from.is_none() && to.is_none() { Part::Whole } else { Part::Between(from, to) };
    Some(Directive {
        whole: at..end + 2,
        path: start..start + path.len(),
        part,
        heading_offset: option(options, "heading-offset").and_then(|levels| levels.parse().ok()).unwrap_or(0),
        indented: true,
    })
}

/// The value of an option of `include-markdown`.
fn option(options: &str, name: &str) -> Option<String> {
    let (_, after) = options.split_once(&format!("{name}="))?;
    let value = match after.chars().next()? {
        quote @ ('"' | '\'') => after[1..].split(quote).next()?,
        _ => after.split_whitespace().next()?,
    };
    Some(value.replace("\\n", "\n"))
}

/// `2:10`, `:10`, `2:` or the name of a section.
fn part_of(text: &str) -> Part {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let number = |text: &str, default| if text.is_empty() { Some(default) } else { text.parse().ok() };
    match (number(first, 1), number(last, usize::MAX)) {
        _ if text.is_empty() => Part::Whole,
        (Some(first), Some(last)) => Part::Lines(first, last),
        _ => Part::Section(text.to_owned()),
    }
}

/// The range of `text` that a directive asks for; `None` when the text has no such part.
pub(super) fn select(text: &str, part: &Part) -> Option<Range<usize>> {
    match part {
        Part::Whole => Some(after_front_matter(text)..text.len()),
        Part::Lines(first, last) => {
            let start = line_offset(text, first.saturating_sub(1));
            Some(start..line_offset(text, *last).max(start))
        }
        Part::Section(name) => section(text, name),
        Part::Between(from, to) => {
            let start = match from {
                Some(from) => text.find(&**from)? + from.len(),
                None => after_front_matter(text),
            };
            let end = match to {
                Some(to) => start + text[start..].find(&**to)?,
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

/// What lies between `--8<-- [start:name]` and its end, or `ANCHOR: name` and its end.
fn section(text: &str, name: &str) -> Option<Range<usize>> {
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match section_mark(line) {
            Some((Edge::Start, found)) if found == name => start = Some(at + line.len()),
            Some((Edge::End, found)) if found == name && start.is_some() => return Some(start?..at),
            _ => {}
        }
        at += line.len();
    }
    start.map(|start| start..text.len())
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// The section that starts or ends on a line.
fn section_mark(line: &str) -> Option<(Edge, &str)> {
    const MARKS: [(&str, Edge); 4] = [
        ("--8<-- [start:", Edge::Start),
        ("--8<-- [end:", Edge::End),
        ("ANCHOR: ", Edge::Start),
        ("ANCHOR_END: ", Edge::End),
    ];
    let (mark, edge) = MARKS.iter().find(|(mark, _)| line.contains(mark))?;
    let name = line.split_once(mark)?.1.trim_start();
    let end = name.find(|c: char| c == ']' || c.is_whitespace()).unwrap_or(name.len());
    Some((*edge, &name[..end]))
}

/// Whether a line only starts or ends a section, so that no reader should see it.
pub(super) fn is_section_mark(line: &str) -> bool {
    section_mark(line).is_some()
}

/// Where a text starts after its front matter.
fn after_front_matter(text: &str) -> usize {
    let Some(inner) = text.strip_prefix("---\n") else { return 0 };
    inner.find("\n---\n").map_or(0, |end| "---\n".len() + end + "\n---\n".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, &str, Part) {
        let at = TRIGGERS.iter().find_map(|trigger| text.find(trigger)).unwrap();
        let directive = read(text, at).unwrap();
        (&text[directive.whole], &text[directive.path], directive.part)
    }

    #[test]
    fn directives_of_three_tools_are_read() {
        assert_eq!(parts("a {{#include nda.md:2:5}} b"), ("{{#include nda.md:2:5}}", "nda.md", Part::Lines(2, 5)));
        assert_eq!(parts("{{#include a.rs:sign}}"), ("{{#include a.rs:sign}}", "a.rs", Part::Section("sign".into())));
        assert_eq!(parts("  --8<-- \"nda.md\"\n"), ("--8<-- \"nda.md\"", "nda.md", Part::Whole));
        let (_, path, part) = parts("{%\n  include-markdown \"nda.md\"\n  start=\"<!-- a -->\" heading-offset=2\n%}");
        assert_eq!((path, part), ("nda.md", Part::Between(Some("<!-- a -->".into()), None)));
    }

    #[test]
    fn what_is_shown_is_not_read() {
        for text in ["`{{#include a}}`", "\\{{#include a}}", ";--8<-- \"a\"", "x --8<-- \"a\"", "{% raw %}", "{{#if}}"]
        {
            let at = TRIGGERS.iter().find_map(|trigger| text.find(trigger)).unwrap();
            assert_eq!(read(text, at), None, "{text}");
        }
    }

    #[test]
    fn parts_of_files_are_found() {
        let file = "---\ntitle: x\n---\none\n# ANCHOR: b\ntwo\n# ANCHOR_END: b\n<!-- --8<-- [start:c] -->\nsix\n";
        let selected = |part| select(file, &part).map(|range| &file[range]);
        assert!(selected(Part::Whole).unwrap().starts_with("one"));
        assert_eq!(selected(Part::Lines(4, 4)), Some("one\n"));
        assert_eq!(selected(Part::Section("b".into())), Some("two\n"));
        assert_eq!(selected(Part::Section("c".into())), Some("six\n"));
        assert_eq!(selected(Part::Section("d".into())), None);
        assert_eq!(selected(Part::Between(Some("one".into()), Some("two".into()))), Some("\n# ANCHOR: b\n"));
    }
}
