//! Addresses and redirects: does everything have a place of its own?
//! In: the addresses of a linked site, and the redirects that the project sets. Out: findings.
//! Never knows: how addresses are given.

pub mod duplicate;
pub mod promise;
pub mod redirect_loop;
pub mod redirect_not_found;
pub mod vanished;
