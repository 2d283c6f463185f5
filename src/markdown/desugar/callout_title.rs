//! Titles of callouts that are written without quotes: `!!! note Sign the NDA first`.
//!
//! Words behind the kind are classes, which readers never see. One word may well be a class of the site's own.

use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};
use crate::source::Span;

/// A title that readers do not see.
pub(crate) static UNQUOTED: Rule = Rule::warning("markdown/unquoted-title", include_str!("unquoted_title.md"));

/// The classes that move a callout aside.
const PLACES: [&str; 2] = ["inline", "end"];

/// The finding for the words of a callout without a title; the span is that of all words, unless they are elsewhere.
pub(crate) fn unquoted(words: &str, span: Span) -> Option<Diagnostic> {
    let (kind, rest) = words.split_once(char::is_whitespace)?;
    let mut title = rest.trim();
    while let Some((_, after)) = title.split_once(char::is_whitespace).filter(|(word, _)| PLACES.contains(word)) {
        title = after.trim_start();
    }
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let classes = || title.split_whitespace().filter(|word| !PLACES.contains(word));
    if !(classes().count() > 1 || classes().any(is_capital) || (is_capital(kind) && classes().count() > 0)) {
        return None;
    }
    let at = words.trim_end().len() - title.len();
    let is_there = span.len() == words.len();
    let place = if is_there { span.part(at..at + title.len()) } else { span };
    let fix = Fix::suggested(vec![Edit { span: place, replacement: format!("\"{title}\"") }]);
    let message = format!("`{title}` is not shown: without quotes, these words are classes, not the title");
    let finding = UNQUOTED.at(place, message).help(format!("write `\"{title}\"`"));
    Some(finding.fix_if(Some(fix).filter(|_| is_there)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn titles_are_told_from_classes() {
        let is_title = |words: &str| unquoted(words, Span::new(SourceId::new(0), 0..words.len())).is_some();
        for words in
            ["note Sign first", "note sign it first", "tip inline end Ask", "Important notice", "note  Über uns"]
        {
            assert!(is_title(words), "{words}");
        }
        for words in ["note", "note inline end", "tip inline", "note partner", "Important", "warning end wide"] {
            assert!(!is_title(words), "{words}");
        }
    }
}
