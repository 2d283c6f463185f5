//! Scores how well a table matches the nodes of a diagram.

use std::collections::{BTreeSet, HashMap};

use super::headings::{self, HeadingMatch, of_a_matrix};
use super::{Reference, Row, TableInput, columns};
use crate::map::graph::{Graph, LaneId, Node, NodeId};
use crate::map::index_vec::IndexVec;
use crate::map::title;

/// The nodes and lanes of a diagram, as tables name them.
pub(super) struct Nodes<'g> {
    pub(super) graph: &'g Graph,
    by_id: HashMap<&'g str, NodeId>,
    /// The words of each title, none where a node has no label.
    titles: IndexVec<NodeId, Vec<String>>,
    /// The titles of lanes.
    lanes: IndexVec<LaneId, Vec<String>>,
    /// Nodes that the diagram declares.
    pub(super) declared: usize,
}

impl<'g> Nodes<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let title = |node: &Node| match node.label_span {
            Some(_) => title::words(title::without_stage(&node.label.title())),
            None => Vec::new(),
        };
        Self {
            graph,
            by_id: graph.nodes_by_id().map(|(at, node)| (node.id.as_str(), at)).collect(),
            titles: graph.nodes.iter().map(title).collect(),
            lanes: graph.lanes.iter().map(|lane| title::words(&lane.title.text())).collect(),
            declared: graph.nodes.iter().filter(|node| node.declared).count(),
        }
    }

    /// The node of an id.
    pub(super) fn called(&self, id: &str) -> Option<NodeId> {
        self.by_id.get(id).copied()
    }

    /// Whether a text is the title of a node, or begins with it, or the other way round.
    pub(super) fn is_title_of(&self, text: &str, node: NodeId) -> bool {
        title::words_fit(&title::words(title::without_stage(text)), self.title(node))
    }

    fn title(&self, node: NodeId) -> &[String] {
        self.titles.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    /// The only node whose title fits a text.
    pub(super) fn titled(&self, text: &str) -> Option<NodeId> {
        let words = title::words(title::without_stage(text));
        let mut fit = self.titles.entries().filter(|(_, title)| title::words_fit(&words, title)).map(|(node, _)| node);
        // Of two nodes with one title nobody knows which is meant.
        fit.next().filter(|_| fit.next().is_none())
    }

    /// Whether a text is the title of a lane.
    pub(super) fn is_lane(&self, text: &str) -> bool {
        let words = title::words(text);
        !words.is_empty() && self.lanes.iter().any(|lane| *lane == words)
    }

    /// Whether a text is the title of the lane that a node lies in.
    fn is_lane_of(&self, text: &str, node: NodeId) -> bool {
        let lane = self.graph.node(node).lane.and_then(|lane| self.lanes.get(lane));
        lane.is_some_and(|lane| *lane == title::words(text))
    }

    /// Whether a table speaks of a lane or group: such a row is about no node, and wrong in nothing.
    fn is_subgraph(&self, id: &str) -> bool {
        self.graph.lanes.iter().any(|lane| lane.id == id) || self.graph.groups.iter().any(|group| group.id == id)
    }
}

/// What speaks for a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// Rows that could name a node.
    rows: usize,
    /// Nodes that they name.
    pub(super) known: usize,
    /// Nodes of the diagram.
    declared: usize,
    /// Rows about a node in which title or lane can be compared, and those of them that agree in one of both.
    comparable: usize,
    agreeing: usize,
    /// Columns whose headings are known, the ids aside.
    columns: usize,
    /// Whether a heading says that the ids are ids.
    has_id_heading: bool,
    /// Whether the ids are more than single letters, which any table may have.
    is_distinctive: bool,
    /// Whether the headings are those of a table of who answers for what.
    is_matrix: bool,
}

impl Evidence {
    pub(super) fn of(reference: &Reference, table: &TableInput, nodes: &Nodes<'_>) -> Self {
        let columns = reference.columns;
        let headings = columns::words_of(&table.header);
        let matrix = of_a_matrix(&headings);
        let mut evidence = Self {
            declared: nodes.declared,
            columns: [columns.lane, columns.step, columns.stage, columns.first_action, columns.next]
                .iter()
                .flatten()
                .count(),
            has_id_heading: columns.id.is_some_and(|id| {
                headings.get(id).is_some_and(|heading| headings::id().is_meant_by(heading, HeadingMatch::Start))
            }),
            is_matrix: matrix > 1 || (matrix == 1 && columns.step.is_none()),
            ..Self::default()
        };
        let mut known = BTreeSet::new();
        for row in &reference.rows {
            let Some(node) = nodes.called(row.key()) else {
                evidence.rows += usize::from(!nodes.is_subgraph(row.key()));
                continue;
            };
            evidence.rows += 1;
            // A second row about a node is no further evidence.
            if known.insert(node) {
                evidence.compare(row, node, nodes);
            }
        }
        evidence.known = known.len();
        evidence
    }

    fn compare(&mut self, row: &Row, node: NodeId, nodes: &Nodes<'_>) {
        self.is_distinctive |= row.key().chars().count() > 1;
        let lane = row.lane.as_ref().filter(|_| !nodes.lanes.is_empty());
        let step = row.step.as_ref().filter(|_| !nodes.title(node).is_empty());
        if lane.is_none() && step.is_none() {
            return;
        }
        self.comparable += 1;
        let agrees = lane.is_some_and(|lane| nodes.is_lane_of(&lane.value, node))
            || step.is_some_and(|step| nodes.is_title_of(&step.value, node));
        self.agreeing += usize::from(agrees);
    }

    /// Whether at least half of the rows name a node.
    pub(super) fn is_of_steps(&self) -> bool {
        self.known > 0 && self.known * 2 >= self.rows
    }

    /// Whether the table is about this diagram. Its ids alone do not say so: any flowchart has an `A` and a `B`, and
    /// so has any table of grades.
    pub(super) fn belongs(&self) -> bool {
        // Most of its rows and half of the nodes: a list that names a step here and there is about something else.
        let names_most = self.known > 0 && self.known * 2 > self.rows && self.known * 2 >= self.declared;
        let agrees = self.comparable > 0 && self.agreeing * 2 >= self.comparable;
        // A few rows may all be wrong; many that agree in nothing are about something else.
        let may_be_wrong = self.agreeing > 0 || self.comparable < 3;
        let by_headings = self.has_id_heading && self.columns > 0 && self.is_distinctive && may_be_wrong;
        names_most && !self.is_matrix && (agrees || by_headings)
    }

    /// More speaks for the table with the higher score.
    pub(super) fn score(&self) -> usize {
        self.known + 2 * self.agreeing + self.columns
    }
}
