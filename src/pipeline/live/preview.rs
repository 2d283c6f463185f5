//! A large site before all of it is compiled: titles and addresses of all pages, and the text of those that are asked
//! for. What only the whole site knows, such as findings, is missing.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use crate::check::suppress::Suppressions;
use crate::diagnostic::{Diagnostics, ProjectCounts, bug};
use crate::pipeline::session::changed::Invalidation;
use crate::pipeline::session::state::OpenedProject;
use crate::pipeline::{BuiltSite, Changes, FileSystem, LiveSite, OpenError, Session, Update};
use crate::project::Mounted;
use crate::site::{NoEvidence, Parts, Site};
use crate::source::SourcePath;
use crate::url::SitePath;

/// A site whose pages are compiled one by one, under one lock: who asks for two pages waits for the first. That lasts
/// until the whole site is built, some seconds at most.
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
    /// Opens a project; `None` when it has fewer than so many pages: it is compiled before a browser asks.
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
        let inputs = session.read_inputs(&opened, &Invalidation::everything(), None);
        let parts = Parts {
            config: Arc::clone(&opened.config),
            pages,
            drafts: Vec::new(),
            assets: inputs.assets.0,
            playbooks: inputs.playbooks.0,
            lines: inputs.snippets.0,
            outline: inputs.outline.0,
            repository: Arc::clone(&opened.file_set),
        };
        // What other files say is for checks; a preview shows pages.
        let site = Site::assemble(parts, &mut NoEvidence);
        let linked = linked(site, &inputs.theme.theme);
        let (version, compiled) = (Arc::new(LiveSite::new(linked)), HashSet::new());
        Ok(Some(Self(Mutex::new(PreviewState { session, opened, version, compiled }))))
    }

    /// The site, with the page at this address compiled.
    pub fn with_page_at(&self, path: &str) -> Arc<LiveSite> {
        let mut state = bug::lock(&self.0);
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
        // Read again each time: nothing is watched yet, and whoever edits the page now wants to see it now.
        let fresh = self.session.compile_pages(&self.opened, &[file], &Invalidation::of([source.clone()].into()));
        if !self.compiled.insert(source) && fresh.is_empty() {
            return None;
        }
        let page = self.session.pages(&[file]).pop()?.page;
        let linked = linked(site.with_texts([(id, page)], &mut NoEvidence), &self.version.linked().theme);
        Some(self.version.after(Update { linked, changes: Changes::Pages(vec![id]) }))
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
