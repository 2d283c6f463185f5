//! All pages as one typed, read-only model.
//! In: compiled pages, playbooks, the outline, and the other files of the repository. Out: a `Site`, in which
//! every page has an address and a place in the navigation, and every link a target.
//! Never knows: templates, the disk, what is right or wrong about it.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

mod assemble;
mod claims;
mod evidence;
mod facts;
mod links;
mod maps;
mod navigation;
mod playbooks;
mod redirect_notes;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::markdown::Link;
use crate::page::Page;
use crate::playbook::{IdResolution, Playbook, PlaybookNames, listed_order};
use crate::project::{Config, FileSet};
use crate::source::SourcePath;
use crate::url::SitePath;

pub use assemble::every_page::SiteSnippets;
pub use assemble::parts::{ActiveDrawing, AssetInput, PageInput, Parts, PlaybookInput};
pub use assemble::redirects::{LostRedirect, Redirect, RedirectObstacle};
pub use claims::{AddressClaim, AddressClash, AddressTable, Difference, Flaw, Obstacle, Owner};
pub use evidence::{Evidence, NoEvidence};
pub use facts::{Facts, placeholders};
pub use links::anchors::{Brought, PageAnchors};
pub use links::backlinks::StepUse;
use links::index::{PlaceIndex, PublishedPlace};
pub use links::path_space::{FileLocation, PathReading, PathSpace};
pub use links::resolve::{LinkProblem, Resolution, Target};
pub use links::template::TemplateReference;
pub use maps::{MapId, MapNotFound, NodeUse};
pub use navigation::nav::{EntryKind, EntryTarget, Nav, NavEntry, NavEntryId};
pub use navigation::tags::{PageTag, TagId, Tags};
pub use playbooks::copies::{CopySource, HandWritten};
pub use playbooks::playbook_texts::{PlaybookTexts, StepTexts};
pub use playbooks::steps::StepPlace;
pub use playbooks::template_pages::{Selection, Unmatched};
pub use redirect_notes::RedirectNotes;

/// A page of this site; means nothing in another.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PageId(u32);

/// A file of this site that is copied as it is.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AssetId(u32);

/// A playbook of this site.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaybookId(u32);

/// What a page shows.
#[derive(Clone, Debug)]
pub enum PageContent {
    /// A Markdown file.
    Markdown(Arc<Page>),
    /// The generated page of a playbook.
    Playbook(PlaybookId),
    /// The generated overview of all playbooks.
    Playbooks,
    /// The generated overview of all tags.
    Tags,
    /// The generated page of a tag.
    Tag(TagId),
    /// The generated list of all pages, which search leads to.
    AllPages,
    /// The generated page for missing addresses.
    NotFound,
}

/// A page with its address.
#[derive(Clone, Debug)]
pub struct SitePage {
    /// What it shows.
    pub content: PageContent,
    /// The file it is made from; the overview of playbooks has none.
    pub source: Option<SourcePath>,
    /// Its path in the published tree, as a file.
    pub mounted: SourcePath,
    /// Where it is served.
    pub address: SitePath,
    /// What navigation, tabs and other pages call it.
    pub title: String,
    /// The template that its mount asks for.
    pub template: Option<String>,
}

impl SitePage {
    /// The title in its file, before values are filled in; its title if the file has none.
    #[must_use]
    pub fn written_title(&self) -> &str {
        self.markdown().and_then(|page| page.title.as_deref()).unwrap_or(&self.title)
    }

    /// The compiled Markdown, for pages that have any.
    #[must_use]
    pub fn markdown(&self) -> Option<&Page> {
        match &self.content {
            PageContent::Markdown(page) => Some(page),
            PageContent::Playbook(_)
            | PageContent::Playbooks
            | PageContent::Tags
            | PageContent::Tag(_)
            | PageContent::AllPages
            | PageContent::NotFound => None,
        }
    }
}

/// A file that is copied as it is.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path in the repository.
    pub source: SourcePath,
    /// Where it is served.
    pub address: SitePath,
    /// What it links, when it is markup.
    pub links: Vec<Link>,
    /// Its drawing, when it is the logo and takes its colour from the text around it.
    pub inline: Option<Arc<str>>,
    /// What in it runs, when it is a drawing.
    pub active: ActiveDrawing,
}

/// A playbook with its page and the pages of its templates.
#[derive(Clone, Debug)]
pub struct SitePlaybook {
    /// What it declares.
    pub playbook: Arc<Playbook>,
    /// Those of its texts that are Markdown, compiled.
    pub texts: Arc<PlaybookTexts>,
    /// Its file.
    pub source: SourcePath,
    /// Its own page.
    pub page: PageId,
    /// For each step, where its template leads.
    pub templates: Vec<Option<Resolution>>,
}

/// All pages, linked. Large parts are shared, so that the site after an edit costs little.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The lines of text on every page.
    pub lines: SiteSnippets,
    /// Sorted by mounted path; generated pages last.
    pub pages: Vec<Arc<SitePage>>,
    /// Sorted by mounted path.
    pub assets: Arc<Vec<Asset>>,
    /// Sorted by id.
    pub playbooks: Vec<SitePlaybook>,
    /// The tags of pages and playbooks.
    pub tags: Arc<Tags>,
    /// What only the whole site knows.
    pub facts: Facts,
    /// The navigation.
    pub nav: Arc<Nav>,
    /// All files of the repository.
    pub repository: Arc<FileSet>,
    /// When a commit last changed each file, in seconds since 1970; empty until git was asked.
    pub changed: Arc<BTreeMap<SourcePath, i64>>,
    /// Markdown files that are left out, as they are not ready yet.
    pub drafts: Arc<HashSet<SourcePath>>,
    /// What cannot be served where it wants to be, or not on every system.
    pub clashes: Vec<AddressClash>,
    /// The addresses of everything but redirects, drawings of maps, and what a theme brings.
    pub addresses: Arc<AddressTable>,
    /// Old addresses that lead to new ones: those of book.toml, then those of pages.
    pub redirects: Arc<Vec<Redirect>>,
    /// Old addresses that something else is served at.
    pub lost_redirects: Vec<LostRedirect>,
    /// The addresses of redirects.
    pub redirected: Arc<AddressTable>,
    /// Pages that cannot be written where they would be served. They are pages all the same: what links to them is not
    /// wrong besides.
    pub unserved: Arc<HashSet<PageId>>,
    /// What other files say that links lead to.
    evidence: evidence::Gathered,
    /// For each page, where each link of its `Page::links` leads.
    links: Vec<Arc<[Resolution]>>,
    /// Where files that moved were served before; made when first asked for.
    old_addresses: Arc<OnceLock<HashMap<String, SourcePath>>>,
    /// For each page its anchors, collected when first needed.
    places: Arc<Vec<OnceLock<PageAnchors>>>,
    uses: Arc<HashMap<PageId, Vec<StepUse>>>,
    templates: Arc<BTreeSet<PageId>>,
    maps: Arc<maps::Maps>,
    index: Arc<PlaceIndex>,
    /// Every page links these two, so they are looked up once.
    all_pages: Option<PageId>,
    playbooks_page: Option<PageId>,
    playbook_pages: HashMap<PageId, PlaybookId>,
    /// Playbooks by id and name.
    names: Arc<PlaybookNames>,
    /// The pages that tell the steps of playbooks one by one.
    told: Arc<playbooks::steps::Told>,
}

impl Site {
    /// All pages with their ids.
    pub fn pages(&self) -> impl Iterator<Item = (PageId, &SitePage)> {
        (0u32..).map(PageId).zip(self.pages.iter().map(|page| &**page))
    }

    /// All playbooks: those that say their place, then each after those that lead to it.
    #[must_use]
    pub fn playbooks_in_order(&self) -> Vec<&SitePlaybook> {
        let playbooks: Vec<&Playbook> = self.playbooks.iter().map(|entry| &*entry.playbook).collect();
        // The playbook noun sorts positions, because it knows nothing of pages.
        listed_order(&playbooks).into_iter().map(|at| self.playbook_at(at)).collect()
    }

    /// All playbooks with their ids.
    pub fn playbooks(&self) -> impl Iterator<Item = (PlaybookId, &SitePlaybook)> {
        (0u32..).map(PlaybookId).zip(&self.playbooks)
    }

    /// A page.
    #[must_use]
    pub fn page(&self, id: PageId) -> &SitePage {
        &self.pages[id.0 as usize]
    }

    fn page_mut(&mut self, id: PageId) -> &mut Arc<SitePage> {
        &mut self.pages[id.0 as usize]
    }

    /// A file that is copied.
    #[must_use]
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }

    /// A playbook.
    #[must_use]
    pub fn playbook(&self, id: PlaybookId) -> &SitePlaybook {
        self.playbook_at(id.0 as usize)
    }

    /// A playbook by its position; `names` gives positions.
    fn playbook_at(&self, at: usize) -> &SitePlaybook {
        &self.playbooks[at]
    }

    /// Where the links of a page lead, in the order of `Page::links`.
    #[must_use]
    pub fn links(&self, page: PageId) -> &[Resolution] {
        &self.links[page.0 as usize]
    }

    /// Where the link at a place of `Page::links` leads.
    #[must_use]
    pub fn link(&self, page: PageId, at: usize) -> &Resolution {
        &self.links(page)[at]
    }

    /// The steps of playbooks that use a page as their template.
    #[must_use]
    pub fn uses(&self, page: PageId) -> &[StepUse] {
        self.uses.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The list of all pages, when the site can be searched.
    #[must_use]
    pub fn all_pages(&self) -> Option<PageId> {
        self.all_pages
    }

    /// The page of the overview of playbooks, when there are any.
    #[must_use]
    pub fn playbooks_page(&self) -> Option<PageId> {
        self.playbooks_page
    }

    /// The ids and names of all playbooks; positions are those in [`Site::playbooks`].
    #[must_use]
    pub fn playbook_names(&self) -> &PlaybookNames {
        &self.names
    }

    /// The playbook with this id, or the only one whose id ends in it.
    #[must_use]
    pub fn playbook_with_id(&self, id: &str) -> Option<(PlaybookId, &SitePlaybook)> {
        // Ids carry their folder, `sales/recruit`; authors may leave it out while `recruit` means only one.
        let at = self.names.by_id(id).one()?;
        Some((PlaybookId(u32::try_from(at).ok()?), self.playbook_at(at)))
    }

    /// The playbooks that an id may mean, when there are several.
    #[must_use]
    pub fn playbooks_ending_in(&self, id: &str) -> Vec<&SitePlaybook> {
        match self.names.by_id(id) {
            IdResolution::Several(several) => several.iter().map(|at| self.playbook_at(*at)).collect(),
            IdResolution::Nothing | IdResolution::One(_) => Vec::new(),
        }
    }

    /// The playbooks that a heading or a table cell may mean.
    pub fn playbooks_named(&self, text: &str) -> impl Iterator<Item = &SitePlaybook> {
        self.names.by_text(text).iter().map(|at| self.playbook_at(*at))
    }

    /// The command that runs a playbook: its own, or that of the project.
    #[must_use]
    pub fn command_of(&self, playbook: &Playbook) -> Option<String> {
        let command = playbook.run.as_ref().or(self.config.playbooks.run.as_ref())?;
        Some(command.value.replace("{id}", &playbook.id))
    }

    /// The playbook whose own page this is, generated or written.
    #[must_use]
    pub fn playbook_of(&self, page: PageId) -> Option<&SitePlaybook> {
        self.playbook_pages.get(&page).map(|id| self.playbook(*id))
    }

    /// The folder that pages are written in; the repository's root where all come from mounts.
    #[must_use]
    pub fn source_folder(&self) -> SourcePath {
        self.config.source.clone().unwrap_or_else(SourcePath::root)
    }

    /// Whether the repository has a file or folder of exactly this name, capitalization included.
    #[must_use]
    pub fn in_repository(&self, path: &SourcePath) -> bool {
        self.repository.contains(path) || self.repository.has_folder(path)
    }

    /// The page made from a file.
    #[must_use]
    pub fn page_from(&self, source: &SourcePath) -> Option<PageId> {
        match self.index.of_source(source)? {
            PublishedPlace::Page(id) => Some(id),
            PublishedPlace::Asset(_) => None,
        }
    }
}
