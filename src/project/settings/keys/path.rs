//! Files and folders that a table names.
//!
//! What a key says about its path is all that others go by: settling looks for it and reports it when it is not there,
//! the walk goes into folders that are named, and moving a file writes its new path.

use toml::de::DeValue;

use super::Keys;
use crate::project::settings::schema::{Meaning, StringKind, ValueShape};
use crate::source::{Located, SourcePath};

/// Where a path in book.toml begins.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum PathBase {
    /// At the folder of book.toml.
    Project,
    /// At the content folder.
    Content,
    /// At the root of the repository.
    Repository,
    /// At any of these, in this order. The file it names is published, wherever it lies.
    Anywhere,
}

/// What a path in book.toml stands for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum PathKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Files or a folder, with wildcards: some must be there, but each is looked for by its mount.
    Pattern,
    /// The folder that the site is written to, which need not be there.
    Output,
}

/// A path in book.toml, with what its key says about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenPath {
    /// The key.
    pub key: &'static str,
    /// As it is written.
    pub written: Located<String>,
    /// Where it begins.
    pub base: PathBase,
    /// What it stands for.
    pub kind: PathKind,
}

impl WrittenPath {
    /// The path seen from a folder; nothing when it climbs out of the repository.
    #[must_use]
    pub fn from_folder(&self, folder: &SourcePath) -> Option<SourcePath> {
        folder.join(&self.written.value).ok()
    }
}

impl Keys<'_, '_> {
    /// A path that may be left out.
    pub fn path(
        &mut self,
        name: &'static str,
        base: PathBase,
        kind: PathKind,
        meaning: impl Into<Meaning>,
    ) -> Option<WrittenPath> {
        let written = self.string(StringKind::Path, name, meaning)?;
        Some(self.named_path(name, written, base, kind))
    }

    /// A path with a default.
    pub fn path_or(
        &mut self,
        name: &'static str,
        base: PathBase,
        kind: PathKind,
        default: &str,
        meaning: impl Into<Meaning>,
    ) -> String {
        let path = self.path(name, base, kind, meaning);
        self.set_default(default);
        path.map_or_else(|| default.to_owned(), |path| path.written.value)
    }

    /// A file the table cannot do without.
    pub fn required_file(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> Option<WrittenPath> {
        let path = self.path(name, PathBase::Anywhere, PathKind::File, meaning);
        self.must_have(name);
        path
    }

    /// A list of paths from one place, none of which is published because it is named here.
    pub fn paths(
        &mut self,
        name: &'static str,
        base: PathBase,
        kind: PathKind,
        meaning: impl Into<Meaning>,
    ) -> Vec<WrittenPath> {
        let paths = self.strings(StringKind::Path, name, meaning);
        paths.into_iter().map(|path| self.named_path(name, path, base, kind)).collect()
    }

    /// A pattern of paths from the root of the repository, or a list of them, at least one.
    pub fn required_patterns(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> Vec<WrittenPath> {
        // One mount may bring files from several folders to one place.
        let shape = ValueShape::TextOrTexts(StringKind::Pattern);
        let value = self.declare(name, meaning, shape.clone());
        self.must_have(name);
        let patterns = match value.map(|value| (value, value.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(items))) => self.items(name, items),
            Some((value, DeValue::String(text))) => vec![Located::new(text.to_string(), self.span(value.span()))],
            Some((value, _)) => {
                self.wrong_type(name, &shape, value, None);
                Vec::new()
            }
        };
        let patterns = patterns.into_iter();
        patterns.map(|pattern| self.named_path(name, pattern, PathBase::Repository, PathKind::Pattern)).collect()
    }

    pub(super) fn named_path(
        &mut self,
        key: &'static str,
        written: Located<String>,
        base: PathBase,
        kind: PathKind,
    ) -> WrittenPath {
        let path = WrittenPath { key, written, base, kind };
        self.context.paths.push(path.clone());
        path
    }
}
