//! Where code ends that nothing closes, and the fence that its author would write there.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::markdown::lines::{CodeFence, margin};
use crate::markdown::write::input::Input;
use crate::source::{Part as _, Span};

/// The line that ends the code in `range`, whose first line is its fence: before the first blank line that prose follows,
/// else at the very end.
pub(super) fn closing_fence(input: &Input<'_>, range: &Range<usize>, fence: &CodeFence) -> Edit {
    let text = input.text.part(range.clone());
    let line = input.text.part(..range.start).rfind('\n').map_or(0, |at| at + 1);
    // Before a block was rewritten, other marks stood there than those of its quote.
    let rewritten = input.margins.binary_search_by_key(&range.start, |(at, _)| *at).ok();
    let rewritten = rewritten.and_then(|index| input.margins.get(index)).map(|(_, margin)| margin.clone());
    let margin = rewritten.unwrap_or_else(|| margin(input.text, input.source_map, line..range.start));
    let marks = char::from(fence.mark).to_string().repeat(fence.length);
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Edit { span: end_of_code(input, range), replacement: format!("{line_break}{margin}{marks}") }
}

/// The place right behind the last line of code, in the file that holds its first. What comes from other files may be
/// code as well, but no fence of this one ends there.
fn end_of_code(input: &Input<'_>, range: &Range<usize>) -> Span {
    let quote = ['>', ' ', '\t'];
    let opening = input.source_map.span(range.start..range.start + 1);
    let mut last = opening.end;
    let (mut at, mut blank) = (range.start, None);
    for (number, line) in input.text.part(range.clone()).split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        let end = own_end(input, at..at + bare.len(), opening).filter(|end| *end >= last);
        at += line.len();
        if bare.trim_start_matches(quote).is_empty() {
            blank = blank.or((number > 1).then_some(last));
            continue;
        }
        if blank.is_some() && is_prose(bare.trim_start_matches(['>', ' '])) {
            break;
        }
        blank = None;
        last = end.unwrap_or(last);
    }
    let place = last as usize;
    Span::new(opening.source, place..place)
}

/// Where a line ends in the file that holds `opening`: behind its text, or before the break that is all it has there.
fn own_end(input: &Input<'_>, line: Range<usize>, opening: Span) -> Option<u32> {
    let own = |at: usize| Some(input.source_map.span(at..at + 1)).filter(|span| span.source == opening.source);
    let has_break = input.text.part(line.end..).starts_with(['\r', '\n']);
    let text = if line.is_empty() { None } else { own(line.end - 1) };
    text.map(|span| span.end).or_else(|| own(line.end).filter(|_| has_break).map(|span| span.start))
}

/// Whether a line can hardly be code: a heading, an image, a quotation, a table, or a sentence.
fn is_prose(line: &str) -> bool {
    let is_heading = line.starts_with("## ") || line.starts_with("### ") || line.starts_with("#### ");
    let is_marked = ["**", "![", "[", "> ", "| ", "!!! ", "---"].iter().any(|mark| line.starts_with(mark));
    // Sentences may begin with a quotation, in the quotation marks of several languages.
    let quotes = ['"', '“', '„', '«', '\''];
    let is_sentence = line.trim_start_matches(quotes).starts_with(|first: char| first.is_uppercase())
        && line.trim_end_matches(['"', '”', '“', '»', '\'']).ends_with(['.', ':', '!', '?', ')'])
        && line.split(' ').count() > 3;
    is_heading || is_marked || is_sentence
}
