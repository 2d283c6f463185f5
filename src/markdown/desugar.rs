//! Dialect blocks as block quotes, which every Markdown parser nests rightly.
//! In: a text and its source map. Out: the text with `!!!`, `???`, `===`, `:::` and `///` blocks rewritten, its source
//! map, and a table of where the rewritten blocks start.
//! Never knows: how blocks are drawn, or whether the parser takes the quotes for quotes.
//!
//! One pass over lines with a stack of open blocks. Nothing in the text marks a rewritten block, so no author
//! can forge one: the parser's quote is a block's if it starts where the table says.

pub(super) mod abbreviation;
pub(super) mod block;
pub(super) mod callout_kind;
pub(super) mod callout_title;
pub(super) mod flanks;
mod line;
mod markdown_element;
mod pass;
mod quoted;
pub(super) mod rewritten;

pub(super) use pass::desugar;
