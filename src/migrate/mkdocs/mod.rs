//! Projects of MkDocs, of Material for MkDocs, and of Zensical, which reads the same settings.
//! In: mkdocs.yml or zensical.toml. Out: book.toml, SUMMARY.md, and what became of every setting.
//! Never knows: what is on the pages.

mod addresses;
mod config;
mod draft;
mod nav;
mod palette;
mod table;

use super::{ForeignProject, MigrateError, Migration, MigrationReport, row};
use crate::source::SourcePath;
use draft::MkdocsDraft;

/// Migrates the project with these settings.
pub(super) fn migrate(project: &ForeignProject<'_>, settings: &SourcePath) -> Result<Migration, MigrateError> {
    let tool = if settings.extension() == "toml" { "Zensical" } else { "MkDocs" };
    let root = config::read(project, settings)?;
    let mut draft = MkdocsDraft::new(project, settings, root.clone());
    let mut report = MigrationReport::default();
    row::walk(table::TABLES, &mut draft, &root, &mut report);
    let navigation = nav::read(project, &draft, &mut report);
    let files = draft.finish(project, &navigation, &mut report);
    Ok(Migration { read_from: (settings.clone(), tool), files, report })
}
