//! Ways of edges between nodes: weighted A* on a grid.
//! In: nodes on a grid. Out: a path for each edge.
//! Never knows: pixels of lines.

pub(crate) mod cost;
pub(crate) mod grid;
pub(crate) mod route;
pub(crate) mod turn;
