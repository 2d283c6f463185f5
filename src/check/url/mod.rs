//! Addresses and redirects: does everything have a place of its own?
//! In: the addresses of a linked site, and the redirects that the project sets. Out: findings.
//! Never knows: how addresses are given.

pub mod duplicate;
pub mod no_site_url;
pub mod promise;
pub mod redirect_loop;
pub mod redirect_not_found;
pub mod vanished;

use super::entry::Check;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    Check::site(&[&duplicate::RULE], duplicate::check),
    Check::elsewhere(&[&no_site_url::RULE]),
    Check::site(&[&redirect_loop::RULE], redirect_loop::check),
    Check::site(&[&redirect_not_found::RULE], redirect_not_found::check),
    Check::elsewhere(&[&vanished::ANCHOR, &vanished::ASSET, &vanished::PAGE]),
];
