//! The syntax of include directives: `{{#include}}`, `--8<--` and `include-markdown`.

use crate::source::Part as _;
use std::ops::Range;

/// A directive. Ranges count from the start of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct IncludeDirective {
    /// All of it.
    pub whole: Range<usize>,
    /// What it names: one file, or those of a block one after the other.
    pub targets: Vec<IncludeTarget>,
    /// Levels to push headings down.
    pub heading_offset: usize,
    /// Whether each line gets what precedes the directive on its own line.
    pub indented: bool,
    /// Whose words it is written in.
    pub dialect: Dialect,
}

/// Whose words a directive is written in.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Dialect {
    /// Those of a tool for documentation.
    Own,
    /// `{% include "file" %}`, which template languages have as well: examples of these are shown in code.
    Shared,
}

/// A file that a directive names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct IncludeTarget {
    /// Its path alone.
    pub path: Range<usize>,
    pub part: IncludedPart,
}

/// What of a file is included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum IncludedPart {
    Whole,
    /// From the first to the last line, counted from 1.
    Lines(usize, usize),
    /// What is between the marks of this name.
    Section(String),
    /// What comes after the first text and before the second.
    Between(Option<String>, Option<String>),
}

/// What every directive holds one of.
pub(super) const TRIGGERS: [&str; 3] = ["{{#", "-8<-", "{%"];

/// A directive ends within this many bytes, or it is none.
const LONGEST: usize = 2_048;

/// The next place at or after `at` where a directive may start.
pub(crate) fn next(text: &str, at: usize) -> Option<usize> {
    let starts = |place: &usize| {
        let rest = text.part(*place..);
        rest.starts_with("{{#")
            || rest.starts_with("{%")
            || (rest.starts_with('-') && !text.part(..*place).ends_with('-') && after_scissors(rest).is_some())
    };
    memchr::memchr2_iter(b'{', b'-', text.part(at..).as_bytes()).map(|offset| at + offset).find(starts)
}

/// The directive that starts at `at`.
pub(crate) fn read(text: &str, at: usize) -> Option<IncludeDirective> {
    // What is shown as code is an example; a mark in front takes the meaning away.
    if text.part(..at).ends_with(['`', '\\', ';']) {
        return None;
    }
    let text = text.part(..longest_end(text, at));
    if text.part(at..).starts_with("{{#") {
        mdbook(text, at)
    } else if text.part(at..).starts_with('-') {
        snippet(text, at)
    } else {
        include_markdown(text, at)
    }
}

/// The mark right before `at` that has a directive shown instead of read: a backslash, or a semicolon before
/// `--8<--`.
pub(crate) fn escape(text: &str, at: usize) -> Option<char> {
    let mark = text.part(..at).chars().next_back()?;
    if !matches!(mark, '\\' | ';') {
        return None;
    }
    let rest = text.part(at..longest_end(text, at));
    let line = rest.lines().next().unwrap_or_default();
    let is_shown = match mark {
        '\\' => (line.starts_with("{{#") && line.contains("}}")) || line.starts_with("{%"),
        ';' => starts_line(text, at - 1) && after_scissors(line).is_some(),
        _ => false,
    };
    is_shown.then_some(mark)
}

/// One past the last byte that a directive at `at` may hold.
fn longest_end(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at + LONGEST)
}

/// Whether only spaces and tabs precede a place on its line.
fn starts_line(text: &str, at: usize) -> bool {
    let before = text.part(..at).trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

/// `{{#include file:part}}`
fn mdbook(text: &str, at: usize) -> Option<IncludeDirective> {
    if !["include ", "rustdoc_include "].iter().any(|name| text.part(at + 3..).starts_with(name)) {
        return None;
    }
    // mdBook's `rustdoc_include` keeps the other lines of the file, hidden; here they are left out.
    let end = at + text.part(at..).find("}}").filter(|end| !text.part(at..at + end).contains('\n'))?;
    let inner = text
        .part(at..end)
        .strip_prefix("{{#include")
        .or_else(|| text.part(at..end).strip_prefix("{{#rustdoc_include"))?;
    let target = inner.strip_prefix(' ')?.trim();
    let start = end - inner.trim_start().len();
    let (path, part) = path_and_part(target);
    let targets = vec![IncludeTarget { path: start..start + path.len(), part: part_of(part) }];
    let directive =
        IncludeDirective { whole: at..end + 2, targets, heading_offset: 0, indented: false, dialect: Dialect::Own };
    (!path.is_empty()).then_some(directive)
}

/// `{{#title text}}` at a place, which says what the page is called: all of it with its line break, and the text.
pub(crate) fn title(text: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let inner = text.part(at..).strip_prefix("{{#title ")?;
    let length = inner.lines().next()?.find("}}").filter(|_| starts_line(text, at))?;
    let start = at + "{{#title ".len();
    let end = start + length + "}}".len();
    let line_break =
        text.part(end..).len() - text.part(end..).trim_start_matches([' ', '\r']).strip_prefix('\n')?.len();
    Some((at..end + line_break, start..start + length))
}

/// What follows `--8<--`, with any number of dashes, at the start of a line.
fn after_scissors(line: &str) -> Option<&str> {
    let opened = line.trim_start_matches('-').strip_prefix("8<")?;
    let rest = opened.trim_start_matches('-');
    (line.starts_with('-') && rest.len() < opened.len()).then_some(rest)
}

/// `--8<-- "file:part"` on a line of its own, or the first line of a block of files
fn snippet(text: &str, at: usize) -> Option<IncludeDirective> {
    if !starts_line(text, at) {
        return None;
    }
    let line = text.part(at..).lines().next()?.trim_end();
    let quoted = after_scissors(line)?.trim_start();
    if quoted.is_empty() {
        return snippet_block(text, at);
    }
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let target = quoted.part(1..).strip_suffix(quote)?;
    let targets = targets_at(at + line.len() - 1 - target.len(), target);
    Some(IncludeDirective {
        whole: at..at + line.len(),
        targets,
        heading_offset: 0,
        indented: true,
        dialect: Dialect::Own,
    })
}

/// Files between two lines of `--8<--`, each on a line. A semicolon takes one out.
fn snippet_block(text: &str, at: usize) -> Option<IncludeDirective> {
    let mut targets = Vec::new();
    let mut place = at;
    for (index, line) in text.part(at..).split_inclusive('\n').enumerate() {
        let start = place + (line.len() - line.trim_start().len());
        let name = line.trim();
        place += line.len();
        if index == 0 || name.is_empty() || name.starts_with(';') {
            continue;
        }
        if after_scissors(name) == Some("") {
            let whole = at..start + name.len();
            return (!targets.is_empty()).then_some(IncludeDirective {
                whole,
                targets,
                heading_offset: 0,
                indented: true,
                dialect: Dialect::Own,
            });
        }
        targets.extend(targets_at(start, name));
    }
    None
}

/// `file:part`, or `file:1:3,5:6` with several parts of one file, which is at `start`.
fn targets_at(start: usize, target: &str) -> Vec<IncludeTarget> {
    let (path, part) = path_and_part(target);
    let path = start..start + path.len();
    // A section may be called `a,b`, so only lists of numbers are taken apart.
    let parts: Vec<IncludedPart> = part.split(',').map(|part| part_of(part.trim())).collect();
    if parts.iter().all(|part| matches!(part, IncludedPart::Lines(..))) {
        return parts.into_iter().map(|part| IncludeTarget { path: path.clone(), part }).collect();
    }
    vec![IncludeTarget { path, part: part_of(part) }]
}

/// The path in `path:part`. The colon of a web address belongs to it.
fn path_and_part(target: &str) -> (&str, &str) {
    if is_on_the_web(target) { (target, "") } else { target.split_once(':').unwrap_or((target, "")) }
}

/// Whether what a directive names is the address of something on the web.
pub(super) fn is_on_the_web(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme);
    // One letter before the colon is a drive: `C://terms.md`.
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()))
        || target.starts_with("//")
}

/// `{% include-markdown "file" start="…" end="…" heading-offset=1 %}`
fn include_markdown(text: &str, at: usize) -> Option<IncludeDirective> {
    if !text.part(at + 2..).trim_start().starts_with("include") {
        return None;
    }
    let end = at + text.part(at..).find("%}")?;
    let inner = text.part(at..end).strip_prefix("{%")?.trim_start();
    let own = inner.strip_prefix("include-markdown");
    let dialect = if own.is_some() { Dialect::Own } else { Dialect::Shared };
    let inner = own.or_else(|| inner.strip_prefix("include"))?;
    let quoted = inner.trim_start();
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (path, options) = quoted.part(1..).split_once(quote)?;
    let start = end - quoted.len() + 1;
    let (from, to) = (option(options, "start"), option(options, "end"));
    let part = if from.is_none() && to.is_none() { IncludedPart::Whole } else { IncludedPart::Between(from, to) };
    Some(IncludeDirective {
        whole: at..end + 2,
        targets: vec![IncludeTarget { path: start..start + path.len(), part }],
        heading_offset: option(options, "heading-offset").and_then(|levels| levels.parse().ok()).unwrap_or(0),
        indented: true,
        dialect,
    })
}

/// The value of an option of `include-markdown`.
fn option(options: &str, name: &str) -> Option<String> {
    let (_, after) = options.split_once(&format!("{name}="))?;
    let value = match after.chars().next()? {
        quote @ ('"' | '\'') => after.part(1..).split(quote).next()?,
        _ => after.split_whitespace().next()?,
    };
    Some(value.replace("\\n", "\n"))
}

/// `2:10`, `:10`, `2:` or the name of a section.
fn part_of(text: &str) -> IncludedPart {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let number = |text: &str, default| if text.is_empty() { Some(default) } else { text.parse().ok() };
    match (number(first, 1), number(last, usize::MAX)) {
        _ if text.is_empty() => IncludedPart::Whole,
        (Some(first), Some(last)) => IncludedPart::Lines(first, last),
        _ => IncludedPart::Section(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, &str, IncludedPart) {
        let directive = read(text, next(text, 0).unwrap()).unwrap();
        let [target] = &directive.targets[..] else { panic!("not one file: {text}") };
        (&text[directive.whole.clone()], &text[target.path.clone()], target.part.clone())
    }

    #[test]
    fn directives_of_three_tools_are_read() {
        assert_eq!(
            parts("a {{#include nda.md:2:5}} b"),
            ("{{#include nda.md:2:5}}", "nda.md", IncludedPart::Lines(2, 5))
        );
        assert_eq!(
            parts("{{#include a.rs:sign}}"),
            ("{{#include a.rs:sign}}", "a.rs", IncludedPart::Section("sign".into()))
        );
        assert_eq!(parts("  --8<-- \"nda.md\"\n"), ("--8<-- \"nda.md\"", "nda.md", IncludedPart::Whole));
        assert_eq!(parts("-8<- 'nda.md'"), ("-8<- 'nda.md'", "nda.md", IncludedPart::Whole));
        let (_, path, part) = parts("{%\n  include-markdown \"nda.md\"\n  start=\"<!-- a -->\" heading-offset=2\n%}");
        assert_eq!((path, part), ("nda.md", IncludedPart::Between(Some("<!-- a -->".into()), None)));
    }

    #[test]
    fn a_block_names_several_files() {
        let text = "--8<--\n\nnda.md\n; draft.md\n  terms.md:2:5\n--8<--\nafter";
        let directive = read(text, 0).unwrap();
        let paths: Vec<_> = directive.targets.iter().map(|target| (&text[target.path.clone()], &target.part)).collect();
        assert_eq!(paths, [("nda.md", &IncludedPart::Whole), ("terms.md", &IncludedPart::Lines(2, 5))]);
        assert!(text[directive.whole].ends_with("5\n--8<--"));
    }

    #[test]
    fn several_parts_of_a_file_are_one_after_the_other() {
        let parts =
            |text: &str| read(text, 0).unwrap().targets.into_iter().map(|target| target.part).collect::<Vec<_>>();
        assert_eq!(parts("--8<-- \"nda.md:1:3,5:6\""), [IncludedPart::Lines(1, 3), IncludedPart::Lines(5, 6)]);
        assert_eq!(parts("--8<-- \"nda.md:a,b\""), [IncludedPart::Section("a,b".into())]);
    }

    #[test]
    fn what_is_shown_is_not_read() {
        for text in ["`{{#include a}}`", "\\{{#include a}}", ";--8<-- \"a\"", "x --8<-- \"a\"", "{% raw %}", "{{#if}}"]
        {
            assert_eq!(read(text, next(text, 0).unwrap()), None, "{text}");
        }
        let mark = |text: &str| escape(text, next(text, 0).unwrap());
        assert_eq!((mark("\\{{#include a}}"), mark("  ;--8<-- \"a\"")), (Some('\\'), Some(';')));
        assert_eq!((mark("\\{{#include"), mark("so;--8<-- \"a\""), mark("{{#a}}")), (None, None, None));
    }
}
