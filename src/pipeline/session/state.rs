//! What a session knows of its project since it last looked.
//! In: a project that was opened, and what was made of it. Out: the same, for the next look to begin with.
//! Never knows: what has happened since.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cache::Fingerprint;
use crate::diagnostic::{Diagnostics, ProjectCounts};
use crate::outline::Outline;
use crate::project::{Config, FileSet, Mounted, WalkScope};
use crate::site::{AssetInput, PageId, PlaybookInput, Site, SiteSnippets};
use crate::source::SourcePath;
use crate::theme::Theme;

/// Something read, and what was wrong with it.
pub(crate) type WithDiagnostics<T> = (T, Diagnostics);

/// The names of a project, and its settings.
#[derive(Debug)]
pub(crate) struct OpenedProject {
    pub(crate) config: Arc<Config>,
    pub(super) scope: WalkScope,
    pub(crate) tree: Arc<FileSet>,
    /// In order of their source paths.
    pub(crate) files: Vec<Mounted>,
    pub(crate) found: Diagnostics,
}

/// What is read beside the pages.
#[derive(Debug)]
pub(crate) struct BuildInputs {
    pub(crate) lines: WithDiagnostics<SiteSnippets>,
    pub(crate) playbooks: WithDiagnostics<Vec<PlaybookInput>>,
    pub(crate) outline: WithDiagnostics<Option<(Arc<Outline>, SourcePath)>>,
    pub(crate) theme: ThemeInput,
    pub(crate) assets: WithDiagnostics<Vec<AssetInput>>,
}

/// A theme, what it was made from, and what was wrong with it.
#[derive(Debug)]
pub(crate) struct ThemeInput {
    pub(crate) theme: Arc<Theme>,
    pub(crate) made_from: Fingerprint,
    pub(crate) found: Diagnostics,
}

/// What the checks found.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// On each page; most have nothing wrong.
    pub(super) on_pages: BTreeMap<PageId, Diagnostics>,
    pub(super) on_site: Diagnostics,
}

/// All that is known.
#[derive(Debug)]
pub(crate) struct BuildState {
    pub(crate) opened: OpenedProject,
    pub(crate) beside: BuildInputs,
    pub(crate) site: Arc<Site>,
    pub(crate) checked: Checked,
    pub(crate) counts: ProjectCounts,
    /// Pages that were compiled for it.
    pub(crate) compiled: usize,
}

impl OpenedProject {
    /// Whether nothing but the content of files can differ.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config) && Arc::ptr_eq(&self.tree, &other.tree)
    }

    /// The file, when it is a page of the site.
    pub(crate) fn page_file(&self, path: &SourcePath) -> Option<&Mounted> {
        let at = self.files.binary_search_by(|file| file.source.cmp(path)).ok()?;
        Some(&self.files[at]).filter(|file| file.source.is_markdown())
    }

    /// Whether a file holds the settings.
    pub(super) fn is_book_toml(&self, path: &SourcePath) -> bool {
        self.config.place.from_project("book.toml").is_ok_and(|book| book == *path)
    }

    /// Whether anything is made of a file's bytes, other than including them.
    pub(crate) fn uses(&self, path: &SourcePath) -> bool {
        let config = &self.config;
        let below = |folder: &Option<SourcePath>| folder.as_ref().is_some_and(|folder| path.below(folder).is_some());
        self.files.binary_search_by(|file| file.source.cmp(path)).is_ok()
            || config.summary.as_ref() == Some(path)
            || below(&config.playbooks.dir)
            || below(&config.theme.folder)
            || crate::pipeline::inputs::assets::named_in_settings(config).any(|named| named == path)
    }
}

impl BuildInputs {
    /// What was wrong with all of it.
    pub(crate) fn found(&self) -> impl Iterator<Item = &crate::diagnostic::Diagnostic> {
        let all = [&self.lines.1, &self.playbooks.1, &self.outline.1, &self.theme.found, &self.assets.1];
        all.into_iter().flatten()
    }
}
