//! The program, as people call it.
//! In: arguments and the environment. Out: what is printed, and an exit code. The one place that prints: data to
//! stdout, talk to stderr.
//! Never knows: how anything is parsed or rendered.

mod against;
mod arguments;
mod build;
mod check;
mod clock;
mod deliver;
mod explain;
mod external;
mod fill;
mod fix;
mod known;
mod map;
mod mv;
mod project;
mod report;
mod serve;
mod spare;
mod terminal;
mod theme;
mod values;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;

use crate::diagnostic::bug;

/// How a command ended.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    /// Done; there may be warnings.
    Done,
    /// There are errors in the content.
    ErrorsFound,
    /// Wrong use, broken configuration, or an environment that does not allow it.
    CannotRun,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::from(0),
            Outcome::ErrorsFound => Self::from(1),
            Outcome::CannotRun => Self::from(2),
        }
    }
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let wants_json = arguments.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
        || arguments.iter().any(|argument| argument == "--format=json");
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are errors to clap, and end well.
            let code = if error.use_stderr() { Outcome::CannotRun } else { Outcome::Done };
            let _ = error.print();
            if wants_json && code == Outcome::CannotRun {
                // Who reads JSON gets JSON, whatever happens.
                check::print_nothing();
            }
            return code.into();
        }
    };
    // A panic in one file is a finding there. Any other ends the command, in words and not in a backtrace.
    set_hook(Box::new(|info| {
        if !bug::is_contained(info) {
            terminal::talk(&format!("error: {}\n", bug::described(info)));
        }
    }));
    let outcome = catch_unwind(AssertUnwindSafe(|| obey(arguments.command))).unwrap_or_else(|_| {
        if wants_json {
            check::print_nothing();
        }
        Outcome::CannotRun
    });
    outcome.into()
}

/// Does what a command says.
fn obey(command: Command) -> Outcome {
    match command {
        Command::Build(options) => build::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Fill(options) => fill::run(&options),
        Command::Map(options) => map::run(&options),
        Command::Mv(options) => mv::run(&options),
        Command::RenameAnchor(options) => mv::rename_anchor(&options),
        Command::Theme { command } => theme::run(&command),
        Command::Explain { rule } => explain::explain(&rule),
        Command::Rules => explain::list(),
        Command::Schema { of } => explain::schema(of),
    }
}
