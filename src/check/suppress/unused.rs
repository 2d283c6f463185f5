//! `check/unused-allow`: a comment that allows what is not there.

use super::Allow;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};

/// The rule.
pub static RULE: Rule = Rule::warning("check/unused-allow", include_str!("unused.md"));

/// The finding for a comment that silenced nothing.
pub(super) fn finding(allow: &Allow) -> Diagnostic {
    let finding = RULE
        .at(allow.word, format!("unused allow: `{}` does not occur here", allow.rule.code))
        .help("remove the comment, or move it directly before the finding");
    if allow.is_only {
        finding.fix(Fix::suggested(vec![Edit { span: allow.comment, replacement: String::new() }]))
    } else {
        finding
    }
}
