//! Values that are put into addresses: `mailto:{{ mail }}`.
//! In: a value, and what of the address stands before it. Out: the value, encoded; and whether an address may be opened.
//! Never knows: where values come from.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Signs that mean nothing in any part of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!');
/// Those that may stand in a path, a host, or a mail address.
const PATH: &AsciiSet =
    &PLAIN.remove(b':').remove(b'/').remove(b'@').remove(b'$').remove(b'&').remove(b'+').remove(b',').remove(b'=');
/// Those of a whole address; what is encoded already stays as it is.
const WHOLE: &AsciiSet = &PATH.remove(b'?').remove(b'#').remove(b'%');

/// Schemes that a value may bring along. All others could run something in the page, or reach into the reader's own
/// machine.
const SCHEMES: [&str; 12] =
    ["http", "https", "mailto", "tel", "sms", "ftp", "sip", "sips", "xmpp", "geo", "webcal", "msteams"];
/// Schemes that run what stands in the address.
const RUNNING: [&str; 5] = ["javascript", "data", "vbscript", "blob", "filesystem"];

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
        let keep = match self {
            Self::Start => WHOLE,
            Self::Path => PATH,
            Self::Query => PLAIN,
        };
        utf8_percent_encode(value.trim(), keep).to_string()
    }
}

/// Whether an address may be opened after values were put into it. `fixed` is what its author wrote before the first
/// of them: a scheme in there is the author's.
#[must_use]
pub fn may_be_opened(address: &str, fixed: &str) -> bool {
    let Some(scheme) = scheme(address) else { return true };
    let is = |known: &&str| known.eq_ignore_ascii_case(scheme);
    let is_authored = fixed.len() > scheme.len();
    SCHEMES.iter().any(is) || (is_authored && !RUNNING.iter().any(is))
}

/// The scheme at the start of an address.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.trim_start().split_once(':')?;
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_scheme)).then_some(scheme)
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

    #[test]
    fn a_value_brings_no_scheme_that_runs_anything() {
        for address in
            ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "vbscript:x", "file:///etc", "foo:x"]
        {
            assert!(!may_be_opened(address, ""), "{address}");
        }
        for address in ["https://a.example", "mailto:a@b.example", "a/b.md", "../x", "//a.example", "#here", "a b:c"] {
            assert!(may_be_opened(address, ""), "{address}");
        }
        assert!(may_be_opened("slack:channel", "slack:") && !may_be_opened("javascript:x", "javascript:"));
        assert!(!may_be_opened("javascript:x", "java"), "a scheme that is written in part is the value's");
    }
}
