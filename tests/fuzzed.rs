//! What the fuzz targets hold texts to, on every machine: without a fuzzer, and the same at each run.
//! In: the seeds of the targets, what once broke something, and texts that are made of both. Out: the first text for
//! which something does not hold.
//! Never knows: what must hold; `support::anything` says that. Fuzzers, who try millions of texts, are started by
//! `.ci/fuzz`.

#![expect(clippy::disallowed_methods, reason = "seeds and found inputs lie in the repository")]

mod support;

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use support::anything;
use support::mutate::Mutator;

/// Texts that are made up for each target; `PARTNER_DOCS_FUZZ_RUNS` says another number.
const RUNS: usize = 300;
/// A whole site takes as long as many parts.
const SITE_SHARE: usize = 10;

/// The texts of a folder by name; none where there is no such folder.
fn texts(folder: &str, target: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder).join(target);
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut texts: Vec<(String, String)> = files
        .map(|file| {
            let bytes = fs::read(file.path()).expect("an input");
            (file.path().display().to_string(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect();
    texts.sort();
    texts
}

/// Says which text it was that something does not hold for.
fn try_text(target: &str, name: &str, text: &str) {
    let held = panic::catch_unwind(AssertUnwindSafe(|| anything::holds(target)(text)));
    assert!(held.is_ok(), "{target} does not hold for {name}, write this to tests/found/{target}/: {text:?}");
}

#[test]
fn every_target_has_seeds() {
    for (target, _) in anything::TARGETS {
        assert!(!texts("fuzz/seeds", target).is_empty(), "tests/fuzz/seeds/{target} is empty");
    }
}

#[test]
fn what_once_broke_something_holds() {
    for (target, _) in anything::TARGETS {
        for (name, text) in texts("fuzz/seeds", target).iter().chain(&texts("found", target)) {
            try_text(target, name, text);
        }
    }
}

/// Fixed texts, so that what a fuzz target calls holds for more than the letters that a fuzzer makes up first.
#[test]
fn every_target_holds_for_texts_made_to_be_nasty() {
    anything::nasty().for_each(|text| anything::TARGETS.iter().for_each(|(_, holds)| holds(&text)));
}

/// The same texts at each run: what fails here fails for whoever looks into it.
#[test]
fn every_target_holds_for_what_its_seeds_become() {
    let runs = std::env::var("PARTNER_DOCS_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS);
    for (target, _) in anything::TARGETS {
        let seeds = texts("fuzz/seeds", target).into_iter().chain(texts("found", target)).map(|(_, text)| text);
        let mut mutator = Mutator::new(target, seeds.collect());
        let share = if target.starts_with("site_") { SITE_SHARE } else { 1 };
        for run in 0..runs / share {
            try_text(target, &format!("run {run}"), &mutator.text());
        }
    }
}
