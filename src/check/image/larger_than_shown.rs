//! `image/larger-than-shown`: an image with many times the pixels that readers see.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{PageId, Site, Target};

/// The rule.
pub static RULE: Rule = Rule::warning("image/larger-than-shown", include_str!("larger_than_shown.md")).off();

/// How wide an image is shown at most, where its text does not say: the widest column of the built-in theme.
const COLUMN: u32 = 800;

/// Looks at the images of a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(compiled) = site.page(page).markdown() else { return };
    // Screens show two pixels, or three, where a text says one.
    let scale = site.config.written.check.image_scale;
    for (link, resolution) in compiled.links.iter().zip(site.links(page)) {
        let Target::Asset(id, _) = &resolution.target else { continue };
        let Some((width, height)) = site.image_sizes.get(&site.asset(*id).source) else { continue };
        let shown = link.width.unwrap_or(COLUMN).max(1);
        if *width <= shown.saturating_mul(scale) || !link.kind.is_shown() {
            continue;
        }
        let message = format!("`{}` is {width} × {height} pixels, but displayed {shown} pixels wide", link.destination);
        found.push(RULE.at(link.span, message).help(format!("resize the image to a width of {} pixels", shown * 2)));
    }
}
