//! The place in a page that a link to no place means.
//! In: the places of a page, and an anchor that is none of them. Out: the one that was probably meant, and how sure
//! that is.
//! Never knows: links.

use crate::diagnostic::{Applicability, is_same_name};
use crate::site::{PageId, Site};
use crate::url::{Anchor, SlugStyle};

/// The place that was probably meant. It is meant for sure when it is the only one with the same letters, and tools
/// disagree on nothing but case and hyphens: on what becomes of ` — ` and `&`. All else is a guess.
pub(in crate::check) fn nearest_anchor(
    site: &Site,
    target: PageId,
    anchor: &Anchor,
) -> Option<(String, Applicability)> {
    let ids = &site.places(target).ids;
    let wanted = anchor.as_str();
    // `#stage-5--uat` and `#stage-5-uat` come of one heading, in GitHub and in MkDocs.
    let same = ids.same(wanted).map(str::to_owned);
    if let Some(same) = same.or_else(|| in_other_style(site, target, wanted)) {
        return Some((same, Applicability::Safe));
    }
    // The file of a playbook was renamed, and the ids of its steps with it: git knows that, and letters do not.
    if let Some(step) = site.renamed_step(target, wanted) {
        return Some((step, Applicability::Suggested));
    }
    let guess = ids.nearest(wanted).or_else(|| ids.reworded(wanted))?;
    Some((guess.to_owned(), Applicability::Suggested))
}

/// The only heading whose id would be this one if another tool had made it: what one of them leaves out, another makes
/// a hyphen of. The letters must be the same all the same, as an author may have given the heading an id.
fn in_other_style(site: &Site, target: PageId, wanted: &str) -> Option<String> {
    let places = site.places(target);
    let headings = &site.page(target).markdown()?.document.headings;
    let styles = [SlugStyle::Github, SlugStyle::Mkdocs, SlugStyle::Pymdownx];
    let is_meant = |id: &&str| {
        let text = places.headings.get(&Anchor::new(id)).and_then(|at| headings.get(*at)).map(|at| at.text.as_str());
        text.is_some_and(|text| is_same_name(text, wanted) || styles.iter().any(|style| style.slug(text) == wanted))
    };
    let mut meant = places.ids.with_letters_of(wanted).filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(only), None) => Some(only.to_owned()),
        _ => None,
    }
}
