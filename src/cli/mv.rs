//! `partner-docs mv` and `rename-anchor`: other names, and every link led to them.
//! In: the old and the new name. Out: moved files with their links, or the difference that would make.
//! Never knows: how links are written.

use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::arguments::ProjectFolder;
use super::{Outcome, interrupt, project, terminal};
use crate::diagnostic::Diagnostic;
use crate::output::sources;
use crate::pipeline::{self, FileChange, RelocateError, Relocated};
use crate::project::ProjectRoots;
use crate::refactor::{self, Move};
use crate::source::{SourcePath, Sources};

#[derive(Debug, Args)]
pub(super) struct MoveOptions {
    /// The page, folder or other file to move
    old: PathBuf,
    /// Its new path, or the folder to move it to
    new: PathBuf,
    #[command(flatten)]
    project: ProjectFolder,
    /// Show the changes as a diff, without making them
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct RenameAnchorOptions {
    /// The page with the heading
    page: PathBuf,
    /// The heading's id, as used in links
    old: String,
    /// Its new id
    #[arg(value_parser = known_form)]
    new: String,
    #[command(flatten)]
    project: ProjectFolder,
    /// Show the changes as a diff, without making them
    #[arg(long)]
    dry_run: bool,
}

/// Moves a page, a folder or a file.
pub(super) fn run(options: &MoveOptions) -> Outcome {
    match moved(options) {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

/// Renames a place in a page.
pub(super) fn rename_anchor(options: &RenameAnchorOptions) -> Outcome {
    match renamed(options) {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

fn moved(options: &MoveOptions) -> Result<(), Box<dyn std::error::Error>> {
    let mut session = project::overlaid(&options.project.as_options());
    let before = session.link()?;
    let place = before.site.config.place.clone();
    let from = in_repository(&place, &options.old)?;
    let mut to = in_repository(&place, &options.new)?;
    // As everywhere: what is moved to a folder moves into it.
    if place.on_disk(&to).is_dir() && to != from {
        to = to.join(from.file_name()).map_err(|_| outside(&options.new))?;
    }
    let on_disk = (place.on_disk(&from), place.on_disk(&to));
    // On the disk and not in the file set: a file that the project does not use would be overwritten all the same.
    if on_disk.0.exists() && on_disk.1.symlink_metadata().is_ok() {
        return Err(Box::new(RelocateError::Taken(to.to_string())));
    }
    let moved = Move { from, to };
    let relocated = pipeline::relocate(&mut session, before, &moved)?;
    let changes = texts(&pipeline::changes(session.disk(), &place), &moved);
    if options.dry_run {
        show(&changes);
    } else {
        // First the move, which may fail as a whole; then the edits, each in one step. A rename keeps files that the project
        // does not know, such as those that git ignores.
        let _writing = interrupt::uninterrupted();
        sources::rename(&on_disk.0, &on_disk.1)?;
        write(&changes, &place)?;
    }
    tell(&relocated, session.sources(), &changes, options.dry_run);
    tell_lost(&relocated, &moved);
    Ok(())
}

/// Playbooks that are none where their files lie now.
fn tell_lost(relocated: &Relocated, moved: &Move) {
    let (before, after) = (&relocated.before.site, &relocated.after.site);
    for entry in before.playbooks.iter().filter(|entry| moved.moves(&entry.source)) {
        let now = moved.apply(&entry.source);
        if !after.playbooks.iter().any(|other| other.source == now) {
            let id = &entry.playbook.id;
            terminal::talk(&format!(
                "warning: `{now}` is not in the playbooks folder, so `{id}` is no longer a playbook and has no page\n"
            ));
        }
    }
}

fn renamed(options: &RenameAnchorOptions) -> Result<(), Box<dyn std::error::Error>> {
    let mut session = project::overlaid(&options.project.as_options());
    let before = session.link()?;
    let place = before.site.config.place.clone();
    let page = in_repository(&place, &options.page)?;
    let relocated = pipeline::rename_anchor(&mut session, before, &page, &options.old, &options.new)?;
    // Nothing moves, so that changes can be shown as those of a move are.
    let nowhere = Move { from: page.clone(), to: page };
    let changes = texts(&pipeline::changes(session.disk(), &place), &nowhere);
    if options.dry_run {
        show(&changes);
    } else {
        let _writing = interrupt::uninterrupted();
        write(&changes, &place)?;
    }
    tell(&relocated, session.sources(), &changes, options.dry_run);
    Ok(())
}

/// A file with its paths and bytes, before and after.
struct MovedText {
    old: SourcePath,
    new: SourcePath,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// The changes, with a file that moved as one: not as one that is gone and one that is new.
fn texts(changes: &[FileChange], moved: &Move) -> Vec<MovedText> {
    let gone = changes.iter().filter_map(|change| {
        let before = change.before.clone().filter(|_| change.after.is_none() || moved.moves(&change.path))?;
        let new = moved.apply(&change.path);
        let after = changes.iter().find(|other| other.path == new)?.after.clone()?;
        Some(MovedText { old: change.path.clone(), new, before, after })
    });
    let stayed = changes.iter().filter_map(|change| {
        let (before, after) = (change.before.clone()?, change.after.clone()?);
        let apart = !moved.moves(&change.path);
        apart.then(|| MovedText { old: change.path.clone(), new: change.path.clone(), before, after })
    });
    gone.chain(stayed).collect()
}

fn show(changes: &[MovedText]) {
    let differences = changes.iter().map(|text| match (str::from_utf8(&text.before), str::from_utf8(&text.after)) {
        (Ok(before), Ok(after)) => refactor::unified(&text.old, before, &text.new, after),
        _ => refactor::unified(&text.old, "", &text.new, ""),
    });
    terminal::data(&differences.collect::<String>());
}

fn write(changes: &[MovedText], place: &ProjectRoots) -> Result<(), crate::output::OutputError> {
    let mut edited = changes.iter().filter(|text| text.before != text.after);
    edited.try_for_each(|text| sources::write(&place.on_disk(&text.new), &text.after))
}

fn tell(relocated: &Relocated, sources: &Sources, changes: &[MovedText], dry: bool) {
    let edited = changes.iter().filter(|text| text.before != text.after).count();
    let moved = changes.iter().filter(|text| text.old != text.new).count();
    let would = if dry { "would be " } else { "" };
    let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    if moved > 0 {
        terminal::note(&format!("{} {would}moved, ", files(moved)));
    }
    terminal::note(&format!("{} {would}edited\n", files(edited)));
    if !relocated.contested.is_empty() {
        terminal::talk(
            "warning: pages that are now in different folders include the same file, and resolve its links \
            differently\n",
        );
    }
    // By message and not by place: an edit further up moves the lines of all findings below it.
    let same = |a: &Diagnostic, b: &Diagnostic| a.rule == b.rule && a.message == b.message;
    for finding in &relocated.after.found {
        if !relocated.before.found.iter().any(|old| same(old, finding)) {
            let line = sources.positions(finding.span).0.line;
            let file = sources.shown(finding.span.source);
            terminal::talk(&format!("now {file}:{line}: {} ({})\n", finding.message, finding.rule.code));
        }
    }
}

/// The path of something in the repository, as it is named on the command line: from the folder one is in.
fn in_repository(place: &ProjectRoots, named: &Path) -> Result<SourcePath, Box<dyn std::error::Error>> {
    #[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
    // By hand, since `canonicalize` follows links: what moves may be a link itself, or not exist yet.
    let mut path = std::env::current_dir()?.canonicalize()?;
    for part in named.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    // A symbolic link on the way, but not the thing itself.
    let resolved = path.parent().and_then(|parent| Some(parent.canonicalize().ok()?.join(path.file_name()?)));
    let found = place.source_path(&resolved.unwrap_or_else(|| path.clone()));
    found.ok_or_else(|| outside(named))
}

fn outside(named: &Path) -> Box<dyn std::error::Error> {
    let named: PathBuf = named.to_path_buf();
    format!("`{}` is outside the repository", named.display()).into()
}

/// An id that is valid in `{#id}`, in a link and in HTML.
fn known_form(id: &str) -> Result<String, String> {
    let id = id.trim_start_matches('#');
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if !id.is_empty() && !id.starts_with(['.', '-']) && id.chars().all(legal) {
        return Ok(id.to_owned());
    }
    Err("an id can contain only letters, digits, `-`, `_`, `.` and `:`, and cannot start with `-` or `.`".to_owned())
}
