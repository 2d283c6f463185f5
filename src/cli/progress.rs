//! Progress on a terminal, for builds that take longer than people wait without asking themselves.

use std::sync::Mutex;

use super::clock::Clock;
use super::terminal;
use crate::diagnostic::bug;
use crate::pipeline::{BuildStage, Progress};

/// Nothing is shown before: most builds are over by then, and a line that flashes by helps nobody.
const FIRST_AFTER: u64 = 1000;
/// How often the line changes.
const EVERY: u64 = 100;

/// Shows how far a build is, on a terminal.
pub(super) fn shown() -> Progress {
    if !terminal::shows_progress() {
        return Progress::default();
    }
    let clock = Clock::start();
    let next = Mutex::new(FIRST_AFTER);
    Progress::new(move |stage| {
        let now = clock.milliseconds();
        let mut next = bug::lock(&next);
        if now >= *next {
            *next = now + EVERY;
            terminal::progress(&in_words(stage));
        }
    })
}

fn in_words(stage: BuildStage) -> String {
    match stage {
        BuildStage::Reading { done, all } => format!("reading pages: {done} of {all}"),
        BuildStage::Checking => "checking".to_owned(),
        BuildStage::Writing { files } => format!("writing {files} files"),
        BuildStage::Rendering { done, all } => format!("rendering pages: {done} of {all}"),
    }
}
