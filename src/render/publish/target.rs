//! Where links lead, as other programs read it in the manifest.

use crate::site::{Site, Target};

/// What a target is to other programs: an address from the site's root, a file of the repository, or a web address.
pub(super) fn address(site: &Site, target: &Target) -> Option<String> {
    match target {
        Target::Page(..) | Target::Asset(..) => site.address_of(target),
        Target::External(url) => Some(url.clone()),
        Target::Repository { path, .. } => Some(path.to_string()),
        Target::Open | Target::Nowhere => None,
    }
}
