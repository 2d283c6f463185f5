//! `heading/multiple-h1`: a page with more than one main heading.

use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::Heading;
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::warning("heading/multiple-h1", include_str!("multiple_h1.md"));

/// Looks at the headings of the first level. A title in front matter is the page's name, and no heading. One that comes
/// with an included file is said in that file, once for all pages that include it.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(page) = site.page(page).markdown() else { return };
    let mut main = page.document.headings.iter().filter(|heading: &&Heading| heading.level == 1);
    let Some(first) = main.next() else { return };
    for heading in main {
        if heading.span.source != page.source {
            let message = format!("`{}` is a second top-level heading on pages that include this file", heading.text);
            found.push(RULE.at(heading.span, message).help("change it to `##`, or include only the part below it"));
            continue;
        }
        let message = format!("`{}` is a second top-level heading on this page", heading.text);
        let finding = RULE.at(heading.span, message).related(first.span, "first one here");
        found.push(finding.help("change it to `##`, or move it to its own page"));
    }
}
