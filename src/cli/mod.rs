//! The program, as people call it.
//! In: arguments and the environment. Out: what is printed, and an exit code. The one place that prints: data to
//! stdout, talk to stderr.
//! Never knows: how anything is parsed or rendered.

mod arguments;
mod at_commit;
mod build;
mod check;
mod ci;
mod clean;
mod clock;
mod completions;
mod explain;
mod fill;
mod init;
mod interrupt;
mod map;
mod migrate;
mod mv;
mod new;
mod progress;
mod project;
mod reporting;
mod serve;
mod terminal;
mod theme;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::diagnostic::bug;

/// Documentation sites for partner teams: playbooks, templates and workflow maps, checked and cross-linked
#[derive(Debug, Parser)]
#[command(name = "partner-docs", version, propagate_version = true)]
struct Arguments {
    #[command(flatten)]
    global: arguments::global::GlobalOptions,
    #[command(subcommand)]
    command: Command,
}

/// Every command, once; what each of them does stands right below. Its options are in its own file.
#[derive(Debug, Subcommand)]
enum Command {
    /// Start a project: settings, a map, templates and playbooks that work together
    Init(init::InitOptions),
    /// Add a page, a template, a playbook or a map
    New(new::NewOptions),
    /// Build the site into its output folder
    Build(build::BuildOptions),
    /// Find broken links, anchors, playbooks and maps, without building the site
    Check(check::CheckOptions),
    /// Preview the site with live reload
    Serve(serve::ServeOptions),
    /// Fill in a playbook's templates, or a single one, for a partner
    Fill(fill::FillOptions),
    /// Turn a project of MkDocs, Zensical or mdBook into one of partner-docs
    Migrate(migrate::MigrateOptions),
    /// Move a page, a folder or a file, and update every link to it and from it
    Mv(mv::MoveOptions),
    /// Change a heading's id, and update every link to it
    RenameAnchor(mv::RenameAnchorOptions),
    /// Draw one diagram as SVG, without a project
    Map(map::MapOptions),
    /// Create a theme, or copy one built-in file to change it
    #[command(subcommand)]
    Theme(theme::ThemeCommand),
    /// Explain a rule: what it finds, why it matters, and how to fix it
    Explain(explain::ExplainOptions),
    /// List all rules with their default severity
    Rules,
    /// List the pages that are new, changed, moved or gone since a commit, as Markdown
    Changes(ci::ChangesOptions),
    /// List the files that the site is made from, as patterns for the path filters of CI
    Inputs(ci::InputsOptions),
    /// Print a JSON Schema, for editors and other programs
    Schema(explain::SchemaOptions),
    /// Remove the site that builds have written
    Clean(clean::CleanOptions),
    /// Print completions for a shell
    Completions(completions::CompletionsOptions),
}

impl Command {
    fn run(self) -> Outcome {
        match self {
            Self::Init(options) => init::run(&options),
            Self::New(options) => new::run(&options),
            Self::Build(options) => build::run(&options),
            Self::Check(options) => check::run(&options),
            Self::Serve(options) => serve::run(&options),
            Self::Fill(options) => fill::run(&options),
            Self::Map(options) => map::run(&options),
            Self::Migrate(options) => migrate::run(&options),
            Self::Mv(options) => mv::run(&options),
            Self::RenameAnchor(options) => mv::rename_anchor(&options),
            Self::Theme(command) => theme::run(&command),
            Self::Explain(options) => explain::explain(&options),
            Self::Rules => explain::list(),
            Self::Changes(options) => ci::changes(&options),
            Self::Inputs(options) => ci::inputs(&options),
            Self::Schema(options) => explain::schema(&options),
            Self::Clean(options) => clean::run(&options),
            Self::Completions(options) => completions::run(&options),
        }
    }
}

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

/// The definition of the command line, for what is made from it: completions and man pages.
#[must_use]
pub fn definition() -> clap::Command {
    Arguments::command()
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Looked for by hand: what clap refuses to read has a reader that waits for JSON all the same.
    let wants_json = arguments.windows(2).any(|pair| pair == ["--format", "json"])
        || arguments.iter().any(|argument| argument == "--format=json");
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let error = arguments::unknown::with_advice(error);
            // Help and version are errors to clap, and end well.
            let code = if error.use_stderr() { Outcome::CannotRun } else { Outcome::Done };
            // Into a closed pipe, as with `--help | head`: there is nobody to tell.
            let _ = error.print();
            if wants_json && code == Outcome::CannotRun {
                reporting::print_nothing();
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
    let Arguments { global, command } = arguments;
    if let Err(error) = global.apply() {
        return terminal::cannot_run(error).into();
    }
    // `serve` ends in an order of its own.
    if !matches!(command, Command::Serve(_)) {
        interrupt::listen();
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| command.run())).unwrap_or_else(|_| {
        if wants_json {
            reporting::print_nothing();
        }
        Outcome::CannotRun
    });
    outcome.into()
}
