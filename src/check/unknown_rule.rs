//! `config/unknown-rule`: a severity for a rule that does not exist.

use crate::diagnostic::{Diagnostic, Edit, Rule, nearest};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule::error("config/unknown-rule", include_str!("unknown_rule.md"));

/// The finding at a name in `[check]` that is not one of the `known` ones.
pub(super) fn finding<'r>(name: &Located<String>, known: impl IntoIterator<Item = &'r str>) -> Diagnostic {
    let finding = RULE.at(name.span, format!("unknown rule `{}`", name.value));
    match nearest(&name.value, known) {
        Some(better) => {
            let replacement = format!("\"{better}\"");
            finding.suggest_edit(better, Edit { span: name.span, replacement })
        }
        None => finding.help("run `partner-docs rules` to list all rules"),
    }
}
