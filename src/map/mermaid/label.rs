//! The words of a label.
//! In: the text between brackets, quotes or pipes as written. Out: a `Label` of lines and runs: mark-up
//! read, entities decoded, blanks folded.
//! Never knows: where the text stood.

use crate::html::decode_text;
use crate::map::graph::{Label, Run};
use crate::source::Part as _;

/// How a label was written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Notation {
    /// Plain or in quotes: HTML is mark-up.
    Text,
    /// In quotes and backticks: HTML and Markdown emphasis are mark-up.
    Markdown,
}

/// Reads a label.
pub(super) fn read(raw: &str, notation: Notation) -> Label {
    let emphasis = match notation {
        Notation::Text => Vec::new(),
        Notation::Markdown => emphasis(raw),
    };
    let mut marks = emphasis.into_iter().peekable();
    let mut writer = LabelWriter::default();
    let mut at = 0;
    while let Some(c) = raw.part(at..).chars().next() {
        if let Some(mark) = marks.next_if(|mark| mark.at == at) {
            writer.set(mark.style, mark.on);
            at += mark.length;
            continue;
        }
        at += match c {
            '<' => markup(raw.part(at..), &mut writer),
            '&' | '#' => entity(raw.part(at..), &mut writer),
            '\\' if raw.part(at..).starts_with("\\n") => writer.line_break(2),
            '\n' => writer.line_break(1),
            _ => writer.push(c),
        };
    }
    writer.finish()
}

/// Reads an HTML tag at the start of `rest`; gives its length. A `<` that starts no tag is a plain character.
fn markup(rest: &str, writer: &mut LabelWriter) -> usize {
    let Some(length) =
        rest.part(1..).find(['<', '>']).map(|end| end + 2).filter(|end| rest.part(..*end).ends_with('>'))
    else {
        return writer.push('<');
    };
    let inner = rest.part(1..length - 1);
    let closes = inner.starts_with('/');
    let name: String = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    if name.is_empty() && !inner.starts_with("!--") {
        return writer.push('<');
    }
    match name.to_ascii_lowercase().as_str() {
        "br" => return writer.line_break(length),
        "b" | "strong" => writer.set(EmphasisStyle::Bold, !closes),
        "i" | "em" => writer.set(EmphasisStyle::Italic, !closes),
        "script" | "style" if !closes => return length + hidden_length(rest.part(length..), &name),
        _ => {}
    }
    length
}

/// How much of `rest` lies inside an element whose content is never shown.
fn hidden_length(rest: &str, name: &str) -> usize {
    let end = rest
        .match_indices("</")
        .find(|(at, _)| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
    end.map_or(rest.len(), |(at, _)| at)
}

/// Reads `&name;`, `&#35;`, and Mermaid's own `#name;` and `#35;`; gives its length.
fn entity(rest: &str, writer: &mut LabelWriter) -> usize {
    const LONGEST: usize = 33;
    let name_start = if rest.starts_with("&#") { 2 } else { 1 };
    let length = rest
        .part(name_start..)
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| !c.is_ascii_alphanumeric())
        .filter(|(at, c)| *c == ';' && *at > 0)
        .map(|(at, _)| name_start + at + 1);
    let first = rest.chars().next().unwrap_or_default();
    let Some(length) = length else { return writer.push(first) };
    let name = rest.part(name_start..length);
    let is_number = name.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("&#");
    let html = if is_number { format!("&#{name}") } else { format!("&{name}") };
    let decoded = decode_text(html.as_str());
    if decoded == html {
        return writer.push(first);
    }
    decoded.chars().for_each(|c| {
        writer.push(c);
    });
    length
}

#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum EmphasisStyle {
    Bold,
    Italic,
    Both,
}

/// A delimiter of Markdown emphasis that has a partner.
struct EmphasisMark {
    at: usize,
    length: usize,
    style: EmphasisStyle,
    on: bool,
}

/// The delimiters of emphasis that have a partner, in order. `5 * 3` and `a_b` have none.
fn emphasis(raw: &str) -> Vec<EmphasisMark> {
    // The last opening run for each of `*`, `**`, `***`, `_`, `__`, `___`.
    let mut open: [Option<usize>; 6] = [None; 6];
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = raw.part(at..).find(['*', '_']) {
        let start = at + found;
        let delimiter = raw.part(start..=start);
        let length = raw.part(start..).len() - raw.part(start..).trim_start_matches(delimiter).len();
        at = start + length;
        if length > 3 {
            continue;
        }
        let before = raw.part(..start).chars().next_back();
        let after = raw.part(at..).chars().next();
        let is_word = |c: Option<char>| delimiter == "_" && c.is_some_and(char::is_alphanumeric);
        let opens = after.is_some_and(|c| !c.is_whitespace()) && !is_word(before);
        let closes = before.is_some_and(|c| !c.is_whitespace()) && !is_word(after);
        let slot = length - 1 + if delimiter == "_" { 3 } else { 0 };
        let style = [EmphasisStyle::Italic, EmphasisStyle::Bold, EmphasisStyle::Both][length - 1];
        if let Some(opener) = open[slot].filter(|_| closes) {
            marks.push(EmphasisMark { at: opener, length, style, on: true });
            marks.push(EmphasisMark { at: start, length, style, on: false });
            open[slot] = None;
        } else if opens {
            open[slot] = Some(start);
        }
    }
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// Puts lines together, folding blanks.
#[derive(Default)]
struct LabelWriter {
    lines: Vec<Vec<Run>>,
    line: Vec<Run>,
    bold: u32,
    italic: u32,
    blank: bool,
}

impl LabelWriter {
    /// Adds a character; gives its length.
    fn push(&mut self, c: char) -> usize {
        // Control characters have no place in XML, however they are written.
        if c.is_control() && !c.is_whitespace() || matches!(c, '\u{fffe}' | '\u{ffff}') {
            return c.len_utf8();
        }
        // U+00A0 and its like are there to stay.
        if c.is_whitespace() && c != '\u{a0}' {
            self.blank = true;
        } else {
            if self.blank && !self.line.is_empty() {
                self.write(' ');
            }
            self.blank = false;
            self.write(c);
        }
        c.len_utf8()
    }

    fn write(&mut self, c: char) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        match self.line.last_mut() {
            // A blank takes the style of what stands before it.
            Some(run) if c == ' ' || (run.bold == bold && run.italic == italic) => run.text.push(c),
            _ => self.line.push(Run { text: c.to_string(), bold, italic }),
        }
    }

    fn set(&mut self, style: EmphasisStyle, on: bool) {
        let change = |count: &mut u32| *count = if on { *count + 1 } else { count.saturating_sub(1) };
        if style != EmphasisStyle::Italic {
            change(&mut self.bold);
        }
        if style != EmphasisStyle::Bold {
            change(&mut self.italic);
        }
    }

    /// Ends the line; gives `length` back.
    fn line_break(&mut self, length: usize) -> usize {
        self.blank = false;
        self.lines.push(std::mem::take(&mut self.line));
        length
    }

    fn finish(mut self) -> Label {
        self.line_break(0);
        let first = self.lines.iter().position(|line| !line.is_empty()).unwrap_or(self.lines.len());
        self.lines.drain(..first);
        while self.lines.last().is_some_and(Vec::is_empty) {
            self.lines.pop();
        }
        Label { lines: self.lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines joined by `/`, bold as `[b]`, italic as `{i}`.
    fn shown(raw: &str, notation: Notation) -> String {
        let run = |run: &Run| match (run.bold, run.italic) {
            (true, true) => format!("[{{{}}}]", run.text),
            (true, false) => format!("[{}]", run.text),
            (false, true) => format!("{{{}}}", run.text),
            (false, false) => run.text.clone(),
        };
        let line = |line: &Vec<Run>| line.iter().map(run).collect::<String>();
        read(raw, notation).lines.iter().map(line).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn html_becomes_lines_and_runs() {
        let text = |raw| shown(raw, Notation::Text);
        assert_eq!(
            text("<b>1. Scope + discover</b><br/>canvas → workshop<br /><i>or</i> gap-fill"),
            "[1. Scope + discover]/canvas → workshop/{or }gap-fill"
        );
        assert_eq!(text("<strong>Sign</strong> <em>now</em>"), "[Sign ]{now}");
        assert_eq!(text("two\\nlines"), "two/lines");
        assert_eq!(text("  partner   <span class='x'>portal</span> "), "partner portal");
        assert_eq!(text("a < b > c"), "a < b > c");
        assert_eq!(text("<img src=x onerror=alert(1)>"), "");
        assert_eq!(text("x<script>alert(1)</script>y"), "xy");
    }

    #[test]
    fn entities_of_html_and_of_mermaid_are_decoded_once() {
        let text = |raw| shown(raw, Notation::Text);
        assert_eq!(text("#quot;QBR#quot; &amp; #35;1 #9829; &#x2713;"), "\"QBR\" & #1 ♥ ✓");
        assert_eq!(text("&lt;b&gt;"), "<b>");
        assert_eq!(text("R&D #1; C# & more; &nosuch;"), "R&D C# & more; &nosuch;");
    }

    #[test]
    fn markdown_strings_know_emphasis() {
        let text = |raw| shown(raw, Notation::Markdown);
        assert_eq!(text("**Draft** the *question*"), "[Draft ]the {question}");
        assert_eq!(text("Collect __evidence__\n    and tag_sources"), "Collect [evidence]/and tag_sources");
        assert_eq!(text("5 * 3 * 2 and **open"), "5 * 3 * 2 and **open");
        assert_eq!(text("***both***"), "[{both}]");
        assert_eq!(shown("5 **not** bold", Notation::Text), "5 **not** bold");
    }
}
