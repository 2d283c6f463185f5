//! From pages to a site, and from one site to the next.
//! In: pages, playbooks, assets, the outline. Out: the site with every address given.
//! Never knows: the disk, templates.

pub(super) mod addresses;
pub(super) mod every_page;
pub(super) mod moved;
pub(super) mod parts;
pub(super) mod redirects;
pub(super) mod relink;
pub(super) mod renew;
