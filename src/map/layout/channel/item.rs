//! What lies in a channel: segments of edges and labels, with how far apart they must keep.

use crate::map::index_vec::ids;
use crate::map::layout::geometry::{Interval, Px};

/// Between two edges side by side: arrow heads are 8 wide, and those of neighbours must not look like one.
pub(super) const PITCH: Px = 12;
/// Between a label and what is beside it.
const LABEL_GAP: Px = 5;

ids! {
    /// Position of an item in its channel.
    pub(super) struct ItemId;
}

/// A stretch of an edge, or a label, that needs a position across the line.
#[derive(Clone, Debug)]
pub(super) struct ChannelItem {
    /// From where to where along the line.
    pub span: Interval,
    /// Half its thickness: 0 for an edge.
    pub half: Px,
    /// A label on the edge.
    pub label: Option<LabelExtent>,
    /// How far from the middle of the line it may lie, when it ends at a node on the line.
    pub limit: Option<Px>,
    /// Where it would like to lie.
    pub wish: Option<Wish>,
}

/// The part of an edge that its label makes thicker.
#[derive(Copy, Clone, Debug)]
pub(super) struct LabelExtent {
    /// From where to where along the line.
    pub span: Interval,
    /// Half its thickness.
    pub half: Px,
}

/// Where an item would like to lie, and whether others give way to it.
#[derive(Copy, Clone, Debug)]
pub(super) struct Wish {
    /// The position.
    pub at: Px,
    /// Lower goes first.
    pub priority: u32,
}

impl ChannelItem {
    /// How far apart two items must lie; `None` if they never meet. `margin` is how near counts as meeting.
    pub(super) fn separation(&self, other: &Self, margin: Px) -> Option<Px> {
        if !self.span.meets(other.span, margin) {
            return None;
        }
        let own = self.label.filter(|label| label.span.meets(other.span, margin));
        let its = other.label.filter(|label| label.span.meets(self.span, margin));
        let halves = match (own, its) {
            // Two labels beside each other need the room of both.
            (Some(own), Some(its)) if own.span.meets(its.span, margin) => own.half + its.half,
            // Labels side by side along the line: each only keeps off the other's edge.
            _ => {
                let beside_own = own.map_or(self.half, |own| own.half + other.half);
                beside_own.max(its.map_or(other.half, |its| its.half + self.half))
            }
        };
        let halves = halves.max(self.half + other.half);
        Some(if halves == 0 { PITCH } else { halves + LABEL_GAP })
    }
}
