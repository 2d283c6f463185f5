//! Documents as Markdown.
//! In: a job. Out: for each document its parts, with blanks where nothing has a value; all of them as files.
//! Never knows: what a blank is filled with.

use std::fmt::Write as _;

use super::address::{self, Lead, anchor_in, lead, published};
use super::{Document, File, Job};
use crate::markdown::Piece;
use crate::page::Manuscript;
use crate::site::Site;

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

/// Where a blank stands.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Within {
    /// In the text.
    Text,
    /// Between double quotes, in the head.
    Quotes,
}

/// A document in parts: its head, and its text with links that lead to the published site or beside it.
#[must_use]
pub fn parts(site: &Site, job: &Job, document: &Document) -> Vec<Part> {
    let address = |link: usize| match lead(site, job, document.page, link) {
        Lead::Beside(to, anchor) => Some(beside(site, document, to, anchor.as_ref())),
        Lead::Web(url) => Some(url),
        Lead::Refused => Some(String::new()),
        Lead::AsWritten => None,
    };
    let mut parts = head(site, document);
    parts.extend(document.manuscript.text.pieces(address).into_iter().map(|piece| match piece {
        Piece::Text(text) => Part::Text(text.into_owned()),
        Piece::Blank { name, written } => match site.facts.value(name) {
            Some(value) => Part::Text(value),
            None => Part::Blank { name: name.to_owned(), written: written.to_owned(), within: Within::Text },
        },
    }));
    joined(parts)
}

/// Every document as a file, and before them a page that lists them.
#[must_use]
pub fn folder(site: &Site, job: &Job) -> Vec<File> {
    let documents = job.documents.iter().map(|document| {
        let text = parts(site, job, document).into_iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Blank { written, .. } => written,
        });
        File { name: document.file.clone(), text: text.collect() }
    });
    list(site, job).into_iter().chain(documents).collect()
}

/// The page that lists the documents of a playbook, with what tells that it succeeded.
fn list(site: &Site, job: &Job) -> Option<File> {
    let entry = site.playbook(job.playbook?);
    let playbook = &entry.playbook;
    let mut text = format!("# {}\n", one_line(&playbook.name.value));
    if let Some(description) = &playbook.description {
        let _ = write!(text, "\n{}\n", one_line(&description.value));
    }
    if address::is_known(site) {
        let _ = write!(text, "\nThe playbook: <{}>\n", published(site, &site.page(entry.page).address, None));
    }
    text.push('\n');
    for document in &job.documents {
        let number = document.file.split('-').next().unwrap_or_default().trim_start_matches('0');
        let _ = writeln!(text, "{number}. [{}]({})", escaped(&title(site, document)), document.file);
    }
    if !playbook.success_criteria.is_empty() {
        text.push_str("\n## Success criteria\n\n");
        for criterion in &playbook.success_criteria {
            let _ = writeln!(text, "- [ ] {}", one_line(&criterion.value));
        }
    }
    Some(File { name: "README.md".to_owned(), text })
}

/// What a document is called, with the values it was given.
#[must_use]
pub fn title(site: &Site, document: &Document) -> String {
    let title = &site.page(document.page).title;
    document.manuscript.blanks.fill(title, |name| site.config.given.get(name).cloned())
}

/// The front matter: what the document is called, where it is from, and what its author says about it.
fn head(site: &Site, document: &Document) -> Vec<Part> {
    let manuscript = &document.manuscript;
    let mut head = vec![Part::Text("---\n".to_owned())];
    for (key, value) in &manuscript.lines {
        head.push(Part::Text(format!("{key}: \"")));
        head.extend(line(site, manuscript, value));
        head.push(Part::Text("\"\n".to_owned()));
    }
    if address::is_known(site) {
        let source = published(site, &site.page(document.page).address, None);
        head.push(Part::Text(format!("source: \"{}\"\n", quoted(&source))));
    }
    head.push(Part::Text(manuscript.kept.clone()));
    let says_nothing = head.len() == 2 && manuscript.kept.is_empty();
    head.push(Part::Text("---\n".to_owned()));
    if says_nothing { Vec::new() } else { head }
}

/// A value of the head in parts.
fn line(site: &Site, manuscript: &Manuscript, value: &str) -> Vec<Part> {
    let given = |name: &str| site.config.given.get(name).cloned().or_else(|| site.facts.value(name));
    let mut parts = Vec::new();
    let mut done = 0;
    for (range, name) in manuscript.blanks.find(value) {
        parts.push(Part::Text(quoted(&value[done..range.start])));
        parts.push(match given(name) {
            Some(value) => Part::Text(quoted(&value)),
            None => {
                Part::Blank { name: name.to_owned(), written: quoted(&value[range.clone()]), within: Within::Quotes }
            }
        });
        done = range.end;
    }
    parts.push(Part::Text(quoted(&value[done..])));
    parts
}

/// A text between double quotes, as YAML and JSON have it.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json[1..json.len() - 1].to_owned()
}

/// The address of a neighbour, or of a place on the same page.
fn beside(site: &Site, from: &Document, to: &Document, anchor: Option<&crate::url::Anchor>) -> String {
    let anchor = anchor.map(|anchor| format!("#{}", anchor_in(site, to, anchor))).unwrap_or_default();
    let is_here = from.page == to.page && !anchor.is_empty();
    if is_here { anchor } else { format!("{}{anchor}", to.file) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text between the brackets of a link.
fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// Texts beside each other made one.
fn joined(parts: Vec<Part>) -> Vec<Part> {
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
