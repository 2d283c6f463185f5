//! Which files there are, and which of them are in the site.
//! In: names of files and the configuration. Out: the files of the site with their paths in it.
//! Never knows: what is in the files.

pub mod file_set;
pub mod glob;
pub mod mount;
pub mod moves;
pub(super) mod nearby;
pub mod scope;
pub mod unread;
pub mod wildcard;
