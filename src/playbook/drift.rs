//! Compares hand-written copies of playbooks with the playbooks.
//! In: the chips of a strip, the rows of a table. Out: findings where order, template, number or name drifted; none
//! about what could not be read of a playbook's file.
//! Never knows: Markdown, pages, which copy belongs to which playbook.

mod align;
mod counted;
mod overview;
mod spelling;
mod strip;
mod table;
#[cfg(test)]
mod tests;

pub use counted::Counted;
pub use overview::{
    COUNT_MISMATCH, NOT_FOUND, NOT_LISTED, Overview, OverviewRow, Renamed, compare_overview, lists_playbooks,
};
pub use spelling::MISSPELT_STEP;
pub use strip::{Chip, FLOW_ORDER, compare_strip};
pub use table::{TABLE_MISMATCH, TableRow, compare_table};

use std::fmt::Display;

use super::{Playbook, Step};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Rule};
use crate::source::{Located, Span};

/// A copy that is not compared, because it is unclear which playbook it shows, or because it is too long.
pub static NOT_COMPARED: Rule = Rule::info("playbook/not-compared", include_str!("drift/not_compared.md"));

/// The finding in place of a comparison that would cost too much: the work grows with the product of the steps of the
/// copy and of the playbook.
fn too_long(at: Span, copy: (&str, usize), playbook: &Playbook) -> Option<Diagnostic> {
    let (what, steps) = (copy.0, copy.1.max(playbook.steps.len()));
    let message = format!("this {what} is too long to compare with `{}`: one of them has {steps} steps", playbook.id);
    let help = format!("the limit is {} steps", align::MOST_COMPARED);
    (steps > align::MOST_COMPARED).then(|| NOT_COMPARED.at(at, message).help(help))
}

/// What a template is known by, for links and playbooks alike: the same file is equal, however it was written.
pub trait Template: PartialEq + Display {
    /// The destination to write so that a link leads here, in the form in which it is written now; nothing when the
    /// link must not be changed.
    fn in_place_of(&self, link: &Self) -> Option<String>;
}

/// Steps as a message names them: by number and name.
fn named_steps(playbook: &Playbook, steps: std::ops::Range<usize>) -> String {
    let word = if steps.len() == 1 { "step" } else { "steps" };
    let name = |index: usize| format!("{} `{}`", playbook.step(index).number, playbook.step(index).name.value);
    format!("{word} {} of `{}`", steps.map(name).collect::<Vec<_>>().join(", "), playbook.id)
}

/// A link to a document that is not the step's template. The fix only changes the destination.
fn wrong_template<K: Template>(
    playbook: &Playbook,
    index: usize,
    link: &Located<K>,
    key: &K,
    rule: &'static Rule,
) -> Option<Diagnostic> {
    let template = playbook.step(index).template.as_ref().filter(|_| link.value != *key)?;
    let steps = named_steps(playbook, index..index + 1);
    // At the link and not at the label: the words may well be right, and only the destination is edited.
    let finding = rule.at(link.span, format!("{steps} uses `{}`, not `{}`", template.value, link.value));
    let finding = finding.help(format!("link `{key}`")).related(template.span, "declared here");
    let edit = key.in_place_of(&link.value).map(|replacement| Edit { span: link.span, replacement });
    Some(finding.fix_if(edit.map(|edit| Fix::suggested(vec![edit]))))
}

/// Adds a fix that replaces a short label with the step's name. A longer one may be the author's sentence and stays.
fn with_name(finding: Diagnostic, written: &Located<String>, step: &Step) -> Diagnostic {
    const MOST_WORDS: usize = 4;
    // `**Sign**` covers more bytes than it reads: an edit of its span would take the marks along.
    let is_bare = written.span.len() == written.value.len();
    let is_label = written.value.split_whitespace().count() <= MOST_WORDS && !written.value.ends_with(['.', '!', '?']);
    // In a page, `*` and `|` are Markdown; in the playbook they are part of the name.
    let is_plain =
        |text: &str| !text.contains(['|', '<', '>', '&', '[', ']', '*', '_', '`', '\\', '\n', '{', '}', '$']);
    if is_bare && is_label && is_plain(step.short_name()) {
        let edit = Edit { span: written.span, replacement: step.short_name().to_owned() };
        finding.fix(Fix::suggested(vec![edit]))
    } else {
        finding
    }
}

/// Repairs a cell that holds nothing but a number. It is certain when the whole playbook was read.
fn with_number(finding: Diagnostic, cell: &Located<String>, number: usize, playbook: &Playbook) -> Diagnostic {
    // `**5**` reads as 5: what the cell covers is then more than its text.
    let bare = cell.span.len() == cell.value.len() && cell.value.bytes().all(|byte| byte.is_ascii_digit());
    let applicability = if playbook.is_whole { Applicability::Safe } else { Applicability::Suggested };
    let edits = vec![Edit { span: cell.span, replacement: number.to_string() }];
    if bare { finding.fix(Fix { applicability, edits }) } else { finding }
}
