//! Documents for one partner: the templates of a playbook, or one template, taken out of the site.
//! In: a linked site, and the source of its templates. Out: files of Markdown, and what is still to be filled in.
//! Never knows: where values come from, where files go.

mod address;
mod discover;
mod readme;
mod select;
mod text;

pub use address::has_full_addresses;
pub use discover::placeholder_table;
pub use readme::{PlaybookSection, fence, label, playbook_parts, playbook_section, playbook_text};
pub use select::{FillSelection, SelectedPage, UnknownChoice, choose, file_name};
pub use text::{DocumentPart, front_matter, page_text, parts, text, title};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::markdown::TemplatePiece;
use crate::page::PageTemplate;
use crate::site::{PageId, PlaybookId, Site};
use crate::source::SourcePath;
use crate::url::SitePath;

/// What is filled in.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// The playbook, when it is one.
    pub playbook: Option<PlaybookId>,
    /// In the order of their steps.
    pub documents: Vec<FilledDocument>,
    /// Templates that are not Markdown, such as `contract.docx`: they are copied as they are.
    pub copies: Vec<CopiedFile>,
    /// The date on which they are filled in, for readers; none if it is unknown.
    pub date: Option<String>,
    /// Whether the front matter of templates is copied.
    pub has_front_matter: bool,
    /// How documents name what is not among them.
    pub addresses: Addresses,
}

/// How documents name pages and files that are not among them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Addresses {
    /// By their full addresses: documents leave the site.
    #[default]
    Full,
    /// Documents are at this address of the site, so that pages are named by their Markdown. If the site doesn't say
    /// where it is published, addresses are relative to this one.
    From(SitePath),
}

/// A template to be filled in.
#[derive(Clone, Debug)]
pub struct FilledDocument {
    /// Its page.
    pub page: PageId,
    /// The file it becomes: `02-discovery-call.md`.
    pub file: String,
    /// Its text.
    pub manuscript: Arc<PageTemplate>,
}

/// A file that is copied as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CopiedFile {
    /// Its path.
    pub source: SourcePath,
    /// The file it becomes: `03-contract.docx`.
    pub file: String,
}

/// What is to be filled in: for each name what readers see in its place, and the files that ask for it.
pub type OpenPlaceholders = BTreeMap<String, (String, BTreeSet<String>)>;

/// A file of the folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilledFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Adds what parts of a file ask for.
fn note(missing: &mut OpenPlaceholders, parts: Vec<DocumentPart>, file: &str) {
    for part in parts {
        let DocumentPart::Blank { name, written, .. } = part else { continue };
        missing.entry(name).or_insert_with(|| (written, BTreeSet::new())).1.insert(file.to_owned());
    }
}

/// Words with the number of times each occurs, in the order of first occurrence.
fn counted(words: Vec<String>) -> Vec<(String, usize)> {
    let mut list: Vec<(String, usize)> = Vec::new();
    // Positions in a table of their own: looking through the list for each word would take its square.
    let mut places: HashMap<String, usize> = HashMap::new();
    for word in words {
        let place = *places.entry(word.clone()).or_insert_with(|| {
            list.push((word, 0));
            list.len() - 1
        });
        if let Some((_, count)) = list.get_mut(place) {
            *count += 1;
        }
    }
    list
}

/// Every document as a file, and before them the playbook itself.
#[must_use]
pub fn folder(site: &Site, job: &Job) -> Vec<FilledFile> {
    let documents = job.documents.iter().map(|document| text::file(site, job, document));
    // First, because code hosts and people open `README.md` before the rest.
    readme::file(site, job).into_iter().chain(documents).collect()
}

impl Job {
    /// The placeholders without a value.
    #[must_use]
    pub fn missing(&self, site: &Site) -> OpenPlaceholders {
        let mut missing = OpenPlaceholders::new();
        for document in &self.documents {
            note(&mut missing, text::parts(site, self, document), &document.file);
            if self.has_front_matter {
                note(&mut missing, text::head_parts(site, document), &document.file);
            }
        }
        if let Some(playbook) = self.playbook {
            note(&mut missing, readme::playbook_parts(site, self, playbook), readme::NAME);
        }
        missing
    }

    /// The names that the documents ask for, whether they have a value or not.
    #[must_use]
    pub fn asked(&self, site: &Site) -> BTreeSet<String> {
        let pieces = self.documents.iter().flat_map(|document| document.manuscript.text.pieces(|_| None));
        // Not from `missing`: a name that has a value is asked for as well, and the README lists it.
        let in_text = pieces.filter_map(|piece| match piece {
            TemplatePiece::Blank { name, .. } => Some(name.to_owned()),
            TemplatePiece::Text(_) => None,
        });
        let mut names: BTreeSet<String> = in_text.collect();
        for document in &self.documents {
            let head = if self.has_front_matter { text::head_texts(document) } else { Vec::new() };
            let lines = document.manuscript.lines.iter().map(|(_, value)| value.as_str());
            for text in lines.chain([site.page(document.page).written_title()]).chain(head) {
                names.extend(document.manuscript.blanks.find(text).into_iter().map(|(_, name)| name.to_owned()));
            }
        }
        if let Some(playbook) = self.playbook {
            names.extend(readme::names(site, self, playbook));
        }
        // `{{ playbooks.count }}` has its value from the site, so nobody is asked for it.
        names.retain(|name| site.facts.value(name).is_none());
        names
    }

    /// Names whose values would make an address that runs something, with the address.
    #[must_use]
    pub fn unsafe_addresses(&self, site: &Site) -> BTreeMap<String, String> {
        self.documents.iter().flat_map(|document| address::unsafe_in(site, document)).collect()
    }

    /// For each document the words in brackets that have no value, with the number of times, in the
    /// order of the text.
    #[must_use]
    pub fn open(&self) -> Vec<(&str, Vec<(String, usize)>)> {
        self.documents
            .iter()
            .map(|document| (document.file.as_str(), counted(document.manuscript.text.brackets())))
            .collect()
    }

    /// Names that templates ask for, and those that the project or a template gives a value: whatever else is given
    /// is a slip.
    #[must_use]
    pub fn known_names(&self, site: &Site) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = site.config.variables.keys().cloned().collect();
        for document in &self.documents {
            names.extend(document.manuscript.blanks.names().map(str::to_owned));
            let own = site.page(document.page).markdown().map(|page| &page.front.variables);
            names.extend(own.into_iter().flatten().map(|(name, _)| name.clone()));
        }
        names
    }

    /// Whether links lead to pages of the site, and `site-url` doesn't say where it is published.
    #[must_use]
    pub fn has_homeless_links(&self, site: &Site) -> bool {
        let leads_home = |document: &FilledDocument| {
            let links = 0..site.links(document.page).len();
            let mut leads = links.map(|link| address::lead(site, self, document.page, link));
            leads.any(|lead| matches!(lead, address::Lead::Web(url) if !url.contains("://")))
        };
        self.documents.iter().any(leads_home)
    }

    /// The document that a page becomes.
    fn of_page(&self, page: PageId) -> Option<&FilledDocument> {
        self.documents.iter().find(|document| document.page == page)
    }
}
