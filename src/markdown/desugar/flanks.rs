//! Emphasis in Chinese, Japanese and Korean, which the parser does not see beside punctuation: `**注意：**请先阅读`.
//!
//! The specification wants a space or a mark on one side of the stars, and these scripts have no spaces. What an amendment asks
//! of parsers (<https://github.com/tats-u/markdown-cjk-friendly>) is done to the text instead: an empty comment beside
//! the stars, which to the parser is a mark like any other.

use std::collections::BTreeSet;

use memchr::memchr2_iter;

use super::rewritten::Desugared;
use crate::source::{Part as _, SourceId, SourceMapBuilder};

/// What is put beside stars. Readers of the events pass over it: see `Input::is_inserted`.
pub(crate) const COMMENT: &str = "<!---->";

/// The stars in source files that are code, an address and the like, so that a comment beside them would be seen.
pub(crate) type NoEmphasis = BTreeSet<(SourceId, u32)>;

/// Puts a comment beside each run of stars or tildes that can begin or end emphasis by the amendment alone.
pub(crate) fn mark<'a>(desugared: Desugared<'a>, not_here: &NoEmphasis) -> Desugared<'a> {
    let text: &str = &desugared.text;
    // Nearly all texts in other scripts end here.
    if text.is_ascii() {
        return desugared;
    }
    let source_map = &desugared.source_map;
    let is_wanted = |at: &usize| {
        let span = source_map.span(*at..*at);
        !not_here.contains(&(span.source, span.start))
    };
    let places: Vec<usize> = places(text).into_iter().filter(is_wanted).collect();
    if places.is_empty() {
        return desugared;
    }
    let mut out = SourceMapBuilder::new(source_map.span(0..0).source, text.len() + places.len() * COMMENT.len());
    let (mut done, mut comments) = (0, Vec::with_capacity(places.len()));
    for place in &places {
        out.copy_derived(text, done..*place, source_map);
        comments.push(out.len());
        out.insert(COMMENT, source_map.span(*place..*place));
        done = *place;
    }
    out.copy_derived(text, done..text.len(), source_map);
    let moved = |at: usize| at + places.partition_point(|place| *place <= at) * COMMENT.len();
    let (marked, source_map) = out.finish();
    let mut blocks = desugared.blocks;
    for block in &mut blocks {
        block.at = moved(block.at);
    }
    let margins = desugared.margins.into_iter().map(|(at, margin)| (moved(at), margin)).collect();
    Desugared { text: marked.into(), source_map, blocks, margins, comments, abbreviations: desugared.abbreviations }
}

/// Where comments go: between a run and the letter beside it, when a mark is on its other side.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut end = 0;
    for start in memchr2_iter(b'*', b'~', text.as_bytes()) {
        if start < end {
            continue;
        }
        let (before, run) = (text.part(..start), text.part(start..));
        let sign = run.part(..1);
        end = start + (run.len() - run.trim_start_matches(sign).len());
        // A single tilde is a subscript; after a backslash, the first sign is a letter.
        if (sign == "~" && end - start != 2) || before.ends_with('\\') {
            continue;
        }
        let (Some(last), Some(next)) = (before.chars().next_back(), text.part(end..).chars().next()) else { continue };
        let is_in_word = !last.is_whitespace() && !next.is_whitespace();
        if !is_in_word || !(is_east_asian(last) || is_east_asian(next)) {
            continue;
        }
        match (is_punctuation(last), is_punctuation(next)) {
            (true, false) => places.push(end),
            (false, true) => places.push(start),
            // Between two letters, or two marks, the parser takes a run for both ends as it is.
            (true, true) | (false, false) => {}
        }
    }
    places
}

/// Whether a letter or mark is of a script without spaces, or of Korean, which puts its particles behind the stars.
fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x2E80..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFE30..=0xFE6F
        | 0xFF00..=0xFFEF | 0x1AFF0..=0x1B2FF | 0x20000..=0x3FFFF)
}

/// Whether the parser takes a character for a mark.
fn is_punctuation(c: char) -> bool {
    let joins = matches!(u32::from(c),
        0x00AD | 0x0300..=0x036F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x20D0..=0x20F0
        | 0x302A..=0x302F | 0x3099 | 0x309A | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF | 0xFFF9..=0xFFFB
        | 0xE0000..=0x10_FFFF);
    let is_circled = matches!(c, 'Ⓐ'..='ⓩ');
    (is_circled || !c.is_alphanumeric()) && !c.is_whitespace() && !c.is_control() && !joins
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser, Tag};

    use super::{is_punctuation, places};

    #[test]
    fn stars_beside_marks_of_these_scripts_are_found() {
        for (text, count) in [
            ("**注意：**请先阅读。", 1),
            ("这是**「重点」**内容。", 2),
            ("これは**太字（ふとじ）**です", 1),
            ("**한국어(Korean)**은", 1),
            ("**A：**甲**B：**乙", 2),
            ("你好~~（旧）~~世界", 2),
        ] {
            assert_eq!(places(text).len(), count, "{text}");
        }
        for text in ["**注意**请", "**注意：** 请", "**Net (30)**days", "é **(x)**y", "\\**注：**", "注~（x）~意"]
        {
            assert!(places(text).len() <= usize::from(text.starts_with('\\')), "{text}");
        }
    }

    /// `a*“*` is no emphasis because `“` is a mark, and `a*b*` is.
    #[test]
    fn a_mark_is_what_the_parser_takes_for_one() {
        // What stands beside letters of these scripts, without what is not assigned.
        let common = [
            '¡'..='\u{2FF}',
            '‐'..='‧',
            '‰'..='⁞',
            '₠'..='₿',
            '℀'..='\u{218B}',
            '←'..='\u{2426}',
            '①'..='\u{2B73}',
            '、'..='〿',
            'ぁ'..='ゖ',
            '\u{3099}'..='ヿ',
            '㈠'..='一',
            '\u{FE10}'..='\u{FE19}',
            '\u{FE30}'..='\u{FE52}',
            '！'..='ﾾ',
            '￠'..='￦',
            '🌀'..='🙏',
        ];
        let mut other = String::new();
        for c in common.into_iter().flatten().filter(|c| !c.is_whitespace()) {
            let text = format!("a*{c}b*");
            let is_emphasis = Parser::new(&text).any(|event| matches!(event, Event::Start(Tag::Emphasis)));
            if is_emphasis == is_punctuation(c) {
                other.extend(c.escape_unicode());
            }
        }
        assert_eq!(other, "");
    }
}
