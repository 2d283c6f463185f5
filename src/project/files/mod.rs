//! Which files exist, and which of them are part of the site.

pub mod file_set;
pub mod glob;
pub mod mount;
pub mod moves;
pub(super) mod nearby;
pub mod scope;
pub mod unread;
pub mod wildcard;
