//! Where links lead, as other programs read it in the manifest.

use serde::Serialize;

use crate::site::{Site, Target};

/// What something leads to.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TargetKind {
    /// A page of the site.
    Page,
    /// A file of the site.
    File,
    /// A file of the repository that the site does not have.
    Repository,
    /// Another site.
    Web,
    /// Nothing.
    Missing,
}

/// What a target is.
pub(super) fn kind(target: &Target) -> TargetKind {
    match target {
        Target::Page(..) => TargetKind::Page,
        Target::Asset(..) => TargetKind::File,
        Target::Repository { .. } => TargetKind::Repository,
        Target::External(_) => TargetKind::Web,
        Target::Open | Target::Nowhere => TargetKind::Missing,
    }
}

/// What a target is to other programs: an address from the site's root, a file of the repository, or a web address.
pub(super) fn address(site: &Site, target: &Target) -> Option<String> {
    match target {
        Target::Page(..) | Target::Asset(..) => site.address_of(target),
        Target::External(url) => Some(url.clone()),
        Target::Repository { path, .. } => Some(path.to_string()),
        Target::Open | Target::Nowhere => None,
    }
}
