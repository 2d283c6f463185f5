//! The navigation of a MkDocs project: from `nav`, or from the files of the plugins that write one, or from the names of
//! files.
//! In: the settings and the names of all files. Out: entries in the order that readers know.
//! Never knows: the titles of pages.

mod folders;
mod listed;
mod literate;
mod ordered;

use super::draft::MkdocsDraft;
use crate::migrate::navigation::NavDraft;
use crate::migrate::row::parts;
use crate::migrate::{ForeignProject, MigrationReport};
use crate::yaml::NodeContent;

/// The navigation.
pub(super) fn read(project: &ForeignProject<'_>, draft: &MkdocsDraft, report: &mut MigrationReport) -> Vec<NavDraft> {
    let has_plugin = |name: &str| {
        draft.setting("plugins").is_some_and(|plugins| parts(plugins).iter().any(|(known, _)| *known == name))
    };
    let nav = draft.setting("nav").filter(|nav| matches!(nav.content, NodeContent::Sequence(_)));
    if let Some(nav) = nav {
        return listed::ListedNav { project, draft, report }.entries(nav);
    }
    if has_plugin("literate-nav")
        && let Some(entries) = literate::entries(project, draft)
    {
        return entries;
    }
    if has_plugin("awesome-nav") || has_plugin("awesome-pages") {
        return ordered::entries(project, draft, report);
    }
    folders::entries(draft)
}
