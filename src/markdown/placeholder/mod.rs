//! Names that are filled in after a text was compiled.
//! In: a text with sealed names. Out: holes in the HTML, or the text as Markdown again.
//! Never knows: who fills them in.

pub(super) mod attributes;
pub(super) mod holes;
pub(super) mod names;
pub(super) mod template_source;
pub(super) mod within;
