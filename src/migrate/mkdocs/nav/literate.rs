//! The navigation of the plugin literate-nav: a Markdown list, with folders that have lists of their own.

use super::folders;
use crate::migrate::ForeignProject;
use crate::migrate::mkdocs::draft::MkdocsDraft;
use crate::migrate::navigation::NavDraft;
use crate::outline::{self, OutlineEntry, OutlineItem};
use crate::source::SourceId;

/// Lists in folders in folders end here.
const MOST_DEPTH: usize = 16;

/// The entries of the list, if there is one.
pub(super) fn entries(project: &ForeignProject<'_>, draft: &MkdocsDraft) -> Option<Vec<NavDraft>> {
    let file = option(draft).unwrap_or_else(|| "SUMMARY.md".to_owned());
    LiterateNav { project, draft, file }.list("", 0)
}

fn option(draft: &MkdocsDraft) -> Option<String> {
    draft.text("plugins/literate-nav/nav_file")
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
        let mut entries = Vec::new();
        for item in &outline.items {
            if let OutlineItem::Chapter(entry) = item {
                entries.extend(self.entry(folder, entry, depth));
            }
        }
        Some(entries)
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
