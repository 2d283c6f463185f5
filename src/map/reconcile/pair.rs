//! Matches table rows with nodes.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::map::graph::{Endpoint, Graph, Node, NodeId};
use crate::map::index_vec::{Id, IndexVec, ids};
use crate::map::mermaid::{did_you_mean, meant};
use crate::map::reference::{Row, duplicate};
use crate::map::title;

/// A node that the table says nothing about.
pub static NODE_NOT_IN_TABLE: Rule = Rule::error("swimlane/node-not-in-table", include_str!("node_not_in_table.md"));

/// A row about a node that the diagram does not have.
pub static ROW_NOT_IN_DIAGRAM: Rule = Rule::error("swimlane/row-not-in-diagram", include_str!("row_not_in_diagram.md"));

/// An edge to a node that is never declared.
pub static UNDEFINED_NODE: Rule = Rule::error("swimlane/undefined-node", include_str!("undefined_node.md"));

ids! {
    /// Position of a row in its table.
    struct RowId;
}

/// Finds the row of each node.
pub(super) fn pair(graph: &Graph, rows: &[Row], found: &mut Diagnostics) -> IndexVec<NodeId, Option<usize>> {
    let rows: IndexVec<RowId, PairedRow> = rows.iter().map(PairedRow::new).collect();
    let titles: IndexVec<NodeId, Vec<String>> = graph.nodes.iter().map(title_of).collect();
    let mut by_id: BTreeMap<&str, Vec<RowId>> = BTreeMap::new();
    for (id, paired) in rows.entries() {
        by_id.entry(paired.row.key()).or_default().push(id);
    }
    let nodes = graph.nodes.len();
    let mut pairs = Pairs { graph, rows, titles, row_of: IndexVec::filled(nodes, None) };
    for (id, node) in graph.nodes_by_id() {
        let same_id = by_id.get(node.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        // Of two rows with one id, the one that has the node's title is meant.
        let row = same_id.iter().find(|row| pairs.fit(id, **row)).or(same_id.first()).copied();
        pairs.tie(id, row);
    }
    for row in pairs.rows.ids() {
        let same_id = pairs.rows.get(row).and_then(|paired| by_id.get(paired.row.key()));
        pairs.left_over_row(row, same_id.map(Vec::as_slice).unwrap_or_default(), found);
    }
    pairs.left_over_nodes(found);
    pairs.undefined_nodes(found);
    pairs.row_of.into_iter().map(|row| row.map(Id::index)).collect()
}

/// A row on its way to a node.
struct PairedRow<'a> {
    row: &'a Row,
    /// Its title as words, once for all comparisons.
    title: Vec<String>,
    /// Whether a node has its id.
    is_spoken_for: bool,
}

impl<'a> PairedRow<'a> {
    fn new(row: &'a Row) -> Self {
        let title = row.step.as_ref().map(|step| title::words(title::without_stage(&step.value)));
        Self { row, title: title.unwrap_or_default(), is_spoken_for: false }
    }
}

/// The title of a node as words; none where only its id is shown.
fn title_of(node: &Node) -> Vec<String> {
    match node.label_span {
        Some(_) => title::words(title::without_stage(&node.label.title())),
        None => Vec::new(),
    }
}

struct Pairs<'a> {
    graph: &'a Graph,
    rows: IndexVec<RowId, PairedRow<'a>>,
    titles: IndexVec<NodeId, Vec<String>>,
    row_of: IndexVec<NodeId, Option<RowId>>,
}

impl<'a> Pairs<'a> {
    /// Whether a node and a row have one title.
    fn fit(&self, node: NodeId, row: RowId) -> bool {
        let titles = self.titles.get(node).zip(self.rows.get(row));
        titles.is_some_and(|(title, row)| title::words_fit(title, &row.title))
    }

    fn tie(&mut self, node: NodeId, row: Option<RowId>) {
        if let Some(paired) = row.and_then(|row| self.rows.get_mut(row)) {
            paired.is_spoken_for = true;
        }
        self.set(node, row);
    }

    fn set(&mut self, node: NodeId, row: Option<RowId>) {
        self.row_of.get_mut(node).into_iter().for_each(|of_node| *of_node = row);
    }

    fn row_of(&self, node: NodeId) -> Option<&'a Row> {
        let row = self.row_of.get(node).copied().flatten()?;
        self.rows.get(row).map(|paired| paired.row)
    }

    /// A row whose id no node has, or another row has as well. When a node without a row bears its title, the
    /// id is what is wrong: one cause, so one finding for both.
    fn left_over_row(&mut self, id: RowId, same_id: &[RowId], found: &mut Diagnostics) {
        // Of a row that was not read whole, nothing is concluded.
        let Some(written) = self.rows.get(id).filter(|paired| !paired.is_spoken_for && paired.row.is_whole) else {
            return;
        };
        let written = written.row;
        // Of a node that only edges name nobody knows the title, so it is no candidate.
        let is_free = |node: NodeId| self.row_of(node).is_none() && self.graph.node(node).declared;
        let meant = self.graph.node_ids().find(|&node| is_free(node) && self.fit(node, id));
        let is_taken = |other: &&RowId| self.rows.get(**other).is_some_and(|other| other.is_spoken_for);
        let twin = same_id.iter().find(is_taken).or(same_id.first()).filter(|twin| **twin != id);
        let finding = if let Some(twin) = twin.and_then(|twin| self.rows.get(*twin)) {
            duplicate(written, twin.row)
        } else if self.is_subgraph(&written.id.value) {
            return;
        } else {
            let message = format!("no node for table row `{}`", written.id.value);
            ROW_NOT_IN_DIAGRAM.at(written.id.span, message)
        };
        found.push(if let Some(node) = meant {
            self.set(node, Some(id));
            let node = self.graph.node(node);
            let edit = Edit { span: written.id.span, replacement: node.id.clone() };
            finding
                .help(format!("node `{}` has this title but no row; did you mean `{}`?", node.id, node.id))
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
        for (id, node) in self.graph.nodes_by_id() {
            if !node.declared || self.row_of(id).is_some() {
                continue;
            }
            let finding = NODE_NOT_IN_TABLE.at(node.span, format!("node `{}` has no row in the table", node.id));
            // The node was renamed where it is declared, and its edges still lead to the old id.
            let mut others = self.graph.nodes_by_id().filter(|(_, other)| !other.declared);
            let renamed = others.find_map(|(old, _)| {
                let row = self.row_of.get(old).copied().flatten()?;
                self.fit(id, row).then_some((old, row, self.row_of(old)?))
            });
            if let Some((old, row_id, row)) = renamed {
                self.set(id, Some(row_id));
                self.set(old, None);
                let help = format!("did you mean `{}`? it has edges and a row", row.id.value);
                found.push(finding.help(help).related(row.id.span, "the row with this title"));
                continue;
            }
            let free = self.rows.iter().filter(|paired| !paired.is_spoken_for).map(|paired| paired.row);
            let near = did_you_mean(found.len(), &node.id, free.map(|row| row.id.value.as_str()));
            found.push(finding.help("add a row for it: who does it, and what to open first").help_if(near));
        }
    }

    fn undefined_nodes(&self, found: &mut Diagnostics) {
        let named: BTreeSet<&str> = self.rows.iter().map(|paired| paired.row.key()).collect();
        for (id, node) in self.graph.nodes_by_id().filter(|(_, node)| !node.declared) {
            let row = self.row_of(id);
            // Its row went to the node that was renamed, and has been spoken of there.
            if row.is_none() && named.contains(node.id.as_str()) {
                continue;
            }
            let near = meant(found.len(), &node.id, candidates(self.graph, id));
            let finding = undefined(self.graph, id, near.filter(|_| row.is_none()));
            found.push(match row {
                Some(row) => finding.related(row.id.span, "its row"),
                None => finding,
            });
        }
    }
}

/// The ids that an undeclared node may have been meant for: not those of the nodes that its own edges join it to, since
/// then these would lead from a node to itself.
fn candidates(graph: &Graph, id: NodeId) -> impl Iterator<Item = &str> {
    let own = Endpoint::Node(id);
    let edges = graph.edges.iter().filter(move |edge| edge.from == own || edge.to == own);
    let joined: BTreeSet<Endpoint> = edges.flat_map(|edge| [edge.from, edge.to]).collect();
    let is_candidate = move |(at, node): &(NodeId, &Node)| node.declared && !joined.contains(&Endpoint::Node(*at));
    graph.nodes_by_id().filter(is_candidate).map(|(_, node)| node.id.as_str())
}

/// The finding for a node that is only named in edges, where all of them can lead to the one that was meant.
fn undefined(graph: &Graph, id: NodeId, meant: Option<&str>) -> Diagnostic {
    let node = graph.node(id);
    let finding = UNDEFINED_NODE.at(node.span, format!("node `{}` is not declared in any lane", node.id));
    let Some(meant) = meant else {
        return finding.help(format!("declare it in a lane: `{}[\"…\"]`", node.id));
    };
    let mentions = graph.places.nodes.get(id.index()).map(|place| place.mentions.as_slice()).unwrap_or_default();
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
    let bare = graph.nodes_by_id().filter(|(_, node)| !node.declared);
    // `node2` is no slip of `node1`: people number their nodes.
    let letters = |id: &str| id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let mut found = Vec::new();
    for (id, node) in bare {
        let own = letters(&node.id);
        if let Some(near) = meant(found.len(), &node.id, candidates(graph, id).filter(|id| letters(id) != own)) {
            found.push(undefined(graph, id, Some(near)));
        }
    }
    found
}
