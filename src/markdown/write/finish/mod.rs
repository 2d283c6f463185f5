//! What is added to a document once all of it is written.
//! In: the HTML with its holes, its headings and anchors. Out: the same with more of them.
//! Never knows: the parser's events.

pub(in crate::markdown) mod tab_anchor;
pub(in crate::markdown) mod tag_index;
