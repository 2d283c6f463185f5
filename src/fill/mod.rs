//! Documents for one partner: the templates of a playbook, or one template, taken out of the site.
//! In: a linked site, and the manuscripts of its templates. Out: files of Markdown, and what is still to be filled in.
//! Never knows: where values come from, where files go.

mod address;
mod select;
mod text;

pub use select::{Choice, Chosen, UnknownChoice, choose, file_name};
pub use text::{Part, Within, folder, parts, title};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::markdown::Piece;
use crate::page::Manuscript;
use crate::site::{PageId, PlaybookId, Site};

/// What is filled in.
#[derive(Clone, Debug)]
pub struct Job {
    /// The playbook, when it is one.
    pub playbook: Option<PlaybookId>,
    /// In the order of their steps.
    pub documents: Vec<Document>,
}

/// A template on its way out of the site.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its page.
    pub page: PageId,
    /// The file it becomes: `02-discovery-call.md`.
    pub file: String,
    /// Its text.
    pub manuscript: Arc<Manuscript>,
}

/// What is to be filled in: for each name what readers see in its place, and the files that ask for it.
pub type Missing = BTreeMap<String, (String, BTreeSet<String>)>;

/// A file of the folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl Job {
    /// What nothing has a value for.
    #[must_use]
    pub fn missing(&self, site: &Site) -> Missing {
        let mut missing = Missing::new();
        for document in &self.documents {
            for piece in document.manuscript.text.pieces(|_| None) {
                let Piece::Blank { name, written } = piece else { continue };
                if site.facts.value(name).is_none() {
                    let asked = missing.entry(name.to_owned()).or_insert_with(|| (written.to_owned(), BTreeSet::new()));
                    asked.1.insert(document.file.clone());
                }
            }
        }
        missing
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

    /// Whether links lead to pages of the site, and nobody said where it is published.
    #[must_use]
    pub fn has_homeless_links(&self, site: &Site) -> bool {
        let leads_home = |document: &Document| {
            let links = 0..site.links(document.page).len();
            let mut leads = links.map(|link| address::lead(site, self, document.page, link));
            leads.any(|lead| matches!(lead, address::Lead::Web(url) if !url.contains("://")))
        };
        self.documents.iter().any(leads_home)
    }

    /// The document that a page becomes.
    fn of_page(&self, page: PageId) -> Option<&Document> {
        self.documents.iter().find(|document| document.page == page)
    }
}
