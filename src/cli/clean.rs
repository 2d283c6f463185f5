//! `partner-docs clean`: the output folder without what builds wrote.

use std::path::PathBuf;

use clap::Args;

use super::arguments::ProjectOptions;
use super::{Outcome, build, interrupt, project, terminal};
use crate::output::{self, CleanSummary, OutputError};

#[derive(Debug, Args)]
pub(super) struct CleanOptions {
    /// The project folder, which contains book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Clean this folder instead
    #[arg(short, long, visible_alias = "output", value_name = "DEST")]
    dest_dir: Option<PathBuf>,
}

/// Removes the site that builds have written. Files of others stay.
pub(super) fn run(options: &CleanOptions) -> Outcome {
    // A project with errors can be cleaned: only where its site is must be known.
    let config = match project::settings(&ProjectOptions::of(&options.folder)) {
        Ok(config) => config,
        Err(error) => return terminal::cannot_run(error),
    };
    let folder = build::output_folder(options.dest_dir.as_deref(), &config);
    let _writing = interrupt::uninterrupted();
    match build::with_protected_paths(&folder, &config, |around| output::clean(&folder, around)) {
        Err(OutputError::Refused { reason, .. }) => {
            return terminal::cannot_run(format!("nothing was removed from `{}`: {reason}", folder.display()));
        }
        Ok(CleanSummary { removed: 0, .. }) => terminal::note(&format!("{}: nothing to remove\n", folder.display())),
        Ok(CleanSummary { removed, kept }) => {
            let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let kept = if kept > 0 { format!(", kept {} that no build wrote", files(kept)) } else { String::new() };
            terminal::note(&format!("{}: {} removed{kept}\n", folder.display(), files(removed)));
        }
        Err(error) => return terminal::cannot_run(error),
    }
    Outcome::Done
}
