//! Overview tables that were written by hand.
//! In: the rows of a table and all playbooks. Out: findings where a number is wrong or a playbook is left out.
//! Never knows: Markdown, where the table stands.

use std::collections::BTreeSet;

use super::with_number;
use crate::diagnostic::{Diagnostic, Findings, Rule, nearest};
use crate::playbook::{Playbook, Step};
use crate::text::{Located, Span};

/// A number of steps or templates that is not the playbook's.
pub static COUNT_MISMATCH: Rule = Rule::error("playbook/count-mismatch", include_str!("count_mismatch.md"));
/// A playbook that an overview leaves out.
pub static NOT_LISTED: Rule = Rule::warning("playbook/not-listed", include_str!("not_listed.md"));

/// A table that lists playbooks with numbers.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Where findings about the table as a whole stand: the head of the column of playbooks.
    pub span: Span,
    /// What its numbers count.
    pub counted: Counted,
    /// Its rows.
    pub rows: Vec<OverviewRow>,
}

/// A row of an overview.
#[derive(Clone, Debug)]
pub struct OverviewRow {
    /// The cell that names the playbook: by id or by name.
    pub playbook: Located<String>,
    /// The cell with the number.
    pub count: Option<Located<String>>,
}

/// What the numbers of an overview count.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Counted {
    /// All steps.
    Steps,
    /// The steps that have a template, or the documents they fill in: an exit whose first and last step fill in the
    /// same checklist is listed with four templates by one team, with three by another.
    Templates,
}

impl Counted {
    /// What a column counts, by the words at its head: `Steps`, `Templates`, `# of templates`.
    #[must_use]
    pub fn of_column(head: &str) -> Option<Self> {
        let head = head.to_lowercase();
        if head.contains("template") || head.contains("document") {
            Some(Self::Templates)
        } else if head.contains("step") {
            Some(Self::Steps)
        } else {
            None
        }
    }

    fn count(self, playbook: &Playbook) -> usize {
        let counts = |step: &&Step| self == Self::Steps || step.template.is_some();
        playbook.steps.iter().filter(counts).count()
    }

    /// Whether a number is right. Teams count templates both ways: once for each step, and once for each document.
    fn fits(self, playbook: &Playbook, written: usize) -> bool {
        let templates = playbook.steps.iter().filter_map(|step| step.template.as_ref());
        let documents: BTreeSet<&str> = templates.map(|template| template.value.as_str()).collect();
        written == self.count(playbook) || (self == Self::Templates && written == documents.len())
    }

    fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Steps, 1) => "step",
            (Self::Steps, _) => "steps",
            (Self::Templates, 1) => "step with a template",
            (Self::Templates, _) => "steps with a template",
        }
    }
}

/// Holds an overview against all playbooks. A table without a number in it, or with less than half of the
/// playbooks, is about something else: then there is nothing to compare.
#[must_use]
pub fn compare_overview(overview: &Overview, playbooks: &[&Playbook]) -> Option<Findings> {
    let listed = |playbook: &Playbook| overview.rows.iter().any(|row| playbook.is_named(&row.playbook.value));
    let missing: Vec<&&Playbook> = playbooks.iter().filter(|playbook| !listed(playbook)).collect();
    let has_numbers = overview.rows.iter().any(|row| row.number().is_some());
    if !has_numbers || missing.len() * 2 > playbooks.len() {
        return None;
    }
    let playbook_of = |row: &OverviewRow| playbooks.iter().find(|playbook| playbook.is_named(&row.playbook.value));
    let wrong = overview.rows.iter().filter_map(|row| wrong_count(row, overview.counted, playbook_of(row)?));
    let strangers: Vec<&str> =
        overview.rows.iter().filter(|row| playbook_of(row).is_none()).map(|row| row.playbook.value.as_str()).collect();
    Some(wrong.chain(missing.iter().map(|playbook| not_listed(playbook, overview.span, &strangers))).collect())
}

impl OverviewRow {
    /// `5`, also in `5 templates`.
    fn number(&self) -> Option<usize> {
        let cell = self.count.as_ref()?.value.trim();
        let end = cell.find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.len());
        cell[..end].parse().ok()
    }
}

fn wrong_count(row: &OverviewRow, counted: Counted, playbook: &Playbook) -> Option<Diagnostic> {
    let cell = row.count.as_ref()?;
    let (written, counts) = (row.number()?, counted.count(playbook));
    if counted.fits(playbook, written) {
        return None;
    }
    let message = format!("`{}` has {counts} {}, not `{}`", playbook.id, counted.noun(counts), cell.value);
    let finding = COUNT_MISMATCH.at(cell.span, message).related(playbook.name.span, "the playbook");
    Some(with_number(finding.help(format!("write `{counts}`")), cell, counts))
}

fn not_listed(playbook: &Playbook, span: Span, strangers: &[&str]) -> Diagnostic {
    let finding = NOT_LISTED.at(span, format!("this overview does not list `{}`", playbook.id));
    let help = match nearest(&playbook.id, strangers.iter().copied()) {
        Some(near) => format!("its row `{near}` names no playbook: did you mean `{}`?", playbook.id),
        None => format!("add a row for `{}`", playbook.name.value),
    };
    finding.help(help).related(playbook.name.span, "the playbook")
}
