//! Writes filled-in documents as Markdown, in parts: text, and placeholders that have no value.

use std::fmt::Write as _;

use super::address::{self, Lead, anchor_in, lead, published};
use super::{FilledDocument, FilledFile, Job};
use crate::markdown::{TemplatePiece, TemplateSource, Within};
use crate::page::Kept;
use crate::site::{PageId, Site};
use crate::source::Part as _;

/// A part of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DocumentPart {
    /// Markdown.
    Text(String),
    /// A placeholder without a value.
    Blank {
        /// Its name.
        name: String,
        /// The text shown until it has one.
        written: String,
        /// What is around it.
        within: Within,
    },
}

/// The text of a document in parts, with links to the published site or to other documents of the folder.
#[must_use]
pub fn parts(site: &Site, job: &Job, document: &FilledDocument) -> Vec<DocumentPart> {
    let address = |link: usize| match lead(site, job, document.page, link) {
        Lead::Beside(to, anchor) => Some(beside(site, document, to, anchor.as_ref())),
        Lead::Web(url) => Some(url),
        Lead::Refused => Some(String::new()),
        Lead::AsWritten => None,
    };
    of_pieces(site, document.manuscript.text.pieces(address))
}

/// The text of a page that stays in the site, with other blocks in place of those that show parts of it, by their
/// position in the page.
#[must_use]
pub fn page_text(
    site: &Site,
    job: &Job,
    page: PageId,
    source: &TemplateSource,
    shown: impl Fn(usize) -> Option<String>,
) -> String {
    let address = |link: usize| match lead(site, job, page, link) {
        Lead::Web(url) => Some(url),
        Lead::Refused => Some(String::new()),
        Lead::Beside(..) | Lead::AsWritten => None,
    };
    text(of_pieces(site, source.pieces_with(address, |part| shown(part.embed))))
}

/// Pieces with the values that there are.
pub(super) fn of_pieces(site: &Site, pieces: Vec<TemplatePiece<'_>>) -> Vec<DocumentPart> {
    joined(pieces.into_iter().map(|piece| match piece {
        TemplatePiece::Text(text) => DocumentPart::Text(text.into_owned()),
        // Values are put in as text: `*` or `|` in a partner's name must not become Markdown.
        TemplatePiece::Blank { name, written, within } => match site.value(name) {
            Some(value) => DocumentPart::Text(within.put(&value)),
            None => DocumentPart::Blank { name: name.to_owned(), written: written.to_owned(), within: within.clone() },
        },
    }))
}

/// Parts as a text, in which placeholders without a value stay as they were written.
#[must_use]
pub fn text(parts: Vec<DocumentPart>) -> String {
    let part = |part| match part {
        DocumentPart::Text(text) => text,
        DocumentPart::Blank { written, .. } => written,
    };
    parts.into_iter().map(part).collect()
}

/// A document as a file.
pub(super) fn file(site: &Site, job: &Job, document: &FilledDocument) -> FilledFile {
    let head = if job.has_front_matter { head(site, document) } else { String::new() };
    FilledFile { name: document.file.clone(), text: head + &text(parts(site, job, document)) }
}

/// What a document is called, with the values it was given.
#[must_use]
pub fn title(site: &Site, document: &FilledDocument) -> String {
    let title = &site.page(document.page).title;
    document.manuscript.blanks.fill(title, |name| site.value(name))
}

/// The texts in the copied front matter that may contain placeholders.
pub(super) fn head_texts(document: &FilledDocument) -> Vec<&str> {
    let lines = document.manuscript.lines.iter().map(|(_, value)| value.as_str());
    let asking = document.manuscript.kept.iter().filter_map(|part| match part {
        Kept::Written(_) => None,
        Kept::Asks { text, .. } => Some(text.as_str()),
    });
    lines.chain(asking).collect()
}

/// The placeholders in the front matter that have no value.
pub(super) fn head_parts(site: &Site, document: &FilledDocument) -> Vec<DocumentPart> {
    let blanks = &document.manuscript.blanks;
    let parts = head_texts(document).into_iter().flat_map(|text| {
        let open = blanks.find(text).into_iter().filter(|(_, name)| site.value(name).is_none());
        open.map(|(range, name)| DocumentPart::Blank {
            name: name.to_owned(),
            written: text.part(range).to_owned(),
            // Only names and words are wanted here, so any kind of surroundings will do.
            within: Within::Attribute,
        })
    });
    parts.collect()
}

/// The front matter: what the document is called, where it is from, and what its author says about it.
fn head(site: &Site, document: &FilledDocument) -> String {
    let manuscript = &document.manuscript;
    let mut head = String::new();
    for (key, value) in &manuscript.lines {
        let value = manuscript.blanks.fill(value, |name| site.value(name));
        let _ = writeln!(head, "{key}: \"{}\"", quoted(&value));
    }
    if address::has_full_addresses(site) {
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
                    // On one line: a line break in a value would end the block, because it is not indented.
                    (false, true) => write!(head, "{}", filled.split_whitespace().collect::<Vec<_>>().join(" ")),
                    (false, false) => write!(head, "\"{}\"", quoted(&filled)),
                };
            }
        }
    }
    if head.is_empty() { head } else { format!("---\n{head}---\n") }
}

/// Front matter with these keys and values.
#[must_use]
pub fn front_matter<'a>(lines: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let lines = lines.into_iter().map(|(key, value)| format!("{key}: \"{}\"\n", quoted(value)));
    format!("---\n{}---\n", lines.collect::<String>())
}

/// A text between double quotes, as YAML and JSON have it.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
    inside.unwrap_or(&json).to_owned()
}

/// The address of another document of the folder, or of an anchor in the same one.
fn beside(site: &Site, from: &FilledDocument, to: &FilledDocument, anchor: Option<&crate::url::Anchor>) -> String {
    let anchor = anchor.map(|anchor| format!("#{}", anchor_in(site, to, anchor))).unwrap_or_default();
    // A fragment alone stays right when somebody renames the file.
    let is_here = from.page == to.page && !anchor.is_empty();
    if is_here { anchor } else { format!("{}{anchor}", to.file) }
}

/// Joins adjacent texts.
fn joined(parts: impl IntoIterator<Item = DocumentPart>) -> Vec<DocumentPart> {
    let mut out: Vec<DocumentPart> = Vec::new();
    for part in parts {
        match (out.last_mut(), part) {
            (Some(DocumentPart::Text(before)), DocumentPart::Text(text)) => before.push_str(&text),
            (_, DocumentPart::Text(text)) if text.is_empty() => {}
            (_, part) => out.push(part),
        }
    }
    out
}
