//! Kinds of callouts that are nearly one that the theme draws: `!!! waring`.
//! In: the word for a kind. Out: the kind that was probably meant, as a finding.
//! Never knows: how a callout is written.
//!
//! Any word can be a kind of a site's own, so only a slip is worth saying: one letter off, two in a long word. In a word
//! as short as `note` another letter makes another word, `node`; letters that are missing or changed places do not.

use super::block::canonical_kind;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, distance};
use crate::source::Span;

/// A kind that was probably misspelt.
pub(crate) static UNKNOWN: Rule = Rule::warning("markdown/unknown-callout", include_str!("unknown_callout.md"));

/// The words that authors may have meant; others are too short or too rare.
const MEANT: [&str; 20] = [
    "note",
    "abstract",
    "summary",
    "info",
    "todo",
    "hint",
    "important",
    "success",
    "check",
    "question",
    "warning",
    "caution",
    "attention",
    "failure",
    "missing",
    "danger",
    "error",
    "example",
    "quote",
    "tip",
];

/// The finding for a kind; the span is the word's, unless it stands somewhere else.
pub(crate) fn misspelt(word: &str, span: Span) -> Option<Diagnostic> {
    let kind = word.to_lowercase();
    if canonical_kind(&kind).is_some() {
        return None;
    }
    let near = MEANT.into_iter().find(|meant| is_slip(&kind, meant))?;
    let finding = UNKNOWN.at(span, format!("unknown callout type `{word}`: shown as a note"));
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
        let meant = |word: &str| MEANT.into_iter().find(|meant| is_slip(word, meant));
        let slips =
            [("waring", "warning"), ("nte", "note"), ("notes", "note"), ("tpi", "tip"), ("imporant", "important")];
        for (slip, kind) in slips {
            assert_eq!(meant(slip), Some(kind), "{slip}");
        }
        for own in ["node", "notice", "partner", "site", "mail", "legal", "step", "top", "new", "deprecated", "version"]
        {
            assert_eq!(meant(own), None, "{own}");
        }
    }
}
