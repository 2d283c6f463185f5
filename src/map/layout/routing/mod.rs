//! Routing: along which lines of the grid each edge runs.
//! In: a graph whose nodes stand on a grid. Out: for each edge the points it passes, from node to node.
//! Never knows: where on its line an edge will lie; that is channel routing (`channel`).
//!
//! Edges are routed one after the other, each as the cheapest path that weighted A* finds (`search`, `cost`), then each
//! again with all others in place (`reroute`): rip-up and reroute, as circuit boards are wired. Layered drawing has
//! dummy nodes instead, one in each rank that an edge passes. A grid can do what they cannot: lead an edge around a lane,
//! along its border or back, and tell what a crossing costs where it happens.

pub(crate) mod cost;
pub(crate) mod grid;
pub(crate) mod reroute;
pub(crate) mod search;
mod state;
