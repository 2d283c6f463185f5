//! Lexes arrows: line, tips, length, and the words inside.

use super::cursor::{Cursor, trim};
use super::label::Notation;
use super::words::{LabelWords, string};
use crate::map::graph::{EdgeLine, Tip};
use crate::source::Part as _;

/// An arrow as written.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    pub(super) line: EdgeLine,
    pub(super) tail: Tip,
    pub(super) head: Tip,
    pub(super) length: u32,
    /// The words of `-- words -->`.
    pub(super) words: Option<LabelWords>,
    /// Whether it was written to its end: `A -- B` is not.
    pub(super) finished: bool,
}

/// Eats an arrow.
pub(super) fn lex(cursor: &mut Cursor) -> Option<Arrow> {
    let mut ahead = *cursor;
    let tail = tip(&mut ahead, '<');
    let opening = stroke(&mut ahead)?;
    let arrow = |head, length, words, finished| Arrow { line: opening.line, tail, head, length, words, finished };
    let Some(head) = opening.head else {
        let mut behind = ahead;
        // Without a second half it is an arrow all the same, and only its end is a finding: `A -- B`.
        let ending = words(&mut behind, opening.line);
        let arrow = match ending {
            Some((words, head, length)) => arrow(head, length, Some(words), true),
            None => arrow(Tip::None, 1, None, false),
        };
        *cursor = if arrow.finished { behind } else { ahead };
        return Some(arrow);
    };
    *cursor = ahead;
    Some(arrow(head, opening.length, None, true))
}

/// Eats a tip: `x`, `o`, or an arrow head that points the way it is meant to.
fn tip(cursor: &mut Cursor, point: char) -> Tip {
    let tip = match cursor.peek() {
        Some('x') => Tip::Cross,
        Some('o') => Tip::Circle,
        Some(c) if c == point => Tip::Arrow,
        _ => return Tip::None,
    };
    cursor.at += 1;
    tip
}

/// The line of an arrow with the tip behind it.
struct Stroke {
    line: EdgeLine,
    length: u32,
    /// `None` for `--`, `==` and `-.`, which words must follow.
    head: Option<Tip>,
}

fn stroke(cursor: &mut Cursor) -> Option<Stroke> {
    let first = cursor.peek()?;
    let (line, least) = match first {
        '-' if cursor.rest().starts_with("-.") => return dotted(cursor),
        '-' => (EdgeLine::Solid, 2),
        '=' => (EdgeLine::Thick, 2),
        '~' => (EdgeLine::Invisible, 3),
        // The second half of a dotted arrow begins with its dot: `-. words .->`.
        '.' => return dotted(cursor),
        _ => return None,
    };
    let run = cursor.eat_while(|c| c == first).len();
    let length = |whole: usize| u32::try_from(whole).unwrap_or(u32::MAX).max(1);
    if run < least {
        return None;
    }
    let head = if line == EdgeLine::Invisible { Tip::None } else { tip(cursor, '>') };
    Some(match head {
        // Two strokes without a tip open words; three are a line.
        Tip::None if run == 2 => Stroke { line, length: 1, head: None },
        Tip::None => Stroke { line, length: length(run - 2), head: Some(Tip::None) },
        head => Stroke { line, length: length(run - 1), head: Some(head) },
    })
}

/// `-.->`, `-..-`, or the `-.` that words follow.
fn dotted(cursor: &mut Cursor) -> Option<Stroke> {
    let opens = cursor.eat("-");
    let start = cursor.at;
    let dots = cursor.eat_while(|c| c == '.').len();
    let length = u32::try_from(dots).unwrap_or(u32::MAX);
    if dots > 0 && cursor.eat("-") {
        return Some(Stroke { line: EdgeLine::Dashed, length, head: Some(tip(cursor, '>')) });
    }
    cursor.at = start + 1;
    (opens && dots > 0).then_some(Stroke { line: EdgeLine::Dashed, length: 1, head: None })
}

/// Eats the words inside an arrow and its second half; both halves have the same line.
fn words(cursor: &mut Cursor, line: EdgeLine) -> Option<(LabelWords, Tip, u32)> {
    cursor.skip_blanks();
    let words = if cursor.peek() == Some('"') {
        let words = string(cursor)?;
        cursor.skip_blanks();
        words
    } else {
        let start = cursor.at;
        // No further than this line: on a long one each open arrow would look through all that follows.
        let on_line = cursor.text.part(start..cursor.near_line_end());
        let end = match line {
            EdgeLine::Dashed => on_line.find(".-").map(|dot| second_half(on_line, dot)),
            EdgeLine::Thick => on_line.find("=="),
            EdgeLine::Solid | EdgeLine::Invisible => on_line.find("--"),
        };
        cursor.at = start + end?;
        LabelWords { range: trim(cursor.text, start..cursor.at), notation: Notation::Text }
    };
    let ending = stroke(cursor).filter(|ending| ending.line == line)?;
    ending.head.map(|head| (words, head, ending.length))
}

/// Where the second half of a dotted arrow starts, whose last dot stands at `dot`: ` ..->`, ` -.->`.
fn second_half(text: &str, dot: usize) -> usize {
    let dots = text.part(..dot).trim_end_matches('.');
    dots.strip_suffix('-').unwrap_or(dots).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arrow as `tail line head length: words`, and what is left behind it.
    fn shown(text: &str) -> String {
        let mut cursor = Cursor::new(text);
        let Some(arrow) = lex(&mut cursor) else { return "no arrow".to_owned() };
        let words = arrow.words.map(|words| format!(": {}", &text[words.range])).unwrap_or_default();
        let finished = if arrow.finished { "" } else { " unfinished" };
        format!(
            "{:?} {:?} {:?} {}{words}{finished} |{}",
            arrow.tail,
            arrow.line,
            arrow.head,
            arrow.length,
            cursor.rest()
        )
    }

    #[test]
    fn every_line_and_tip() {
        assert_eq!(shown("--> B"), "None Solid Arrow 1 | B");
        assert_eq!(shown("----> B"), "None Solid Arrow 3 | B");
        assert_eq!(shown("---B"), "None Solid None 1 |B");
        assert_eq!(shown("<-->B"), "Arrow Solid Arrow 1 |B");
        assert_eq!(shown("o--o B"), "Circle Solid Circle 1 | B");
        assert_eq!(shown("x==x B"), "Cross Thick Cross 1 | B");
        assert_eq!(shown("===>B"), "None Thick Arrow 2 |B");
        assert_eq!(shown("-..->B"), "None Dashed Arrow 2 |B");
        assert_eq!(shown("-.-B"), "None Dashed None 1 |B");
        assert_eq!(shown("~~~ B"), "None Invisible None 1 | B");
        assert_eq!(shown("- B"), "no arrow");
    }

    #[test]
    fn words_inside_an_arrow() {
        assert_eq!(shown("-- signed off --> B"), "None Solid Arrow 1: signed off | B");
        assert_eq!(
            shown("-. new feature / v1.2 request .-> D1"),
            "None Dashed Arrow 1: new feature / v1.2 request | D1"
        );
        assert_eq!(shown("== go ==>B"), "None Thick Arrow 1: go |B");
        assert_eq!(shown("<-- both --> B"), "Arrow Solid Arrow 1: both | B");
        assert_eq!(shown("-- \"a -- b\" --- B"), "None Solid None 1: a -- b | B");
        assert_eq!(shown("-. x -.-> B"), "None Dashed Arrow 1: x | B");
    }

    #[test]
    fn an_arrow_without_an_end_is_an_arrow_still() {
        assert_eq!(shown("-- B"), "None Solid None 1 unfinished | B");
        assert_eq!(shown("<-- B"), "Arrow Solid None 1 unfinished | B");
    }
}
