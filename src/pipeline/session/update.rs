//! Incremental update: from the state of a project and a dirty set to the project as it is now.
//!
//! What an update gives is what a session that begins now would give, byte for byte, findings too. There are three ways
//! to it, and [`plan`] takes the cheapest that is right:
//!
//! 1. **Recompile** pages. Right where only the bodies of pages changed: other pages see a page through its public
//!    interface alone (`Page::interface_eq`: title, front matter, headings, anchors), so that where it is the same, no
//!    link, navigation entry or finding of another page can be. If an interface turns out to differ, the second way
//!    follows, with the pages compiled already.
//! 2. **Reassemble** the site. Right for any content: titles, playbooks, the outline, the theme. All links, navigation
//!    and checks are made from the pages again. What is kept from before is kept by its inputs: a compiled page by its
//!    bytes, settings and includes; a link by the anchors of its target; the absence of findings on a page by the page
//!    and its targets.
//! 3. **Reopen** the project. Right for everything: files that came or went, the settings. The file set is read again, and
//!    where it and the settings are the same after all, nothing is lost against the second way.
//!
//! `tests/model.rs` compares each way with a clean build, for random series of changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::changed::{DirtySet, Invalidation, UpdatePlan, plan};
use super::counts;
use super::state::{BuildState, Checked, OpenedProject};
use crate::check::suppress::{self, Suppressions};
use crate::check::{self, SelectedChecks};
use crate::diagnostic::{Diagnostics, Rule};
use crate::markdown;
use crate::page::Page;
use crate::pipeline::inputs::evidence::FileEvidence;
use crate::pipeline::inputs::playbooks::KeptPlaybook;
use crate::pipeline::{BuiltSite, Drafts, Session};
use crate::project::settings::keys;
use crate::project::{FileSystem, Mounted, OpenError, Project, open};
use crate::site::{PageId, PageInput, Parts, Site};
use crate::source::{Source, SourcePath};

/// A project after a change.
#[derive(Debug)]
pub struct Update {
    /// As it is now.
    pub linked: BuiltSite,
    /// What may look different.
    pub changes: Changes,
}

/// What an update may have changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changes {
    /// The bodies of these pages, and nothing that other pages see of them.
    Pages(Vec<PageId>),
    /// Any page may have changed.
    Site,
}

impl<D: FileSystem> Session<D> {
    /// Brings the project up to date; `None` when nothing has changed.
    ///
    /// # Errors
    /// When there is no project any more, or the disk refuses to show it. The next update is then a whole build.
    pub fn update(&mut self, dirty: &DirtySet) -> Result<Option<Update>, OpenError> {
        // Taken out until the update has gone well: whatever goes wrong on the way, nothing half done is kept.
        let Some(state) = self.state.take() else {
            return Ok(Some(Update { linked: self.link()?, changes: Changes::Site }));
        };
        let linked = match plan(dirty, &state.opened, &|path| self.is_included(path), &self.disk) {
            UpdatePlan::Nothing => {
                self.state = Some(state);
                return Ok(None);
            }
            UpdatePlan::Recompile(paths) => return Ok(self.recompile(state, &paths)),
            UpdatePlan::Reassemble(invalid) => self.reassemble(state, &invalid),
            UpdatePlan::Reopen(invalid) => self.reopen(state, invalid)?,
        };
        Ok(Some(Update { linked, changes: Changes::Site }))
    }

    /// Whether any page, playbook or snippet of the settings depends on a file, or links to a place in it.
    fn is_included(&self, path: &SourcePath) -> bool {
        // `[terms](../LEGAL.md#terms)`: the file is no page, but the link is wrong once its heading is gone.
        if self.evidence.has_anchors_of(path) {
            return true;
        }
        let mut others = self.playbooks.values().flat_map(KeptPlaybook::included).chain(&self.included_by_snippets);
        others.any(|included| included == path) || self.cache.is_included(path)
    }

    /// Opens the project: its settings, and the names of its files.
    pub(crate) fn open(&mut self) -> Result<OpenedProject, OpenError> {
        let opened = open::open_after(&self.disk, &mut self.sources, &self.moved)?;
        let Project { mut config, scope, tree: file_set, files } = opened.value;
        config.given.clone_from(&self.given);
        config.fills_in = self.fills_in;
        if self.drafts == Drafts::Shown {
            // Authors see the site at the root of a server of its own, wherever it will be published.
            config.site_url = Some("/".to_owned());
        }
        // Before anything is compiled: `check --rule` may ask for a rule whose findings are made while compiling.
        check::severity::switch_on(&mut config, &self.only_rules);
        self.sources.show_from(config.place.project());
        Ok(OpenedProject { config: Arc::new(config), scope, file_set: Arc::new(file_set), files, found: opened.found })
    }

    /// The third way: files may have come or gone, or the settings may have changed.
    fn reopen(&mut self, state: BuildState, invalid: Invalidation) -> Result<BuiltSite, OpenError> {
        let book = state.opened.config.book_toml;
        // Kept before the project is opened, which puts the new text in its place.
        let written = self.sources.get(book).shared_text();
        let mut opened = self.open()?;
        let same_settings = self.sources.get(book).text() == &*written
            && opened.config.book_toml == book
            && opened.config.place == state.opened.config.place;
        // An editor that replaces a file when it saves sends the events of a file that goes and one that comes. The old
        // file set and settings go back in their places, by which the steps below know that they are the same.
        let same_names = opened.file_set.is_same_as(&state.opened.file_set);
        if same_names {
            opened.file_set = Arc::clone(&state.opened.file_set);
        }
        let invalid = if same_names && same_settings {
            opened.config = Arc::clone(&state.opened.config);
            invalid.without_names()
        } else {
            invalid
        };
        Ok(self.relink(opened, &invalid, Some(state)))
    }

    /// The second way: only the contents of files may have changed.
    fn reassemble(&mut self, mut state: BuildState, invalid: &Invalidation) -> BuiltSite {
        // The project stays as it was opened, and still serves as the one to compare with: only the list of its files,
        // which is the largest part, is not copied for that.
        let same = OpenedProject {
            config: Arc::clone(&state.opened.config),
            scope: state.opened.scope.clone(),
            file_set: Arc::clone(&state.opened.file_set),
            files: Vec::new(),
            found: Diagnostics::new(),
        };
        let opened = std::mem::replace(&mut state.opened, same);
        self.relink(opened, invalid, Some(state))
    }

    /// The first way: pages may have other bodies. Where the interface of one has changed, the second way follows.
    fn recompile(&mut self, mut state: BuildState, paths: &BTreeSet<SourcePath>) -> Option<Update> {
        let files: Vec<&Mounted> = paths.iter().filter_map(|path| state.opened.page_file(path)).collect();
        let invalid = Invalidation::of(paths.clone());
        let fresh = self.compile_pages(&state.opened, &files, &invalid);
        // The same bytes again, as when an editor saves what it has opened. Without a text that findings point into, the
        // update goes on: a file that was read while it was being written is whole now, though no page has changed.
        if fresh.is_empty() && !self.lacks_texts {
            self.cache.take_compiled();
            self.state = Some(state);
            return None;
        }
        let Some(pages) = self.same_interfaces(&state.site, &fresh) else {
            return Some(Update { linked: self.reassemble(state, &invalid), changes: Changes::Site });
        };
        let mut counts = state.counts;
        state.compiled = self.cache.take_compiled();
        for (id, page) in &pages {
            counts =
                state.site.page(*id).markdown().map_or(counts, |old| counts::without(counts, counts::of_page(old)));
            counts = counts::with(counts, counts::of_page(page));
        }
        let ids: Vec<PageId> = pages.iter().map(|(id, _)| *id).collect();
        let config = Arc::clone(&state.opened.config);
        let mut evidence = FileEvidence { disk: &self.disk, config: &config, known: &mut self.evidence };
        state.site = Arc::new(state.site.with_texts(pages, &mut evidence));
        state.counts = counts;
        state.checked.check_again(&state.site, &ids);
        Some(Update { linked: self.finish(state), changes: Changes::Pages(ids) })
    }

    /// The pages made from these files, when the interface of each is the same as it is in the site.
    fn same_interfaces(&self, site: &Site, fresh: &[SourcePath]) -> Option<Vec<(PageId, Arc<Page>)>> {
        let of_file = |path: &SourcePath| {
            let page = Arc::clone(&self.cache.get(path)?.page);
            let id = site.page_from(path).filter(|id| site.page(*id).source.as_ref() == Some(path))?;
            site.page(id).markdown()?.interface_eq(&page).then_some((id, page))
        };
        fresh.iter().map(of_file).collect()
    }

    /// Compiles, assembles and checks a project that is open. What was made before is kept where its inputs are the same.
    pub(crate) fn relink(
        &mut self,
        opened: OpenedProject,
        invalid: &Invalidation,
        before: Option<BuildState>,
    ) -> BuiltSite {
        let files: Vec<&Mounted> = opened.files.iter().filter(|file| file.source.is_markdown()).collect();
        self.compile_pages(&opened, &files, invalid);
        if invalid.covers_names() {
            // What was found in a file that is gone would be reported for ever.
            let paths: BTreeSet<&SourcePath> = files.iter().map(|file| &file.source).collect();
            self.cache.retain(|path| paths.contains(path));
        }
        let pages = self.pages(&files);
        let (inputs_before, before) = match before {
            Some(state) => (Some((state.opened, state.inputs)), Some((state.site, state.checked, state.counts))),
            None => (None, None),
        };
        let inputs = self.read_inputs(&opened, invalid, inputs_before);
        let compiled = self.cache.take_compiled();
        let is_draft = |input: &PageInput| self.drafts == Drafts::Hidden && input.page.front.draft;
        let (drafts, pages): (Vec<PageInput>, Vec<PageInput>) = pages.into_iter().partition(is_draft);
        let config = Arc::clone(&opened.config);
        let mut evidence = FileEvidence { disk: &self.disk, config: &config, known: &mut self.evidence };
        let site = Site::assemble_after(
            Parts {
                config: Arc::clone(&opened.config),
                pages,
                drafts: drafts.into_iter().map(|input| input.source).collect(),
                assets: inputs.assets.0.clone(),
                playbooks: inputs.playbooks.0.clone(),
                lines: inputs.snippets.0.clone(),
                outline: inputs.outline.0.clone(),
                repository: Arc::clone(&opened.file_set),
            },
            before.as_ref().map(|(site, ..)| &**site),
            &mut evidence,
        );
        let counts = match &before {
            Some((before, _, counts)) => counts::after(&site, before, *counts),
            None => counts::of_site(&site),
        };
        let checked = Checked::after(&site, before.map(|(site, checked, _)| (site, checked)));
        self.finish(BuildState { opened, inputs, site: Arc::new(site), checked, counts, compiled })
    }

    /// Gathers what was found, and keeps the state for the next update.
    fn finish(&mut self, state: BuildState) -> BuiltSite {
        let checked = &state.checked;
        let on_pages = checked.on_pages.values().flatten().chain(&checked.on_site);
        let read = state.opened.found.iter().chain(self.cache.found()).chain(state.inputs.found());
        let mut found: Diagnostics = read.chain(on_pages).cloned().collect();
        // A broken book.toml sets nothing from there on. One mistake is one finding, and not one for each variable.
        if state.opened.found.iter().any(|finding| finding.rule == &keys::SYNTAX) {
            found.retain(|finding| finding.rule != &markdown::UNDEFINED_VARIABLE);
        }
        found.extend(check::theme::unknown_template::check(&state.site, &state.inputs.theme.theme));
        found.extend(check::url::duplicate::check_theme(&state.site, &state.inputs.theme.theme));
        // In this order: suppressions, then the severities of book.toml, then those of the command line, which has the
        // last word.
        let mut allows = self.read_suppressions(&state.site, &state.opened, &mut found);
        allows.apply(&mut found);
        // A suppression is unused only where its rule was checked: for a rule that is off, it may be needed tomorrow.
        let config = &state.opened.config;
        let is_looked_for = |rule: &Rule| !rule.is_on_demand && !check::severity::is_off(config, rule);
        found.extend(allows.unused(is_looked_for));
        let unknown_rules = check::severity::apply(&state.opened.config, &mut found);
        check::severity::downgrade(&self.lowered, &mut found);
        found.extend(unknown_rules);
        check::severity::filter(&mut found, &self.only_rules);
        crate::diagnostic::break_lines_alike(&mut found, &self.sources);
        crate::diagnostic::sort(&mut found, &self.sources);
        self.recall_texts(&state.opened.config, &found);
        let (site, theme) = (Arc::clone(&state.site), Arc::clone(&state.inputs.theme.theme));
        let (counts, compiled) = (state.counts, state.compiled);
        self.state = Some(state);
        BuiltSite { site, theme, found, allows, counts, compiled }
    }

    /// The suppressions in all texts that the site is made from.
    fn read_suppressions(&self, site: &Site, opened: &OpenedProject, found: &mut Diagnostics) -> Suppressions {
        // Texts with a suppression are never dropped, also where the settings no longer use the file: what is in the
        // sources is not yet part of the site.
        let is_read = |path: &SourcePath| opened.uses(path) || opened.is_book_toml(path) || self.is_included(path);
        let is_of_site = |path: &SourcePath| site.repository.contains(path) && !site.drafts.contains(path);
        let is_there =
            |source: &Source| suppress::may_be_in(source.text()) && is_of_site(source.path()) && is_read(source.path());
        let texts = self.sources.iter().filter(|(_, source)| is_there(source));
        let allows = Suppressions::read(&self.sources, texts.map(|(id, _)| id));
        found.extend(allows.found);
        allows.value
    }
}

impl Checked {
    /// Checks a site. Pages of the site before are checked again only where something that their checks ask for changed.
    fn after(site: &Site, before: Option<(Arc<Site>, Self)>) -> Self {
        // All that a check of a page asks for besides the page and its links, in one place: what is forgotten here, the
        // model finds. Where any of it differs, all pages are checked.
        let steady = before.filter(|(old, _)| {
            site.config.written.check.severities == old.config.written.check.severities
                && site.has_places_of(old)
                && site.has_playbooks_of(old)
                && site.has_evidence_of(old)
        });
        let (old, mut on_pages) = match steady {
            Some((old, checked)) => (Some(old), checked.on_pages),
            None => (None, std::collections::BTreeMap::new()),
        };
        // Only the absence of findings is kept. A finding says which page or place may have been meant, and that may be
        // another one now; but where nothing was wrong, nothing is, as long as the page is the same and its links lead to
        // the same places. A page that shows parts of others, or is generated, may miss what others no longer say.
        let stands_alone = |id| site.page(id).markdown().is_some_and(|page| !page.shows_others());
        let holds = |old: &Arc<Site>, id| site.is_page_of(old, id) && stands_alone(id) && !on_pages.contains_key(&id);
        let changed = |id: &PageId| !old.as_ref().is_some_and(|old| holds(old, *id));
        let ids: Vec<PageId> = site.pages().map(|(id, _)| id).filter(changed).collect();
        let wanted = SelectedChecks::of(&site.config);
        let found: Vec<(PageId, Diagnostics)> = ids.into_par_iter().map(|id| (id, wanted.on_page(site, id))).collect();
        for (id, found) in found {
            on_pages.remove(&id);
            if !found.is_empty() {
                on_pages.insert(id, found);
            }
        }
        Self { on_pages, on_site: wanted.on_site(site) }
    }

    /// Checks these pages again, and the site as a whole.
    fn check_again(&mut self, site: &Site, pages: &[PageId]) {
        let wanted = SelectedChecks::of(&site.config);
        for id in pages {
            let found = wanted.on_page(site, *id);
            self.on_pages.remove(id);
            if !found.is_empty() {
                self.on_pages.insert(*id, found);
            }
        }
        self.on_site = wanted.on_site(site);
    }
}
