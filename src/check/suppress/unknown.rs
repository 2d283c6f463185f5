//! `check/unknown-allow`: a comment that nobody understands.

use std::ops::Range;

use crate::check::registry;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, nearest};
use crate::source::{Part as _, SourceId, Span};

/// The rule.
pub static RULE: Rule = Rule::warning("check/unknown-allow", include_str!("unknown.md"));

/// What a comment can ask for.
pub(super) const VERBS: [&str; 2] = ["allow", "allow-file"];

/// A comment that names a rule that does not exist.
pub(super) fn rule(name: &str, span: Span) -> Diagnostic {
    let near = nearest(name, registry::rules().map(|rule| rule.code));
    let finding = RULE.at(span, format!("unknown rule `{name}`"));
    meant(finding, span, near, "run `partner-docs rules` to list all rules")
}

/// A comment that asks for something that there is not.
pub(super) fn verb(name: &str, span: Span) -> Diagnostic {
    let finding = RULE.at(span, format!("unknown action `{name}`"));
    meant(finding, span, nearest(name, VERBS), "use `allow` for the next block, or `allow-file` for the whole file")
}

/// A comment that would allow something if it had its colon.
pub(super) fn no_colon(span: Span, verb: &str) -> Diagnostic {
    let fix = Fix::suggested(vec![Edit { span, replacement: format!("{}: {verb}", super::NAME) }]);
    let message = format!("missing colon after `{}`: this comment has no effect", super::NAME);
    RULE.at(span, message).help(format!("write `{}: {verb}`", super::NAME)).fix(fix)
}

/// A comment whose name is nearly that of this program, up to its verb.
pub(super) fn name(name: &str, span: Span, verb: &str) -> Diagnostic {
    let fix = Fix::suggested(vec![Edit { span, replacement: format!("{}: {verb}", super::NAME) }]);
    let message = format!("comments must start with `partner-docs:`, not `{name}`: this one has no effect");
    RULE.at(span, message).help(format!("write `{}: {verb}`", super::NAME)).fix(fix)
}

/// A definition that was meant as a comment; `None` when it asks for nothing.
pub(super) fn definition(written: &str, (id, range): (SourceId, Range<usize>)) -> Option<Diagnostic> {
    let said = written.part(written.find(super::NAME)?..).trim_end_matches([')', '"', '\'']).trim_end();
    let verb = said.part(super::NAME.len()..).trim_start_matches([':', ' ', '-']);
    VERBS.iter().find(|asked| verb.starts_with(**asked))?;
    let span = Span::new(id, range);
    let fix = Fix::suggested(vec![Edit { span, replacement: format!("<!-- {said} -->") }]);
    let finding = RULE.at(span, "a link definition is not read as a comment: this one has no effect");
    Some(finding.help(format!("write `<!-- {said} -->`")).fix(fix))
}

/// A comment that names no rule.
pub(super) fn no_rule(span: Span) -> Diagnostic {
    RULE.at(span, "missing rule").help("name the rule to allow, and then the reason: `allow link/not-found until …`")
}

fn meant(finding: Diagnostic, span: Span, near: Option<&str>, help: &str) -> Diagnostic {
    match near {
        Some(near) => finding
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::suggested(vec![Edit { span, replacement: near.to_owned() }])),
        None => finding.help(help),
    }
}
