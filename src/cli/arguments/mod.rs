//! Arguments that several commands take; those of one command are in its own file.
//!
//! What clap shows in `--help` are the doc comments here and there: text for users, not for readers of the code.

pub(in crate::cli) mod global;
pub(in crate::cli) mod unknown;

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::check::registry;
use crate::diagnostic::{did_you_mean, nearest};
use crate::report::{self, Format};

/// Options of every command that works on a project.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ProjectOptions {
    /// The project folder, which contains book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(in crate::cli) folder: PathBuf,
    /// Report a rule's errors as warnings for this run: link/not-found (repeatable)
    #[arg(short = 'W', long = "warn", value_name = "RULE", value_parser = known_rule)]
    pub(in crate::cli) warn: Vec<String>,
    /// Set the variable `{{ NAME }}`, overriding pages and book.toml (repeatable)
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
    pub(in crate::cli) variables: Vec<(String, String)>,
    /// Allow `root` in book.toml to be outside the repository; never use it for pull requests
    #[arg(long)]
    pub(in crate::cli) trust_root: bool,
}

/// The project, for commands whose positional arguments are something else.
#[derive(Debug, Args)]
pub(in crate::cli) struct ProjectFolder {
    /// The project folder, which contains book.toml
    #[arg(long = "project", value_name = "DIR", default_value = ".")]
    pub(in crate::cli) folder: PathBuf,
}

impl ProjectFolder {
    /// The same, as the options of a command that works on a project.
    pub(in crate::cli) fn as_options(&self) -> ProjectOptions {
        ProjectOptions::of(&self.folder)
    }
}

impl ProjectOptions {
    /// A project in a folder, with nothing else asked for.
    pub(in crate::cli) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), warn: Vec::new(), variables: Vec::new(), trust_root: false }
    }
}

/// `partner=Acme Corp`
fn variable(written: &str) -> Result<(String, String), String> {
    let pair = written.split_once('=').map(|(name, value)| (name.trim(), value));
    match pair.filter(|(name, _)| !name.is_empty()) {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("write a name, `=` and its value: `--var partner=\"Acme Corp\"`".to_owned()),
    }
}

/// A rule that exists. An unknown one is an error, because it would silently have no effect.
pub(in crate::cli) fn known_rule(code: &str) -> Result<String, String> {
    if registry::rule(code).is_some() {
        return Ok(code.to_owned());
    }
    Err(nearest_rule(code).map_or_else(
        || format!("unknown rule `{code}`; run `partner-docs rules` to list all rules"),
        |near| format!("unknown rule `{code}`; {}", did_you_mean(near)),
    ))
}

/// The rule that was probably meant by a name.
pub(in crate::cli) fn nearest_rule(code: &str) -> Option<&'static str> {
    nearest(code, registry::rules().map(|rule| rule.code))
}

/// The formats of reports, by their names.
pub(in crate::cli) fn format() -> impl TypedValueParser<Value = &'static Format> {
    let values = report::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values).try_map(|name| {
        report::FORMATS.iter().find(|format| format.name == name).copied().ok_or("there is no such format")
    })
}
