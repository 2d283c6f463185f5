//! Comments that a text has for programs: in HTML, in Mermaid, as a definition that nothing refers to.

use std::ops::Range;

use memchr::memmem;

use super::verbatim::{Verbatim, VerbatimKind};
use crate::markdown::Options;
use crate::markdown::write::embed::is_diagram;
use crate::source::Part as _;

/// A comment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// All of it: from `<!--` to `-->`, from `%%` to the end of its line.
    pub range: Range<usize>,
    /// Its language.
    pub kind: CommentKind,
}

/// The language of a comment.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum CommentKind {
    /// `<!-- … -->` in the text.
    Html,
    /// `%% …` in a Mermaid diagram.
    Mermaid,
    /// `[//]: # (…)`: a definition that nothing refers to, as some write a comment.
    Definition,
}

/// The comments whose text begins with `name`, in order; what is shown as code is none.
#[must_use]
pub fn comments(text: &str, name: &str, options: &Options) -> Vec<Comment> {
    let mut places = memmem::find_iter(text.as_bytes(), name).peekable();
    if places.peek().is_none() {
        return Vec::new();
    }
    // Only for a text that holds the name: this parses all of it.
    let verbatim = Verbatim::of(text, options);
    places.filter_map(|place| comment_at(text, place, &verbatim)).collect()
}

/// The comment that begins right before a place.
fn comment_at(text: &str, place: usize, verbatim: &Verbatim) -> Option<Comment> {
    let before = text.part(..place).trim_end_matches([' ', '\t']);
    let Some((stretch, kind)) = verbatim.around(place) else { return definition_at(text, place) };
    match kind {
        VerbatimKind::Comment => {
            // `<!---` opens a comment as well.
            let start = before.trim_end().trim_end_matches('-').strip_suffix("<!")?.len();
            let end = place + text.part(place..).find("-->")? + 3;
            Some(Comment { range: start..end, kind: CommentKind::Html })
        }
        VerbatimKind::Block => {
            let opening = text.part(stretch).lines().next()?.trim_start_matches([' ', '>']);
            let info = opening.trim_start_matches(['`', '~']).split_whitespace().next();
            let start = before.strip_suffix("%%")?.len();
            let end = text.part(place..).find('\n').map_or(text.len(), |end| place + end);
            info.is_some_and(is_diagram).then_some(Comment { range: start..end, kind: CommentKind::Mermaid })
        }
        // In a line of code, a comment is what is shown.
        VerbatimKind::CodeSpan => None,
    }
}

/// The definition whose title begins at a place, when its label says that it is a comment.
fn definition_at(text: &str, place: usize) -> Option<Comment> {
    let line = text.part(..place).rfind('\n').map_or(0, |at| at + 1);
    let before = text.part(line..place);
    let opened = before.trim_start_matches([' ', '>']);
    let start = line + before.len() - opened.len();
    let (label, rest) = opened.strip_prefix('[')?.split_once("]:")?;
    // Python-Markdown's and kramdown's ways to hide a line from readers.
    let is_comment = ["//", "comment", "_", "#"].contains(&label);
    let is_title = matches!(rest.trim().strip_prefix(['#', '<'])?.trim_start_matches([' ', '>']), "(" | "\"" | "'");
    let end = start + text.part(start..).find('\n').unwrap_or(text.len() - start);
    let range = start..start + text.part(start..end).trim_end().len();
    (is_comment && is_title).then_some(Comment { range, kind: CommentKind::Definition })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_in_texts_and_diagrams_and_not_in_code() {
        let text = "<!-- tool: a -->\n`<!-- tool: b -->` and <!-- tool: c --> here\n\n\
                    ```mermaid\nflowchart LR\n  %% tool: d\n```\n\n```md\n<!-- tool: e -->\n%% tool: f\n```\n\
                    !!! note\n    <!-- tool: g -->\n    See.\n\n<!--\ntool: h\n-->\n\n<!--- tool: i --->\n\n\
                    [//]: # (tool: j)\n\n[comment]: <> \"tool: k\"\n\n[a]: # (tool: l)\n";
        let found = comments(text, "tool:", &Options::default());
        let found: Vec<&str> = found.iter().map(|comment| &text[comment.range.clone()]).collect();
        let in_html = ["<!-- tool: g -->", "<!--\ntool: h\n-->", "<!--- tool: i --->"];
        let defined = ["[//]: # (tool: j)", "[comment]: <> \"tool: k\""];
        assert_eq!(found[..3], ["<!-- tool: a -->", "<!-- tool: c -->", "%% tool: d"]);
        assert_eq!(found[3..], [&in_html[..], &defined].concat());
    }
}
