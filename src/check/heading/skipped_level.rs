//! `heading/skipped-level`: a heading two or more levels below the one before it.

use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown::{Element, Heading};
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule::info("heading/skipped-level", include_str!("skipped_level.md"));

/// Looks at each heading and the one before it. What level a page begins with is its own business; so is the level inside
/// a card or a panel, and that of an included text.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(page) = site.page(page).markdown() else { return };
    let mut main = page.document.headings.iter().filter(|heading| heading.level == 1);
    let first = main.next().map(|heading| heading.span);
    // Another main heading is reported as what should be `##`: what stands below it is right then.
    let level = |heading: &Heading| if heading.level == 1 && Some(heading.span) != first { 2 } else { heading.level };
    for pair in page.document.headings.windows(2) {
        let [before, heading] = pair else { continue };
        if heading.level > level(before) + 1 && !begins_apart(page, before.span, heading.span) {
            let wanted = "#".repeat(usize::from(before.level) + 1);
            let message = format!(
                "`{}` is a level {} heading directly below a level {} heading",
                heading.text, heading.level, before.level
            );
            let finding = RULE.at(heading.span, message).related(before.span, "the heading before it");
            found.push(finding.help(format!("use `{wanted}` for this heading and its siblings")));
        }
    }
}

/// Whether the second place lies in a file or an element of its own.
fn begins_apart(page: &Page, before: Span, heading: Span) -> bool {
    let is_entered = |element: &Element| element.span.overlaps(heading) && !element.span.overlaps(before);
    heading.source != before.source || page.document.elements.iter().any(is_entered)
}
