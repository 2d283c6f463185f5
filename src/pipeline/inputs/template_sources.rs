//! Pages as Markdown again: includes and variables expanded, placeholders left open.

use std::sync::Arc;

use crate::page::{self, PageTemplate};
use crate::pipeline::session::compile::options;
use crate::pipeline::session::context::{CompileInputs, PageCompileContext};
use crate::pipeline::{BuiltSite, Session};
use crate::project::FileSystem;
use crate::site::PageId;

impl<D: FileSystem> Session<D> {
    /// A page as Markdown again; `None` for pages that are made from no Markdown.
    pub fn manuscript(&mut self, linked: &BuiltSite, id: PageId) -> Option<Arc<PageTemplate>> {
        let page = linked.site.page(id).markdown()?;
        // Pages with placeholders carry theirs, since the form in the page needs it; others are expanded when asked for.
        if let Some(manuscript) = &page.manuscript {
            return Some(Arc::clone(manuscript));
        }
        let text = self.sources.get(page.source).shared_text();
        let (config, files) = (&*linked.site.config, &*linked.site.repository);
        let options = options(config, &self.only_rules);
        let manuscript = CompileInputs::lend(&mut self.sources, &self.disk, config, files, |inputs| {
            page::manuscript(&text, page.source, &options, &PageCompileContext::new(inputs))
        });
        Some(Arc::new(manuscript))
    }
}
