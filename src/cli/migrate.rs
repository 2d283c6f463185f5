//! `partner-docs migrate`: the project of another generator, made one of ours.
//! In: a folder. Out: book.toml, SUMMARY.md and a baseline next to what was there, and what became of every setting.
//! Never knows: what any setting means.

use clap::Args;

use super::arguments::{ProjectFolder, ProjectOptions};
use super::{Outcome, check, project, terminal};
use crate::migrate::{self, BASELINE, ForeignProject, MigrateError, Migration};
use crate::output::sources;
use crate::pipeline::Drafts;
use crate::project::filesystem::decode::decode;
use crate::project::{FileSystem as _, ProjectRoots, WalkScope};
use crate::source::SourcePath;

#[derive(Debug, Args)]
pub(super) struct MigrateOptions {
    /// The folder with mkdocs.yml, zensical.toml or mdBook's book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    folder: std::path::PathBuf,
    /// Report what would become of the settings, and print the files, without writing them
    #[arg(long)]
    dry_run: bool,
    /// Replace a book.toml, SUMMARY.md and baseline.json that exist
    #[arg(long, conflicts_with = "dry_run")]
    force: bool,
}

/// Migrates a project, and writes down what is known to be wrong with it.
pub(super) fn run(options: &MigrateOptions) -> Outcome {
    match migrated(options) {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

fn migrated(options: &MigrateOptions) -> Result<(), Box<dyn std::error::Error>> {
    let folder = ProjectFolder { folder: options.folder.clone() }.as_options();
    let disk = project::folder(&folder);
    let place = disk.place(None)?;
    // Nothing is named yet, so what is hidden stays so.
    let files = disk.list(&place, &WalkScope::default())?;
    let read = |path: &SourcePath| disk.read(&place, path).ok().map(|bytes| decode(bytes).text);
    let migration = migrate::migrate(&ForeignProject { folder: place.project(), files: &files, read: &read })?;
    let (settings, tool) = &migration.read_from;
    terminal::data(&format!("read {} as settings of {tool}\n\n{}", place.shown(settings), migration.report));
    if options.dry_run {
        for (path, text) in &migration.files {
            terminal::data(&format!("\n--- {}\n{text}", place.shown(path)));
        }
        return Ok(());
    }
    write(options, &place, &migration)?;
    write_baseline(&folder, &place)
}

/// Writes the files; all or none, as far as the disk allows.
fn write(
    options: &MigrateOptions,
    place: &ProjectRoots,
    migration: &Migration,
) -> Result<(), Box<dyn std::error::Error>> {
    let (settings, _) = &migration.read_from;
    let is_other = |path: &SourcePath| path != settings;
    let taken = migration.files.iter().find(|(path, _)| is_other(path) && place.on_disk(path).exists());
    if let Some((path, _)) = taken.filter(|_| !options.force) {
        return Err(Box::new(MigrateError::Exists(path.clone())));
    }
    for (path, text) in &migration.files {
        sources::write(&place.on_disk(path), text.as_bytes())?;
        terminal::talk(&format!("wrote {}\n", place.shown(path)));
    }
    Ok(())
}

/// What is wrong with the project today is known from now on: a build fails only for what is new.
fn write_baseline(folder: &ProjectOptions, place: &ProjectRoots) -> Result<(), Box<dyn std::error::Error>> {
    let file = place.folder(BASELINE);
    // An empty list first, so that book.toml names a file that exists.
    sources::write(&file, b"{\"version\": 1, \"findings\": []}\n")?;
    let mut session = project::session(folder, Drafts::Hidden);
    let mut linked = session.link()?;
    check::add_late(&mut linked, session.sources());
    check::write_baseline(&file, &linked.found, session.sources())?;
    terminal::talk(&format!(
        "build the site with `partner-docs build`; once findings are mended, `partner-docs check --write-baseline \
         {BASELINE}` shortens the list\n"
    ));
    Ok(())
}
