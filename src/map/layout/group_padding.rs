//! Room for the borders and titles of groups, outside what lies on their lines.

use super::GroupBox;
use super::channel::plan::{TrackLine, Tracks};
use super::geometry::{Px, Rect, Size};
use super::id::{Ends, HorizontalId, Lines, VerticalId};
use super::layout_graph::LayoutGraph;
use super::page_axes::PageAxes;
use super::routing::grid::{Grid, GridPoint};
use super::text::{TextBlock, Type, wrap};
use crate::map::graph::{GroupId, NodeId};
use crate::map::index_vec::{Id, IndexVec};

/// Around the nodes of a group.
const GROUP_PAD: Px = 9;

/// Room before and after something.
#[derive(Copy, Clone, Default)]
pub(super) struct Margins {
    pub before: Px,
    pub after: Px,
}

/// Room for the borders of groups.
pub(super) struct Padding {
    /// Before and after each line.
    pub lines: Lines<Margins>,
    groups: IndexVec<GroupId, GroupPadding>,
}

/// A group on the grid, and how far its box lies outside its outermost lines.
struct GroupPadding {
    columns: Ends<VerticalId>,
    rows: Ends<HorizontalId>,
    along: Ends<Px>,
    across: Ends<Px>,
    title: TextBlock,
}

impl Padding {
    /// Measures what groups need.
    pub(super) fn new(graph: &LayoutGraph, grid: &Grid, axes: PageAxes, sizes: &IndexVec<NodeId, Size>) -> Self {
        let ids = (0..).take(graph.graph.groups.len()).map(GroupId);
        let groups = ids.map(|group| GroupPadding::on_grid(graph, grid, group, |node| axes.size(sizes[node]).w));
        let mut groups: IndexVec<GroupId, GroupPadding> = groups.collect();
        // Inner groups come after outer ones, so from the last to the first each is known before those around it.
        for id in groups.ids().rev() {
            let inner: Vec<GroupId> =
                groups.ids().filter(|&inner| inner > id && graph.graph.group(inner).parent == Some(id)).collect();
            let (along, across) = groups[id].around(&inner.iter().map(|&inner| &groups[inner]), axes);
            (groups[id].along, groups[id].across) = (along, across);
        }
        let mut lines = Lines {
            horizontal: IndexVec::filled(grid.horizontals.len(), Margins::default()),
            vertical: IndexVec::filled(grid.verticals, Margins::default()),
        };
        // Two groups that end on one line take the same room: only the wider one counts.
        for group in &groups {
            widen(&mut lines.vertical, group.columns, group.along);
            widen(&mut lines.horizontal, group.rows, group.across);
        }
        Self { lines, groups }
    }

    /// The boxes and titles of groups along and across the flow, once all lines are laid.
    pub(super) fn boxes(&self, tracks: &Tracks) -> impl Iterator<Item = GroupBox> {
        let Lines { horizontal, vertical } = &tracks.lines;
        self.groups.iter().map(move |group| {
            let (x, right) = extent(vertical, group.columns, group.along);
            let (y, bottom) = extent(horizontal, group.rows, group.across);
            GroupBox { rect: Rect { x, y, w: right - x, h: bottom - y }, title: group.title.clone() }
        })
    }
}

fn widen<I: Id>(lines: &mut IndexVec<I, Margins>, ends: Ends<I>, by: Ends<Px>) {
    let before = &mut lines[ends.start].before;
    *before = (*before).max(by.start);
    let after = &mut lines[ends.finish].after;
    *after = (*after).max(by.finish);
}

fn extent<I: Id>(lines: &IndexVec<I, TrackLine>, ends: Ends<I>, by: Ends<Px>) -> (Px, Px) {
    let (first, last) = (lines[ends.start], lines[ends.finish]);
    (first.middle + first.low - by.start, last.middle + last.high + by.finish)
}

impl GroupPadding {
    /// Where a group lies on the grid, still without padding.
    fn on_grid(graph: &LayoutGraph, grid: &Grid, id: GroupId, width: impl Fn(NodeId) -> Px) -> Self {
        let nodes = graph.nodes.ids().filter(|&node| graph.graph.is_within(graph.nodes[node].group, id));
        let members: Vec<NodeId> = nodes.collect();
        let points = || members.iter().map(|&node| grid.cell[node]);
        let widest = members.iter().map(|&node| width(node)).max().unwrap_or(0);
        Self {
            columns: ends(points().map(|GridPoint { x, .. }| x)),
            rows: ends(points().map(|GridPoint { y, .. }| y)),
            along: Ends::default(),
            across: Ends::default(),
            // At least 80: a group of one small node would break its title into letters.
            title: wrap(&graph.graph.group(id).title, widest.max(80), Type::GROUP),
        }
    }

    /// How far its box lies outside its lines, along and across the flow: further than those of inner groups that end on
    /// the same line.
    fn around<'p>(&self, inner: &(impl Iterator<Item = &'p Self> + Clone), axes: PageAxes) -> (Ends<Px>, Ends<Px>) {
        let deepest =
            |pads: &dyn Fn(&Self) -> Option<Px>| inner.clone().filter_map(pads).max().unwrap_or(0) + GROUP_PAD;
        let mut along = Ends {
            start: deepest(&|inner| (inner.columns.start == self.columns.start).then_some(inner.along.start)),
            finish: deepest(&|inner| (inner.columns.finish == self.columns.finish).then_some(inner.along.finish)),
        };
        let mut across = Ends {
            start: deepest(&|inner| (inner.rows.start == self.rows.start).then_some(inner.across.start)),
            finish: deepest(&|inner| (inner.rows.finish == self.rows.finish).then_some(inner.across.finish)),
        };
        // The title stands at the top of the box on the page, whichever side of it that is to the flow.
        let height = self.title.size().h;
        match (axes.is_vertical(), axes.is_reversed()) {
            (false, _) => across.start += height,
            (true, false) => along.start += height,
            (true, true) => along.finish += height,
        }
        (along, across)
    }
}

/// The first and the last of some lines.
fn ends<I: Id + Ord + Default>(lines: impl Iterator<Item = I> + Clone) -> Ends<I> {
    Ends { start: lines.clone().min().unwrap_or_default(), finish: lines.max().unwrap_or_default() }
}
