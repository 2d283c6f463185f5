//! `partner-docs inputs`: the files that a site is made from, as patterns for the path filters of CI.

use std::collections::BTreeSet;

use clap::Args;

use crate::cli::arguments::ProjectOptions;
use crate::cli::{Outcome, project, terminal};
use crate::pipeline::{BuiltSite, Drafts};
use crate::source::{SourcePath, Sources};

#[derive(Debug, Args)]
pub(in crate::cli) struct InputsOptions {
    /// The project folder, which contains book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    folder: std::path::PathBuf,
}

/// Prints a pattern a line, relative to the root of the repository.
pub(in crate::cli) fn inputs(options: &InputsOptions) -> Outcome {
    let options = ProjectOptions::of(&options.folder);
    let mut session = project::session(&options, Drafts::Hidden);
    let linked = match session.link() {
        Ok(linked) => linked,
        Err(error) => return terminal::cannot_run(error),
    };
    let patterns = patterns(&linked, session.sources());
    terminal::data(&patterns.iter().map(|pattern| format!("{pattern}\n")).collect::<String>());
    Outcome::Done
}

/// The patterns, sorted: the folders of the project and what is mounted, then files that these do not cover.
fn patterns(linked: &BuiltSite, sources: &Sources) -> BTreeSet<String> {
    let site = &linked.site;
    let config = &site.config;
    let folders = [&config.source, &config.playbooks.dir, &config.theme.folder].into_iter().flatten();
    let folders: Vec<&SourcePath> = folders.filter(|folder| !config.place.is_beside_root(folder)).collect();
    let whole = |folder: &str| if folder.is_empty() { "**".to_owned() } else { format!("{folder}/**") };
    let mounted = config.mounts.iter().map(|mount| {
        let pattern = mount.from.value.as_str();
        // A mount of a folder takes all that is in it; a filter needs to be told.
        let is_folder = SourcePath::new(pattern).is_ok_and(|path| site.repository.has_folder(&path));
        if is_folder { whole(pattern.trim_end_matches('/')) } else { pattern.to_owned() }
    });
    let mut patterns: BTreeSet<String> = folders.iter().map(|folder| whole(folder.as_str())).chain(mounted).collect();
    let is_covered = |path: &SourcePath| {
        folders.iter().any(|folder| path.below(folder).is_some())
            || config.mounts.iter().any(|mount| mount.from.value.matches(path.as_str()).is_some())
    };
    // What was read from elsewhere: book.toml itself, files that pages include, a logo.
    let read = sources.iter().map(|(_, source)| source.path());
    let copied = site.assets.iter().map(|asset| &asset.source);
    let others = read.chain(copied).filter(|path| !is_covered(path) && !config.place.is_beside_root(path));
    patterns.extend(others.map(ToString::to_string));
    patterns
}
