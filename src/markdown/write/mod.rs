//! From events of the parser to HTML with holes: the writer, and one file per construct.
//! In: events and the text they are about. Out: HTML, and the headings, links and tables in it.
//! Never knows: other pages, addresses.
//!
//! `dispatch` hands each event to its construct; constructs write with `writer`, which knows none of them.

pub(super) mod alert;
pub(super) mod aside;
mod attribute_list;
mod callout_mark;
pub(super) mod code;
pub(super) mod definition;
pub(super) mod depth;
pub(super) mod dispatch;
pub(super) mod embed;
pub(super) mod finish;
pub(super) mod footnote;
pub(super) mod heading;
pub(super) mod ids;
pub(super) mod inline;
pub(super) mod input;
pub(super) mod link;
pub(super) mod list;
pub(super) mod output;
pub(super) mod slot;
pub(super) mod table;
pub(super) mod writer;
