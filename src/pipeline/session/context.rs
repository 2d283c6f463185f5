//! What a text may ask for while it is compiled, variables and files to include, and a record of what it asked for: its
//! dependencies.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::{Vocabulary, bug};
use crate::markdown::{CompileContext, NoRoom, NotIncluded, Placeholders, Room};
use crate::project::files::mount::is_named;
use crate::project::filesystem::decode;
use crate::project::{Config, FileSet, FileSystem};
use crate::site::placeholders;
use crate::source::{RunFingerprint, SourceId, SourcePath, Sources, run_fingerprint};

/// What all texts share that are compiled at the same time.
pub(crate) struct CompileInputs<'a, D> {
    pub(super) disk: &'a D,
    pub(crate) config: &'a Config,
    files: &'a FileSet,
    sources: Mutex<Sources>,
    placeholders: Placeholders,
    /// All names that have a value or will have one; made when somebody first asks what was meant.
    names: OnceLock<Vocabulary>,
}

impl<'a, D> CompileInputs<'a, D> {
    /// Does work that compiles texts, perhaps on several threads.
    pub(crate) fn lend<T>(
        sources: &mut Sources,
        disk: &'a D,
        config: &'a Config,
        files: &'a FileSet,
        work: impl FnOnce(&Self) -> T,
    ) -> T {
        // The texts are behind a lock only for as long as threads share them: an include may add one. Everywhere else
        // the session owns them, and nobody waits.
        let shared = Mutex::new(std::mem::take(sources));
        let (placeholders, names) = (placeholders(config), OnceLock::default());
        let inputs = Self { disk, config, files, sources: shared, placeholders, names };
        let done = work(&inputs);
        *sources = bug::unlocked(inputs.sources);
        done
    }
}

impl Dependencies {
    /// Whether it asked for no file.
    pub(crate) fn is_empty(&self) -> bool {
        self.included.is_empty() && !self.has_missing
    }
}

/// What one page may ask for, and what it has asked for.
pub(crate) struct PageCompileContext<'a, D> {
    shared: &'a CompileInputs<'a, D>,
    dependencies: Mutex<Dependencies>,
    room: Room,
    may_add: bool,
}

/// Whether the values of variables may add anything to a text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Additions {
    /// As much as has room in it.
    Allowed,
    /// Nothing: others of the site have taken all the room that there is.
    Refused,
}

/// What a page depends on besides its own bytes and the settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependencies {
    /// Files it includes, sorted, with the fingerprints of their bytes.
    pub(crate) included: Vec<(SourcePath, RunFingerprint)>,
    /// The same files as the page's findings and links know them.
    pub(crate) ids: BTreeMap<SourceId, SourcePath>,
    /// Whether it asked for a file that is not there: one may come to be found in its place.
    pub(super) has_missing: bool,
}

impl<'a, D: FileSystem> PageCompileContext<'a, D> {
    /// Nothing asked for yet.
    pub(crate) fn new(shared: &'a CompileInputs<'a, D>) -> Self {
        Self { shared, dependencies: Mutex::default(), room: Room::default(), may_add: true }
    }

    /// The same, for a page: a budget of its own bounds each of its two texts.
    pub(super) fn of_page(shared: &'a CompileInputs<'a, D>, additions: Additions) -> Self {
        Self { room: Room::of(2), ..Self::new(shared) }.with(additions)
    }

    /// The same, with or without room.
    pub(crate) fn with(self, additions: Additions) -> Self {
        Self { may_add: additions == Additions::Allowed, ..self }
    }

    /// How many bytes the values of variables added.
    pub(crate) fn added(&self) -> usize {
        self.room.taken()
    }

    /// What was asked for, once each.
    pub(crate) fn into_dependencies(self) -> Dependencies {
        let mut dependencies = bug::unlocked(self.dependencies);
        // One file may be included in several places, and `dedup` sees only neighbours.
        dependencies.included.sort();
        dependencies.included.dedup();
        dependencies
    }

    fn note(&self, note: impl FnOnce(&mut Dependencies)) {
        note(&mut bug::lock(&self.dependencies));
    }

    /// The file that a path in an include means: from the including file's folder, or from one that all are seen from.
    fn find(&self, from: SourceId, path: &str) -> Result<SourcePath, NotIncluded> {
        let folder = bug::lock(&self.shared.sources).get(from).path().parent();
        let near = folder.join(path);
        let seen_from = |folder: &SourcePath| folder.join(path).ok();
        let near = near.ok();
        let elsewhere = self.shared.config.include_folders().iter().filter_map(seen_from).collect::<Vec<_>>();
        let found = near.iter().chain(&elsewhere).find(|path| self.shared.files.contains(path));
        // Also when the file was found from the root: one of this name may come to lie in the folder, which comes first.
        if found.is_none() || found != near.as_ref() {
            self.note(|dependencies| dependencies.has_missing = true);
        }
        // `.env` and its kind hold secrets, and an include would publish them; what the settings name is meant.
        let is_hidden = |path: &SourcePath| path.file_name().starts_with('.') && !is_named(self.shared.config, path);
        if is_hidden(found.or(near.as_ref()).unwrap_or(&SourcePath::root())) {
            return Err(NotIncluded::Hidden);
        }
        match (found, &near) {
            (Some(path), _) => Ok(path.clone()),
            (None, None) => Err(NotIncluded::OutsideRoot),
            (None, Some(wanted)) => {
                // As its author would write it: from the folder where that is shorter, else from the root.
                let nearest = self.shared.files.nearest(wanted.as_str()).and_then(|near| SourcePath::new(near).ok());
                let written = |near: SourcePath| near.below(&folder).map_or_else(|| near.to_string(), str::to_owned);
                Err(NotIncluded::NotFound(nearest.map(written)))
            }
        }
    }
}

impl<D: FileSystem> CompileContext for PageCompileContext<'_, D> {
    fn variable(&self, name: &str) -> Option<String> {
        self.given(name).or_else(|| self.shared.config.variables.get(name).cloned())
    }

    fn given(&self, name: &str) -> Option<String> {
        self.shared.config.given.get(name).cloned()
    }

    fn room_for(&self, bytes: usize) -> Result<(), NoRoom> {
        if !self.may_add {
            return Err(NoRoom::OnSite);
        }
        self.room.take(bytes)
    }

    fn nearest_name(&self, name: &str) -> Option<String> {
        let config = self.shared.config;
        let known = || config.given.keys().chain(config.variables.keys()).map(String::as_str);
        let names = self.shared.names.get_or_init(|| known().chain(self.shared.placeholders.names()).collect());
        names.nearest(name).map(str::to_owned)
    }

    fn blanks(&self) -> &Placeholders {
        &self.shared.placeholders
    }

    fn include(&self, from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        let path = self.find(from, path)?;
        self.read(path)
    }

    fn appended(&self) -> Vec<(SourceId, Arc<str>)> {
        let files = self.shared.config.appended.iter();
        files.filter_map(|file| self.read(file.clone()).ok()).collect()
    }
}

impl<D: FileSystem> PageCompileContext<'_, D> {
    /// A file that becomes a part of the page.
    fn read(&self, path: SourcePath) -> Result<(SourceId, Arc<str>), NotIncluded> {
        let bytes = self.shared.disk.read(&self.shared.config.place, &path).map_err(|_| NotIncluded::NotFound(None))?;
        // Of the bytes as they are now, not of those that an event told of: they may change between two reads.
        let noted = (path.clone(), run_fingerprint(&bytes));
        let text = decode::decode(bytes).text;
        let mut sources = bug::lock(&self.shared.sources);
        // Another page may point into this very text already: the same text keeps its place.
        let known = sources.id(&path).filter(|id| sources.get(*id).text() == text);
        let id = known.unwrap_or_else(|| sources.set(path.clone(), text));
        let text = sources.get(id).shared_text();
        drop(sources);
        self.note(|dependencies| {
            dependencies.included.push(noted);
            dependencies.ids.insert(id, path);
        });
        Ok((id, text))
    }
}
