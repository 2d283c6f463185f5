//! The maps of one Markdown file, without a project.
//! In: the file's text. Out: its maps as SVG files, drawn as its page would draw them: with their tables.
//! Never knows: other pages, so links stay as they are written.

use crate::check::link::unsafe_scheme;
use crate::diagnostic::Parsed;
use crate::map::RULES;
use crate::map::svg::standalone;
use crate::markdown::{NoContext, Options};
use crate::page::{Page, PageMap, compile};
use crate::source::SourceId;
use crate::url::{Href, Schemes};

/// Draws every map of a Markdown file. Findings are those about maps: what else is wrong with the file takes its
/// project to judge.
#[must_use]
pub fn drawings(text: &str, source: SourceId) -> Parsed<Vec<String>> {
    let Parsed { value: page, mut found } = compile(text, source, &Options::default(), &NoContext);
    // A broken link of the page is no fault of its map, and without the project nobody can say whether it is broken.
    found.retain(|finding| RULES.iter().any(|rule| rule.code == finding.rule.code));
    // On a page, the check of links says this of all links; here nothing else looks at where nodes lead.
    let drawn = page.maps.iter().flat_map(|map| map.links.iter().flatten()).filter_map(|link| {
        let link = page.links.get(*link as usize)?;
        Some(unsafe_scheme::finding(&link.destination, link.span, &Schemes::default().refusal(&link.destination)?))
    });
    found.extend(drawn);
    Parsed { value: page.maps.iter().map(|map| drawing(&page, map)).collect(), found }
}

fn drawing(page: &Page, map: &PageMap) -> String {
    standalone(&map.graph, &map.layout, &map.details("map"), |node| {
        let written = &page.links.get(map.link(node)?)?.destination;
        Href::as_written(written, &Schemes::default()).map(|href| href.to_string())
    })
}
