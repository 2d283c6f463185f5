//! Projects of mdBook, which are read as they are: only what has no counterpart needs telling.
//! In: book.toml. Out: book.toml with the settings that differ, and what became of every setting.

use super::{ForeignProject, MigrateError, Migration};
use crate::source::SourcePath;

/// Migrates the project with these settings.
pub(super) fn migrate(_project: &ForeignProject<'_>, _settings: &SourcePath) -> Result<Migration, MigrateError> {
    Err(MigrateError::NothingToMigrate)
}
