//! A page as a chapter of a document: its ids told apart from those of others, links between chapters inside the
//! document, headings a level deeper, nothing folded.
//! In: a page's HTML, its addresses seen from the page. Out: the same for its place in a document.
//! Never knows: what the page says, what the theme writes around it.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::html::rewrite::{AttributeEdit, EditableTag, rewrite};
use crate::html::{decode_attribute, escaped};
use crate::site::Site;
use crate::source::Part as _;
use crate::url::{Destination, Href, SitePath};

/// What is the same for all chapters of a document.
pub(super) struct ChapterContext<'a> {
    pub(super) site: &'a Site,
    /// The position of each chapter, by the address of its page.
    pub(super) chapters: HashMap<&'a SitePath, usize>,
    /// Where the document lies; `None` once it has left the site.
    pub(super) address: Option<&'a SitePath>,
    /// How many levels deeper headings are.
    pub(super) shift: u8,
}

/// The id of a chapter.
pub(super) fn id(chapter: usize) -> String {
    format!("d{}", chapter + 1)
}

/// Attributes that name one id or several.
const NAMES: [&str; 13] = [
    "id",
    "for",
    "list",
    "form",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-details",
    "aria-controls",
    "aria-owns",
    "aria-flowto",
    "aria-errormessage",
    "popovertarget",
];
/// Attributes that load something from an address.
const FILES: [&str; 3] = ["src", "poster", "data"];

impl ChapterContext<'_> {
    /// A page as the chapter at this position.
    pub(super) fn chapter(&self, html: &str, page: &SitePath, at: usize) -> String {
        let chapter = Chapter { book: self, page, id: id(at) };
        rewrite(html, |tag| chapter.put(tag))
    }
}

/// A chapter, and where its addresses are seen from.
struct Chapter<'a> {
    book: &'a ChapterContext<'a>,
    page: &'a SitePath,
    id: String,
}

impl Chapter<'_> {
    fn put(&self, tag: &mut EditableTag<'_>) {
        if let Some(level) = level(tag.name()) {
            tag.rename(format!("h{}", (level + self.book.shift).min(6)));
        }
        if tag.is_end() {
            return;
        }
        let is = |name: &str| tag.name().eq_ignore_ascii_case(name);
        let (is_details, is_section) = (is("details"), is("section"));
        let named_by_name = is("a") || is("map");
        if is_details && !tag.has("open") {
            tag.add("open");
        }
        tag.edit(|name, value| match name {
            // Of details with one name only one is open.
            "name" if is_details => AttributeEdit::Drop,
            "name" if named_by_name => AttributeEdit::Write(self.own(value)),
            // With a name, a section is a landmark: the same ones in every chapter lead nobody.
            "aria-label" | "role" if is_section => AttributeEdit::Drop,
            "href" | "xlink:href" | "action" | "cite" => {
                self.address(value).map_or(AttributeEdit::Keep, AttributeEdit::Write)
            }
            "usemap" => AttributeEdit::Write(self.with_places(value, "#")),
            "srcset" => AttributeEdit::Write(self.files(value)),
            name if NAMES.contains(&name) => AttributeEdit::Write(self.own(value)),
            name if FILES.contains(&name) => self.file(value).map_or(AttributeEdit::Keep, AttributeEdit::Write),
            // Clip paths, markers, gradients.
            _ if value.contains("url(#") => AttributeEdit::Write(self.with_places(value, "url(#")),
            _ => AttributeEdit::Keep,
        });
    }

    /// Ids of the page as ids of the document.
    fn own(&self, ids: &str) -> String {
        let mut own = String::with_capacity(ids.len() + self.id.len() + 1);
        for id in ids.split_whitespace() {
            let space = if own.is_empty() { "" } else { " " };
            let _ = write!(own, "{space}{}-{id}", self.id);
        }
        own
    }

    /// A value in which ids follow this sign.
    fn with_places(&self, value: &str, sign: &str) -> String {
        value.replace(sign, &format!("{sign}{}-", self.id))
    }

    /// Where a link leads from the document; `None` when it leads there as it is.
    fn address(&self, written: &str) -> Option<String> {
        let written = decode_attribute(written);
        let (path, rest) = self.followed(&written)?;
        let place = rest.split_once('#').map(|(_, place)| place).filter(|place| !place.is_empty());
        if let Some(chapter) = self.book.chapters.get(&path) {
            let place = place.map(|place| format!("-{place}")).unwrap_or_default();
            return Some(escaped(&format!("#{}{place}", id(*chapter))));
        }
        // What is printed, or sent as a file, is read far from the site.
        Some(escaped(&format!("{}{rest}", self.published(&path).unwrap_or_else(|| self.beside(&path)))))
    }

    /// Where a file lies, seen from the document.
    fn file(&self, written: &str) -> Option<String> {
        let written = decode_attribute(written);
        let (path, rest) = self.followed(&written)?;
        Some(escaped(&format!("{}{rest}", self.beside(&path))))
    }

    /// The files of a `srcset`.
    fn files(&self, written: &str) -> String {
        let candidate = |candidate: &str| {
            let candidate = candidate.trim();
            let (address, size) = candidate.split_once(char::is_whitespace).unwrap_or((candidate, ""));
            format!("{} {size}", self.file(address).unwrap_or_else(|| address.to_owned())).trim_end().to_owned()
        };
        // A comma inside an address is followed by no blank.
        written.split(", ").map(candidate).collect::<Vec<_>>().join(", ")
    }

    /// The address that a relative one means on the page, and its query and fragment as they were written.
    fn followed<'t>(&self, written: &'t str) -> Option<(SitePath, &'t str)> {
        let Destination::Local { path, .. } = Destination::parse(written) else { return None };
        let rest = written.find(['?', '#']).map_or("", |at| written.part(at..));
        if path.is_empty() && !rest.starts_with('#') || path.starts_with('/') {
            return None;
        }
        let path = if path.is_empty() { self.page.clone() } else { self.page.follow(&path)? };
        Some((path, rest))
    }

    /// The full address of something on the site, as far as the site says where it is.
    fn published(&self, path: &SitePath) -> Option<String> {
        let base = self.book.site.config.site_url.as_deref()?;
        Some(format!("{}{}", base.trim_end_matches('/'), from_root(path)))
    }

    /// The address of something on the site, seen from the document.
    fn beside(&self, path: &SitePath) -> String {
        match self.book.address {
            Some(address) => Href::between(address, path, None).to_string(),
            None => self.published(path).unwrap_or_else(|| from_root(path)),
        }
    }
}

/// An address from the root, encoded.
fn from_root(path: &SitePath) -> String {
    format!("/{}", Href::through_root(0, path).as_str().trim_start_matches("./"))
}

/// The level of a heading.
fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
