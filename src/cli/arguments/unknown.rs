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

/// Adds to the error about an unknown command what was probably meant.
pub(in crate::cli) fn with_advice(mut error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    let has_suggestion = error.get(ContextKind::SuggestedSubcommand).is_some();
    let general = "to list all commands, run `partner-docs --help`; to start a project, run `partner-docs init`";
    let advice = match advice(word) {
        Some(advice) => {
            // `create` looks like `clean`, which is the last thing that whoever types it wants.
            error.remove(ContextKind::SuggestedSubcommand);
            advice
        }
        None if has_suggestion => return error,
        None => general.to_owned(),
    };
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(advice)]));
    error
}

fn advice(word: &str) -> Option<String> {
    if let Some((command, _)) = ELSEWHERE.iter().find(|(_, names)| names.contains(&word)) {
        return Some(format!("`partner-docs {command}` does that"));
    }
    let is_project = Path::new(word).join("book.toml").is_file();
    is_project.then(|| format!("to preview the project in this folder, run `partner-docs serve {word}`"))
}
