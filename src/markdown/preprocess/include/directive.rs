//! What a directive says: the files that it names, and what of them, as all tools write it.

use std::ops::Range;

use crate::source::Part as _;

/// A directive. Ranges count from the start of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct IncludeDirective {
    /// All of it.
    pub whole: Range<usize>,
    /// What it names: one file, or those of a block one after the other.
    pub targets: Vec<IncludeTarget>,
    /// Levels to push headings down.
    pub heading_offset: usize,
    /// Whether the indentation goes that all of it has in its file.
    pub dedents: bool,
    /// The info string of the block of code that it asks to be shown in.
    pub shown_as: Option<String>,
    /// Whose words it is written in.
    pub dialect: Dialect,
}

impl IncludeDirective {
    /// A directive that names its files and asks for nothing else.
    pub(super) fn new(whole: Range<usize>, targets: Vec<IncludeTarget>) -> Self {
        Self { whole, targets, heading_offset: 0, dedents: false, shown_as: None, dialect: Dialect::Own }
    }
}

/// Whose words a directive is written in.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Dialect {
    /// Those of a tool for documentation.
    Own,
    /// `{% include "file" %}` and `{!file!}`, which template languages have as well: examples of these are shown in
    /// code.
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

/// Whether nothing but blanks and the marks of quotes precedes a place on its line.
pub(super) fn starts_line(text: &str, at: usize) -> bool {
    let before = text.part(..at).trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

/// `file:part`, or `file:1:3,5:6` with several parts of one file, which is at `start`.
pub(super) fn targets_at(start: usize, target: &str) -> Vec<IncludeTarget> {
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
pub(super) fn path_and_part(target: &str) -> (&str, &str) {
    if is_on_the_web(target) { (target, "") } else { target.split_once(':').unwrap_or((target, "")) }
}

/// Whether what a directive names is the address of something on the web.
pub(crate) fn is_on_the_web(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme);
    // One letter before the colon is a drive: `C://terms.md`.
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()))
        || target.starts_with("//")
}

/// `2:10`, `:10`, `2:` or the name of a section.
pub(super) fn part_of(text: &str) -> IncludedPart {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let number = |text: &str, default| if text.is_empty() { Some(default) } else { text.parse().ok() };
    match (number(first, 1), number(last, usize::MAX)) {
        _ if text.is_empty() => IncludedPart::Whole,
        (Some(first), Some(last)) => IncludedPart::Lines(first, last),
        _ => IncludedPart::Section(text.to_owned()),
    }
}
