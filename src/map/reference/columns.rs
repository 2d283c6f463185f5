//! Finds out which column of a node-reference table holds what.

use std::collections::BTreeSet;

use super::column::{ColumnNames, Columns};
use super::headings::{self, HeadingMatch, MEANINGS, Meaning, without_remark};
use super::{ReferenceCell, UNKNOWN_COLUMN};
use crate::diagnostic::{Diagnostics, nearest};
use crate::map::title;

/// Finds the columns. A name that no heading bears is a finding.
pub(super) fn find(header: &[ReferenceCell], names: &ColumnNames, found: &mut Diagnostics) -> Columns {
    let headings = words_of(header);
    let mut columns = Columns::default();
    let mut taken = BTreeSet::new();
    for Meaning { slot, given, .. } in &MEANINGS {
        let Some(name) = given(names) else { continue };
        let wanted = title::words(&name.value);
        let column = header.iter().position(|cell| cell.text.trim() == name.value.trim());
        let same = |cell: &ReferenceCell| !wanted.is_empty() && title::words(without_remark(&cell.text)) == wanted;
        if let Some(column) = column.or_else(|| header.iter().position(same)) {
            *slot(&mut columns) = Some(column);
            taken.insert(column);
        } else {
            let near = nearest(name.value.trim(), header.iter().map(|cell| cell.text.trim()));
            let finding = UNKNOWN_COLUMN.at(name.span, format!("the table has no column `{}`", name.value));
            found.push(finding.help_if(near.map(|near| format!("did you mean `{near}`?"))));
        }
    }
    if columns.id.is_none() && !headings.iter().any(|heading| headings::id().is_meant_by(heading, HeadingMatch::Start))
    {
        // The first column names the nodes, whatever it is called: `Step` may well stand above `D1`.
        taken.insert(0);
    }
    // A heading that is the name before one that begins with it: `Step` and `Step owner` are both in one table.
    for fit in [HeadingMatch::Whole, HeadingMatch::Start, HeadingMatch::Anywhere] {
        for meaning in &MEANINGS {
            if (meaning.slot)(&mut columns).is_some() {
                continue;
            }
            let mut free = headings.iter().enumerate().filter(|(column, _)| !taken.contains(column));
            if let Some((column, _)) = free.find(|(_, heading)| meaning.is_meant_by(heading, fit)) {
                *(meaning.slot)(&mut columns) = Some(column);
                taken.insert(column);
            }
        }
    }
    // A heading that may mean a stage or a step means the step where nothing else does.
    let stage = columns.stage.and_then(|column| headings.get(column));
    let is_both = stage.is_some_and(|heading| headings::step().is_meant_by(heading, HeadingMatch::Whole));
    if columns.step.is_none() && names.stage.is_none() && is_both {
        columns.step = columns.stage.take();
    }
    columns
}

/// The headings as words.
pub(super) fn words_of(header: &[ReferenceCell]) -> Vec<String> {
    header.iter().map(|cell| headings::words(&cell.text)).collect()
}
