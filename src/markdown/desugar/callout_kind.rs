//! Kinds of callouts: the words for them, and those that are nearly one: `!!! waring`.
//!
//! Any word can be a kind of a site's own, so only a slip is worth saying: one letter off, two in a long word. In a word
//! as short as `note` another letter makes another word, `node`; letters that are missing or changed places do not.

use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, distance};
use crate::source::Span;

/// A kind that was probably misspelt.
pub(crate) static UNKNOWN: Rule = Rule::warning("markdown/unknown-callout", include_str!("unknown_callout.md"));

/// A word for a kind of callout.
struct KindWord {
    word: &'static str,
    /// The kind among the twelve that the theme draws.
    drawn_as: &'static str,
    uses: &'static [WordUse],
}

/// What a word for a kind is good for besides naming a callout.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum WordUse {
    /// `:::note` is an aside; with a word that is not, `:::` may be another tool's.
    Aside,
    /// A misspelt word may have meant it. The others are too short or too rare.
    Meant,
}

/// Every word for a kind of callout. A new one is a row here.
static WORDS: [KindWord; 27] = {
    use WordUse::{Aside, Meant};
    [
        word("note", "note", &[Aside, Meant]),
        word("abstract", "abstract", &[Meant]),
        word("summary", "abstract", &[Meant]),
        word("tldr", "abstract", &[]),
        word("info", "info", &[Aside, Meant]),
        word("todo", "info", &[Meant]),
        word("tip", "tip", &[Aside, Meant]),
        word("hint", "tip", &[Meant]),
        word("important", "tip", &[Aside, Meant]),
        word("success", "success", &[Aside, Meant]),
        word("check", "success", &[Meant]),
        word("done", "success", &[]),
        word("question", "question", &[Meant]),
        word("help", "question", &[]),
        word("faq", "question", &[]),
        word("warning", "warning", &[Aside, Meant]),
        word("caution", "warning", &[Aside, Meant]),
        word("attention", "warning", &[Meant]),
        word("failure", "failure", &[Meant]),
        word("fail", "failure", &[]),
        word("missing", "failure", &[Meant]),
        word("danger", "danger", &[Aside, Meant]),
        word("error", "danger", &[Meant]),
        word("bug", "bug", &[]),
        word("example", "example", &[Meant]),
        word("quote", "quote", &[Meant]),
        word("cite", "quote", &[]),
    ]
};

const fn word(word: &'static str, drawn_as: &'static str, uses: &'static [WordUse]) -> KindWord {
    KindWord { word, drawn_as, uses }
}

/// The kind among the twelve that the theme draws, for a word.
pub(crate) fn canonical_kind(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|row| row.word == word).map(|row| row.drawn_as)
}

/// The kinds that the theme draws, some of them several times.
#[cfg(test)]
pub(crate) fn drawn() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|row| row.drawn_as)
}

/// Whether a word has a use.
pub(super) fn is_used_as(word: &str, as_what: WordUse) -> bool {
    WORDS.iter().any(|row| row.word == word && row.uses.contains(&as_what))
}

fn meant_by(word: &str) -> Option<&'static str> {
    let mut meant = WORDS.iter().filter(|row| row.uses.contains(&WordUse::Meant)).map(|row| row.word);
    meant.find(|meant| is_slip(word, meant))
}

/// The finding for a kind; the span is the word's, unless it is somewhere else.
pub(crate) fn misspelt(word: &str, span: Span) -> Option<Diagnostic> {
    let kind = word.to_lowercase();
    if canonical_kind(&kind).is_some() {
        return None;
    }
    let near = meant_by(&kind)?;
    let finding = UNKNOWN.at(span, format!("unknown callout type `{word}`: shown as a note"));
    // Where the kind is named elsewhere, as in `type: note` below a `///` block, the span is the whole line.
    let fix = Fix::suggested(vec![Edit { span, replacement: near.to_owned() }]);
    Some(finding.help(format!("did you mean `{near}`?")).fix_if(Some(fix).filter(|_| span.len() == word.len())))
}

fn is_slip(word: &str, meant: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    let sorted = |word: &str| {
        let mut letters = letters(word);
        letters.sort_unstable();
        letters
    };
    let slips = if meant.len() < 8 { 1 } else { 2 };
    if word == meant || distance(&letters(word), &letters(meant), slips).is_none() {
        return false;
    }
    meant.len() > 4 || word.len() > 2 && (word.len() != meant.len() || sorted(word) == sorted(meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_words_of_their_own() {
        let slips =
            [("waring", "warning"), ("nte", "note"), ("notes", "note"), ("tpi", "tip"), ("imporant", "important")];
        for (slip, kind) in slips {
            assert_eq!(meant_by(slip), Some(kind), "{slip}");
        }
        for own in ["node", "notice", "partner", "site", "mail", "legal", "step", "top", "new", "deprecated", "version"]
        {
            assert_eq!(meant_by(own), None, "{own}");
        }
    }
}
