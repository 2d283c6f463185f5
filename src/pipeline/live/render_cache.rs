//! Cache of rendered pages, with the inputs that each was made from. The least recently used go first.

use std::collections::HashMap;
use std::sync::Arc;

use crate::render::RenderInputs;
use crate::url::SitePath;

/// As many bytes are kept: all pages of most sites, and of a large one more than anybody has open.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A page's bytes, and what they were made from.
#[derive(Clone, Debug)]
pub(super) struct CachedPage {
    bytes: Arc<[u8]>,
    inputs: Arc<RenderInputs>,
    freshness: Freshness,
    used: u64,
}

/// Whether bytes are still what rendering again would give.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Freshness {
    /// Nothing has happened to what they are made from.
    Fresh,
    /// If the inputs are equal.
    IfInputsEqual,
    /// The theme has changed.
    Stale,
}

impl CachedPage {
    pub(crate) fn new(bytes: Arc<[u8]>, inputs: RenderInputs) -> Self {
        Self { bytes, inputs: Arc::new(inputs), freshness: Freshness::Fresh, used: 0 }
    }
}

/// All that is kept.
#[derive(Debug, Default)]
pub(super) struct RenderCache {
    pages: HashMap<SitePath, CachedPage>,
    bytes: usize,
    uses: u64,
}

impl RenderCache {
    /// A page that is fresh for certain.
    pub(super) fn current(&mut self, address: &SitePath) -> Option<Arc<[u8]>> {
        // A counter instead of a clock: only the order of uses matters.
        self.uses += 1;
        let made = self.pages.get_mut(address).filter(|made| made.freshness == Freshness::Fresh)?;
        made.used = self.uses;
        Some(Arc::clone(&made.bytes))
    }

    /// A page made from equal inputs; else why there is none: the parts that differ, none for a page that was never made.
    pub(super) fn confirm(&mut self, address: &SitePath, inputs: &RenderInputs) -> Result<Arc<[u8]>, Vec<String>> {
        let Some(made) = self.pages.get_mut(address) else { return Err(Vec::new()) };
        let differences = inputs.differences(&made.inputs);
        if made.freshness == Freshness::Stale {
            return Err(std::iter::once("theme".to_owned()).chain(differences).collect());
        }
        if !differences.is_empty() {
            return Err(differences);
        }
        made.freshness = Freshness::Fresh;
        Ok(Arc::clone(&made.bytes))
    }

    /// Keeps a page.
    pub(crate) fn put(&mut self, address: SitePath, made: CachedPage) {
        self.uses += 1;
        self.bytes += made.bytes.len();
        if let Some(old) = self.pages.insert(address, CachedPage { used: self.uses, ..made }) {
            self.bytes -= old.bytes.len();
        }
        // One page always stays, however large: the one that was asked for just now. Looking at all of them for the oldest
        // is cheap beside rendering, which comes before each call.
        while self.bytes > MOST_BYTES && self.pages.len() > 1 {
            let Some(oldest) = self.pages.iter().min_by_key(|(_, made)| made.used).map(|(address, _)| address.clone())
            else {
                return;
            };
            self.bytes -= self.pages.remove(&oldest).map_or(0, |made| made.bytes.len());
        }
    }

    /// The cache after a change that may concern some pages.
    pub(crate) fn after(&self, may_differ: impl Fn(&SitePath) -> bool) -> Self {
        // What was stale stays so: a page that nobody asked for since the theme changed is not fresh for being left alone.
        self.with(
            |address, made| {
                if made == Freshness::Fresh && may_differ(address) { Freshness::IfInputsEqual } else { made }
            },
        )
    }

    /// The cache after a change of the theme.
    pub(super) fn after_other_theme(&self) -> Self {
        self.with(|_, _| Freshness::Stale)
    }

    fn with(&self, freshness: impl Fn(&SitePath, Freshness) -> Freshness) -> Self {
        let next = |(address, made): (&SitePath, &CachedPage)| {
            (address.clone(), CachedPage { freshness: freshness(address, made.freshness), ..made.clone() })
        };
        Self { pages: self.pages.iter().map(next).collect(), bytes: self.bytes, uses: self.uses }
    }
}
