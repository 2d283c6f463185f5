//! Anchors in pages of other sites.
//! In: HTML, and the fragment of a URL. Out: whether a browser would find it.

use crate::html::unescaped;
use crate::source::Part as _;

use percent_encoding::percent_decode_str;

/// Whether a page has this fragment. Fragments that need no id count as found: the top of the page, text fragments, and
/// what a script of the page interprets.
pub(super) fn has(html: &str, fragment: &str) -> bool {
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    let is_for_browsers = decoded.is_empty() || decoded == "top" || decoded.starts_with(":~:");
    // Single-page applications and line numbers of code hosts: `#/path`, `#!x`, `#L12`.
    let is_for_scripts = decoded.starts_with(['/', '!']) || decoded.contains('=') || is_line(&decoded);
    is_for_browsers || is_for_scripts || ids(html).any(|id| id == decoded || id == format!("user-content-{decoded}"))
}

fn is_line(fragment: &str) -> bool {
    fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The values of all `id` and `name` attributes, approximately: too many are harmless, too few would be a false alarm.
fn ids(html: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    // By text and not by a parser: pages of others are broken in every way, and a browser finds the id all the same.
    let marks = [" id=", " name=", "\nid=", "\tid="].into_iter().flat_map(move |mark| html.match_indices(mark));
    marks.filter_map(move |(at, mark)| {
        let rest = html.part(at + mark.len()..);
        let value = match rest.chars().next()? {
            quote @ ('"' | '\'') => rest.split(quote).nth(1)?,
            _ => rest.split([' ', '>', '\t', '\n', '\r']).next()?,
        };
        Some(unescaped(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_however_they_are_written() {
        let html = "<h2 class=a id=\"a&amp;b\"><a name='old'></a><p id=plain>x<i id='user-content-api'>";
        for fragment in ["a&b", "a%26b", "old", "plain", "api", "", "top", ":~:text=x", "/route", "L12"] {
            assert!(has(html, fragment), "{fragment}");
        }
        assert!(!has(html, "gone"));
    }
}
