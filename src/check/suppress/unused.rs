//! `check/unused-allow`: a comment that allows what is not there.

use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule::warning("check/unused-allow", include_str!("unused.md"));

/// The finding for a comment that suppressed nothing. `word` is the rule in it; `comment`, when it names no other, is
/// what is to be removed.
pub(super) fn finding(rule: &Rule, word: Span, comment: Option<Span>) -> Diagnostic {
    let finding = RULE
        .at(word, format!("unused allow: `{}` does not occur here", rule.code))
        .help("remove the comment, or move it directly before the finding");
    finding.fix_if(comment.map(|span| Fix::suggested(vec![Edit { span, replacement: String::new() }])))
}
