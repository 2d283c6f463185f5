//! Recall: known defects are planted into real documentation, one at a time, and must be found at their place, with
//! nothing found besides; where a fix is offered it is applied, and the defect must be gone.
//! In: the two documentation sets that lie beside the repository, and the repository's own pages. Out: for each kind
//! of defect the share that was found, and every miss.
//! Never knows: how anything is found.
//!
//! `PLANTS=50` plants up to that many of each kind into each set, in place of one; `SEED=7` plants elsewhere.

#[path = "../support/mod.rs"]
mod support;

mod blocks;
mod ground;
mod links;
mod maps;
mod playbooks;
mod settings;
mod slips;
mod trial;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ground::Ground;
use trial::{Outcome, Plant};

/// A kind of defect: its name, whether it has a correct fix, and where it can be planted.
pub(crate) type Kind = (&'static str, Repair, fn(&Ground) -> Vec<Plant>);

/// Whether there is one right way to repair a defect.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Repair {
    /// There is, and it should be offered.
    Known,
    /// Only its author knows what was meant.
    Unknown,
}

/// What came of all plants of a kind.
#[derive(Default)]
struct Tally {
    planted: usize,
    found: usize,
    offered: usize,
    repaired: usize,
    repairable: bool,
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    [links::KINDS, blocks::KINDS, settings::KINDS, slips::KINDS, playbooks::KINDS, maps::KINDS].into_iter().flatten()
}

/// As many of a kind as are tried, spread over all that could be.
fn sampled(plants: Vec<Plant>, most: usize) -> Vec<Plant> {
    let step = plants.len().div_ceil(most).max(1);
    plants.into_iter().skip(chosen(step, "")).step_by(step).collect()
}

/// One of so many, for this run and this name.
#[expect(clippy::disallowed_methods, reason = "where they are planted is the caller's to say")]
pub(crate) fn chosen(of: usize, name: &str) -> usize {
    let seed = std::env::var("SEED").unwrap_or_default();
    let hash = |sum: usize, byte: u8| sum.wrapping_mul(31).wrapping_add(usize::from(byte)) ^ (sum >> 7);
    // Without a seed, the middle: pages begin and end alike.
    if seed.is_empty() {
        if name.is_empty() { 0 } else { of / 2 }
    } else {
        seed.bytes().chain(name.bytes()).fold(17, hash) % of.max(1)
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how many are planted is the caller's to say")]
fn planted_defects_are_found_at_their_place_and_nothing_else_is() {
    let most = std::env::var("PLANTS").ok().and_then(|most| most.parse().ok()).unwrap_or(1);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut misses = String::new();
    for mut ground in ground::all() {
        for (name, repair, plant) in kinds() {
            let tally = tallies.entry(name).or_default();
            tally.repairable = *repair == Repair::Known;
            // Texts to plant in are those of the unharmed project.
            ground.heal();
            let mut plants = plant(&ground);
            plants.retain(|plant| plant.expected.iter().all(|wanted| ground.hears(wanted.code)));
            for plant in sampled(plants, most) {
                let outcome = trial::run(&mut ground, &plant);
                tally.planted += 1;
                tally.found += usize::from(outcome.is_found());
                tally.offered += usize::from(outcome.fix.is_some());
                tally.repaired += usize::from(outcome.fix == Some(true));
                report(&mut misses, (&ground.name, name, *repair), &plant, &outcome);
            }
        }
    }
    let table = table(&tallies);
    println!("{table}");
    let (found, planted) = tallies.values().fold((0, 0), |sum, tally| (sum.0 + tally.found, sum.1 + tally.planted));
    let weak = tallies.iter().filter(|(_, tally)| tally.found * 100 < tally.planted * 95).count();
    assert!(weak == 0 && found * 100 >= planted * 99, "{misses}\n{table}");
}

fn report(misses: &mut String, (ground, kind, repair): (&str, &str, Repair), plant: &Plant, outcome: &Outcome) {
    let unrepaired = match outcome.fix {
        Some(false) => true,
        None => repair == Repair::Known,
        Some(true) => false,
    };
    if outcome.is_found() && !unrepaired {
        return;
    }
    let _ = writeln!(misses, "{ground} {kind}: {}", plant.place());
    for line in &outcome.notes {
        let _ = writeln!(misses, "    {line}");
    }
    if unrepaired {
        let _ =
            writeln!(misses, "    fix: {}", if outcome.fix.is_some() { "leaves something" } else { "none offered" });
    }
}

fn table(tallies: &BTreeMap<&str, Tally>) -> String {
    let mut table = String::new();
    let (mut found, mut planted, mut repaired, mut repairable) = (0, 0, 0, 0);
    for (kind, tally) in tallies {
        let fix = if tally.repairable { format!("{}/{}", tally.repaired, tally.planted) } else { "-".to_owned() };
        let _ = writeln!(table, "{kind:<34} {:>4}/{:<4} fixed {fix}", tally.found, tally.planted);
        found += tally.found;
        planted += tally.planted;
        if tally.repairable {
            repaired += tally.repaired;
            repairable += tally.planted;
        }
    }
    let _ = writeln!(table, "{:<34} {found:>4}/{planted:<4} fixed {repaired}/{repairable}", "all kinds");
    table
}
