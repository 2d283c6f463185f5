//! Compares a hand-written step table with its playbook: numbers, names, templates and order.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use super::align::{Alignment, MissingSteps, RowPlace, align};
use super::spelling::PlaybookWords;
use super::{Template, named_steps, too_long, with_name, with_number, wrong_template};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::playbook::flow::ComparedWords;
use crate::playbook::{Playbook, Step, StepsRead};
use crate::source::{Located, Span};

/// A step table that differs from its playbook.
pub static TABLE_MISMATCH: Rule = Rule::error("playbook/table-mismatch", include_str!("table_mismatch.md"));

/// A row of a step table. `K` is what a template is known by, for links and playbooks alike: the same file gives
/// equal keys, however it was written.
#[derive(Clone, Debug)]
pub struct TableRow<K> {
    /// For findings about the row as a whole: its first cell that is not empty.
    pub span: Span,
    /// The cell with the step's number.
    pub number: Option<Located<String>>,
    /// The template that the row links. Dead links are `None`: they have a finding of their own.
    pub template: Option<Located<K>>,
    /// The cell with the step's name; not the title of its template.
    pub name: Option<Located<String>>,
    /// Whether it has as many cells as the table has columns. In other rows, cells may be in the wrong column.
    pub is_whole: bool,
}

/// Compares the rows of a table with the steps of its playbook; `key_of` gives the template of a step, unless it
/// has none or its file is missing.
#[must_use]
pub fn compare_table<K: Template>(
    rows: &[TableRow<K>],
    playbook: &Playbook,
    key_of: impl Fn(usize) -> Option<K>,
) -> Diagnostics {
    if playbook.steps_read == StepsRead::None {
        return Diagnostics::new();
    }
    let too_long = rows.first().and_then(|row| too_long(row.span, ("table", rows.len()), playbook));
    if let Some(finding) = too_long {
        return vec![finding];
    }
    let table = StepTable {
        rows,
        playbook,
        keys: (0..playbook.steps.len()).map(key_of).collect(),
        row_words: rows.iter().map(|row| row.name.as_ref().map(|name| ComparedWords::of(&name.value))).collect(),
        step_words: playbook.steps.iter().map(ComparedWords::of_step).collect(),
    };
    let alignment = align(rows.len(), playbook.steps.len(), |row, step| table.affinity(row, step));
    let Alignment { places, missing } = alignment.limited_to_read(playbook, Step::is_whole);
    let mut found: Diagnostics =
        places.iter().enumerate().filter_map(|(row, place)| table.misplaced(row, *place)).collect();
    found.extend(missing.iter().filter_map(|missing| table.left_out(missing)));
    // If rows are missing or moved, their numbers are wrong as well: one cause, one finding.
    if found.is_empty() && playbook.steps_read == StepsRead::All {
        // Only the first: after an inserted row, all numbers below are off by one.
        found.extend((0..rows.len()).find_map(|row| table.wrong_number(row)));
        found.extend(table.unnumbered());
    }
    let mut known = PlaybookWords::of(playbook);
    found.extend(rows.iter().zip(&places).filter_map(|(row, place)| match place {
        RowPlace::Step(step) | RowPlace::Moved(step) => known.misspelt(row.name.as_ref()?, *step),
        RowPlace::InPlaceOf(_) | RowPlace::Extra | RowPlace::Unknown => None,
    }));
    found
}

struct StepTable<'a, K> {
    rows: &'a [TableRow<K>],
    playbook: &'a Playbook,
    keys: Vec<Option<K>>,
    row_words: Vec<Option<ComparedWords>>,
    step_words: Vec<ComparedWords>,
}

impl<K: Template> StepTable<'_, K> {
    fn row(&self, at: usize) -> &TableRow<K> {
        &self.rows[at]
    }

    fn words_of(&self, step: usize) -> &ComparedWords {
        &self.step_words[step]
    }

    /// The template that a step declares, where it was found.
    fn key(&self, step: usize) -> Option<&K> {
        self.keys.get(step)?.as_ref()
    }

    /// A template says more than any name. A row that says nothing fits every step a little.
    fn affinity(&self, row: usize, step: usize) -> u32 {
        // Out of reach for names, whose affinity ends at 10,000.
        const TEMPLATE: u32 = 1_000_000;
        // An empty row takes whichever step is left, instead of counting as one too many.
        const ANY: u32 = 1;
        let name = self.row_words.get(row).and_then(Option::as_ref).map(|words| words.affinity(self.words_of(step)));
        match (&self.row(row).template, self.key(step)) {
            (Some(link), Some(key)) if link.value == *key => TEMPLATE + name.unwrap_or(0),
            (Some(_), Some(_)) => name.unwrap_or(0),
            (Some(_), None) if self.has_no_template(step) => name.unwrap_or(0),
            _ if !self.playbook.step(step).is_whole() => name.unwrap_or(ANY).max(ANY),
            _ => name.unwrap_or(ANY),
        }
    }

    /// Whether a step has no template, and that is known.
    fn has_no_template(&self, step: usize) -> bool {
        let step = self.playbook.step(step);
        step.template.is_none() && step.has_template_read
    }

    fn misplaced(&self, row: usize, place: RowPlace) -> Option<Diagnostic> {
        let id = &self.playbook.id;
        match place {
            // Uneven rows have a finding of their own, and their cells may be in the wrong columns.
            _ if !self.row(row).is_whole => None,
            RowPlace::Step(step) => self.differs(row, step),
            RowPlace::Unknown => None,
            RowPlace::InPlaceOf(step) => self.differs(row, step).or_else(|| {
                let steps = named_steps(self.playbook, step..step + 1);
                Some(TABLE_MISMATCH.at(self.row(row).span, format!("this row is not {steps}")))
            }),
            RowPlace::Moved(step) => {
                let what = self.words_for(row);
                let number = self.playbook.step(step).number;
                let message = format!("{what} is out of order: it is step {number} of `{id}`");
                let finding = TABLE_MISMATCH.at(self.place_of(row), message);
                let help = format!("move the row to position {number}");
                Some(finding.help(help).related(self.playbook.step(step).name.span, format!("step {number}")))
            }
            RowPlace::Extra => {
                let message = format!("{} is not a step of `{id}`", self.words_for(row));
                let finding = TABLE_MISMATCH.at(self.place_of(row), message);
                Some(finding.help("remove the row, or add the step to the playbook"))
            }
        }
    }

    /// Where a row and its step disagree: in the template, else in the name.
    fn differs(&self, row: usize, step: usize) -> Option<Diagnostic> {
        let row = self.row(row);
        let steps = named_steps(self.playbook, step..step + 1);
        let declared = self.playbook.step(step);
        match (&row.template, &declared.template, self.key(step)) {
            (Some(link), Some(_), Some(key)) if link.value != *key => {
                return wrong_template(self.playbook, step, link, key, &TABLE_MISMATCH);
            }
            (Some(link), None, _) if declared.has_template_read => {
                let finding = TABLE_MISMATCH.at(link.span, format!("{steps} has no template, not `{}`", link.value));
                let help = "remove the link, or give the step its template";
                return Some(finding.help(help).related(declared.name.span, "declared here"));
            }
            _ => {}
        }
        let name = row.name.as_ref().filter(|_| declared.is_named)?;
        if ComparedWords::of(&name.value).affinity(self.words_of(step)) > 0 {
            return None;
        }
        let finding = TABLE_MISMATCH.at(name.span, format!("`{}` does not match {steps}", name.value));
        let help = format!("write `{}`, or words from it", declared.short_name());
        Some(with_name(finding.help(help).related(declared.name.span, "declared here"), name, declared))
    }

    fn left_out(&self, missing: &MissingSteps) -> Option<Diagnostic> {
        let (row, side) = match missing.before.checked_sub(1) {
            Some(before) => (self.rows.get(before)?, "after"),
            None => (self.rows.first()?, "before"),
        };
        let steps = named_steps(self.playbook, missing.steps.clone());
        let finding = TABLE_MISMATCH.at(row.span, format!("missing row: {steps} {side} this row"));
        let first = self.playbook.step(missing.steps.start);
        Some(finding.help("add the row").related(first.name.span, "this step"))
    }

    fn wrong_number(&self, row: usize) -> Option<Diagnostic> {
        let cell = self.row(row).number.as_ref()?;
        let written: usize = digits(&cell.value)?.parse().ok()?;
        if written == row + 1 {
            return None;
        }
        let steps = named_steps(self.playbook, row..row + 1);
        let finding = TABLE_MISMATCH.at(cell.span, format!("wrong number `{}` for {steps}", cell.value));
        let finding = finding.help(format!("write `{}`", row + 1));
        Some(with_number(finding, cell, row + 1, self.playbook))
    }

    /// Rows without a number where most have one, and each row is a step.
    fn unnumbered(&self) -> Diagnostics {
        let numbered = self.rows.iter().filter(|row| row.number.is_some()).count();
        // Where most rows have no number, the column is not about numbers.
        if numbered * 2 <= self.rows.len() || self.rows.len() != self.playbook.steps.len() {
            return Diagnostics::new();
        }
        let bare = self.rows.iter().enumerate().filter(|(_, row)| row.number.is_none() && row.is_whole);
        let finding = |(at, row): (usize, &TableRow<K>)| {
            let steps = named_steps(self.playbook, at..at + 1);
            let finding = TABLE_MISMATCH.at(row.span, format!("the row of {steps} has no number"));
            finding.help(format!("write `{}` in its first cell", at + 1))
        };
        bare.map(finding).collect()
    }

    /// What a row is recognised by: its template, its name, or that it is a row.
    fn words_for(&self, row: usize) -> String {
        let TableRow { template, name, .. } = self.row(row);
        let name = || name.as_ref().map(|name| format!("`{}`", name.value));
        template.as_ref().map(|link| format!("`{}`", link.value)).or_else(name).unwrap_or("this row".to_owned())
    }

    fn place_of(&self, row: usize) -> Span {
        let TableRow { template, name, span, .. } = self.row(row);
        let name = || name.as_ref().map(|name| name.span);
        template.as_ref().map(|link| link.span).or_else(name).unwrap_or(*span)
    }
}

/// The number in a cell: `3`, `3.`, `Step 3`.
fn digits(cell: &str) -> Option<&str> {
    cell.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())
}
