//! The search index: what readers' browsers look words up in.
//! In: pages as plain text by section. Out: small files under `search/`, most of them named after their content.
//! Never knows: pages, playbooks, maps, templates, the disk.
//!
//! The format is documented for readers in `content/reference/search.md`; `themes/default/search/` reads it. In short:
//! `index.js` says which shard of words a word is in and which text file a page is in. A shard maps words to the
//! sections they occur in; a text file holds the sections themselves, for excerpts. Every file is a call of one
//! function with one string or value, so that it loads as a script where pages are opened from a disk.

mod hits;
mod plain;
mod shards;
mod words;

pub use plain::{Passage, passages, plain};

use rayon::prelude::*;
use serde::Serialize;

/// A page as search sees it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SearchDocument {
    /// From the site's root, without a slash at its start: `onboard/`.
    pub address: String,
    /// What it calls itself.
    pub title: String,
    /// The titles above it, outermost first.
    pub trail: Vec<String>,
    /// Other words to find it by: its description, its tags.
    pub keywords: String,
    /// Values to narrow a search by: `phase`, `recruitment`.
    pub facets: Vec<(String, String)>,
    /// Its text; the first section is what comes before any heading.
    pub sections: Vec<SearchSection>,
}

/// A part of a page that a result can lead to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SearchSection {
    /// Its id on the page; empty for the page itself.
    pub anchor: String,
    /// Its heading, plain text.
    pub heading: String,
    /// What it is.
    pub kind: SectionKind,
    /// Plain text, blanks folded.
    pub text: String,
}

/// What a section is.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(into = "u8")]
pub enum SectionKind {
    /// Text under a heading.
    #[default]
    Text,
    /// A step of a playbook.
    Step,
    /// A node of a map.
    Node,
}

impl From<SectionKind> for u8 {
    fn from(kind: SectionKind) -> Self {
        match kind {
            SectionKind::Text => 0,
            SectionKind::Step => 1,
            SectionKind::Node => 2,
        }
    }
}

/// A file of the index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexFile {
    /// Relative to the site's root: `search/index.js`.
    pub path: String,
    /// A script.
    pub text: String,
}

/// Everything a browser needs to know before it looks for a word.
#[derive(Serialize)]
struct Directory<'a> {
    version: u32,
    /// How many pages there are: rarity is relative to it.
    pages: usize,
    /// First word and name of each shard of words.
    words: Vec<(String, String)>,
    /// First spelling and name of each shard of words spelled backwards.
    endings: Vec<(String, String)>,
    /// First page and name of each text file.
    texts: Vec<(usize, String)>,
    /// Name of the file of facets.
    facets: Option<&'a str>,
}

/// Makes the index of these pages, which must be in the same order for the same site.
#[must_use]
pub fn index(documents: Vec<SearchDocument>) -> Vec<IndexFile> {
    let pages: Vec<hits::PageHits> = documents.par_iter().map(hits::analyse).collect();
    let (texts, facets) = rayon::join(|| shards::texts(&documents), || shards::facets(&documents));
    // The texts of a large site, its words and its files need not be in memory side by side.
    drop(documents);
    let dictionary = hits::merge(&pages);
    let (words, endings) = rayon::join(|| shards::words(&dictionary), || shards::endings(&dictionary));
    let directory = Directory {
        version: 1,
        pages: pages.len(),
        words: words.iter().map(|shard| (shard.first.clone(), shard.name.clone())).collect(),
        endings: endings.iter().map(|shard| (shard.first.clone(), shard.name.clone())).collect(),
        texts: texts.iter().map(|shard| (shard.first, shard.name.clone())).collect(),
        facets: facets.as_ref().map(|shard| shard.name.as_str()),
    };
    let index =
        IndexFile { path: "search/index.js".to_owned(), text: shards::call("index", &shards::json(&directory)) };
    let shards = words.into_iter().chain(endings).map(shards::Shard::into_file);
    let texts = texts.into_iter().map(shards::Shard::into_file);
    let mut files: Vec<IndexFile> =
        std::iter::once(index).chain(shards).chain(texts).chain(facets.map(shards::Shard::into_file)).collect();
    // Shards come from several threads; files are written, and compared, in one order.
    files.sort_by(|a, b| a.path.cmp(&b.path));
    // Shards of the same content have the same name, and are one file.
    files.dedup_by(|a, b| a.path == b.path);
    files
}

#[cfg(test)]
mod tests;
