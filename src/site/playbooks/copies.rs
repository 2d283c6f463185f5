//! Finds hand-written copies of playbooks on pages: strips, step tables and overviews.
//! In: a page's raw HTML and tables, and the headings above them. Out: each copy with what differs from its playbook.
//! The check that reports differences and the renderer that links copies both ask here, so they cannot disagree.
//! Never knows: how copies are compared, what is done about a difference.

mod key;
mod lost;
mod more;
mod table;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, Related};
use crate::markdown::{Element, Heading, Table};
use crate::page::Page;
use crate::playbook::drift::{Chip, TableRow, compare_overview, compare_strip, compare_table, lists_playbooks};
use crate::playbook::{Playbook, flow};
use crate::site::{PageId, Site, SitePlaybook};
use crate::source::{Located, SourceId, Span};
use key::TemplateKey;
use table::{counted, step_columns};

/// A copy on a page.
#[derive(Clone, Debug)]
pub struct HandWritten<'a> {
    /// What it is a copy of.
    pub kind: CopySource<'a>,
    /// Where it begins.
    pub span: Span,
    /// How many headings of its page come before it.
    pub headings_before: usize,
    /// All of it, if a directive in its place would show everything that it says.
    pub replaceable: Option<Span>,
    /// Where it differs.
    pub drift: Diagnostics,
    /// Whether all of the playbook was read: then a copy in which nothing differs agrees with it.
    pub is_certain: bool,
}

/// What a copy shows.
#[derive(Clone, Debug)]
pub enum CopySource<'a> {
    /// The strip of a playbook: for each step, its position among the page's elements.
    Strip(&'a SitePlaybook, Vec<usize>),
    /// A strip whose every step is a playbook: with its position among the page's elements.
    Playbooks(Vec<(&'a SitePlaybook, usize)>),
    /// Its steps: the table's position on the page, and the column that says which step a row is.
    Table(&'a SitePlaybook, usize, usize),
    /// All playbooks.
    Overview,
    /// A playbook that does not exist.
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
        // Without playbooks nothing can be a copy of one: such sites pay nothing for this.
        if self.playbooks.is_empty() {
            return Vec::new();
        }
        let on = On { id, page };
        let (mut copies, mut nobodys) = (Vec::new(), Vec::new());
        for strip in strips(page) {
            if let Some(copy) = self.strip(on, &strip) {
                copies.push(copy);
            } else {
                let first = strip.chips.first().and_then(|at| page.document.elements.get(*at));
                let headings_before = strip.element.headings_before;
                nobodys.extend(first.map(|chip| Nobodys { span: chip.span, headings_before, is_strip: true }));
            }
        }
        for (index, table) in page.document.tables.iter().enumerate() {
            let headings_before = table.headings_before;
            let above = self.playbooks_above(page, headings_before, &|entry| self.is_of_rows(on, table, entry));
            if above.is_empty() {
                copies.extend(self.overview(table));
                let first = table.header.first().filter(|_| step_columns(table).is_some());
                nobodys.extend(first.map(|cell| Nobodys { span: cell.span, headings_before, is_strip: false }));
            } else {
                copies.extend(closest(above.into_iter().filter_map(|entry| self.step_table(on, index, table, entry))));
            }
        }
        // Only now is it known which sections hold copies, and a section like those without one has lost its
        // playbook.
        copies.extend(self.lost_copies(on, &copies, nobodys));
        doubt_witnesses(page, &mut copies);
        copies
    }

    /// The playbooks that the headings above a place name, the nearest first: alone, or among other words when the copy
    /// itself tells that it is of that one; else the one that the page is about.
    fn playbooks_above(
        &self,
        page: &Page,
        headings_before: usize,
        tells: &dyn Fn(&SitePlaybook) -> bool,
    ) -> Vec<&SitePlaybook> {
        for (_, heading) in headings_above(page, headings_before) {
            let named: Vec<&SitePlaybook> = self.playbooks_named(&heading.text).collect();
            if !named.is_empty() {
                return named;
            }
            // `Before you recruit` only mentions the playbook, so the copy itself has to confirm it.
            let mut hinted = self.names.within_text(&heading.text);
            hinted.extend(self.names.by_text(heading.id.as_str()));
            let hinted: Vec<&SitePlaybook> =
                hinted.into_iter().map(|at| self.playbook_at(at)).filter(|entry| tells(entry)).collect();
            if !hinted.is_empty() {
                return hinted;
            }
        }
        let own = page.front.playbook.as_ref().and_then(|own| self.playbook_with_id(&own.value));
        own.into_iter().map(|(_, entry)| entry).collect()
    }

    fn strip<'a>(&'a self, on: On<'a>, strip: &Strip<'a>) -> Option<HandWritten<'a>> {
        let elements = &on.page.document.elements;
        let labels: Vec<Located<String>> = strip
            .chips
            .iter()
            .filter_map(|at| elements.get(*at))
            .map(|chip| Located::new(chip.text.clone(), chip.span))
            .collect();
        let span = labels.first()?.span;
        let texts: Vec<&str> = labels.iter().map(|label| label.value.as_str()).collect();
        // Half of the labels are enough below a heading that mentions the playbook; without one, two thirds are asked
        // for below.
        let tells = |entry: &SitePlaybook| flow::named_steps(&texts, &entry.playbook) * 2 >= texts.len();
        let headings_before = strip.element.headings_before;
        let mut above = self.playbooks_above(on.page, headings_before, &tells);
        if let Some(copy) = self.strip_of_playbooks(strip, &labels, above.is_empty()) {
            return Some(copy);
        }
        if above.is_empty() {
            // Two thirds, and each label a step of its own: many playbooks have a step that begins with `Partner`.
            let of_most = |entry: &&SitePlaybook| flow::named_steps(&texts, &entry.playbook) * 3 >= texts.len() * 2;
            let told = self.names.by_steps(texts.iter().copied()).map(|at| self.playbook_at(at));
            above.extend(told.filter(of_most));
        }
        let copy = |entry: &'a SitePlaybook| {
            let chips: Vec<Chip<TemplateKey>> = (labels.iter().zip(&strip.chips))
                .map(|(label, at)| Chip { label: label.clone(), template: self.linked_by(on, strip, *at) })
                .collect();
            let drift = compare_strip(&chips, &entry.playbook, |step| self.key_of_step(on, entry, step));
            let replaceable =
                strip.element.replaceable.filter(|_| more::is_shown_by(&entry.playbook, strip.element, &labels));
            let kind = CopySource::Strip(entry, strip.chips.clone());
            let is_certain = entry.playbook.has_all_steps();
            HandWritten { kind, span, headings_before, replaceable, drift, is_certain }
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
        // Below a playbook's own heading, labels that are also playbooks' names are its steps.
        let is_most = is_free && playbooks.len() > 1 && playbooks.len() * 2 > labels.len();
        if playbooks.len() < labels.len() && !is_most {
            return None;
        }
        let lost = labels.iter().filter(|label| named(label).is_none());
        Some(HandWritten {
            kind: CopySource::Playbooks(playbooks),
            span: labels.first()?.span,
            headings_before: strip.element.headings_before,
            replaceable: None,
            drift: lost.map(|label| self.no_playbook(label)).collect(),
            is_certain: true,
        })
    }

    fn step_table<'a>(
        &'a self,
        on: On<'a>,
        index: usize,
        table: &Table,
        entry: &'a SitePlaybook,
    ) -> Option<HandWritten<'a>> {
        let columns = step_columns(table)?;
        let rows = columns.rows(table, |cell| self.linked_in(on, cell));
        let drift = compare_table(&rows, &entry.playbook, |step| self.key_of_step(on, entry, step));
        Some(HandWritten {
            kind: CopySource::Table(entry, index, columns.number.or(columns.name)?),
            span: table.header.first()?.span,
            headings_before: table.headings_before,
            replaceable: table.replaceable.filter(|_| self.is_table_shown_by(entry, table, &columns)),
            drift,
            is_certain: entry.playbook.has_all_steps(),
        })
    }

    /// Whether most rows of a table, and two at least, fill in documents of a playbook, or are named as its steps are.
    fn is_of_rows(&self, on: On<'_>, table: &Table, entry: &SitePlaybook) -> bool {
        let Some(columns) = step_columns(table) else { return false };
        let rows = columns.rows(table, |cell| self.linked_in(on, cell));
        let keys: Vec<_> =
            (0..entry.playbook.steps.len()).filter_map(|step| self.key_of_step(on, entry, step)).collect();
        let fills_in =
            |row: &TableRow<TemplateKey>| row.template.as_ref().is_some_and(|link| keys.contains(&link.value));
        let names: Vec<&str> =
            rows.iter().filter_map(|row| row.name.as_ref().map(|name| name.value.as_str())).collect();
        let known = rows.iter().filter(|row| fills_in(row)).count().max(flow::named_steps(&names, &entry.playbook));
        // One row proves nothing: playbooks share documents, and steps share words.
        known > 1 && known * 2 > rows.len()
    }

    /// The column in which a table lists playbooks: the one that says so, the one with most of them, or the first.
    fn column_of_playbooks(&self, table: &Table) -> usize {
        let known = |column: usize| {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            cells.filter(|cell| self.playbooks_named(&cell.text).next().is_some()).count()
        };
        let rank = |column: &usize| {
            let (known, is_headed) =
                (known(*column), table.header.get(*column).is_some_and(|head| lists_playbooks(&head.text)));
            // A heading counts only if its column names a playbook at all; of equal columns the leftmost wins.
            (is_headed && known > 0, known, is_headed, Reverse(*column))
        };
        (0..table.header.len()).max_by_key(rank).unwrap_or_default()
    }

    /// A table that lists playbooks.
    fn overview(&self, table: &Table) -> Option<HandWritten<'_>> {
        let overview = counted(table, self.column_of_playbooks(table))?;
        let playbooks: Vec<&Playbook> = self.playbooks.iter().map(|entry| &*entry.playbook).collect();
        let drift = compare_overview(&overview, &playbooks, &self.names, &|id| self.renamed_playbook(id))?;
        // Another column holds words that no block in its place would show, and fixes never remove an author's words.
        let says_no_more = overview.counted.len() == 1 && table.header.len() == 2;
        Some(HandWritten {
            kind: CopySource::Overview,
            span: overview.head.span,
            headings_before: table.headings_before,
            replaceable: table.replaceable.filter(|_| says_no_more),
            drift,
            is_certain: true,
        })
    }
}

/// Makes repairs of numbers mere suggestions where another copy on the page differs from the same playbook, or in
/// a text that other pages may show below other headings.
fn doubt_witnesses(page: &Page, copies: &mut [HandWritten<'_>]) {
    let differing: BTreeSet<SourceId> = copies
        .iter()
        .filter(|copy| !copy.drift.is_empty())
        .filter_map(|copy| match &copy.kind {
            CopySource::Strip(entry, _) | CopySource::Table(entry, ..) => Some(entry.playbook.start.source),
            CopySource::Playbooks(_) | CopySource::Overview | CopySource::Lost => None,
        })
        .collect();
    for copy in copies {
        let is_overview = matches!(copy.kind, CopySource::Overview);
        for finding in &mut copy.drift {
            let is_of = |related: &Related| differing.contains(&related.span.source);
            if finding.span.source != page.source || is_overview && finding.related.iter().any(is_of) {
                finding.doubt();
            }
        }
    }
}

/// A strip or a table of steps that matches no playbook.
struct Nobodys {
    span: Span,
    headings_before: usize,
    is_strip: bool,
}

/// Of the playbooks that a heading may mean, the one that a copy differs from least.
fn closest<'a>(copies: impl Iterator<Item = HandWritten<'a>>) -> Option<HandWritten<'a>> {
    // Two playbooks in different folders may share a name; a copy is about the one that it resembles.
    copies.min_by_key(|copy| copy.drift.len())
}

/// The headings of the sections around a position with this many headings before it, nearest first, with positions.
fn headings_above(page: &Page, before: usize) -> impl Iterator<Item = (usize, &Heading)> {
    let headings = &page.document.headings;
    let above = headings.iter().take(before).enumerate().rev();
    above
        // HTML has six levels: from 7, the nearest heading always counts, and then only outer ones.
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
