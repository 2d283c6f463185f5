//! A project that is worked on: read, compiled, linked, checked, and brought up to date after a change.
//! In: a file system, and what changed. Out: the built site and its diagnostics.
//! Never knows: who asks, or what becomes of the site.

pub(super) mod cache;
pub(super) mod changed;
pub(super) mod compile;
pub(super) mod context;
pub(super) mod counts;
pub(super) mod state;
pub(super) mod update;
