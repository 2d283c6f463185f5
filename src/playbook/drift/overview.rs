//! Overview tables that were written by hand.
//! In: the rows of a table and all playbooks. Out: findings where a number is wrong, a playbook is left out, or a row is
//! of none.
//! Never knows: Markdown, where the table stands.

use std::collections::BTreeSet;

use super::with_number;
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix, Rule, nearest};
use crate::playbook::{Names, Playbook, Step, StepsRead, folded_name};
use crate::text::{Located, Span};

/// A number of steps or templates that is not the playbook's.
pub static COUNT_MISMATCH: Rule = Rule::error("playbook/count-mismatch", include_str!("count_mismatch.md"));
/// A playbook that an overview leaves out.
pub static NOT_LISTED: Rule = Rule::warning("playbook/not-listed", include_str!("not_listed.md"));
/// A part of a page that is about a playbook which is not there.
pub static NOT_FOUND: Rule = Rule::warning("playbook/not-found", include_str!("not_found.md"));

/// A table that lists playbooks, most often with numbers.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The head of the column of playbooks, where findings about the table as a whole stand.
    pub head: Located<String>,
    /// What its numbers count, when it has any.
    pub counted: Option<Counted>,
    /// The column of these numbers.
    pub column: Option<usize>,
    /// Where a row can be added, and how many cells it has: behind the last one of a table at the margin.
    pub end: Option<(Span, usize)>,
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
    /// Whether it has as many cells as the table has columns.
    pub is_whole: bool,
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

    /// Whether all that is counted was read.
    fn is_known(self, playbook: &Playbook) -> bool {
        match self {
            Self::Steps => playbook.steps_read == StepsRead::All,
            Self::Templates => playbook.has_all_steps(),
        }
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

/// What somebody knows of playbooks that were renamed: the id that one had, and that of the playbook it is now.
pub type Renamed<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Holds an overview against all playbooks. A table with less than half of the playbooks is about something else, and
/// so is one without a number in it: then there is nothing to compare. Where its head says that it lists playbooks,
/// its rows are looked at all the same.
#[must_use]
pub fn compare_overview(
    overview: &Overview,
    playbooks: &[&Playbook],
    names: &Names,
    renamed: Renamed<'_>,
) -> Option<Findings> {
    let meant: Vec<&[usize]> = overview.rows.iter().map(|row| names.by_text(&row.playbook.value)).collect();
    let missing: Vec<&&Playbook> = (0..playbooks.len())
        .filter(|at| !meant.iter().any(|meant| meant.contains(at)))
        .map(|at| &playbooks[at])
        .collect();
    let has_numbers = overview.rows.iter().any(|row| row.number().is_some());
    let is_list = has_numbers && missing.len() * 2 <= playbooks.len();
    let known = meant.iter().filter(|meant| !meant.is_empty()).count();
    if !is_list && !(overview.is_headed() && (has_numbers || known * 2 >= meant.len() && known > 0)) {
        return None;
    }
    let strangers: Vec<&OverviewRow> =
        overview.rows.iter().zip(&meant).filter(|(_, meant)| meant.is_empty()).map(|(row, _)| row).collect();
    let mut found = Findings::new();
    for (row, meant) in overview.rows.iter().zip(&meant) {
        match (meant, overview.counted) {
            ([only], Some(counted)) => found.extend(wrong_count(row, counted, playbooks[*only])),
            ([_, _, ..], _) => found.push(ambiguous(&row.playbook, meant, playbooks)),
            _ => {}
        }
    }
    // A row that is nearly named as a playbook is what became of its row.
    let near = |playbook: &Playbook| {
        let names = strangers.iter().map(|row| row.playbook.value.as_str());
        nearest(&playbook.id, names)
    };
    let misspelt: BTreeSet<&str> = missing.iter().filter(|_| is_list).filter_map(|playbook| near(playbook)).collect();
    let lost = strangers.iter().filter(|row| !misspelt.contains(row.playbook.value.as_str()));
    let ids: Vec<&str> = playbooks.iter().map(|playbook| playbook.id.as_str()).collect();
    found.extend(lost.filter(|row| overview.is_of_playbook(row, &meant)).map(|row| of_none(row, &ids, renamed)));
    if is_list {
        found.extend(missing.iter().map(|playbook| not_listed(playbook, overview, near(playbook))));
    }
    Some(found)
}

impl Overview {
    /// Whether its head says that it lists playbooks.
    fn is_headed(&self) -> bool {
        matches!(folded_name(&self.head.value).as_str(), "playbook" | "playbooks" | "playbookid" | "id")
            && !self.rows.is_empty()
    }

    /// Whether a row that names no playbook looks as if it did: it is written as the others are, and sums nothing up.
    fn is_of_playbook(&self, row: &OverviewRow, meant: &[&[usize]]) -> bool {
        const SUMS: [&str; 8] = ["total", "totals", "sum", "all", "gesamt", "summe", "insgesamt", "overall"];
        let is_marked = |row: &OverviewRow| row.playbook.span.len() != row.playbook.value.len();
        let mut others = self.rows.iter().zip(meant).filter(|(_, meant)| !meant.is_empty()).map(|(row, _)| row);
        let written_alike = is_marked(row) || !others.all(is_marked);
        // A last line in plain words that adds up to the numbers above it is no playbook, in whatever language.
        let is_last = self.rows.last().is_some_and(|last| std::ptr::eq(last, row)) && !is_marked(row);
        let numbers: Vec<usize> = self.rows.iter().rev().skip(1).filter_map(OverviewRow::number).collect();
        let is_sum = is_last && numbers.len() > 2 && row.number() == Some(numbers.iter().sum());
        let name = folded_name(&row.playbook.value);
        written_alike && !is_sum && !name.is_empty() && !SUMS.contains(&name.as_str())
    }
}

impl OverviewRow {
    /// `5`, also in `5 templates`.
    fn number(&self) -> Option<usize> {
        let cell = self.count.as_ref()?.value.trim();
        cell.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }
}

fn wrong_count(row: &OverviewRow, counted: Counted, playbook: &Playbook) -> Option<Diagnostic> {
    let cell = row.count.as_ref()?;
    let (written, counts) = (row.number()?, counted.count(playbook));
    if !counted.is_known(playbook) || counted.fits(playbook, written) {
        return None;
    }
    let message = format!("`{}` has {counts} {}, not `{}`", playbook.id, counted.noun(counts), cell.value);
    let finding = COUNT_MISMATCH.at(cell.span, message).related(playbook.name.span, "the playbook");
    let mut finding = with_number(finding.help(format!("write `{counts}`")), cell, counts, playbook);
    if !row.is_whole {
        finding.doubt();
    }
    Some(finding)
}

fn ambiguous(name: &Located<String>, meant: &[usize], playbooks: &[&Playbook]) -> Diagnostic {
    let ids: Vec<String> = meant.iter().map(|at| format!("`{}`", playbooks[*at].id)).collect();
    let finding = NOT_FOUND.at(name.span, format!("`{}` may be {}", name.value, ids.join(" or ")));
    finding.help("write the whole id")
}

/// A row that is about no playbook.
fn of_none(row: &OverviewRow, ids: &[&str], renamed: Renamed<'_>) -> Diagnostic {
    let name = &row.playbook;
    let finding = NOT_FOUND.at(name.span, format!("there is no playbook `{}`", name.value));
    let better = renamed(&name.value).or_else(|| nearest(&name.value, ids.iter().copied()).map(str::to_owned));
    let Some(better) = better else { return finding.help("remove the row, or bring the playbook back") };
    // The name without the marks around it: `` `recrut` ``.
    let marks = name.span.len().checked_sub(name.value.len()).filter(|marks| marks % 2 == 0);
    let edit = marks.map(|marks| Edit {
        span: name.span.part(marks / 2..marks / 2 + name.value.len()),
        replacement: better.clone(),
    });
    finding.help(format!("did you mean `{better}`?")).fix_if(edit.map(|edit| Fix::suggested(vec![edit])))
}

fn not_listed(playbook: &Playbook, overview: &Overview, near: Option<&str>) -> Diagnostic {
    let finding = NOT_LISTED.at(overview.head.span, format!("this overview does not list `{}`", playbook.id));
    let finding = finding.related(playbook.name.span, "the playbook");
    if let Some(near) = near {
        return finding.help(format!("its row `{near}` names no playbook: did you mean `{}`?", playbook.id));
    }
    let help = format!("add a row for `{}`", playbook.name.value);
    finding.help(help).fix_if(overview.row_for(playbook))
}

impl Overview {
    /// A row for a playbook, with what is known of it; the other cells are its author's to fill.
    fn row_for(&self, playbook: &Playbook) -> Option<Fix> {
        let (end, columns) = self.end?;
        let count = self.counted.filter(|counted| counted.is_known(playbook));
        let counting = self.column.filter(|_| count.is_some());
        let cell = |column: usize| match column {
            0 => format!(" `{}` ", playbook.id),
            column if Some(column) == counting => {
                format!(" {} ", count.map(|count| count.count(playbook)).unwrap_or_default())
            }
            _ => " ".to_owned(),
        };
        let cells: Vec<String> = (0..columns).map(cell).collect();
        Some(Fix::suggested(vec![Edit { span: end, replacement: format!("\n|{}|", cells.join("|")) }]))
    }
}
