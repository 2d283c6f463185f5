//! The place of the list of all tags: `[TAGS]`, as pages have it that were written for another tool.
//! In: compiled HTML. Out: the HTML with a hole for each.
//! Never knows: tags.

use memchr::memmem;

use super::document::{Document, Hole, HoleContent};

/// The marker as a paragraph of its own, and in its newer form.
const MARKERS: [&str; 2] = ["<p>[TAGS]</p>", "<!-- material/tags -->"];

/// Opens a hole for each marker in the HTML of a text.
pub(super) fn open(document: &mut Document, text: &str) {
    if ["TAGS]", "material/tags"].iter().all(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_none()) {
        return;
    }
    for marker in MARKERS {
        let mut from = 0;
        while let Some(at) = document.html[from..].find(marker).map(|at| from + at) {
            document.html.replace_range(at..at + marker.len(), "");
            let after = document.holes.partition_point(|hole| hole.at <= at);
            for hole in &mut document.holes[after..] {
                hole.at = hole.at.saturating_sub(marker.len()).max(at);
            }
            document.holes.insert(after, Hole { at, content: HoleContent::Tags });
            from = at;
        }
    }
}
