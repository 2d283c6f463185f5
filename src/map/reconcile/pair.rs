//! Which row speaks of which node.
//! In: nodes and rows. Out: a row for each node, and findings for those that are left over.
//! Never knows: what the rows say beyond id and title.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::map::graph::{Endpoint, Graph, Node, NodeId};
use crate::map::mermaid::{did_you_mean, meant};
use crate::map::reference::{Row, duplicate};
use crate::map::title;

/// A node that the table says nothing about.
pub static NODE_NOT_IN_TABLE: Rule = Rule::error("swimlane/node-not-in-table", include_str!("node_not_in_table.md"));

/// A row about a node that the diagram does not have.
pub static ROW_NOT_IN_DIAGRAM: Rule = Rule::error("swimlane/row-not-in-diagram", include_str!("row_not_in_diagram.md"));

/// An edge to a node that is never declared.
pub static UNDEFINED_NODE: Rule = Rule::error("swimlane/undefined-node", include_str!("undefined_node.md"));

/// Finds the row of each node.
pub(super) fn pair(graph: &Graph, rows: &[Row], found: &mut Diagnostics) -> Vec<Option<usize>> {
    let titles = Titles::new(graph, rows);
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        by_id.entry(row.key()).or_default().push(index);
    }
    let mut row_of = vec![None; graph.nodes.len()];
    let mut spoken_for = vec![false; rows.len()];
    for (index, (node, row)) in graph.nodes.iter().zip(&mut row_of).enumerate() {
        let same_id = by_id.get(node.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        // Of two rows with one id, the one that has the node's title is meant.
        *row = same_id.iter().find(|row| titles.fit(index, **row)).or(same_id.first()).copied();
        if let Some(row) = row {
            spoken_for[*row] = true;
        }
    }
    let mut pairs = Pairs { graph, rows, row_of, spoken_for, titles };
    for row in 0..rows.len() {
        // Of a row that was not read whole, nothing is concluded.
        if !pairs.spoken_for[row] && rows[row].is_whole {
            pairs.left_over_row(row, &by_id[rows[row].key()], found);
        }
    }
    pairs.left_over_nodes(found);
    pairs.undefined_nodes(found);
    pairs.row_of
}

struct Pairs<'a> {
    graph: &'a Graph,
    rows: &'a [Row],
    row_of: Vec<Option<usize>>,
    /// Rows whose id a node has.
    spoken_for: Vec<bool>,
    titles: Titles,
}

/// Titles as words, once for all comparisons.
struct Titles {
    nodes: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
}

impl Titles {
    fn new(graph: &Graph, rows: &[Row]) -> Self {
        let of_node = |node: &Node| match node.label_span {
            Some(_) => title::words(title::without_stage(&node.label.title())),
            None => Vec::new(),
        };
        let of_row = |row: &Row| row.step.as_ref().map(|step| title::words(title::without_stage(&step.value)));
        Self {
            nodes: graph.nodes.iter().map(of_node).collect(),
            rows: rows.iter().map(|row| of_row(row).unwrap_or_default()).collect(),
        }
    }

    fn fit(&self, node: usize, row: usize) -> bool {
        title::words_fit(&self.nodes[node], &self.rows[row])
    }
}

impl Pairs<'_> {
    /// A row whose id no node has, or another row has as well. When a node without a row bears its title, the
    /// id is what is wrong: one cause, so one finding for both.
    fn left_over_row(&mut self, row: usize, same_id: &[usize], found: &mut Diagnostics) {
        let written = &self.rows[row];
        let meant = (0..self.graph.nodes.len()).find(|node| {
            self.row_of[*node].is_none() && self.graph.nodes[*node].declared && self.titles.fit(*node, row)
        });
        let twin =
            same_id.iter().find(|other| self.spoken_for[**other]).or(same_id.first()).filter(|twin| **twin != row);
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
            let free = self.graph.nodes.iter().zip(&self.row_of).filter(|(_, row)| row.is_none());
            let near = did_you_mean(found.len(), &written.id.value, free.map(|(node, _)| node.id.as_str()));
            finding.help("add the node to the diagram, or remove the row").help_if(near)
        });
    }

    fn is_subgraph(&self, id: &str) -> bool {
        self.graph.lanes.iter().any(|lane| lane.id == id) || self.graph.groups.iter().any(|group| group.id == id)
    }

    fn left_over_nodes(&mut self, found: &mut Diagnostics) {
        for (index, node) in self.graph.nodes.iter().enumerate() {
            if !node.declared || self.row_of[index].is_some() {
                continue;
            }
            let finding = NODE_NOT_IN_TABLE.at(node.span, format!("node `{}` has no row in the table", node.id));
            // The node was renamed where it is declared, and its edges still lead to the old id.
            let renamed = self
                .graph
                .nodes
                .iter()
                .zip(&self.row_of)
                .position(|(other, row)| !other.declared && row.is_some_and(|row| self.titles.fit(index, row)));
            if let Some((old, row)) = renamed.and_then(|old| Some((old, self.row_of[old]?))) {
                (self.row_of[index], self.row_of[old]) = (Some(row), None);
                let row = &self.rows[row];
                let help = format!("did you mean `{}`? its edges and its row are there", row.id.value);
                found.push(finding.help(help).related(row.id.span, "the row with this title"));
                continue;
            }
            let free = self.rows.iter().zip(&self.spoken_for).filter(|(_, spoken_for)| !**spoken_for);
            let near = did_you_mean(found.len(), &node.id, free.map(|(row, _)| row.id.value.as_str()));
            found.push(finding.help("add a row for it: who does it, and what to open first").help_if(near));
        }
    }

    fn undefined_nodes(&self, found: &mut Diagnostics) {
        let renamed: BTreeSet<&str> = self.rows.iter().map(Row::key).collect();
        for (index, node) in self.graph.nodes.iter().enumerate().filter(|(_, node)| !node.declared) {
            let row = self.row_of[index].map(|row| &self.rows[row]);
            if row.is_none() && renamed.contains(node.id.as_str()) {
                continue;
            }
            let near = meant(found.len(), &node.id, candidates(self.graph, index));
            let finding = undefined(self.graph, index, near.filter(|_| row.is_none()));
            found.push(match row {
                Some(row) => finding.related(row.id.span, "its row"),
                None => finding,
            });
        }
    }
}

/// The ids that an undeclared node may have been meant for: not those of the nodes that its own edges join it to, since
/// then these would lead from a node to itself.
fn candidates(graph: &Graph, index: usize) -> impl Iterator<Item = &str> {
    let number = |end: Endpoint| match end {
        Endpoint::Node(NodeId(node)) => Some(node as usize),
        Endpoint::Lane(_) | Endpoint::Group(_) => None,
    };
    let ends = graph.edges.iter().map(move |edge| (number(edge.from), number(edge.to)));
    let joined: BTreeSet<usize> = ends
        .filter(|(from, to)| *from == Some(index) || *to == Some(index))
        .flat_map(|(from, to)| [from, to])
        .flatten()
        .collect();
    let nodes = graph.nodes.iter().enumerate();
    nodes.filter(move |(at, node)| node.declared && !joined.contains(at)).map(|(_, node)| node.id.as_str())
}

/// The finding for a node that is only named in edges, where all of them can lead to the one that was meant.
fn undefined(graph: &Graph, index: usize, meant: Option<&str>) -> Diagnostic {
    let node = &graph.nodes[index];
    let finding = UNDEFINED_NODE.at(node.span, format!("node `{}` is never declared in a lane", node.id));
    let Some(meant) = meant else {
        return finding.help(format!("declare it in its lane: `{}[\"…\"]`", node.id));
    };
    let mentions = graph.places.nodes.get(index).map_or(&[][..], |place| &place.mentions);
    let edits: Vec<Edit> = mentions.iter().map(|span| Edit { span: *span, replacement: meant.to_owned() }).collect();
    let fix = (!edits.is_empty()).then(|| Fix::suggested(edits));
    finding.help(format!("did you mean `{meant}`?")).fix_if(fix)
}

/// Nodes of a map without a table that are only named in edges and look like another node's id. Without a table
/// a bare name may well be meant, so it takes the likeness to say otherwise.
pub(super) fn misspelt(graph: &Graph) -> Diagnostics {
    if graph.lanes.is_empty() {
        return Vec::new();
    }
    let bare = graph.nodes.iter().enumerate().filter(|(_, node)| !node.declared);
    // `node2` is no slip of `node1`: people number their nodes.
    let letters = |id: &str| id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let mut found = Vec::new();
    for (index, node) in bare {
        let own = letters(&node.id);
        if let Some(near) = meant(found.len(), &node.id, candidates(graph, index).filter(|id| letters(id) != own)) {
            found.push(undefined(graph, index, Some(near)));
        }
    }
    found
}
