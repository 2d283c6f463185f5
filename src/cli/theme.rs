//! `partner-docs theme`: the beginning of a theme of one's own, and single built-in files to change.
//! In: a project, and the name of a built-in file. Out: files in its theme folder.
//! Never knows: what is in the files.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::arguments::ProjectFolder;
use super::{Outcome, project, terminal};
use crate::diagnostic::nearest;
use crate::output::sources;
use crate::pipeline::Drafts;
use crate::theme::{BEGINNING, built_in};

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// Create a theme folder that does not change anything yet
    New {
        #[command(flatten)]
        project: ProjectFolder,
    },
    /// Copy one built-in file into the theme folder, where it replaces the built-in one
    Eject {
        /// Its path, as printed by `theme list`, with or without `templates/`: partials/footer.html
        #[arg(value_name = "PARTIAL")]
        file: String,
        #[command(flatten)]
        project: ProjectFolder,
    },
    /// List the files of the built-in theme
    List,
}

/// Runs `theme new`, `theme eject` or `theme list`.
pub(super) fn run(command: &ThemeCommand) -> Outcome {
    let done = match command {
        ThemeCommand::New { project } => begin(project),
        ThemeCommand::Eject { file, project } => eject(file, project),
        ThemeCommand::List => {
            terminal::data(&built_in().map(|(path, _)| format!("{path}\n")).collect::<String>());
            Ok(())
        }
    };
    match done {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

type AnyError = Box<dyn std::error::Error>;

fn begin(project: &ProjectFolder) -> Result<(), AnyError> {
    let folder = folder(project)?;
    // All or nothing: half a theme next to files of one's own would be hard to tell apart.
    let taken = BEGINNING.iter().find(|(path, _)| folder.join(path).symlink_metadata().is_ok());
    if let Some((path, _)) = taken {
        return Err(there_already(&folder.join(path)));
    }
    for (path, text) in BEGINNING {
        put(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}

fn eject(file: &str, project: &ProjectFolder) -> Result<(), AnyError> {
    // As a shell on Windows completes it.
    let wanted = file.replace('\\', "/");
    let is_wanted = |path: &str| path == wanted || path.strip_prefix("templates/").is_some_and(|name| name == wanted);
    let Some((path, bytes)) = built_in().find(|(path, _)| is_wanted(path)) else {
        return Err(unknown(&wanted).into());
    };
    let to = folder(project)?.join(path);
    if to.symlink_metadata().is_ok() {
        return Err(there_already(&to));
    }
    put(&to, bytes)
}

/// The theme folder: the one that book.toml names, else `theme` beside it.
fn folder(project: &ProjectFolder) -> Result<PathBuf, AnyError> {
    // A project with errors has a theme folder all the same: whatever was found is not reported here.
    let linked = project::session(&project.as_options(), Drafts::Hidden).link()?;
    let config = &linked.site.config;
    Ok(match &config.theme.folder {
        Some(folder) => config.place.on_disk(folder),
        None => config.place.folder("theme"),
    })
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), AnyError> {
    sources::create(path, bytes)?;
    terminal::note(&format!("wrote {}\n", path.display()));
    Ok(())
}

fn there_already(path: &Path) -> AnyError {
    format!("`{}` already exists; nothing was written\n  help: edit the existing file, or move it", path.display())
        .into()
}

fn unknown(wanted: &str) -> String {
    let names: Vec<String> =
        built_in().map(|(path, _)| path.strip_prefix("templates/").map_or(path.clone(), str::to_owned)).collect();
    let near = nearest(wanted, names.iter().map(String::as_str));
    let help = near.map_or_else(
        || "run `partner-docs theme list` to list all files".to_owned(),
        |near| format!("did you mean `{near}`? run `partner-docs theme list` to list all files"),
    );
    format!("the built-in theme has no file `{wanted}`\n  help: {help}")
}
