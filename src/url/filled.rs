//! Values that are put into addresses, encoded for their place: `mailto:{{ mail }}`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Signs that mean nothing in any part of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!');
/// Those that may stand in a path, a host, or a mail address.
const PATH: &AsciiSet =
    &PLAIN.remove(b':').remove(b'/').remove(b'@').remove(b'$').remove(b'&').remove(b'+').remove(b',').remove(b'=');
/// Those of a whole address; what is encoded already stays as it is.
const WHOLE: &AsciiSet = &PATH.remove(b'?').remove(b'#').remove(b'%');

/// What part of an address a value is.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AddressPart {
    /// Its beginning: the value may be a whole address.
    Start,
    /// The host, the path, or the name of a mailbox.
    Path,
    /// The query or the fragment.
    Query,
}

impl AddressPart {
    /// The part that follows what stands `before` it.
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

    /// A value as this part: whatever is in it, it is no other part.
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
