//! A project on disk, opened for a command with the options that all of them take.

use std::path::{Component, Path};

use super::arguments::ProjectOptions;
use super::{Outcome, progress, terminal};
use crate::check::severity;
use crate::diagnostic::{Diagnostic, Diagnostics, ProjectCounts, Severity};
use crate::git::Checkout;
use crate::pipeline::{BuiltSite, Drafts, OpenError, Session};
use crate::project::{Config, DiskFolder, FileSystem, OverlayFileSystem, ProjectRoots, Trust};
use crate::report::{Detail, Reader, Summary, WorkingFolder};
use crate::source::Sources;

/// A session on the folder that the options name.
pub(super) fn session(options: &ProjectOptions, drafts: Drafts) -> Session<DiskFolder> {
    on(folder(options), options, drafts)
}

/// A session on the folder that the options name, whose changes stay in memory.
pub(super) fn overlaid(options: &ProjectOptions) -> Session<OverlayFileSystem<DiskFolder>> {
    on(OverlayFileSystem::new(folder(options)), options, Drafts::Hidden)
}

/// Links a project. Where something is not where it should be, git is asked once where it went, so that reports and
/// repairs can say so. Without git, or outside of it, nobody knows; what is found is the same in any case.
pub(super) fn link<D: FileSystem>(session: &mut Session<D>) -> Result<BuiltSite, OpenError> {
    let linked = session.link()?;
    if !linked.found.iter().any(is_missing) {
        return Ok(linked);
    }
    // A walk through the history takes longer than the check of a small site: only where something is missing.
    let renames = Checkout::of(&linked.site.config.place).and_then(|checkout| checkout.renames()).unwrap_or_default();
    if renames.is_empty() {
        return Ok(linked);
    }
    session.know_moves(renames.into_iter().map(|rename| (rename.from, rename.to)));
    session.link()
}

/// Whether a finding says that a file is not there.
fn is_missing(finding: &Diagnostic) -> bool {
    let code = finding.rule.code;
    let names_a_file = code.ends_with("not-found") && !code.ends_with("anchor-not-found");
    // A playbook is called by its file.
    let names_a_playbook = matches!(code, "directive/unknown-playbook" | "playbook/not-listed");
    names_a_file || names_a_playbook || code == "config/mount-matches-nothing"
}

/// A session on another disk, under the same options.
pub(super) fn on<D: FileSystem>(disk: D, options: &ProjectOptions, drafts: Drafts) -> Session<D> {
    let mut session = Session::new(disk, drafts).lowering(options.warn.clone()).telling(progress::shown());
    session.give(options.variables.iter().cloned().collect());
    session
}

/// The folder that the options name.
pub(super) fn folder(options: &ProjectOptions) -> DiskFolder {
    // A pull request may change book.toml, and `root` says which files are read.
    let trust = if options.trust_root { Trust::AnyRoot } else { Trust::Repository };
    DiskFolder::new(&options.folder, home().as_deref()).trusting(trust)
}

/// Makes warnings of the errors that the options name: of those that came after the project was linked.
pub(super) fn lower(options: &ProjectOptions, found: &mut Diagnostics) {
    severity::downgrade(&options.warn, found);
}

/// The home folder, which is never taken for a repository.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
pub(super) fn home() -> Option<std::path::PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var(name).ok().map(|home| Path::new(&home).to_path_buf())
}

/// The settings of the project that the options name, whatever is wrong with its pages.
pub(super) fn settings(options: &ProjectOptions) -> Result<Config, OpenError> {
    Ok(crate::project::open(&folder(options), &mut Sources::default())?.value.config)
}

/// How a command ends with these findings: broken configuration weighs more than broken content.
pub(super) fn outcome(found: &Diagnostics, config: &Config) -> Outcome {
    // Scripts tell by the exit code whether a writer or whoever set the project up has to act.
    let errors = || found.iter().filter(|finding| finding.severity == Severity::Error);
    if errors().any(|finding| finding.rule.code.starts_with("config/") || config.is_no_text(finding)) {
        Outcome::CannotRun
    } else if errors().next().is_some() {
        Outcome::ErrorsFound
    } else {
        Outcome::Done
    }
}

/// Tells with `--verbose` what a project is made of.
pub(super) fn tell_more(linked: &BuiltSite, milliseconds: u64) {
    let config = &linked.site.config;
    terminal::detail(|| format!("project folder: {}\n", config.place.project_folder().display()));
    terminal::detail(|| format!("repository: {}\n", config.place.root().display()));
    terminal::detail(|| {
        let pages = config.source.as_ref().map_or("from mounts only", |source| config.place.shown(source));
        format!("pages: {pages}\n")
    });
    terminal::detail(|| format!("{} pages compiled and linked by {milliseconds} ms\n", linked.compiled));
}

/// How much a run checked, for its report.
pub(super) fn summary(counts: ProjectCounts, found: &Diagnostics, milliseconds: u64) -> Summary {
    Summary { counts, milliseconds, ..Summary::default() }.count(found)
}

/// Who reads a report about a project: somebody in the folder where the command was given.
pub(super) fn reader(place: &ProjectRoots) -> Reader {
    Reader { folder: working_folder(place), ..terminal::reader() }
}

/// The same for a command that `check` can follow, with other flags.
pub(super) fn reader_of(options: &ProjectOptions, place: &ProjectRoots) -> Reader {
    let folder = options.folder.display().to_string();
    let project = if folder == "." { String::new() } else { folder };
    let detail = if terminal::is_verbose() { Detail::Full } else { Detail::Brief };
    Reader { detail, project: Some(project), ..reader(place) }
}

/// The way from the folder where the command was given to the project.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
fn working_folder(place: &ProjectRoots) -> Option<WorkingFolder> {
    // Without symbolic links, as the folders of the project are, or the two would seem to share nothing.
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok()?;
    Some(WorkingFolder {
        inside: place.source_path(&here).filter(|_| !place.is_apart()),
        to_root: way(&here, place.root()),
        to_project: way(&here, place.project_folder()),
        project: place.project().clone(),
    })
}

/// The path that leads from one folder to another: relative, or absolute where they are on two disks.
fn way(from: &Path, to: &Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let is_same_disk = shared > 0 || !from.has_root();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let name = |part: Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    let parts: Vec<String> = up.chain(to.components().skip(shared).map(name)).collect();
    if is_same_disk { parts.join("/") } else { to.display().to_string() }
}
