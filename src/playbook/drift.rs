//! Copies of playbooks that were written by hand, held against the playbooks.
//! In: the labels of a strip, the rows of a table. Out: findings where order, template, number or name drifted.
//! Never knows: Markdown, pages, which copy belongs to which playbook.

mod align;
mod overview;
mod strip;
mod table;
#[cfg(test)]
mod tests;

pub use overview::{COUNT_MISMATCH, Counted, NOT_LISTED, Overview, OverviewRow, compare_overview};
pub use strip::{FLOW_ORDER, compare_strip};
pub use table::{TABLE_MISMATCH, TableRow, compare_table};

use super::Playbook;
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Located;

/// Steps as a message names them: by number and name.
fn named_steps(playbook: &Playbook, steps: std::ops::Range<usize>) -> String {
    let word = if steps.len() == 1 { "step" } else { "steps" };
    let name = |index: usize| format!("{} `{}`", index + 1, playbook.steps[index].name.value);
    format!("{word} {} of `{}`", steps.map(name).collect::<Vec<_>>().join(", "), playbook.id)
}

/// Repairs a cell that holds nothing but a number.
fn with_number(finding: Diagnostic, cell: &Located<String>, number: usize) -> Diagnostic {
    // `**5**` reads as 5: what the cell covers is then more than its text.
    let bare = cell.span.len() == cell.value.len() && cell.value.bytes().all(|byte| byte.is_ascii_digit());
    if bare { finding.fix(Fix::replace(cell.span, number.to_string())) } else { finding }
}
