//! Links the labels of hand-written strips and step tables to the steps of their playbook.

use super::href::{step_target, to_page};
use crate::html::escaped;
use crate::markdown::{Document, Table};
use crate::site::{CopySource, PageId, Site, SitePlaybook};
use crate::source::Part as _;
use crate::url::Href;

/// HTML that goes right before this byte of a document's.
pub(super) type Insertion = (usize, String);

/// Links around what names a step, sorted by position. A label that is a link already, or that is not written as it
/// reads, stays as it is.
pub(super) fn links(site: &Site, id: PageId, document: &Document) -> Vec<Insertion> {
    let mut links = Vec::new();
    // A strip that drifted would link its labels to the wrong steps.
    for copy in site.hand_written(id).iter().filter(|copy| copy.drift.is_empty() && copy.is_certain) {
        match &copy.kind {
            CopySource::Strip(entry, steps) => {
                let hrefs = (0..steps.len()).map(|step| step_target(site, id, entry, step));
                links.extend(in_strip(document, steps, hrefs));
            }
            CopySource::Playbooks(steps) => {
                let hrefs = steps.iter().map(|(entry, _)| to_page(site, id, entry.page));
                let steps: Vec<usize> = steps.iter().map(|(_, element)| *element).collect();
                links.extend(in_strip(document, &steps, hrefs));
            }
            CopySource::Table(entry, table, column) => {
                links.extend(in_table(site, id, document, entry, *table, *column));
            }
            CopySource::Overview | CopySource::Lost => {}
        }
    }
    // Strips and tables were collected one after the other, but the page is written from top to bottom.
    links.sort();
    links
}

/// The links in a strip: around the text of each of these elements.
fn in_strip(document: &Document, steps: &[usize], hrefs: impl Iterator<Item = Href>) -> Vec<Insertion> {
    let places = labels(document, steps);
    let link = |((element, place), href): ((&usize, Option<usize>), Href)| {
        around(&document.html, place?, &document.elements.get(*element)?.text, &href)
    };
    steps.iter().zip(places).zip(hrefs).filter_map(link).flatten().collect()
}

/// Where the content of each of these elements begins. Raw HTML is in the document as it was written, so the elements
/// are its tags with that class, one by one.
fn labels(document: &Document, wanted: &[usize]) -> Vec<Option<usize>> {
    // All elements of the class are counted, also those of other copies, so that the n-th here is the n-th in the
    // HTML.
    let is_step = |class: &String| class == "playbook-step";
    let mut at = 0;
    let mut places = Vec::new();
    for (index, element) in document.elements.iter().enumerate() {
        if !element.classes.iter().any(is_step) {
            continue;
        }
        let place = next_step(&document.html, at);
        at = place.unwrap_or(document.html.len());
        if wanted.contains(&index) {
            places.push(place);
        }
    }
    places
}

/// Where the content of the next element with the class of a step begins.
fn next_step(html: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += html.part(at..).find("playbook-step")?;
        let open = html.part(..at).rfind('<')?;
        let end = at + html.part(at..).find('>')? + 1;
        // `playbook-step` may also be part of the text, or the value of another attribute.
        if !html.part(open..at).contains('>') && html.part(open..at).contains("class") {
            return Some(end);
        }
        at += "playbook-step".len();
    }
}

/// The links in the rows of a step table.
fn in_table(
    site: &Site,
    id: PageId,
    document: &Document,
    entry: &SitePlaybook,
    table: usize,
    column: usize,
) -> Vec<Insertion> {
    let Some(Table { rows, .. }) = document.tables.get(table) else { return Vec::new() };
    // Only the writer makes this `div`: a raw HTML table is not counted, as it is not in `tables`.
    let starts = document.html.match_indices("<div class=\"table\" tabindex").map(|(at, _)| at);
    let Some(start) = starts.into_iter().nth(table) else { return Vec::new() };
    let body = start + document.html.part(start..).find("<tbody>").unwrap_or_default();
    let end = body + document.html.part(body..).find("</table>").unwrap_or_default();
    let lines = document.html.part(body..end).match_indices("<tr>").map(|(at, _)| body + at);
    let link = |((step, row), line): ((usize, &Vec<crate::markdown::TableCell>), usize)| {
        let cell = row.get(column).filter(|cell| cell.links.is_empty())?;
        let (open, _) = document.html.part(line..end).match_indices("<td").nth(column)?;
        let inside = line + open + document.html.part(line + open..end).find('>')? + 1;
        around(&document.html, inside, &cell.text, &site.step_href(id, entry, step))
    };
    rows.iter().enumerate().zip(lines).filter_map(link).flatten().collect()
}

/// A link around a text at this position, if only spaces are around it.
fn around(html: &str, at: usize, text: &str, href: &Href) -> Option<[Insertion; 2]> {
    let content = html.part(at..at + html.part(at..).find('<')?);
    let text = text.trim();
    // HTML has no links inside links: browsers would end the outer one.
    let tag = |name: &str| html.part(..at).rfind(name).map_or(0, |at| at + 1);
    if tag("<a ").max(tag("<a\n")) > tag("</a>") {
        return None;
    }
    // `<b>Sign</b>` does not begin with its text: a link around less than the label would break its markup.
    if text.is_empty() || content.trim() != escaped(text) && content.trim() != text {
        return None;
    }
    let start = at + (content.len() - content.trim_start().len());
    let end = start + content.trim().len();
    Some([(start, format!("<a href=\"{href}\">")), (end, "</a>".to_owned())])
}
