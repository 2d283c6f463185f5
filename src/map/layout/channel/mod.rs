//! Channel routing: on which track of its line each edge runs.
//! In: paths on the grid. Out: a position for each segment and label, and where each line lies.
//! Never knows: SVG.
//!
//! The problem is that of Hashimoto and Stevens (1971): a channel, intervals in it, and tracks on which those that
//! overlap must not share one. Their left-edge algorithm is not used, since the fewest tracks are not what a reader
//! minds: which of two edges lies above the other decides whether they cross. So each channel is first put in an order
//! that crosses least (`linear_order`), then positions follow from the order as longest paths in the graph of its
//! constraints (`positions`). As in left-edge, intervals that do not meet share a track. Tracks have no fixed pitch: a
//! label takes as much room as it needs, and an edge that runs straight into a node stays in the middle of its side.
//!
//! Each line has its own stretch of the axis, so what lies on different lines cannot meet, and what lies on one line is
//! kept apart by its channel: nothing is repaired afterwards.

pub(crate) mod item;
mod line;
mod linear_order;
mod neighbours;
mod pair_cost;
pub(crate) mod plan;
mod port;
mod positions;
pub(crate) mod segment;
pub(crate) mod tracks;
