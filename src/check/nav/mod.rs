//! The navigation: does it lead everywhere, and only to what is there?
//! In: the outline as the site understood it. Out: findings at its entries, and at pages it forgot.
//! Never knows: how navigation is drawn.

pub mod listed_twice;
pub mod orphan;
pub mod page_not_found;

use super::entry::Check;
use super::link::nearest_file;
use crate::diagnostic::slips;
use crate::site::{PageId, Site};
use crate::source::SourcePath;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    Check::site(&[&listed_twice::RULE], listed_twice::check),
    Check::site(&[&orphan::RULE], orphan::check),
    Check::site(&[&page_not_found::RULE], page_not_found::check),
];

/// What an entry that leads nowhere probably means.
struct NavSuggestion {
    /// As the outline would write it.
    path: String,
    page: Option<PageId>,
    /// Whether it is so near that the entry is a slip, or its page moved: then that page is not forgotten.
    is_slip: bool,
}

fn meant(site: &Site, wanted: &str) -> Option<NavSuggestion> {
    let path = site.source_folder().join(wanted).ok();
    if let Some((path, file)) = path.and_then(|path| nearest_file(site, &path).map(|file| (path, file))) {
        let better = file.relative_to(&site.source_folder());
        let moved = site.repository.moved_to(&path).is_some();
        return Some(NavSuggestion {
            is_slip: moved || is_slip(wanted, &better),
            path: better,
            page: site.page_from(&file),
        });
    }
    // Where all pages come from mounts, the outline names them by the places they are mounted at.
    let page = site.page_from(site.nearest_mounted(&SourcePath::new(wanted).ok()?)?)?;
    let better = site.page(page).mounted.to_string();
    Some(NavSuggestion { is_slip: is_slip(wanted, &better), path: better, page: Some(page) })
}

/// Whether two paths differ in a letter or two, in case, or in the folder alone. More may be another page that is gone.
fn is_slip(written: &str, meant: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    // What is more than two letters apart may be another page, and then the page that no entry names must be said as
    // well.
    name(written) == name(meant) || slips(written, meant).is_some_and(|slips| slips <= 2)
}
