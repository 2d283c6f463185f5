//! Pages as Markdown again.
//! In: a page and the settings. Out: its manuscript.
//! Never knows: what manuscripts are for.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::compile::options;
use super::world::{PageWorld, Shared};
use super::{Linked, Session};
use crate::page::{self, Manuscript};
use crate::project::Disk;
use crate::site::{PageId, placeholders};

impl<D: Disk> Session<D> {
    /// A page as Markdown again; `None` for pages that are made from no Markdown.
    pub fn manuscript(&mut self, linked: &Linked, id: PageId) -> Option<Arc<Manuscript>> {
        let page = linked.site.page(id).markdown()?;
        if let Some(manuscript) = &page.manuscript {
            return Some(Arc::clone(manuscript));
        }
        let text = self.sources.get(page.source).shared_text();
        let config = &*linked.site.config;
        let (blanks, options) = (placeholders(config), options(config, &self.asked));
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let shared = Shared {
            disk: &self.disk,
            config,
            tree: &linked.site.repository,
            sources: &sources,
            blanks: &blanks,
            names: OnceLock::default(),
        };
        let manuscript = page::manuscript(&text, page.source, &options, &PageWorld::new(&shared));
        self.sources = sources.into_inner().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::new(manuscript))
    }
}
