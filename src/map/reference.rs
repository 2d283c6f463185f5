//! stub
use super::graph::Graph;
use crate::diagnostic::Parsed;
use crate::text::Span;
/// x
pub struct TableInput {
    /// x
    pub header: Vec<Cell>,
    /// x
    pub rows: Vec<Vec<Cell>>,
    /// x
    pub span: Span,
}
/// x
pub struct Cell {
    /// x
    pub text: String,
    /// x
    pub span: Span,
    /// x
    pub links: Vec<LinkRef>,
}
/// x
pub struct LinkRef {
    /// x
    pub index: u32,
    /// x
    pub text: String,
}
/// x
pub struct Reference;
/// x
pub fn describes(_: &TableInput, _: &Graph) -> bool {
    false
}
