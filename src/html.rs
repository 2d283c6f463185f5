//! Text as HTML and back: characters that mean something in markup are escaped, entities are decoded. The modules below
//! read HTML as tokens and edit its tags.
//! In: text, or HTML. Out: the same text, safe between tags or in an attribute's double quotes; or HTML as text.
//! Never knows: what the HTML says, or which element it is in.

pub mod rewrite;
pub mod tokenizer;

use std::borrow::Cow;

use crate::source::Part as _;

/// What becomes of the HTML that authors write.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum RawHtmlPolicy {
    /// It is published.
    #[default]
    Allow,
    /// What formats and shows is published; what runs, submits, embeds or styles is not.
    Sanitize,
    /// Readers see it as text.
    Escape,
}

/// Adds text that stands between tags.
pub fn escape_text(html: &mut String, text: &str) {
    // Quotes stay as they are: between tags they mean nothing, and prose is full of them.
    let mut done = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'&', text.as_bytes()) {
        html.push_str(text.part(done..at));
        html.push_str(match text.part(at..=at) {
            "<" => "&lt;",
            ">" => "&gt;",
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
pub fn decode_attribute(attribute: &str) -> Cow<'_, str> {
    htmlize::unescape_attribute(attribute)
}

/// The text that stands between tags. Not the same as in an attribute, where `&copy=1` is part of an address.
#[must_use]
pub fn decode_text(html: &str) -> Cow<'_, str> {
    htmlize::unescape(html)
}

/// Takes back an attribute whose value was about to be written: `html` ends with ` href="` and perhaps a part of the
/// value. What is left of the value behind belongs to it, up to and with its quote.
pub fn take_back_attribute(html: &mut String) {
    // What was written of the value is escaped, so that the last `="` is that of the attribute.
    let value = html.rfind("=\"").unwrap_or(html.len());
    // `class="a"href="` needs no space between the two.
    let is_border = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'');
    let name = html.part(..value).rfind(is_border).map_or(value, |at| at + 1);
    let end = html.part(..name).trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
    html.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::{decode_attribute, decode_text, escape_text, escaped, take_back_attribute};

    #[test]
    fn every_sign_of_markup_is_escaped_and_nothing_else() {
        assert_eq!(escaped("Q&A <Customer> \"Zoë\" 'x'"), "Q&amp;A &lt;Customer&gt; &quot;Zoë&quot; 'x'");
        assert_eq!(escaped(""), "");
        assert_eq!(decode_attribute(&escaped("a &lt; \"b\"")), "a &lt; \"b\"");
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
        assert_eq!(decode_attribute("caf&eacute;/ caf&#233;/ caf&#xE9;/ caf&eacute/"), "café/ café/ café/ café/");
        assert_eq!(decode_attribute("a?b=1&amp;c=&#50;&unknown;&copy=3&"), "a?b=1&c=2&unknown;&copy=3&");
        assert_eq!(decode_text("R&ampD &copy=3"), "R&D ©=3");
    }

    #[test]
    fn quotes_stay_between_tags() {
        let mut html = String::from("<p>");
        escape_text(&mut html, "\"a\" < b");
        assert_eq!(html, "<p>\"a\" &lt; b");
    }
}
