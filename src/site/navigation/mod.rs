//! How readers find their way: the tree of pages, the reading order, tags.
//! In: pages and the outline. Out: entries.
//! Never knows: HTML.

pub(super) mod nav;
pub(super) mod nav_tree;
pub(super) mod tags;
