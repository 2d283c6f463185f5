//! Several attempts at a map, of which the one that reads best is kept.
//!
//! No single setting suits all maps: what makes a flow of twenty nodes narrow makes one of five look cramped. Attempts
//! are cheap, all of them together a few milliseconds, so a portfolio of settings is tried and each finished map is scored. The direction the author chose is kept as long as the map can be read in its column that way. One too wide for
//! that is also tried across: nodes below each other, where they stood side by side, and the page scrolls as pages do.

use super::attempt::{AttemptSettings, LayoutContext, attempt};
use super::geometry::Px;
use super::rank::{FlatEdges, RankOptions};
use super::routing::reroute::RouteCost;
use super::verify::{self, DrawingFaults};
use super::{Layout, LayoutOptions, NodeBox};
use crate::map::graph::{Direction, Graph};

/// What a broken rule costs: more than anything else can.
const FAULT: u64 = 10_000_000;
/// What it costs to let the flow run otherwise than the author wrote.
const TURNED: u64 = 3_000;
/// Work after which no further attempt in one direction begins, unless a rule is still broken. A unit is one state that
/// the router expands, about a sixth of a microsecond.
const WORK: usize = 70_000;
/// Comparisons of edges that pass the same place, after which no further attempt begins, whatever is wrong with the map.
/// Maps that people draw need a hundredth; each attempt is bounded as well.
const COMPARISONS: usize = 24_000_000;

/// The best of all attempts.
pub(super) fn best(mut context: LayoutContext, options: LayoutOptions) -> Option<Layout> {
    let direction = context.graph().direction;
    let mut search = Portfolio { context: &mut context, options, best: None };
    search.run(usual(direction));
    // A diagram of thousands of nodes is no map either way: it is not worth the time.
    if search.is_too_wide() && search.context.work() < 2 * WORK && !search.is_exhausted() {
        search.run(usual(turned(direction)));
    }
    search.untangle();
    search.rescue(&last_resorts(direction));
    let is_exhausted = search.is_exhausted();
    let simplified = |best: Best| {
        let is_simplified = best.layout.is_simplified || (best.faults > 0 && is_exhausted);
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

struct Portfolio<'c, 'g> {
    context: &'c mut LayoutContext<'g>,
    options: LayoutOptions,
    /// The best so far.
    best: Option<Best>,
}

impl Portfolio<'_, '_> {
    /// Tries settings as long as there is time, and while the map may still become narrow enough; at least one.
    fn run(&mut self, settings: Settings) {
        let start = self.context.work();
        let mut narrowest = Px::MAX;
        for (tried, setting) in (1..).zip(settings.all()) {
            narrowest = narrowest.min(self.attempt(&setting));
            // The narrowest setting saves about half the width of the usual one.
            let limit = readable(self.options);
            let hopeless = narrowest > if tried > 1 { limit * 3 / 2 } else { limit * 2 };
            let spent = self.context.work() - start;
            // The next one costs about as much as those before it.
            if hopeless || spent + spent / tried > WORK || self.is_exhausted() {
                break;
            }
        }
    }

    /// Tries the best setting once more, with paths that go far to avoid a crossing: they are not the first choice,
    /// because they bend more.
    fn untangle(&mut self) {
        let Some(best) = self.best.as_ref().filter(|best| best.crossings > 0) else { return };
        if self.context.work() < 2 * WORK && !self.is_exhausted() {
            let setting = AttemptSettings { cost: RouteCost::UNTANGLED, ..best.setting };
            self.attempt(&setting);
        }
    }

    /// Tries settings until no rule is broken.
    fn rescue(&mut self, settings: &[AttemptSettings]) {
        for setting in settings {
            // Ten thousand crossings are a dense map, but no broken rule.
            if self.best.as_ref().is_some_and(|best| best.faults == 0 || self.is_exhausted()) {
                break;
            }
            self.attempt(setting);
        }
    }

    /// Makes a map and returns how wide it became.
    fn attempt(&mut self, setting: &AttemptSettings) -> Px {
        let Some(layout) = attempt(self.context, setting) else { return Px::MAX };
        let report = verify::check(self.context.graph(), &layout);
        let (score, width) = (score(self.context.graph(), &layout, &report, self.options), layout.size.w);
        if self.best.as_ref().is_none_or(|best| score < best.score) {
            let (faults, crossings) = (report.faults.len(), report.crossings);
            self.best = Some(Best { score, faults, crossings, setting: *setting, layout });
        }
        width
    }

    /// Whether enough was done for any map.
    fn is_exhausted(&self) -> bool {
        self.context.comparisons() > COMPARISONS
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

const fn with(direction: Direction, cell: usize, flat: FlatEdges, text: Px) -> AttemptSettings {
    AttemptSettings { direction, rank: RankOptions { cell, flat }, text, cost: RouteCost::USUAL }
}

/// What is tried on any map, in this order.
struct Settings {
    first: AttemptSettings,
    others: Vec<AttemptSettings>,
}

impl Settings {
    fn all(self) -> impl Iterator<Item = AttemptSettings> {
        [self.first].into_iter().chain(self.others)
    }
}

/// What is tried on any map whose flow runs this way.
fn usual(direction: Direction) -> Settings {
    let setting = |(cell, flat, text)| with(direction, cell, flat, text);
    // The usual one first, then the narrowest, so that it is soon known whether the map can be narrow enough at all.
    // Where the flow runs down, it is stacks that make a map wide.
    if direction.is_vertical() {
        let others = [
            (2, FlatEdges::Never, 100),
            (5, FlatEdges::Never, 120),
            (2, FlatEdges::HandOffs, 100),
            (3, FlatEdges::Never, 150),
            (3, FlatEdges::HandOffs, 120),
            (1, FlatEdges::HandOffs, 110),
            (1, FlatEdges::Never, 120),
        ];
        Settings { first: setting((2, FlatEdges::HandOffs, 150)), others: others.map(setting).into() }
    } else {
        let others = [
            (5, FlatEdges::Any, 96),
            (3, FlatEdges::Any, 110),
            (4, FlatEdges::Chains, 100),
            (4, FlatEdges::HandOffs, 150),
            (3, FlatEdges::Chains, 120),
            (2, FlatEdges::Any, 120),
            (4, FlatEdges::Never, 150),
            (6, FlatEdges::HandOffs, 190),
            (1, FlatEdges::Never, 150),
        ];
        Settings { first: setting((4, FlatEdges::HandOffs, 120)), others: others.map(setting).into() }
    }
}

/// What is tried while a rule is broken: the first setting and the plainest one, with each node in a cell of its own,
/// at other costs of paths; then the same across, where every end of an edge gets another place.
fn last_resorts(direction: Direction) -> Vec<AttemptSettings> {
    let plain = with(direction, 1, FlatEdges::Never, 150);
    // First with bends at a fifth of the usual cost, then with crossings little dearer than bends and company for free:
    // what is a dead end at the usual costs is not one at both.
    let costs = [RouteCost { bend: 20, crossing: 90, beside: 40 }, RouteCost { bend: 120, crossing: 160, beside: 0 }];
    let Settings { first, others } = usual(direction);
    let again = costs.map(|cost| [AttemptSettings { cost, ..first }, AttemptSettings { cost, ..plain }]);
    let across = with(turned(direction), 1, FlatEdges::Never, 150);
    let across = [across].into_iter().chain(costs.map(|cost| AttemptSettings { cost, ..across }));
    others.into_iter().chain([plain]).chain(again.concat()).chain(across).collect()
}

/// How hard a map is to read; lower is better.
fn score(graph: &Graph, layout: &Layout, report: &DrawingFaults, options: LayoutOptions) -> u64 {
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
