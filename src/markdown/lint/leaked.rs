//! Syntax of a dialect that was left in the text.
//! In: text that readers see. Out: what in it looks like a construct that was not understood.
//! Never knows: how constructs are written rightly.

use std::ops::Range;

use pulldown_cmark::Event;

use super::foreign::{self, Leak};
use crate::diagnostic::{Edit, Fix, Rule};
use crate::markdown::attributes::Attributes;
use crate::markdown::placeholder::seal::unsealed;
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// Dialect syntax that readers see.
pub(crate) static LEAKED: Rule = Rule::warning("markdown/leaked-syntax", include_str!("leaked_syntax.md"));

/// What opens a block, when it is the first thing on a line.
const OPENERS: [(&str, &str); 10] = [
    ("!!!", "a callout"),
    ("???", "a collapsible"),
    ("=== ", "a content tab"),
    (":::", "an aside"),
    ("///", "a generic block"),
    ("--8<--", "an include"),
    ("{{#", "an mdBook directive"),
    ("[TOC]", "a table of contents"),
    ("$$", FORMULA),
    ("-[", "a task list checkbox"),
];

/// Lines of `:::` that name a piece of a program.
const API: &str = "documentation generated from code";
const FORMULA: &str = "a formula";
const SECOND_FRONT_MATTER: &str = "a second front matter";
/// What stands before the only one of a file, in [`Leak::what`].
const LATE_FRONT_MATTER: &str = "front matter too late";

/// Bytes of a line in which the other end of a construct is looked for.
const LONGEST: usize = 400;

/// What was reported of a text so far, where one slip shows in several places.
#[derive(Default)]
pub(crate) struct Leaks {
    /// Asides that were not understood, and whose ends are still to come.
    asides: usize,
    /// Text up to here belongs to something that is reported.
    until: usize,
    /// Whether a formula was reported that this site does not draw.
    formula: bool,
}

impl Leaks {
    /// Reports what looks like syntax in a run of text.
    pub(crate) fn report(&mut self, writer: &mut Writer<'_>, range: Range<usize>) {
        let text = writer.text().part(range.clone());
        // Nearly all text starts with a letter.
        if !text.starts_with(|first: char| first.is_ascii_punctuation()) {
            return;
        }
        if text.starts_with('#') {
            return report_heading(writer, range.start);
        }
        if text.starts_with('|') {
            return report_table(writer, range.start);
        }
        let Some((opener, what)) = OPENERS.iter().find(|(opener, _)| text.starts_with(opener)) else { return };
        let escape =
            usize::from(writer.text().part(..range.start).ends_with('\\') && !writer.input().is_escaped(range.start));
        let before = writer.text().part(..range.start - escape);
        let is_first = is_line_start(before);
        let line = text.lines().next().unwrap_or_default().trim_end();
        // `???` and `!!!` alone are how people write.
        let is_construct = match *opener {
            "!!!" | "???" => line.len() > opener.len() && !line.part(opener.len()..).starts_with(['!', '?', '.']),
            "[TOC]" => line.len() == opener.len() && matches!(writer.peek(0), Some(Event::End(_))),
            ":::" if is_first && is_identifier(line) => return self.report_api(writer, range.start, line),
            "$$" => line == "$$" || line.part(2..).starts_with(|c: char| c == '\\' || c.is_alphabetic()),
            "=== " => line.part(4..).starts_with(|c: char| c == '"' || c.is_alphabetic()) && !line.ends_with('='),
            "-[" => ["-[ ] ", "-[x] ", "-[] "].iter().any(|task| line.starts_with(task)),
            "///" => line.trim_start_matches('/').starts_with(|c: char| c == ' ' || c.is_ascii_lowercase()),
            _ => true,
        };
        let is_said = match *opener {
            ":::" => is_first && is_construct && self.ends_aside(line),
            // One setting is behind all formulas of a page.
            "$$" => is_first && is_construct && std::mem::replace(&mut self.formula, true),
            _ => false,
        };
        if is_first && is_construct && !is_said {
            leaked(writer, range.start..range.start + line.len(), what);
        }
    }

    /// Reports `::: package.module`. What its indented lines say goes with it.
    fn report_api(&mut self, writer: &mut Writer<'_>, start: usize, line: &str) {
        leaked(writer, start..start + line.len(), API);
        let paragraph = writer.text().part(start..);
        self.until = start + paragraph.find("\n\n").unwrap_or(paragraph.len());
    }

    /// Whether a line of colons is the end of an aside that is reported already: both are one slip.
    fn ends_aside(&mut self, line: &str) -> bool {
        let is_bare = line.bytes().all(|byte| byte == b':');
        let ends = is_bare && self.asides > 0;
        if ends {
            self.asides -= 1;
        } else if !is_bare && !line.ends_with(":::") {
            self.asides += 1;
        }
        ends
    }

    /// Reports a shortcode that stands for nothing. Single words between colons are common; joined ones are not.
    pub(crate) fn report_shortcode(&mut self, writer: &mut Writer<'_>, name: &str, range: Range<usize>) {
        let mut words = name.split(['-', '_']);
        let is_joined =
            name.contains(['-', '_']) && words.all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        if is_joined && range.start >= self.until {
            leaked(writer, range, "an icon or emoji");
        }
    }
}

/// Reports `##Terms`: the parser wants a blank behind the marks. A single mark may be a hashtag, unless it stands
/// over a text as a heading would.
fn report_heading(writer: &mut Writer<'_>, at: usize) {
    let line = line_from(writer, at).trim_end();
    let marks = line.len() - line.trim_start_matches('#').len();
    let words = line.part(marks..);
    let is_apart = writer
        .text()
        .part(at + line.len()..)
        .trim_start_matches([' ', '\r'])
        .trim_start_matches('\n')
        .starts_with(['\n', '\r'])
        && !words.contains('#');
    let is_heading = match marks {
        1 => is_apart && words.starts_with(|first: char| first.is_uppercase()) && words.contains(char::is_lowercase),
        2..=6 => words.starts_with(char::is_alphanumeric),
        _ => false,
    };
    if is_heading && is_line_start(writer.text().part(..at)) {
        leak(writer, at, Leak::new(0..line.len(), "a heading").right(marks..marks, " ".to_owned()));
    }
}

/// Reports a row above which nothing makes it a table's.
fn report_table(writer: &mut Writer<'_>, at: usize) {
    let text = writer.text();
    let quote = [' ', '\t', '>', '\r'];
    let (before, line) = (text.part(..at), line_from(writer, at));
    let is_start = is_line_start(before);
    let above = before.trim_end_matches(quote).strip_suffix('\n').unwrap_or_default();
    let is_top = above.rsplit('\n').next().is_none_or(|above| above.trim_matches(quote).is_empty());
    let next = at + line.len() + 1;
    if !is_start || !is_top || next >= text.len() {
        return;
    }
    let below = line_from(writer, next).trim_end();
    let marks = below.len() - below.trim_start_matches(quote).len();
    if let Some((range, right)) = foreign::table(line.trim_end(), below.part(marks..)) {
        let second = line.len() + 1;
        let row = Leak::new(0..line.trim_end().len(), "a table");
        // Inside a quote, a new line would want its marks.
        leak(writer, at, if marks > 0 { row } else { row.right(second + range.start..second + range.end, right) });
    }
}

/// Reports an attribute list at the end of a heading that the parser took off and nobody understands.
pub(crate) fn report_lost_attributes(writer: &mut Writer<'_>, at: usize) {
    if let Some(met) = foreign::broken_attributes(near(writer, at).trim_end()) {
        leak(writer, at, met);
    }
}

/// The rest of a line.
fn line_from<'a>(writer: &Writer<'a>, at: usize) -> &'a str {
    writer.text().part(at..).split('\n').next().unwrap_or_default()
}

/// The rest of a line, as far as one construct may go: a line may hold any number of marks.
fn near<'a>(writer: &Writer<'a>, at: usize) -> &'a str {
    let text = writer.text();
    let end = text.floor_char_boundary(at + LONGEST);
    text.part(at..end).split('\n').next().unwrap_or_default()
}

/// Reports what starts with the bracket at a place, when it was meant as something.
pub(crate) fn report_brackets(writer: &mut Writer<'_>, at: usize) {
    let before = writer.text().part(writer.text().floor_char_boundary(at.saturating_sub(LONGEST))..at);
    let before = before.rsplit('\n').next().unwrap_or_default();
    if let Some(met) = foreign::brackets(before, near(writer, at)) {
        leak(writer, at, met);
    }
}

/// Reports what starts with the brace at a place, when there is something: another tool's construct, or an
/// attribute list.
pub(crate) fn report_braces(writer: &mut Writer<'_>, at: usize, end: usize) {
    let line = near(writer, at);
    let in_heading = || foreign::broken_attributes(line.trim_end()).filter(|_| writer.is_in(Enclosing::Heading));
    // GitHub's expressions, TeX, and what the author escaped mean themselves; a line that starts so is reported already.
    let before = writer.text().part(..at);
    let means_itself = before.ends_with(['$', '\\', '{']) || is_argument(before);
    let is_reported = line.starts_with("{{#") && is_line_start(before);
    let expression = || foreign::expression(line).filter(|_| !means_itself && !is_reported);
    match foreign::braces(line).or_else(in_heading).or_else(expression) {
        Some(met) => leak(writer, at, met),
        None => report_attributes(writer, at, end),
    }
}

fn report_attributes(writer: &mut Writer<'_>, at: usize, end: usize) {
    if is_argument(writer.text().part(..at)) {
        return;
    }
    if let Some((_, length)) = Attributes::read(writer.text().part(at..end)) {
        leaked(writer, at..at + length, "an attribute list");
    }
}

/// Reports a block between two rules that reads as front matter: only the first block of a file is.
pub(crate) fn report_second_front_matter(writer: &mut Writer<'_>, rule: &Range<usize>) {
    let text = writer.text().part(rule.start..);
    let Some(inner) = text.strip_prefix("---\n") else { return };
    if let Some(length) = front_matter_length(inner) {
        let what = if is_first_to_be_seen(writer, rule.start) { LATE_FRONT_MATTER } else { SECOND_FRONT_MATTER };
        leaked(writer, rule.start..rule.start + 4 + length + 3, what);
    }
}

/// Whether nothing of the file stands before a place but blanks and comments.
fn is_first_to_be_seen(writer: &Writer<'_>, at: usize) -> bool {
    let mut before = writer.text().part(..at).trim_start();
    while let Some((_, rest)) = before.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        before = rest.trim_start();
    }
    // A byte order mark is no text; what is longer was front matter.
    before.trim_matches('\u{feff}').trim().is_empty() && writer.span(0..0).start <= 3
}

fn leaked(writer: &mut Writer<'_>, range: Range<usize>, what: &str) {
    leak(writer, range.start, Leak::new(0..range.len(), what));
}

/// Reports what was met at a mark.
fn leak(writer: &mut Writer<'_>, at: usize, leak: Leak<'_>) {
    let Leak { range, back, what, right } = leak;
    let range = at - back..at + range.end;
    let text = writer.text().part(range.clone()).lines().next().unwrap_or_default();
    let unsealed = unsealed(text);
    let text = unsealed.as_deref().unwrap_or(text);
    let message = match what {
        SECOND_FRONT_MATTER => "a second front matter is shown as text".to_owned(),
        LATE_FRONT_MATTER => "front matter that does not start on the first line is shown as text".to_owned(),
        API => format!("`{text}` looks like {API}, but readers see it as text"),
        _ => format!("`{text}` looks like {what}, but readers see it as text"),
    };
    let help = match what {
        LATE_FRONT_MATTER => "move its `---` to the first line of the file",
        SECOND_FRONT_MATTER => "move its keys to the front matter at the top of the file",
        API => "plugins are not supported: generate Markdown files with its tool and mount them, or link to its pages",
        FORMULA => "to render formulas, set `math = true` in `[markdown]` in book.toml",
        "a table of contents" => "remove it: every page shows its table of contents",
        "a wiki link" => "link to the page by its path: `[text](page.md)`",
        "a shortcode" | "a template directive" | "an extension" => {
            "template languages are not supported: write it as Markdown"
        }
        "a template expression" => "only names are replaced, as in `{{ name }}`; to show braces, write them as code",
        "a heading" => "add a space after the `#`",
        "a table" => "its second line must consist of dashes, `|---|---|`, with as many cells as the first",
        "a link" => "write `[text](address)`",
        "a task list checkbox" => "write `- [ ] `",
        _ => "check its spelling, its indentation, and the blank line before it",
    };
    let span = writer.span(range.clone());
    let fix = right.map(|(part, replacement)| {
        // What stands before the mark is a part of what is replaced.
        let start = if back > 0 { range.start } else { at + part.start };
        Fix::suggested(vec![Edit { span: writer.span(start..at + part.end), replacement }])
    });
    writer.report(LEAKED.at(span, message).help(help).fix_if(fix));
}

/// Whether a line is `::: package.module.Name`, or names a plugin that writes a part of the page: `::: mkdocs-click`.
fn is_identifier(line: &str) -> bool {
    let Some(name) = line.strip_prefix("::: ") else { return false };
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    name == "mkdocs-click" || (name.contains('.') && name.split(['.', '/', ':']).all(is_word))
}

/// Whether braces right behind a text are an argument in TeX: `x_{i=0}`, `\frac{a=1}`.
fn is_argument(before: &str) -> bool {
    let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    before.ends_with(['_', '^']) || (word.len() < before.len() && word.ends_with('\\'))
}

/// Whether nothing but marks of quotes stands before a place on its line.
fn is_line_start(before: &str) -> bool {
    before.trim_end_matches([' ', '\t', '>']).ends_with('\n')
        || before.trim_matches([' ', '\t', '>', '\n', '\r']).is_empty()
}

/// Bytes before the `---` that ends what reads as front matter.
fn front_matter_length(inner: &str) -> Option<usize> {
    let (mut length, mut has_blank, mut after_blank) = (0, false, false);
    let (mut has_value, mut is_lower) = (false, true);
    for line in inner.lines() {
        if line == "---" {
            // With blank lines it may be prose: `Pros:` and `Cons:` over lists between two rules.
            let is_data = length > 0 && (!has_blank || (has_value && is_lower));
            return is_data.then_some(length);
        }
        let value = value_of_key(line);
        if let Some(value) = value {
            has_value |= !value.is_empty();
            is_lower &= line.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        } else if length == 0 {
            return None;
        } else if line.trim().is_empty() {
            has_blank = true;
        } else if !line.starts_with([' ', '-']) && (after_blank || !line.starts_with('#')) {
            // After a blank line, `#` starts a heading.
            return None;
        }
        after_blank = line.trim().is_empty();
        length += line.len() + 1;
    }
    None
}

/// What follows the `key:` that a line starts with.
fn value_of_key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (is_name && (value.is_empty() || value.starts_with(' '))).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::front_matter_length;

    #[test]
    fn front_matter_may_hold_blank_lines_but_prose_between_rules_is_none() {
        for data in ["title: B\n\ntags:\n- x\n", "title: B\n", "text: |\n  a\n\n  b\n", "Title: B\n# why\n"] {
            assert_eq!(front_matter_length(&format!("{data}---\n# H\n")), Some(data.len()), "{data}");
        }
        for prose in ["", "Pros:\n\n- x\n\nCons:\n\n- y\n", "note: a\n\n# H\n", "note: a\n\nText.\n", "Hello\n"] {
            assert_eq!(front_matter_length(&format!("{prose}---\n")), None, "{prose}");
        }
    }
}
