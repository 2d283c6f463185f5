//! Checks URLs of other sites over the network, for `--external`.
//! In: URLs. Out: a verdict for each.

mod anchors;
mod cache;
mod client;
mod policy;
mod schedule;

pub use cache::VerdictCache;
pub use client::fetch;
pub use schedule::{Limits, check};
