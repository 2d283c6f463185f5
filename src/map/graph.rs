//! A workflow map as data: lanes, groups, nodes and edges, each with the place it was written.
//! In: what the Mermaid parser and the node-reference table say. Out: the `Graph` that is laid out and drawn.
//! Never knows: coordinates, colours, pages.

use crate::map::table::{Id as _, ids};
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

impl Graph {
    /// The node of an id of this graph.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The same, to be changed.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    /// The ids of all nodes.
    pub fn node_ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + Clone + use<> {
        (0..self.nodes.len()).map(NodeId::from_index)
    }

    /// All nodes with their ids.
    pub fn nodes_by_id(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.node_ids().zip(&self.nodes)
    }

    /// The edge of an id of this graph.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.index()]
    }

    /// The lane of an id of this graph.
    #[must_use]
    pub fn lane(&self, id: LaneId) -> &Lane {
        &self.lanes[id.index()]
    }

    /// The same, to be changed.
    pub fn lane_mut(&mut self, id: LaneId) -> &mut Lane {
        &mut self.lanes[id.index()]
    }

    /// The first lane of a kind.
    pub fn find_lane(&self, is_meant: impl FnMut(&Lane) -> bool) -> Option<LaneId> {
        self.lanes.iter().position(is_meant).map(LaneId::from_index)
    }

    /// Adds a lane behind the others.
    pub fn add_lane(&mut self, lane: Lane) -> LaneId {
        self.lanes.push(lane);
        LaneId::from_index(self.lanes.len() - 1)
    }

    /// The group of an id of this graph.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// What an edge is tied to, as the diagram calls it.
    #[must_use]
    pub fn id_of(&self, endpoint: Endpoint) -> &str {
        match endpoint {
            Endpoint::Node(node) => &self.node(node).id,
            Endpoint::Lane(lane) => &self.lane(lane).id,
            Endpoint::Group(group) => &self.group(group).id,
        }
    }

    /// A group and the groups around it, from the inside out.
    pub fn enclosing(&self, innermost: Option<GroupId>) -> impl Iterator<Item = GroupId> {
        // Outer groups come before inner ones. A parent that does not is no parent: two groups given each other's ids
        // by a diagram would otherwise never end.
        std::iter::successors(innermost, |&id| self.group(id).parent.filter(|&parent| parent < id))
    }

    /// Whether a group is another or lies in it.
    #[must_use]
    pub fn is_within(&self, group: Option<GroupId>, outer: GroupId) -> bool {
        self.enclosing(group).any(|group| group == outer)
    }

    /// Every text that is drawn, to be changed.
    pub fn for_each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        let lanes = self.lanes.iter_mut().map(|lane| &mut lane.title);
        let groups = self.groups.iter_mut().map(|group| &mut group.title);
        let nodes = self.nodes.iter_mut().map(|node| &mut node.label);
        let edges = self.edges.iter_mut().filter_map(|edge| edge.label.as_mut());
        let labels = lanes.chain(groups).chain(nodes).chain(edges);
        labels.flat_map(|label| &mut label.lines).flatten().for_each(|run| change(&mut run.text));
    }
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

/// How an edge is drawn.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum EdgeLine {
    /// `-->`
    Solid,
    /// `-.->`
    Dashed,
    /// `==>`
    Thick,
    /// `~~~`: orders nodes, is not drawn.
    Invisible,
}

/// What an edge ends in.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Tip {
    /// Nothing: `---`
    None,
    /// `-->`
    Arrow,
    /// `--o`
    Circle,
    /// `--x`
    Cross,
}

/// A node's outline.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Shape {
    /// `[text]`
    #[default]
    Rectangle,
    /// `(text)`
    Rounded,
    /// `([text])`
    Stadium,
    /// `[[text]]`
    Subroutine,
    /// `[(text)]`
    Cylinder,
    /// `((text))`
    Circle,
    /// `(((text)))`
    DoubleCircle,
    /// `>text]`
    Flag,
    /// `{text}`
    Diamond,
    /// `{{text}}`
    Hexagon,
    /// `[/text/]`
    LeanRight,
    /// `[\text\]`
    LeanLeft,
    /// `[/text\]`
    Trapezoid,
    /// `[\text/]`
    TrapezoidFlipped,
    /// `@{ shape: doc }`
    Document,
    /// `@{ shape: text }`: words without an outline drawn; the box still counts.
    Text,
}

/// A text in lines of runs.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Label {
    /// Lines as the author broke them.
    pub lines: Vec<Vec<Run>>,
}

/// Text in one weight and slope.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Run {
    /// Plain text, entities decoded.
    pub text: String,
    /// `<b>` or `**`.
    pub bold: bool,
    /// `<i>` or `*`.
    pub italic: bool,
}

impl Label {
    /// A label of plain text; line breaks in it are kept.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let run = |line: &str| vec![Run { text: line.to_owned(), bold: false, italic: false }];
        Self { lines: text.lines().map(run).collect() }
    }

    /// The first line as plain text: in a label of several lines its title.
    #[must_use]
    pub fn title(&self) -> String {
        self.lines.first().map(|line| line.iter().map(|run| run.text.as_str()).collect()).unwrap_or_default()
    }

    /// All lines as plain text, joined by spaces.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect::<String>());
        lines.collect::<Vec<_>>().join(" ")
    }
}

/// A CSS declaration from `style` or `classDef`, already checked to be harmless.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declaration {
    /// `fill`
    pub property: String,
    /// `#e3f2fd`
    pub value: String,
}

/// A `classDef`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it sets.
    pub style: Vec<Declaration>,
}

/// A column with a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stage {
    /// What readers see.
    pub title: String,
}
