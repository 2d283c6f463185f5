//! Copies of playbooks that were written by hand into pages: strips, step tables and overviews.
//! In: a page's raw HTML and tables, and the headings above them. Out: each copy with what differs from its playbook.
//! Who reports a difference and who links an agreeing copy ask here, so they cannot disagree.
//! Never knows: how copies are compared, what is done about a difference.

mod key;
mod lost;
mod more;
mod table;

use super::{PageId, Site, SitePlaybook};
use crate::diagnostic::Findings;
use crate::markdown::{Element, Heading, Table};
use crate::page::Page;
use crate::playbook::Playbook;
use crate::playbook::drift::{Chip, compare_overview, compare_strip, compare_table};
use crate::text::{Located, Span};
use key::TemplateKey;
use table::{counted, step_columns};

/// A copy on a page.
#[derive(Clone, Debug)]
pub struct HandWritten<'a> {
    /// What it is a copy of.
    pub kind: Copied<'a>,
    /// Where it begins to say so.
    pub span: Span,
    /// All of it, where another block can be written in its place and says all that it says.
    pub replaceable: Option<Span>,
    /// Where it differs.
    pub drift: Findings,
    /// Whether all of the playbook was read: then a copy in which nothing differs agrees with it.
    pub is_certain: bool,
}

/// What a copy shows.
#[derive(Clone, Debug)]
pub enum Copied<'a> {
    /// The strip of a playbook: for each step, its position among the page's elements.
    Strip(&'a SitePlaybook, Vec<usize>),
    /// A strip whose every step is a playbook: with its position among the page's elements.
    Playbooks(Vec<(&'a SitePlaybook, usize)>),
    /// Its steps: the table's position on the page, and the column that says which step a row is.
    Table(&'a SitePlaybook, usize, usize),
    /// All playbooks.
    Overview,
    /// A playbook that is not there.
    Lost,
}

/// A page that is looked at for copies.
#[derive(Copy, Clone)]
struct On<'a> {
    id: PageId,
    page: &'a Page,
}

/// A strip with its chips: their positions among the page's elements.
struct Strip<'a> {
    element: &'a Element,
    chips: Vec<usize>,
}

impl Site {
    /// The copies on a page, in no particular order.
    #[must_use]
    pub fn hand_written(&self, id: PageId) -> Vec<HandWritten<'_>> {
        let Some(page) = self.page(id).markdown() else { return Vec::new() };
        if self.playbooks.is_empty() {
            return Vec::new();
        }
        let on = On { id, page };
        let (mut copies, mut nobodys) = (Vec::new(), Vec::new());
        for strip in strips(page) {
            match self.strip(on, &strip) {
                Some(copy) => copies.push(copy),
                None => nobodys.extend(strip.chips.first().map(|at| page.document.elements[*at].span)),
            }
        }
        for (index, table) in page.document.tables.iter().enumerate() {
            let above = self.playbooks_above(page, table.span);
            if above.is_empty() {
                copies.extend(self.overview(table));
                let is_of_steps = step_columns(table).is_some();
                nobodys.extend(table.header.first().filter(|_| is_of_steps).map(|cell| cell.span));
            } else {
                copies
                    .extend(closest(above.into_iter().filter_map(|entry| self.step_table(on, (index, table), entry))));
            }
        }
        copies.extend(self.lost_copies(on, &copies, nobodys));
        copies
    }

    /// The playbooks that the headings above a place name, the nearest first; else the one that the page is about.
    fn playbooks_above(&self, page: &Page, place: Span) -> Vec<&SitePlaybook> {
        for (_, heading) in headings_above(page, place) {
            let named: Vec<&SitePlaybook> = self.playbooks_named(&heading.text).collect();
            if !named.is_empty() {
                return named;
            }
        }
        let own = page.front.playbook.as_ref().and_then(|own| self.playbook_with_id(&own.value));
        own.into_iter().map(|(_, entry)| entry).collect()
    }

    fn strip<'a>(&'a self, on: On<'a>, strip: &Strip<'a>) -> Option<HandWritten<'a>> {
        let elements = &on.page.document.elements;
        let labels: Vec<Located<String>> =
            strip.chips.iter().map(|at| Located::new(elements[*at].text.clone(), elements[*at].span)).collect();
        let span = labels.first()?.span;
        let above = self.playbooks_above(on.page, strip.element.tag);
        if let Some(copy) = self.strip_of_playbooks(strip, &labels, above.is_empty()) {
            return Some(copy);
        }
        let copy = |entry: &'a SitePlaybook| {
            let chips: Vec<Chip<TemplateKey>> = (labels.iter().zip(&strip.chips))
                .map(|(label, at)| Chip { label: label.clone(), template: self.linked_by(on, strip, *at) })
                .collect();
            let drift = compare_strip(&chips, &entry.playbook, |step| self.key_of_step(on, entry, step));
            let replaceable =
                strip.element.replaceable.filter(|_| more::is_shown_by(&entry.playbook, strip.element, &labels));
            let kind = Copied::Strip(entry, strip.chips.clone());
            HandWritten { kind, span, replaceable, drift, is_certain: entry.playbook.has_all_steps() }
        };
        closest(above.into_iter().map(copy))
    }

    /// A strip whose steps are playbooks: all of them, or most where no heading says otherwise.
    fn strip_of_playbooks(
        &self,
        strip: &Strip<'_>,
        labels: &[Located<String>],
        is_free: bool,
    ) -> Option<HandWritten<'_>> {
        let named = |label: &Located<String>| self.playbooks_named(&label.value).next();
        let playbooks: Vec<_> =
            labels.iter().zip(&strip.chips).filter_map(|(label, at)| Some((named(label)?, *at))).collect();
        let is_most = is_free && playbooks.len() > 1 && playbooks.len() * 2 > labels.len();
        if playbooks.len() < labels.len() && !is_most {
            return None;
        }
        let lost = labels.iter().filter(|label| named(label).is_none());
        Some(HandWritten {
            kind: Copied::Playbooks(playbooks),
            span: labels.first()?.span,
            replaceable: None,
            drift: lost.map(|label| self.no_playbook(label)).collect(),
            is_certain: true,
        })
    }

    fn step_table<'a>(
        &'a self,
        on: On<'a>,
        (index, table): (usize, &Table),
        entry: &'a SitePlaybook,
    ) -> Option<HandWritten<'a>> {
        let columns = step_columns(table)?;
        let rows = columns.rows(table, |cell| self.linked_in(on, cell));
        let drift = compare_table(&rows, &entry.playbook, |step| self.key_of_step(on, entry, step));
        Some(HandWritten {
            kind: Copied::Table(entry, index, columns.number.or(columns.name)?),
            span: table.header.first()?.span,
            replaceable: table.replaceable.filter(|_| self.is_table_shown_by(entry, table, &columns)),
            drift,
            is_certain: entry.playbook.has_all_steps(),
        })
    }

    /// A table that lists playbooks.
    fn overview(&self, table: &Table) -> Option<HandWritten<'_>> {
        let overview = counted(table)?;
        let playbooks: Vec<&Playbook> = self.playbooks.iter().map(|entry| &*entry.playbook).collect();
        let drift = compare_overview(&overview, &playbooks, &self.names, &|id| self.renamed_playbook(id))?;
        let says_no_more = overview.counted.is_some() && table.header.len() == 2;
        Some(HandWritten {
            kind: Copied::Overview,
            span: overview.head.span,
            replaceable: table.replaceable.filter(|_| says_no_more),
            drift,
            is_certain: true,
        })
    }
}

/// Of the playbooks that a heading may mean, the one that a copy differs from least.
fn closest<'a>(copies: impl Iterator<Item = HandWritten<'a>>) -> Option<HandWritten<'a>> {
    copies.min_by_key(|copy| copy.drift.len())
}

/// The headings that a place lies below, the nearest first, with their positions.
fn headings_above(page: &Page, place: Span) -> impl Iterator<Item = (usize, &Heading)> {
    let before = move |heading: &Heading| heading.span.source == place.source && heading.span.start < place.start;
    let above = page.document.headings.iter().enumerate().rev().filter(move |(_, heading)| before(heading));
    above
        .scan(7, |level, (at, heading)| {
            let is_outer = heading.level < *level;
            *level = heading.level.min(*level);
            Some(is_outer.then_some((at, heading)))
        })
        .flatten()
}

fn strips(page: &Page) -> impl Iterator<Item = Strip<'_>> {
    let elements = &page.document.elements;
    let has_class = |element: &Element, wanted: &str| element.classes.iter().any(|class| class == wanted);
    (0u32..).zip(elements).filter(move |(_, element)| has_class(element, "playbook-flow")).map(
        move |(index, element)| {
            let inside = elements.iter().enumerate().filter(|(_, chip)| chip.parent == Some(index));
            let chips = inside.filter(|(_, chip)| has_class(chip, "playbook-step")).map(|(at, _)| at).collect();
            Strip { element, chips }
        },
    )
}
