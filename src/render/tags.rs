//! The list of all tags, the pages of one tag, and the tags of a page as links.

use std::fmt::Write as _;

use super::view::LinkView;
use crate::html::escaped;
use crate::site::{PageContent, PageId, Site, TagId};
use crate::source::Located;
use crate::url::Href;
use crate::wording::Wording;

/// All tags, each with the pages that have it.
pub(super) fn overview(site: &Site, from: PageId) -> String {
    let mut html = String::from("<div class=\"tag-index\">\n");
    for tag in &site.tags.all {
        // The tag's name in addresses, which `site::links::anchors` promises as the id.
        let id = site.page(tag.page).address.as_str().trim_end_matches(".html").trim_matches('/').rsplit('/').next();
        let href = href(site, from, tag.page);
        let id = escaped(id.unwrap_or_default());
        let _ =
            writeln!(html, "<h2 id=\"{id}\"><a href=\"{}\">{}</a></h2>", escaped(href.as_str()), escaped(&tag.name));
        html.push_str(&list(site, from, &tag.pages));
    }
    html + "</div>\n"
}

/// The pages that have a tag, and the way to all tags.
pub(super) fn of_tag(site: &Site, from: PageId, id: TagId) -> String {
    let mut html = list(site, from, &site.tag(id).pages);
    if let Some(overview) = site.tags.overview {
        let href = href(site, from, overview);
        let all = Wording::english().say("page.all_tags");
        let _ = writeln!(html, "<p><a href=\"{}\">{}</a></p>", escaped(href.as_str()), escaped(all));
    }
    html
}

fn list(site: &Site, from: PageId, pages: &[PageId]) -> String {
    let mut html = String::from("<ul>\n");
    for page in pages {
        let entry = site.page(*page);
        let href = href(site, from, *page);
        let _ = write!(html, "<li><a href=\"{}\">{}</a>", escaped(href.as_str()), escaped(&entry.title));
        let description = match &entry.content {
            PageContent::Markdown(page) => page.front.description.as_ref(),
            PageContent::Playbook(id) => site.playbook(*id).playbook.description.as_ref(),
            _ => None,
        };
        if let Some(description) = description {
            let _ = write!(html, ": {}", escaped(&description.value));
        }
        html.push_str("</li>\n");
    }
    html + "</ul>\n"
}

/// A page's tags, each leading to its page.
pub(super) fn links<'a>(site: &'a Site, from: PageId, tags: &'a [Located<String>]) -> Vec<LinkView<'a>> {
    let link = |tag: &'a Located<String>| match site.tag_page(&tag.value) {
        Some(page) => LinkView::new(tag.value.as_str(), href(site, from, page)),
        None => LinkView::unlinked(tag.value.as_str()),
    };
    tags.iter().map(link).collect()
}

fn href(site: &Site, from: PageId, to: PageId) -> Href {
    Href::between(&site.page(from).address, &site.page(to).address, None)
}
