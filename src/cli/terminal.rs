//! Printing: data to stdout, talk to stderr; a reader who has gone is no error.

use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Outcome;
use crate::report::{Reader, TerminalStyle};

/// How much is said besides what was asked for.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Loudness {
    /// Errors and findings only.
    Quiet,
    /// Also what was done.
    #[default]
    Normal,
    /// Also how it was done.
    Verbose,
}

/// Set once, before the first word. A process has one terminal, and whoever speaks to it would have to carry this along.
static LOUDNESS: OnceLock<Loudness> = OnceLock::new();
/// Whether a line of progress is on the terminal, which the next words replace.
static SHOWS_PROGRESS: AtomicBool = AtomicBool::new(false);

/// Decides how much is said from now on.
pub(super) fn speak(loudness: Loudness) {
    // Twice only in tests that run the program within one process: the first decision stands.
    let _ = LOUDNESS.set(loudness);
}

fn loudness() -> Loudness {
    LOUDNESS.get().copied().unwrap_or_default()
}

/// Whether only errors and findings are wanted.
pub(super) fn is_quiet() -> bool {
    loudness() == Loudness::Quiet
}

/// Whether all there is to say is wanted.
pub(super) fn is_verbose() -> bool {
    loudness() == Loudness::Verbose
}

/// Data: what the command was asked for.
pub(super) fn data(text: &str) {
    clear_progress();
    let written = std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush());
    match written {
        // A closed pipe ends quietly: `partner-docs check | head` is not a failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            talk(&format!("error: cannot write to the standard output: {error}\n"));
            std::process::exit(2);
        }
        Ok(()) | Err(_) => {}
    }
}

/// Talk that is always wanted: errors, findings, warnings and questions.
pub(super) fn talk(text: &str) {
    clear_progress();
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Talk about what was done, unless `--quiet`.
pub(super) fn note(text: &str) {
    if loudness() >= Loudness::Normal {
        talk(text);
    }
}

/// Talk about how it was done, with `--verbose`.
pub(super) fn detail(text: impl FnOnce() -> String) {
    if loudness() == Loudness::Verbose {
        talk(&text());
    }
}

/// Says why a command cannot do its work.
pub(super) fn cannot_run(why: impl Display) -> Outcome {
    talk(&format!("error: {why}\n"));
    Outcome::CannotRun
}

/// A word as shells read it.
pub(super) fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '\\' | ':' | '~');
    if word.chars().all(is_plain) { word.to_owned() } else { format!("\"{word}\"") }
}

/// Whether a person can be asked.
pub(super) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether progress is shown: only to people, and only if they want to hear something.
pub(super) fn shows_progress() -> bool {
    loudness() >= Loudness::Normal && std::io::stderr().is_terminal()
}

/// Shows progress on one line, which the next call overwrites; only on a terminal.
pub(super) fn progress(text: &str) {
    if shows_progress() {
        clear_progress();
        let _ = std::io::stderr().write_all(text.as_bytes());
        SHOWS_PROGRESS.store(!text.is_empty(), Ordering::Relaxed);
    }
}

/// Removes the line of progress.
pub(super) fn clear_progress() {
    if SHOWS_PROGRESS.swap(false, Ordering::Relaxed) {
        let _ = std::io::stderr().write_all(b"\r\x1b[K");
    }
}

/// How findings are drawn on stdout: in colour on a terminal, unless `--color` or `NO_COLOR` says otherwise.
pub(super) fn style() -> TerminalStyle {
    let choice = anstream::AutoStream::choice(&std::io::stdout());
    if choice == anstream::ColorChoice::Never
        || !std::io::stdout().is_terminal() && choice != anstream::ColorChoice::AlwaysAnsi
    {
        TerminalStyle::Plain
    } else {
        TerminalStyle::Coloured
    }
}

/// Somebody who reads a report on stdout, about files that belong to no project.
pub(super) fn reader() -> Reader {
    Reader { style: style(), ..Reader::default() }
}
