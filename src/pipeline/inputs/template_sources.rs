//! Pages as Markdown again: includes and variables expanded, placeholders left open.

use std::sync::Arc;

use crate::markdown::{Options, TemplateSource};
use crate::page::{self, PageTemplate};
use crate::pipeline::session::compile::options;
use crate::pipeline::session::context::{CompileInputs, PageCompileContext};
use crate::pipeline::{BuiltSite, Session};
use crate::project::FileSystem;
use crate::project::filesystem::decode;
use crate::site::{PageId, Site};
use crate::source::Sources;

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

/// The texts of a site's pages, for those who write them again.
pub(crate) struct PageTexts<'a, D: ?Sized> {
    site: &'a Site,
    /// Texts by the ids that the site has; a session that lasts has forgotten most of them.
    known: &'a Sources,
    disk: &'a D,
    inputs: &'a CompileInputs<'a, D>,
    options: Options,
}

impl<D: FileSystem + ?Sized> PageTexts<'_, D> {
    /// Does work that needs the texts of pages, perhaps on several threads.
    pub(crate) fn lend<T>(site: &Site, known: &Sources, disk: &D, work: impl FnOnce(&PageTexts<'_, D>) -> T) -> T {
        // Texts of its own: what pages include is read once more, and no finding points into it.
        let mut sources = Sources::default();
        let (config, files) = (&*site.config, &*site.repository);
        CompileInputs::lend(&mut sources, disk, config, files, |inputs| {
            work(&PageTexts { site, known, disk, inputs, options: options(config, &[]) })
        })
    }

    /// The text of a page as Markdown that can be written again; `None` for pages that are made from no Markdown, and
    /// where its file is gone.
    pub(crate) fn get(&self, id: PageId) -> Option<TemplateSource> {
        let entry = self.site.page(id);
        let (page, path) = (entry.markdown()?, entry.source.as_ref()?);
        let text = self.known.text_of(page.source).filter(|text| !text.is_empty());
        let read = || Some(decode::decode(self.disk.read(&self.site.config.place, path).ok()?).text.into());
        let text: Arc<str> = text.or_else(read)?;
        let source = self.inputs.note(path);
        Some(page::rewritable(&text, source, page, &self.options, &PageCompileContext::new(self.inputs)))
    }
}
