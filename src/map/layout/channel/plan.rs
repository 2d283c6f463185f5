//! What the tracks of a map are made of: what is known before any coordinate is, and what grows from axis to axis.

use super::segment::Routes;
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::IndexVec;
use crate::map::layout::geometry::{Point, Px, Size};
use crate::map::layout::id::{Lines, SegmentId};
use crate::map::layout::label::LabelSpot;
use crate::map::layout::layout_graph::LayoutGraph;
use crate::map::layout::page_axes::PageAxes;
use crate::map::layout::routing::grid::Grid;

/// A line's place.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct TrackLine {
    /// Where its middle lies.
    pub middle: Px,
    /// What lies on it reaches from here, relative to its middle …
    pub low: Px,
    /// … to here.
    pub high: Px,
    /// Whether edges or labels lie on it.
    pub used: bool,
}

/// Two segments on one line of which the first must lie before the second.
pub(crate) type Clash = (SegmentId, SegmentId);

/// What is known before any coordinate is.
pub(crate) struct Plan<'a, 'g> {
    pub graph: &'a LayoutGraph<'g>,
    pub grid: &'a Grid,
    pub routes: &'a Routes,
    pub spots: &'a IndexVec<EdgeId, Option<LabelSpot>>,
    pub axes: PageAxes,
    /// Segments on one horizontal line that end where the other begins, and must not do so at one height.
    pub apart: &'a [Clash],
}

/// What grows from one axis to the next.
pub(crate) struct Tracks {
    /// The box of each node, along and across the flow.
    pub sizes: IndexVec<NodeId, Size>,
    /// The position of each segment across its line.
    pub segment: IndexVec<SegmentId, Px>,
    /// The middle of each label, along and across the flow.
    pub label: IndexVec<EdgeId, Point>,
    pub lines: Lines<TrackLine>,
    /// Segments on one horizontal line whose edges would lie on each other between them.
    pub clashes: Vec<Clash>,
}

/// What an item of a channel stands for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Member {
    /// A segment on this line.
    Segment(SegmentId),
    /// The label of an edge, carried by a segment that runs across this line.
    Label(EdgeId),
}
