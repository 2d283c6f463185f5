//! `asset/active-svg`: a drawing that runs something when readers open it.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::Site;

/// The rule.
pub static RULE: Rule = Rule::warning("asset/active-svg", include_str!("active_svg.md"));

/// Looks at what was found in the drawings when they were read.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for asset in site.assets.iter() {
        let Some(part) = &asset.active.part else { continue };
        let (name, what) = (asset.source.file_name(), &part.value);
        found.push(if asset.active.sanitized.is_some() {
            let message = format!("`{what}` in `{name}` is not published: the site sanitizes SVG files");
            RULE.at(part.span, message).help("remove it, and what belongs to it")
        } else {
            let message = format!("`{name}` can run scripts when readers open it: `{what}`");
            RULE.at(part.span, message).help(
                "remove it, or set `raw-html = \"sanitize\"` in `[output.html]` to publish SVG files without scripts",
            )
        });
    }
}
