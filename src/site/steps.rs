//! Where the steps of playbooks are told.
//! In: written and generated pages, and pages with a part that shows steps. Out: the place of a step.
//! Never knows: what a step looks like.

use super::{Content, PageId, Site, SitePlaybook};
use crate::page::directive::StepsAs;
use crate::page::{DirectiveKind, EmbedContent, Page};
use crate::url::{Anchor, Href};

impl Site {
    /// The id of a step (from 0) on a page, when the page tells the steps of its playbook one by one.
    #[must_use]
    pub fn step_anchor(&self, page: PageId, entry: &SitePlaybook, step: usize) -> Option<Anchor> {
        let id = &entry.playbook.id;
        let is_told = match &self.page(page).content {
            Content::Playbook(own) => self.playbook(*own).playbook.id == *id,
            Content::Markdown(written) => tells_steps(written).any(|told| told == id),
            Content::Playbooks | Content::Tags | Content::Tag(_) | Content::AllPages | Content::NotFound => false,
        };
        // A page may tell the steps of several playbooks.
        let prefix = if page == entry.page { String::new() } else { format!("{id}-") };
        is_told.then(|| Anchor::new(&format!("{prefix}step-{}", step + 1)))
    }

    /// The address of a step, seen from a page: on that page, else on the playbook's own.
    #[must_use]
    pub fn step_href(&self, from: PageId, entry: &SitePlaybook, step: usize) -> Href {
        let here = self.step_anchor(from, entry, step);
        let page = if here.is_some() { from } else { entry.page };
        let anchor = here.or_else(|| self.step_anchor(entry.page, entry, step));
        Href::between(&self.page(from).address, &self.page(page).address, anchor.as_ref())
    }
}

/// The ids of the playbooks whose steps a page tells one by one.
fn tells_steps(page: &Page) -> impl Iterator<Item = &str> {
    page.embeds.iter().filter_map(|embed| match embed {
        EmbedContent::Directive(directive) if directive.kind == DirectiveKind::Steps(StepsAs::Sections) => {
            Some(directive.argument.value.as_str())
        }
        _ => None,
    })
}
