//! Headings: do they make an outline?
//! In: the headings of a page, in order. Out: findings at those that break its outline.
//! Never knows: what stands between them.

pub mod duplicate_id;
pub mod multiple_h1;
pub mod skipped_level;
