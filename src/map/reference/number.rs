//! Tables that number their rows as the diagram numbers its labels: `3a` stands for `E2["3a. Preflight"]`.
//! In: a table whose ids are numbers. Out: the same with the node of each row.
//! Never knows: where the table stands.

use super::evidence::Nodes;
use super::{Reference, Row};
use crate::map::title::{self, StageNumber};

/// Gives each row the node whose label bears its number, when most rows can be given one. Where labels number the
/// stages and the table its rows, the numbers mean different things: the titles tell.
pub(super) fn resolved(reference: &Reference, nodes: &Nodes<'_>) -> Option<Reference> {
    let rows = &reference.rows;
    let numbered = rows.iter().filter(|row| number(row).is_some() && nodes.called(&row.id.value).is_none()).count();
    if numbered * 2 <= rows.len() {
        return None;
    }
    let labels: Vec<Option<StageNumber>> = nodes.graph.nodes.iter().map(|node| of_label(&node.label.title())).collect();
    let mut resolved = reference.clone();
    let (mut given, mut astray) = (0, 0);
    for row in &mut resolved.rows {
        let Some(own) = number(row) else { continue };
        let bearing: Vec<usize> = (0..labels.len()).filter(|node| labels[*node] == Some(own)).collect();
        let fits = |node: &&usize| row.step.as_ref().is_some_and(|step| nodes.is_title_of(&step.value, **node));
        let node = match bearing[..] {
            [only] => Some(only),
            _ => bearing.iter().find(fits).copied(),
        };
        let Some(node) = node else { continue };
        given += 1;
        let other = row.step.as_ref().is_some_and(|step| !nodes.is_title_of(&step.value, node));
        astray += usize::from(other);
        row.node = Some(nodes.graph.nodes[node].id.clone());
    }
    (given * 2 > rows.len() && astray * 2 <= given).then_some(resolved)
}

/// The number that a row has for an id: `3`, `3a`, `3.`
pub(super) fn number(row: &Row) -> Option<StageNumber> {
    let text = row.id.value.trim().trim_end_matches(['.', ')', ':']);
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| title::named_stage(text)).flatten()
}

/// The number before a label's title.
fn of_label(label: &str) -> Option<StageNumber> {
    title::leading_stage(label).map(|(stage, _)| stage)
}
