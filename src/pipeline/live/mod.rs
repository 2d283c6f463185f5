//! A site that is served while it is written: pages are rendered when somebody asks for them.
//! In: a built site after each change. Out: the bytes of a page.
//! Never knows: HTTP, browsers.

pub(super) mod live_site;
pub(super) mod preview;
pub(super) mod render_cache;
