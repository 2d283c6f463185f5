//! Encodes values that are inserted into URLs: `mailto:{{ mail }}`.
//! In: a value, and the part of the URL before it. Out: the encoded value.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Characters that have no meaning in any part of a URL.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!');
/// Characters that are allowed in a path, a host or an email address.
const PATH: &AsciiSet =
    &PLAIN.remove(b':').remove(b'/').remove(b'@').remove(b'$').remove(b'&').remove(b'+').remove(b',').remove(b'=');
/// Characters that are allowed in a whole URL. Existing percent-encoding is kept.
const WHOLE: &AsciiSet = &PATH.remove(b'?').remove(b'#').remove(b'%');

/// The part of a URL that a value is in.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AddressPart {
    /// The start: the value can be a whole URL.
    Start,
    /// The host, the path or the name of a mailbox.
    Path,
    /// The query or the fragment.
    Query,
}

impl AddressPart {
    /// The part that follows `before`.
    #[must_use]
    pub fn after(before: &str) -> Self {
        if before.trim().is_empty() {
            Self::Start
        } else if before.contains(['?', '#']) {
            Self::Query
        } else {
            Self::Path
        }
    }

    /// Encodes a value for this part, so that it can't become another part.
    #[must_use]
    pub fn encoded(self, value: &str) -> String {
        // In a path `/` and `&` stay: a value may be several folders. In a query `&` would begin another parameter, and `+`
        // would be a space.
        let keep = match self {
            Self::Start => WHOLE,
            Self::Path => PATH,
            Self::Query => PLAIN,
        };
        utf8_percent_encode(value.trim(), keep).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_no_other_part_of_an_address_than_its_own() {
        let put = |before: &str, value: &str| format!("{before}{}", AddressPart::after(before).encoded(value));
        assert_eq!(put("", "https://a.example/b?c=d&e#f"), "https://a.example/b?c=d&e#f");
        assert_eq!(put("mailto:", " lee@a.example?cc=x "), "mailto:lee@a.example%3Fcc=x");
        assert_eq!(put("https://a.example/?q=", "R&D + more"), "https://a.example/?q=R%26D%20%2B%20more");
        assert_eq!(put("https://a.example/", "b/c (d)"), "https://a.example/b/c%20%28d%29");
        assert_eq!(put("", "a\" onclick=\"b<>"), "a%22%20onclick=%22b%3C%3E");
    }
}
