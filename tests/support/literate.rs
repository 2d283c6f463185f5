//! Literate sites: Markdown in which fences are files and carets are findings.
//!
//! A fence whose info string is `LANG PATH` is a file of a small project. A line of carets in it points at the line
//! above and says what must be found there; it is taken out before the project is checked, so that places stay true.
//! A section without any file is prose.

use std::fmt::Write as _;

/// A small project under a heading.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// The heading.
    pub(crate) name: String,
    /// Path and text of each file.
    pub(crate) files: Vec<(String, String)>,
    /// What must be found, sorted.
    pub(crate) expected: Vec<Expected>,
}

/// A finding that must be there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Expected {
    /// Path of the file.
    pub(crate) file: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// First column, from 1, in characters.
    pub(crate) column: usize,
    /// One past the last column on that line.
    pub(crate) end_column: usize,
    /// `error[family/name]`
    pub(crate) rule: String,
    /// What the message must begin with.
    pub(crate) message: String,
}

/// The cases of a literate Markdown file.
#[must_use]
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = Case::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(std::mem::take(&mut case));
            name.trim().clone_into(&mut case.name);
        } else if let Some((fence, path)) = file_fence(line) {
            let body: Vec<&str> = lines.by_ref().take_while(|line| line.trim_end() != fence).collect();
            read_file(&mut case, path, &body);
        }
    }
    cases.push(case);
    cases.retain(|case| !case.files.is_empty());
    for case in &mut cases {
        case.expected.sort();
    }
    cases
}

/// The fence and the path of a line that opens a file.
fn file_fence(line: &str) -> Option<(&str, &str)> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    let (_, path) = line[ticks..].split_once(' ').filter(|_| ticks >= 3)?;
    path.contains(['.', '/']).then_some((&line[..ticks], path.trim()))
}

fn read_file(case: &mut Case, path: &str, body: &[&str]) {
    let mut text = String::new();
    let mut line = 0;
    for content in body {
        if let Some((column, end_column, rule, message)) = finding(content) {
            let file = path.to_owned();
            case.expected.push(Expected { file, line, column, end_column, rule, message });
        } else {
            let _ = writeln!(text, "{content}");
            line += 1;
        }
    }
    case.files.push((path.to_owned(), text));
}

/// Columns, rule and message of a line of carets.
fn finding(line: &str) -> Option<(usize, usize, String, String)> {
    let carets = line.trim_start_matches(' ');
    let column = line.len() - carets.len() + 1;
    let rest = carets.trim_start_matches('^');
    let end_column = column + (carets.len() - rest.len());
    let (rule, message) = rest.trim_start().split_once("]: ")?;
    let severity = ["error[", "warning[", "info["].iter().any(|severity| rule.starts_with(severity));
    (end_column > column && severity).then(|| (column, end_column, format!("{rule}]"), message.trim().to_owned()))
}
