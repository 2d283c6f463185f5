//! What is in a line of text: the text itself, and what the parser does not know in it.
//! In: runs of text. Out: icons, keys, marks, formulas and bare addresses as HTML.
//! Never knows: blocks.

mod autolink;
pub(crate) mod icon;
mod keyboard;
pub(crate) mod mark;
pub(crate) mod math;
mod math_style;
pub(crate) mod prose;
