//! Ports: where arrows end at nodes.
//!
//! The arrows at one side of a node spread evenly around its middle, in the order of the channel, and never nearer than
//! the pitch. Where they do not fit, the node grows.

use super::item::{ChannelItem, ItemId, PITCH, Wish};
use super::line::LineSolver;
use super::positions::Shortfall;
use crate::map::graph::NodeId;
use crate::map::index_vec::IndexVec;
use crate::map::layout::geometry::{Px, Side};
use crate::map::layout::id::Axis;
use crate::map::layout::shape::reach;

/// An arrow at a node.
#[derive(Copy, Clone)]
struct NodePort {
    node: NodeId,
    side: Side,
    item: ItemId,
}

impl LineSolver<'_, '_, '_> {
    /// Tells each segment that ends at a node where it may lie and where it would like to.
    pub(super) fn wish(&self, items: &mut IndexVec<ItemId, ChannelItem>, order: &[Vec<ItemId>]) {
        if !self.plan.grid.has_nodes(self.line) {
            return;
        }
        for item in items.iter_mut() {
            // What only passes would like to run in the middle as well, but gives way to all that ends here.
            (item.limit, item.wish) = (None, Some(Wish { at: 0, priority: u32::MAX }));
        }
        let mut ports: Vec<NodePort> = order.iter().flatten().flat_map(|&item| self.ports_of(item)).collect();
        ports.sort_by_key(|port| (port.node, port.side));
        for ports in ports.chunk_by(|a, b| (a.node, a.side) == (b.node, b.side)) {
            let last = Px::try_from(ports.len()).unwrap_or(Px::MAX) - 1;
            for (at, &NodePort { node, side, item }) in (0..).zip(ports) {
                let free = self.free(node, side);
                let item = &mut items[item];
                item.limit = Some(item.limit.map_or(free, |other| other.min(free)));
                item.wish = Some(shared_wish(item.wish, (2 * at - last) * PITCH / 2));
            }
        }
    }

    fn ports_of(&self, item: ItemId) -> Vec<NodePort> {
        let Some(segment) = self.segment(item) else { return Vec::new() };
        let port = |end| NodePort { node: self.node_at(segment, end), side: segment.side(end), item };
        segment.ends_at_nodes().map(port).collect()
    }

    /// Makes the nodes larger at which too many segments end.
    pub(super) fn grow(&mut self, shortfalls: &[Shortfall]) {
        let missing = shortfalls.iter().map(|shortfall| shortfall.missing).max().unwrap_or(0);
        let ports = shortfalls.iter().flat_map(|shortfall| self.ports_of(shortfall.item));
        let mut nodes: Vec<NodeId> = ports.map(|port| port.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        for node in nodes {
            let size = &mut self.tracks.sizes[node];
            let thickness = match self.line.axis() {
                Axis::Horizontal => &mut size.h,
                Axis::Vertical => &mut size.w,
            };
            // By degrees: a little more room on each side may be enough, and boxes stay even. By a constant it took
            // so many rounds with many labelled arrows that every attempt at such a map was given up.
            *thickness += 8.max(missing / 16 * 8);
        }
    }

    /// How far from the middle of a side an arrow may end at a node.
    fn free(&self, node: NodeId, side: Side) -> Px {
        let axes = self.plan.axes;
        reach(self.plan.graph.shape(node), axes.size(self.tracks.sizes[node]), axes.side(side))
    }
}

/// The wish of a segment that ends at a node, and perhaps at another already. One that runs straight from node to node
/// goes first, and stays in the middle of the one with fewer arrows.
fn shared_wish(before: Option<Wish>, at: Px) -> Wish {
    match before {
        Some(other) if other.priority < u32::MAX => {
            Wish { at: if at.abs() < other.at.abs() { at } else { other.at }, priority: 0 }
        }
        _ => Wish { at, priority: 1 + at.unsigned_abs() },
    }
}
