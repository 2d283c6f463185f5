//! Channel routing: which edge runs where between rows and columns.
//! In: paths on the grid. Out: a position for each segment.
//! Never knows: SVG.

pub(crate) mod channel;
pub(crate) mod segment;
pub(crate) mod solver;
pub(crate) mod track;
