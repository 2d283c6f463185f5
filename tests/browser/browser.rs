//! What readers and authors see, in a real browser.
//! In: sites, built or served. Out: what a headless Chromium shows of them.
//! Never knows: how pages are made.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test is the author who saves, and its pages lie on disk"
)]

mod authoring;
mod axe;
mod everywhere;
mod filling;
mod large;
mod map;
#[path = "../support/missing.rs"]
mod missing;
mod playbooks;
mod policy;
mod printing;
mod search;
mod site;
mod tab;
mod writing;
