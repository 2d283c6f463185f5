//! The setting `nav`.

use super::folders;
use crate::migrate::MigrationReport;
use crate::migrate::mkdocs::draft::{MkdocsDraft, text_of};
use crate::migrate::navigation::NavDraft;
use crate::migrate::row::parts;
use crate::yaml::{NodeContent, YamlNode};

/// The entries of a list.
pub(super) fn entries(draft: &MkdocsDraft, list: &YamlNode, report: &mut MigrationReport) -> Vec<NavDraft> {
    let mut entries = Vec::new();
    let NodeContent::Sequence(items) = &list.content else { return entries };
    for item in items {
        match &item.content {
            NodeContent::Mapping(_) => {
                for (title, value) in parts(item) {
                    entries.extend(named(draft, title, value, report));
                }
            }
            _ => entries.extend(text_of(item).and_then(|path| leaf(draft, None, &path, report))),
        }
    }
    entries
}

fn named(draft: &MkdocsDraft, title: &str, value: &YamlNode, report: &mut MigrationReport) -> Option<NavDraft> {
    if let NodeContent::Sequence(_) = value.content {
        let children = entries(draft, value, report);
        let title = if title.is_empty() { section_title(&children) } else { title.to_owned() };
        return Some(NavDraft::Section { title, children });
    }
    leaf(draft, Some(title.to_owned()), &text_of(value)?, report)
}

/// A section without a name is called as its folder is, which is the best that is known before pages are read.
fn section_title(children: &[NavDraft]) -> String {
    match children.first() {
        Some(NavDraft::Page { path, .. }) => folders::title(path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        _ => String::new(),
    }
}

fn leaf(draft: &MkdocsDraft, title: Option<String>, path: &str, report: &mut MigrationReport) -> Option<NavDraft> {
    let is_address = path.contains("://") || path.starts_with("//") || path.starts_with("mailto:");
    // `#` and `/api/` are links as well: MkDocs takes every path that is no file for one.
    if is_address || path.starts_with('#') {
        return Some(NavDraft::Link { title: title.unwrap_or_else(|| path.to_owned()), href: path.to_owned() });
    }
    let path = path.trim_start_matches("./").trim_start_matches('/').to_owned();
    if draft.content.contains(&path) && !path.ends_with('/') {
        return Some(NavDraft::Page { title, path });
    }
    // Generated while the old site was built: an entry would only be a dead name.
    report.note(format!("left out of the navigation, since there is no such file: {path}"));
    None
}
