//! The place in a page that a link to no place means.
//! In: the places of a page, and an anchor that is none of them. Out: the one that was probably meant, and how sure
//! that is.
//! Never knows: links.

use crate::diagnostic::{Applicability, nearest};
use crate::site::{PageId, Site};
use crate::url::Anchor;

/// The place that was probably meant. It is meant for sure when nothing else comes near, and it differs in hyphens
/// only, as tools disagree on what becomes of ` — ` and `&`; or in the spelling of words.
pub(in crate::check) fn nearest_anchor(
    site: &Site,
    target: PageId,
    anchor: &Anchor,
) -> Option<(String, Applicability)> {
    let ids = site.anchors(target);
    let wanted = words(anchor.as_str());
    let mut same = ids.iter().filter(|id| words(id) == wanted);
    if let (Some(only), None) = (same.next(), same.next()) {
        return Some((only.clone(), Applicability::Safe));
    }
    let all = || ids.iter().map(String::as_str);
    if let Some(best) = nearest(anchor.as_str(), all()) {
        let is_only = nearest(anchor.as_str(), all().filter(|id| *id != best)).is_none();
        let sure = is_only && is_misspelt(&wanted, &words(best));
        return Some((best.to_owned(), if sure { Applicability::Safe } else { Applicability::Suggested }));
    }
    let mut reworded = all().filter(|id| holds(&words(id), &wanted) || holds(&wanted, &words(id)));
    match (reworded.next(), reworded.next()) {
        (Some(only), None) => Some((only.to_owned(), Applicability::Suggested)),
        _ => None,
    }
}

fn words(id: &str) -> Vec<String> {
    id.split(['-', '_']).filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// Whether word by word the same is said, some of it misspelt. `option-a` is no misspelling of `option-b`, and
/// `stage-5` none of `stage-6`.
fn is_misspelt(a: &[String], b: &[String]) -> bool {
    let alike = |(a, b): (&String, &String)| {
        a == b || (a.len() > 2 && b.len() > 2 && a.chars().chain(b.chars()).all(char::is_alphabetic))
    };
    a.len() == b.len() && a.iter().zip(b).all(alike)
}

/// Whether all words of `few`, which are two or more, stand in `many` in their order: words were added to a heading.
fn holds(many: &[String], few: &[String]) -> bool {
    let mut rest = many.iter();
    few.len() > 1 && few.len() < many.len() && few.iter().all(|word| rest.any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_is_told_from_another_name() {
        let alike = |a: &str, b: &str| is_misspelt(&words(a), &words(b));
        assert!(alike("stage-5--uatt", "stage-5--uat"));
        assert!(!alike("stage-5--uat", "stage-6--uat"));
        assert!(!alike("option-a", "option-b"));
        assert!(holds(&words("install-the-partner-cli"), &words("install-the-cli")));
        assert!(!holds(&words("terms-of-exit"), &words("terms")));
    }
}
