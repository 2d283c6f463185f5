//! What a test needs beside the repository and may not find: a browser, axe-core's script, the documentation of a team.
//! In: what is missing. Out: a line that says so, or a failure where nothing may be missing.
//! Never knows: what the tests are about.

use std::env;
use std::io::Write as _;

/// Says that a test is skipped, and why.
///
/// # Panics
/// Where `PARTNER_DOCS_FORBID_SKIPS` is `1`, as in the gate: a test that skips itself there would never run at all.
pub(crate) fn skipped(reason: &str) {
    assert!(env::var_os("PARTNER_DOCS_FORBID_SKIPS").is_none_or(|value| value != "1"), "skipped: {reason}");
    // Not `eprintln!`, which is not seen when a test passes.
    let _ = writeln!(std::io::stderr(), "skipped: {reason}");
}
