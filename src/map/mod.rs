//! Workflow maps.
//! In: the text of a Mermaid flowchart and the cells of its node-reference table. Out: a reconciled `Graph`,
//! its `Layout`, and SVG with holes where a node's address goes.
//! Never knows: Markdown, pages, where anything is published.

pub mod graph;
pub mod layout;
pub mod mermaid;
pub mod reference;
pub mod svg;

use crate::diagnostic::Rule;

/// Every rule that maps are held to while they are read.
pub static RULES: [&Rule; 3] = [&mermaid::SYNTAX, &mermaid::TOO_LARGE, &mermaid::UNKNOWN_ID];
