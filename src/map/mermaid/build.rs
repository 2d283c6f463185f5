//! Builds the `Graph` from nodes, edges and subgraphs in source order.

#![allow(clippy::indexing_slicing, reason = "typed ids index their own tables")]

use std::collections::HashMap;

use super::entry::{DiagramEntry, DiagramEntryId};
use super::subgraph::{Arrangement, MemberPlace, OpenSubgraph, Subgraph, arrange};
use crate::map::graph::{
    Class, Declaration, Edge, EdgeLine, Endpoint, Graph, GroupId, Label, LaneId, Node, NodeId, NodePlace, SourcePlaces,
    Tip,
};
use crate::map::index_vec::{Id as _, IndexVec};
use crate::source::Span;

/// Nodes and subgraphs that a diagram may have. People's maps have sixty; the bound keeps a hostile one cheap.
pub(super) const MOST_ENTRIES: usize = 500;
/// Edges that a diagram may have: `A & B --> C & D` is four, and a line of them grows with the square. Eight hundred
/// between sixty nodes took ten seconds to lay out.
pub(super) const MOST_EDGES: usize = 500;

/// An edge whose ends are entries yet.
#[derive(Debug)]
pub(super) struct PendingEdge {
    pub(super) from: DiagramEntryId,
    pub(super) to: DiagramEntryId,
    pub(super) label: Option<Label>,
    pub(super) line: EdgeLine,
    pub(super) tail: Tip,
    pub(super) head: Tip,
    pub(super) length: u32,
    pub(super) style: Vec<Declaration>,
    pub(super) span: Span,
}

/// A diagram in the making.
#[derive(Debug, Default)]
pub(super) struct GraphBuilder {
    /// What needs no more work: direction, title, description, classes.
    pub(super) graph: Graph,
    pub(super) entries: IndexVec<DiagramEntryId, DiagramEntry>,
    ids: HashMap<String, DiagramEntryId>,
    pub(super) links: Vec<PendingEdge>,
    class_names: HashMap<String, usize>,
    pub(super) scopes: Vec<OpenSubgraph>,
    pub(super) subgraphs: Vec<Subgraph>,
    /// Closed subgraphs so far; Mermaid numbers those without an id by it.
    pub(super) closed: usize,
}

impl GraphBuilder {
    /// The entry of an id, if there is one.
    pub(super) fn find(&self, id: &str) -> Option<DiagramEntryId> {
        self.ids.get(id).copied()
    }

    /// The entry of an id; `None` when the diagram has too many already.
    pub(super) fn entry(&mut self, id: &str, span: Span) -> Option<DiagramEntryId> {
        if let Some(known) = self.find(id) {
            return Some(known);
        }
        if self.entries.len() >= MOST_ENTRIES {
            return None;
        }
        let entry = self.entries.push(DiagramEntry {
            id: id.to_owned(),
            span,
            label: None,
            label_span: None,
            shape: None,
            declared: false,
            drawn: false,
            classes: Vec::new(),
            style: Vec::new(),
            click: None,
            place: NodePlace::default(),
            claims: 0,
            home: None,
        });
        self.ids.insert(id.to_owned(), entry);
        Some(entry)
    }

    /// A node named in a node or edge statement: the innermost open subgraph lays claim to it.
    pub(super) fn mention(&mut self, id: &str, span: Span) -> Option<DiagramEntryId> {
        let entry = self.entry(id, span)?;
        let named = &mut self.entries[entry];
        named.drawn = true;
        named.place.mentions.push(span);
        if let Some(scope) = self.scopes.last_mut() {
            scope.members.push(entry);
            named.claims += 1;
        }
        Some(entry)
    }

    /// Whether a class is defined.
    pub(super) fn has_class(&self, name: &str) -> bool {
        self.class_names.contains_key(name)
    }

    /// The classes that are defined.
    pub(super) fn class_names(&self) -> impl Iterator<Item = &str> {
        self.graph.classes.iter().map(|class| class.name.as_str())
    }

    /// Whether an entry is a subgraph. All scopes are closed by now.
    pub(super) fn is_subgraph(&self, entry: DiagramEntryId) -> bool {
        self.subgraphs.iter().any(|subgraph| subgraph.entry == entry)
    }

    pub(super) fn at(&mut self, entry: DiagramEntryId) -> &mut DiagramEntry {
        &mut self.entries[entry]
    }

    /// Adds declarations to a class.
    pub(super) fn class(&mut self, name: &str, style: Vec<Declaration>) {
        let known = *self.class_names.entry(name.to_owned()).or_insert(self.graph.classes.len());
        // Several `classDef` of one name add up.
        match self.graph.classes.get_mut(known) {
            Some(known) => known.style.extend(style),
            None => self.graph.classes.push(Class { name: name.to_owned(), style }),
        }
    }

    /// The graph. All scopes are closed by now.
    pub(super) fn finish(mut self) -> Graph {
        let Arrangement { lanes, groups, places, lane_places } =
            arrange(std::mem::take(&mut self.subgraphs), &self.entries);
        let mut ends: IndexVec<DiagramEntryId, Endpoint> = IndexVec::default();
        let mut nodes = Vec::new();
        let mut node_places = Vec::new();
        for (entry, place) in self.entries.into_iter().zip(&places) {
            ends.push(match place {
                MemberPlace::Lane(lane) => Endpoint::Lane(*lane),
                MemberPlace::Group(group) => Endpoint::Group(*group),
                MemberPlace::Node { lane, group } => {
                    let end = Endpoint::Node(NodeId::from_index(nodes.len()));
                    if entry.drawn {
                        let mut entry = entry;
                        let NodePlace { label, line, mentions } = std::mem::take(&mut entry.place);
                        // Moving a line moves the node only where no other statement claims it.
                        node_places.push(NodePlace { label, line: line.filter(|_| entry.claims == 1), mentions });
                        nodes.push(node(entry, *lane, *group));
                    }
                    end
                }
            });
        }
        let edges = self.links.into_iter().map(|link| edge(link, &ends)).collect();
        Graph {
            lanes: lanes.into_iter().collect(),
            groups: groups.into_iter().collect(),
            nodes,
            edges,
            places: SourcePlaces { nodes: node_places, lanes: lane_places },
            ..self.graph
        }
    }
}

fn node(entry: DiagramEntry, lane: Option<LaneId>, group: Option<GroupId>) -> Node {
    Node {
        label: entry.label.unwrap_or_else(|| Label::plain(&entry.id)),
        id: entry.id,
        shape: entry.shape.unwrap_or_default(),
        lane,
        group,
        stage: None,
        classes: entry.classes,
        style: entry.style,
        click: entry.click,
        declared: entry.declared || lane.is_some(),
        span: entry.span,
        label_span: entry.label_span,
    }
}

fn edge(link: PendingEdge, ends: &IndexVec<DiagramEntryId, Endpoint>) -> Edge {
    Edge {
        from: ends[link.from],
        to: ends[link.to],
        label: link.label,
        line: link.line,
        tail: link.tail,
        head: link.head,
        length: link.length,
        style: link.style,
        span: link.span,
    }
}
