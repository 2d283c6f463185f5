//! Tables that number their rows as the diagram numbers its labels: `3a` stands for `E2["3a. Preflight"]`.

use super::evidence::Nodes;
use super::{Reference, Row};
use crate::map::graph::NodeId;
use crate::map::title::{self, StageNumber};

/// Gives each row the node whose label bears its number, when most rows can be given one. Where labels number the
/// stages and the table its rows, the numbers mean different things: the titles tell.
pub(super) fn resolved(reference: &Reference, nodes: &Nodes<'_>) -> Option<Reference> {
    let rows = &reference.rows;
    let numbered = rows.iter().filter(|row| number(row).is_some() && nodes.called(&row.id.value).is_none()).count();
    // A few numbers among ids are ids.
    if numbered * 2 <= rows.len() {
        return None;
    }
    let labels: Vec<(NodeId, Option<StageNumber>)> =
        nodes.graph.nodes_by_id().map(|(id, node)| (id, of_label(&node.label.title()))).collect();
    let mut resolved = reference.clone();
    let (mut given, mut astray) = (0, 0);
    for row in &mut resolved.rows {
        let Some(own) = number(row) else { continue };
        let bearing = labels.iter().filter(|(_, number)| *number == Some(own)).map(|(node, _)| *node);
        let bearing: Vec<NodeId> = bearing.collect();
        let fits = |node: &&NodeId| row.step.as_ref().is_some_and(|step| nodes.is_title_of(&step.value, **node));
        let node = match bearing.as_slice() {
            [only] => Some(*only),
            _ => bearing.iter().find(fits).copied(),
        };
        let Some(node) = node else { continue };
        given += 1;
        let other = row.step.as_ref().is_some_and(|step| !nodes.is_title_of(&step.value, node));
        astray += usize::from(other);
        row.node = Some(nodes.graph.node(node).id.clone());
    }
    // Any table may count its rows. The titles must not speak against it.
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
