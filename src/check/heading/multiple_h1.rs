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
            let message =
                format!("`{}` is another main heading of each page that includes it below its own", heading.text);
            found.push(RULE.at(heading.span, message).help("make it `##`, or include the file from below this line"));
            continue;
        }
        let message = format!("`{}` is another main heading of this page", heading.text);
        let finding = RULE.at(heading.span, message).related(first.span, "the first is here");
        found.push(finding.help("make it `##`, or a page of its own"));
    }
}
