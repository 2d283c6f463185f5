//! Headings: do they make an outline?
//! In: the headings of a page, in order. Out: findings at those that break its outline.
//! Never knows: what stands between them.

pub mod duplicate_id;
pub mod multiple_h1;
pub mod skipped_level;

use super::entry::Check;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    // Two ids that an author gave are found while the page is read, so the rule is listed by `markdown`.
    Check::page(&[], duplicate_id::check).always(),
    Check::page(&[&multiple_h1::RULE], multiple_h1::check),
    Check::page(&[&skipped_level::RULE], skipped_level::check),
];
