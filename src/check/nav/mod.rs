//! Navigation: does the outline name pages that are there, and all of them?
//! In: the navigation of a linked site. Out: findings at the outline's entries, or at forgotten pages.
//! Never knows: how outlines are read.

pub mod orphan;
pub mod page_not_found;
