//! What a text may ask for while it is compiled: variables, and files to include.
//! In: the settings, the names of all files, and the disk. Out: values and texts, and a note of each file that was
//! asked for.
//! Never knows: Markdown.

use std::sync::{Arc, Mutex, PoisonError};

use super::cache::{Fingerprint, fingerprint};
use crate::markdown::{Blanks, NotIncluded, World};
use crate::project::{Config, Disk, Tree, decode};
use crate::site::Facts;
use crate::text::{SourceId, SourcePath, Sources};

/// What all pages share.
pub(super) struct Shared<'a, D> {
    pub(super) disk: &'a D,
    pub(super) config: &'a Config,
    pub(super) tree: &'a Tree,
    pub(super) sources: &'a Mutex<Sources>,
    pub(super) blanks: &'a Blanks,
}

/// What is filled in after texts are compiled: by the site, and by who fills in a document.
pub(super) fn blanks(config: &Config) -> Blanks {
    let mut blanks = Blanks::default();
    for name in Facts::NAMES {
        blanks.add_known(name);
    }
    for (name, words) in &config.templates.placeholders {
        blanks.add(&name.value, words.iter().map(|word| word.value.as_str()));
    }
    blanks
}

/// The world as one page sees it.
pub(super) struct PageWorld<'a, D> {
    shared: &'a Shared<'a, D>,
    included: Mutex<Vec<(SourcePath, Fingerprint)>>,
}

impl<'a, D: Disk> PageWorld<'a, D> {
    /// Nothing asked for yet.
    pub(super) fn new(shared: &'a Shared<'a, D>) -> Self {
        Self { shared, included: Mutex::default() }
    }

    /// The files that were asked for, sorted, once each.
    pub(super) fn into_included(self) -> Vec<(SourcePath, Fingerprint)> {
        let mut included = self.included.into_inner().unwrap_or_else(PoisonError::into_inner);
        included.sort();
        included.dedup();
        included
    }

    /// The file that a path in an include means: from the including file's folder, or from the root.
    fn find(&self, from: SourceId, path: &str) -> Result<SourcePath, NotIncluded> {
        let folder = lock(self.shared.sources).get(from).path().parent();
        let near = folder.join(path);
        let from_root = SourcePath::new(path);
        let found = [&near, &from_root].into_iter().flatten().find(|path| self.shared.tree.contains(path));
        match (found, &near) {
            (Some(path), _) => Ok(path.clone()),
            (None, Err(_)) => Err(NotIncluded::OutsideRoot),
            (None, Ok(wanted)) => {
                let nearest = self.shared.tree.nearest(wanted.as_str());
                Err(NotIncluded::NotFound(nearest.map(str::to_owned)))
            }
        }
    }
}

impl<D: Disk> World for PageWorld<'_, D> {
    fn variable(&self, name: &str) -> Option<String> {
        self.given(name).or_else(|| self.shared.config.variables.get(name).cloned())
    }

    fn given(&self, name: &str) -> Option<String> {
        self.shared.config.given.get(name).cloned()
    }

    fn names(&self) -> Vec<String> {
        let config = self.shared.config;
        let known = config.given.keys().chain(config.variables.keys()).map(String::as_str);
        known.chain(self.shared.blanks.names()).map(str::to_owned).collect()
    }

    fn blanks(&self) -> &Blanks {
        self.shared.blanks
    }

    fn include(&self, from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        let path = self.find(from, path)?;
        let bytes = self.shared.disk.read(&self.shared.config.place, &path).map_err(|_| NotIncluded::NotFound(None))?;
        let noted = (path.clone(), fingerprint(&bytes, 0));
        self.included.lock().unwrap_or_else(PoisonError::into_inner).push(noted);
        let text = decode::decode(bytes).text;
        let mut sources = lock(self.shared.sources);
        // Another page may point into this very text already: the same text keeps its place.
        let known = sources.id(&path).filter(|id| sources.get(*id).text() == text);
        let id = known.unwrap_or_else(|| sources.set(path, text));
        let text = sources.get(id).shared_text();
        Ok((id, text))
    }
}

/// A panic while compiling one page leaves the texts as they were.
pub(super) fn lock(sources: &Mutex<Sources>) -> std::sync::MutexGuard<'_, Sources> {
    sources.lock().unwrap_or_else(PoisonError::into_inner)
}
