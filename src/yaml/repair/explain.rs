//! Explains syntax errors in words that authors can act on.
//! In: the parser's error and the text at fault. Out: a finding with help, and a fix if it's certain.

use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use super::super::too_deep;
use super::culprit::Cause;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};
use crate::source::{Part as _, Span};

/// A finding for the text at `range`.
pub(super) fn explain(blame: &Cause, text: &str, range: Range<usize>, at: Span, rule: &'static Rule) -> Diagnostic {
    let culprit = text.part(range.clone());
    let span = at.part(range);
    let kind = match blame {
        Cause::Error(kind) => kind,
        Cause::UnlikeTheLinesBelow => {
            let finding = rule.at(span, format!("`{}` does not fit the lines below it", shortened(culprit)));
            return finding.help("check for a missing colon, or a line that is indented by mistake");
        }
    };
    if *kind == ErrorKind::MappingValueNotAllowed && !culprit.starts_with(['"', '\'']) {
        return unquoted_colon(without_comment(culprit), span, rule);
    }
    let span = if *kind == ErrorKind::UnknownAnchor { span.part(0..first_word(culprit).len()) } else { span };
    let (message, help) = words(kind, &shortened(culprit));
    rule.at(span, message).help(help)
}

/// `title: Note: this` is by far the most frequent error in front matter.
fn unquoted_colon(value: &str, span: Span, rule: &'static Rule) -> Diagnostic {
    let span = span.part(0..value.len());
    let finding = rule.at(span, format!("unquoted value with a colon: `{value}`"));
    let Some(quoted) = quoted(value) else { return finding.help("quote the value") };
    let help = format!("write `{quoted}`");
    finding.help(help).fix(Fix::suggested(vec![Edit { span, replacement: quoted }]))
}

fn quoted(value: &str) -> Option<String> {
    match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => Some(format!("\"{value}\"")),
        (true, false) => Some(format!("'{value}'")),
        (true, true) => None,
    }
}

fn without_comment(value: &str) -> &str {
    value.split(" #").next().unwrap_or_default().trim_end()
}

fn first_word(text: &str) -> &str {
    text.split([' ', '\t', ',', ']', '}']).next().unwrap_or_default()
}

/// The part of a text to quote in a message: its beginning, if it's long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.part(..end)),
        None => text.to_owned(),
    }
}

fn words(kind: &ErrorKind, culprit: &str) -> (String, String) {
    let first = culprit.chars().next().unwrap_or(' ');
    match kind {
        ErrorKind::UnclosedQuotedScalar => {
            (format!("unclosed quote `{first}`"), format!("add `{first}` at the end of the value"))
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '{' { '}' } else { ']' };
            (format!("unclosed bracket `{open}`"), format!("add `{close}` at the end"))
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => (
            format!("unexpected `{culprit}` after the closing quote"),
            "quote the whole value; inside `'…'`, write `''` for `'`".to_owned(),
        ),
        ErrorKind::MappingValueNotAllowed => (
            format!("unexpected text after the closing quote: `{culprit}`"),
            "quote the whole value with one kind of quotes, and use the other kind inside".to_owned(),
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("an unquoted value cannot start with `{character}`"), "quote the value".to_owned())
        }
        ErrorKind::UnknownAnchor => {
            let alias = first_word(culprit);
            let name = alias.trim_start_matches('*');
            (format!("undefined alias `{alias}`"), format!("mark a value above with `&{name}`, or quote this one"))
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            (format!("unknown escape in `{culprit}`"), "double the backslash, or use single quotes".to_owned())
        }
        ErrorKind::SimpleKeyExpected => {
            (format!("`{culprit}` is neither a key nor an item of a list"), "write `key: value` or `- item`".to_owned())
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("a list cannot start on the line of its key".to_owned(), "start it on the next line".to_owned())
        }
        _ => words_on_blanks(kind, culprit),
    }
}

/// Explains errors in tabs and indentation, and all others.
fn words_on_blanks(kind: &ErrorKind, culprit: &str) -> (String, String) {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ("this line is indented with a tab".to_owned(), "use spaces".to_owned()),
        ErrorKind::RecursionLimitExceeded => (too_deep(), "reduce the nesting".to_owned()),
        ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::MappingKeyNotAllowed => (
            format!("`{culprit}` does not fit the lines above it"),
            "use the same indentation for all keys of a mapping and all items of a list".to_owned(),
        ),
        _ => (format!("invalid YAML `{culprit}`: {kind}"), "check for an unclosed quote or bracket above".to_owned()),
    }
}
