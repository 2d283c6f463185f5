//! What a session knows of its project since it last looked.
//! In: a project that was opened, and what was made of it. Out: the same, for the next look to begin with.
//! Never knows: what has happened since.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cache::Fingerprint;
use crate::diagnostic::{Diagnostics, ProjectCounts};
use crate::markdown::summary::Outline;
use crate::project::{Config, FileSet, Mounted, WalkScope};
use crate::site::{AssetInput, PageId, PlaybookInput, Site, SiteSnippets};
use crate::text::SourcePath;
use crate::theme::Theme;

/// Something read, and what was wrong with it.
pub(super) type WithDiagnostics<T> = (T, Diagnostics);

/// The names of a project, and its settings.
#[derive(Debug)]
pub(super) struct OpenedProject {
    pub(super) config: Arc<Config>,
    pub(super) scope: WalkScope,
    pub(super) tree: Arc<FileSet>,
    /// In order of their source paths.
    pub(super) files: Vec<Mounted>,
    pub(super) found: Diagnostics,
}

/// What is read beside the pages.
#[derive(Debug)]
pub(super) struct BuildInputs {
    pub(super) lines: WithDiagnostics<SiteSnippets>,
    pub(super) playbooks: WithDiagnostics<Vec<PlaybookInput>>,
    pub(super) outline: WithDiagnostics<Option<(Arc<Outline>, SourcePath)>>,
    pub(super) theme: ThemeInput,
    pub(super) assets: WithDiagnostics<Vec<AssetInput>>,
}

/// A theme, what it was made from, and what was wrong with it.
#[derive(Debug)]
pub(super) struct ThemeInput {
    pub(super) theme: Arc<Theme>,
    pub(super) made_from: Fingerprint,
    pub(super) found: Diagnostics,
}

/// What the checks found.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// On each page; most have nothing wrong.
    pub(super) on_pages: BTreeMap<PageId, Diagnostics>,
    pub(super) on_site: Diagnostics,
}

/// All that is known.
#[derive(Debug)]
pub(super) struct BuildState {
    pub(super) opened: OpenedProject,
    pub(super) beside: BuildInputs,
    pub(super) site: Arc<Site>,
    pub(super) checked: Checked,
    pub(super) counts: ProjectCounts,
    /// Pages that were compiled for it.
    pub(super) compiled: usize,
}

impl OpenedProject {
    /// Whether nothing but the content of files can differ.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config) && Arc::ptr_eq(&self.tree, &other.tree)
    }

    /// The file, when it is a page of the site.
    pub(super) fn page_file(&self, path: &SourcePath) -> Option<&Mounted> {
        let at = self.files.binary_search_by(|file| file.source.cmp(path)).ok()?;
        Some(&self.files[at]).filter(|file| file.source.is_markdown())
    }

    /// Whether a file holds the settings.
    pub(super) fn is_book_toml(&self, path: &SourcePath) -> bool {
        self.config.place.from_project("book.toml").is_ok_and(|book| book == *path)
    }

    /// Whether anything is made of a file's bytes, other than including them.
    pub(super) fn uses(&self, path: &SourcePath) -> bool {
        let config = &self.config;
        let below = |folder: &Option<SourcePath>| folder.as_ref().is_some_and(|folder| path.below(folder).is_some());
        self.files.binary_search_by(|file| file.source.cmp(path)).is_ok()
            || config.summary.as_ref() == Some(path)
            || below(&config.playbooks.dir)
            || below(&config.theme.folder)
            || super::inputs::named_in_settings(config).any(|named| named == path)
    }
}

impl BuildInputs {
    /// What was wrong with all of it.
    pub(super) fn found(&self) -> impl Iterator<Item = &crate::diagnostic::Diagnostic> {
        let all = [&self.lines.1, &self.playbooks.1, &self.outline.1, &self.theme.found, &self.assets.1];
        all.into_iter().flatten()
    }
}
