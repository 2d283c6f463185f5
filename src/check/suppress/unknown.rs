//! `check/unknown-allow`: a comment that nobody understands.

use super::syntax::{NAME, VERBS};
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, nearest};
use crate::source::{Part as _, Span};

/// The rule.
pub static RULE: Rule = Rule::warning("check/unknown-allow", include_str!("unknown.md"));

/// A comment that names a rule that is none of the `known` ones.
pub(super) fn rule<'r>(name: &str, span: Span, known: impl IntoIterator<Item = &'r str>) -> Diagnostic {
    let finding = RULE.at(span, format!("unknown rule `{name}`"));
    suggest(finding, nearest(name, known), "run `partner-docs rules` to list all rules")
}

/// A comment that asks for something that there is not.
pub(super) fn verb(name: &str, span: Span) -> Diagnostic {
    let finding = RULE.at(span, format!("unknown action `{name}`"));
    suggest(finding, nearest(name, VERBS), "use `allow` for the next block, or `allow-file` for the whole file")
}

/// A comment that would allow something if it had its colon.
pub(super) fn no_colon(span: Span, verb: &str) -> Diagnostic {
    let fix = Fix::suggested(vec![Edit { span, replacement: format!("{NAME}: {verb}") }]);
    let message = format!("missing colon after `{NAME}`: this comment has no effect");
    RULE.at(span, message).help(format!("write `{NAME}: {verb}`")).fix(fix)
}

/// A comment whose name is nearly that of this program, up to its verb.
pub(super) fn name(name: &str, span: Span, verb: &str) -> Diagnostic {
    let fix = Fix::suggested(vec![Edit { span, replacement: format!("{NAME}: {verb}") }]);
    let message = format!("comments must start with `partner-docs:`, not `{name}`: this one has no effect");
    RULE.at(span, message).help(format!("write `{NAME}: {verb}`")).fix(fix)
}

/// A definition that was meant as a comment; `None` when it asks for nothing.
pub(super) fn definition(written: &str, span: Span) -> Option<Diagnostic> {
    let said = written.part(written.find(NAME)?..).trim_end_matches([')', '"', '\'']).trim_end();
    let verb = said.part(NAME.len()..).trim_start_matches([':', ' ', '-']);
    VERBS.iter().find(|asked| verb.starts_with(**asked))?;
    let fix = Fix::suggested(vec![Edit { span, replacement: format!("<!-- {said} -->") }]);
    let finding = RULE.at(span, "a link definition is not read as a comment: this one has no effect");
    Some(finding.help(format!("write `<!-- {said} -->`")).fix(fix))
}

/// A comment that names no rule.
pub(super) fn no_rule(span: Span) -> Diagnostic {
    RULE.at(span, "missing rule").help("name the rule to allow, and then the reason: `allow link/not-found until …`")
}

fn suggest(finding: Diagnostic, near: Option<&str>, help: &str) -> Diagnostic {
    match near {
        Some(near) => finding.suggest(near),
        None => finding.help(help),
    }
}
