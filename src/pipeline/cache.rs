//! Compiled pages, kept by what they were made from.
//! In: a file's bytes, the settings that matter to compiling, and what the file includes. Out: the page compiled
//! before, when all of these are the same.
//! Never knows: why something changed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::diagnostic::Findings;
use crate::page::Page;
use crate::text::SourcePath;

/// The fingerprint of bytes or settings within one run of the program.
pub(super) type Fingerprint = u64;

/// A page, and what it was made from.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The file's bytes and the settings.
    pub(super) made_from: Fingerprint,
    /// Files it includes, with the fingerprints of their bytes.
    pub(super) includes: Vec<(SourcePath, Fingerprint)>,
    /// The page.
    pub(super) page: Arc<Page>,
    /// What was wrong with it.
    pub(super) found: Arc<Findings>,
}

/// All pages that were ever compiled and still exist.
#[derive(Debug, Default)]
pub(super) struct Cache {
    pages: HashMap<SourcePath, Kept>,
    compiled: usize,
}

impl Cache {
    /// The page of a file, when it is still what it was made from.
    pub(super) fn page(
        &self,
        path: &SourcePath,
        made_from: Fingerprint,
        included: impl Fn(&SourcePath) -> Option<Fingerprint>,
    ) -> Option<Kept> {
        let kept = self.pages.get(path).filter(|kept| kept.made_from == made_from)?;
        let current = kept.includes.iter().all(|(path, fingerprint)| included(path) == Some(*fingerprint));
        current.then(|| kept.clone())
    }

    /// Keeps exactly these pages; `compiled` of them are new.
    pub(super) fn replace(&mut self, pages: impl IntoIterator<Item = (SourcePath, Kept)>, compiled: usize) {
        self.pages = pages.into_iter().collect();
        self.compiled += compiled;
    }

    /// How many pages were compiled since this was last asked.
    pub(super) fn take_compiled(&mut self) -> usize {
        std::mem::take(&mut self.compiled)
    }
}

/// The fingerprint of a file's bytes under certain settings.
pub(super) fn fingerprint(bytes: &[u8], settings: Fingerprint) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    settings.hash(&mut hasher);
    bytes.hash(&mut hasher);
    hasher.finish()
}
