//! Pages as Markdown, next to their HTML, and lists of them: `recruit.md`, `llms.txt`, `llms-full.txt`.
//! In: a linked site, and the texts of its pages. Out: Markdown with what pages include, and links that lead on.
//! Never knows: where texts are kept, templates.
//!
//! Texts are written by `fill`, as documents for partners are; only what shows a part of the site is written here.

mod block;
pub(in crate::render) mod llms;
mod map_table;
mod overview;

use block::Blocks;

use crate::fill::{self, Addresses, Job};
use crate::markdown::{TemplateSource, Within};
use crate::render::page;
use crate::site::{PageContent, PageId, Site};
use crate::url::SitePath;

/// A page as Markdown for a place in the site; `source` is its text, for pages that have one.
pub(in crate::render) fn page(
    site: &Site,
    id: PageId,
    source: Option<&TemplateSource>,
    place: &SitePath,
) -> Option<String> {
    let job = Job { addresses: Addresses::From(place.clone()), ..Job::default() };
    let entry = site.page(id);
    let (body, has_heading) = match &entry.content {
        PageContent::Markdown(page) => {
            let blocks = Blocks { site, job: &job, id, page };
            let has_heading = page.document.headings.iter().any(|heading| heading.level == 1);
            (fill::page_text(site, &job, id, source?, |embed| blocks.shown(embed)), has_heading)
        }
        PageContent::Playbook(playbook) => {
            let job = Job { playbook: Some(*playbook), ..job };
            (fill::text(fill::playbook_parts(site, &job, *playbook)), true)
        }
        PageContent::Playbooks => (overview::list(site, &job), false),
        PageContent::Tags | PageContent::Tag(_) | PageContent::AllPages | PageContent::NotFound => return None,
    };
    // As on the page: a text without a heading of its own has its title above it.
    let heading = if has_heading { String::new() } else { format!("# {}\n\n", plain(&entry.title)) };
    let text = format!("{heading}{}", body.trim());
    // Parts of other texts are in it, so that the lines of a file from Windows would end in two ways.
    Some(format!("{}\n{}\n", head(site, id), text.trim_end().replace("\r\n", "\n")))
}

/// What a page is called, what it is about, and where readers read it.
fn head(site: &Site, id: PageId) -> String {
    let description = page::description(site, id);
    let canonical = page::canonical(site, &site.page(id).address);
    let lines = [
        ("title", Some(site.page(id).title.as_str())),
        ("description", description.as_deref()),
        ("source", canonical.as_deref()),
    ];
    fill::front_matter(lines.into_iter().filter_map(|(key, value)| Some((key, value?))))
}

/// A plain text as Markdown.
fn plain(text: &str) -> String {
    Within::Text { begins: false }.put(text)
}

/// A plain text in a cell of a table.
fn cell(text: &str) -> String {
    Within::Cell.put(text)
}

/// A link, if there is an address for it.
fn link(text: &str, address: Option<&str>) -> String {
    match address {
        Some(address) => format!("[{text}]({address})"),
        None => text.to_owned(),
    }
}

/// A row of a table.
fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The first two rows of a table.
fn table_head<T: AsRef<str>>(cells: &[T]) -> String {
    row(cells) + &row(&vec!["---"; cells.len()])
}
