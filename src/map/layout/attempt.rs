//! One attempt at a map: the steps of layered drawing (Sugiyama, Tagawa and Toda 1981) in their order, at one setting.
//!
//! Cycle breaking, layering, crossing minimisation; then routing on the grid and channel routing in place of Sugiyama's
//! dummy nodes, and coordinates last.

use super::Layout;
use super::assemble::{Assembly, MARGIN, Placed, STAGES};
use super::channel::plan::{Plan, Tracks};
use super::channel::segment::Routes;
use super::coordinates::{stack_horizontals, stack_verticals, titles};
use super::cycle_breaking::{Sense, senses};
use super::geometry::{Px, Size};
use super::group_padding::Padding;
use super::id::{Axis, Lines, VerticalId};
use super::label::spots;
use super::layout_graph::LayoutGraph;
use super::order::{Cells, order};
use super::page_axes::PageAxes;
use super::rank::{RankOptions, ranks};
use super::routing::grid::{Grid, HorizontalKind};
use super::routing::reroute::{RouteCost, RoutingProblem, route};
use super::shape::{Fitted, fit};
use super::text::{Type, wrap};
use crate::map::graph::{Direction, EdgeId, Graph, Label, NodeId, Shape};
use crate::map::index_vec::{Id as _, IndexVec};

/// What an attempt is made with.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct AttemptSettings {
    /// Where the flow runs.
    pub direction: Direction,
    pub rank: RankOptions,
    /// The widest line of text in a node.
    pub text: Px,
    pub cost: RouteCost,
}

/// What all attempts at a map have in common.
pub(super) struct LayoutContext<'g> {
    graph: LayoutGraph<'g>,
    senses: IndexVec<EdgeId, Sense>,
    /// Cells found so far, and by which options: most settings differ in text and costs only.
    cells: Vec<(RankOptions, Cells)>,
    work: usize,
    comparisons: usize,
}

impl<'g> LayoutContext<'g> {
    /// Reads a graph; `None` if there is nothing to be drawn.
    pub(super) fn new(graph: &'g Graph) -> Option<Self> {
        let graph = LayoutGraph::new(graph);
        let senses = senses(&graph);
        (!graph.nodes.is_empty()).then_some(Self { graph, senses, cells: Vec::new(), work: 0, comparisons: 0 })
    }

    /// What is laid out.
    pub(super) fn graph(&self) -> &'g Graph {
        self.graph.graph
    }

    /// How much work all attempts were so far. It is counted, not timed, so that every machine draws the same map.
    pub(super) fn work(&self) -> usize {
        self.work
    }

    /// How often all attempts so far have compared an edge with another that passes the same place.
    pub(super) fn comparisons(&self) -> usize {
        self.comparisons
    }

    fn cells(&mut self, options: RankOptions) -> Cells {
        if let Some((_, cells)) = self.cells.iter().find(|(by, _)| *by == options) {
            return cells.clone();
        }
        let (cells, work) = order(&self.graph, &self.senses, ranks(&self.graph, &self.senses, options));
        self.work += work;
        self.cells.push((options, cells.clone()));
        cells
    }
}

/// Makes a map; `None` if the setting leads nowhere.
pub(super) fn attempt(context: &mut LayoutContext, settings: &AttemptSettings) -> Option<Layout> {
    let cells = context.cells(settings.rank);
    let (graph, senses) = (&context.graph, &context.senses);
    let axes = PageAxes::new(settings.direction);
    let grid = Grid::new(graph, &cells);
    let fitted = fitted(graph, &cells, axes, settings.text);
    let sizes: IndexVec<NodeId, Size> = fitted.iter().map(|fitted| axes.size(fitted.size)).collect();
    // Routes need lengths before any line has its place: a guess is enough to tell a detour from a short way.
    let thickness = guess(&grid, &sizes);
    let (paths, work) =
        route(RoutingProblem { graph, grid: &grid, senses, thickness: &thickness, cost: settings.cost });
    context.work += work.expansions + fixed_work(graph);
    context.comparisons += work.comparisons;
    let routes = Routes::new(paths);
    let spots = spots(graph, &grid, &routes, &thickness, axes);
    let padding = Padding::new(graph, &grid, axes, &sizes);
    let mut apart = Vec::new();
    // Each round knows of more segments to be kept apart; the limit is for diagrams of hundreds of nodes.
    let mut rounds = 0..4;
    // What must be kept apart on a horizontal line shows only when the vertical ones are solved, so all is placed
    // again.
    let placed = loop {
        let plan = Plan { graph, grid: &grid, routes: &routes, spots: &spots, axes, apart: &apart };
        let placed = place(&plan, &padding, sizes.clone())?;
        let known = apart.len();
        let new: Vec<_> = placed.tracks.clashes.iter().filter(|clash| !apart.contains(clash)).copied().collect();
        apart.extend(new);
        if apart.len() == known || rounds.next().is_none() {
            break placed;
        }
    };
    let plan = Plan { graph, grid: &grid, routes: &routes, spots: &spots, axes, apart: &apart };
    let layout = Assembly::new(plan, &placed, &cells).layout(fitted, &padding);
    Some(Layout { is_simplified: work.is_bounded, ..layout })
}

/// Positions of everything, first across the flow, then along it.
fn place(plan: &Plan, padding: &Padding, sizes: IndexVec<NodeId, Size>) -> Option<Placed> {
    let mut tracks = Tracks::new(plan, sizes);
    // Heights first: vertical lines must know how far each segment reaches, horizontal ones only in what order.
    tracks.settle(plan, Axis::Horizontal)?;
    let heading = if plan.graph.graph.stages.is_empty() { 0 } else { STAGES };
    let bands = stack_horizontals(plan.graph, plan.grid, padding, &mut tracks, MARGIN + heading);
    tracks.place(plan, Axis::Horizontal);
    let titles = titles(plan.graph, &bands);
    tracks.settle(plan, Axis::Vertical)?;
    // The strip stands on the left and on top, whichever way the flow runs.
    let (before, after) = if plan.axes.is_reversed() { (0, titles.strip) } else { (titles.strip, 0) };
    let end = stack_verticals(padding, &mut tracks, MARGIN + before) + after;
    tracks.place(plan, Axis::Vertical);
    Some(Placed { tracks, bands, titles, end })
}

/// What an attempt costs apart from what is counted: ranks, channels and checks, which compare all with all.
fn fixed_work(graph: &LayoutGraph) -> usize {
    (graph.nodes.len() + graph.edges.len()).pow(2) / 50
}

/// The text of each node, and its box.
fn fitted(graph: &LayoutGraph, cells: &Cells, axes: PageAxes, limit: Px) -> IndexVec<NodeId, Fitted> {
    let fitted = graph.nodes.ids().map(|node| match graph.graph.nodes.get(node.index()) {
        Some(node) => fit(node.shape, &node.label, limit),
        None => Fitted { text: wrap(&Label::default(), limit, Type::NODE), size: Size { w: 48, h: 24 } },
    });
    let mut fitted = fitted.collect();
    even_columns(graph, cells, axes, &mut fitted);
    fitted
}

/// Boxes of one column are equally wide, for a calm picture.
fn even_columns(graph: &LayoutGraph, cells: &Cells, axes: PageAxes, fitted: &mut IndexVec<NodeId, Fitted>) {
    // Others would become shapes of another kind: a wide circle is an ellipse.
    let may_be_wider = |node: NodeId| {
        matches!(
            graph.shape(node),
            Shape::Rectangle | Shape::Rounded | Shape::Stadium | Shape::Subroutine | Shape::Document
        )
    };
    let column = |node: NodeId| {
        if axes.is_vertical() { (graph.nodes[node].band.index(), cells.row[node]) } else { (cells.rank[node], 0) }
    };
    for node in fitted.ids() {
        let others = fitted.ids().filter(|&other| may_be_wider(other) && column(other) == column(node));
        let widest = others.map(|other| fitted[other].size.w).max().unwrap_or(0);
        if may_be_wider(node) {
            fitted[node].size.w = widest;
        }
    }
}

/// How thick lines will be about, to compare paths by.
fn guess(grid: &Grid, sizes: &IndexVec<NodeId, Size>) -> Lines<Px> {
    let rows = grid.horizontals.iter().map(|line| if line.kind == HorizontalKind::Row { 44 } else { 22 });
    let columns = (0..grid.verticals).map(|at| if VerticalId::from_index(at).is_column() { 60 } else { 36 });
    let mut lines = Lines { horizontal: rows.collect(), vertical: columns.collect() };
    for (size, point) in sizes.iter().zip(&grid.cell) {
        let (column, row) = (&mut lines.vertical[point.x], &mut lines.horizontal[point.y]);
        (*column, *row) = ((*column).max(size.w), (*row).max(size.h));
    }
    lines
}
