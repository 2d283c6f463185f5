//! Which column of a node-reference table holds what.
//! In: the heading cells, and the names that front matter gives. Out: a column for each meaning.
//! Never knows: what stands below the headings.

use super::{Cell, UNKNOWN_COLUMN};
use crate::diagnostic::{Findings, nearest};
use crate::text::Located;

/// Headings that a page names itself, for tables that call their columns otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ColumnNames {
    /// The node's id.
    pub id: Option<Located<String>>,
    /// Who does the step.
    pub lane: Option<Located<String>>,
    /// The step's title.
    pub step: Option<Located<String>>,
    /// Why the step matters.
    pub why: Option<Located<String>>,
    /// The stage it belongs to.
    pub stage: Option<Located<String>>,
    /// What to open first.
    pub first_action: Option<Located<String>>,
    /// The steps that follow.
    pub next: Option<Located<String>>,
}

/// The column of each meaning, counted from 0.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Columns {
    /// The node's id.
    pub id: Option<usize>,
    /// Who does the step.
    pub lane: Option<usize>,
    /// The step's title.
    pub step: Option<usize>,
    /// Why the step matters.
    pub why: Option<usize>,
    /// The stage it belongs to.
    pub stage: Option<usize>,
    /// What to open first.
    pub first_action: Option<usize>,
    /// The steps that follow.
    pub next: Option<usize>,
}

/// A meaning: where its column is kept, what the page calls it, and what people call it.
type Meaning =
    (fn(&mut Columns) -> &mut Option<usize>, fn(&ColumnNames) -> &Option<Located<String>>, &'static [&'static str]);

/// Earlier meanings take their column first: `First action` is no step, `Next step` neither.
static MEANINGS: [Meaning; 7] = [
    (
        |c| &mut c.first_action,
        |n| &n.first_action,
        &[
            "first action",
            "action",
            "actions",
            "start with",
            "start here",
            "click target",
            "open",
            "link",
            "links",
            "doc",
            "docs",
            "document",
            "documents",
            "template",
            "target",
            "read first",
        ],
    ),
    (|c| &mut c.next, |n| &n.next, &["next", "then", "leads to", "followed by", "goes to"]),
    (|c| &mut c.id, |n| &n.id, &["", "id", "node", "node id", "step id", "key", "box", "nr", "no"]),
    (
        |c| &mut c.lane,
        |n| &n.lane,
        &[
            "who",
            "lane",
            "owner",
            "responsibility",
            "responsible",
            "role",
            "team",
            "actor",
            "swimlane",
            "party",
            "owned by",
        ],
    ),
    (|c| &mut c.stage, |n| &n.stage, &["stage", "phase", "authority"]),
    (|c| &mut c.why, |n| &n.why, &["why", "purpose", "reason", "rationale", "description"]),
    (|c| &mut c.step, |n| &n.step, &["step", "name", "title", "activity", "task", "label", "what"]),
];

/// Where [`MEANINGS`] holds the id.
const IDS: usize = 2;

/// Finds the columns. A name that no heading bears is a finding.
pub(super) fn find(header: &[Cell], names: &ColumnNames, found: &mut Findings) -> Columns {
    let headings: Vec<Vec<String>> = header.iter().map(|cell| crate::map::title::words(heading(&cell.text))).collect();
    let mut columns = Columns::default();
    let mut taken = vec![false; header.len()];
    for (slot, given, _) in &MEANINGS {
        let Some(name) = given(names) else { continue };
        let wanted = crate::map::title::words(&name.value);
        let column = header.iter().position(|cell| cell.text.trim() == name.value.trim());
        let column = column.or_else(|| headings.iter().position(|heading| !wanted.is_empty() && *heading == wanted));
        if let Some(column) = column {
            *slot(&mut columns) = Some(column);
            taken[column] = true;
        } else {
            let near = nearest(name.value.trim(), header.iter().map(|cell| cell.text.trim()));
            let finding = UNKNOWN_COLUMN.at(name.span, format!("the table has no column `{}`", name.value));
            found.push(finding.help_if(near.map(|near| format!("did you mean `{near}`?"))));
        }
    }
    let (_, _, ids) = MEANINGS[IDS];
    if columns.id.is_none() && !headings.iter().any(|heading| is_known(heading, ids, Fit::Start)) {
        // The first column names the nodes, whatever it is called: `Step` may well stand above `D1`.
        taken.iter_mut().take(1).for_each(|taken| *taken = true);
    }
    for fit in [Fit::Whole, Fit::Start, Fit::Anywhere] {
        for (slot, _, known) in &MEANINGS {
            if slot(&mut columns).is_some() {
                continue;
            }
            let column = (0..header.len()).find(|column| !taken[*column] && is_known(&headings[*column], known, fit));
            if let Some(column) = column {
                *slot(&mut columns) = Some(column);
                taken[column] = true;
            }
        }
    }
    columns
}

/// How much of a heading must be a known name.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Fit {
    Whole,
    /// `Stage of the playbook`.
    Start,
    /// `Playbook stage`.
    Anywhere,
}

fn is_known(heading: &[String], known: &[&str], fit: Fit) -> bool {
    known.iter().any(|name| {
        let name: Vec<&str> = name.split_whitespace().collect();
        match fit {
            Fit::Whole => heading == name.as_slice(),
            Fit::Start => heading == name.as_slice() || (!name.is_empty() && starts_with(heading, &name)),
            Fit::Anywhere => !name.is_empty() && (0..heading.len()).any(|at| starts_with(&heading[at..], &name)),
        }
    })
}

fn starts_with(heading: &[String], name: &[&str]) -> bool {
    heading.len() >= name.len() && heading.iter().zip(name).all(|(a, b)| a == b)
}

/// A heading without the remark in parentheses: `Authority (playbook)`.
fn heading(text: &str) -> &str {
    text.split('(').next().unwrap_or(text)
}
