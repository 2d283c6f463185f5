//! Aligns the rows of a copy with the steps of a playbook, so that as few as possible are reported.

#![allow(clippy::indexing_slicing, reason = "a table whose bounds are those of the loops over it")]

use std::ops::Range;

use crate::playbook::{Playbook, Step, StepsRead};

/// Longer copies are not compared, nor those of longer playbooks: the time grows with the product of both.
pub(super) const MOST_COMPARED: usize = 500;

/// Where a row belongs.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum RowPlace {
    /// It matches this step, in order.
    Step(usize),
    /// It matches this step, but is out of order.
    Moved(usize),
    /// It matches no step, and is where this one should be.
    InPlaceOf(usize),
    /// It matches no step, and no step is missing here.
    Extra,
    /// It may be a step that was not read.
    Unknown,
}

/// Steps that no row matches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct MissingSteps {
    /// The row that they belong before; the number of rows if they belong at the end.
    pub(super) before: usize,
    /// The steps.
    pub(super) steps: Range<usize>,
}

/// A copy and its steps, side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Alignment {
    /// Of each row.
    pub(super) places: Vec<RowPlace>,
    /// In order.
    pub(super) missing: Vec<MissingSteps>,
}

impl Alignment {
    /// Without what depends on steps that were not read: which row they are, and whether they are left out. `is_read`
    /// says whether all of a step was read that rows are known by.
    pub(super) fn limited_to_read(mut self, playbook: &Playbook, is_read: impl Fn(&Step) -> bool) -> Self {
        let is_whole = |step: usize| is_read(playbook.step(step));
        let has_all = playbook.steps_read == StepsRead::All;
        let mut replaced = Vec::new();
        for (row, place) in self.places.iter_mut().enumerate() {
            *place = match *place {
                // The row may be a step that was not read; the one that was read is missing all the same.
                RowPlace::InPlaceOf(step) if is_whole(step) && !has_all => {
                    replaced.push(MissingSteps { before: row, steps: step..step + 1 });
                    RowPlace::Unknown
                }
                RowPlace::Moved(step) | RowPlace::InPlaceOf(step) if !is_whole(step) => RowPlace::Unknown,
                RowPlace::Extra if !has_all => RowPlace::Unknown,
                place => place,
            };
        }
        let known = |missing: MissingSteps| {
            let MissingSteps { before, steps } = missing;
            steps.filter(|step| is_whole(*step)).map(move |step| MissingSteps { before, steps: step..step + 1 })
        };
        if !has_all || !playbook.steps.iter().all(&is_read) {
            self.missing = self.missing.into_iter().chain(replaced).flat_map(known).collect();
        }
        self
    }
}

/// Aligns rows with steps; `affinity` says how well a row fits a step, 0 for not at all.
pub(super) fn align(rows: usize, steps: usize, affinity: impl Fn(usize, usize) -> u32) -> Alignment {
    // A longest common subsequence first, as in a diff: one row that moved is one finding, not a finding for every
    // row that it passed.
    let fit = AlignmentScore::new(rows, steps, affinity);
    let mut taken: Vec<Option<usize>> = vec![None; fit.steps];
    let mut places: Vec<Option<RowPlace>> = vec![None; fit.rows];
    for (row, step) in fit.longest_in_order() {
        places[row] = Some(RowPlace::Step(step));
        taken[step] = Some(row);
    }
    for (row, place) in places.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
        let free = (0..fit.steps).filter(|step| is_free(&taken, *step) && fit.is_eligible(row, *step));
        // Of equals the first: `max_by_key` alone would take the last.
        if let Some(step) = free.rev().max_by_key(|step| fit.at(row, *step)) {
            *place = Some(RowPlace::Moved(step));
            taken[step] = Some(row);
        }
    }
    fill_gaps(places, &taken)
}

fn is_free(taken: &[Option<usize>], step: usize) -> bool {
    taken.get(step).is_some_and(Option::is_none)
}

/// Between two rows in order, pairs rows without a step with steps without a row.
fn fill_gaps(mut places: Vec<Option<RowPlace>>, taken: &[Option<usize>]) -> Alignment {
    let mut missing = Vec::new();
    let (mut row, mut step) = (0, 0);
    loop {
        let in_order = |row: &usize| matches!(places.get(*row), Some(Some(RowPlace::Step(_))));
        let next_row = (row..places.len()).find(in_order).unwrap_or(places.len());
        let next_step = match places.get(next_row) {
            Some(Some(RowPlace::Step(step))) => *step,
            _ => taken.len(),
        };
        let mut free = (step..next_step).filter(|step| is_free(taken, *step)).peekable();
        for place in places.iter_mut().take(next_row).skip(row).filter(|place| place.is_none()) {
            *place = Some(free.next().map_or(RowPlace::Extra, RowPlace::InPlaceOf));
        }
        while let Some(start) = free.next() {
            // A run of missing steps is one finding: a strip that ends early does not lack five things.
            let mut end = start + 1;
            while free.next_if_eq(&end).is_some() {
                end += 1;
            }
            missing.push(MissingSteps { before: next_row, steps: start..end });
        }
        if next_row == places.len() {
            let places = places.into_iter().map(|place| place.unwrap_or(RowPlace::Extra)).collect();
            return Alignment { places, missing };
        }
        (row, step) = (next_row + 1, next_step + 1);
    }
}

/// A value for each pair of a row and a column.
struct PairGrid<T> {
    columns: usize,
    /// Row by row.
    cells: Vec<T>,
}

impl<T: Copy> PairGrid<T> {
    fn new(rows: usize, columns: usize, value: T) -> Self {
        Self { columns, cells: vec![value; rows * columns] }
    }

    fn at(&self, row: usize, column: usize) -> T {
        self.cells[row * self.columns + column]
    }

    fn set(&mut self, row: usize, column: usize, value: T) {
        self.cells[row * self.columns + column] = value;
    }
}

/// How well rows fit steps.
struct AlignmentScore {
    rows: usize,
    steps: usize,
    /// How well each row fits each step.
    pairs: PairGrid<u32>,
    /// The best of each row.
    best_of_row: Vec<u32>,
    /// The best of each step.
    best_of_step: Vec<u32>,
}

impl AlignmentScore {
    fn new(rows: usize, steps: usize, affinity: impl Fn(usize, usize) -> u32) -> Self {
        let mut fit = Self {
            rows,
            steps,
            pairs: PairGrid::new(rows, steps, 0),
            best_of_row: vec![0; rows],
            best_of_step: vec![0; steps],
        };
        for (row, best_of_row) in fit.best_of_row.iter_mut().enumerate() {
            for (step, best_of_step) in fit.best_of_step.iter_mut().enumerate() {
                let pair = affinity(row, step);
                fit.pairs.set(row, step, pair);
                *best_of_row = pair.max(*best_of_row);
                *best_of_step = pair.max(*best_of_step);
            }
        }
        fit
    }

    fn at(&self, row: usize, step: usize) -> u32 {
        self.pairs.at(row, step)
    }

    /// Whether a row may match a step: they fit, and at least one of them fits nothing better. `Partnership
    /// Pitch` shares a word with `Partner Qualification`, but a strip that has both in the wrong order is wrong.
    fn is_eligible(&self, row: usize, step: usize) -> bool {
        let pair = self.at(row, step);
        let is_best = |best: Option<&u32>| best == Some(&pair);
        pair > 0 && (is_best(self.best_of_row.get(row)) || is_best(self.best_of_step.get(step)))
    }

    /// The pairs that leave the fewest rows and steps alone while both go forward; of equals, those that fit best.
    fn longest_in_order(&self) -> Vec<(usize, usize)> {
        // More than all affinities together (500 rows of about a million at most), so one more pair beats any better
        // fit.
        const PAIR: u64 = 1 << 32;
        // One row and one column more than there are, of zeros, so that the last ones need no special case.
        let mut best = PairGrid::new(self.rows + 1, self.steps + 1, 0_u64);
        let paired = |best: &PairGrid<u64>, row: usize, step: usize| {
            let rest = best.at(row + 1, step + 1);
            if self.is_eligible(row, step) { rest + PAIR + u64::from(self.at(row, step)) } else { 0 }
        };
        // Filled from the end, so that the pairs can be read off from the start without a table of choices.
        for row in (0..self.rows).rev() {
            for step in (0..self.steps).rev() {
                let without = best.at(row + 1, step).max(best.at(row, step + 1));
                let with = paired(&best, row, step);
                best.set(row, step, without.max(with));
            }
        }
        let mut pairs = Vec::new();
        let (mut row, mut step) = (0, 0);
        while row < self.rows && step < self.steps {
            let here = best.at(row, step);
            if here == paired(&best, row, step) && here > 0 {
                pairs.push((row, step));
                (row, step) = (row + 1, step + 1);
            } else if here == best.at(row + 1, step) {
                // Of two that changed places, report the first: that is where readers stumble.
                row += 1;
            } else {
                step += 1;
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Aligns letters: each row and step is one.
    fn sketch(rows: &str, steps: &str) -> String {
        let (rows, steps): (Vec<char>, Vec<char>) = (rows.chars().collect(), steps.chars().collect());
        let Alignment { places, missing } =
            align(rows.len(), steps.len(), |row, step| u32::from(rows[row] == steps[step]));
        let place = |place: &RowPlace| match place {
            RowPlace::Step(step) => steps[*step].to_string(),
            RowPlace::Moved(step) => format!("<{}>", steps[*step]),
            RowPlace::InPlaceOf(step) => format!("!{}", steps[*step]),
            RowPlace::Extra => "?".to_owned(),
            RowPlace::Unknown => "~".to_owned(),
        };
        let left_out =
            |m: &MissingSteps| format!(" -{}@{}", steps[m.steps.clone()].iter().collect::<String>(), m.before);
        places.iter().map(place).chain(missing.iter().map(left_out)).collect()
    }

    #[test]
    fn each_change_is_one_defect() {
        assert_eq!(sketch("ABCD", "ABCD"), "ABCD");
        assert_eq!(sketch("ACBD", "ABCD"), "A<C>BD");
        assert_eq!(sketch("DABC", "ABCD"), "<D>ABC");
        assert_eq!(sketch("ABD", "ABCD"), "ABD -C@2");
        assert_eq!(sketch("AD", "ABCD"), "AD -BC@1");
        assert_eq!(sketch("AB", "ABCD"), "AB -CD@2");
        assert_eq!(sketch("AxCD", "ABCD"), "A!BCD");
        assert_eq!(sketch("ABxCD", "ABCD"), "AB?CD");
        assert_eq!(sketch("", "AB"), " -AB@0");
        assert_eq!(sketch("AB", ""), "??");
    }

    #[test]
    fn steps_of_one_kind_keep_their_order() {
        assert_eq!(sketch("ABCA", "ABCA"), "ABCA");
        assert_eq!(sketch("ABC", "ABCA"), "ABC -A@3");
        assert_eq!(sketch("AABC", "ABCA"), "A<A>BC");
    }
}
