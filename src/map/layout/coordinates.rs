//! Coordinate assignment, the last of Sugiyama's steps: all lines of the grid laid side by side.
//!
//! Not Brandes and Köpf (2002): where a node lies on its lines follows from the grid and its channels, so that only the
//! lines themselves need coordinates. Each takes the room of what lies on it, and borders and titles take theirs.

use super::channel::plan::{TrackLine, Tracks};
use super::geometry::{Interval, Px};
use super::group_padding::{Margins, Padding};
use super::id::{BandId, HorizontalId};
use super::layout_graph::LayoutGraph;
use super::routing::grid::{Grid, HorizontalKind};
use super::text::{TextBlock, Type, wrap};
use crate::map::graph::LaneId;
use crate::map::index_vec::{Id as _, IndexVec};

/// Between an edge and the border or node beside it.
const TRACK_MARGIN: Px = 10;
/// In front of a node that arrows run to: a head is 9 long and needs a shaft.
const ARROW_MARGIN: Px = 16;
/// An empty gap between columns, an empty gutter between rows, and one at the border of a lane.
const GAP: Px = 32;
const GUTTER: Px = 24;
const BORDER: Px = 13;
/// Around the title of a lane.
const TITLE_PAD: Px = 8;

/// The room around what lies on a line.
#[derive(Copy, Clone)]
struct Spacing {
    margins: Margins,
    /// The line's thickness in all, at least. Where it is 0 the margins are kept even if the line is empty.
    least: Px,
}

/// Lays horizontal lines from the top to the bottom of the page; returns the bands.
pub(super) fn stack_horizontals(
    graph: &LayoutGraph,
    grid: &Grid,
    padding: &Padding,
    tracks: &mut Tracks,
    top: Px,
) -> IndexVec<BandId, Interval> {
    let mut y = top;
    let bands = graph.bands.entries().map(|(id, band)| {
        let lines: Vec<HorizontalId> =
            grid.horizontals.ids().filter(|&line| grid.horizontals[line].band == id).collect();
        let border = if band.lane.is_some() { BORDER } else { BORDER / 2 };
        let spacing = |line: HorizontalId| match grid.horizontals[line].kind {
            HorizontalKind::Row => Spacing { margins: padding.lines.horizontal[line], least: 0 },
            HorizontalKind::Gutter => {
                let is_at_border = lines.first() == Some(&line) || lines.last() == Some(&line);
                let least = if is_at_border { border } else { GUTTER };
                Spacing { margins: Margins { before: TRACK_MARGIN, after: TRACK_MARGIN }, least }
            }
        };
        let thick: Px = lines.iter().map(|&line| thickness(tracks.lines.horizontal[line], spacing(line))).sum();
        let missing = (least_band(graph, band.lane) - thick).max(0);
        let low = y;
        // A title longer than its lane is high makes the lane higher, with its nodes in the middle.
        y += missing / 2;
        for &line in &lines {
            y = lay(&mut tracks.lines.horizontal[line], y, spacing(line));
        }
        y += missing - missing / 2;
        Interval { low, high: y }
    });
    bands.collect()
}

/// A lane is thick enough for its title in a few lines.
fn least_band(graph: &LayoutGraph, lane: Option<LaneId>) -> Px {
    let Some(lane) = lane else { return 0 };
    let title = wrap(&graph.graph.lane(lane).title, Px::MAX / 4, Type::LANE).size().w;
    (title + 2 * TITLE_PAD).min(130)
}

/// Lays vertical lines along the flow; returns where the last one ends.
pub(super) fn stack_verticals(padding: &Padding, tracks: &mut Tracks, start: Px) -> Px {
    let lines = &mut tracks.lines.vertical;
    let last = lines.len() - 1;
    let mut x = start;
    for line in lines.ids() {
        let spacing = match line.index() {
            _ if line.is_column() => Spacing { margins: padding.lines.vertical[line], least: 0 },
            at => Spacing {
                // Arrows run to the columns on their right; behind the last gap there is none.
                margins: Margins { before: TRACK_MARGIN, after: if at == last { TRACK_MARGIN } else { ARROW_MARGIN } },
                least: if at == 0 || at == last { BORDER } else { GAP },
            },
        };
        x = lay(&mut lines[line], x, spacing);
    }
    x
}

fn thickness(line: TrackLine, spacing: Spacing) -> Px {
    let Spacing { margins, least } = spacing;
    // An empty gap has its least thickness; margins would only make the map larger.
    let margins = if line.used || least == 0 { margins.before + margins.after } else { 0 };
    (line.high - line.low + margins).max(least)
}

fn lay(line: &mut TrackLine, at: Px, spacing: Spacing) -> Px {
    let thick = thickness(*line, spacing);
    let Margins { before, after } = spacing.margins;
    let content = line.high - line.low;
    let spare = (thick - content - before - after).max(0);
    let before = if thick < content + before + after { (thick - content) / 2 } else { before + spare / 2 };
    // What lies on a line may reach further to one side, so its middle is not that of its room.
    line.middle = at + before - line.low;
    at + thick
}

/// Titles of lanes by band.
pub(super) struct Titles {
    /// Wrapped to the band.
    pub by_band: IndexVec<BandId, Option<TextBlock>>,
    /// The thickness of the strip they need at the start of the map.
    pub strip: Px,
}

/// Wraps the titles of lanes to their bands.
pub(super) fn titles(graph: &LayoutGraph, bands: &IndexVec<BandId, Interval>) -> Titles {
    let title = |(id, band): (BandId, &Interval)| {
        let lane = graph.graph.lane(graph.bands[id].lane?);
        Some(wrap(&lane.title, (band.high - band.low - 2 * TITLE_PAD).max(40), Type::LANE))
    };
    let by_band: IndexVec<BandId, Option<TextBlock>> = bands.entries().map(title).collect();
    let strip = by_band.iter().flatten().map(|title| title.size().h + TITLE_PAD).max().unwrap_or(0);
    Titles { by_band, strip }
}
