//! The place of the list of all tags: `[TAGS]`, as Material's plugin has it.

use memchr::memmem;

use crate::markdown::document::{Document, Hole, HoleContent};
use crate::markdown::lines::{CodeFence, IndentedLine};
use crate::source::{Part as _, SourceMap, Span};

/// The marker as a paragraph of its own, and in its newer form.
const MARKERS: [&str; 2] = ["<p>[TAGS]</p>", "<!-- material/tags -->"];

/// Opens a hole for each marker in the HTML of a text.
pub(crate) fn open(document: &mut Document, text: &str, source_map: &SourceMap) {
    if ["TAGS]", "material/tags"].iter().all(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_none()) {
        return;
    }
    let markers = MARKERS.iter().flat_map(|marker| document.html.match_indices(marker));
    let mut places: Vec<(usize, usize)> = markers.map(|(at, marker)| (at, marker.len())).collect();
    // Collected marker by marker, but replaced in the order of the text.
    places.sort_unstable();
    if !places.is_empty() {
        document.tag_lists = asked(text, source_map);
    }
    let mut html = String::with_capacity(document.html.len());
    let mut holes = Vec::with_capacity(document.holes.len() + places.len());
    let mut before = std::mem::take(&mut document.holes).into_iter().peekable();
    let (mut done, mut cut) = (0, 0);
    for (at, length) in places {
        while let Some(hole) = before.next_if(|hole| hole.at <= at) {
            holes.push(Hole { at: hole.at - cut, ..hole });
        }
        html.push_str(document.html.part(done..at));
        holes.push(Hole { at: html.len(), content: HoleContent::Tags });
        (done, cut) = (at + length, cut + length);
    }
    html.push_str(document.html.part(done..));
    holes.extend(before.map(|hole| Hole { at: hole.at - cut, ..hole }));
    (document.html, document.holes) = (html, holes);
}

/// The lines outside code that hold a marker and nothing else.
fn asked(text: &str, source_map: &SourceMap) -> Vec<Span> {
    let mut fence: Option<CodeFence> = None;
    let mut found = Vec::new();
    for line in IndentedLine::all(text) {
        // In code, the marker is what is shown.
        match &fence {
            Some(open) if open.is_closed_by(line.body) => fence = None,
            Some(_) => continue,
            None => fence = CodeFence::opened_by(line.body),
        }
        let marker = line.body.trim_start_matches(['>', ' ']).trim_end();
        if marker == "[TAGS]" || MARKERS.contains(&marker) {
            let start = line.end - line.body.trim_start_matches(['>', ' ']).len();
            found.push(source_map.span(start..start + marker.len()));
        }
    }
    found
}
