//! Hand-written copies of playbooks on pages: strips, step tables and overviews.
//! In: a page's raw HTML and tables, and the headings above them. Out: what `playbook::drift` finds in them.
//! Never knows: how copies are compared.

use crate::diagnostic::Findings;
use crate::markdown::{Cell, Element, Table};
use crate::page::Page;
use crate::playbook::Playbook;
use crate::playbook::drift::{
    Counted, Overview, OverviewRow, TableRow, compare_overview, compare_strip, compare_table,
};
use crate::site::{PageId, Site, SitePlaybook, Target};
use crate::text::{Located, Span};

/// Holds the copies on a page against the playbooks.
pub fn check(site: &Site, id: PageId, found: &mut Findings) {
    let Some(page) = site.page(id).markdown() else { return };
    if site.playbooks.is_empty() {
        return;
    }
    strips(site, page, found);
    for table in &page.document.tables {
        if let Some(entry) = playbook_above(site, page, table.span) {
            found.extend(step_table(site, id, (page, table), entry));
        } else if let Some(overview) = overview(table) {
            let playbooks: Vec<&Playbook> = site.playbooks.iter().map(|entry| &*entry.playbook).collect();
            found.extend(compare_overview(&overview, &playbooks));
        }
    }
}

/// The playbook that the headings above a place name, the nearest first. What a broken file still says of a playbook
/// is no measure for others.
fn playbook_above<'a>(site: &'a Site, page: &Page, place: Span) -> Option<&'a SitePlaybook> {
    let above = page.document.headings.iter().rev();
    let mut level = 7;
    for heading in above.filter(|heading| heading.span.source == place.source && heading.span.start < place.start) {
        if heading.level >= level {
            continue;
        }
        level = heading.level;
        let named = site.playbook_named(&heading.text);
        if named.is_some() {
            return named.filter(|entry| entry.is_whole);
        }
    }
    let own = page.front.playbook.as_ref()?;
    site.playbooks.iter().find(|entry| entry.playbook.id == own.value && entry.is_whole)
}

fn strips(site: &Site, page: &Page, found: &mut Findings) {
    let elements = &page.document.elements;
    let has_class = |element: &Element, wanted: &str| element.classes.iter().any(|class| class == wanted);
    for (index, strip) in (0u32..).zip(elements).filter(|(_, element)| has_class(element, "playbook-flow")) {
        let inside = elements.iter().filter(|element| element.parent == Some(index));
        let labels: Vec<Located<String>> = inside
            .filter(|element| has_class(element, "playbook-step"))
            .map(|element| Located::new(element.text.clone(), element.span))
            .collect();
        if let (false, Some(entry)) = (labels.is_empty(), playbook_above(site, page, strip.span)) {
            found.extend(compare_strip(&labels, &entry.playbook));
        }
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

fn step_table(site: &Site, id: PageId, (page, table): (&Page, &Table), entry: &SitePlaybook) -> Findings {
    let Some(columns) = step_columns(table) else { return Findings::new() };
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
            template: row.get(columns.template).and_then(|cell| template(site, id, page, cell)),
            name: located(row, columns.name),
        })
        .collect();
    let steps = &entry.playbook.steps;
    compare_table(&rows, &entry.playbook, |step| {
        let index = steps.iter().position(|own| std::ptr::eq(own, step))?;
        key(site, &entry.templates[index].as_ref()?.target)
    })
}

/// The template that a cell links, at the link's destination.
fn template(site: &Site, id: PageId, page: &Page, cell: &Cell) -> Option<Located<String>> {
    let link = cell.links.start as usize;
    if cell.links.is_empty() {
        return None;
    }
    let target = &site.links(id)[link].target;
    Some(Located::new(key(site, target)?, page.links[link].span))
}

/// What a template is known by, however it is written: its path in the published tree, or in the repository.
fn key(site: &Site, target: &Target) -> Option<String> {
    match target {
        Target::Page(id, _) => Some(site.page(*id).mounted.to_string()),
        Target::Asset(id, _) => Some(site.asset(*id).source.to_string()),
        Target::Repository { path, .. } => Some(path.to_string()),
        Target::External(_) | Target::Nowhere => None,
    }
}

/// A table that lists playbooks with numbers: its first column names them, another counts.
fn overview(table: &Table) -> Option<Overview> {
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
