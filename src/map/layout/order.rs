//! Rows: where across the flow each step stands in its band.
//! In: columns. Out: a row for each step, and how many rows each band has.
//! Never knows: pixels, routes. A first packing keeps groups together; then steps and groups change places as long as
//! fewer lines would cross or bend.

use super::cycle::Sense;
use super::problem::{LayoutGraph, chain};
use crate::map::graph::GroupId;

/// A cell for each step.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    /// Along the flow.
    pub column: Vec<usize>,
    /// Across it, counted within the band.
    pub row: Vec<usize>,
    /// By band.
    pub rows: Vec<usize>,
}

/// The most pairs of links and steps that are compared for one set of columns.
const WORK: usize = 400_000;
/// Pairs that are compared in the time in which a way is followed by one crossing.
const PAIRS: usize = 40;

/// Rows of all steps, and how much work it was to find them.
pub(super) fn rows(problem: &LayoutGraph, senses: &[Sense], column: Vec<usize>) -> (Cells, usize) {
    let row = packed(problem, &column);
    let mut rows = vec![1; problem.bands.len()];
    for (step, row) in problem.steps.iter().zip(&row) {
        rows[step.band] = rows[step.band].max(row + 1);
    }
    let mut search = OrderSearch::new(problem, senses, Cells { column, row, rows });
    search.run();
    (search.cells, (WORK - search.work) / PAIRS)
}

/// The first free row for each step; a group takes its rows over all its columns.
fn packed(problem: &LayoutGraph, column: &[usize]) -> Vec<usize> {
    let mut row = vec![0; column.len()];
    for band in 0..problem.bands.len() {
        let members = (0..column.len()).filter(|&step| problem.steps[step].band == band).collect();
        pack(problem, column, &OrderUnit { group: None, members }, &mut row);
    }
    row
}

/// A band or a group, with all steps in it.
struct OrderUnit {
    group: Option<GroupId>,
    members: Vec<usize>,
}

/// Gives rows, from 0, to the members of a part; returns how many there are. As deep as groups are nested, and each
/// parent comes before its children, so this ends.
fn pack(problem: &LayoutGraph, column: &[usize], part: &OrderUnit, row: &mut [usize]) -> usize {
    let child = |step: usize| {
        let around: Vec<GroupId> = chain(problem.graph, problem.steps[step].group).collect();
        let own = part.group.map_or(around.len(), |own| around.iter().position(|&g| g == own).unwrap_or(0));
        own.checked_sub(1).map(|at| around[at])
    };
    let mut parts: Vec<OrderUnit> = Vec::new();
    for &step in &part.members {
        let group = child(step);
        match parts.iter_mut().find(|part| group.is_some() && part.group == group) {
            Some(part) => part.members.push(step),
            None => parts.push(OrderUnit { group, members: vec![step] }),
        }
    }
    let mut taken: Vec<(std::ops::RangeInclusive<usize>, std::ops::Range<usize>)> = Vec::new();
    for part in parts {
        let first = part.members.iter().map(|&step| column[step]).min().unwrap_or(0);
        let last = part.members.iter().map(|&step| column[step]).max().unwrap_or(0);
        let members = &part.members;
        let height = if part.group.is_some() { pack(problem, column, &part, row) } else { 1 };
        if members.len() == 1 {
            row[members[0]] = 0;
        }
        let clash = |top: usize| {
            taken.iter().find(|(columns, rows)| {
                *columns.start() <= last && first <= *columns.end() && rows.start < top + height && top < rows.end
            })
        };
        let mut top = 0;
        while let Some((_, rows)) = clash(top) {
            top = rows.end;
        }
        for &step in members {
            row[step] += top;
        }
        taken.push((first..=last, top..top + height));
    }
    taken.iter().map(|(_, rows)| rows.end).max().unwrap_or(1)
}

/// Weights of what a reader minds, for the search only: the finished map is judged anew.
const CROSSING: i64 = 40;
const BLOCKED: i64 = 45;
const BEND: i64 = 14;

/// By group: all steps in it, in their order. Each step is told to the groups around it, however deep they lie.
fn members(problem: &LayoutGraph) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); problem.graph.groups.len()];
    for (at, step) in problem.steps.iter().enumerate() {
        for GroupId(group) in chain(problem.graph, step.group) {
            members[group as usize].push(at);
        }
    }
    members
}

struct OrderSearch<'p, 'g> {
    problem: &'p LayoutGraph<'g>,
    senses: &'p [Sense],
    cells: Cells,
    /// By band: its first row among all, ten for each row, and some for a border.
    top: Vec<i64>,
    /// By step: links that touch it.
    touching: Vec<Vec<usize>>,
    /// By group: all steps in it, at whatever depth.
    members: Vec<Vec<usize>>,
    /// Links that may cross others: those drawn with the flow.
    forward: Vec<usize>,
    /// Evaluations left.
    work: usize,
}

impl<'p, 'g> OrderSearch<'p, 'g> {
    fn new(problem: &'p LayoutGraph<'g>, senses: &'p [Sense], cells: Cells) -> Self {
        let mut touching = vec![Vec::new(); problem.steps.len()];
        for (at, link) in problem.links.iter().enumerate().filter(|(_, link)| link.visible) {
            touching[link.from].push(at);
            if link.to != link.from {
                touching[link.to].push(at);
            }
        }
        let mut y = 0;
        let top = cells.rows.iter().map(|&rows| {
            let top = y;
            y += 10 * i64::try_from(rows).unwrap_or(0) + 8;
            top
        });
        let top = top.collect();
        let forward = (0..senses.len()).filter(|&at| senses[at] == Sense::Forward && problem.links[at].visible);
        let forward = forward.collect();
        Self { problem, senses, cells, top, touching, members: members(problem), forward, work: WORK }
    }

    fn run(&mut self) {
        for _ in 0..6 {
            let mut improved = false;
            for step in 0..self.problem.steps.len() {
                improved |= self.work > 0 && self.improve(step);
            }
            for group in (0..).take(self.problem.graph.groups.len()).map(GroupId) {
                improved |= self.work > 0 && self.improve_group(group);
            }
            if !improved || self.work == 0 {
                break;
            }
        }
    }

    /// Tries all other rows for a step; who stands there takes its place.
    fn improve(&mut self, step: usize) -> bool {
        let band = self.problem.steps[step].band;
        let mut improved = false;
        for row in 0..self.cells.rows[band] {
            let own = self.cells.row[step];
            if row == own {
                continue;
            }
            let other = self.at(band, self.cells.column[step], row);
            let moves: Vec<(usize, usize)> = other.map(|other| (other, own)).into_iter().chain([(step, row)]).collect();
            improved |= self.attempt(&moves);
        }
        improved
    }

    /// Tries to move a whole group by a row or two, or to turn it over.
    fn improve_group(&mut self, group: GroupId) -> bool {
        let members = self.members[group.0 as usize].clone();
        let Some(&first) = members.first() else { return false };
        let rows = self.cells.rows[self.problem.steps[first].band];
        let low = members.iter().map(|&step| self.cells.row[step]).min().unwrap_or(0);
        let high = members.iter().map(|&step| self.cells.row[step]).max().unwrap_or(0);
        let mut improved = false;
        for top in (0..rows).filter(|&top| top != low && top + high - low < rows).take(12) {
            let moves: Vec<_> = members.iter().map(|&step| (step, self.cells.row[step] - low + top)).collect();
            if self.attempt(&moves) {
                return true;
            }
        }
        let turned: Vec<_> = members.iter().map(|&step| (step, low + high - self.cells.row[step])).collect();
        improved |= low != high && self.attempt(&turned);
        improved
    }

    fn at(&self, band: usize, column: usize, row: usize) -> Option<usize> {
        let cells = &self.cells;
        (0..cells.row.len())
            .find(|&s| self.problem.steps[s].band == band && cells.column[s] == column && cells.row[s] == row)
    }

    /// Keeps the moves if they make the map better.
    fn attempt(&mut self, moves: &[(usize, usize)]) -> bool {
        let before: Vec<(usize, usize)> = moves.iter().map(|&(step, _)| (step, self.cells.row[step])).collect();
        let links: Vec<usize> = self.touched(moves);
        let (steps, groups) = (self.touching.len(), self.problem.graph.groups.len());
        let price = (links.len() + moves.len()) * (self.senses.len() + steps) + groups * steps;
        self.work = self.work.saturating_sub(price);
        if self.work == 0 {
            return false;
        }
        let old = self.cost(&links, moves);
        for &(step, row) in moves {
            self.cells.row[step] = row;
        }
        let better = self.valid(moves) && self.cost(&links, moves) < old;
        if !better {
            for &(step, row) in &before {
                self.cells.row[step] = row;
            }
        }
        better
    }

    fn touched(&self, moves: &[(usize, usize)]) -> Vec<usize> {
        let mut links: Vec<usize> = moves.iter().flat_map(|&(step, _)| self.touching[step].iter().copied()).collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    /// Whether no two steps share a cell and no step or other group lies within a group's box.
    fn valid(&self, moves: &[(usize, usize)]) -> bool {
        let steps = &self.problem.steps;
        let place = |step: usize| (steps[step].band, self.cells.column[step], self.cells.row[step]);
        let clash = |&(step, _): &(usize, usize)| (0..steps.len()).any(|s| s != step && place(s) == place(step));
        if moves.iter().any(clash) {
            return false;
        }
        self.members.iter().all(|members| {
            let Some((first, _)) = members.split_first() else { return true };
            let band = steps[*first].band;
            let span = |part: fn((usize, usize, usize)) -> usize| {
                let parts = members.iter().map(|&step| part(place(step)));
                parts.fold((usize::MAX, 0), |(low, high), part| (low.min(part), high.max(part)))
            };
            let ((left, right), (top, bottom)) = (span(|p| p.1), span(|p| p.2));
            // Members are in order, so each is met once on the way.
            let mut members = members.iter().peekable();
            (0..steps.len()).all(|step| {
                let (b, column, row) = place(step);
                members.next_if(|&&member| member == step).is_some()
                    || b != band
                    || column < left
                    || column > right
                    || row < top
                    || row > bottom
            })
        })
    }

    fn y(&self, step: usize) -> i64 {
        self.top[self.problem.steps[step].band] + 10 * i64::try_from(self.cells.row[step]).unwrap_or(0)
    }

    fn x(&self, step: usize) -> i64 {
        10 * i64::try_from(self.cells.column[step]).unwrap_or(0)
    }

    /// What is wrong with these links, among themselves and with all others, and around the moved steps.
    fn cost(&self, links: &[usize], moves: &[(usize, usize)]) -> i64 {
        let mut cost = 0;
        for &at in links {
            let link = &self.problem.links[at];
            let (dx, dy) = (self.x(link.to) - self.x(link.from), self.y(link.to) - self.y(link.from));
            cost += dy.abs() + if dx != 0 && dy != 0 { BEND } else { 0 };
            if self.straight(at) {
                let under = (0..self.touching.len()).filter(|&step| self.runs_over(at, step)).count();
                cost += BLOCKED * i64::try_from(under).unwrap_or(0);
            }
            if self.senses[at] == Sense::Forward {
                let crossed = self.forward.iter().filter(|&&other| other != at && self.cross(at, other)).count();
                cost += CROSSING * i64::try_from(crossed).unwrap_or(0);
            }
        }
        for &(step, _) in moves {
            let over = |&at: &usize| self.straight(at) && !links.contains(&at) && self.runs_over(at, step);
            cost += BLOCKED * i64::try_from((0..self.senses.len()).filter(over).count()).unwrap_or(0);
        }
        cost
    }

    /// Whether a link could be drawn as one straight line.
    fn straight(&self, at: usize) -> bool {
        let link = &self.problem.links[at];
        let aligned = self.x(link.from) == self.x(link.to) || self.y(link.from) == self.y(link.to);
        self.senses[at] == Sense::Forward && link.visible && aligned
    }

    /// Whether a straight link would run over a step.
    fn runs_over(&self, at: usize, step: usize) -> bool {
        let link = &self.problem.links[at];
        let (a, b) = ((self.x(link.from), self.y(link.from)), (self.x(link.to), self.y(link.to)));
        let ((x, y), low, high) = ((self.x(step), self.y(step)), a.min(b), a.max(b));
        let between = low.0 <= x && x <= high.0 && low.1 <= y && y <= high.1;
        between && step != link.from && step != link.to
    }

    /// Whether the straight lines of two links cross.
    fn cross(&self, one: usize, two: usize) -> bool {
        let (one, two) = (&self.problem.links[one], &self.problem.links[two]);
        if one.from == two.from || one.to == two.to || one.from == two.to || one.to == two.from {
            return false;
        }
        let point = |step: usize| (self.x(step), self.y(step));
        let ((a, b), (c, d)) = ((point(one.from), point(one.to)), (point(two.from), point(two.to)));
        let apart = |a: i64, b: i64, c: i64, d: i64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
        if apart(a.0, b.0, c.0, d.0) || apart(a.1, b.1, c.1, d.1) {
            return false;
        }
        let turn = |p: (i64, i64), q: (i64, i64), r: (i64, i64)| {
            ((q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)).signum()
        };
        turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
    }
}
