//! Pages as Markdown again.
//! In: a page and the settings. Out: its manuscript.
//! Never knows: what manuscripts are for.

use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::bug;
use crate::page::{self, PageTemplate};
use crate::pipeline::session::compile::options;
use crate::pipeline::session::context::{CompileInputs, PageCompileContext};
use crate::pipeline::{BuiltSite, Session};
use crate::project::FileSystem;
use crate::site::{PageId, placeholders};

impl<D: FileSystem> Session<D> {
    /// A page as Markdown again; `None` for pages that are made from no Markdown.
    pub fn manuscript(&mut self, linked: &BuiltSite, id: PageId) -> Option<Arc<PageTemplate>> {
        let page = linked.site.page(id).markdown()?;
        if let Some(manuscript) = &page.manuscript {
            return Some(Arc::clone(manuscript));
        }
        let text = self.sources.get(page.source).shared_text();
        let config = &*linked.site.config;
        let (blanks, options) = (placeholders(config), options(config, &self.asked));
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let shared = CompileInputs {
            disk: &self.disk,
            config,
            tree: &linked.site.repository,
            sources: &sources,
            blanks: &blanks,
            names: OnceLock::default(),
        };
        let manuscript = page::manuscript(&text, page.source, &options, &PageCompileContext::new(&shared));
        self.sources = bug::unlocked(sources);
        Some(Arc::new(manuscript))
    }
}
