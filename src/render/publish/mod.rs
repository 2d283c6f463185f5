//! What a site publishes besides its pages.
//! In: a linked site. Out: files for browsers, search engines and other programs.
//! Never knows: templates, the disk.

pub(super) mod feed;
pub(super) mod manifest;
mod map_entry;
pub(super) mod redirects;
pub(super) mod robots;
pub(super) mod sitemap;
mod target;
