//! The stages in order: from a project on a disk to a linked site and its findings.
//! In: a `Disk`. Out: a `Linked` site with its theme, and what was found on the way; pages that did not change are
//! not compiled again.
//! Never knows: how findings are shown, how a site is served.

mod cache;
mod drawing;
mod inputs;
mod lines;
mod manuscripts;
mod moved;
mod on_demand;
mod playbooks;
mod publish;
mod relocate;
mod repair;
mod unpublished;
mod value;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::check;
use crate::check::allow::Allows;
use crate::diagnostic::{Counts, Findings, Rule};
use crate::project::{Project, open};
use crate::site::{PageInput, Parts, Site};
use crate::text::{SourcePath, Sources};
use crate::theme::Theme;

use cache::Cache;
pub use drawing::drawings;
pub use on_demand::{Found, OnDemand};
use playbooks::Playbooks;
pub use publish::{Published, publish};
pub use relocate::{RelocateError, Relocated, relocate, rename_anchor};
pub use repair::{Change, Repaired, changes, new_texts, repair, write_text};
use unpublished::Unpublished;

pub use crate::project::{Disk, OpenError};

/// Whether drafts are part of the site.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Drafts {
    /// They are left out, as in what is published.
    Hidden,
    /// They are there and marked, as while authoring.
    Shown,
}

/// A project that is worked on: its texts, and what was made of them so far.
#[derive(Debug)]
pub struct Session<D> {
    disk: D,
    drafts: Drafts,
    /// Codes of the only rules that matter; empty when all do.
    asked: Vec<String>,
    given: BTreeMap<String, String>,
    sources: Sources,
    cache: Cache,
    unpublished: Unpublished,
    /// Rules whose errors count as warnings in this run.
    lowered: Vec<String>,
    /// Where files of the repository lay before.
    moved: BTreeMap<SourcePath, SourcePath>,
    playbooks: Playbooks,
}

/// A project as it is now.
#[derive(Debug)]
pub struct Linked {
    /// All pages, linked.
    pub site: Site,
    /// What they look like.
    pub theme: Theme,
    /// All that is wrong, in the order of files and places.
    pub found: Findings,
    /// What comments allow; those findings are not among `found`.
    pub allows: Allows,
    /// What was looked at.
    pub counts: Counts,
    /// Pages that were compiled this time; the others had not changed.
    pub compiled: usize,
}

impl<D: Disk> Session<D> {
    /// Opens nothing yet.
    pub fn new(disk: D, drafts: Drafts) -> Self {
        Self {
            disk,
            drafts,
            asked: Vec::new(),
            given: BTreeMap::new(),
            sources: Sources::default(),
            cache: Cache::default(),
            unpublished: Unpublished::new(),
            lowered: Vec::new(),
            moved: BTreeMap::new(),
            playbooks: Playbooks::default(),
        }
    }

    /// Lets errors of these rules count as warnings.
    #[must_use]
    pub fn lowering(mut self, rules: Vec<String>) -> Self {
        self.lowered = rules;
        self
    }

    /// Tells where files lay before, newest move first, so that links to the old places can be led to the new ones.
    pub fn know_moves(&mut self, moves: impl IntoIterator<Item = (SourcePath, SourcePath)>) {
        self.moved = moved::follow(moves);
    }

    /// Looks for what these rules find and for nothing else, whatever the project says about them. With no rule, for
    /// everything.
    #[must_use]
    pub fn asking_for(mut self, rules: &[String]) -> Self {
        self.asked = rules.to_vec();
        self
    }

    /// From now on names in texts have these values, whatever pages and the project say.
    pub fn give(&mut self, values: BTreeMap<String, String>) {
        self.given = values;
    }

    /// The texts that findings point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The disk the project lies on.
    pub fn disk(&self) -> &D {
        &self.disk
    }

    /// The disk, for those who write to it themselves: tests with a disk in memory.
    pub fn disk_mut(&mut self) -> &mut D {
        &mut self.disk
    }

    /// Reads what changed, links the site, and checks it.
    ///
    /// # Errors
    /// When there is no project, or the disk refuses to show it. What is wrong inside a project is a finding.
    pub fn link(&mut self) -> Result<Linked, OpenError> {
        let opened = open::open(&self.disk, &mut self.sources)?;
        let mut found = opened.found;
        let Project { mut config, tree, files } = opened.value;
        config.given.clone_from(&self.given);
        if self.drafts == Drafts::Shown {
            // Authors see the site at the root of a server of its own, wherever it will be published.
            config.site_url = Some("/".to_owned());
        }
        check::level::switch_on(&mut config, &self.asked);
        let (config, tree) = (Arc::new(config), Arc::new(tree));
        self.sources.show_from(config.place.project());

        let pages = self.compile_pages(&config, &tree, &files, &mut found);
        let (drafts, pages): (Vec<PageInput>, Vec<PageInput>) =
            pages.into_iter().partition(|input| self.drafts == Drafts::Hidden && input.page.front.draft);
        let drafts: Vec<SourcePath> = drafts.into_iter().map(|input| input.source).collect();
        let lines = self.compile_lines(&config, &tree, &mut found);
        let playbooks = self.read_playbooks(&config, &tree, &mut found);
        let outline = self.read_outline(&config, &mut found);
        let theme = self.read_theme(&config, &tree, &mut found);
        let compiled = self.cache.take_compiled();

        let assets = self.read_assets(&config, &tree, &files, &mut found);
        let mut site = Site::assemble(Parts {
            config: Arc::clone(&config),
            pages,
            drafts,
            assets,
            playbooks,
            lines,
            outline,
            repository: tree,
            moved: self.moved.clone(),
        });
        self.read_unpublished(&mut site);
        found.extend(check::run(&site));
        let mut allows = self.read_allows(&site, &mut found);
        allows.silence(&mut found);
        found.extend(allows.unused(check::registry::is_always_checked));
        let unknown_rules = check::level::apply(&config, &mut found);
        check::level::lower(&self.lowered, &mut found);
        found.extend(unknown_rules);
        check::level::narrow(&mut found, &self.asked);
        crate::diagnostic::sort(&mut found, &self.sources);
        let counts = count(&site);
        Ok(Linked { site, theme, found, allows, counts, compiled })
    }

    /// What comments allow, in all texts that the site is made from.
    fn read_allows(&self, site: &Site, found: &mut Findings) -> Allows {
        let is_of_site = |path: &SourcePath| site.repository.contains(path) && !site.drafts.contains(path);
        let texts = self.sources.iter().filter(|(_, source)| is_of_site(source.path()));
        let allows = Allows::read(&self.sources, texts.map(|(id, _)| id));
        found.extend(allows.found);
        allows.value
    }
}

fn count(site: &Site) -> Counts {
    let mut counts = Counts { pages: site.pages.len(), playbooks: site.playbooks.len(), ..Counts::default() };
    for page in site.pages.iter().filter_map(|page| page.markdown()) {
        counts.links += page.links.len();
        counts.anchors += page.anchors().count();
        counts.images += page.links.iter().filter(|link| link.kind == crate::markdown::LinkKind::Image).count();
        counts.diagrams += page.embeds.iter().filter(|embed| embed.is_diagram()).count();
    }
    counts
}

impl Linked {
    /// Adds what was looked for besides, by these rules: subject to the same comments and levels as all else.
    pub fn add(&mut self, mut found: Findings, rules: &[&Rule], sources: &Sources) {
        self.allows.silence(&mut found);
        found.extend(self.allows.unused(|rule| rules.contains(&rule)));
        check::level::set(&self.site.config, &mut found);
        self.found.extend(found);
        crate::diagnostic::sort(&mut self.found, sources);
    }

    /// The folders that hold what the site is made from, and the one that a build writes.
    #[must_use]
    pub fn folders(&self) -> (Vec<PathBuf>, PathBuf) {
        let config = &self.site.config;
        let place = &config.place;
        let mut sources = vec![place.root().to_path_buf()];
        if place.is_apart() {
            sources.push(place.project_folder().to_path_buf());
        }
        (sources, place.folder(&config.build_dir))
    }
}
