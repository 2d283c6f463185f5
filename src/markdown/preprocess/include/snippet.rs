//! Include directives between scissors: `--8<-- "file"`, and blocks of files.

use super::directive::{IncludeDirective, starts_line, targets_at};
use crate::source::Part as _;

/// What follows `--8<--`, with any number of dashes, at the start of a line.
pub(super) fn after_scissors(line: &str) -> Option<&str> {
    let opened = line.trim_start_matches('-').strip_prefix("8<")?;
    let rest = opened.trim_start_matches('-');
    (line.starts_with('-') && rest.len() < opened.len()).then_some(rest)
}

/// `--8<-- "file:part"` on a line of its own, or the first line of a block of files
pub(super) fn read(text: &str, at: usize) -> Option<IncludeDirective> {
    if !starts_line(text, at) {
        return None;
    }
    let line = text.part(at..).lines().next()?.trim_end();
    let quoted = after_scissors(line)?.trim_start();
    if quoted.is_empty() {
        return block(text, at);
    }
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let target = quoted.part(1..).strip_suffix(quote)?;
    let targets = targets_at(at + line.len() - 1 - target.len(), target);
    Some(IncludeDirective::new(at..at + line.len(), targets))
}

/// Files between two lines of `--8<--`, each on a line. A semicolon takes one out.
fn block(text: &str, at: usize) -> Option<IncludeDirective> {
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
            return (!targets.is_empty()).then(|| IncludeDirective::new(at..start + name.len(), targets));
        }
        targets.extend(targets_at(start, name));
    }
    None
}
