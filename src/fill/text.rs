//! Documents as Markdown.
//! In: a job. Out: for each document its parts, with blanks where nothing has a value; all of them as files.
//! Never knows: what a blank is filled with.

use std::fmt::Write as _;

use super::address::{self, Lead, anchor_in, lead, published};
use super::{Document, File, Job, readme};
use crate::markdown::{Piece, Within};
use crate::page::Kept;
use crate::site::Site;
use crate::text::Part as _;

/// A part of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Markdown.
    Text(String),
    /// A place to be filled in.
    Blank {
        /// Of what is wanted.
        name: String,
        /// What stands there until then.
        written: String,
        /// What is around it.
        within: Within,
    },
}

/// The text of a document in parts, with links that lead to the published site or beside it.
#[must_use]
pub fn parts(site: &Site, job: &Job, document: &Document) -> Vec<Part> {
    let address = |link: usize| match lead(site, job, document.page, link) {
        Lead::Beside(to, anchor) => Some(beside(site, document, to, anchor.as_ref())),
        Lead::Web(url) => Some(url),
        Lead::Refused => Some(String::new()),
        Lead::AsWritten => None,
    };
    of_pieces(site, document.manuscript.text.pieces(address))
}

/// Pieces with the values that there are.
pub(super) fn of_pieces(site: &Site, pieces: Vec<Piece<'_>>) -> Vec<Part> {
    joined(pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => Part::Text(text.into_owned()),
        Piece::Blank { name, written, within } => match site.value(name) {
            Some(value) => Part::Text(within.put(&value)),
            None => Part::Blank { name: name.to_owned(), written: written.to_owned(), within: within.clone() },
        },
    }))
}

/// Parts as a text, in which what nothing has a value for stays as it was written.
#[must_use]
pub fn text(parts: Vec<Part>) -> String {
    let part = |part| match part {
        Part::Text(text) => text,
        Part::Blank { written, .. } => written,
    };
    parts.into_iter().map(part).collect()
}

/// Every document as a file, and before them the playbook itself.
#[must_use]
pub fn folder(site: &Site, job: &Job) -> Vec<File> {
    let documents = job.documents.iter().map(|document| {
        let head = if job.has_front_matter { head(site, document) } else { String::new() };
        File { name: document.file.clone(), text: head + &text(parts(site, job, document)) }
    });
    readme::file(site, job).into_iter().chain(documents).collect()
}

/// What a document is called, with the values it was given.
#[must_use]
pub fn title(site: &Site, document: &Document) -> String {
    let title = &site.page(document.page).title;
    document.manuscript.blanks.fill(title, |name| site.value(name))
}

/// The texts of the front matter that goes along which may ask for something.
pub(super) fn head_texts(document: &Document) -> Vec<&str> {
    let lines = document.manuscript.lines.iter().map(|(_, value)| value.as_str());
    let asking = document.manuscript.kept.iter().filter_map(|part| match part {
        Kept::Written(_) => None,
        Kept::Asks { text, .. } => Some(text.as_str()),
    });
    lines.chain(asking).collect()
}

/// What the front matter asks for and nothing has a value for.
pub(super) fn head_parts(site: &Site, document: &Document) -> Vec<Part> {
    let blanks = &document.manuscript.blanks;
    let parts = head_texts(document).into_iter().flat_map(|text| {
        let open = blanks.find(text).into_iter().filter(|(_, name)| site.value(name).is_none());
        open.map(|(range, name)| Part::Blank {
            name: name.to_owned(),
            written: text.part(range).to_owned(),
            within: Within::Attribute,
        })
    });
    parts.collect()
}

/// The front matter: what the document is called, where it is from, and what its author says about it.
fn head(site: &Site, document: &Document) -> String {
    let manuscript = &document.manuscript;
    let mut head = String::new();
    for (key, value) in &manuscript.lines {
        let value = manuscript.blanks.fill(value, |name| site.value(name));
        let _ = writeln!(head, "{key}: \"{}\"", quoted(&value));
    }
    if address::is_known(site) {
        let source = published(site, &site.page(document.page).address, None);
        let _ = writeln!(head, "source: \"{}\"", quoted(&source));
    }
    for part in &manuscript.kept {
        match part {
            Kept::Written(text) => head.push_str(text),
            Kept::Asks { written, text, in_block } => {
                let filled = manuscript.blanks.fill(text, |name| site.value(name));
                let _ = match (filled == *text, in_block) {
                    (true, _) => write!(head, "{written}"),
                    (false, true) => write!(head, "{}", filled.split_whitespace().collect::<Vec<_>>().join(" ")),
                    (false, false) => write!(head, "\"{}\"", quoted(&filled)),
                };
            }
        }
    }
    if head.is_empty() { head } else { format!("---\n{head}---\n") }
}

/// A text between double quotes, as YAML and JSON have it.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
    inside.unwrap_or(&json).to_owned()
}

/// The address of a neighbour, or of a place on the same page.
fn beside(site: &Site, from: &Document, to: &Document, anchor: Option<&crate::url::Anchor>) -> String {
    let anchor = anchor.map(|anchor| format!("#{}", anchor_in(site, to, anchor))).unwrap_or_default();
    let is_here = from.page == to.page && !anchor.is_empty();
    if is_here { anchor } else { format!("{}{anchor}", to.file) }
}

/// Texts beside each other made one.
fn joined(parts: impl IntoIterator<Item = Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        match (out.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
            (_, Part::Text(text)) if text.is_empty() => {}
            (_, part) => out.push(part),
        }
    }
    out
}
