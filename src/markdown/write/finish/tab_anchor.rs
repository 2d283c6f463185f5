//! Anchors of tabs, from their labels, where headings have them as `MkDocs` makes them: links lead to tabs there.

use std::collections::HashMap;

use crate::html::{decode_attribute, escape_attribute};
use crate::markdown::desugar::block::BlockKind;
use crate::markdown::desugar::rewritten::Block;
use crate::markdown::document::{Document, Hole};
use crate::source::{Located, Part as _, Span};
use crate::url::{Anchor, SlugStyle};

/// How the element of a tab begins that has no id of its own.
const OPENING: &str = "<section class=\"tab\" aria-label=\"";

/// Gives each tab of a document an id. Headings come first: no tab takes the id of one, wherever it is.
pub(crate) fn add(document: &mut Document, blocks: &[Block], style: SlugStyle) {
    let mut places = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Tab(_))).map(|block| block.span);
    let Some(first) = places.next().filter(|_| style != SlugStyle::Github) else { return };
    let mut places = std::iter::once(first).chain(places);
    let headings = document.headings.iter().map(|heading| &heading.id);
    let anchors = document.anchors.iter().map(|anchor| &anchor.value);
    let mut taken: HashMap<String, usize> = headings.chain(anchors).map(|id| (id.as_str().to_owned(), 1)).collect();
    let mut html = String::with_capacity(document.html.len());
    let mut holes = std::mem::take(&mut document.holes).into_iter().peekable();
    let mut moved = Vec::new();
    let mut done = 0;
    for (at, _) in document.html.match_indices(OPENING) {
        let (rest, place) = (document.html.part(at + OPENING.len()..), places.next().unwrap_or(first));
        let label = rest.split_once('"').map_or("", |(label, _)| label);
        let Some(id) = unique(&style.slug(&decode_attribute(label)), style, &mut taken) else { continue };
        // The id comes right behind the name of the tag.
        let name_end = at + "<section".len();
        while let Some(hole) = holes.next_if(|hole| hole.at < name_end) {
            moved.push(Hole { at: hole.at - done + html.len(), ..hole });
        }
        html.push_str(document.html.part(done..name_end));
        html.push_str(" id=\"");
        escape_attribute(&mut html, &id);
        html.push('"');
        done = name_end;
        document.anchors.push(anchor(&id, place));
    }
    moved.extend(holes.map(|hole| Hole { at: hole.at - done + html.len(), ..hole }));
    html.push_str(document.html.part(done..));
    (document.html, document.holes) = (html, moved);
}

fn anchor(id: &str, place: Span) -> Located<Anchor> {
    Located::new(Anchor::new(id), place)
}

/// An id that nothing has yet. Each that is taken knows the number to try next: a page may hold one label over and over.
fn unique(slug: &str, style: SlugStyle, taken: &mut HashMap<String, usize>) -> Option<String> {
    if slug.is_empty() {
        return None;
    }
    let mut id = slug.to_owned();
    while taken.contains_key(&id) {
        let next = taken.entry(slug.to_owned()).or_insert(1);
        id = style.numbered(slug, *next);
        *next += 1;
    }
    taken.insert(id.clone(), 1);
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{NoContext, Options, compile};
    use crate::source::SourceId;

    #[test]
    fn tabs_have_anchors_that_leave_those_of_headings_alone() {
        let text = "=== \"Sign *it*\"\n    [a](a.md)\n\n=== \"Terms & co\"\n    b\n\n## Sign it\n\n[c](c.md)\n\n\
                    === \"Terms & co\"\n    d\n";
        let options = Options { heading_ids: SlugStyle::Mkdocs, ..Options::default() };
        let span = Span::new(SourceId::new(0), 0..text.len());
        let document = compile(text, span, &options, &NoContext).value;
        let anchors: Vec<&str> = document.anchors.iter().map(|anchor| anchor.value.as_str()).collect();
        assert_eq!(anchors, ["sign-it_1", "terms-co", "terms-co_1"]);
        assert!(document.html.contains("<section id=\"terms-co\" class=\"tab\" aria-label=\"Terms &amp; co\">"));
        let before: Vec<&str> = document.holes.iter().map(|hole| &document.html[hole.at - 9..hole.at]).collect();
        assert_eq!(before, ["<a href=\"", "<a href=\""].map(|tag| &tag[tag.len() - 9..]));
        let github = compile(text, span, &Options::default(), &NoContext).value;
        assert!(github.anchors.is_empty());
    }
}
