//! Arguments that several commands take; those of one command are in its own file.
//!
//! What clap shows in `--help` are the doc comments here and there: text for users, not for readers of the code.

use std::path::PathBuf;

use clap::Args;

use crate::check::registry;
use crate::diagnostic::nearest;

/// What every command on a project takes.
#[derive(Clone, Debug, Args)]
pub(super) struct ProjectOptions {
    /// The project's folder, which holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Lower a rule's errors to warnings for this run: link/not-found
    #[arg(short = 'W', long = "warn", value_name = "RULE", value_parser = known_rule)]
    pub(super) warn: Vec<String>,
    /// What `{{ NAME }}` stands for in texts, whatever pages and book.toml say
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
    pub(super) variables: Vec<(String, String)>,
    /// Let `root` in book.toml lead out of the repository: never in a build of pull requests
    #[arg(long)]
    pub(super) trust_root: bool,
}

/// The project, where other arguments stand in its place.
#[derive(Debug, Args)]
pub(super) struct ProjectFolder {
    /// The project's folder, which holds book.toml
    #[arg(long = "project", value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
}

impl ProjectFolder {
    /// As every command on a project takes it.
    pub(super) fn as_options(&self) -> ProjectOptions {
        ProjectOptions { folder: self.folder.clone(), warn: Vec::new(), variables: Vec::new(), trust_root: false }
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

/// A rule that exists: one that does not would silence nothing, and nobody would know.
pub(super) fn known_rule(code: &str) -> Result<String, String> {
    if registry::rule(code).is_some() {
        return Ok(code.to_owned());
    }
    Err(nearest_rule(code).map_or_else(
        || format!("there is no rule `{code}`; `partner-docs rules` lists them all"),
        |near| format!("there is no rule `{code}`; did you mean `{near}`?"),
    ))
}

/// The rule that was probably meant by a name.
pub(super) fn nearest_rule(code: &str) -> Option<&'static str> {
    nearest(code, registry::rules().map(|rule| rule.code))
}
