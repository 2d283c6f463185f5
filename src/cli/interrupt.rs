//! Ctrl-C: a command ends at once, but never in the middle of writing.

use std::sync::{Mutex, MutexGuard};

use super::terminal;
use crate::diagnostic::bug;

/// Held while files are written.
static WRITING: Mutex<()> = Mutex::new(());
/// The exit code of a program that Ctrl-C ended, by the convention of shells.
const INTERRUPTED: i32 = 130;

/// From now on, Ctrl-C and a request of the system to end wait for a write that is under way.
pub(super) fn listen() {
    // Without a handler, Ctrl-C ends the program as it always would.
    let _ = ctrlc::set_handler(|| {
        let _done = bug::lock(&WRITING);
        terminal::clear_progress();
        std::process::exit(INTERRUPTED);
    });
}

/// Until this is dropped, Ctrl-C waits.
pub(super) fn uninterrupted() -> MutexGuard<'static, ()> {
    bug::lock(&WRITING)
}
