//! HTML that is written in Markdown: tags, elements and the links in them.
//! In: raw HTML. Out: HTML with holes where links lead, and what was left open.
//! Never knows: Markdown.

pub(super) mod active;
mod attribute;
mod diagram;
pub(super) mod element;
pub(super) mod permitted;
pub(super) mod pseudo_tag;
pub(super) mod raw_links;
pub(super) mod rewrite;
pub(super) mod url_attributes;
