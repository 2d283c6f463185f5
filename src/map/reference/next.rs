//! Parses the cells that name the next steps.

use crate::source::{Located, Part as _, Span};

/// Words between two steps.
const BETWEEN: [&str; 17] =
    ["and", "or", "then", "und", "oder", "dann", "et", "ou", "puis", "y", "o", "e", "en", "of", "&", "+", "dan"];

/// Words that say that nothing follows.
const NOTHING: [&str; 26] = [
    "end", "none", "done", "stop", "finish", "finished", "nothing", "ende", "fertig", "fin", "fim", "fine", "nichts",
    "keiner", "keine", "aucun", "aucune", "ninguno", "ninguna", "nenhum", "nenhuma", "nessuno", "nessuna", "einde",
    "geen", "klaar",
];

/// What a cell says comes next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::map) struct Followers<S> {
    /// The steps it names, in its order.
    pub(in crate::map) steps: Vec<Located<S>>,
    /// What looks like the id of a step and is none.
    pub(in crate::map) strangers: Vec<Located<String>>,
}

/// Reads a cell. `step` finds a step by its id, `titled` by its title, and `is_like_an_id` says whether a word could be
/// one. `None` where the cell says more, or else, than steps.
pub(in crate::map) fn followers<S: Copy + PartialEq>(
    cell: &Located<String>,
    step: &dyn Fn(&str) -> Option<S>,
    titled: &dyn Fn(&str) -> Option<S>,
    is_like_an_id: &dyn Fn(&str) -> bool,
) -> Option<Followers<S>> {
    let mut followers = Followers { steps: Vec::new(), strangers: Vec::new() };
    for part in parts(&cell.value) {
        let (id, rest) = part.text.split_at(part.text.find([' ', '(', ':']).unwrap_or(part.text.len()));
        let span = place(cell, part.start, id.len());
        let rest = rest.trim_start();
        // Behind a word that may as well be an ordinary one, only a remark may follow.
        let is_remark = rest.is_empty() || rest.starts_with(['(', ':', '–', '—']) || !is_ordinary(id);
        match step(id) {
            Some(known) if is_remark || titled(rest) == Some(known) => followers.steps.push(Located::new(known, span)),
            _ => match titled(part.text) {
                Some(known) => followers.steps.push(Located::new(known, place(cell, part.start, part.text.len()))),
                None if is_nothing(part.text) => {}
                None if rest.is_empty() || rest.starts_with(['(', ':']) => {
                    if !is_like_an_id(id) {
                        return None;
                    }
                    followers.strangers.push(Located::new(id.to_owned(), span));
                }
                None => return None,
            },
        }
    }
    Some(followers)
}

/// Whether a word is one that a sentence may begin with, as do numbers: `3 weeks later`.
fn is_ordinary(id: &str) -> bool {
    let is_word = id.chars().all(char::is_alphabetic) && id.chars().any(char::is_lowercase);
    is_word || id.chars().all(|c| c.is_ascii_digit())
}

fn is_nothing(text: &str) -> bool {
    let word = text.split(['(', ':']).next().unwrap_or(text).trim();
    !word.contains(char::is_alphanumeric) || NOTHING.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Where a piece of a cell stands. Where the cell has mark-up, its text is no piece of the source: then all of it.
fn place(cell: &Located<String>, start: usize, length: usize) -> Span {
    if cell.span.len() == cell.value.len() { cell.span.part(start..start + length) } else { cell.span }
}

/// A piece of a cell between what separates steps.
struct CellPart<'t> {
    text: &'t str,
    start: usize,
}

/// The pieces of a cell: commas, semicolons, arrows, slashes and words such as `or` separate them, but not within
/// parentheses, where the way to a step is described.
fn parts(text: &str) -> Vec<CellPart<'_>> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text.part(at..).chars().next() {
        match c {
            // In parentheses stands when the way is taken, in words that may separate steps elsewhere.
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let length =
            if depth > 0 { 0 } else { separator(text.part(at..), at == 0 || text.part(..at).ends_with([' ', '\n'])) };
        if length > 0 {
            push(&mut parts, text, start..at);
            start = at + length;
            at = start;
        } else {
            at += c.len_utf8();
        }
    }
    push(&mut parts, text, start..text.len());
    parts
}

fn push<'t>(parts: &mut Vec<CellPart<'t>>, text: &'t str, range: std::ops::Range<usize>) {
    let piece = text.part(range.clone());
    let trimmed = piece.trim_start();
    let start = range.start + piece.len() - trimmed.len();
    let trimmed = trimmed.trim_end().trim_end_matches('.').trim_end();
    if !trimmed.is_empty() {
        parts.push(CellPart { text: trimmed, start });
    }
}

/// How long the separator is that a text begins with; 0 for none. A word is one only behind a blank.
fn separator(rest: &str, is_behind_blank: bool) -> usize {
    const SIGNS: [&str; 17] =
        [",", ";", "·", "/", "\n", "|", "•", "-->", "-.->", "==>", "->", "=>", "→", "⇒", "➜", "⟶", "⇢"];
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return sign.len();
    }
    if !is_behind_blank {
        return 0;
    }
    let word = rest.split([' ', '\n', ',', ';']).next().unwrap_or_default();
    // Not at the end: `and` with nothing behind it joins nothing.
    let is_between = BETWEEN.iter().any(|known| word.eq_ignore_ascii_case(known)) && rest.len() > word.len();
    if is_between { word.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::title;
    use crate::source::SourceId;

    const STEPS: [(&str, &str); 4] =
        [("B2", "Sign the contract"), ("C3", "Train"), ("sign", "Sign NDA"), ("e", "Last")];

    /// The steps that a cell names, `?` before what looks like one; `prose` for what is none of both.
    fn read(text: &str) -> String {
        let cell = Located::new(text.to_owned(), Span::new(SourceId::new(0), 0..text.len()));
        let step = |id: &str| STEPS.iter().position(|(own, _)| *own == id);
        let titled = |text: &str| STEPS.iter().position(|(_, title)| title::same(title, text));
        let like = |id: &str| id.len() == 2 && id.ends_with(|c: char| c.is_ascii_digit());
        let Some(read) = followers(&cell, &step, &titled, &like) else { return "prose".to_owned() };
        let steps = read.steps.iter().map(|step| text[step.span.range()].to_owned());
        let strangers = read.strangers.iter().map(|id| format!("?{}", id.value));
        steps.chain(strangers).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn steps_are_read_however_they_are_listed() {
        for (text, steps) in [
            ("B2", "B2"),
            ("B2, C3", "B2 C3"),
            ("B2 and C3", "B2 C3"),
            ("→ B2 / C3", "B2 C3"),
            ("B2 oder C3.", "B2 C3"),
            ("B2 (yes, at once), C3: later", "B2 C3"),
            ("B2 if they agree, end", "B2"),
            ("B2\nC3", "B2 C3"),
            ("Sign the contract; C3", "Sign the contract C3"),
            ("B2 Sign the contract", "B2"),
            ("sign (again)", "sign"),
            ("e", "e"),
            ("B2 e C3", "B2 C3"),
            ("B9", "?B9"),
            ("—", ""),
            ("end", ""),
            ("Ende (nein)", ""),
        ] {
            assert_eq!(read(text), steps, "{text}");
        }
    }

    #[test]
    fn prose_is_left_alone() {
        for text in ["Hand over to B2 or stop", "sign the papers", "May", "when B2 is done", "in 3 weeks, B2"] {
            assert_eq!(read(text), "prose", "{text}");
        }
    }
}
