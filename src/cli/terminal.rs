//! Printing: data to stdout, talk to stderr; a reader who has gone is no error.

use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};

use super::Outcome;
use crate::report::{Reader, TerminalStyle};

/// Data: what the command was asked for.
pub(super) fn data(text: &str) {
    // A closed pipe ends quietly: `partner-docs check | head` is not a failure.
    let _ = std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush());
}

/// Talk: what a person wants to know besides.
pub(super) fn talk(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Says why a command cannot do its work.
pub(super) fn cannot_run(why: impl Display) -> Outcome {
    talk(&format!("error: {why}\n"));
    Outcome::CannotRun
}

/// Shows progress on one line, which the next call overwrites; only on a terminal.
pub(super) fn progress(text: &str) {
    if std::io::stderr().is_terminal() {
        talk(&format!("\r\u{1b}[K{text}"));
    }
}

/// How findings are drawn on stdout: in colour on a terminal, unless `NO_COLOR` says otherwise.
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
