//! What a line is, as far as it tells by itself.

use super::block::{Opener, starts_with_mark};
use crate::markdown::lines::{CodeFence, list_content};

/// Whether a `<` precedes an offset, not too far away: on its line, or with no `>` since.
pub(super) fn is_in_tag(text: &str, at: usize) -> bool {
    let Some(before) = text.as_bytes().get(at.saturating_sub(1024)..at) else { return false };
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    memchr::memchr(b'<', line).is_some() || before.iter().rfind(|byte| matches!(byte, b'<' | b'>')) == Some(&b'<')
}

/// Whether a line may start a block of a dialect, after what surrounds it: that makes a text worth a pass.
pub(super) fn starts_dialect(line: &[u8]) -> bool {
    let is_around = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9');
    let around = line.iter().take_while(|byte| is_around(byte)).count();
    let Some((around, rest)) = line.split_at_checked(around) else { return false };
    match rest {
        // An abbreviation: `*[NDA]: …`.
        [b'[', ..] => around.ends_with(b"*"),
        // Even a single one: the parser would take `:rocket: Go` for a definition.
        [b':', ..] => true,
        [b'#', b'#', ..] => heading_without_blank(rest).is_some(),
        _ => starts_with_mark(rest),
    }
}

/// Where a line, after the marks of the author's quotes, starts with a colon that means itself: the parser takes
/// `:rocket: Go` for a definition.
pub(super) fn plain_colon(body: &str) -> Option<usize> {
    let quoted = if body.starts_with('>') { body.trim_start_matches(['>', ' ']) } else { body };
    let rest = quoted.strip_prefix(':')?;
    let is_table = rest.chars().all(|c| matches!(c, ':' | '-' | '|' | ' '));
    let is_plain = (!rest.starts_with(char::is_whitespace) && !is_table) || rest.starts_with("::");
    is_plain.then_some(body.len() - quoted.len())
}

/// Where a heading of the second level or below lacks the blank behind its marks, as Python-Markdown has it: `##Terms`.
/// A single mark begins a hashtag as well.
pub(super) fn heading_without_blank(line: &[u8]) -> Option<usize> {
    let marks = line.iter().take_while(|byte| **byte == b'#').count();
    // Only letters: `##[error]` is what a program says.
    let is_word = line.get(marks).is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    ((2..=6).contains(&marks) && is_word).then_some(marks)
}

/// Whether a line below a paragraph of a list item belongs to it, though it is not indented.
pub(super) fn continues_lazily(body: &str) -> bool {
    is_text(body)
        && list_content(body).is_none()
        && CodeFence::opened_by(body).is_none()
        && Opener::parse(body).is_none()
}

/// Whether a line that opens no block of a dialect, no code and no item is a paragraph's.
pub(super) fn is_text(body: &str) -> bool {
    let is_rule = |mark: char| body.chars().all(|c| c == mark || c == ' ');
    !body.is_empty() && !body.starts_with(['#', '>', '<', '|']) && !['-', '*', '_', '='].into_iter().any(is_rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_may_lack_their_blank_where_they_are_no_hashtags() {
        assert_eq!(heading_without_blank(b"##Terms"), Some(2));
        assert_eq!(heading_without_blank("###Über".as_bytes()), Some(3));
        for line in ["#Terms", "## Terms", "##[error] x", "##", "#######a", "###### "] {
            assert_eq!(heading_without_blank(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn what_begins_a_block_continues_no_paragraph() {
        assert!(continues_lazily("and the exit terms") && continues_lazily("**Net 30**"));
        for line in ["# a", "> a", "- a", "2. a", "```", "!!! note", "<div>", "---", "* * *"] {
            assert!(!continues_lazily(line), "{line}");
        }
    }
}
