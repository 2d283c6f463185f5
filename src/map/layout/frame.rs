//! Lines to places: gaps, columns, gutters and rows are laid side by side, with room for borders and titles.
//! In: how far each line reaches. Out: where it lies, where bands begin and end, the boxes of groups.
//! Never knows: routes.

use super::geometry::{Px, Rect, Size};
use super::problem::LayoutGraph;
use super::routing::grid::{Grid, HorizontalKind};
use super::routing::turn::Turn;
use super::text::{TextBlock, Type, wrap};
use super::tracks::track::{TrackLine, Tracks};
use crate::map::graph::{GroupId, Label, LaneId};

/// Between an edge and the border or step beside it.
const TRACK_MARGIN: Px = 10;
/// In front of a step that arrows run to.
const ARROW_MARGIN: Px = 16;
/// An empty gap between columns, an empty gutter between rows, and one at the border of a lane.
const GAP: Px = 32;
const GUTTER: Px = 24;
const BORDER: Px = 13;
/// Around the steps of a group.
const GROUP_PAD: Px = 9;
/// Around the title of a lane.
pub(super) const TITLE_PAD: Px = 8;

/// Room for the borders of groups, outside what lies on a line.
pub(super) struct Padding {
    /// By line: before and after it.
    upright: Vec<(Px, Px)>,
    flat: Vec<(Px, Px)>,
    groups: Vec<GroupPadding>,
}

/// A group on the grid, and how far its box lies outside its outermost lines.
struct GroupPadding {
    columns: (usize, usize),
    rows: (usize, usize),
    along: (Px, Px),
    across: (Px, Px),
    title: TextBlock,
}

impl Padding {
    /// Measures what groups need. Inner ones come after outer ones, so they are measured from the last to the first.
    pub(super) fn new(problem: &LayoutGraph, grid: &Grid, turn: Turn, sizes: &[Size]) -> Self {
        let mut groups: Vec<GroupPadding> = Vec::new();
        for (id, group) in (0..).zip(&problem.graph.groups) {
            let steps = 0..problem.steps.len();
            let members: Vec<usize> =
                steps.filter(|&step| problem.group_within(problem.steps[step].group, GroupId(id))).collect();
            let range = |of: fn(&(usize, usize)) -> usize| {
                let lines = members.iter().map(|&step| of(&grid.cell[step]));
                (lines.clone().min().unwrap_or(0), lines.max().unwrap_or(0))
            };
            let widest = members.iter().map(|&step| turn.size(sizes[step]).w).max().unwrap_or(0);
            let title = wrap(&group.title, widest.max(80), Type::GROUP);
            groups.push(GroupPadding {
                columns: range(|c| c.0),
                rows: range(|c| c.1),
                along: (0, 0),
                across: (0, 0),
                title,
            });
        }
        for at in (0..groups.len()).rev() {
            let inner: Vec<usize> = (at + 1..groups.len())
                .filter(|&inner| problem.graph.groups[inner].parent.is_some_and(|parent| parent.0 as usize == at))
                .collect();
            let (columns, rows) = (groups[at].columns, groups[at].rows);
            let deepest = |pads: &dyn Fn(&GroupPadding) -> Option<Px>| {
                inner.iter().filter_map(|&inner| pads(&groups[inner])).max().unwrap_or(0) + GROUP_PAD
            };
            let mut along = (
                deepest(&|g| (g.columns.0 == columns.0).then_some(g.along.0)),
                deepest(&|g| (g.columns.1 == columns.1).then_some(g.along.1)),
            );
            let mut across = (
                deepest(&|g| (g.rows.0 == rows.0).then_some(g.across.0)),
                deepest(&|g| (g.rows.1 == rows.1).then_some(g.across.1)),
            );
            let height = groups[at].title.size().h;
            match (turn.is_vertical(), turn.is_reversed()) {
                (false, _) => across.0 += height,
                (true, false) => along.0 += height,
                (true, true) => along.1 += height,
            }
            (groups[at].along, groups[at].across) = (along, across);
        }
        let mut pads = Self { upright: vec![(0, 0); grid.upright], flat: vec![(0, 0); grid.flat.len()], groups };
        for group in &pads.groups {
            let widen = |pads: &mut [(Px, Px)], lines: (usize, usize), by: (Px, Px)| {
                pads[lines.0].0 = pads[lines.0].0.max(by.0);
                pads[lines.1].1 = pads[lines.1].1.max(by.1);
            };
            widen(&mut pads.upright, group.columns, group.along);
            widen(&mut pads.flat, group.rows, group.across);
        }
        pads
    }
}

/// Lays flat lines from the top to the bottom of the page; returns the bands.
pub(super) fn stack_flat(
    problem: &LayoutGraph,
    grid: &Grid,
    pads: &Padding,
    tracks: &mut Tracks,
    top: Px,
) -> Vec<(Px, Px)> {
    let mut bands = Vec::new();
    let mut y = top;
    let mut first = 0;
    for (band, part) in grid.flat.chunk_by(|a, b| a.band == b.band).enumerate() {
        let lines = first..first + part.len();
        let start = y;
        let last = lines.end - 1;
        let lane = problem.bands[band].lane;
        let border = if lane.is_some() { BORDER } else { BORDER / 2 };
        let spread = |line: usize| match grid.flat[line].kind {
            HorizontalKind::Row => (pads.flat[line].0, pads.flat[line].1, 0),
            HorizontalKind::Gutter if line == lines.start || line == last => (TRACK_MARGIN, TRACK_MARGIN, border),
            HorizontalKind::Gutter => (TRACK_MARGIN, TRACK_MARGIN, GUTTER),
        };
        let thick: Px = lines.clone().map(|line| thickness(tracks.flat[line], spread(line))).sum();
        let missing = (least_band(problem, lane) - thick).max(0);
        y += missing / 2;
        for line in lines.clone() {
            y = lay(&mut tracks.flat[line], y, spread(line));
        }
        y += missing - missing / 2;
        bands.push((start, y));
        first = lines.end;
    }
    bands
}

/// A lane is thick enough for its title in a few lines.
fn least_band(problem: &LayoutGraph, lane: Option<LaneId>) -> Px {
    let Some(LaneId(lane)) = lane else { return 0 };
    let title = wrap(&problem.graph.lanes[lane as usize].title, Px::MAX / 4, Type::LANE).size().w;
    (title + 2 * TITLE_PAD).min(130)
}

/// Lays upright lines along the flow; returns where the last one ends.
pub(super) fn stack_upright(pads: &Padding, tracks: &mut Tracks, start: Px) -> Px {
    let mut x = start;
    let last = tracks.upright.len() - 1;
    for line in 0..=last {
        let spread = match line {
            _ if line % 2 == 1 => (pads.upright[line].0, pads.upright[line].1, 0),
            0 => (TRACK_MARGIN, ARROW_MARGIN, BORDER),
            _ if line == last => (TRACK_MARGIN, TRACK_MARGIN, BORDER),
            _ => (TRACK_MARGIN, ARROW_MARGIN, GAP),
        };
        x = lay(&mut tracks.upright[line], x, spread);
    }
    x
}

/// Before, after, and the least thickness in all.
type Spread = (Px, Px, Px);

fn thickness(line: TrackLine, (before, after, least): Spread) -> Px {
    let margins = if line.used || least == 0 { before + after } else { 0 };
    (line.high - line.low + margins).max(least)
}

fn lay(line: &mut TrackLine, at: Px, spread: Spread) -> Px {
    let thick = thickness(*line, spread);
    let (before, after, _) = spread;
    let content = line.high - line.low;
    let spare = (thick - content - before - after).max(0);
    let before = if thick < content + before + after { (thick - content) / 2 } else { before + spare / 2 };
    line.middle = at + before - line.low;
    at + thick
}

/// Titles of lanes by band, wrapped to it, and the thickness of the strip they need at the start of the map.
pub(super) fn titles(problem: &LayoutGraph, bands: &[(Px, Px)]) -> (Vec<Option<TextBlock>>, Px) {
    let title = |(band, &(start, end)): (usize, &(Px, Px))| {
        let LaneId(lane) = problem.bands[band].lane?;
        let label: &Label = &problem.graph.lanes[lane as usize].title;
        Some(wrap(label, (end - start - 2 * TITLE_PAD).max(40), Type::LANE))
    };
    let titles: Vec<Option<TextBlock>> = bands.iter().enumerate().map(title).collect();
    let strip = titles.iter().flatten().map(|title| title.size().h + TITLE_PAD).max().unwrap_or(0);
    (titles, strip)
}

impl Padding {
    /// The boxes and titles of groups, once all lines are laid.
    pub(super) fn boxes(&self, tracks: &Tracks) -> Vec<(Rect, TextBlock)> {
        let boxes = self.groups.iter().map(|group| {
            let edge = |lines: &[TrackLine], (first, last): (usize, usize), by: (Px, Px)| {
                let (first, last) = (lines[first], lines[last]);
                (first.middle + first.low - by.0, last.middle + last.high + by.1)
            };
            let (x, right) = edge(&tracks.upright, group.columns, group.along);
            let (y, bottom) = edge(&tracks.flat, group.rows, group.across);
            (Rect { x, y, w: right - x, h: bottom - y }, group.title.clone())
        });
        boxes.collect()
    }
}
