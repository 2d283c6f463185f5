//! Rip-up and reroute: all edges are routed in turn, then taken out and routed again with the others in place.

use std::cell::Cell;

use super::grid::{Grid, GridPoint, GridTable, direction};
use super::state::{Arrival, StateId};
use crate::map::graph::{EdgeId, NodeId};
use crate::map::index_vec::IndexVec;
use crate::map::layout::cycle_breaking::Sense;
use crate::map::layout::geometry::{Px, Side};
use crate::map::layout::id::{BandId, Lines};
use crate::map::layout::layout_graph::LayoutGraph;

/// The points an edge passes, first and last the ones its nodes stand on. Empty for an edge that is not drawn.
pub(crate) type GridPath = Vec<GridPoint>;

/// What a path costs, in pixels of length.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct RouteCost {
    /// A change of direction.
    pub bend: Px,
    /// Running across another edge.
    pub crossing: Px,
    /// Running beside another edge, from one line to the next: enough that of two equal ways the empty one is taken.
    pub beside: Px,
}

impl RouteCost {
    /// What has proved itself. A crossing is worth six bends: at less, edges took the straight way through others.
    pub(crate) const USUAL: Self = Self { bend: 100, crossing: 600, beside: 7 };
    /// For maps on which edges still cross.
    pub(crate) const UNTANGLED: Self = Self { crossing: 1200, ..Self::USUAL };
}

/// States expanded after which no edge is routed again.
const LAST_REROUTE: usize = 30_000;

/// States expanded after which paths are no longer the cheapest but soon found: no map people can read needs so many,
/// and a diagram of hundreds of nodes took seconds.
const EXHAUSTED: usize = 150_000;

/// Comparisons with other paths after which the same holds. Where hundreds of edges pass the same points, a state costs
/// hundreds of looks, so counting states alone does not bound the time.
const MOST_COMPARISONS: usize = 12_000_000;

/// How much work it was to find paths. It is counted, not timed, so that every machine draws the same map.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct RoutingWork {
    /// States that the search expanded.
    pub expansions: usize,
    /// Other paths that were looked at there.
    pub comparisons: usize,
    /// Whether some paths were only soon found, not the cheapest.
    pub is_bounded: bool,
}

/// What is routed, and by what.
#[derive(Copy, Clone)]
pub(crate) struct RoutingProblem<'a, 'g> {
    pub graph: &'a LayoutGraph<'g>,
    pub grid: &'a Grid,
    pub senses: &'a IndexVec<EdgeId, Sense>,
    /// A guess how thick lines will be, to compare paths by.
    pub thickness: &'a Lines<Px>,
    pub cost: RouteCost,
}

/// Finds a path for each edge, and tells how much work it was.
pub(crate) fn route(problem: RoutingProblem) -> (IndexVec<EdgeId, GridPath>, RoutingWork) {
    let RoutingProblem { graph, grid, senses, .. } = problem;
    let mut router = Router::new(problem);
    let mut order: Vec<EdgeId> = graph.edges.ids().filter(|&edge| graph.edges[edge].visible).collect();
    let span = |edge: EdgeId| grid.cell[graph.edges[edge].from].distance(grid.cell[graph.edges[edge].to]);
    // Those with the flow first, and short ones before long: they have the least choice.
    order.sort_by_key(|&edge| (senses[edge] != Sense::Forward, span(edge), edge));
    // Later rounds find less and cost as much. A diagram of hundreds of edges is not worth a third.
    let rounds = match order.len() {
        0..=60 => 3,
        61..=400 => 2,
        _ => 1,
    };
    for round in 0..rounds {
        let mut changed = false;
        // Always in the same order: which edge yields to which must not depend on the round before.
        for &edge in &order {
            // A path that meets no other is as good as it can be, whatever the others do.
            if round > 0 && (router.expansions > LAST_REROUTE || !router.meets_others(edge)) {
                continue;
            }
            // Its own old path must not stand in its way, or it would dodge itself.
            let old = router.rip_up(edge);
            router.route(edge);
            changed |= old != router.paths[edge];
        }
        if round > 0 && !changed {
            break;
        }
    }
    let work = RoutingWork {
        expansions: router.expansions,
        comparisons: router.comparisons.get(),
        is_bounded: router.is_exhausted(),
    };
    (router.paths, work)
}

/// The arms of a point an edge uses, one bit for each side.
pub(super) type Arms = u8;

pub(super) fn arm(side: Side) -> Arms {
    1 << side as u8
}

/// The side of a single arm.
pub(super) fn only(arms: Arms) -> Option<Side> {
    Side::ALL.into_iter().find(|&side| arms == arm(side))
}

/// An edge that passes a point.
#[derive(Copy, Clone)]
pub(super) struct EdgePassage {
    pub edge: EdgeId,
    pub arms: Arms,
}

/// All paths so far, and what the search for the next one needs.
pub(super) struct Router<'a, 'g> {
    pub(super) problem: RoutingProblem<'a, 'g>,
    pub(super) paths: IndexVec<EdgeId, GridPath>,
    /// Who passes each point.
    pub(super) usage: GridTable<Vec<EdgePassage>>,
    /// The cheapest way to each state so far.
    pub(super) best: IndexVec<StateId, Arrival>,
    pub(super) touched: Vec<StateId>,
    /// Where the middle of each line would lie, to guess how far a path has to go.
    pub(super) middles: Lines<Px>,
    /// Whether a band lies outside the lanes.
    outside: IndexVec<BandId, bool>,
    pub(super) expansions: usize,
    /// In a cell, since costs are asked for all over the search and count as they look.
    comparisons: Cell<usize>,
    /// The weight of the heuristic: 1 finds the cheapest path, more finds one sooner.
    pub(super) weight: Px,
}

impl<'a, 'g> Router<'a, 'g> {
    fn new(problem: RoutingProblem<'a, 'g>) -> Self {
        let RoutingProblem { graph, grid, thickness, .. } = problem;
        let has_lanes = graph.bands.iter().any(|band| band.lane.is_some());
        let middles = Lines {
            horizontal: middles(&thickness.horizontal).collect(),
            vertical: middles(&thickness.vertical).collect(),
        };
        Self {
            problem,
            paths: IndexVec::filled(graph.edges.len(), GridPath::new()),
            usage: grid.table(Vec::new()),
            best: IndexVec::filled(StateId::count(grid), Arrival::NONE),
            touched: Vec::new(),
            middles,
            outside: graph.bands.iter().map(|band| has_lanes && band.lane.is_none()).collect(),
            expansions: 0,
            comparisons: Cell::new(0),
            weight: 1,
        }
    }

    /// Whether a path passes a point that others pass too.
    fn meets_others(&self, edge: EdgeId) -> bool {
        let path = &self.paths[edge];
        let inner = path.get(1..path.len().max(2) - 1).unwrap_or_default();
        inner.iter().any(|&point| self.usage[point].len() > 1)
    }

    /// Counts looks at other paths.
    pub(super) fn count_comparisons(&self, others: usize) {
        self.comparisons.set(self.comparisons.get() + others);
    }

    fn rip_up(&mut self, edge: EdgeId) -> GridPath {
        let path = std::mem::take(&mut self.paths[edge]);
        for &point in &path {
            self.usage[point].retain(|passage| passage.edge != edge);
        }
        path
    }

    /// Finds the cheapest path for an edge and puts it in place.
    fn route(&mut self, edge: EdgeId) {
        let is_exhausted = self.expansions >= EXHAUSTED || self.comparisons.get() >= MOST_COMPARISONS;
        // The cheapest path when there is time; a straight one when there is none.
        self.weight = if is_exhausted { 8 } else { 1 };
        let path = self.search(edge);
        let mut before: Option<GridPoint> = None;
        let mut points = path.iter().copied().peekable();
        while let Some(point) = points.next() {
            let arms = [before, points.peek().copied()].into_iter().flatten().map(|other| arm(direction(point, other)));
            self.usage[point].push(EdgePassage { edge, arms: arms.fold(0, |all, arm| all | arm) });
            before = Some(point);
        }
        self.paths[edge] = path;
    }

    /// Whether what others do no longer counts: it would take too long.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.weight > 1
    }

    /// Whether a path may pass here: not over a node, and not outside the lanes unless an end lies there.
    pub(super) fn is_open(&self, edge: EdgeId, point: GridPoint) -> bool {
        let RoutingProblem { graph, grid, .. } = self.problem;
        let edge = &graph.edges[edge];
        // No edge ever runs through a node: it is not dear but impossible.
        if let Some(node) = grid.node_at(point) {
            return node == edge.to;
        }
        let is_loose = |node: NodeId| graph.bands[graph.nodes[node].band].lane.is_none();
        !self.outside[grid.horizontals[point.y].band] || is_loose(edge.from) || is_loose(edge.to)
    }
}

/// Where lines of these thicknesses have their middles.
fn middles<I>(thickness: &IndexVec<I, Px>) -> impl Iterator<Item = Px> {
    let (mut at, mut before) = (0, 0);
    thickness.into_iter().map(move |&thick| {
        at += Px::midpoint(before, thick);
        before = thick;
        at
    })
}
