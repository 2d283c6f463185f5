//! The navigation of the plugin literate-nav: a Markdown list, with folders that have lists of their own.

use super::folders;
use crate::migrate::ForeignProject;
use crate::migrate::mkdocs::draft::MkdocsDraft;
use crate::migrate::navigation::{NavDraft, is_index};
use crate::outline::{self, ChapterPosition, OutlineEntry, OutlineItem};
use crate::source::SourceId;

/// Lists in folders in folders end here.
const MOST_DEPTH: usize = 16;

/// The entries of the list, if there is one.
pub(super) fn entries(project: &ForeignProject<'_>, draft: &MkdocsDraft) -> Option<Vec<NavDraft>> {
    nav(project, draft).list("", 0)
}

/// The entries of a folder, from its list or, without one, from the names of its files.
pub(super) fn below(project: &ForeignProject<'_>, draft: &MkdocsDraft, folder: &str) -> Vec<NavDraft> {
    let nav = nav(project, draft);
    nav.list(folder, 0).unwrap_or_else(|| folders::below(draft, folder, 0))
}

fn nav<'a>(project: &'a ForeignProject<'a>, draft: &'a MkdocsDraft) -> LiterateNav<'a> {
    let file = draft.text("plugins/literate-nav/nav_file").unwrap_or_else(|| "SUMMARY.md".to_owned());
    LiterateNav { project, draft, file }
}

struct LiterateNav<'a> {
    project: &'a ForeignProject<'a>,
    draft: &'a MkdocsDraft,
    file: String,
}

impl LiterateNav<'_> {
    /// The list in a folder: `""`, or `guide/`.
    fn list(&self, folder: &str, depth: usize) -> Option<Vec<NavDraft>> {
        let path = self.draft.docs.join(&format!("{folder}{}", self.file)).ok()?;
        let text = (self.project.read)(&path).filter(|_| depth < MOST_DEPTH)?;
        let outline = outline::parse(&text, SourceId::new(0)).value;
        let mut entries = self.implicit_index(folder);
        for item in &outline.items {
            // Links in the text of a page that is also the list are no entries.
            if let OutlineItem::Chapter(entry) = item
                && entry.position == ChapterPosition::Numbered
            {
                entries.extend(self.entry(folder, entry, depth));
            }
        }
        Some(entries)
    }

    /// The index of a folder, where the plugin adds it.
    fn implicit_index(&self, folder: &str) -> Vec<NavDraft> {
        if self.draft.text("plugins/literate-nav/implicit_index").as_deref() != Some("true") {
            return Vec::new();
        }
        let (pages, _) = folders::children(self.draft, folder);
        let index = pages.into_iter().find(|page| is_index(page));
        index.map(|path| NavDraft::Page { title: None, path }).into_iter().collect()
    }

    fn entry(&self, folder: &str, entry: &OutlineEntry, depth: usize) -> Vec<NavDraft> {
        let title = entry.title.value.clone();
        let own = entry.destination.as_ref().map(|destination| destination.value.as_str());
        let mut entries = match own {
            Some(href) if href.contains("://") => vec![NavDraft::Link { title: title.clone(), href: href.to_owned() }],
            Some(below) if below.ends_with('/') => {
                let below = format!("{folder}{below}");
                let children = self.list(&below, depth + 1).unwrap_or_else(|| self.pages(&below));
                return vec![NavDraft::Section { title, children }];
            }
            Some(path) => vec![NavDraft::Page { title: Some(title.clone()), path: format!("{folder}{path}") }],
            // `*.md` and `*/` in place of a link.
            None if title.contains('*') && entry.children.is_empty() => return self.matching(folder, &title, depth),
            None => Vec::new(),
        };
        let children: Vec<NavDraft> =
            entry.children.iter().flat_map(|child| self.entry(folder, child, depth)).collect();
        if children.is_empty() {
            return entries;
        }
        entries.extend(children);
        vec![NavDraft::Section { title, children: entries }]
    }

    fn pages(&self, folder: &str) -> Vec<NavDraft> {
        let (pages, _) = folders::children(self.draft, folder);
        pages.into_iter().map(|path| NavDraft::Page { title: None, path }).collect()
    }

    fn matching(&self, folder: &str, pattern: &str, depth: usize) -> Vec<NavDraft> {
        if !pattern.ends_with('/') {
            return self.pages(folder);
        }
        let (_, folders) = folders::children(self.draft, folder);
        let section = |below: String| {
            let children = self.list(&below, depth + 1).unwrap_or_else(|| self.pages(&below));
            NavDraft::Section { title: folders::title(&below), children }
        };
        folders.into_iter().map(section).collect()
    }
}
