//! Workflow maps.
//! In: the text of a Mermaid flowchart and the cells of its node-reference table. Out: a reconciled `Graph`,
//! its `Layout`, and SVG with holes where a node's address goes.
//! Never knows: Markdown, pages, where anything is published.

pub mod graph;
pub mod index_vec;
#[allow(clippy::indexing_slicing, reason = "typed ids index their own tables: a layout is made of little else")]
pub mod layout;
pub mod mermaid;
pub mod other;
pub mod part;
pub mod reconcile;
pub mod reference;
pub mod svg;
pub mod text_width;
mod text_width_table;
pub mod thumbnail;
pub mod title;

use crate::diagnostic::Rule;

/// Every rule that maps are held to while they are read.
pub static RULES: &[&Rule] = &[
    &layout::TOO_DENSE,
    &mermaid::CURLY_QUOTES,
    &mermaid::SYNTAX,
    &mermaid::TOO_LARGE,
    &mermaid::UNKNOWN_ID,
    &mermaid::CONTRADICTION,
    &other::UNSUPPORTED,
    &reconcile::LABEL_MISMATCH,
    &reconcile::LANE_MISMATCH,
    &reconcile::NEXT_MISMATCH,
    &reconcile::NODE_NOT_IN_TABLE,
    &reconcile::ROW_NOT_IN_DIAGRAM,
    &reconcile::UNDEFINED_NODE,
    &reference::DUPLICATE_ID,
    &reference::INCOMPLETE_ROW,
    &reference::NOT_COMPARED,
    &reference::TABLES_COMPETE,
    &reference::UNKNOWN_COLUMN,
];
