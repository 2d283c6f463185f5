//! The anchors of a page: the ids that its author wrote, and those that directives, maps and generated pages add.
//!
//! These ids are decided here and nowhere else. Renderers ask which id to write, the checks of links and of duplicate
//! ids ask which ones exist, and so they cannot disagree.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Vocabulary;
use crate::page::directive::drawing_id;
use crate::page::directive::table::BroughtIds;
use crate::page::{Directive, EmbedContent, Page};
use crate::playbook::Playbook;
use crate::project::settings::repository::Repository;
use crate::site::playbooks::steps::SECTIONS;
use crate::site::{PageContent, PageId, Resolution, Site, SitePlaybook, Target};
use crate::source::{SourcePath, Span};
use crate::url::Anchor;

/// The anchors of a page.
#[derive(Debug, Default)]
pub struct PageAnchors {
    /// What the site brings into it, in the order of the blocks that ask for it.
    pub brought: Vec<Brought>,
    /// All ids, those that its author wrote among them.
    pub ids: Vocabulary,
    /// The position of each heading among those of its document, by its id.
    pub headings: HashMap<Anchor, usize>,
}

/// An anchor that the site adds to a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brought {
    /// Its id.
    pub id: Anchor,
    /// The block that asks for it; nothing on a generated page.
    pub span: Option<Span>,
}

impl Site {
    /// The anchors of a page. They are collected once and kept as long as the site.
    #[must_use]
    pub fn places(&self, page: PageId) -> &PageAnchors {
        self.places[page.0 as usize].get_or_init(|| self.collect_places(page))
    }

    /// Whether a page, written or generated, has an element with this id.
    #[must_use]
    pub fn has_anchor(&self, page: PageId, anchor: &Anchor) -> bool {
        match &self.page(page).content {
            // Asked for every link with an anchor. Most pages have only what their author wrote: no set of ids is made.
            PageContent::Markdown(written) if written.has_anchor(anchor) => true,
            PageContent::Markdown(written)
                if written.embeds.is_empty() && written.maps.is_empty() && !written.lists_tags() =>
            {
                false
            }
            PageContent::Markdown(_)
            | PageContent::Playbook(_)
            | PageContent::Playbooks
            | PageContent::Tags
            | PageContent::Tag(_)
            | PageContent::AllPages
            | PageContent::NotFound => self.places(page).ids.contains(anchor.as_str()),
        }
    }

    /// The id of a playbook among all playbooks, on their own page and where a directive asks for them.
    #[must_use]
    pub fn card_anchor(&self, entry: &SitePlaybook) -> Anchor {
        Anchor::new(&entry.playbook.id)
    }

    /// The unpublished Markdown files that links with an anchor on these pages lead to, if the code host makes anchors
    /// as GitHub does.
    #[must_use]
    pub fn unpublished_with_places(&self, pages: &[PageId]) -> BTreeSet<SourcePath> {
        if !self.config.repository.as_ref().is_some_and(Repository::names_headings) {
            return BTreeSet::new();
        }
        let named = |resolution: &Resolution| match &resolution.target {
            Target::Repository { path, fragment: Some(_) } if path.is_markdown() => Some(path.clone()),
            _ => None,
        };
        pages.iter().flat_map(|page| self.links(*page)).filter_map(named).collect()
    }

    fn collect_places(&self, id: PageId) -> PageAnchors {
        let on_generated = |id: Anchor| Brought { id, span: None };
        let (brought, written): (Vec<Brought>, Option<&Page>) = match &self.page(id).content {
            PageContent::Markdown(page) => (self.brought_into(id, page), Some(page)),
            PageContent::Playbook(playbook) => {
                let entry = self.playbook(*playbook);
                let sections = self.sections(&entry.playbook).map(Anchor::new);
                (sections.chain(self.told.places(id).cloned()).map(on_generated).collect(), None)
            }
            PageContent::Playbooks => (self.cards().map(on_generated).collect(), None),
            PageContent::Tags => (self.tag_places().map(on_generated).collect(), None),
            PageContent::Tag(_) | PageContent::AllPages | PageContent::NotFound => (Vec::new(), None),
        };
        let own = written.into_iter().flat_map(Page::anchors).map(Anchor::as_str);
        let ids = own.chain(brought.iter().map(|brought| brought.id.as_str())).collect();
        let headings = written.map_or(&[][..], |page| &page.document.headings);
        // Collected backwards, so that of several headings with one id the first stays: browsers go to that one.
        let headings = headings.iter().enumerate().rev().map(|(at, heading)| (heading.id.clone(), at)).collect();
        PageAnchors { brought, ids, headings }
    }

    /// What the blocks of a written page bring into it, block by block.
    fn brought_into(&self, id: PageId, page: &Page) -> Vec<Brought> {
        let maps = page.maps.iter().flat_map(|map| {
            let table = map.table.map(|_| Anchor::new(&map.table_id()));
            std::iter::once(Anchor::new(&map.anchor)).chain(table).map(|id| Brought { id, span: Some(map.span) })
        });
        let blocks = page.embeds.iter().enumerate().flat_map(|(number, embed)| match embed {
            EmbedContent::Directive(directive) => {
                let span = Some(directive.name.span);
                self.brought_by(id, directive, number).into_iter().map(|id| Brought { id, span }).collect()
            }
            EmbedContent::Map(_) | EmbedContent::Drawn { .. } | EmbedContent::Source { .. } => Vec::new(),
        });
        let lists = page.document.tag_lists.iter();
        // Once for each list: two lists on one page have the same ids twice, which a rule reports.
        let tags = lists.flat_map(|span| self.tag_places().map(|id| Brought { id, span: Some(*span) }));
        maps.chain(blocks).chain(tags).collect()
    }

    /// The ids in the list of all tags.
    fn tag_places(&self) -> impl Iterator<Item = Anchor> {
        self.tags.slugs.iter().map(|slug| Anchor::new(slug))
    }

    /// The ids that a directive writes into a page, of whose blocks it has this number.
    fn brought_by(&self, page: PageId, directive: &Directive, number: usize) -> Vec<Anchor> {
        match directive.shown.ids {
            BroughtIds::Cards => self.cards().collect(),
            BroughtIds::Steps => {
                let told = self.playbook_with_id(directive.argument.value.trim());
                told.into_iter().flat_map(|(id, _)| self.told.places_of(page, id)).cloned().collect()
            }
            BroughtIds::Drawing => vec![Anchor::new(&drawing_id(number))],
            BroughtIds::Nothing => Vec::new(),
        }
    }

    fn cards(&self) -> impl Iterator<Item = Anchor> {
        self.playbooks.iter().map(|entry| self.card_anchor(entry))
    }

    /// The sections of the generated page of a playbook.
    fn sections(&self, playbook: &Playbook) -> impl Iterator<Item = &'static str> {
        // In the order of `SECTIONS`. The page shows no empty section, so an anchor for one would lead nowhere.
        let is_there = [
            true,
            !playbook.prerequisites.is_empty(),
            !playbook.success_criteria.is_empty(),
            playbook.run.is_some() || self.config.playbooks.run.is_some(),
            !playbook.next_playbook.is_empty(),
        ];
        SECTIONS.into_iter().zip(is_there).filter(|(_, is_there)| *is_there).map(|(id, _)| id)
    }
}
