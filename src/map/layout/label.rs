//! Where on its way each edge carries its label.
//! In: ways and label texts. Out: for each label a crossing of lines it lies on, and its wrapped text.
//! Never knows: positions on lines. A label is chosen its place before tracks are, so that room is kept for it.

use super::geometry::{Px, Size};
use super::problem::LayoutGraph;
use super::routing::grid::{Grid, GridPoint, HorizontalKind};
use super::routing::route::GridPath;
use super::routing::turn::Turn;
use super::text::{TextBlock, Type, wrap};
use super::tracks::segment::{Segment, Segments};
use crate::map::graph::{End, Label};

/// Between the letters and the edge of a label's box.
pub(super) const PAD: Px = 4;
/// Widths a label may be wrapped to, in pixels of its type: beside other things, and where there is room.
const LIMITS: [Px; 3] = [76, 120, 210];

/// The place of a label.
#[derive(Clone, Debug)]
pub(super) struct LabelSpot {
    /// The crossing it lies on.
    pub node: GridPoint,
    /// The strand that carries it.
    pub strand: usize,
    /// What it says.
    pub text: TextBlock,
    /// Its box, along and across the flow.
    pub size: Size,
}

/// Chooses a spot for each label. `columns` are the widths of the upright lines as far as they are known.
pub(super) fn spots(
    problem: &LayoutGraph,
    grid: &Grid,
    (strands, ways): (&Segments, &[GridPath]),
    columns: &[Px],
    turn: Turn,
) -> Vec<Option<LabelSpot>> {
    let mut chooser =
        Chooser { problem, grid, strands, columns, turn, busy: busy(grid, ways), needs: vec![0; columns.len()] };
    (0..problem.links.len()).map(|link| chooser.choose(link)).collect()
}

/// How many edges pass each crossing.
fn busy(grid: &Grid, ways: &[GridPath]) -> Vec<Px> {
    let mut busy = vec![0; grid.len()];
    ways.iter().flatten().for_each(|&node| busy[grid.index(node)] += 1);
    busy
}

struct Chooser<'a, 'g> {
    problem: &'a LayoutGraph<'g>,
    grid: &'a Grid,
    strands: &'a Segments,
    columns: &'a [Px],
    turn: Turn,
    busy: Vec<Px>,
    /// By upright line: how wide labels have made it so far.
    needs: Vec<Px>,
}

impl Chooser<'_, '_> {
    fn choose(&mut self, link: usize) -> Option<LabelSpot> {
        let label = self.problem.graph.edges[link].label.as_ref().filter(|label| !label.text().trim().is_empty())?;
        let mut best: Option<(Px, LabelSpot)> = None;
        let places: Vec<(usize, GridPoint)> = self.strands.of[link]
            .clone()
            .flat_map(|strand| self.candidates(&self.strands.all[strand]).into_iter().map(move |node| (strand, node)))
            .collect();
        for (text, size) in wrappings(label, self.turn) {
            let priced = places.iter().map(|&(strand, node)| (self.price(link, strand, node, size), strand, node));
            let Some((price, strand, node)) = priced.min_by_key(|&(price, ..)| price) else { continue };
            if best.as_ref().is_none_or(|(least, _)| price < *least) {
                best = Some((price, LabelSpot { node, strand, text, size }));
            }
        }
        let (_, spot) = best?;
        let need = &mut self.needs[spot.node.0];
        *need = (*need).max(spot.size.w);
        self.busy[self.grid.index(spot.node)] += 4;
        Some(spot)
    }

    /// Crossings on a strand where a label can lie: not over a step, and not on the bend of an upright strand.
    fn candidates(&self, strand: &Segment) -> Vec<GridPoint> {
        let (low, high) = strand.span();
        let node = |across: usize| if strand.upright { (strand.line, across) } else { (across, strand.line) };
        let inner = if strand.upright { low + 1..high } else { low..high + 1 };
        inner.map(node).filter(|&node| self.grid.step_at(node).is_none()).collect()
    }

    fn price(&self, link: usize, strand: usize, node: GridPoint, size: Size) -> Px {
        let run = &self.strands.all[strand];
        let is_gap = node.0.is_multiple_of(2);
        let room = if is_gap { self.needs[node.0] } else { self.columns[node.0].max(self.needs[node.0]) };
        let wider = (size.w + if is_gap { 12 } else { 8 } - room).max(0);
        let gutter = self.grid.flat[node.1].kind == HorizontalKind::Gutter;
        let higher = match (gutter, run.upright) {
            (true, true) => size.h + 8,
            (true, false) => size.h / 2,
            (false, _) => size.h / 3,
        };
        // Near its start: a label says why this way is taken.
        let distance = run.at + run.ends.0.abs_diff(if run.upright { node.1 } else { node.0 });
        let bend = usize::from(!run.upright && (node.0 == run.ends.0 || node.0 == run.ends.1) && !run.place.first);
        let first = self.strands.of[link].start == strand;
        let others = self.busy[self.grid.index(node)] - 1;
        let cost = 3 * wider + higher + 30 * others + if first { 0 } else { 12 } + self.hidden(link, node);
        cost + Px::try_from(distance.min(20) * 6 + bend * 10).unwrap_or(0)
    }
}

impl Chooser<'_, '_> {
    /// An edge of a subgraph is cut at its border: a label further in would be left alone.
    fn hidden(&self, link: usize, node: GridPoint) -> Px {
        let edge = &self.problem.graph.edges[link];
        let steps = || 0..self.problem.steps.len();
        let covers = |end: End| match end {
            End::Node(_) => false,
            End::Lane(lane) => self.problem.bands[self.grid.flat[node.1].band].lane == Some(lane),
            End::Group(_) => {
                let cells = steps().filter(|&step| self.problem.within(step, end)).map(|step| self.grid.cell[step]);
                let near = |a: usize, b: usize| a.abs_diff(b) <= 1;
                cells.into_iter().any(|cell| near(cell.0, node.0) && near(cell.1, node.1))
            }
        };
        if covers(edge.from) || covers(edge.to) { 400 } else { 0 }
    }
}

/// The ways to wrap a label, with its box along and across the flow.
fn wrappings(label: &Label, turn: Turn) -> Vec<(TextBlock, Size)> {
    let mut found: Vec<(TextBlock, Size)> = Vec::new();
    for limit in LIMITS {
        let text = wrap(label, limit, Type::EDGE);
        let Size { w, h } = text.size();
        let size = Size { w: w + w % 2 + 2 * PAD, h: h + h % 2 + PAD };
        let size = turn.size(size);
        if found.iter().all(|(other, _)| *other != text) {
            found.push((text, size));
        }
    }
    found
}
