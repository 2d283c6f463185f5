//! A large site before all of it is compiled: titles and places of all pages, and the text of those that are asked for.
//! In: a session that has not looked at its project yet. Out: a site in which each page is compiled when it is looked
//! at. What only the whole site knows, as findings, is missing.
//! Never knows: when the whole site is ready.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::check::suppress::Suppressions;
use crate::diagnostic::{Diagnostics, ProjectCounts};
use crate::pipeline::session::changed::Invalidation;
use crate::pipeline::session::state::OpenedProject;
use crate::pipeline::{BuiltSite, Changes, FileSystem, LiveSite, OpenError, Session, Update};
use crate::project::Mounted;
use crate::site::{NoEvidence, Parts, Site};
use crate::source::SourcePath;
use crate::url::SitePath;

/// A site at a glance.
#[derive(Debug)]
pub struct Preview<D>(Mutex<PreviewState<D>>);

#[derive(Debug)]
struct PreviewState<D> {
    session: Session<D>,
    opened: OpenedProject,
    version: Arc<LiveSite>,
    compiled: HashSet<SourcePath>,
}

impl<D: FileSystem> Preview<D> {
    /// Looks at a project; `None` when it has fewer than so many pages, as it is then sooner compiled than looked at.
    ///
    /// # Errors
    /// When there is no project, or the disk refuses to show it.
    pub fn open(mut session: Session<D>, from: usize) -> Result<Option<Self>, OpenError> {
        let opened = session.open()?;
        let files: Vec<&Mounted> = opened.files.iter().filter(|file| file.source.is_markdown()).collect();
        if files.len() < from {
            return Ok(None);
        }
        let pages = session.skim_pages(&opened.config, &files);
        let beside = session.read_beside(&opened, &Invalidation::everything(), None);
        let parts = Parts {
            config: Arc::clone(&opened.config),
            pages,
            drafts: Vec::new(),
            assets: beside.assets.0,
            playbooks: beside.playbooks.0,
            lines: beside.lines.0,
            outline: beside.outline.0,
            repository: Arc::clone(&opened.tree),
        };
        // What other files say is for checks; a preview shows pages.
        let site = Site::assemble(parts, &mut NoEvidence);
        let linked = linked(site, &beside.theme.theme);
        let (version, compiled) = (Arc::new(LiveSite::new(linked)), HashSet::new());
        Ok(Some(Self(Mutex::new(PreviewState { session, opened, version, compiled }))))
    }

    /// The site, with the page at this address compiled.
    pub fn with_page_at(&self, path: &str) -> Arc<LiveSite> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(next) = state.compile(path) {
            state.version = Arc::new(next);
        }
        Arc::clone(&state.version)
    }
}

impl<D: FileSystem> PreviewState<D> {
    fn compile(&mut self, path: &str) -> Option<LiveSite> {
        let site = &self.version.linked().site;
        let id = site.page_at(&SitePath::new(path))?;
        let source = site.page(id).source.clone()?;
        let file = self.opened.page_file(&source)?;
        // Read again each time: nobody watches yet, and who edits now shall see it now.
        let fresh = self.session.compile_pages(&self.opened, &[file], &Invalidation::at([source.clone()].into()));
        if !self.compiled.insert(source) && fresh.is_empty() {
            return None;
        }
        let page = self.session.pages(&[file]).pop()?.page;
        let linked = linked(site.with_texts([(id, page)], &mut NoEvidence), &self.version.linked().theme);
        Some(self.version.after(Update { linked, extent: Changes::Texts(vec![id]) }))
    }
}

fn linked(site: Site, theme: &Arc<crate::theme::Theme>) -> BuiltSite {
    BuiltSite {
        site: Arc::new(site),
        theme: Arc::clone(theme),
        found: Diagnostics::new(),
        allows: Suppressions::default(),
        counts: ProjectCounts::default(),
        compiled: 0,
    }
}
