//! `feed.xml`: the pages that changed last, for feed readers and chat rooms that follow the documentation.

use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::html::escaped;
use crate::render::{page, updated};
use crate::site::{PageContent, PageId, Site};
use crate::url::SitePath;

/// The file.
pub(in crate::render) const FILE: &str = "feed.xml";
/// At most this many pages: readers ask for the feed again and again.
const MOST: usize = 30;

/// A page of the feed.
struct FeedEntry {
    page: PageId,
    changed: i64,
}

/// Whether a site has a feed: one without full URLs, or without dates, has none.
pub(in crate::render) fn has_feed(site: &Site) -> bool {
    // Asked for each page: the first page with a date answers it, and without git none has one.
    site.config.site_url.is_some()
        && !site.changed.is_empty()
        && site.pages().any(|(id, _)| changed(site, id).is_some())
}

/// The feed, in the format Atom (RFC 4287).
pub(in crate::render) fn feed(site: &Site) -> Option<String> {
    let base = site.config.site_url.as_deref()?.trim_end_matches('/');
    let entries = entries(site);
    let newest = entries.first()?.changed;
    let title = escaped(&site.config.written.book.title);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{title}</title>\n\
         <id>{base}/</id>\n<link href=\"{base}/\"/>\n<link rel=\"self\" href=\"{base}/{FILE}\"/>\n\
         <updated>{}</updated>\n<author><name>{title}</name></author>\n",
        updated::moment(newest),
        base = escaped(base),
    );
    for FeedEntry { page: id, changed } in &entries {
        let entry = site.page(*id);
        let address = escaped(&full(base, &entry.address));
        // Writing to a `String` cannot fail.
        let _ = write!(
            xml,
            "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/><updated>{}</updated>",
            escaped(&entry.title),
            updated::moment(*changed)
        );
        if let Some(description) = page::description(site, *id) {
            let _ = write!(xml, "<summary>{}</summary>", escaped(&description));
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn full(base: &str, address: &SitePath) -> String {
    format!("{base}{}", address.encoded())
}

/// The pages that somebody wrote and git knows a date of, newest first.
fn entries(site: &Site) -> Vec<FeedEntry> {
    let dated = site.pages().filter_map(|(page, _)| Some(FeedEntry { page, changed: changed(site, page)? }));
    let mut entries: Vec<FeedEntry> = dated.collect();
    // One commit changes many pages at one moment: then by address, so that the same site has the same bytes.
    entries.sort_by_key(|entry| (Reverse(entry.changed), site.page(entry.page).address.clone()));
    entries.truncate(MOST);
    entries
}

/// When a page changed that readers look for.
fn changed(site: &Site, id: PageId) -> Option<i64> {
    let page = site.page(id);
    let is_for_readers = !matches!(page.content, PageContent::NotFound) && page.address.as_str() != "/404.html";
    site.changed.get(page.source.as_ref().filter(|_| is_for_readers)?).copied()
}
