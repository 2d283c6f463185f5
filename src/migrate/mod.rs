//! What the project of another generator becomes here.
//! In: its settings, and the names of its files. Out: the files to write, and what became of every setting.
//! Never knows: the disk, pages, whether the result is a good site.
//!
//! Each generator has a table with a row for every setting, feature, extension and plugin. A row says what becomes of
//! it, so that supporting one more touches one place; what has no row is reported as unknown, and never passed over.

mod book;
mod mdbook;
mod mkdocs;
mod navigation;
mod report;
mod row;
#[cfg(test)]
mod tests;
mod toml_tree;

use std::fmt;

use crate::project::FileSet;
use crate::source::SourcePath;

pub use report::{Counterpart, MigrationReport, SettingReport};

/// The file that a migrated project keeps its known findings in.
pub const BASELINE: &str = "baseline.json";

/// A project of another generator.
pub struct ForeignProject<'a> {
    /// Its folder.
    pub folder: &'a SourcePath,
    /// The names of all files in the repository.
    pub files: &'a FileSet,
    /// The text of a file. `None` if it can't be read.
    pub read: &'a dyn Fn(&SourcePath) -> Option<String>,
}

/// A migrated project.
#[derive(Debug)]
pub struct Migration {
    /// The file that the settings were read from, and the generator it belongs to.
    pub read_from: (SourcePath, &'static str),
    /// Files to write, with their texts.
    pub files: Vec<(SourcePath, String)>,
    /// What became of each setting.
    pub report: MigrationReport,
}

/// Why a project can't be migrated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MigrateError {
    /// No settings of a generator that is known.
    NothingToMigrate,
    /// Settings of a generator whose projects can't be read yet.
    NotYet(SourcePath, &'static str),
    /// A file can't be read as what it is.
    Unreadable(SourcePath, String),
    /// A file that would be written exists.
    Exists(SourcePath),
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToMigrate => f.write_str(
                "nothing to migrate: this folder has no mkdocs.yml, zensical.toml or book.toml\n  help: name the \
                folder that has one: `partner-docs migrate DIR`",
            ),
            Self::NotYet(file, tool) => write!(
                f,
                "`{file}`: projects of {tool} can't be migrated yet\n  help: their Markdown files can be read: write a \
                book.toml with `src`, and a SUMMARY.md",
            ),
            Self::Unreadable(file, why) => write!(f, "cannot read `{file}`: {why}"),
            Self::Exists(file) => {
                write!(f, "`{file}` already exists; nothing was written\n  help: use `--force` to replace it")
            }
        }
    }
}

impl std::error::Error for MigrateError {}

/// The settings of generators that are recognised, so that nobody wonders, and not read yet.
const NOT_YET: [(&str, &str); 8] = [
    ("docusaurus.config.js", "Docusaurus"),
    ("docusaurus.config.ts", "Docusaurus"),
    ("astro.config.mjs", "Starlight"),
    ("astro.config.ts", "Starlight"),
    (".vitepress/config.mts", "VitePress"),
    (".vitepress/config.ts", "VitePress"),
    ("conf.py", "Sphinx"),
    ("hugo.toml", "Hugo"),
];

impl ForeignProject<'_> {
    /// The first of these files that exists in the project's folder.
    fn first(&self, names: &[&str]) -> Option<SourcePath> {
        let paths = names.iter().filter_map(|name| self.folder.join(name).ok());
        paths.into_iter().find(|path| self.files.contains(path))
    }

    fn text(&self, path: &SourcePath) -> Result<String, MigrateError> {
        let text = (self.read)(path);
        text.ok_or_else(|| MigrateError::Unreadable(path.clone(), "there is no such text file".to_owned()))
    }
}

/// Migrates a project.
///
/// # Errors
/// If it belongs to no generator that is known, or its settings can't be read.
pub fn migrate(project: &ForeignProject<'_>) -> Result<Migration, MigrateError> {
    // The settings of the old generator first: a book.toml next to them may be what an earlier run wrote.
    if let Some(settings) = project.first(&["mkdocs.yml", "mkdocs.yaml", "zensical.toml"]) {
        return mkdocs::migrate(project, &settings);
    }
    if let Some(settings) = project.first(&["book.toml"]) {
        return mdbook::migrate(project, &settings);
    }
    let known = NOT_YET.iter().find_map(|(file, tool)| Some((project.first(&[file])?, *tool)));
    Err(known.map_or(MigrateError::NothingToMigrate, |(file, tool)| MigrateError::NotYet(file, tool)))
}
