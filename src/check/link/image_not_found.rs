//! `link/image-not-found`: an image whose file is not there.

use super::missing;
use crate::check::{add, broken_links};
use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::LinkKind;
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::error("link/image-not-found", include_str!("image_not_found.md"));

/// Looks at the images of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page) {
        if broken.link.kind == LinkKind::Image {
            add(found, missing(&RULE, site, page, &broken));
        }
    }
}
