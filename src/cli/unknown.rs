//! What to type instead of a command that does not exist.

use std::path::Path;

use clap::Error;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What other tools call our commands.
const ELSEWHERE: [(&str, &[&str]); 6] = [
    ("init", &["create", "generate", "quickstart", "scaffold", "setup", "start"]),
    ("new", &["add", "page", "playbook", "template"]),
    ("build", &["compile", "export", "make", "publish", "render"]),
    ("serve", &["dev", "live", "open", "preview", "run", "watch"]),
    ("check", &["lint", "linkcheck", "test", "validate", "verify"]),
    ("mv", &["move", "rename"]),
];

/// Adds to the error about an unknown command what was probably meant, unless it says so itself.
pub(super) fn with_advice(mut error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidSubcommand || error.get(ContextKind::SuggestedSubcommand).is_some() {
        return error;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    let advice = StyledStr::from(advice(word));
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![advice]));
    error
}

fn advice(word: &str) -> String {
    if let Some((command, _)) = ELSEWHERE.iter().find(|(_, names)| names.contains(&word)) {
        return format!("`partner-docs {command}` does that");
    }
    if Path::new(word).join("book.toml").is_file() {
        return format!("to preview the project in this folder, run `partner-docs serve {word}`");
    }
    "to list all commands, run `partner-docs --help`; to start a project, run `partner-docs init`".to_owned()
}
