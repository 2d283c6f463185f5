//! The stages in order: from a project in a file system to a built site and its diagnostics.
//! In: a `FileSystem`. Out: a `BuiltSite` with its theme and diagnostics; pages that did not change are not compiled
//! again.
//! Never knows: how diagnostics are shown, how a site is served.

mod drawing;
mod edit;
mod inputs;
mod live;
mod progress;
mod publish;
mod session;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::check;
use crate::check::suppress::Suppressions;
use crate::diagnostic::{Diagnostics, ProjectCounts, Rule};
use crate::project::Moves;
use crate::site::Site;
use crate::source::{SourcePath, Sources};
use crate::theme::Theme;

pub use drawing::drawings;
pub use edit::fix::{FileChange, FixedProject, changes, new_texts, repair, write_text};
pub use edit::relocate::{RelocateError, Relocated, relocate, rename_anchor};
use inputs::evidence::KnownEvidence;
use inputs::playbooks::PlaybookCache;
pub use live::live_site::{LiveSite, Lookup, Rendered};
pub use live::preview::Preview;
pub use progress::{BuildStage, Progress};
pub use publish::{PublishedCopy, PublishedFiles, date, day, printed, publish, publish_telling, wrong_in_templates};
use session::cache::PageCache;
pub use session::changed::DirtySet;
use session::changed::Invalidation;
use session::state::BuildState;
pub use session::update::{Changes, Update};

pub use crate::project::{FileSystem, OpenError};

/// Whether drafts are part of the site.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Drafts {
    /// They are left out, as in what is published.
    Hidden,
    /// They are there and marked, as while authoring.
    Shown,
}

/// What becomes of the texts of files once they are compiled.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Texts {
    /// They are kept, for those who change them.
    Kept,
    /// Only those that findings point into are kept: in a session that lasts, they would be in the way.
    Forgotten,
}

/// A project that is open: its texts, and what was made of them so far.
#[derive(Debug)]
pub struct Session<D> {
    disk: D,
    drafts: Drafts,
    /// Rules whose errors are warnings for now.
    lowered: Vec<String>,
    texts: Texts,
    /// Whether findings point into texts that could not be read again.
    lacks_texts: bool,
    /// Codes of the only rules that are reported; empty when all are.
    only_rules: Vec<String>,
    /// Who is told how far a build is.
    progress: Progress,
    given: BTreeMap<String, String>,
    /// Whether what is given fills in documents.
    fills_in: bool,
    sources: Sources,
    cache: PageCache,
    state: Option<BuildState>,
    evidence: KnownEvidence,
    /// Where files of the repository lay before.
    moved: Arc<Moves>,
    playbooks: PlaybookCache,
    /// Files that lines of the settings include.
    included_by_snippets: Vec<SourcePath>,
}

/// A project as it is now.
#[derive(Debug)]
pub struct BuiltSite {
    /// All pages, linked.
    pub site: Arc<Site>,
    /// What they look like.
    pub theme: Arc<Theme>,
    /// All that is wrong, in the order of files and places.
    pub found: Diagnostics,
    /// The suppressions; what they cover is not among `found`.
    pub allows: Suppressions,
    /// How much was checked.
    pub counts: ProjectCounts,
    /// Pages that were compiled this time; the others had not changed.
    pub compiled: usize,
}

impl<D: FileSystem> Session<D> {
    /// Opens nothing yet.
    pub fn new(disk: D, drafts: Drafts) -> Self {
        Self {
            disk,
            drafts,
            lowered: Vec::new(),
            texts: Texts::Kept,
            lacks_texts: false,
            only_rules: Vec::new(),
            progress: Progress::default(),
            given: BTreeMap::new(),
            fills_in: false,
            sources: Sources::default(),
            cache: PageCache::default(),
            state: None,
            evidence: KnownEvidence::default(),
            moved: Arc::default(),
            playbooks: PlaybookCache::default(),
            included_by_snippets: Vec::new(),
        }
    }

    /// The same, where errors of these rules are warnings.
    #[must_use]
    pub fn lowering(self, rules: Vec<String>) -> Self {
        Self { lowered: rules, ..self }
    }

    /// The same, with texts kept or forgotten.
    #[must_use]
    pub fn with_texts(self, texts: Texts) -> Self {
        Self { texts, ..self }
    }

    /// The same, telling how far it is.
    #[must_use]
    pub fn telling(self, progress: Progress) -> Self {
        Self { progress, ..self }
    }

    /// Tells where files lay before, newest move first, so that links to the old places can be led to the new ones.
    pub fn know_moves(&mut self, moves: impl IntoIterator<Item = (SourcePath, SourcePath)>) {
        self.moved = Arc::new(Moves::follow(moves));
    }

    /// Looks for what these rules find and for nothing else, whatever the project says about them. With no rule, for
    /// everything.
    #[must_use]
    pub fn asking_for(mut self, rules: &[String]) -> Self {
        self.only_rules = rules.to_vec();
        self
    }

    /// From now on names in texts have these values, whatever pages and the project say.
    pub fn give(&mut self, values: BTreeMap<String, String>) {
        self.given = values;
    }

    /// From now on these values fill in documents: all of them are text, not Markdown.
    pub fn fill_in(&mut self, values: BTreeMap<String, String>) {
        self.given = values;
        self.fills_in = true;
    }

    /// The texts that findings point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The disk the project lies on.
    pub fn disk(&self) -> &D {
        &self.disk
    }

    /// The disk, for those who write to it themselves: tests with a disk in memory.
    pub fn disk_mut(&mut self) -> &mut D {
        &mut self.disk
    }

    /// A whole build: reads the project, compiles what changed, links the site, and checks it.
    ///
    /// # Errors
    /// When there is no project, or the disk refuses to show it. What is wrong inside a project is a finding.
    pub fn link(&mut self) -> Result<BuiltSite, OpenError> {
        // Nothing is compared with what was built before; only compiled pages are kept, by their bytes.
        self.state = None;
        let opened = self.open()?;
        Ok(self.relink(opened, &Invalidation::everything(), None))
    }
}

impl BuiltSite {
    /// Adds findings of checks that run after the build, by these rules.
    pub fn add(&mut self, mut found: Diagnostics, rules: &[&Rule], sources: &Sources) {
        // As in `Session::finish`: what is found late is suppressed, counted and graded like all else.
        self.allows.apply(&mut found);
        found.extend(self.allows.unused(|rule| rules.contains(&rule)));
        check::severity::set_severity(&self.site.config, &mut found);
        self.found.extend(found);
        crate::diagnostic::sort(&mut self.found, sources);
    }

    /// The folders that hold what the site is made from, with the folders and files that the settings name, and the
    /// folder that a build writes.
    #[must_use]
    pub fn folders(&self) -> (Vec<PathBuf>, PathBuf) {
        let config = &self.site.config;
        let place = &config.place;
        let mut sources = vec![place.root().to_path_buf()];
        // book.toml may lie in another repository than the one it documents.
        if place.is_apart() {
            sources.push(place.project_folder().to_path_buf());
        }
        sources.extend(config.sources_on_disk());
        (sources, place.folder(&config.written.build.build_dir))
    }
}
