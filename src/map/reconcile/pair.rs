//! Which row speaks of which node.
//! In: nodes and rows. Out: a row for each node, and findings for those that are left over.
//! Never knows: what the rows say beyond id and title.

use std::collections::BTreeMap;

use crate::diagnostic::{Edit, Findings, Fix, Rule, nearest};
use crate::map::graph::{Graph, Node};
use crate::map::reference::{Row, duplicate};
use crate::map::title;

/// A node that the table says nothing about.
pub static NODE_NOT_IN_TABLE: Rule = Rule::error("swimlane/node-not-in-table", include_str!("node_not_in_table.md"));

/// A row about a node that the diagram does not have.
pub static ROW_NOT_IN_DIAGRAM: Rule = Rule::error("swimlane/row-not-in-diagram", include_str!("row_not_in_diagram.md"));

/// An edge to a node that is never declared.
pub static UNDEFINED_NODE: Rule = Rule::error("swimlane/undefined-node", include_str!("undefined_node.md"));

/// Finds the row of each node.
pub(super) fn pair(graph: &Graph, rows: &[Row], found: &mut Findings) -> Vec<Option<usize>> {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        by_id.entry(&row.id.value).or_default().push(index);
    }
    let mut row_of = vec![None; graph.nodes.len()];
    let mut spoken_for = vec![false; rows.len()];
    for (node, row) in graph.nodes.iter().zip(&mut row_of) {
        let same_id = by_id.get(node.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        // Of two rows with one id, the one that has the node's title is meant.
        *row = same_id.iter().find(|row| titles_fit(node, &rows[**row])).or(same_id.first()).copied();
        if let Some(row) = row {
            spoken_for[*row] = true;
        }
    }
    let mut pairs = Pairs { graph, rows, row_of };
    for row in 0..rows.len() {
        if !spoken_for[row] {
            pairs.left_over_row(row, &by_id[rows[row].id.value.as_str()], found);
        }
    }
    pairs.left_over_nodes(found);
    pairs.row_of
}

struct Pairs<'a> {
    graph: &'a Graph,
    rows: &'a [Row],
    row_of: Vec<Option<usize>>,
}

impl Pairs<'_> {
    /// A row whose id no node has, or another row has as well. When a node without a row bears its title, the
    /// id is what is wrong: one cause, so one finding for both.
    fn left_over_row(&mut self, row: usize, same_id: &[usize], found: &mut Findings) {
        let written = &self.rows[row];
        let nodes = self.graph.nodes.iter().enumerate();
        let meant = nodes
            .filter(|(index, node)| self.row_of[*index].is_none() && node.declared && titles_fit(node, written))
            .map(|(index, _)| index)
            .next();
        let in_use = |other: &&usize| self.row_of.contains(&Some(**other));
        let twin = same_id.iter().find(in_use).or(same_id.first()).filter(|twin| **twin != row);
        let finding = if let Some(twin) = twin {
            duplicate(written, &self.rows[*twin])
        } else if self.is_subgraph(&written.id.value) {
            return;
        } else {
            let message = format!("table row `{}` names no node of the diagram", written.id.value);
            ROW_NOT_IN_DIAGRAM.at(written.id.span, message)
        };
        found.push(if let Some(node) = meant {
            self.row_of[node] = Some(row);
            let node = &self.graph.nodes[node];
            let edit = Edit { span: written.id.span, replacement: node.id.clone() };
            finding
                .help(format!("node `{}` bears this row's title and has no row; did you mean `{}`?", node.id, node.id))
                .related(node.span, "the node with this title")
                .fix(Fix::suggested(vec![edit]))
        } else if twin.is_some() {
            finding
        } else {
            let near = nearest(&written.id.value, self.graph.nodes.iter().map(|node| node.id.as_str()));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            finding.help("add the node to the diagram, or remove the row").help_if(help)
        });
    }

    fn is_subgraph(&self, id: &str) -> bool {
        self.graph.lanes.iter().any(|lane| lane.id == id) || self.graph.groups.iter().any(|group| group.id == id)
    }

    fn left_over_nodes(&mut self, found: &mut Findings) {
        for (index, node) in self.graph.nodes.iter().enumerate() {
            if !node.declared || self.row_of[index].is_some() {
                continue;
            }
            let finding = NODE_NOT_IN_TABLE.at(node.span, format!("node `{}` has no row in the table", node.id));
            // The node was renamed where it is declared, and its edges still lead to the old id.
            let renamed =
                self.graph.nodes.iter().zip(&self.row_of).position(|(other, row)| {
                    !other.declared && row.is_some_and(|row| titles_fit(node, &self.rows[row]))
                });
            if let Some((old, row)) = renamed.and_then(|old| Some((old, self.row_of[old]?))) {
                (self.row_of[index], self.row_of[old]) = (Some(row), None);
                let row = &self.rows[row];
                let help = format!("did you mean `{}`? its edges and its row are there", row.id.value);
                found.push(finding.help(help).related(row.id.span, "the row with this title"));
                continue;
            }
            let near = nearest(&node.id, self.rows.iter().map(|row| row.id.value.as_str()));
            let help = near.map(|near| format!("add a row, or did you mean `{near}`?"));
            found.push(finding.help("add a row for it: who does it, and what to open first").help_if(help));
        }
        for (index, node) in self.graph.nodes.iter().enumerate().filter(|(_, node)| !node.declared) {
            let row = self.row_of[index].map(|row| &self.rows[row]);
            let explained = row.is_none() && self.rows.iter().any(|row| row.id.value == node.id);
            if explained {
                continue;
            }
            let declared = self.graph.nodes.iter().filter(|other| other.declared).map(|other| other.id.as_str());
            let near = nearest(&node.id, declared).map(|near| format!("did you mean `{near}`?"));
            let message = format!("node `{}` is never declared in a lane", node.id);
            let finding = UNDEFINED_NODE.at(node.span, message);
            let finding = finding.help(format!("declare it in its lane: `{}[\"…\"]`", node.id)).help_if(near);
            found.push(match row {
                Some(row) => finding.related(row.id.span, "its row"),
                None => finding,
            });
        }
    }
}

fn titles_fit(node: &Node, row: &Row) -> bool {
    node.label_span.is_some() && row.step.as_ref().is_some_and(|step| title::fits(&node.label.title(), &step.value))
}

/// Nodes of a map without a table that are only named in edges and look like another node's id. Without a table
/// a bare name may well be meant, so it takes the likeness to say otherwise.
pub(super) fn misspelt(graph: &Graph) -> Findings {
    if graph.lanes.is_empty() {
        return Vec::new();
    }
    let declared = || graph.nodes.iter().filter(|node| node.declared).map(|node| node.id.as_str());
    let bare = graph.nodes.iter().filter(|node| !node.declared && node.id.chars().count() > 2);
    bare.filter_map(|node| {
        let near = nearest(&node.id, declared())?;
        let finding = UNDEFINED_NODE.at(node.span, format!("node `{}` is never declared in a lane", node.id));
        Some(finding.help(format!("did you mean `{near}`?")))
    })
    .collect()
}
