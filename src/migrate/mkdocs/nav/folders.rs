//! The navigation that MkDocs makes from the names of files: the index first, then pages, then folders, each by name.

use crate::migrate::mkdocs::draft::MkdocsDraft;
use crate::migrate::navigation::{NavDraft, is_index};
use crate::source::Part as _;

/// Deeper folders are left out, as no navigation is that deep.
const MOST_DEPTH: usize = 16;

/// All pages.
pub(super) fn entries(draft: &MkdocsDraft) -> Vec<NavDraft> {
    below(draft, "", 0)
}

/// The entries of a folder: `""`, or `guide/`.
pub(super) fn below(draft: &MkdocsDraft, folder: &str, depth: usize) -> Vec<NavDraft> {
    let (pages, folders) = children(draft, folder);
    let pages = pages.into_iter().map(|path| NavDraft::Page { title: None, path });
    let mut entries: Vec<NavDraft> = pages.collect();
    for folder in folders.into_iter().filter(|_| depth < MOST_DEPTH) {
        let children = below(draft, &folder, depth + 1);
        if !children.is_empty() {
            entries.push(NavDraft::Section { title: title(&folder), children });
        }
    }
    entries
}

/// The pages in a folder, with its index first, and its folders, both by name.
pub(super) fn children(draft: &MkdocsDraft, folder: &str) -> (Vec<String>, Vec<String>) {
    let mut pages: Vec<String> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for path in &draft.content {
        let Some(rest) = path.strip_prefix(folder) else { continue };
        match rest.find('/') {
            // MkDocs keeps templates of its own there.
            Some(at) if !rest.starts_with('.') => folders.push(format!("{folder}{}", rest.part(..=at))),
            None if is_page(rest) => pages.push(path.clone()),
            _ => {}
        }
    }
    folders.sort();
    folders.dedup();
    // Of two pages for one address, MkDocs takes index.md.
    let has_index = pages.iter().any(|page| page.ends_with("index.md"));
    pages.retain(|page| !(has_index && page.ends_with("README.md")));
    pages.sort_by_key(|page| (!is_index(page), page.clone()));
    (pages, folders)
}

fn is_page(name: &str) -> bool {
    let is_markdown = [".md", ".markdown", ".mkd", ".mdown"].iter().any(|ending| name.ends_with(ending));
    is_markdown && !name.starts_with('.') && name != "SUMMARY.md"
}

/// The title of a folder: `getting-started/` is `Getting started`.
pub(super) fn title(folder: &str) -> String {
    let name = folder.trim_end_matches('/');
    let name = name.rsplit('/').next().unwrap_or(name).replace(['-', '_'], " ");
    // A name with a capital in it is written as its author wants it.
    if name.to_lowercase() != name {
        return name;
    }
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
