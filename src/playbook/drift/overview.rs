//! Compares a hand-written overview table with all playbooks: wrong numbers, missing playbooks, unknown rows.

use std::collections::BTreeSet;

use super::{Counted, with_number};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, Vocabulary};
use crate::playbook::{Playbook, PlaybookNames, folded_name};
use crate::source::{Located, Span};

/// A number of steps or templates that is not the playbook's.
pub static COUNT_MISMATCH: Rule = Rule::error("playbook/count-mismatch", include_str!("count_mismatch.md"));
/// A playbook that an overview leaves out.
pub static NOT_LISTED: Rule = Rule::warning("playbook/not-listed", include_str!("not_listed.md"));
/// A part of a page about a playbook that does not exist.
pub static NOT_FOUND: Rule = Rule::warning("playbook/not-found", include_str!("not_found.md"));

/// A table that lists playbooks, most often with numbers.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The head of the column of playbooks, for findings about the table as a whole.
    pub head: Located<String>,
    /// The column of playbooks.
    pub names: usize,
    /// The columns of numbers, and what each of them counts.
    pub counted: Vec<(usize, Counted)>,
    /// Where a row can be added, and how many cells it has: after the last row of a table that is not indented.
    pub end: Option<(Span, usize)>,
    /// Its rows.
    pub rows: Vec<OverviewRow>,
}

/// A row of an overview.
#[derive(Clone, Debug)]
pub struct OverviewRow {
    /// The cell that names the playbook: by id or by name.
    pub playbook: Located<String>,
    /// The cells with the numbers, one for each of [`Overview::counted`]; none where the row has too few or too many
    /// cells, so that it is unclear what they count.
    pub counts: Vec<Located<String>>,
}

/// Finds the new id of a renamed playbook by its old one.
pub type Renamed<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Compares an overview with all playbooks. A table with less than half of the playbooks is about something else, and
/// so is one without a number in it: then there is nothing to compare. Where its head says that it lists playbooks,
/// its rows are looked at all the same.
#[must_use]
pub fn compare_overview(
    overview: &Overview,
    playbooks: &[&Playbook],
    names: &PlaybookNames,
    renamed: Renamed<'_>,
) -> Option<Diagnostics> {
    let meant: Vec<&[usize]> = overview.rows.iter().map(|row| names.by_text(&row.playbook.value)).collect();
    let times = times_named(&meant, playbooks.len());
    let missing: Vec<&&Playbook> =
        times.iter().zip(playbooks).filter(|(times, _)| **times == 0).map(|(_, p)| p).collect();
    // Numbers tell a list of playbooks from a table that happens to mention some.
    let has_numbers = overview.rows.iter().any(|row| row.counts.iter().any(|cell| number(cell).is_some()));
    let is_list = overview.is_list(&times, has_numbers);
    let known = meant.iter().filter(|meant| !meant.is_empty()).count();
    // If most playbooks are in several rows, each row is about a part of one, such as an owner or a step.
    let is_of_parts = times.iter().filter(|times| **times > 1).count() * 2 > playbooks.len() - missing.len();
    let is_headed = overview.is_headed() && (has_numbers || known * 2 >= meant.len() && known > 0);
    if is_of_parts && overview.names > 0 || !is_list && !is_headed {
        return None;
    }
    let strangers: Vec<&OverviewRow> =
        overview.rows.iter().zip(&meant).filter(|(_, meant)| meant.is_empty()).map(|(row, _)| row).collect();
    let mut found = Diagnostics::new();
    for (row, meant) in overview.rows.iter().zip(&meant) {
        match meant {
            [only] if !is_of_parts => {
                found.extend(playbooks.get(*only).into_iter().flat_map(|one| overview.wrong_counts(row, one)));
            }
            [_, _, ..] => found.push(ambiguous(&row.playbook, meant, playbooks)),
            _ => {}
        }
    }
    // A row with a misspelt name is that playbook's row: one finding for both.
    let unknown: Vocabulary = strangers.iter().map(|row| row.playbook.value.as_str()).collect();
    let near = |playbook: &Playbook| unknown.nearest(&playbook.id);
    let misspelt: BTreeSet<&str> = missing.iter().filter(|_| is_list).filter_map(|playbook| near(playbook)).collect();
    let lost = strangers.iter().filter(|row| !misspelt.contains(row.playbook.value.as_str()));
    found.extend(lost.filter(|row| overview.is_of_playbook(row, &meant)).map(|row| of_none(row, names, renamed)));
    if is_list {
        found.extend(missing.iter().map(|playbook| not_listed(playbook, overview, near(playbook))));
    }
    Some(found)
}

impl Overview {
    /// Whether its head says that it lists playbooks.
    fn is_headed(&self) -> bool {
        lists_playbooks(&self.head.value) && !self.rows.is_empty()
    }

    /// Whether it is meant to list all playbooks: with numbers of at least half of them; without any, where each row is
    /// one of them, and no more than one in four is missing.
    fn is_list(&self, times: &[usize], has_numbers: bool) -> bool {
        const FEWEST: usize = 3;
        let missing = times.iter().filter(|times| **times == 0).count();
        if has_numbers {
            return missing * 2 <= times.len();
        }
        // A playbook in several rows means that the rows are about something else: owners, regions.
        let named_once = times.iter().all(|times| *times <= 1);
        self.is_headed() && named_once && self.rows.len() >= FEWEST && missing <= (times.len() / 4).max(1)
    }

    /// Whether a row that names no playbook looks as if it did: it is written as the others are, and sums nothing up.
    fn is_of_playbook(&self, row: &OverviewRow, meant: &[&[usize]]) -> bool {
        const SUMS: [&str; 8] = ["total", "totals", "sum", "all", "gesamt", "summe", "insgesamt", "overall"];
        let marks = |row: &OverviewRow| row.playbook.span.len().saturating_sub(row.playbook.value.len());
        let is_marked = |row: &OverviewRow| marks(row) > 0;
        let mut others = self.rows.iter().zip(meant).filter(|(_, meant)| !meant.is_empty()).map(|(row, _)| row);
        let is_unlike = others.clone().next().is_some() && others.clone().all(|other| marks(other) != marks(row));
        let written_alike = is_marked(row) || !others.all(is_marked);
        // A last row with the sum of the numbers above it is a total, in whatever language, if it is written in plain
        // words or unlike the rows above it.
        let is_last = self.rows.last().is_some_and(|last| std::ptr::eq(last, row));
        let is_sum = is_last && (is_unlike || !is_marked(row)) && self.sums_up(row);
        let name = folded_name(&row.playbook.value);
        written_alike && !is_sum && !name.is_empty() && !SUMS.contains(&name.as_str())
    }

    /// Whether a number of the last row is the sum of those above it: of three or more, as two may be one by chance.
    fn sums_up(&self, last: &OverviewRow) -> bool {
        const FEWEST: usize = 3;
        let is_sum = |(at, cell): (usize, &Located<String>)| {
            let above: Vec<usize> =
                self.rows.iter().rev().skip(1).filter_map(|row| number(row.counts.get(at)?)).collect();
            above.len() >= FEWEST && number(cell) == Some(above.iter().sum())
        };
        last.counts.iter().enumerate().any(is_sum)
    }

    fn wrong_counts(&self, row: &OverviewRow, playbook: &Playbook) -> Diagnostics {
        let cells = self.counted.iter().zip(&row.counts);
        cells.filter_map(|((_, counted), cell)| wrong_count(cell, *counted, playbook)).collect()
    }
}

/// Whether the head of a column says that it lists playbooks.
#[must_use]
pub fn lists_playbooks(head: &str) -> bool {
    matches!(folded_name(head).as_str(), "playbook" | "playbooks" | "playbookid" | "id")
}

/// How many rows name each playbook.
fn times_named(meant: &[&[usize]], playbooks: usize) -> Vec<usize> {
    let mut times = vec![0; playbooks];
    for at in meant.iter().copied().flatten() {
        if let Some(times) = times.get_mut(*at) {
            *times += 1;
        }
    }
    times
}

/// `5`, also in `5 templates`. A cell with more numbers, or with a list, is not a count.
fn number(cell: &Located<String>) -> Option<usize> {
    let text = cell.value.trim();
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    // `5 templates` is a count, `2nd` and `1.2` are not.
    let is_count = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (is_count && !rest.contains(|c: char| c.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn wrong_count(cell: &Located<String>, counted: Counted, playbook: &Playbook) -> Option<Diagnostic> {
    let (written, counts) = (number(cell)?, counted.count(playbook));
    if !counted.is_known(playbook) || counted.fits(playbook, written) {
        return None;
    }
    let message = format!("`{}` has {counts} {}, not `{}`", playbook.id, counted.noun(counts), cell.value);
    let finding = COUNT_MISMATCH.at(cell.span, message).related(playbook.name.span, "the playbook");
    Some(with_number(finding.help(format!("write `{counts}`")), cell, counts, playbook))
}

fn ambiguous(name: &Located<String>, meant: &[usize], playbooks: &[&Playbook]) -> Diagnostic {
    let ids: Vec<String> =
        meant.iter().filter_map(|at| playbooks.get(*at)).map(|one| format!("`{}`", one.id)).collect();
    let finding =
        NOT_FOUND.at(name.span, format!("ambiguous playbook `{}`: it could be {}", name.value, ids.join(" or ")));
    finding.help("use the full id")
}

/// A row that is about no playbook.
fn of_none(row: &OverviewRow, names: &PlaybookNames, renamed: Renamed<'_>) -> Diagnostic {
    let name = &row.playbook;
    let finding = NOT_FOUND.at(name.span, format!("playbook not found: `{}`", name.value));
    let better = renamed(&name.value).or_else(|| names.near(&name.value).map(str::to_owned));
    let Some(better) = better else { return finding.help("remove the row, or restore the playbook") };
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
        return finding.help(format!("row `{near}` does not match any playbook: did you mean `{}`?", playbook.id));
    }
    let help = format!("add a row for `{}`", playbook.name.value);
    finding.help(help).fix_if(overview.row_for(playbook))
}

impl Overview {
    /// A row for a playbook, with what is known of it; the other cells are its author's to fill.
    fn row_for(&self, playbook: &Playbook) -> Option<Fix> {
        let (end, columns) = self.end?;
        let count = |column: usize| {
            let (_, counted) = self.counted.iter().find(|(counting, _)| *counting == column)?;
            counted.is_known(playbook).then(|| format!(" {} ", counted.count(playbook)))
        };
        let cell = |column: usize| match column {
            // By id: names may be shared, and the row has to be recognized next time.
            column if column == self.names => format!(" `{}` ", playbook.id),
            column => count(column).unwrap_or_else(|| " ".to_owned()),
        };
        // Cells that only the author can fill stay empty, but exist: a short row would shift what is added later.
        let cells: Vec<String> = (0..columns).map(cell).collect();
        Some(Fix::suggested(vec![Edit { span: end, replacement: format!("\n|{}|", cells.join("|")) }]))
    }
}
