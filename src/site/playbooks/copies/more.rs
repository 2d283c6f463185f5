//! Whether a hand-written copy holds words that a block generated from the playbook would lose.

use super::table::StepColumns;
use crate::markdown::{Element, Table, TableCell};
use crate::playbook::{Playbook, Step, folded_name};
use crate::site::{Site, SitePlaybook, Target};
use crate::source::Located;

/// Whether the words of a strip are those of its playbook's steps, with nothing but arrows between them.
pub(super) fn is_shown_by(playbook: &Playbook, strip: &Element, labels: &[Located<String>]) -> bool {
    // Folding drops arrows and punctuation. What is longer than the labels then is words that a generated strip would
    // lose.
    let of_labels: usize = labels.iter().map(|label| folded_name(&label.value).len()).sum();
    labels.len() == playbook.steps.len()
        && labels.iter().zip(&playbook.steps).all(|(label, step)| is_name_of(&label.value, step))
        && folded_name(&strip.text).len() == of_labels
}

fn is_name_of(text: &str, step: &Step) -> bool {
    let text = folded_name(text);
    text == folded_name(&step.name.value) || text == folded_name(step.short_name())
}

impl Site {
    /// Whether a table of steps has no words but the numbers, names and templates of the steps.
    pub(super) fn is_table_shown_by(&self, entry: &SitePlaybook, table: &Table, columns: &StepColumns) -> bool {
        let known = [columns.number, columns.name, Some(columns.template)];
        let is_known = |column: usize| known.contains(&Some(column));
        let row = |(at, row): (usize, &Vec<TableCell>)| {
            let step = entry.playbook.step(at);
            // Authors call a template by its page's title, which may differ from the step's name.
            let title = match entry.templates.get(at).and_then(Option::as_ref).map(|template| &template.target) {
                Some(Target::Page(page, _)) => folded_name(&self.page(*page).title),
                _ => String::new(),
            };
            let text = |column: usize| row.get(column).map(|cell| cell.text.as_str()).unwrap_or_default();
            let template = text(columns.template);
            columns.name.is_none_or(|name| is_name_of(text(name), step))
                && (template.is_empty() || is_name_of(template, step) || folded_name(template) == title)
        };
        (0..table.header.len()).all(is_known)
            // Before the rows, which look up their step by position.
            && table.rows.len() == entry.playbook.steps.len()
            && table.rows.iter().enumerate().all(row)
    }
}
