//! Where arrows end at steps.
//! In: the order of strands on a line that steps stand on. Out: where each would like to lie, and how far it may.
//! Never knows: what is between two steps.

use super::geometry::{Px, Side};
use super::shape::reach;
use super::tracks::channel::{ChannelItem, PITCH};
use super::tracks::solver::Solver;
use super::tracks::track::Axis;

impl Solver<'_, '_, '_> {
    /// Tells each strand that ends at a step where it may lie and where it would like to.
    pub(super) fn wish(&self, items: &mut [ChannelItem], order: &[Vec<usize>]) {
        if !self.has_steps() {
            return;
        }
        for item in &mut *items {
            (item.reach, item.want) = (None, Some((0, u32::MAX)));
        }
        let mut ports: Vec<(usize, Side, usize)> = Vec::new();
        for &member in order.iter().flatten() {
            let Some(strand) = self.strand(member) else { continue };
            let ends = [(strand.place.first, 0), (strand.place.last, 1)];
            for (_, end) in ends.into_iter().filter(|(touches, _)| *touches) {
                ports.push((self.end_step(strand, end), strand.side(end), member));
            }
        }
        ports.sort_by_key(|&(step, side, _)| (step, side));
        for ports in ports.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let last = Px::try_from(ports.len()).unwrap_or(Px::MAX) - 1;
            for (at, &(step, side, member)) in (0..).zip(ports) {
                let free = self.free(step, side);
                let want = (2 * at - last) * PITCH / 2;
                let item = &mut items[member];
                item.reach = Some(item.reach.map_or(free, |other| other.min(free)));
                item.want = Some(shared_wish(item.want, want));
            }
        }
    }

    /// Makes the steps larger at which too many strands end.
    pub(super) fn grow(&mut self, narrow: &[(usize, Px)]) {
        let mut steps = Vec::new();
        let missing = narrow.iter().map(|&(_, missing)| missing).max().unwrap_or(0);
        for &(member, _) in narrow {
            let Some(strand) = self.strand(member) else { continue };
            let ends = [(strand.place.first, 0), (strand.place.last, 1)];
            steps.extend(ends.into_iter().filter(|(touches, _)| *touches).map(|(_, end)| self.end_step(strand, end)));
        }
        steps.sort_unstable();
        steps.dedup();
        for step in steps {
            let size = &mut self.tracks.sizes[step];
            // By degrees: a little more room on each side may be enough, and boxes stay even.
            *(if self.axis == Axis::Flat { &mut size.h } else { &mut size.w }) += 8.max(missing / 16 * 8);
        }
    }

    /// How far from the middle of a side an arrow may end at a step.
    fn free(&self, step: usize, side: Side) -> Px {
        let turn = self.plan.turn;
        reach(self.plan.problem.shape(step), turn.size(self.tracks.sizes[step]), turn.side(side))
    }
}

/// The wish of a strand that ends at a step, and perhaps at another already. One that runs straight from step to step
/// goes first, and stays in the middle of the one with fewer arrows.
fn shared_wish(before: Option<(Px, u32)>, want: Px) -> (Px, u32) {
    match before {
        Some((other, rank)) if rank < u32::MAX => (if want.abs() < other.abs() { want } else { other }, 0),
        _ => (want, 1 + want.unsigned_abs()),
    }
}
