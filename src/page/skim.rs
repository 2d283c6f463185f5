//! Reads a page's front matter and title without compiling it, for the navigation of a preview.
//!
//! A title with markup in it may read differently once it is compiled.

use super::Page;
use super::front_matter;
use crate::source::{Part as _, SourceId};

/// Reads a file's front matter and its first heading.
#[must_use]
pub fn skim(text: &str, source: SourceId) -> Page {
    let front_matter::Front { matter: front, body, .. } = front_matter::read(text, source);
    let title = front.own_title().or_else(|| first_heading(text.part(body.range())));
    Page::untexted(source, front, title)
}

/// The text of the first heading of the first level, without what marks it as one.
fn first_heading(body: &str) -> Option<String> {
    // Lines instead of a parser, because a preview skims thousands of pages before it shows the first. Fences are
    // followed, since `# comment` in a shell script is not a heading.
    let mut fence = None;
    for line in body.lines() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                if let Some(title) = line.strip_prefix("# ") {
                    let title = title.split(" {#").next().unwrap_or_default().trim_end_matches('#').trim();
                    return Some(title.replace(['`', '*'], ""));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_that_of_the_front_matter_or_of_the_first_heading() {
        let title = |text: &str| skim(text, SourceId::new(0)).title;
        assert_eq!(title("---\ntitle: NDA\n---\n# Other\n").as_deref(), Some("NDA"));
        assert_eq!(title("```sh\n# no heading\n```\n\n# The `NDA` {#nda}\n").as_deref(), Some("The NDA"));
        assert_eq!(title("text\n"), None);
    }
}
