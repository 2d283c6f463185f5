//! Pages that were rendered, kept while they hold.
//! In: pages' bytes, and the answers they were made from. Out: the same bytes, for the same answers.
//! Never knows: what the answers are about.

use std::collections::HashMap;
use std::sync::Arc;

use crate::render::RenderInputs;
use crate::url::SitePath;

/// As many bytes are kept; the pages that nobody has asked for the longest go first.
const ROOM: usize = 32 * 1024 * 1024;

/// A page's bytes, and what they were made from.
#[derive(Clone, Debug)]
pub(super) struct CachedPage {
    bytes: Arc<[u8]>,
    answers: Arc<RenderInputs>,
    holds: Freshness,
    used: u64,
}

/// Whether bytes are still what rendering again would give.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Freshness {
    /// Nothing has happened to what they are made from.
    Yes,
    /// If the answers are the same.
    IfAnswers,
    /// The templates are others.
    No,
}

impl CachedPage {
    pub(crate) fn new(bytes: Arc<[u8]>, answers: RenderInputs) -> Self {
        Self { bytes, answers: Arc::new(answers), holds: Freshness::Yes, used: 0 }
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
    /// A page that holds for certain.
    pub(super) fn current(&mut self, address: &SitePath) -> Option<Arc<[u8]>> {
        self.uses += 1;
        let made = self.pages.get_mut(address).filter(|made| made.holds == Freshness::Yes)?;
        made.used = self.uses;
        Some(Arc::clone(&made.bytes))
    }

    /// A page that holds for these answers; else why not: the parts that differ, none for a page that was never made.
    pub(super) fn confirm(&mut self, address: &SitePath, answers: &RenderInputs) -> Result<Arc<[u8]>, Vec<String>> {
        let Some(made) = self.pages.get_mut(address) else { return Err(Vec::new()) };
        let differences = answers.differences(&made.answers);
        if made.holds == Freshness::No {
            return Err(std::iter::once("theme".to_owned()).chain(differences).collect());
        }
        if !differences.is_empty() {
            return Err(differences);
        }
        made.holds = Freshness::Yes;
        Ok(Arc::clone(&made.bytes))
    }

    /// Keeps a page.
    pub(crate) fn put(&mut self, address: SitePath, made: CachedPage) {
        self.uses += 1;
        self.bytes += made.bytes.len();
        if let Some(old) = self.pages.insert(address, CachedPage { used: self.uses, ..made }) {
            self.bytes -= old.bytes.len();
        }
        while self.bytes > ROOM && self.pages.len() > 1 {
            let Some(oldest) = self.pages.iter().min_by_key(|(_, made)| made.used).map(|(address, _)| address.clone())
            else {
                return;
            };
            self.bytes -= self.pages.remove(&oldest).map_or(0, |made| made.bytes.len());
        }
    }

    /// What is kept after a change that some pages may notice.
    pub(crate) fn after(&self, may_notice: impl Fn(&SitePath) -> bool) -> Self {
        self.with(
            |address, made| if made == Freshness::Yes && may_notice(address) { Freshness::IfAnswers } else { made },
        )
    }

    /// What is kept after a change of the templates.
    pub(super) fn after_other_theme(&self) -> Self {
        self.with(|_, _| Freshness::No)
    }

    fn with(&self, holds: impl Fn(&SitePath, Freshness) -> Freshness) -> Self {
        let next = |(address, made): (&SitePath, &CachedPage)| {
            (address.clone(), CachedPage { holds: holds(address, made.holds), ..made.clone() })
        };
        Self { pages: self.pages.iter().map(next).collect(), bytes: self.bytes, uses: self.uses }
    }
}
