//! The setting `nav`.

use super::{folders, literate};
use crate::migrate::mkdocs::draft::{MkdocsDraft, text_of};
use crate::migrate::navigation::NavDraft;
use crate::migrate::row::parts;
use crate::migrate::{ForeignProject, MigrationReport};
use crate::yaml::{NodeContent, YamlNode};

/// The setting while it is read.
pub(super) struct ListedNav<'a> {
    pub(super) project: &'a ForeignProject<'a>,
    pub(super) draft: &'a MkdocsDraft,
    pub(super) report: &'a mut MigrationReport,
}

impl ListedNav<'_> {
    /// The entries of a list.
    pub(super) fn entries(&mut self, list: &YamlNode) -> Vec<NavDraft> {
        let mut entries = Vec::new();
        let NodeContent::Sequence(items) = &list.content else { return entries };
        for item in items {
            match &item.content {
                NodeContent::Mapping(_) => {
                    for (title, value) in parts(item) {
                        entries.extend(self.named(title, value));
                    }
                }
                _ => entries.extend(text_of(item).and_then(|path| self.leaf(None, &path))),
            }
        }
        entries
    }

    fn named(&mut self, title: &str, value: &YamlNode) -> Option<NavDraft> {
        if let NodeContent::Sequence(_) = value.content {
            let children = self.entries(value);
            let title = if title.is_empty() { section_title(&children) } else { title.to_owned() };
            return Some(NavDraft::Section { title, children });
        }
        self.leaf(Some(title.to_owned()), &text_of(value)?)
    }

    fn leaf(&mut self, title: Option<String>, path: &str) -> Option<NavDraft> {
        let is_address = path.contains("://") || path.starts_with("//") || path.starts_with("mailto:");
        if is_address || path.starts_with('#') {
            return Some(NavDraft::Link { title: title.unwrap_or_else(|| path.to_owned()), href: path.to_owned() });
        }
        let path = path.trim_start_matches("./").trim_start_matches('/').to_owned();
        if self.draft.content.contains(&path) {
            return Some(NavDraft::Page { title, path });
        }
        // A whole folder, which plugins for navigations fill in.
        if path.ends_with('/') && self.draft.content.iter().any(|file| file.starts_with(&path)) {
            let title = title.unwrap_or_else(|| folders::title(&path));
            return Some(NavDraft::Section { title, children: literate::below(self.project, self.draft, &path) });
        }
        // Generated while the old site was built: an entry would only be a dead name.
        self.report.note(format!("left out of the navigation, since there is no such file: {path}"));
        None
    }
}

/// A section without a name is called as its folder is, which is the best that is known before pages are read.
fn section_title(children: &[NavDraft]) -> String {
    match children.first() {
        Some(NavDraft::Page { path, .. }) => folders::title(path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        _ => String::new(),
    }
}
