//! Anchors of playbook steps: one made of the name, which stays when steps are added before it, and one of the number,
//! which older links have.

use std::collections::{HashMap, HashSet};

use crate::page::directive::table::BroughtIds;
use crate::page::{EmbedContent, Page};
use crate::site::{PageContent, PageId, PlaybookId, Site, SitePlaybook, Target};
use crate::source::Span;
use crate::url::{Anchor, Href, SlugStyle};

/// The anchors that a playbook's page may have besides its steps. The first is always there.
pub(crate) const SECTIONS: [&str; 5] = ["steps", "prerequisites", "success-criteria", "run-it", "next"];

/// Every page that shows the steps of playbooks one by one, with the anchors of these steps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told(HashMap<PageId, Vec<ToldSteps>>);

#[derive(Clone, Debug)]
struct ToldSteps {
    playbook: PlaybookId,
    places: Vec<StepPlace>,
}

/// The ids of a step on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepPlace {
    /// The one to link: made of the step's name.
    pub anchor: Anchor,
    /// The one made of its number, which older links have.
    pub alias: Option<Anchor>,
}

impl Told {
    /// The anchors of all steps that the pages of a site show.
    pub(crate) fn collect(site: &Site) -> Self {
        let mut told = HashMap::new();
        for (id, page) in site.pages() {
            let playbooks: Vec<PlaybookId> = match &page.content {
                PageContent::Playbook(own) => vec![*own],
                PageContent::Markdown(written) => tells_steps(site, written),
                PageContent::Playbooks
                | PageContent::Tags
                | PageContent::Tag(_)
                | PageContent::AllPages
                | PageContent::NotFound => {
                    continue;
                }
            };
            if !playbooks.is_empty() {
                told.insert(id, on_page(site, id, &playbooks));
            }
        }
        Self(told)
    }

    /// The ids of the steps of one playbook on a page.
    pub(crate) fn places_of(&self, page: PageId, playbook: PlaybookId) -> impl Iterator<Item = &Anchor> {
        let told = self.on(page).iter().filter(move |told| told.playbook == playbook);
        told.flat_map(|told| &told.places).flat_map(|place| std::iter::once(&place.anchor).chain(&place.alias))
    }

    fn on(&self, page: PageId) -> &[ToldSteps] {
        self.0.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The ids of all steps that a page shows.
    pub(crate) fn places(&self, page: PageId) -> impl Iterator<Item = &Anchor> {
        let places = self.on(page).iter().flat_map(|told| &told.places);
        places.flat_map(|place| std::iter::once(&place.anchor).chain(&place.alias))
    }
}

/// The anchors of the steps of these playbooks on a page, unique there.
fn on_page(site: &Site, id: PageId, playbooks: &[PlaybookId]) -> Vec<ToldSteps> {
    let page = site.page(id);
    let own: HashSet<&str> = match page.markdown() {
        Some(written) => written.anchors().map(Anchor::as_str).collect(),
        None => SECTIONS.into_iter().collect(),
    };
    // A page may show the steps of several playbooks, which often share names: `sign`, `review`.
    let prefix = |playbook: PlaybookId| {
        let entry = site.playbook(playbook);
        if entry.page == id { String::new() } else { format!("{}-", entry.playbook.id) }
    };
    let mut taken = Taken { ids: own.iter().map(|id| (*id).to_owned()).collect(), next: HashMap::new() };
    // Numbers of all playbooks are taken before any name gets an id: a step called `Step 2` must not take the second
    // step's.
    for playbook in playbooks {
        let steps = 1..=site.playbook(*playbook).playbook.steps.len();
        taken.ids.extend(steps.map(|number| format!("{}step-{number}", prefix(*playbook))));
    }
    let style = site.config.written.html.heading_ids;
    let told = |playbook: &PlaybookId| {
        let prefix = prefix(*playbook);
        let steps = site.playbook(*playbook).playbook.steps.iter().zip(1..);
        let place = |(step, number): (&crate::playbook::Step, usize)| {
            let numbered = Some(format!("{prefix}step-{number}")).filter(|id| !own.contains(id.as_str()));
            let slug = Some(style.slug(&step.name.value)).filter(|slug| !slug.is_empty());
            match (slug, numbered) {
                // A name without letters makes no slug, so its number is all it has.
                (None, Some(numbered)) => StepPlace { anchor: Anchor::new(&numbered), alias: None },
                (slug, numbered) => {
                    let slug = slug.unwrap_or_else(|| style.nameless().to_owned());
                    let anchor = taken.free(style, &format!("{prefix}{slug}"), is_number(&slug));
                    StepPlace { anchor: Anchor::new(&anchor), alias: numbered.map(|id| Anchor::new(&id)) }
                }
            }
        };
        ToldSteps { playbook: *playbook, places: steps.map(place).collect() }
    };
    playbooks.iter().map(told).collect()
}

/// Whether a slug reads as the number of some step, now or when there are more of them.
fn is_number(slug: &str) -> bool {
    let number = slug.strip_prefix("step-");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The ids that a page has.
struct Taken {
    ids: HashSet<String>,
    /// For each slug the first number that was not tried: many steps may have one name.
    next: HashMap<String, usize>,
}

impl Taken {
    /// An id that nothing on the page has yet, numbered if the slug itself is taken or refused.
    fn free(&mut self, style: SlugStyle, slug: &str, is_refused: bool) -> String {
        if !is_refused && self.ids.insert(slug.to_owned()) {
            return slug.to_owned();
        }
        // Where the last search ended: starting at 1 each time, a thousand steps of one name would take half a
        // million tries.
        let next = self.next.entry(slug.to_owned()).or_insert(1);
        loop {
            let id = style.numbered(slug, *next);
            *next += 1;
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

impl Site {
    /// The position for findings about a page as a whole.
    #[must_use]
    pub fn start_of(&self, page: PageId) -> Span {
        match &self.page(page).content {
            PageContent::Markdown(written) => Span::start_of(written.source),
            PageContent::Playbook(id) => self.playbook(*id).playbook.start,
            PageContent::Playbooks
            | PageContent::Tags
            | PageContent::Tag(_)
            | PageContent::AllPages
            | PageContent::NotFound => Span::start_of(self.config.book_toml),
        }
    }

    /// The anchors of a step (from 0) on a page, if the page shows the steps of its playbook one by one.
    #[must_use]
    pub fn step_place(&self, page: PageId, entry: &SitePlaybook, step: usize) -> Option<&StepPlace> {
        let is_own = |told: &&ToldSteps| self.playbook(told.playbook).playbook.id == entry.playbook.id;
        self.told.on(page).iter().find(is_own)?.places.get(step)
    }

    /// The address of a step, from the site's root.
    #[must_use]
    pub fn step_address(&self, entry: &SitePlaybook, step: usize) -> String {
        let place = self.step_place(entry.page, entry, step).map(|place| place.anchor.clone());
        self.address_of(&Target::Page(entry.page, place)).unwrap_or_default()
    }

    /// The address of a step relative to a page: on that page if it shows the step, else on the playbook's own.
    #[must_use]
    pub fn step_href(&self, from: PageId, entry: &SitePlaybook, step: usize) -> Href {
        let here = self.step_place(from, entry, step);
        // A page that shows the steps itself keeps its readers.
        let page = if here.is_some() { from } else { entry.page };
        let place = here.or_else(|| self.step_place(entry.page, entry, step));
        Href::between(&self.page(from).address, &self.page(page).address, place.map(|place| &place.anchor))
    }
}

/// The playbooks whose steps a page shows one by one, once each.
fn tells_steps(site: &Site, page: &Page) -> Vec<PlaybookId> {
    let told = page.embeds.iter().filter_map(|embed| match embed {
        EmbedContent::Directive(directive) if directive.shown.ids == BroughtIds::Steps => {
            Some(site.playbook_with_id(directive.argument.value.trim())?.0)
        }
        _ => None,
    });
    let mut seen = HashSet::new();
    told.filter(|playbook| seen.insert(*playbook)).collect()
}
