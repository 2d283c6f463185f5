//! From events of the parser to HTML with holes: the writer, and one file per construct.
//! In: events and the text they stand in. Out: HTML, and the headings, links and tables in it.
//! Never knows: other pages, addresses.

pub(super) mod alert;
pub(super) mod aside;
pub(super) mod autolink;
pub(super) mod code;
pub(super) mod definition;
pub(super) mod footnote;
pub(super) mod heading;
pub(super) mod icon;
pub(super) mod ids;
pub(super) mod keyboard;
pub(super) mod link;
pub(super) mod list;
pub(super) mod mark;
pub(super) mod math;
pub(super) mod output;
pub(super) mod prose;
pub(super) mod slot;
pub(super) mod table;
pub(super) mod tag_index;
pub(super) mod writer;
