//! Where links lead.
//! In: a link as written and the page it is on. Out: its target, or what is wrong with it.
//! Never knows: HTML.

pub(super) mod anchors;
pub(super) mod backlinks;
pub(super) mod href;
pub(super) mod index;
pub(super) mod path_space;
pub(super) mod resolve;
pub(super) mod template;
