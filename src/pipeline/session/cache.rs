//! Cache of compiled pages, keyed by what they were made from: the bytes of the file, the settings that matter to
//! compiling, and what the file includes.

use std::collections::HashMap;
use std::sync::Arc;

use super::changed::Invalidation;
use super::context::{Additions, Dependencies};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::page::Page;
use crate::source::SourcePath;

/// What [`run_fingerprint`](crate::source::run_fingerprint) gives for bytes or settings.
pub(crate) type Fingerprint = u64;

/// A page, and what it was made from.
#[derive(Clone, Debug)]
pub(crate) struct CachedCompilation {
    /// The file's bytes.
    pub(crate) made_from: Fingerprint,
    /// The settings that matter to compiling.
    pub(crate) settings: Fingerprint,
    /// The files it includes; most pages include none.
    pub(crate) dependencies: Dependencies,
    /// Bytes that the values of variables add to it where there is room for them.
    pub(crate) adds: usize,
    /// Whether they did.
    pub(crate) additions: Additions,
    /// The page.
    pub(crate) page: Arc<Page>,
    /// What was wrong with it, when anything was.
    pub(crate) found: Option<Arc<Diagnostics>>,
}

impl CachedCompilation {
    /// Whether the page is what compiling again would give, as far as can be told without reading anything.
    pub(super) fn is_valid(&self, invalid: &Invalidation, settings: Fingerprint) -> bool {
        // A page that could not be compiled is tried again each time: its bug may hang on something that is not recorded.
        self.page.is_whole
            && self.settings == settings
            // It asked for a file that was not there, and another one may now be found in its place.
            && !(self.dependencies.has_missing && invalid.covers_names())
            && !self.dependencies.included.iter().any(|(path, _)| invalid.covers(path))
    }

    /// Whether the page is what compiling these bytes would give. Costs a read of each included file, where
    /// [`Self::is_valid`] costs none.
    pub(super) fn is_current(
        &self,
        invalid: &Invalidation,
        bytes: Fingerprint,
        settings: Fingerprint,
        included: impl Fn(&SourcePath) -> Option<Fingerprint>,
    ) -> bool {
        self.page.is_whole
            && self.made_from == bytes
            && self.settings == settings
            && !(self.dependencies.has_missing && invalid.covers_names())
            && self.dependencies.included.iter().all(|(path, fingerprint)| included(path) == Some(*fingerprint))
    }
}

/// All pages that were ever compiled and still exist.
#[derive(Debug, Default)]
pub(crate) struct PageCache {
    pages: HashMap<SourcePath, CachedCompilation>,
    compiled: usize,
}

impl PageCache {
    /// The page made from a file when it was last compiled.
    pub(crate) fn get(&self, path: &SourcePath) -> Option<&CachedCompilation> {
        self.pages.get(path)
    }

    /// Keeps a page that was compiled now.
    pub(crate) fn insert(&mut self, path: SourcePath, kept: CachedCompilation) {
        self.compiled += 1;
        self.pages.insert(path, kept);
    }

    /// Drops the pages of all other files.
    pub(crate) fn retain(&mut self, exists: impl Fn(&SourcePath) -> bool) {
        self.pages.retain(|path, _| exists(path));
    }

    /// Whether any page includes a file.
    pub(super) fn is_included(&self, path: &SourcePath) -> bool {
        // No index: it is asked for the few files of one save, and would have to be kept right through every change.
        self.pages.values().any(|kept| kept.dependencies.included.iter().any(|(included, _)| included == path))
    }

    /// What is wrong with the pages themselves.
    pub(crate) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.pages.values().filter_map(|kept| kept.found.as_deref()).flatten()
    }

    /// How many pages were compiled since this was last asked.
    pub(super) fn take_compiled(&mut self) -> usize {
        std::mem::take(&mut self.compiled)
    }
}
