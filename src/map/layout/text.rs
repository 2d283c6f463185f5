//! Labels to lines: wrapped at words, balanced, measured.
//!
//! The fewest lines, then as even as they go: the narrowest width at which greedy filling still needs no more lines. No
//! optimal line breaks as in TeX: those are for paragraphs, and a label has two or three lines.

use unicode_width::UnicodeWidthChar;

use super::geometry::{Px, Size};
use crate::map::graph::{Label, Run};
use crate::map::text_width::{Weight, width};
use crate::source::Part as _;

/// How large a text is set.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Type {
    /// Font size in pixels.
    pub size: u32,
    /// From baseline to baseline.
    pub leading: Px,
    /// The weight of runs that are not bold by themselves.
    pub weight: Weight,
}

impl Type {
    /// Steps: as large as the text of a page.
    pub const NODE: Self = Self { size: 16, leading: 20, weight: Weight::Regular };
    /// Labels of edges.
    pub const EDGE: Self = Self { size: 13, leading: 16, weight: Weight::Regular };
    /// Titles of lanes.
    pub const LANE: Self = Self { size: 15, leading: 19, weight: Weight::Bold };
    /// Titles of groups and headings of stages.
    pub const GROUP: Self = Self { size: 13, leading: 16, weight: Weight::Bold };
}

/// A line of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextLine {
    /// Its runs, with the spaces between words.
    pub runs: Vec<Run>,
    /// Its width.
    pub width: Px,
}

/// Lines of text, to be centred.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextBlock {
    /// From top to bottom.
    pub lines: Vec<TextLine>,
    /// How it is set.
    pub set: Type,
}

impl TextBlock {
    /// The box its lines need.
    #[must_use]
    pub fn size(&self) -> Size {
        let lines = Px::try_from(self.lines.len()).unwrap_or(Px::MAX / self.set.leading);
        Size {
            w: self.lines.iter().map(|line| line.width).max().unwrap_or(0),
            h: lines.saturating_mul(self.set.leading),
        }
    }

    /// The middle of each line below the middle of the block, and the line's width.
    pub fn offsets(&self) -> impl Iterator<Item = (Px, Px)> {
        let half = self.size().h / 2;
        (0..).zip(&self.lines).map(move |(at, line)| (at * self.set.leading + self.set.leading / 2 - half, line.width))
    }
}

/// A stretch that is never broken.
struct UnbrokenText<'a> {
    text: &'a str,
    bold: bool,
    italic: bool,
    after_space: bool,
    width: Px,
}

/// Breaks a label into the fewest lines no wider than `limit`, then makes them as even as they go.
/// Breaks of the author's are kept. A word wider than the limit is broken inside.
#[must_use]
pub fn wrap(label: &Label, limit: Px, set: Type) -> TextBlock {
    let lines = label.lines.iter().flat_map(|runs| wrap_line(&pieces(runs, limit, set), limit, set)).collect();
    TextBlock { lines, set }
}

/// The widest word of a label: a narrower line would break it.
#[must_use]
pub fn widest_word(label: &Label, set: Type) -> Px {
    let words = label.lines.iter().flat_map(|runs| pieces(runs, Px::MAX, set));
    words.map(|piece| piece.width).max().unwrap_or(0)
}

fn wrap_line(pieces: &[UnbrokenText], limit: Px, set: Type) -> Vec<TextLine> {
    let fewest = fill(pieces, limit, set).len();
    // Four pixels more or less are not seen, and each halving fills all lines again.
    let (mut low, mut high) = (0, limit);
    while high - low > 4 {
        let middle = low.midpoint(high);
        if fill(pieces, middle, set).len() > fewest {
            low = middle;
        } else {
            high = middle;
        }
    }
    let lines = if fewest > 1 { fill(pieces, high, set) } else { fill(pieces, limit, set) };
    lines.iter().map(|line| join(line, set)).collect()
}

/// Puts as many pieces on each line as fit.
fn fill<'p, 't>(pieces: &'p [UnbrokenText<'t>], limit: Px, set: Type) -> Vec<&'p [UnbrokenText<'t>]> {
    let space = width(" ", set.weight, set.size);
    let (mut lines, mut rest) = (Vec::new(), pieces);
    let (mut count, mut used) = (0, 0);
    for piece in pieces {
        let gap = if piece.after_space { space } else { 0 };
        // A dot or an arrow between words ends a line; it does not begin one.
        let is_separator = !piece.text.contains(char::is_alphanumeric);
        let is_full = count > 0 && !is_separator && used + gap + piece.width > limit;
        if let Some((line, behind)) = rest.split_at_checked(count).filter(|_| is_full) {
            lines.push(line);
            (rest, count, used) = (behind, 1, piece.width);
        } else {
            used += if count > 0 { gap + piece.width } else { piece.width };
            count += 1;
        }
    }
    lines.push(rest);
    lines
}

fn join(pieces: &[UnbrokenText], set: Type) -> TextLine {
    let mut runs: Vec<Run> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let space = if at > 0 && piece.after_space { " " } else { "" };
        match runs.last_mut() {
            // One run for as long as weight and slope stay: a `<tspan>` for each word would double the drawing.
            Some(run) if (run.bold, run.italic) == (piece.bold, piece.italic) => run.text.push_str(space),
            Some(run) => {
                run.text.push_str(space);
                runs.push(Run { text: String::new(), bold: piece.bold, italic: piece.italic });
            }
            None => runs.push(Run { text: String::new(), bold: piece.bold, italic: piece.italic }),
        }
        if let Some(run) = runs.last_mut() {
            run.text.push_str(piece.text);
        }
    }
    let total = runs.iter().map(|run| width(&run.text, weight(run.bold, set), set.size)).fold(0, Px::saturating_add);
    TextLine { runs, width: total }
}

fn weight(bold: bool, set: Type) -> Weight {
    if bold { Weight::Bold } else { set.weight }
}

/// Words, and parts of words that are too long for a line; each East Asian character is a word of its own.
fn pieces(runs: &[Run], limit: Px, set: Type) -> Vec<UnbrokenText<'_>> {
    let mut found = Vec::new();
    let mut after_space = false;
    for run in runs {
        let measure = |text: &str| width(text, weight(run.bold, set), set.size);
        for word in run.text.split_inclusive(char::is_whitespace) {
            let text = word.trim_end();
            for part in parts(text, limit, &measure) {
                let width = measure(part);
                found.push(UnbrokenText { text: part, bold: run.bold, italic: run.italic, after_space, width });
                after_space = false;
            }
            after_space |= text.len() < word.len();
        }
    }
    found
}

/// Cuts a word where a line may break in it: around East Asian characters, and in words wider than a line, best
/// after a hyphen, slash, dot or underscore.
fn parts<'a>(word: &'a str, limit: Px, measure: &dyn Fn(&str) -> Px) -> Vec<&'a str> {
    let mut cuts = vec![0];
    let too_wide = measure(word) > limit;
    let mut start = 0;
    let mut soft = None;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        // Between East Asian characters a line may break anywhere, as it does in print.
        if at > start && (is_ideograph(c) || word.part(..at).ends_with(is_ideograph)) {
            (start, soft) = (at, None);
            cuts.push(at);
        } else if too_wide && at > start && measure(word.part(start..end)) > limit {
            start = soft.take().unwrap_or(at);
            cuts.push(start);
        }
        if matches!(c, '-' | '/' | '.' | '_') {
            soft = Some(end);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([word.len()]);
    cuts.iter().zip(ends).map(|(&from, to)| word.part(from..to)).filter(|part| !part.is_empty()).collect()
}

/// Whether a line may break on both sides. Closing marks stay with what they close.
fn is_ideograph(c: char) -> bool {
    c.width() == Some(2) && !matches!(u32::from(c), 0x1f000..) && !"、。，．！？）」』】：；".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, limit: Px) -> Vec<String> {
        let block = wrap(&Label::plain(text), limit, Type::NODE);
        block.lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_are_few_and_even() {
        assert_eq!(lines("Receive handover packet", 400), ["Receive handover packet"]);
        assert_eq!(lines("Review the terms of the exit", 140), ["Review the", "terms of the exit"]);
    }

    #[test]
    fn signs_between_words_end_a_line() {
        assert_eq!(lines("canvas → workshop · review", 84), ["canvas →", "workshop ·", "review"]);
    }

    #[test]
    fn the_authors_breaks_are_kept() {
        assert_eq!(lines("Disposition\nauthorised", 400), ["Disposition", "authorised"]);
    }

    #[test]
    fn long_words_break_after_joints_and_nowhere_are_letters_lost() {
        assert_eq!(lines("/scaffold-from-brief", 100), ["/scaffold-", "from-brief"]);
        assert_eq!(lines("pneumonoultramicroscopic", 60).concat(), "pneumonoultramicroscopic");
    }

    #[test]
    fn east_asian_text_breaks_anywhere_but_before_a_full_stop() {
        assert_eq!(lines("経費申請書を作成。", 90).concat(), "経費申請書を作成。");
        assert!(lines("経費申請書を作成。", 90).len() > 1);
        assert!(lines("経費申請書を作成。", 90).iter().all(|line| !line.starts_with('。')));
    }

    #[test]
    fn runs_keep_their_weight() {
        let run = |text: &str, bold| Run { text: text.to_owned(), bold, italic: false };
        let label = Label { lines: vec![vec![run("Draft ", true), run("the question", false)]] };
        let block = wrap(&label, 400, Type::NODE);
        assert_eq!(block.lines[0].runs, [run("Draft ", true), run("the question", false)]);
    }
}
