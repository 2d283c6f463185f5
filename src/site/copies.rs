//! Copies of playbooks that were written by hand into pages: strips, step tables and overviews.
//! In: a page's raw HTML and tables, and the headings above them. Out: each copy with what differs from its playbook.
//! Who reports a difference and who links an agreeing copy ask here, so they cannot disagree.
//! Never knows: how copies are compared, what is done about a difference.

use super::{PageId, Site, SitePlaybook, Target};
use crate::diagnostic::Findings;
use crate::markdown::{Cell, Element, Table};
use crate::page::Page;
use crate::playbook::Playbook;
use crate::playbook::drift::{
    Counted, Overview, OverviewRow, TableRow, compare_overview, compare_strip, compare_table,
};
use crate::text::{Located, Span};

/// A copy on a page.
#[derive(Clone, Debug)]
pub struct HandWritten<'a> {
    /// What it is a copy of.
    pub kind: Copied<'a>,
    /// Where it begins to say so.
    pub span: Span,
    /// All of it, where another block can be written in its place.
    pub replaceable: Option<Span>,
    /// Where it differs.
    pub drift: Findings,
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
}

impl Site {
    /// The copies on a page, in no particular order.
    #[must_use]
    pub fn hand_written(&self, id: PageId) -> Vec<HandWritten<'_>> {
        let Some(page) = self.page(id).markdown() else { return Vec::new() };
        if self.playbooks.is_empty() {
            return Vec::new();
        }
        let tables = page.document.tables.iter().enumerate().filter_map(|(index, table)| {
            match self.playbook_above(page, table.span) {
                Some(entry) => self.step_table(id, (page, index, table), entry),
                None => self.overview(table),
            }
        });
        self.strips(page).into_iter().chain(tables).collect()
    }

    /// The playbook that the headings above a place name, the nearest first. What a broken file still says of a
    /// playbook is no measure for others.
    fn playbook_above(&self, page: &Page, place: Span) -> Option<&SitePlaybook> {
        let above = page.document.headings.iter().rev();
        let mut level = 7;
        for heading in above.filter(|heading| heading.span.source == place.source && heading.span.start < place.start) {
            if heading.level >= level {
                continue;
            }
            level = heading.level;
            let named = self.playbook_named(&heading.text);
            if named.is_some() {
                return named.filter(|entry| entry.is_whole);
            }
        }
        let own = page.front.playbook.as_ref()?;
        self.playbooks.iter().find(|entry| entry.playbook.id == own.value && entry.is_whole)
    }

    fn strips(&self, page: &Page) -> Vec<HandWritten<'_>> {
        let elements = &page.document.elements;
        let has_class = |element: &Element, wanted: &str| element.classes.iter().any(|class| class == wanted);
        let strips = (0u32..).zip(elements).filter(|(_, element)| has_class(element, "playbook-flow"));
        let copy = |(index, strip): (u32, &Element)| {
            let inside = elements.iter().enumerate().filter(|(_, element)| element.parent == Some(index));
            let steps: Vec<usize> =
                inside.filter(|(_, element)| has_class(element, "playbook-step")).map(|(at, _)| at).collect();
            let label = |at: &usize| Located::new(elements[*at].text.clone(), elements[*at].span);
            let labels: Vec<Located<String>> = steps.iter().map(label).collect();
            let span = labels.first()?.span;
            let playbooks: Option<Vec<_>> =
                labels.iter().zip(&steps).map(|(label, at)| Some((self.playbook_named(&label.value)?, *at))).collect();
            if let Some(playbooks) = playbooks {
                let kind = Copied::Playbooks(playbooks);
                return Some(HandWritten { kind, span, replaceable: None, drift: Findings::new() });
            }
            let entry = self.playbook_above(page, strip.span)?;
            let drift = compare_strip(&labels, &entry.playbook);
            Some(HandWritten { kind: Copied::Strip(entry, steps), span, replaceable: strip.replaceable, drift })
        };
        strips.filter_map(copy).collect()
    }

    fn step_table<'a>(
        &'a self,
        id: PageId,
        (page, index, table): (&Page, usize, &Table),
        entry: &'a SitePlaybook,
    ) -> Option<HandWritten<'a>> {
        let columns = step_columns(table)?;
        let located = |row: &[Cell], column: Option<usize>| {
            let cell = row.get(column?).filter(|cell| !cell.text.is_empty())?;
            Some(Located::new(cell.text.clone(), cell.span))
        };
        let rows: Vec<TableRow<String>> = table
            .rows
            .iter()
            .map(|row| TableRow {
                span: row.iter().find(|cell| !cell.span.is_empty()).map_or(table.span, |cell| cell.span),
                number: located(row, columns.number),
                template: row.get(columns.template).and_then(|cell| self.linked_template(id, page, cell)),
                name: located(row, columns.name),
            })
            .collect();
        let steps = &entry.playbook.steps;
        let drift = compare_table(&rows, &entry.playbook, |step| {
            let index = steps.iter().position(|own| std::ptr::eq(own, step))?;
            self.template_key(&entry.templates[index].as_ref()?.target)
        });
        let kind = Copied::Table(entry, index, columns.number.or(columns.name)?);
        let span = table.header.first()?.span;
        Some(HandWritten { kind, span, replaceable: table.replaceable, drift })
    }

    /// The template that a cell links, at the link's destination.
    fn linked_template(&self, id: PageId, page: &Page, cell: &Cell) -> Option<Located<String>> {
        let link = cell.links.start as usize;
        if cell.links.is_empty() {
            return None;
        }
        let target = &self.links(id)[link].target;
        Some(Located::new(self.template_key(target)?, page.links[link].span))
    }

    /// What a template is known by, however it is written: its path in the published tree, or in the repository.
    fn template_key(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(id, _) => Some(self.page(*id).mounted.to_string()),
            Target::Asset(id, _) => Some(self.asset(*id).source.to_string()),
            Target::Repository { path, .. } => Some(path.to_string()),
            Target::External(_) | Target::Open | Target::Nowhere => None,
        }
    }

    /// A table that lists playbooks with numbers.
    fn overview(&self, table: &Table) -> Option<HandWritten<'_>> {
        let overview = counted(table)?;
        let playbooks: Vec<&Playbook> = self.playbooks.iter().map(|entry| &*entry.playbook).collect();
        let drift = compare_overview(&overview, &playbooks)?;
        Some(HandWritten { kind: Copied::Overview, span: overview.span, replaceable: table.replaceable, drift })
    }
}

/// Which columns of a table a step table has.
struct StepColumns {
    number: Option<usize>,
    template: usize,
    name: Option<usize>,
}

fn step_columns(table: &Table) -> Option<StepColumns> {
    let head = |wanted: &[&str]| {
        table.header.iter().position(|cell| {
            let head = cell.text.to_lowercase();
            wanted.iter().any(|word| head == *word || (word.len() > 4 && head.contains(word)))
        })
    };
    let template = head(&["template", "document"])?;
    let step = head(&["#", "no", "no.", "nr", "step"])?;
    let is_number = |row: &Vec<Cell>| row.get(step).is_some_and(|cell| cell.text.trim().parse::<usize>().is_ok());
    let numbered = table.rows.iter().any(is_number);
    let name = if numbered { head(&["name", "step name"]) } else { Some(step) };
    Some(StepColumns { number: numbered.then_some(step), template, name })
}

/// The first column of an overview names playbooks, another counts.
fn counted(table: &Table) -> Option<Overview> {
    let (column, counted) = table
        .header
        .iter()
        .enumerate()
        .skip(1)
        .find_map(|(column, cell)| Some((column, Counted::of_column(&cell.text)?)))?;
    let head = table.header.first()?;
    let row = |row: &Vec<Cell>| {
        let name = row.first()?;
        let count = row.get(column).map(|cell| Located::new(cell.text.clone(), cell.span));
        Some(OverviewRow { playbook: Located::new(name.text.clone(), name.span), count })
    };
    Some(Overview { span: head.span, counted, rows: table.rows.iter().filter_map(row).collect() })
}
