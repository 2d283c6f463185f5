//! From one state of a project to the next.
//! In: what may have changed, and what is known from before. Out: the project as it is now, and how far it is another.
//! Never knows: who changed it, or who wants to see it.
//!
//! Three ways, the cheapest that is right: other texts on pages that show others the same face change these pages
//! alone; other contents are linked anew, with every link, finding and page kept whose answers are the same; other
//! names or settings are opened anew first. What each way gives is what a session that begins now would give.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::changed::{ChangeReach, DirtySet, Invalidation, reach};
use super::counts;
use super::state::{BuildState, Checked, OpenedProject};
use crate::check::suppress::{self, Suppressions};
use crate::check::{self, SelectedChecks};
use crate::diagnostic::{Diagnostics, Rule};
use crate::page::Page;
use crate::pipeline::inputs::playbooks::KeptPlaybook;
use crate::pipeline::{BuiltSite, Drafts, Session};
use crate::project::{FileSystem, Mounted, OpenError, Project, open};
use crate::site::{PageId, PageInput, Parts, Site};
use crate::source::{Source, SourcePath};

/// A project after a change.
#[derive(Debug)]
pub struct Update {
    /// As it is now.
    pub linked: BuiltSite,
    /// How far it is another.
    pub extent: Changes,
}

/// How far a project is another than before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changes {
    /// These pages have other texts; nobody else can tell.
    Texts(Vec<PageId>),
    /// Any page may have changed.
    Site,
}

impl<D: FileSystem> Session<D> {
    /// Looks at what was touched, and brings everything up to date; `None` when nothing is another than before.
    ///
    /// # Errors
    /// When there is no project any more, or the disk refuses to show it. The next look is then at everything.
    pub fn update(&mut self, touched: &DirtySet) -> Result<Option<Update>, OpenError> {
        // Whatever goes wrong on the way, nothing half done is kept.
        let Some(known) = self.known.take() else {
            return Ok(Some(Update { linked: self.link()?, extent: Changes::Site }));
        };
        let linked = match reach(touched, &known.opened, &|path| self.is_included(path), &self.disk) {
            ChangeReach::Nothing => {
                self.known = Some(known);
                return Ok(None);
            }
            ChangeReach::Texts(paths) => return Ok(self.retext(known, &paths)),
            ChangeReach::Contents(look) => self.recontent(known, &look),
            ChangeReach::Names(look) => self.reopen(known, look)?,
        };
        Ok(Some(Update { linked, extent: Changes::Site }))
    }

    /// Whether any page, playbook or line of the settings includes a file, or leads to a place in it.
    fn is_included(&self, path: &SourcePath) -> bool {
        if self.unpublished.contains_key(path) {
            return true;
        }
        let mut beside = self.playbooks.values().flat_map(KeptPlaybook::included).chain(&self.included_by_lines);
        beside.any(|included| included == path) || self.cache.is_included(path)
    }

    /// Opens the project: its settings, and the names of its files.
    pub(crate) fn open(&mut self) -> Result<OpenedProject, OpenError> {
        let opened = open::open_after(&self.disk, &mut self.sources, &self.moved)?;
        let Project { mut config, scope, tree, files } = opened.value;
        config.given.clone_from(&self.given);
        config.fills_in = self.fills_in;
        if self.drafts == Drafts::Shown {
            // Authors see the site at the root of a server of its own, wherever it will be published.
            config.site_url = Some("/".to_owned());
        }
        check::severity::switch_on(&mut config, &self.asked);
        self.sources.show_from(config.place.project());
        Ok(OpenedProject { config: Arc::new(config), scope, tree: Arc::new(tree), files, found: opened.found })
    }

    /// There may be other files than before, or other settings.
    fn reopen(&mut self, known: BuildState, look: Invalidation) -> Result<BuiltSite, OpenError> {
        let book = known.opened.config.book_toml;
        let written = self.sources.get(book).shared_text();
        let mut opened = self.open()?;
        let same_settings = self.sources.get(book).text() == &*written
            && opened.config.book_toml == book
            && opened.config.place == known.opened.config.place;
        let same_names = opened.tree.is_same_as(&known.opened.tree);
        if same_names {
            opened.tree = Arc::clone(&known.opened.tree);
        }
        let look = if same_names && same_settings {
            opened.config = Arc::clone(&known.opened.config);
            look.at_same_names()
        } else {
            look
        };
        Ok(self.relink(opened, &look, Some(known)))
    }

    /// Only the content of files may be another.
    fn recontent(&mut self, mut known: BuildState, look: &Invalidation) -> BuiltSite {
        let nothing = OpenedProject {
            config: Arc::clone(&known.opened.config),
            scope: known.opened.scope.clone(),
            tree: Arc::clone(&known.opened.tree),
            files: Vec::new(),
            found: Diagnostics::new(),
        };
        let opened = std::mem::replace(&mut known.opened, nothing);
        self.relink(opened, look, Some(known))
    }

    /// Pages have other texts. Where one shows another face, the site is linked anew.
    fn retext(&mut self, mut known: BuildState, paths: &BTreeSet<SourcePath>) -> Option<Update> {
        let files: Vec<&Mounted> = paths.iter().filter_map(|path| known.opened.page_file(path)).collect();
        let look = Invalidation::at(paths.clone());
        let fresh = self.compile_pages(&known.opened, &files, &look);
        if fresh.is_empty() && !self.lacks_texts {
            self.cache.take_compiled();
            self.known = Some(known);
            return None;
        }
        let Some(texts) = self.same_interfaces(&known.site, &fresh) else {
            return Some(Update { linked: self.recontent(known, &look), extent: Changes::Site });
        };
        let mut counts = known.counts;
        known.compiled = self.cache.take_compiled();
        for (id, page) in &texts {
            counts =
                known.site.page(*id).markdown().map_or(counts, |old| counts::without(counts, counts::of_page(old)));
            counts = counts::with(counts, counts::of_page(page));
        }
        let ids: Vec<PageId> = texts.iter().map(|(id, _)| *id).collect();
        let mut site = known.site.with_texts(texts);
        self.read_unpublished(&mut site, &ids);
        self.read_pictures(&mut site, &ids);
        known.site = Arc::new(site);
        known.counts = counts;
        known.checked.look_again(&known.site, &ids);
        Some(Update { linked: self.linked(known), extent: Changes::Texts(ids) })
    }

    /// The pages made from these files, when all show the same face as they do in the site.
    fn same_interfaces(&self, site: &Site, fresh: &[SourcePath]) -> Option<Vec<(PageId, Arc<Page>)>> {
        let of_file = |path: &SourcePath| {
            let page = Arc::clone(&self.cache.get(path)?.page);
            let id = site.page_from(path).filter(|id| site.page(*id).source.as_ref() == Some(path))?;
            site.page(id).markdown()?.interface_eq(&page).then_some((id, page))
        };
        fresh.iter().map(of_file).collect()
    }

    /// Links the site, with all that is known from before and still holds.
    pub(crate) fn relink(
        &mut self,
        opened: OpenedProject,
        look: &Invalidation,
        before: Option<BuildState>,
    ) -> BuiltSite {
        let files: Vec<&Mounted> = opened.files.iter().filter(|file| file.source.is_markdown()).collect();
        self.compile_pages(&opened, &files, look);
        if look.sees_new_names() {
            let paths: BTreeSet<&SourcePath> = files.iter().map(|file| &file.source).collect();
            self.cache.retain(|path| paths.contains(path));
        }
        let pages = self.pages(&files);
        let (before_beside, before) = match before {
            Some(known) => (Some((known.opened, known.beside)), Some((known.site, known.checked, known.counts))),
            None => (None, None),
        };
        let beside = self.read_beside(&opened, look, before_beside);
        let compiled = self.cache.take_compiled();
        let is_draft = |input: &PageInput| self.drafts == Drafts::Hidden && input.page.front.draft;
        let (drafts, pages): (Vec<PageInput>, Vec<PageInput>) = pages.into_iter().partition(is_draft);
        let mut site = Site::assemble_after(
            Parts {
                config: Arc::clone(&opened.config),
                pages,
                drafts: drafts.into_iter().map(|input| input.source).collect(),
                assets: beside.assets.0.clone(),
                playbooks: beside.playbooks.0.clone(),
                lines: beside.lines.0.clone(),
                outline: beside.outline.0.clone(),
                repository: Arc::clone(&opened.tree),
            },
            before.as_ref().map(|(site, ..)| &**site),
        );
        let ids: Vec<PageId> = site.pages().map(|(id, _)| id).collect();
        self.read_unpublished(&mut site, &ids);
        self.read_pictures(&mut site, &ids);
        let counts = match &before {
            Some((before, _, counts)) => counts::after(&site, before, *counts),
            None => counts::of_site(&site),
        };
        let checked = Checked::after(&site, before.map(|(site, checked, _)| (site, checked)));
        self.linked(BuildState { opened, beside, site: Arc::new(site), checked, counts, compiled })
    }

    /// What is known, as others see it.
    fn linked(&mut self, known: BuildState) -> BuiltSite {
        let checked = &known.checked;
        let on_pages = checked.on_pages.values().flatten().chain(&checked.on_site);
        let read = known.opened.found.iter().chain(self.cache.found()).chain(known.beside.found());
        let mut found: Diagnostics = read.chain(on_pages).cloned().collect();
        found.extend(check::theme::unknown_template::check(&known.site, &known.beside.theme.theme));
        found.extend(check::url::duplicate::check_theme(&known.site, &known.beside.theme.theme));
        let mut allows = self.read_allows(&known.site, &known.opened, &mut found);
        allows.apply(&mut found);
        // What nobody looks for may be allowed anywhere.
        let config = &known.opened.config;
        let is_looked_for = |rule: &Rule| !rule.is_on_demand && !check::severity::is_off(config, rule);
        found.extend(allows.unused(is_looked_for));
        let unknown_rules = check::severity::apply(&known.opened.config, &mut found);
        check::severity::downgrade(&self.lowered, &mut found);
        found.extend(unknown_rules);
        check::severity::filter(&mut found, &self.asked);
        crate::diagnostic::break_lines_alike(&mut found, &self.sources);
        crate::diagnostic::sort(&mut found, &self.sources);
        self.recall_texts(&known.opened.config, &found);
        let (site, theme) = (Arc::clone(&known.site), Arc::clone(&known.beside.theme.theme));
        let (counts, compiled) = (known.counts, known.compiled);
        self.known = Some(known);
        BuiltSite { site, theme, found, allows, counts, compiled }
    }

    /// What comments allow, in all texts that the site is made from. Texts with such a comment are never forgotten, also
    /// where the settings no longer ask for them.
    fn read_allows(&self, site: &Site, opened: &OpenedProject, found: &mut Diagnostics) -> Suppressions {
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
    /// Checks a site; what was found on pages of the one before holds where nothing they ask for has changed.
    fn after(site: &Site, before: Option<(Arc<Site>, Self)>) -> Self {
        let steady = before.filter(|(old, _)| {
            site.config.written.check.severities == old.config.written.check.severities
                && site.has_places_of(old)
                && site.has_playbooks_of(old)
                && site.places_apart == old.places_apart
                && site.image_sizes == old.image_sizes
        });
        let (old, mut on_pages) = match steady {
            Some((old, checked)) => (Some(old), checked.on_pages),
            None => (None, std::collections::BTreeMap::new()),
        };
        // A finding says which page or place may have been meant: that may be another now. Where nothing was wrong,
        // nothing is as long as the page is the same and its links lead to the same.
        // A page that shows parts of others, and one that is generated, may miss what others no longer say.
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
    fn look_again(&mut self, site: &Site, pages: &[PageId]) {
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
