//! The page that lists every page, which search opens without JavaScript. Pages outside the navigation come last.

use std::fmt::Write as _;

use crate::html::escaped;
use crate::render::nav::{MOST_BESIDE, anchor_in_list};
use crate::site::{EntryKind, EntryTarget, NavEntryId, PageId, Site};
use crate::url::Href;

/// The list of all pages, with links relative to this page.
pub(in crate::render) fn all_pages(site: &Site, from: PageId) -> String {
    let mut html = String::from("<ul class=\"all-pages\">\n");
    for entry in site.nav.roots() {
        add_entry(&mut html, site, from, *entry);
    }
    for (id, page) in site.pages().filter(|(id, page)| page.markdown().is_some() && site.nav.of_page(*id).is_none()) {
        // The 404 page is for whoever is lost, not for readers to choose.
        if page.address.as_str() != "/404.html" {
            html.push_str("<li>");
            add_link(&mut html, &Href::between(&site.page(from).address, &site.page(id).address, None), &page.title);
            html.push_str("</li>\n");
        }
    }
    html + "</ul>\n"
}

fn add_entry(html: &mut String, site: &Site, from: PageId, id: NavEntryId) {
    let entry = site.nav.entry(id);
    if matches!(entry.kind, EntryKind::Separator | EntryKind::Draft) {
        return;
    }
    if entry.children.len() > MOST_BESIDE {
        // The navigation of its pages shows only some of their siblings, and leads here for the others.
        let _ = write!(html, "<li id=\"{}\">", escaped(anchor_in_list(site, id).as_str()));
    } else {
        html.push_str("<li>");
    }
    match &entry.target {
        Some(EntryTarget::Page(page)) => {
            let href = Href::between(&site.page(from).address, &site.page(*page).address, entry.anchor.as_ref());
            add_link(html, &href, &entry.title);
        }
        Some(EntryTarget::External(url)) if let Some(href) = Href::as_written(url, &site.config.schemes) => {
            add_link(html, &href, &entry.title);
        }
        Some(EntryTarget::External(_)) | None => {
            let _ = write!(html, "<span>{}</span>", escaped(&entry.title));
        }
    }
    if !entry.children.is_empty() {
        html.push_str("\n<ul>\n");
        for child in &entry.children {
            add_entry(html, site, from, *child);
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</li>\n");
}

fn add_link(html: &mut String, href: &Href, title: &str) {
    let _ = write!(html, "<a href=\"{}\">{}</a>", escaped(href.as_str()), escaped(title));
}
