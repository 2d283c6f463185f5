//! Workflow maps.
//! In: the text of a Mermaid flowchart and the cells of its node-reference table. Out: a reconciled `Graph`,
//! its `Layout`, and SVG with holes where a node's address goes.
//! Never knows: Markdown, pages, where anything is published.

pub mod graph;
pub mod layout;
pub mod mermaid;
pub mod svg;
pub mod text_width;
mod text_width_table;
