//! Places in pages, and where the steps of playbooks are told.
//! In: written and generated pages, and pages with a part that shows steps. Out: whether a page has a place, and the
//! place of a step.
//! Never knows: what a step looks like.

use super::{Content, PageId, Site, SitePlaybook};
use crate::page::directive::StepsAs;
use crate::page::{DirectiveKind, EmbedContent, Page};
use crate::playbook::Playbook;
use crate::text::Span;
use crate::url::{Anchor, Href};

impl Site {
    /// Where findings about a page as a whole stand.
    #[must_use]
    pub fn start_of(&self, page: PageId) -> Span {
        match &self.page(page).content {
            Content::Markdown(written) => Span::start_of(written.source),
            Content::Playbook(id) => self.playbook(*id).playbook.start,
            Content::Playbooks | Content::Tags | Content::Tag(_) | Content::AllPages | Content::NotFound => {
                Span::start_of(self.config.book_toml)
            }
        }
    }

    /// Whether a page has a place with this id. Generated pages know theirs as well.
    #[must_use]
    pub fn has_anchor(&self, page: PageId, anchor: &Anchor) -> bool {
        match &self.page(page).content {
            Content::Markdown(written) => written.has_anchor(anchor) || self.has_told_step(page, written, anchor),
            Content::Playbook(id) => self.has_section(&self.playbook(*id).playbook, anchor),
            Content::Playbooks => self.playbooks.iter().any(|entry| entry.playbook.id == anchor.as_str()),
            Content::Tags => self.tags.by_slug.contains_key(anchor.as_str()),
            Content::Tag(_) | Content::AllPages | Content::NotFound => false,
        }
    }

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

    /// Whether a written page tells a step at this place.
    fn has_told_step(&self, id: PageId, page: &Page, anchor: &Anchor) -> bool {
        tells_steps(page).filter_map(|told| self.playbooks.iter().find(|entry| entry.playbook.id == told)).any(
            |entry| {
                let steps = 0..entry.playbook.steps.len();
                steps.into_iter().any(|step| self.step_anchor(id, entry, step).as_ref() == Some(anchor))
            },
        )
    }

    /// Whether the generated page of a playbook has a place with this id.
    fn has_section(&self, playbook: &Playbook, anchor: &Anchor) -> bool {
        let id = anchor.as_str();
        match id {
            "steps" => true,
            "prerequisites" => !playbook.prerequisites.is_empty(),
            "success-criteria" => !playbook.success_criteria.is_empty(),
            "run-it" => playbook.run.is_some() || self.config.playbooks.run.is_some(),
            "next" => !playbook.next_playbook.is_empty(),
            _ => (1..=playbook.steps.len()).any(|number| id == format!("step-{number}")),
        }
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
