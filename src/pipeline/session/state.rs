//! The state of a project after its last update: what the next one starts from.

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
    pub(crate) file_set: Arc<FileSet>,
    /// In order of their source paths.
    pub(crate) files: Vec<Mounted>,
    pub(crate) found: Diagnostics,
}

/// What a site is made of besides its pages.
#[derive(Debug)]
pub(crate) struct BuildInputs {
    pub(crate) snippets: WithDiagnostics<SiteSnippets>,
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

/// A project, and the site that was built from it.
#[derive(Debug)]
pub(crate) struct BuildState {
    pub(crate) opened: OpenedProject,
    pub(crate) inputs: BuildInputs,
    pub(crate) site: Arc<Site>,
    pub(crate) checked: Checked,
    pub(crate) counts: ProjectCounts,
    /// Pages that were compiled for it.
    pub(crate) compiled: usize,
}

impl OpenedProject {
    /// Whether nothing but the content of files can differ.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        // By pointer: `Session::reopen` puts the old settings and file set back where the new ones are equal, and
        // comparing a hundred thousand names for each input would be more work than reading it.
        Arc::ptr_eq(&self.config, &other.config) && Arc::ptr_eq(&self.file_set, &other.file_set)
    }

    /// The file, when it is a page of the site.
    pub(crate) fn page_file(&self, path: &SourcePath) -> Option<&Mounted> {
        let at = self.files.binary_search_by(|file| file.source.cmp(path)).ok()?;
        self.files.get(at).filter(|file| file.source.is_markdown())
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
        let all = [&self.snippets.1, &self.playbooks.1, &self.outline.1, &self.theme.found, &self.assets.1];
        all.into_iter().flatten()
    }
}
