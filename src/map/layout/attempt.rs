//! Several attempts at a map, of which the one that reads best is kept.
//! In: a graph as the engine sees it. Out: a `Layout`.
//! Never knows: how an attempt is made.
//!
//! The direction the author chose is kept as long as the map can be read in its column that way. One too wide for
//! that is also tried across: steps below each other, where they stood side by side, and the page scrolls as pages do.

use super::compose::{AttemptSettings, LayoutContext, compose};
use super::geometry::Px;
use super::rank::{RankOptions, Vertical};
use super::routing::route::RouteCost;
use super::verify::{self, DrawingFaults};
use super::{Layout, LayoutOptions, NodeBox};
use crate::map::graph::{Direction, Graph};

/// What a broken rule costs: more than anything else can.
const FAULT: u64 = 10_000_000;
/// What it costs to let the flow run otherwise than the author wrote.
const TURNED: u64 = 3_000;
/// Work after which no further attempt in one direction begins, unless a rule is still broken. A unit is one crossing
/// that a way is followed to, about a sixth of a microsecond.
const WORK: usize = 70_000;
/// Comparisons of edges that pass the same place, after which no further attempt begins, whatever is wrong with the map.
/// Maps that people draw need a hundredth; each attempt is bounded as well.
const TOIL: usize = 24_000_000;

/// The best of all attempts.
pub(super) fn best(mut base: LayoutContext, options: LayoutOptions) -> Option<Layout> {
    let direction = base.graph().direction;
    let mut search = AttemptSearch { base: &mut base, options, best: None };
    search.run(&usual(direction));
    // A diagram of thousands of steps is no map either way: it is not worth the time.
    if search.is_too_wide() && search.base.work() < 2 * WORK && !search.is_tired() {
        search.run(&usual(turned(direction)));
    }
    search.untangle();
    search.rescue(&last_resorts(direction));
    let is_tired = search.is_tired();
    let simplified = |best: Best| {
        let is_simplified = best.layout.is_simplified || (best.faults > 0 && is_tired);
        Layout { is_simplified, ..best.layout }
    };
    search.best.map(simplified)
}

/// A map, and how hard it is to read.
struct Best {
    score: u64,
    faults: usize,
    crossings: usize,
    setting: AttemptSettings,
    layout: Layout,
}

struct AttemptSearch<'b, 'g> {
    base: &'b mut LayoutContext<'g>,
    options: LayoutOptions,
    /// The best so far.
    best: Option<Best>,
}

impl AttemptSearch<'_, '_> {
    /// Tries settings as long as there is time, and while the map may still become narrow enough; at least one.
    fn run(&mut self, settings: &[AttemptSettings]) {
        let start = self.base.work();
        let mut narrowest = Px::MAX;
        for (tried, setting) in (1..).zip(settings) {
            narrowest = narrowest.min(self.attempt(setting));
            // The narrowest setting saves about half the width of the usual one.
            let limit = readable(self.options);
            let hopeless = narrowest > if tried > 1 { limit * 3 / 2 } else { limit * 2 };
            let spent = self.base.work() - start;
            // The next one costs about as much as those before it.
            if hopeless || spent + spent / tried > WORK || self.is_tired() {
                break;
            }
        }
    }

    /// Tries the best setting once more, with ways that go far to avoid a crossing: they are not the first choice,
    /// because they bend more.
    fn untangle(&mut self) {
        let Some(best) = self.best.as_ref().filter(|best| best.crossings > 0) else { return };
        if self.base.work() < 2 * WORK && !self.is_tired() {
            let setting = AttemptSettings { prices: RouteCost::UNTANGLED, ..best.setting };
            self.attempt(&setting);
        }
    }

    /// Tries settings until no rule is broken.
    fn rescue(&mut self, settings: &[AttemptSettings]) {
        for setting in settings {
            // Ten thousand crossings are a dense map, but no broken rule.
            if self.best.as_ref().is_some_and(|best| best.faults == 0 || self.is_tired()) {
                break;
            }
            self.attempt(setting);
        }
    }

    /// Makes a map and returns how wide it became.
    fn attempt(&mut self, setting: &AttemptSettings) -> Px {
        let Some(layout) = compose(self.base, setting) else { return Px::MAX };
        let report = verify::check(self.base.graph(), &layout);
        let (score, width) = (score((self.base.graph(), &layout), &report, self.options), layout.size.w);
        if self.best.as_ref().is_none_or(|best| score < best.score) {
            let (faults, crossings) = (report.faults.len(), report.crossings);
            self.best = Some(Best { score, faults, crossings, setting: *setting, layout });
        }
        width
    }

    /// Whether enough was done for any map.
    fn is_tired(&self) -> bool {
        self.base.toil() > TOIL
    }

    /// Whether the map cannot be read in its column.
    fn is_too_wide(&self) -> bool {
        self.best.as_ref().is_none_or(|best| best.layout.size.w > readable(self.options))
    }
}

/// Shown in its column, a map half as wide again has letters of 11 pixels: about what can still be read.
const fn readable(options: LayoutOptions) -> Px {
    options.width * 29 / 20
}

const fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::LeftRight | Direction::RightLeft => Direction::TopBottom,
        Direction::TopBottom | Direction::BottomTop => Direction::LeftRight,
    }
}

const fn with(direction: Direction, cell: usize, upright: Vertical, text: Px) -> AttemptSettings {
    AttemptSettings { direction, rank: RankOptions { cell, upright }, text, prices: RouteCost::USUAL }
}

/// What is tried on any map.
fn usual(direction: Direction) -> Vec<AttemptSettings> {
    // The usual one first, then the narrowest, so that it is soon known whether the map can be narrow enough at all.
    // Where the flow runs down, it is stacks that make a map wide.
    let all: &[(usize, Vertical, Px)] = if direction.is_vertical() {
        &[
            (2, Vertical::HandOffs, 150),
            (2, Vertical::Never, 100),
            (5, Vertical::Never, 120),
            (2, Vertical::HandOffs, 100),
            (3, Vertical::Never, 150),
            (3, Vertical::HandOffs, 120),
            (1, Vertical::HandOffs, 110),
            (1, Vertical::Never, 120),
        ]
    } else {
        &[
            (4, Vertical::HandOffs, 120),
            (5, Vertical::Any, 96),
            (3, Vertical::Any, 110),
            (4, Vertical::Chains, 100),
            (4, Vertical::HandOffs, 150),
            (3, Vertical::Chains, 120),
            (2, Vertical::Any, 120),
            (4, Vertical::Never, 150),
            (6, Vertical::HandOffs, 190),
            (1, Vertical::Never, 150),
        ]
    };
    all.iter().map(|&(cell, upright, text)| with(direction, cell, upright, text)).collect()
}

/// What is tried while a rule is broken: the first setting and the plainest one, with each step in a cell of its own,
/// at other prices for ways; then the same across, where every end of an edge gets another place.
fn last_resorts(direction: Direction) -> Vec<AttemptSettings> {
    let plain = with(direction, 1, Vertical::Never, 150);
    let prices =
        [RouteCost { bend: 20, crossing: 90, company: 40 }, RouteCost { bend: 120, crossing: 160, company: 0 }];
    let usual = usual(direction);
    let again = prices.map(|prices| [AttemptSettings { prices, ..usual[0] }, AttemptSettings { prices, ..plain }]);
    let across = with(turned(direction), 1, Vertical::Never, 150);
    let across = [across].into_iter().chain(prices.map(|prices| AttemptSettings { prices, ..across }));
    usual.iter().skip(1).copied().chain([plain]).chain(again.concat()).chain(across).collect()
}

/// How hard a map is to read; lower is better.
fn score((graph, layout): (&Graph, &Layout), report: &DrawingFaults, options: LayoutOptions) -> u64 {
    let width = u64::try_from(layout.size.w).unwrap_or(0);
    let height = u64::try_from(layout.size.h).unwrap_or(0);
    let target = u64::try_from(options.width).unwrap_or(0);
    let limit = u64::try_from(readable(options)).unwrap_or(0);
    let (over, far_over) = (width.saturating_sub(target), width.saturating_sub(limit));
    // Text in tall narrow boxes is hard to read.
    let cramped = |node: &NodeBox| u64::try_from(node.rect.h - node.rect.w / 2).unwrap_or(0);
    report.faults.len() as u64 * FAULT
        + if layout.direction == graph.direction { 0 } else { TURNED }
        + report.crossings as u64 * 260
        + report.bends as u64 * 25
        + report.aslant as u64 * 150
        + report.length.unsigned_abs() / 12
        + layout.nodes.iter().map(cramped).sum::<u64>()
        + over * 6
        + far_over * 20
        + width * height / 1000
}
