//! Syntax of a dialect that was left in the text.
//! In: text that readers see. Out: what in it looks like a construct that was not understood.
//! Never knows: how constructs are written rightly.

use std::ops::Range;

use pulldown_cmark::Event;

use super::foreign;
use crate::diagnostic::{Edit, Fix, Rule};
use crate::markdown::attributes::Attributes;
use crate::markdown::placeholder::holes::unsealed;
use crate::markdown::write::writer::Writer;
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

/// What in a line was meant as something else.
pub(crate) struct Leak<'t> {
    /// Where it stands, from the mark that was looked at.
    pub range: Range<usize>,
    /// Bytes before that mark which belong to it.
    pub back: usize,
    /// What it looks like, with its article.
    pub what: &'t str,
    /// What is written in the place of which part, where that is clear; what stands before the mark goes.
    pub right: Option<(Range<usize>, String)>,
}

impl<'t> Leak<'t> {
    pub(crate) fn new(range: Range<usize>, what: &'t str) -> Self {
        Self { range, back: 0, what, right: None }
    }

    pub(crate) fn right(self, range: Range<usize>, text: String) -> Self {
        Self { right: Some((range, text)), ..self }
    }
}

impl<'a> Writer<'a> {
    /// Reports what looks like syntax in a run of text.
    pub(crate) fn report_leaked(&mut self, range: Range<usize>) {
        let text = &self.input.text[range.clone()];
        // Nearly all text starts with a letter.
        if !text.starts_with(|first: char| first.is_ascii_punctuation()) {
            return;
        }
        if text.starts_with('#') {
            return self.report_leaked_heading(range.start);
        }
        if text.starts_with('|') {
            return self.report_leaked_table(range.start);
        }
        let Some((opener, what)) = OPENERS.iter().find(|(opener, _)| text.starts_with(opener)) else { return };
        let escape = usize::from(self.input.text[..range.start].ends_with('\\') && !self.is_escaped(range.start));
        let before = &self.input.text[..range.start - escape];
        let is_first = is_line_start(before);
        let line = text.lines().next().unwrap_or_default().trim_end();
        // `???` and `!!!` alone are how people write.
        let is_construct = match *opener {
            "!!!" | "???" => line.len() > opener.len() && !line[opener.len()..].starts_with(['!', '?', '.']),
            "[TOC]" => line.len() == opener.len() && matches!(self.peek(0), Some(Event::End(_))),
            ":::" if is_first && is_identifier(line) => return self.report_api(range.start, line),
            "$$" => line == "$$" || line[2..].starts_with(|c: char| c == '\\' || c.is_alphabetic()),
            "=== " => line[4..].starts_with(|c: char| c == '"' || c.is_alphabetic()) && !line.ends_with('='),
            "-[" => ["-[ ] ", "-[x] ", "-[] "].iter().any(|task| line.starts_with(task)),
            "///" => line.trim_start_matches('/').starts_with(|c: char| c == ' ' || c.is_ascii_lowercase()),
            _ => true,
        };
        let is_said = match *opener {
            ":::" => is_first && is_construct && self.ends_leaked_aside(line),
            // One setting is behind all formulas of a page.
            "$$" => is_first && is_construct && std::mem::replace(&mut self.leaked_formula, true),
            _ => false,
        };
        if is_first && is_construct && !is_said {
            self.leaked(range.start..range.start + line.len(), what);
        }
    }

    /// Reports `::: package.module`. What its indented lines say goes with it.
    fn report_api(&mut self, start: usize, line: &str) {
        self.leaked(start..start + line.len(), API);
        let paragraph = &self.input.text[start..];
        self.leaked_until = start + paragraph.find("\n\n").unwrap_or(paragraph.len());
    }

    /// Whether a line of colons is the end of an aside that is reported already: both are one slip.
    fn ends_leaked_aside(&mut self, line: &str) -> bool {
        let is_bare = line.bytes().all(|byte| byte == b':');
        let ends = is_bare && self.leaked_asides > 0;
        if ends {
            self.leaked_asides -= 1;
        } else if !is_bare && !line.ends_with(":::") {
            self.leaked_asides += 1;
        }
        ends
    }

    /// Reports `##Terms`: the parser wants a blank behind the marks. A single mark may be a hashtag, unless it stands
    /// over a text as a heading would.
    fn report_leaked_heading(&mut self, at: usize) {
        let line = self.line_from(at).trim_end();
        let marks = line.len() - line.trim_start_matches('#').len();
        let words = &line[marks..];
        let is_apart = self.input.text[at + line.len()..]
            .trim_start_matches([' ', '\r'])
            .trim_start_matches('\n')
            .starts_with(['\n', '\r'])
            && !words.contains('#');
        let is_heading = match marks {
            1 => {
                is_apart && words.starts_with(|first: char| first.is_uppercase()) && words.contains(char::is_lowercase)
            }
            2..=6 => words.starts_with(char::is_alphanumeric),
            _ => false,
        };
        if is_heading && is_line_start(&self.input.text[..at]) {
            self.leak(at, Leak::new(0..line.len(), "a heading").right(marks..marks, " ".to_owned()));
        }
    }

    /// Reports a row above which nothing makes it a table's.
    fn report_leaked_table(&mut self, at: usize) {
        let text = self.input.text;
        let quote = [' ', '\t', '>', '\r'];
        let (before, line) = (&text[..at], self.line_from(at));
        let is_start = is_line_start(before);
        let above = before.trim_end_matches(quote).strip_suffix('\n').unwrap_or_default();
        let is_top = above.rsplit('\n').next().is_none_or(|above| above.trim_matches(quote).is_empty());
        let next = at + line.len() + 1;
        if !is_start || !is_top || next >= text.len() {
            return;
        }
        let below = self.line_from(next).trim_end();
        let marks = below.len() - below.trim_start_matches(quote).len();
        if let Some((range, right)) = foreign::table(line.trim_end(), &below[marks..]) {
            let second = line.len() + 1;
            let leak = Leak::new(0..line.trim_end().len(), "a table");
            // Inside a quote, a new line would want its marks.
            self.leak(at, if marks > 0 { leak } else { leak.right(second + range.start..second + range.end, right) });
        }
    }

    /// Reports an attribute list at the end of a heading that the parser took off and nobody understands.
    pub(crate) fn report_lost_attributes(&mut self, at: usize) {
        if let Some(leak) = foreign::broken_attributes(self.near(at).trim_end()) {
            self.leak(at, leak);
        }
    }

    /// The rest of a line.
    fn line_from(&self, at: usize) -> &'a str {
        self.input.text[at..].split('\n').next().unwrap_or_default()
    }

    /// The rest of a line, as far as one construct may go: a line may hold any number of marks.
    fn near(&self, at: usize) -> &'a str {
        let text = self.input.text;
        let end = text.floor_char_boundary(at + LONGEST);
        text[at..end].split('\n').next().unwrap_or_default()
    }

    /// Reports what starts with the bracket at a place, when it was meant as something.
    pub(crate) fn report_leaked_brackets(&mut self, at: usize) {
        let before = &self.input.text[self.input.text.floor_char_boundary(at.saturating_sub(LONGEST))..at];
        let before = before.rsplit('\n').next().unwrap_or_default();
        if let Some(leak) = foreign::brackets(before, self.near(at)) {
            self.leak(at, leak);
        }
    }

    /// Reports what starts with the brace at a place, when there is something: another tool's construct, or an
    /// attribute list.
    pub(crate) fn report_leaked_braces(&mut self, at: usize, end: usize) {
        let line = self.near(at);
        let in_heading = || foreign::broken_attributes(line.trim_end()).filter(|_| !self.headings.is_empty());
        // GitHub's expressions, TeX, and what the author escaped mean themselves; a line that starts so is reported already.
        let before = self.input.text.part(..at);
        let means_itself = before.ends_with(['$', '\\', '{']) || is_argument(before);
        let is_reported = line.starts_with("{{#") && is_line_start(before);
        let expression = || foreign::expression(line).filter(|_| !means_itself && !is_reported);
        match foreign::braces(line).or_else(in_heading).or_else(expression) {
            Some(leak) => self.leak(at, leak),
            None => self.report_leaked_attributes(at, end),
        }
    }

    fn report_leaked_attributes(&mut self, at: usize, end: usize) {
        if is_argument(&self.input.text[..at]) {
            return;
        }
        if let Some((_, length)) = Attributes::read(&self.input.text[at..end]) {
            self.leaked(at..at + length, "an attribute list");
        }
    }

    /// Reports a shortcode that stands for nothing. Single words between colons are common; joined ones are not.
    pub(crate) fn report_leaked_shortcode(&mut self, name: &str, range: Range<usize>) {
        let mut words = name.split(['-', '_']);
        let is_joined =
            name.contains(['-', '_']) && words.all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        if is_joined && range.start >= self.leaked_until {
            self.leaked(range, "an icon or emoji");
        }
    }

    /// Reports a block between two rules that reads as front matter: only the first block of a file is.
    pub(crate) fn report_second_front_matter(&mut self, rule: &Range<usize>) {
        let text = &self.input.text[rule.start..];
        let Some(inner) = text.strip_prefix("---\n") else { return };
        if let Some(length) = front_matter_length(inner) {
            let what = if self.is_first_to_be_seen(rule.start) { LATE_FRONT_MATTER } else { SECOND_FRONT_MATTER };
            self.leaked(rule.start..rule.start + 4 + length + 3, what);
        }
    }

    /// Whether nothing of the file stands before a place but blanks and comments.
    fn is_first_to_be_seen(&self, at: usize) -> bool {
        let mut before = self.input.text[..at].trim_start();
        while let Some((_, rest)) = before.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
            before = rest.trim_start();
        }
        // A byte order mark is no text; what is longer was front matter.
        before.trim_matches('\u{feff}').trim().is_empty() && self.span(0..0).start <= 3
    }

    fn leaked(&mut self, range: Range<usize>, what: &str) {
        self.leak(range.start, Leak::new(0..range.len(), what));
    }

    /// Reports what was met at a mark.
    fn leak(&mut self, at: usize, leak: Leak<'_>) {
        let Leak { range, back, what, right } = leak;
        let range = at - back..at + range.end;
        let text = self.input.text[range.clone()].lines().next().unwrap_or_default();
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
            API => {
                "plugins are not supported: generate Markdown files with its tool and mount them, or link to its pages"
            }
            FORMULA => "to render formulas, set `math = true` in `[markdown]` in book.toml",
            "a table of contents" => "remove it: every page shows its table of contents",
            "a wiki link" => "link to the page by its path: `[text](page.md)`",
            "a shortcode" | "a template directive" | "an extension" => {
                "template languages are not supported: write it as Markdown"
            }
            "a template expression" => {
                "only names are replaced, as in `{{ name }}`; to show braces, write them as code"
            }
            "a heading" => "add a space after the `#`",
            "a table" => "its second line must consist of dashes, `|---|---|`, with as many cells as the first",
            "a link" => "write `[text](address)`",
            "a task list checkbox" => "write `- [ ] `",
            _ => "check its spelling, its indentation, and the blank line before it",
        };
        let span = self.span(range.clone());
        let fix = right.map(|(part, replacement)| {
            // What stands before the mark is a part of what is replaced.
            let start = if back > 0 { range.start } else { at + part.start };
            Fix::suggested(vec![Edit { span: self.span(start..at + part.end), replacement }])
        });
        self.found.push(LEAKED.at(span, message).help(help).fix_if(fix));
    }
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
