//! Anchors in pages of other sites: whether a browser would find the fragment of a URL there.

use percent_encoding::percent_decode_str;

use crate::html::decode_attribute;
use crate::html::tokenizer::{Markup, Token, Tokens};
use crate::source::Part as _;

/// Whether a page has this fragment. Fragments that need no id count as found: the top of the page, text fragments, and
/// what a script of the page interprets.
pub(super) fn has(html: &str, fragment: &str) -> bool {
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    let is_for_browsers = decoded.is_empty() || decoded == "top" || decoded.starts_with(":~:");
    // Single-page applications and line numbers of code hosts: `#/path`, `#!x`, `#L12`.
    let is_for_scripts = decoded.starts_with(['/', '!']) || decoded.contains('=') || is_line(&decoded);
    // GitHub puts this in front of the ids in what its users write, and has a script look for them.
    let is_it = |id: &str| id.strip_prefix("user-content-").unwrap_or(id) == decoded || id == decoded;
    is_for_browsers || is_for_scripts || has_element(html, is_it)
}

fn is_line(fragment: &str) -> bool {
    fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether an element of a page is known by such a name. What comments and scripts hold counts as well: scripts put it
/// into the page, and one place too many is harmless, while one too few is a false alarm.
fn has_element(html: &str, is_it: impl Fn(&str) -> bool) -> bool {
    let is_named = |markup: &Markup<'_>| match markup {
        Markup::StartTag(tag) => tag
            .attributes()
            .any(|attribute| matches!(&*attribute.name, "id" | "name") && is_it(&decode_attribute(attribute.value))),
        Markup::EndTag(_) | Markup::Comment(_) | Markup::UnclosedComment(_) | Markup::UnclosedTag(_) => false,
    };
    // One level deep and no deeper: the page is a stranger's, and comments can be piled up without end.
    let is_inside = |hidden| {
        let mut tokens = Tokens::of(html.part(hidden));
        tokens.any(|token| matches!(token, Token::Markup(markup) if is_named(&markup)))
    };
    Tokens::of(html).any(|token| match token {
        Token::Text(_) => false,
        Token::RawText(span) => is_inside(span),
        // Without its first sign, or it would be read as a comment again.
        Token::Markup(Markup::Comment(span) | Markup::UnclosedComment(span)) => is_inside(span.start + 1..span.end),
        Token::Markup(markup) => is_named(&markup),
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

    #[test]
    fn what_scripts_and_comments_hold_counts_and_what_is_only_text_does_not() {
        let html = "<P\tID=a>b id=c <p title='d id=e'><script>'<i id=f>'</script><!-- <i id=g> --><template><i id=h>";
        for fragment in ["a", "f", "g", "h"] {
            assert!(has(html, fragment), "{fragment}");
        }
        for fragment in ["c", "e", "user-content-a"] {
            assert!(!has(html, fragment), "{fragment}");
        }
        assert!(!has(&"<!--".repeat(100_000), "a"));
    }
}
