//! `partner-docs new`: one more page, template, playbook or map.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};

use super::arguments::ProjectFolder;
use super::clock::Clock;
use super::{Outcome, interrupt, project, terminal};
use crate::check::nav::orphan;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::output::sources;
use crate::pipeline::{self, BuiltSite, FileChange, Session};
use crate::project::filesystem::decode::decode;
use crate::project::{DiskFolder, FileSystem as _, OverlayFileSystem};
use crate::refactor::Edits;
use crate::site::{PageId, Site};
use crate::source::{SourcePath, Span};
use crate::starter::{Archetype, NewName, PageKind};

#[derive(Debug, Args)]
pub(super) struct NewOptions {
    /// What to make
    #[arg(value_enum)]
    kind: NewKind,
    /// Its title, or its path: "Discovery call", legal/nda
    name: String,
    #[command(flatten)]
    project: ProjectFolder,
}

/// What can be made.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
enum NewKind {
    /// A page
    Page,
    /// A page to fill in for a partner
    Template,
    /// A playbook
    Playbook,
    /// A page with a workflow map and its table
    Map,
}

impl NewKind {
    fn page(self) -> PageKind {
        match self {
            Self::Page => PageKind::Page,
            Self::Template => PageKind::Template,
            Self::Playbook => PageKind::Playbook,
            Self::Map => PageKind::Map,
        }
    }
}

type AnyError = Box<dyn std::error::Error>;
type OverlaidSession = Session<OverlayFileSystem<DiskFolder>>;

/// Makes a page of this kind.
pub(super) fn run(options: &NewOptions) -> Outcome {
    match make(options) {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

fn make(options: &NewOptions) -> Result<(), AnyError> {
    let kind = options.kind.page();
    let mut session = project::overlaid(&options.project.as_options());
    let before = session.link()?;
    let place = before.site.config.place.clone();
    let (path, name) = place_of(&before.site, kind, &options.name)?;
    if place.on_disk(&path).symlink_metadata().is_ok() {
        return Err(format!("`{}` already exists; nothing was written", place.shown(&path)).into());
    }
    let text = text(&session, &before.site, kind, &path, &name);
    session.disk_mut().write(&place, path.clone(), text.into_bytes());
    let linked = session.link()?;
    // In memory first: an entry is written as the finished site understands the navigation.
    let after = if enter(&mut session, &linked, &path, &name) { session.link()? } else { linked };
    let changes = pipeline::changes(session.disk(), &place);
    let _writing = interrupt::uninterrupted();
    for FileChange { path, before, after } in &changes {
        let (on_disk, bytes) = (place.on_disk(path), after.as_deref().unwrap_or_default());
        match before {
            None => sources::create(&on_disk, bytes)?,
            Some(_) => sources::write(&on_disk, bytes)?,
        }
        let done = if before.is_none() { "wrote" } else { "edited" };
        terminal::note(&format!("{done} {}\n", place.shown(path)));
    }
    tell(&session, &before, &after);
    let file = options.project.folder.join(place.shown(&path));
    let file = file.strip_prefix(".").unwrap_or(&file);
    terminal::note(&format!(
        "\nTo see it, run:\n\n    partner-docs serve{} --page {} --open\n\n",
        at(options),
        terminal::shell_word(&file.display().to_string())
    ));
    Ok(())
}

/// The project, for the next command.
fn at(options: &NewOptions) -> String {
    let folder = options.project.folder.display().to_string();
    if folder == "." { String::new() } else { format!(" {}", terminal::shell_word(&folder)) }
}

/// Where the new file goes, and what it is called.
fn place_of(site: &Site, kind: PageKind, written: &str) -> Result<(SourcePath, NewName), AnyError> {
    let config = &site.config;
    let name = NewName::new(written)?;
    let base = if kind == PageKind::Playbook {
        let default = config.place.project().join("playbooks");
        config.playbooks.dir.clone().map_or(default, Ok)
    } else {
        let none = "the project has no folder for pages; set `src` in `[book]` of book.toml";
        Ok(config.source.clone().ok_or(none)?)
    };
    let base = base.map_err(|_| "the folder is outside the repository")?;
    let name = name.below(config.place.shown(&base));
    let base = match kind {
        PageKind::Template if !name.path.contains('/') => templates(site, &base),
        _ => base,
    };
    let path = base.join(&format!("{}.{}", name.path, kind.ending()));
    Ok((path.map_err(|_| "the folder is outside the repository")?, name))
}

/// The folder with most of the templates; without any, `templates`.
fn templates(site: &Site, content: &SourcePath) -> SourcePath {
    let mut folders = BTreeMap::<SourcePath, usize>::new();
    let pages = site.templates().into_iter().filter_map(|page| site.page(page).source.as_ref());
    for folder in pages.map(SourcePath::parent).filter(|folder| folder.below(content).is_some()) {
        *folders.entry(folder).or_default() += 1;
    }
    // Of two with as many, the first by name.
    let most = folders.into_iter().rev().max_by_key(|(_, count)| *count).map(|(folder, _)| folder);
    most.or_else(|| content.join("templates").ok()).unwrap_or_else(|| content.clone())
}

/// The text of the new file: the team's archetype, else the built-in one, with all that the project requires.
fn text(session: &OverlaidSession, site: &Site, kind: PageKind, path: &SourcePath, name: &NewName) -> String {
    let config = &site.config;
    let read = |file: &&str| {
        let path = config.place.project().join(file).ok()?;
        Some(decode(session.disk().read(&config.place, &path).ok()?).text)
    };
    let of_team = kind.archetypes().iter().find_map(read);
    let text =
        Archetype::new(kind, of_team).fill(name, &config.written.templates.schema, &pipeline::date(Clock::date()));
    // Beside the playbook, or in the folder of all playbooks.
    let folders = std::iter::once(path.parent()).chain(config.playbooks.dir.clone());
    let schemas = folders.filter_map(|folder| folder.join("playbook.schema.json").ok());
    let schema = schemas.into_iter().find(|schema| config.place.on_disk(schema).is_file());
    match schema.filter(|_| kind == PageKind::Playbook && !text.starts_with("# yaml-language-server:")) {
        Some(schema) => {
            let schema = schema.relative_to(&path.parent());
            format!("# yaml-language-server: $schema={schema}\n{text}")
        }
        None => text,
    }
}

/// Enters the page into the outline, if there is one that lists such pages.
fn enter(session: &mut OverlaidSession, linked: &BuiltSite, path: &SourcePath, name: &NewName) -> bool {
    let site = &linked.site;
    let Some(summary) = &site.config.summary else { return false };
    // Playbooks are in the navigation in any case: in a section of their own, unless the outline lists them.
    let is_open = |page: &PageId| site.page(*page).markdown().is_none() || site.nav.of_page(*page).is_none();
    let Some(page) = site.page_from(path).filter(is_open) else { return false };
    let Some(fix) = entry(session, site, page, summary, name) else { return false };
    let mut edits = Edits::default();
    if !edits.add(&fix.edits) {
        return false;
    }
    for (path, text) in pipeline::new_texts(session.sources(), &edits) {
        pipeline::write_text(session.disk_mut(), &site.config.place, path, &text);
    }
    true
}

/// The entry, as the finding about a missing one would write it. An outline without a list gets its first item.
fn entry(session: &OverlaidSession, site: &Site, page: PageId, summary: &SourcePath, name: &NewName) -> Option<Fix> {
    // Playbooks need no entry, and get one only where the others have theirs.
    if site.page(page).markdown().is_none() {
        return orphan::entry_beside(site, page);
    }
    orphan::entry(site, page).or_else(|| {
        let source = session.sources().id(summary)?;
        let end = session.sources().get(source).text().trim_end().len();
        let path = site.outline_path(page)?;
        let replacement = format!("\n\n- [{}]({path})", name.title.replace(['[', ']'], ""));
        Some(Fix::suggested(vec![Edit { span: Span::new(source, end..end), replacement }]))
    })
}

/// Says what is wrong with the project now and was not before.
fn tell(session: &OverlaidSession, before: &BuiltSite, after: &BuiltSite) {
    let same = |a: &Diagnostic, b: &Diagnostic| a.rule == b.rule && a.message == b.message;
    for finding in after.found.iter().filter(|finding| !before.found.iter().any(|old| same(old, finding))) {
        let sources = session.sources();
        let line = sources.positions(finding.span).0.line;
        let file = sources.shown(finding.span.source);
        terminal::talk(&format!("now {file}:{line}: {} ({})\n", finding.message, finding.rule.code));
    }
}
