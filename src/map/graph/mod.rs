//! A workflow map as data: lanes, groups, nodes and edges, each with the place it was written.
//! In: what the Mermaid parser and the node-reference table say. Out: the `Graph` that is laid out and drawn.
//! Never knows: coordinates, colours, pages.

mod label;
mod look_up;
mod looks;

pub use label::{Label, Run};
pub use looks::{Class, Declaration, EdgeLine, Shape, Tip};

use crate::map::index_vec::ids;
use crate::source::{Located, Span};

ids! {
    /// Position of a node in [`Graph::nodes`].
    pub struct NodeId;

    /// Position of an edge in [`Graph::edges`].
    pub struct EdgeId;

    /// Position of a lane in [`Graph::lanes`].
    pub struct LaneId;

    /// Position of a group in [`Graph::groups`].
    pub struct GroupId;
}

/// A flowchart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Graph {
    /// Where the flow runs.
    pub direction: Direction,
    /// `accTitle`, or the title in the diagram's front matter.
    pub title: Option<Located<String>>,
    /// `accDescr`.
    pub description: Option<Located<String>>,
    /// The outermost subgraphs, in source order.
    pub lanes: Vec<Lane>,
    /// Subgraphs inside lanes or other groups, outer before inner.
    pub groups: Vec<Group>,
    /// In order of first mention.
    pub nodes: Vec<Node>,
    /// In source order; `A --> B & C` is two.
    pub edges: Vec<Edge>,
    /// Styles by class name, as `classDef` gives them, in source order.
    pub classes: Vec<Class>,
    /// Columns with headings, when the table or the labels number the stages; otherwise empty.
    pub stages: Vec<Stage>,
    /// Where repairs of the diagram can be made.
    pub places: SourcePlaces,
}

/// Where repairs of a diagram can be made; nothing that drawing needs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SourcePlaces {
    /// For each of [`Graph::nodes`], or fewer.
    pub nodes: Vec<NodePlace>,
    /// For each of [`Graph::lanes`], or fewer.
    pub lanes: Vec<LanePlace>,
}

/// Where a node can be repaired.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NodePlace {
    /// Its label as written, without brackets and quotes.
    pub label: Option<Located<String>>,
    /// The line that declares it, line break included, when nothing else stands there and no other
    /// statement in a subgraph names the node: then moving the line moves the node.
    pub line: Option<Located<String>>,
    /// Everywhere that a node or an edge statement names it.
    pub mentions: Vec<Span>,
}

/// Where a lane can be repaired.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LanePlace {
    /// Its title as written, without brackets and quotes.
    pub title: Option<Located<String>>,
    /// The empty place right before the line of its `end`: a line put here lies in the lane.
    pub end: Option<Span>,
}

/// Where the flow runs.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    LeftRight,
    /// Right to left.
    RightLeft,
    /// Top to bottom.
    TopBottom,
    /// Bottom to top.
    BottomTop,
}

impl Direction {
    /// Whether the flow runs up or down.
    #[must_use]
    pub const fn is_vertical(self) -> bool {
        matches!(self, Self::TopBottom | Self::BottomTop)
    }
}

/// A responsibility: an outermost subgraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lane {
    /// Its id in the diagram.
    pub id: String,
    /// What readers see.
    pub title: Label,
    /// The id where the subgraph is declared.
    pub span: Span,
    /// `classDef` names given to it.
    pub classes: Vec<String>,
    /// CSS declarations given to it by `style`.
    pub style: Vec<Declaration>,
}

/// A subgraph inside a lane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its id in the diagram.
    pub id: String,
    /// What readers see.
    pub title: Label,
    /// The lane it lies in, at whatever depth.
    pub lane: LaneId,
    /// The group around it, when it is not directly in the lane.
    pub parent: Option<GroupId>,
    /// The id where the subgraph is declared.
    pub span: Span,
    /// `classDef` names given to it.
    pub classes: Vec<String>,
    /// CSS declarations given to it by `style`.
    pub style: Vec<Declaration>,
}

/// A step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its id in the diagram.
    pub id: String,
    /// What readers see; the id when no label was given.
    pub label: Label,
    /// Its outline.
    pub shape: Shape,
    /// Its lane; `None` for a node in no subgraph.
    pub lane: Option<LaneId>,
    /// The innermost group around it.
    pub group: Option<GroupId>,
    /// Position of its stage in [`Graph::stages`].
    pub stage: Option<u32>,
    /// `classDef` names given to it.
    pub classes: Vec<String>,
    /// CSS declarations given to it by `style`.
    pub style: Vec<Declaration>,
    /// What a click does.
    pub click: Option<Click>,
    /// Whether a label, shape or subgraph ever declared it; otherwise it is only named in edges.
    pub declared: bool,
    /// The id where the node is declared, else where it is first named.
    pub span: Span,
    /// The text between its brackets, when it has any.
    pub label_span: Option<Span>,
}

/// What a click on a node does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Click {
    /// The address, as written, without its quotes.
    pub target: Located<String>,
    /// The tooltip.
    pub tooltip: Option<String>,
    /// The whole statement.
    pub span: Span,
}

/// An arrow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
    /// Where it starts.
    pub from: Endpoint,
    /// Where it leads.
    pub to: Endpoint,
    /// The text on it.
    pub label: Option<Label>,
    /// How it is drawn.
    pub line: EdgeLine,
    /// At its start.
    pub tail: Tip,
    /// At its end.
    pub head: Tip,
    /// Ranks it spans at least: 1 for `-->`, 2 for `--->`.
    pub length: u32,
    /// CSS declarations given to it by `linkStyle`.
    pub style: Vec<Declaration>,
    /// The arrow, with its label.
    pub span: Span,
}

/// What an edge may be tied to.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Endpoint {
    /// A step.
    Node(NodeId),
    /// A whole lane.
    Lane(LaneId),
    /// A whole group.
    Group(GroupId),
}

/// A column with a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stage {
    /// What readers see.
    pub title: String,
}
