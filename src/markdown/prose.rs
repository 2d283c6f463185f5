//! Text that readers see, outside code.
//! In: runs of text. Out: HTML, with bare web addresses as links.
//! Never knows: blocks.

use std::ops::Range;

use pulldown_cmark::Event;

use super::compile::UNDEFINED_FOOTNOTE;
use super::document::{HoleContent, LinkKind};
use super::writer::Writer;

impl Writer<'_> {
    /// Writes a text and those after it that continue it. The parser splits at every character that could have
    /// meant something; what looks at whole words needs them joined again.
    pub(super) fn text_run(&mut self, text: &str, range: &Range<usize>) {
        if range.start < self.skip {
            let start = self.skip.min(range.end);
            if start < range.end {
                self.joined_run(start..range.end);
            }
            return;
        }
        if !self.is_verbatim(text, range) {
            return self.say(text, range);
        }
        self.joined_run(range.clone());
    }

    fn joined_run(&mut self, range: Range<usize>) {
        let mut end = range.end;
        while let Some((Event::Text(next), place)) = self.input.events.get(self.at) {
            if place.start != end || !self.is_verbatim(next, place) {
                break;
            }
            end = place.end;
            self.at += 1;
        }
        self.prose(range.start..end);
    }

    fn is_verbatim(&self, text: &str, range: &Range<usize>) -> bool {
        self.input.text.get(range.clone()) == Some(text)
    }

    fn prose(&mut self, range: Range<usize>) {
        let source = self.input.text;
        self.report_leaked(range.clone());
        self.report_footnotes(range.clone());
        let mut done = range.start;
        if self.links.is_empty() {
            let mut from = range.start;
            while let Some(found) = bare_address(&source[range.start..range.end], from - range.start) {
                let place = range.start + found.start..range.start + found.end;
                self.say(&source[done..place.start], &(done..place.start));
                self.bare_link(&source[place.clone()], &place);
                done = place.end;
                from = place.end;
            }
        }
        if done < range.end {
            self.say(&source[done..range.end], &(done..range.end));
        }
    }

    /// Reports references to footnotes that nothing defines: the parser takes them for text.
    fn report_footnotes(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(found) = self.input.text[at..range.end].find("[^") {
            let start = at + found;
            at = start + 2;
            let label = &self.input.text[at..range.end];
            let length = label.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(label.len());
            let label = &label[..length];
            if length == 0 || !self.input.text[at + length..range.end].starts_with(']') {
                continue;
            }
            let message = format!("no footnote `{label}` is defined on this page");
            let span = self.span(start..at + length + 1);
            self.found.push(UNDEFINED_FOOTNOTE.at(span, message).help(format!("add a line `[^{label}]: …`")));
        }
    }

    fn bare_link(&mut self, address: &str, range: &Range<usize>) {
        let scheme = if address.starts_with("www.") { "https://" } else { "" };
        let index = self.add_link(LinkKind::Autolink, format!("{scheme}{address}"), range);
        address.clone_into(&mut self.document.links[index as usize].text);
        self.out.raw("<a href=\"");
        self.out.hole(HoleContent::Address(index));
        self.out.raw("\">");
        self.say(address, range);
        self.out.raw("</a>");
    }
}

/// The first bare web address at or after `from`, as GitHub finds them: a scheme or `www.` at the start of a word,
/// up to a blank or `<`, without the punctuation that ends a sentence.
fn bare_address(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let at = from + text[from..].find(['h', 'w'])?;
        let rest = &text[at..];
        let scheme = ["https://", "http://", "www."].iter().find(|scheme| rest.starts_with(**scheme));
        let starts_word = !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '/');
        let host = scheme.filter(|_| starts_word).map(|scheme| &rest[scheme.len()..]);
        if host.is_some_and(|host| host.starts_with(char::is_alphanumeric)) {
            let address = &rest[..address_length(rest)];
            if !address.starts_with("www.") || address["www.".len()..].contains('.') {
                return Some(at..at + address.len());
            }
        }
        from = at + 1;
    }
}

/// How far the address at the start of a text goes.
fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '`' | '"')).unwrap_or(text.len());
    let mut address = &text[..end];
    let open = address.matches('(').count();
    let mut close = address.matches(')').count();
    loop {
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';', ']']);
        if trimmed.len() < address.len() {
            address = trimmed;
        } else if address.ends_with(')') && close > open {
            // A parenthesis around the address is not a part of it.
            address = &address[..address.len() - 1];
            close -= 1;
        } else {
            return address.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        bare_address(text, 0).map(|range| &text[range])
    }

    #[test]
    fn bare_addresses_end_where_sentences_go_on() {
        assert_eq!(first("See https://acme.example/a_b?x=1, then"), Some("https://acme.example/a_b?x=1"));
        assert_eq!(first("(at www.acme.example/a_(b))"), Some("www.acme.example/a_(b)"));
        assert_eq!(first("what how www. https:// xhttp://a"), None);
    }
}
