//! stub
use super::graph::Graph;
/// x
#[derive(Default)]
pub struct LayoutOptions;
/// x
pub struct Layout;
/// x
pub fn layout(_: &Graph, _: &LayoutOptions) -> Layout {
    Layout
}
