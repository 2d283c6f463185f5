//! Compiled pages, kept by what they were made from.
//! In: a file's bytes, the settings that matter to compiling, and what the file includes. Out: the page compiled
//! before, when all of these are the same.
//! Never knows: why something changed.

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
    /// What it asked of the world; most pages ask for nothing.
    pub(crate) asked: Dependencies,
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
    /// Whether the page is what compiling again would give, as far as can be told without reading anything. What could
    /// not be compiled is tried again each time.
    pub(super) fn is_untouched(&self, look: &Invalidation, settings: Fingerprint) -> bool {
        let asked = &self.asked;
        self.page.is_whole
            && self.settings == settings
            && !(asked.missed && look.sees_new_names())
            && !asked.included.iter().any(|(path, _)| look.touches(path))
    }

    /// Whether the page is what compiling these bytes would give.
    pub(super) fn is_current(
        &self,
        look: &Invalidation,
        bytes: Fingerprint,
        settings: Fingerprint,
        included: impl Fn(&SourcePath) -> Option<Fingerprint>,
    ) -> bool {
        self.page.is_whole
            && self.made_from == bytes
            && self.settings == settings
            && !(self.asked.missed && look.sees_new_names())
            && self.asked.included.iter().all(|(path, fingerprint)| included(path) == Some(*fingerprint))
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

    /// Forgets the pages of all other files.
    pub(crate) fn retain(&mut self, is_there: impl Fn(&SourcePath) -> bool) {
        self.pages.retain(|path, _| is_there(path));
    }

    /// Whether any page includes a file.
    pub(super) fn is_included(&self, path: &SourcePath) -> bool {
        self.pages.values().any(|kept| kept.asked.included.iter().any(|(included, _)| included == path))
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
