//! Pages as readers tell them apart: their titles and descriptions.
//! In: the pages of a site. Out: findings where the title stands, or should.
//! Never knows: what the pages say.

pub mod duplicate_title;
pub mod missing_description;

use super::entry::Check;
use crate::page::Page;
use crate::source::Span;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    Check::site(&[&duplicate_title::RULE], duplicate_title::check),
    Check::page(&[&missing_description::RULE], missing_description::check),
];

/// Where a page says what it is called; its beginning where it does not.
fn title_span(page: &Page) -> Span {
    let heading = page.document.headings.iter().find(|heading| heading.level == 1).map(|heading| heading.span);
    let title = page.front.title.as_ref().map(|title| title.span);
    title.or(heading).unwrap_or_else(|| Span::start_of(page.source))
}
