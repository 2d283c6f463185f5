//! Where a file's front matter begins and ends, even if it is never closed.

use std::ops::Range;

use super::meta_lines;
use crate::source::Part as _;

/// The head of a file, in bytes of its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrontMatterRange {
    /// What is between the marks.
    pub format: FrontMatterFormat,
    /// The opening mark, without its line break.
    pub opening: Range<usize>,
    /// What is between the marks.
    pub inside: Range<usize>,
    /// Whether there is a closing mark. Without one the head ends where the lines stop looking like YAML.
    pub closed: bool,
    /// Where the Markdown begins.
    pub body: usize,
}

/// How front matter is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum FrontMatterFormat {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
    /// Lines of `key: value` without marks, up to the first blank one.
    Lines,
}

/// Finds the head of a file: a first line `---`, up to the next line `---` or `...`; also between lines `+++`, or without
/// any mark.
/// A first line `---` that is followed by prose is a thematic break, not a head.
#[must_use]
pub fn split(text: &str) -> Option<FrontMatterRange> {
    let start = after_byte_order_mark(text);
    let first = line_at(text, start);
    let format = match text.part(first.clone()).trim_end() {
        "---" => FrontMatterFormat::Yaml,
        "+++" => FrontMatterFormat::Toml,
        _ => {
            let body = meta_lines::end(text, start)?;
            let format = FrontMatterFormat::Lines;
            let (opening, inside) = (start..start, start..body);
            return Some(FrontMatterRange { format, opening, inside, closed: true, body });
        }
    };
    let opening = start..start + 3;
    let inside = first.end;
    let mut lines = LinesWithBreaks { text, at: inside };
    let closing = lines.find(|line| closes(format, text.part(line.clone()).trim_end()));
    match closing {
        Some(closing) if format == FrontMatterFormat::Yaml && holds_prose(text.part(inside..closing.start)) => {
            // The head was never closed, and this `---` is a thematic break far below it.
            let end = end_of_yaml(text, inside);
            is_key(text.part(inside..).lines().next()?).then_some(FrontMatterRange {
                format,
                opening,
                inside: inside..end,
                closed: false,
                body: end,
            })
        }
        Some(closing) if format == FrontMatterFormat::Toml || is_front_matter(text.part(inside..closing.start)) => {
            Some(FrontMatterRange { format, opening, inside: inside..closing.start, closed: true, body: closing.end })
        }
        None if format == FrontMatterFormat::Yaml && text.part(inside..).lines().next().is_some_and(is_key) => {
            let end = end_of_yaml(text, inside);
            Some(FrontMatterRange { format, opening, inside: inside..end, closed: false, body: end })
        }
        _ => None,
    }
}

/// Where the text starts that people see: some editors write a byte order mark first.
pub(super) fn after_byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Lines with their breaks.
struct LinesWithBreaks<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for LinesWithBreaks<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let line = line_at(self.text, self.at);
        self.at = line.end;
        // Only at the end of the text is a range empty: a blank line still has its break.
        (!line.is_empty()).then_some(line)
    }
}

fn line_at(text: &str, start: usize) -> Range<usize> {
    start..text.part(start..).find('\n').map_or(text.len(), |at| start + at + 1)
}

fn closes(format: FrontMatterFormat, line: &str) -> bool {
    match format {
        FrontMatterFormat::Yaml => line == "---" || line == "...",
        FrontMatterFormat::Toml => line == "+++",
        FrontMatterFormat::Lines => line.is_empty(),
    }
}

/// Prose between two thematic breaks is not front matter.
fn is_front_matter(inside: &str) -> bool {
    // Prose after a thematic break starts with a blank line; keys start at once.
    let begins_at_once = inside.lines().next().is_none_or(|line| !line.trim().is_empty());
    begins_at_once || inside.lines().find(|line| !line.trim().is_empty()).is_none_or(is_key)
}

/// Whether there are paragraphs between keys: lines after a blank line that can't be YAML. A comment may look like a
/// heading, and indented lines belong to a key.
fn holds_prose(inside: &str) -> bool {
    let mut before = "---";
    inside.lines().any(|line| {
        let after_blank = before.trim().is_empty();
        before = line;
        // A closing bracket, a quoted key or a list item can follow a blank line in YAML.
        let of_yaml = line.starts_with([' ', '\t', '#', ']', '}', '"', '\'']) || line.starts_with("- ");
        after_blank && !line.trim().is_empty() && !of_yaml && !is_key(line)
    })
}

/// The end of a head that is never closed: a heading or a blank line is body, but for one in the middle of a text that
/// goes on, indented, below it.
fn end_of_yaml(text: &str, inside: usize) -> usize {
    let goes_on = |end: usize| text.part(end..).trim_start_matches(['\n', '\r']).starts_with([' ', '\t']);
    let of_yaml = |range: &Range<usize>| {
        let line = text.part(range.clone()).trim_end();
        let is_blank = line.is_empty() && goes_on(range.end);
        is_blank || is_key(line) || line.starts_with([' ', '\t', '-', ']', '}'])
    };
    LinesWithBreaks { text, at: inside }.take_while(of_yaml).last().map_or(inside, |line| line.end)
}

/// `key:` or `key: value`.
fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
    // `https://example.com` is not a key: YAML wants a space after the colon.
    !key.is_empty() && key.chars().all(of_key) && value.chars().next().is_none_or(char::is_whitespace)
}
