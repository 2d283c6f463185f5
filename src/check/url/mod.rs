//! Addresses and redirects: does everything have a place of its own?
//! In: the addresses of a linked site, and the redirects that the project sets. Out: findings.
//! Never knows: how addresses are given.

pub mod duplicate;
pub mod redirect_loop;
pub mod redirect_not_found;

use crate::url::{Destination, SitePath};

/// Where a redirect leads: the address, when it stays in the site.
fn redirect_target(from: &str, to: &str) -> Option<SitePath> {
    match Destination::parse(to) {
        Destination::External(_) => None,
        Destination::Local { path, .. } => SitePath::new(from).follow(&path),
    }
}
