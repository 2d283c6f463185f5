//! Format specifiers in the strings of C#, `$"{now:yyMMdd}"`, hidden from a grammar that is slow on them.
//!
//! The grammar reads a format with `([^}"\\]+(\\.)*)+(?=")`, which tries every way to cut up what follows: each letter up
//! to the next quote doubles the time. So a format reaches it as part of the name that is formatted.

use crate::source::Part as _;
use std::borrow::Cow;
use std::ops::Range;

/// Where a line of C# begins: in code, or in a string that goes on over several lines.
#[derive(Debug, Default)]
pub(super) struct FormatSpecs {
    open: Option<FormatString>,
}

/// A string in which braces are code.
#[derive(Copy, Clone, Debug)]
struct FormatString {
    /// `$@"…"`: it ends at a quote, and at nothing else.
    is_verbatim: bool,
}

impl FormatSpecs {
    /// The line with underscores in place of formats.
    pub(super) fn hide<'l>(&mut self, line: &'l str) -> Cow<'l, str> {
        // Few lines hold an interpolated string, and only those are read letter by letter.
        if self.open.is_none() && !line.contains("$\"") && !line.contains("$@\"") && !line.contains("@$\"") {
            return Cow::Borrowed(line);
        }
        let mut formats = Vec::new();
        let bytes = line.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match self.open {
                Some(text) => self.text(bytes, at, text, &mut formats),
                None => self.code(bytes, at),
            };
        }
        // Only verbatim strings go over the end of a line.
        self.open = self.open.filter(|text| text.is_verbatim);
        if formats.is_empty() {
            return Cow::Borrowed(line);
        }
        let mut hidden = String::with_capacity(line.len());
        let mut done = 0;
        for format in formats {
            hidden.push_str(line.part(done..format.start));
            hidden.extend(std::iter::repeat_n('_', format.len()));
            done = format.end;
        }
        hidden.push_str(line.part(done..));
        Cow::Owned(hidden)
    }

    /// One step through code: to the next string that has braces, past other strings, or to the end.
    fn code(&mut self, line: &[u8], at: usize) -> usize {
        let rest = line.get(at..).unwrap_or_default();
        let opens = |mark: &[u8]| rest.starts_with(mark);
        if opens(b"$@\"") || opens(b"@$\"") {
            self.open = Some(FormatString { is_verbatim: true });
            return at + 3;
        }
        if opens(b"$\"") {
            self.open = Some(FormatString { is_verbatim: false });
            return at + 2;
        }
        match rest {
            [b'/', b'/', ..] => line.len(),
            [quote @ (b'"' | b'\''), ..] => past_quote(line, at + 1, *quote),
            _ => at + 1,
        }
    }

    /// One step through a string that has braces.
    fn text(&mut self, line: &[u8], at: usize, text: FormatString, formats: &mut Vec<Range<usize>>) -> usize {
        match line.get(at..).unwrap_or_default() {
            [b'\\', ..] if !text.is_verbatim => at + 2,
            [b'{', b'{', ..] => at + 2,
            [b'"', b'"', ..] if text.is_verbatim => at + 2,
            [b'"', ..] => {
                self.open = None;
                at + 1
            }
            [b'{', ..] => braces(line, at + 1, formats),
            _ => at + 1,
        }
    }
}

/// Goes to where the braces end that are open; what follows a colon in them is a format.
fn braces(line: &[u8], from: usize, formats: &mut Vec<Range<usize>>) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while let Some(byte) = line.get(at) {
        match byte {
            b'}' | b'"' if depth == 0 => return at,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => at = past_quote(line, at + 1, b'"') - 1,
            b':' if depth == 0 => {
                let ends = |byte: &u8| matches!(byte, b'}' | b'"' | b'\n' | b'\r');
                let end = line.iter().skip(at).position(ends).map_or(line.len(), |length| at + length);
                formats.push(at..end);
                return end;
            }
            _ => {}
        }
        at += 1;
    }
    at
}

/// The place behind the quote that ends a string, or the end of the line.
fn past_quote(line: &[u8], mut at: usize, quote: u8) -> usize {
    while let Some(byte) = line.get(at).filter(|byte| **byte != quote) {
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        let mut formats = FormatSpecs::default();
        text.split_inclusive('\n').map(|line| formats.hide(line).into_owned()).collect()
    }

    #[test]
    fn formats_are_hidden_and_nothing_else() {
        assert_eq!(hidden("$\"a {now:yy-MM} b\" + x ? y : z"), "$\"a {now______} b\" + x ? y : z");
        assert_eq!(hidden("$\"{(a ? b : c)} {d[\":\"]:hh\\:mm}\""), "$\"{(a ? b : c)} {d[\":\"]_______}\"");
        assert_eq!(hidden("$@\"{a:é}\n{{b:c}} \"\" {d:e}\"; f:g\n"), "$@\"{a___}\n{{b:c}} \"\" {d__}\"; f:g\n");
        for same in ["\"{a:b}\"", "// $\"{a:b}\"", "'\"' + $\"{a}\"", "$\"{a", "$\"\\", "$\"{{a:b}}\"", "$\"{a:"] {
            let expected = if same == "$\"{a:" { "$\"{a_" } else { same };
            assert_eq!(hidden(same), expected);
        }
    }
}
