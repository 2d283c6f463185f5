//! Projects of mdBook, which are read as they are: only what has no counterpart needs telling.
//! In: book.toml. Out: the same with a baseline, and what became of every setting.
//! Never knows: what is on the pages.

mod table;

use super::{BASELINE, ForeignProject, MigrateError, Migration, MigrationReport, row, toml_tree};
use crate::source::{Part as _, SourcePath};

/// Migrates the project with these settings.
pub(super) fn migrate(project: &ForeignProject<'_>, settings: &SourcePath) -> Result<Migration, MigrateError> {
    let text = project.text(settings)?;
    let root = toml_tree::read(&text).map_err(|why| MigrateError::Unreadable(settings.clone(), why))?;
    let mut report = MigrationReport::default();
    row::walk(table::TABLES, &mut (), &root, &mut report);
    report.note("addresses, SUMMARY.md and pages stay as they are");
    let files = vec![(settings.clone(), with_baseline(&text))];
    Ok(Migration { read_from: (settings.clone(), "mdBook"), files, report })
}

/// The settings with the key that names the baseline. Nothing else of the file changes, so that comments stay.
fn with_baseline(text: &str) -> String {
    let key = format!("baseline = \"{BASELINE}\"\n");
    let mut at = 0;
    let mut header = None;
    for line in text.split_inclusive('\n') {
        at += line.len();
        match line.trim() {
            "[check]" => header = Some(at),
            line if header.is_some() && line.starts_with("baseline") => return text.to_owned(),
            _ => {}
        }
    }
    match header {
        Some(at) => format!("{}{key}{}", text.part(..at), text.part(at..)),
        None => format!("{}\n\n[check]\n{key}", text.trim_end()),
    }
}
