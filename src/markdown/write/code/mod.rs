//! Code: fences, their options, and highlighting.
//! In: the info string and the lines of a fence. Out: HTML.
//! Never knows: the text around the code.

pub(crate) mod block;
pub(crate) mod command;
pub(crate) mod fence;
pub(crate) mod format_spec;
pub(crate) mod highlight;
pub(crate) mod info;
pub(crate) mod language;
pub(crate) mod lines;
pub(crate) mod unclosed;
pub(crate) mod word_grammar;
