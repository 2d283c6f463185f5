//! Decodes source files as UTF-8.

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{SourceId, Span};

/// A file that isn't UTF-8.
pub static NOT_UTF8: Rule = Rule::error("source/not-utf8", include_str!("not_utf8.md"));

/// The text of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// Each invalid sequence is replaced with one `U+FFFD`. A byte order mark at the start is removed.
    pub text: String,
    /// The first invalid sequence.
    pub broken: Option<NotUtf8>,
}

/// A sequence of bytes that isn't UTF-8.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotUtf8 {
    /// The position of its `U+FFFD` in the text.
    at: usize,
    /// Its byte offset in the file.
    offset: usize,
    first_byte: u8,
    /// Whether the file looks like UTF-16.
    utf16: bool,
}

/// Decodes bytes as UTF-8, replacing what is invalid.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let text = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text: without_mark(text), broken: None },
        Err(error) => error,
    };
    let offset = text.utf8_error().valid_up_to();
    let bytes = text.into_bytes();
    // Some editors of Windows write a byte order mark. It is no text, and front matter must begin the file.
    let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    // PowerShell wrote UTF-16 by default for years; to say so is more help than a byte and an offset.
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let first_byte = bytes.get(offset).copied().unwrap_or_default();
    let broken = NotUtf8 { at: offset - mark, offset, first_byte, utf16 };
    let rest = bytes.get(mark..).unwrap_or_default();
    Decoded { text: String::from_utf8_lossy(rest).into_owned(), broken: Some(broken) }
}

fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

impl NotUtf8 {
    /// A finding for the invalid sequence.
    #[must_use]
    pub fn finding(&self, source: SourceId) -> Diagnostic {
        let span = Span::new(source, self.at..self.at + '\u{fffd}'.len_utf8());
        let message = format!("byte {:#04x} at offset {} is not UTF-8", self.first_byte, self.offset);
        let help = if self.utf16 { "the file is UTF-16; save it as UTF-8" } else { "save the file as UTF-8" };
        NOT_UTF8.at(span, message).help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_broken_byte_is_told_and_the_rest_goes_on() {
        let found = decode(b"Caf\xe9 and na\xefve".to_vec());
        assert_eq!(found.text, "Caf\u{fffd} and na\u{fffd}ve");
        let finding = found.broken.unwrap().finding(SourceId::new(0));
        assert_eq!(&found.text[finding.span.range()], "\u{fffd}");
        assert_eq!(finding.message, "byte 0xe9 at offset 3 is not UTF-8");
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("\u{feff}# Title".into()), Decoded { text: "# Title".into(), broken: None });
        let found = decode(b"\xef\xbb\xbfa\xff".to_vec());
        let finding = found.broken.unwrap().finding(SourceId::new(0));
        assert_eq!((found.text.as_str(), finding.span.range()), ("a\u{fffd}", 1..4));
        let windows = decode(b"\xff\xfea\0".to_vec()).broken.unwrap().finding(SourceId::new(0));
        assert_eq!(windows.help.as_deref(), Some("the file is UTF-16; save it as UTF-8"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>) {
            let found = decode(bytes);
            if let Some(broken) = found.broken {
                let span = broken.finding(SourceId::new(0)).span;
                proptest::prop_assert_eq!(&found.text[span.range()], "\u{fffd}");
            }
        }
    }
}
