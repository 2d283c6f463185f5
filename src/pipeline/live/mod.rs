//! A site that is served while it is written: pages are rendered on demand.
//! In: a built site after each update. Out: the bytes of a page.
//! Never knows: HTTP, browsers.

pub(super) mod live_site;
pub(super) mod preview;
pub(super) mod render_cache;
