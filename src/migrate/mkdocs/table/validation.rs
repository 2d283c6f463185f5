//! `validation`: how much MkDocs minds what is wrong.

use super::{MkdocsRows, carried, needless, parts, unusable};
use crate::migrate::mkdocs::draft::{MkdocsDraft, text_of};
use crate::migrate::report::Counterpart;
use crate::migrate::row::FoundSetting;

pub(super) static ROWS: MkdocsRows = &[
    parts("validation"),
    parts("validation/nav"),
    parts("validation/links"),
    carried("validation/omitted_files", |draft, found| severity(draft, found, "nav/orphan")),
    carried("validation/nav/omitted_files", |draft, found| severity(draft, found, "nav/orphan")),
    carried("validation/absolute_links", absolute),
    carried("validation/links/absolute_links", absolute),
    carried("validation/not_found", |draft, found| severity(draft, found, "link/not-found")),
    carried("validation/links/not_found", |draft, found| severity(draft, found, "link/not-found")),
    carried("validation/anchors", |draft, found| severity(draft, found, "link/anchor-not-found")),
    carried("validation/links/anchors", |draft, found| severity(draft, found, "link/anchor-not-found")),
    needless("validation/nav/not_found", "an entry of the navigation without a page is always reported"),
    needless("validation/nav/absolute_links", "an entry of the navigation is checked as a link is"),
    needless("validation/unrecognized_links", "links to folders are understood"),
    needless("validation/links/unrecognized_links", "links to folders are understood"),
    needless("validation/unresolved_references", "references without a definition are always reported"),
];

/// The severity that a rule has: a warning fails a build of MkDocs that is strict.
fn severity(draft: &mut MkdocsDraft, found: &FoundSetting<'_>, rule: &str) -> Counterpart {
    let Some(level) = text_of(found.value) else { return unusable() };
    let is_strict = draft.text("strict").as_deref() == Some("true");
    let level = match level.as_str() {
        "ignore" => "off",
        "warn" if is_strict => "error",
        _ => "warn",
    };
    draft.book.set("check", rule, level);
    Counterpart::to(format!("[check] \"{rule}\" = \"{level}\""))
}

fn absolute(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    // MkDocs' newer name for what links do here anyway: `/x/` leads to the site's own `x/`.
    if text_of(found.value).as_deref() == Some("relative_to_docs") {
        return Counterpart::NotNeeded("`/guide/` leads to the site's own page".to_owned());
    }
    severity(draft, found, "link/absolute")
}
