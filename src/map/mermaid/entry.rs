//! What a diagram says about an id, until all of it is read: only then is it a node or a subgraph.

use crate::map::graph::{Click, Declaration, Label, NodePlace, Shape};
use crate::map::index_vec::ids;
use crate::source::Span;

ids! {
    /// A node or a subgraph, known by its id.
    pub(super) struct DiagramEntryId;
}

/// All that was said about an id.
#[derive(Debug)]
pub(super) struct DiagramEntry {
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) label: Option<Label>,
    pub(super) label_span: Option<Span>,
    pub(super) shape: Option<Shape>,
    pub(super) declared: bool,
    /// Named by a node, an edge or `style`: only such an entry is a node.
    pub(super) drawn: bool,
    pub(super) classes: Vec<String>,
    pub(super) style: Vec<Declaration>,
    pub(super) click: Option<Click>,
    pub(super) place: NodePlace,
    /// How often a statement in a subgraph names it.
    pub(super) claims: usize,
    /// The subgraph in which a statement of its own first puts it.
    pub(super) home: Option<Home>,
}

/// A subgraph that a statement stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Home {
    /// Where the subgraph begins.
    pub(super) scope: Span,
    /// Its id, or its title.
    pub(super) name: String,
    /// Where the statement names the node.
    pub(super) place: Span,
}
