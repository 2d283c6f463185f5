//! Columns: how far along the flow each step stands.
//! In: steps, forward links, how many steps may share a cell. Out: a column for each step.
//! Never knows: rows, pixels. Longest path, then each step moves to where its heavier links pull it. A hand-off to
//! another lane may go straight across, within one column.

use super::cycle::Sense;
use super::problem::LayoutGraph;

/// What the columns are chosen by.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct RankOptions {
    /// Steps of one band in one column, at most.
    pub cell: usize,
    /// Which links need no column of their own.
    pub upright: Vertical,
}

/// Links that may run across the flow, within a column.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Vertical {
    /// None.
    Never,
    /// Hand-offs from one band to another.
    HandOffs,
    /// Hand-offs, and steps of one band that only follow each other.
    Chains,
    /// Any, as far as there is room above and below each step: the narrowest map.
    Any,
}

/// Columns of all steps, from 0.
pub(super) fn columns(problem: &LayoutGraph, senses: &[Sense], options: RankOptions) -> Vec<usize> {
    let mut ranks = Ranks::new(problem, senses, options);
    // Each round forbids at least one upright link or moves at least one step on, so this ends; the limit is for
    // diagrams of thousands of steps.
    for _ in 0..4 * problem.steps.len().min(100) {
        ranks.assign();
        if !ranks.forbid_blocked() && !ranks.thin_out(options.cell) {
            break;
        }
    }
    ranks.column
}

struct Ranks<'p, 'g> {
    problem: &'p LayoutGraph<'g>,
    /// Forward links.
    links: Vec<usize>,
    /// By link: columns from its start to its end, at least.
    length: Vec<usize>,
    /// By step: forward links that end there and that start there.
    ends: Vec<(Vec<usize>, Vec<usize>)>,
    /// Steps, each after all that lead to it.
    sorted: Vec<usize>,
    /// By step: no column before this.
    floor: Vec<usize>,
    column: Vec<usize>,
}

impl<'p, 'g> Ranks<'p, 'g> {
    fn new(problem: &'p LayoutGraph<'g>, senses: &[Sense], options: RankOptions) -> Self {
        let links: Vec<usize> = (0..senses.len()).filter(|&at| senses[at] == Sense::Forward).collect();
        let mut ends = vec![(Vec::new(), Vec::new()); problem.steps.len()];
        for &at in &links {
            ends[problem.links[at].to].0.push(at);
            ends[problem.links[at].from].1.push(at);
        }
        let sorted = sorted(problem, &ends);
        let steps = problem.steps.len();
        let mut length: Vec<usize> = problem.links.iter().map(|link| link.length as usize).collect();
        for at in upright(problem, &links, &ends, options.upright) {
            length[at] = 0;
        }
        Self { problem, links, length, ends, sorted, floor: vec![0; steps], column: vec![0; steps] }
    }

    fn assign(&mut self) {
        let last = self.problem.steps.iter().filter_map(|step| step.stage).max();
        self.settle();
        // Stages follow each other: none begins before the one before it is complete.
        for stage in 0..last.unwrap_or(0) {
            let of = |step: usize| self.problem.steps[step].stage;
            let so_far = (0..self.column.len()).filter(|&step| of(step).is_some_and(|s| s <= stage));
            let Some(end) = so_far.map(|step| self.column[step]).max() else { continue };
            let later: Vec<usize> = (0..self.column.len()).filter(|&at| of(at).is_some_and(|s| s > stage)).collect();
            for step in later {
                self.floor[step] = self.floor[step].max(end + 1);
            }
            self.settle();
        }
    }

    /// Longest path, then a few sweeps that shorten the heavier links.
    fn settle(&mut self) {
        for &step in &self.sorted {
            self.column[step] = self.earliest(step);
        }
        // A step of a stage keeps the place its stage gives it; only the others are drawn on.
        for _ in 0..3 {
            for at in (0..self.sorted.len()).rev() {
                self.pull(self.sorted[at]);
            }
            for at in 0..self.sorted.len() {
                self.pull(self.sorted[at]);
            }
        }
        let first = self.column.iter().copied().min().unwrap_or(0);
        for column in &mut self.column {
            *column -= first;
        }
    }

    fn earliest(&self, step: usize) -> usize {
        let links = self.ends[step].0.iter();
        let after = links.map(|&at| self.column[self.problem.links[at].from] + self.length[at]);
        after.max().unwrap_or(0).max(self.floor[step])
    }

    fn pull(&mut self, step: usize) {
        let weigh = |links: &[usize]| links.iter().map(|&at| self.problem.links[at].weight).sum::<i32>();
        let (before, after) = (weigh(&self.ends[step].0), weigh(&self.ends[step].1));
        let earliest = self.earliest(step);
        let links = self.ends[step].1.iter();
        let latest = links.map(|&at| self.column[self.problem.links[at].to].saturating_sub(self.length[at])).min();
        let staged = self.problem.steps[step].stage.is_some();
        self.column[step] = match latest {
            Some(latest) if after > before && !staged => latest.max(earliest),
            _ => earliest,
        };
    }

    /// Forbids upright links that could not run straight; whether there were any.
    fn forbid_blocked(&mut self) -> bool {
        let crowd = |band: usize, column: usize| {
            (0..self.column.len()).filter(|&s| self.column[s] == column && self.problem.steps[s].band == band).count()
        };
        let mut blocked = Vec::new();
        let mut leaving: Vec<(usize, usize, bool)> = Vec::new();
        for &at in self.links.iter().filter(|&&at| self.length[at] == 0) {
            let link = &self.problem.links[at];
            let (from, to) = (self.problem.steps[link.from].band, self.problem.steps[link.to].band);
            let column = self.column[link.from];
            if column != self.column[link.to] || from == to {
                continue;
            }
            let down = from < to;
            let between = from.min(to) + 1..from.max(to);
            // Where steps stand on each other, only the outermost can be reached from outside.
            let exits = [(from, column, down), (to, column, !down)];
            if between.clone().any(|band| crowd(band, column) > 0) || exits.iter().any(|exit| leaving.contains(exit)) {
                blocked.push(at);
            } else {
                leaving.extend(exits);
            }
        }
        for &at in &blocked {
            self.length[at] = self.problem.links[at].length as usize;
        }
        !blocked.is_empty()
    }

    /// Moves a step out of a cell that holds more than `limit`; whether there was one.
    fn thin_out(&mut self, limit: usize) -> bool {
        let cell = |step: usize| (self.column[step], self.problem.steps[step].band);
        let mut steps: Vec<usize> = (0..self.column.len()).collect();
        steps.sort_by_key(|&step| cell(step));
        let Some(full) = steps.chunk_by(|&a, &b| cell(a) == cell(b)).find(|cell| cell.len() > limit) else {
            return false;
        };
        let slack = |step: usize| {
            let links = self.ends[step].1.iter().map(|&at| self.column[self.problem.links[at].to] - self.length[at]);
            links.min().unwrap_or(usize::MAX).saturating_sub(self.column[step]).min(3)
        };
        let moved = full.iter().copied().max_by_key(|&step| (slack(step), step)).expect("a full cell has steps");
        self.floor[moved] = self.column[moved] + 1;
        true
    }
}

/// Steps in an order in which forward links lead on.
fn sorted(problem: &LayoutGraph, ends: &[(Vec<usize>, Vec<usize>)]) -> Vec<usize> {
    let mut waiting: Vec<usize> = ends.iter().map(|(before, _)| before.len()).collect();
    let mut order: Vec<usize> = (0..ends.len()).filter(|&step| waiting[step] == 0).collect();
    let mut at = 0;
    while let Some(&step) = order.get(at) {
        at += 1;
        for &link in &ends[step].1 {
            let to = problem.links[link].to;
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to);
            }
        }
    }
    order
}

/// Links that may be upright: at most one leaves or reaches a step above, and one below.
fn upright(problem: &LayoutGraph, links: &[usize], ends: &[(Vec<usize>, Vec<usize>)], mode: Vertical) -> Vec<usize> {
    let mut taken = vec![(false, false); problem.steps.len()];
    let mut found = Vec::new();
    let mut sorted = links.to_vec();
    // A hand-off on the main line goes before a dashed one.
    sorted.sort_by_key(|&at| -problem.links[at].weight);
    for at in sorted {
        let link = &problem.links[at];
        let (from, to) = (&problem.steps[link.from], &problem.steps[link.to]);
        let staged_apart = from.stage.is_some() && to.stage.is_some() && from.stage != to.stage;
        let alone = ends[link.from].1.len() == 1 && ends[link.to].0.len() == 1 && from.group == to.group;
        let allowed = match mode {
            Vertical::Never => false,
            Vertical::HandOffs => from.band != to.band,
            Vertical::Chains => from.band != to.band || alone,
            Vertical::Any => from.band != to.band || from.group == to.group,
        };
        if !allowed || staged_apart || link.length > 1 {
            continue;
        }
        let (upper, lower) = if from.band <= to.band { (link.from, link.to) } else { (link.to, link.from) };
        if !taken[upper].1 && !taken[lower].0 {
            taken[upper].1 = true;
            taken[lower].0 = true;
            found.push(at);
        }
    }
    found
}
