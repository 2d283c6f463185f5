//! Bare web addresses in text: how far the one at a place goes.

use crate::source::Part as _;

/// Length of the address at the start of `text`, which `before` precedes, as GitHub finds them: a scheme or `www.`
/// at the start of a word, up to a space or `<`, without the punctuation that ends a sentence.
pub(super) fn bare_address(before: &str, text: &str) -> Option<usize> {
    let scheme = ["https://", "http://", "www."].iter().find(|scheme| text.starts_with(**scheme))?;
    let starts_word = !before.ends_with(|before: char| before.is_alphanumeric() || before == '/');
    if !starts_word || !text.part(scheme.len()..).starts_with(char::is_alphanumeric) {
        return None;
    }
    let length = address_length(text);
    // `www.` and a word make no address.
    (*scheme != "www." || text.part("www.".len()..length).contains('.')).then_some(length)
}

/// How far the address at the start of a text goes.
fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '`' | '"')).unwrap_or(text.len());
    let mut address = text.part(..end);
    let open = address.matches('(').count();
    let mut close = address.matches(')').count();
    loop {
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';', ']']);
        if trimmed.len() < address.len() {
            address = trimmed;
        } else if address.ends_with(')') && close > open {
            // A parenthesis around the address is not a part of it.
            address = address.part(..address.len() - 1);
            close -= 1;
        } else {
            return address.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<&str> {
        bare_address("", text).map(|length| &text[..length])
    }

    #[test]
    fn addresses_end_where_sentences_go_on() {
        assert_eq!(address("https://acme.example/a_b?x=1, then"), Some("https://acme.example/a_b?x=1"));
        assert_eq!(address("www.acme.example/a_(b))."), Some("www.acme.example/a_(b)"));
        for text in ["what", "www. a", "https:// a", "www.acme"] {
            assert_eq!(address(text), None, "{text}");
        }
        assert_eq!(bare_address("x", "http://a"), None);
    }
}
