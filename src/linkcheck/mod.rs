//! The web: whether addresses of others still lead where they should.
//! In: addresses that somebody asked for by `--external`. Out: for each, what came back.
//! Never knows: pages, findings, who links where.

mod anchors;
mod cache;
mod client;
mod policy;
mod schedule;

pub use cache::VerdictCache;
pub use client::fetch;
pub use schedule::{Limits, check};
