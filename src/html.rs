//! Text as HTML: the signs of markup escaped.
//! In: text. Out: the same text, safe between tags or in an attribute's double quotes.
//! Never knows: what the HTML says, or which element it stands in.

pub mod tags;

use std::borrow::Cow;

/// Adds text that stands between tags.
pub fn escape_text(html: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'&', text.as_bytes()) {
        html.push_str(&text[done..at]);
        html.push_str(match text.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        done = at + 1;
    }
    html.push_str(&text[done..]);
}

/// Adds the value of an attribute in double quotes.
pub fn escape_attribute(html: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'"', text.as_bytes()) {
        escape_text(html, &text[done..at]);
        html.push_str("&quot;");
        done = at + 1;
    }
    escape_text(html, &text[done..]);
}

/// A text that may stand in either place.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_attribute(&mut html, text);
    html
}

/// The value that an attribute is written for: every entity that HTML has, as a browser reads it.
#[must_use]
pub fn unescaped(attribute: &str) -> Cow<'_, str> {
    htmlize::unescape_attribute(attribute)
}

/// The text that stands between tags. Not the same as in an attribute, where `&copy=1` is part of an address.
#[must_use]
pub fn unescaped_text(html: &str) -> Cow<'_, str> {
    htmlize::unescape(html)
}

#[cfg(test)]
mod tests {
    use super::{escape_text, escaped, unescaped, unescaped_text};

    #[test]
    fn every_sign_of_markup_is_escaped_and_nothing_else() {
        assert_eq!(escaped("Q&A <Customer> \"Zoë\" 'x'"), "Q&amp;A &lt;Customer&gt; &quot;Zoë&quot; 'x'");
        assert_eq!(escaped(""), "");
        assert_eq!(unescaped(&escaped("a &lt; \"b\"")), "a &lt; \"b\"");
    }

    #[test]
    fn entities_are_read_as_browsers_do() {
        assert_eq!(unescaped("caf&eacute;/ caf&#233;/ caf&#xE9;/ caf&eacute/"), "café/ café/ café/ café/");
        assert_eq!(unescaped("a?b=1&amp;c=&#50;&unknown;&copy=3&"), "a?b=1&c=2&unknown;&copy=3&");
        assert_eq!(unescaped_text("R&ampD &copy=3"), "R&D ©=3");
    }

    #[test]
    fn quotes_stay_between_tags() {
        let mut html = String::from("<p>");
        escape_text(&mut html, "\"a\" < b");
        assert_eq!(html, "<p>\"a\" &lt; b");
    }
}
