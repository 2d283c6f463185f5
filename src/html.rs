//! Text as HTML: the signs of markup escaped.
//! In: text. Out: the same text, safe between tags or in an attribute's double quotes.
//! Never knows: what the HTML says, or which element it stands in.

pub mod tags;

use std::borrow::Cow;

use crate::source::Part as _;

/// Adds text that stands between tags.
pub fn escape_text(html: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'&', text.as_bytes()) {
        html.push_str(text.part(done..at));
        html.push_str(match text.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        done = at + 1;
    }
    html.push_str(text.part(done..));
}

/// Adds the value of an attribute in double quotes.
pub fn escape_attribute(html: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'"', text.as_bytes()) {
        escape_text(html, text.part(done..at));
        html.push_str("&quot;");
        done = at + 1;
    }
    escape_text(html, text.part(done..));
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

/// Takes back an attribute whose value was about to be written: `html` ends with ` href="` and perhaps a part of the
/// value. What is left of the value behind belongs to it, up to and with its quote.
pub fn take_back_attribute(html: &mut String) {
    let value = html.rfind("=\"").unwrap_or(html.len());
    let is_border = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'');
    let name = html.part(..value).rfind(is_border).map_or(value, |at| at + 1);
    let end = html.part(..name).trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
    html.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::{escape_text, escaped, take_back_attribute, unescaped, unescaped_text};

    #[test]
    fn every_sign_of_markup_is_escaped_and_nothing_else() {
        assert_eq!(escaped("Q&A <Customer> \"Zoë\" 'x'"), "Q&amp;A &lt;Customer&gt; &quot;Zoë&quot; 'x'");
        assert_eq!(escaped(""), "");
        assert_eq!(unescaped(&escaped("a &lt; \"b\"")), "a &lt; \"b\"");
    }

    #[test]
    fn an_attribute_is_taken_back_with_its_name() {
        for (html, left) in [
            ("<a href=\"", "<a"),
            ("<a class=\"b c\" href=\"", "<a class=\"b c\""),
            ("<a class='b'href=\"", "<a class='b'"),
            ("<p>a = b</p><img\n  srcset=\"a.png 1x, ", "<p>a = b</p><img"),
        ] {
            let mut html = html.to_owned();
            take_back_attribute(&mut html);
            assert_eq!(html, left);
        }
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
