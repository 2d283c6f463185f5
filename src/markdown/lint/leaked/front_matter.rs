//! Front matter that is none: only the first block of a file is.

use std::ops::Range;

use super::construct::{LATE_FRONT_MATTER, SECOND_FRONT_MATTER};
use super::place::Leak;
use super::report;
use crate::markdown::write::writer::Writer;
use crate::source::Part as _;

/// Reports a block between two rules that reads as front matter: only the first block of a file is.
pub(crate) fn report_second_front_matter(writer: &mut Writer<'_>, rule: &Range<usize>) {
    let text = writer.text().part(rule.start..);
    let Some(inner) = text.strip_prefix("---\n") else { return };
    if let Some(length) = front_matter_length(inner) {
        let what = if is_first_to_be_seen(writer, rule.start) { &LATE_FRONT_MATTER } else { &SECOND_FRONT_MATTER };
        report(writer, rule.start, Leak::new(0..4 + length + 3, what));
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
