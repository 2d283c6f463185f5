//! Texts beside the compiling of pages: those of playbooks, and pages as Markdown again.
//! In: the settings. Out: playbooks with the values of variables in their texts; manuscripts.
//! Never knows: what playbooks and manuscripts are for.

use std::sync::{Arc, Mutex, PoisonError};

use super::inputs::options;
use super::world::{PageWorld, Shared, blanks};
use super::{Linked, Session};
use crate::diagnostic::Findings;
use crate::markdown;
use crate::page::{self, Manuscript};
use crate::playbook::Playbook;
use crate::project::{Config, Disk, Tree};
use crate::site::PageId;

impl<D: Disk> Session<D> {
    /// Puts the values of variables into the texts of a playbook, which stands in `written`.
    pub(super) fn substitute_in_playbook(
        &self,
        playbook: &mut Playbook,
        written: &str,
        (config, tree): (&Config, &Tree),
        found: &mut Findings,
    ) {
        if !written.contains("{{") {
            return;
        }
        let (blanks, options, sources) = (blanks(config), options(config, &self.asked), Mutex::default());
        let shared = Shared { disk: &self.disk, config, tree, sources: &sources, blanks: &blanks };
        let world = PageWorld::new(&shared);
        playbook.for_each_text(&mut |text| {
            let span = text.span.range();
            markdown::substitute_in_text(text, &written[span], (&world, &options), found);
        });
    }

    /// A page as Markdown again; `None` for pages that are made from no Markdown.
    pub fn manuscript(&mut self, linked: &Linked, id: PageId) -> Option<Arc<Manuscript>> {
        let page = linked.site.page(id).markdown()?;
        if let Some(manuscript) = &page.manuscript {
            return Some(Arc::clone(manuscript));
        }
        let text = self.sources.get(page.source).shared_text();
        let config = &*linked.site.config;
        let (blanks, options) = (blanks(config), options(config, &self.asked));
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let shared =
            Shared { disk: &self.disk, config, tree: &linked.site.repository, sources: &sources, blanks: &blanks };
        let manuscript = page::manuscript(&text, page.source, &options, &PageWorld::new(&shared));
        self.sources = sources.into_inner().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::new(manuscript))
    }
}
