//! Syntax errors in words that an author can act on.
//! In: the parser's kind of error and the text to blame. Out: a finding with help, and a repair where one is sure.
//! Never knows: how the rest of the text is read.

use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use super::super::too_deep;
use super::culprit::Cause;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};
use crate::source::{Part as _, Span};

/// A finding for the text at `range`, which is to blame.
pub(super) fn explain(blame: &Cause, text: &str, range: Range<usize>, at: Span, rule: &'static Rule) -> Diagnostic {
    let culprit = text.part(range.clone());
    let span = at.part(range);
    let kind = match blame {
        Cause::Error(kind) => kind,
        Cause::UnlikeTheLinesBelow => {
            let finding = rule.at(span, format!("`{}` does not fit the lines below it", shortened(culprit)));
            return finding.help("is a colon missing, or is a line indented by mistake?");
        }
    };
    if *kind == ErrorKind::MappingValueNotAllowed && !culprit.starts_with(['"', '\'']) {
        return unquoted_colon(without_comment(culprit), span, rule);
    }
    let span = if *kind == ErrorKind::UnknownAnchor { span.part(0..first_word(culprit).len()) } else { span };
    let (message, help) = words(kind, &shortened(culprit));
    rule.at(span, message).help(help)
}

/// `title: Note: this`: by far the most frequent error in front matter.
fn unquoted_colon(value: &str, span: Span, rule: &'static Rule) -> Diagnostic {
    let span = span.part(0..value.len());
    let finding = rule.at(span, format!("`{value}` has a colon and no quotes around it"));
    let Some(quoted) = quoted(value) else { return finding.help("put the text in quotes") };
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

/// What a message can quote of a text: its beginning, when it is long.
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
            (format!("the quote `{first}` is never closed"), format!("write `{first}` at the end of the text as well"))
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '{' { '}' } else { ']' };
            (format!("the bracket `{open}` is never closed"), format!("write `{close}` at the end"))
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => (
            format!("`{culprit}` follows a closed quote"),
            "put the whole text in quotes; a `'` within `'…'` is written twice".to_owned(),
        ),
        ErrorKind::MappingValueNotAllowed => (
            format!("`{culprit}` goes on after its closing quote"),
            "put the whole text in quotes of one kind, with quotes of the other kind in it".to_owned(),
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("a text without quotes cannot begin with `{character}`"), "put it in quotes".to_owned())
        }
        ErrorKind::UnknownAnchor => {
            let alias = first_word(culprit);
            let name = alias.trim_start_matches('*');
            (
                format!("`{alias}` names no value"),
                format!("mark a value above with `&{name}`, or put the text in quotes"),
            )
        }
        ErrorKind::UnknownQuotedScalarEscape => (
            format!("`{culprit}` has an unknown escape"),
            "write a backslash twice, or put the text in single quotes".to_owned(),
        ),
        ErrorKind::SimpleKeyExpected => {
            (format!("`{culprit}` is neither a key nor an item of a list"), "write `key: value` or `- item`".to_owned())
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("a list cannot begin on the line of its key".to_owned(), "begin it on the next line".to_owned())
        }
        _ => words_on_blanks(kind, culprit),
    }
}

/// What is wrong with tabs and indentation, and all the rest.
fn words_on_blanks(kind: &ErrorKind, culprit: &str) -> (String, String) {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ("a tab indents this line".to_owned(), "indent with spaces".to_owned()),
        ErrorKind::RecursionLimitExceeded => (too_deep(), "make it flatter".to_owned()),
        ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::MappingKeyNotAllowed => (
            format!("`{culprit}` does not fit the lines above it"),
            "give the keys of one mapping, and the marks of one list, the same indentation".to_owned(),
        ),
        _ => (format!("`{culprit}` cannot be read: {kind}"), "is a quote or bracket left open above?".to_owned()),
    }
}
