//! `heading/duplicate-id`, as far as it takes the site to see it: an id that the site brings into a page is there already.
//! In: what stands in a page, and what directives and maps bring into it. Out: a finding at the second of two with one id.
//! Never knows: ids that an author gives twice; these are found while the page is read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::markdown::DUPLICATE_ID;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::source::Span;

/// How many ids of one block are named.
const MOST_NAMED: usize = 3;

/// Looks at the ids of a page.
pub fn check(site: &Site, id: PageId, found: &mut Diagnostics) {
    let Some(page) = site.page(id).markdown() else { return };
    let mut places = written(page);
    places.extend(
        site.places(id)
            .brought
            .iter()
            .filter_map(|brought| Some(PlacedId { id: brought.id.as_str(), span: brought.span?, by: By::Site })),
    );
    // In the order of the page's own text; what is taken from other files comes behind, in the order it was met.
    // Offsets of two files cannot be compared: an included text may have smaller ones and stand further down.
    let is_own = |place: &PlacedId<'_>| place.span.source == page.source;
    places.sort_by_key(|place| (!is_own(place), if is_own(place) { place.span.start } else { 0 }));
    let mut first: HashMap<&str, &PlacedId<'_>> = HashMap::new();
    let mut clashes: Vec<(&PlacedId<'_>, &PlacedId<'_>, Vec<&str>)> = Vec::new();
    for place in &places {
        let before = match first.entry(place.id) {
            Entry::Vacant(free) => {
                free.insert(place);
                continue;
            }
            Entry::Occupied(taken) => *taken.get(),
        };
        // Two that an author gave are found while the page is read.
        if (before.by, place.by) == (By::Author, By::Author) {
            continue;
        }
        // One block may bring many: that is one cause.
        match clashes.last_mut().filter(|(other, ..)| other.span == place.span) {
            Some((_, _, ids)) => ids.push(place.id),
            None => clashes.push((place, before, vec![place.id])),
        }
    }
    found.extend(clashes.into_iter().map(|(place, before, ids)| finding(place, before, &ids)));
}

/// An element with an id.
struct PlacedId<'a> {
    id: &'a str,
    span: Span,
    by: By,
}

/// Who gives an id.
#[derive(Copy, Clone, PartialEq, Eq)]
enum By {
    /// The author, who wrote it.
    Author,
    /// Nobody: it is made of the text of a heading.
    Text,
    /// The site, for what a block brings.
    Site,
}

fn written(page: &Page) -> Vec<PlacedId<'_>> {
    let headings = page.document.headings.iter().map(|heading| PlacedId {
        id: heading.id.as_str(),
        span: heading.id_span.unwrap_or(heading.span),
        by: if heading.id_span.is_some() { By::Author } else { By::Text },
    });
    let anchors = page.document.anchors.iter();
    headings.chain(anchors.map(|own| PlacedId { id: own.value.as_str(), span: own.span, by: By::Author })).collect()
}

fn finding(place: &PlacedId<'_>, before: &PlacedId<'_>, ids: &[&str]) -> Diagnostic {
    let message = if let [id] = ids {
        format!("the id `{id}` is used twice on this page")
    } else {
        let named: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| format!("`{id}`")).collect();
        let more = if ids.len() > MOST_NAMED { format!(" and {} more", ids.len() - MOST_NAMED) } else { String::new() };
        format!("the ids {}{more} are used twice on this page", named.join(", "))
    };
    let help = match (before.by, place.by) {
        (By::Site, By::Site) => "the same content is shown twice, and links go to the first: remove one of them",
        (By::Text, _) | (_, By::Text) => {
            "links go to the first one: give the heading a different id, such as `## Title {#other-id}`"
        }
        (By::Author, _) | (_, By::Author) => "links go to the first one: rename the explicit id",
    };
    DUPLICATE_ID.at(place.span, message).help(help).related(before.span, "first used here")
}
