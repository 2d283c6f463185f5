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

/// The text that an escaped one stands for.
#[must_use]
pub fn unescaped(html: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    // The ampersand last: what it begins was text.
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    Cow::Owned(signs.iter().fold(html.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign)))
}

/// Takes back an attribute whose value was about to be written: `html` ends with ` href="` and perhaps a part of the
/// value. What is left of the value behind belongs to it, up to and with its quote.
pub fn take_back_attribute(html: &mut String) {
    let value = html.rfind("=\"").unwrap_or(html.len());
    let is_border = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'');
    let name = html[..value].rfind(is_border).map_or(value, |at| at + 1);
    let end = html[..name].trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
    html.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::{escape_text, escaped, take_back_attribute, unescaped};

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
    fn quotes_stay_between_tags() {
        let mut html = String::from("<p>");
        escape_text(&mut html, "\"a\" < b");
        assert_eq!(html, "<p>\"a\" &lt; b");
    }
}
