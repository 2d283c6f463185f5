//! A built site whose pages are rendered on demand; a page is rendered again only if its inputs changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use super::render_cache::{CachedPage, RenderCache};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, bug};
use crate::pipeline::{BuiltSite, Changes, Update};
use crate::project::FileSystem;
use crate::render::{Draft, PrintDraft, RenderInputs, Renderer, SharedParts, SiteFile};
use crate::site::PageId;
use crate::source::{SourceId, SourcePath, Span};
use crate::url::SitePath;

/// The site at one moment.
#[derive(Debug)]
pub struct LiveSite {
    linked: BuiltSite,
    shared: Arc<SharedParts>,
    /// Files that are neither pages nor copied, by path; made when somebody asks for one.
    others: OnceLock<Arc<HashMap<String, Arc<[u8]>>>>,
    /// The search index, by path: of all pages, so it is made when somebody searches.
    search: OnceLock<HashMap<String, Arc<[u8]>>>,
    cache: Mutex<RenderCache>,
    rendered: Mutex<Vec<Rendered>>,
    /// Addresses that could not be made because of a bug of ours.
    failed: Mutex<BTreeMap<SitePath, Diagnostic>>,
}

/// A page that was rendered, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// Its address.
    pub address: SitePath,
    /// The parts of what it shows that are others than before; empty when it was asked for the first time.
    pub because: Vec<String>,
}

/// What is at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// A page.
    Page {
        /// Its address.
        address: SitePath,
        /// Its bytes; `None` when its template fails.
        bytes: Option<Arc<[u8]>>,
        /// Whether its head or template is broken, so that an older version may serve readers better.
        is_broken: bool,
    },
    /// A file, by the path it would be written to.
    File(String, Arc<[u8]>),
    /// It is at another address.
    Elsewhere(SitePath),
    /// Nothing.
    Nothing,
}

impl LiveSite {
    /// Nothing is made yet.
    #[must_use]
    pub fn new(linked: BuiltSite) -> Self {
        let (shared, others, search, rendered) = (Arc::default(), OnceLock::new(), OnceLock::new(), Mutex::default());
        Self { linked, shared, others, search, cache: Mutex::default(), rendered, failed: Mutex::default() }
    }

    /// The site after an update, with all that was rendered of this one and may still be the same.
    #[must_use]
    pub fn after(&self, update: Update) -> Self {
        let Update { linked, changes } = update;
        let same_theme = Arc::ptr_eq(&linked.theme, &self.linked.theme);
        let next = Self::new(linked);
        match changes {
            Changes::Pages(pages) => {
                let shown = self.renderer();
                // No other page can differ: each sees others through their interfaces, which are the same. A document to
                // print shows whole pages.
                let may_differ = |address: &SitePath| {
                    let is_page = pages.iter().any(|id| next.linked.site.page(*id).address == *address);
                    is_page || shown.document_at(address).is_some_and(|document| document.shows(&pages))
                };
                let kept = self.cache().after(may_differ);
                let others = self.others.clone();
                Self { shared: Arc::clone(&self.shared), others, cache: Mutex::new(kept), ..next }
            }
            // Anything may differ, so each page is compared with its inputs when somebody asks for it; without the same
            // theme, equal inputs no longer mean equal bytes.
            Changes::Site if same_theme => Self { cache: Mutex::new(self.cache().after(|_| true)), ..next },
            Changes::Site => Self { cache: Mutex::new(self.cache().after_other_theme()), ..next },
        }
    }

    /// The site.
    #[must_use]
    pub fn linked(&self) -> &BuiltSite {
        &self.linked
    }

    /// What is at an address; copied files are read from the disk.
    pub fn at(&self, path: &str, disk: &dyn FileSystem) -> Lookup {
        let site = &self.linked.site;
        let address = SitePath::new(path);
        if let Some(id) = site.page_at(&address) {
            // Relative links on the page count from its own address: under another one they would lead astray.
            let own = &site.page(id).address;
            if *own != address && !path.ends_with("index.html") {
                return Lookup::Elsewhere(own.clone());
            }
            let bytes = self.page(id);
            let is_broken = bytes.is_none() || self.has_broken_head(id);
            return Lookup::Page { address: own.clone(), bytes, is_broken };
        }
        if let Some(asset) = site.asset_at(&address) {
            if let Some(drawing) = &asset.active.sanitized {
                return Lookup::File(asset.address.output_file(), drawing.as_bytes().into());
            }
            return match disk.read(&site.config.place, &asset.source) {
                Ok(bytes) => Lookup::File(asset.address.output_file(), bytes.into()),
                Err(_) => Lookup::Nothing,
            };
        }
        if let Some(document) = self.document(&address) {
            return document;
        }
        let file = address.output_file();
        // Apart, since the index is of all pages: a style sheet must not wait for it.
        let made = if file.starts_with("search/") { self.search() } else { self.others() };
        match made.get(&file) {
            Some(bytes) => Lookup::File(file, Arc::clone(bytes)),
            None => Lookup::Nothing,
        }
    }

    /// The address of the page made from a file.
    #[must_use]
    pub fn address_of(&self, source: &SourcePath) -> Option<&SitePath> {
        let site = &self.linked.site;
        site.page_from(source).map(|id| &site.page(id).address)
    }

    /// The pages that were rendered since this was last asked, with the reasons.
    pub fn take_rendered(&self) -> Vec<Rendered> {
        std::mem::take(&mut bug::lock(&self.rendered))
    }

    /// The addresses that could not be made so far because of a bug of ours, each with what is said about it.
    pub fn failed(&self) -> Vec<(SitePath, Diagnostic)> {
        let failed = bug::lock(&self.failed);
        failed.iter().map(|(address, finding)| (address.clone(), finding.clone())).collect()
    }

    /// Makes something; a panic on the way is recorded, and there is nothing.
    fn made_whole<T>(&self, address: &SitePath, at: Span, make: impl FnOnce() -> T) -> Option<T> {
        let note = |bug: bug::Bug| {
            let finding = bug.finding(at, "rendering this page");
            bug::lock(&self.failed).insert(address.clone(), finding);
        };
        bug::contained(make).map_err(note).ok()
    }

    fn search(&self) -> &HashMap<String, Arc<[u8]>> {
        self.search.get_or_init(|| self.made_files(|renderer| renderer.search()))
    }

    /// Files that are no pages, by path.
    fn made_files(&self, make: impl FnOnce(Renderer<'_>) -> Vec<SiteFile>) -> HashMap<String, Arc<[u8]>> {
        let renderer = Renderer::new(&self.linked.site, &self.linked.theme);
        let files = self.made_whole(&SitePath::new("/"), self.settings(), || make(renderer)).unwrap_or_default();
        files.into_iter().map(|file| (file.path, Arc::from(file.bytes))).collect()
    }

    /// Where findings about the site as a whole stand.
    fn settings(&self) -> Span {
        Span::start_of(self.linked.site.config.book_toml)
    }

    fn document(&self, address: &SitePath) -> Option<Lookup> {
        let renderer = self.renderer();
        let document = renderer.document_at(address)?;
        let own = document.address().clone();
        if own.output_file() != address.output_file() {
            return Some(Lookup::Elsewhere(own));
        }
        let make = || self.made(&own, || renderer.document(document), PrintDraft::inputs, PrintDraft::finish);
        let bytes = self.made_whole(&own, self.settings(), make).flatten();
        Some(Lookup::Page { address: own, is_broken: bytes.is_none(), bytes })
    }

    fn page(&self, id: PageId) -> Option<Arc<[u8]>> {
        let renderer = self.renderer();
        let address = &self.linked.site.page(id).address;
        let make = || self.made(address, || renderer.draft(id), Draft::inputs, Draft::finish);
        self.made_whole(address, self.linked.site.start_of(id), make).flatten()
    }

    /// The bytes for an address: those of the cache, or from a draft, unless the cached ones were made from equal inputs.
    fn made<D>(
        &self,
        address: &SitePath,
        draft: impl FnOnce() -> D,
        inputs: impl FnOnce(&D) -> RenderInputs,
        finish: impl FnOnce(D) -> Result<SiteFile, Diagnostics>,
    ) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.cache().current(address) {
            return Some(bytes);
        }
        // Made outside the lock: two tabs may make a page twice, but neither waits for the other.
        let draft = draft();
        let inputs = inputs(&draft);
        let because = match self.cache().confirm(address, &inputs) {
            Ok(bytes) => return Some(bytes),
            Err(because) => because,
        };
        let bytes: Arc<[u8]> = finish(draft).ok()?.bytes.into();
        self.cache().put(address.clone(), CachedPage::new(Arc::clone(&bytes), inputs));
        let rendered = Rendered { address: address.clone(), because };
        bug::lock(&self.rendered).push(rendered);
        Some(bytes)
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::with_shared(&self.linked.site, &self.linked.theme, Arc::clone(&self.shared))
    }

    fn others(&self) -> &HashMap<String, Arc<[u8]>> {
        self.others.get_or_init(|| Arc::new(self.made_files(|renderer| renderer.others())))
    }

    fn cache(&self) -> MutexGuard<'_, RenderCache> {
        bug::lock(&self.cache)
    }

    /// Whether a page cannot be read, or its front matter, so that it would lose its text, or its title and its place.
    fn has_broken_head(&self, id: PageId) -> bool {
        let source = self.linked.site.page(id).markdown().map(|page| page.source);
        source.is_some_and(|source| {
            let mut found = self.linked.found.iter();
            let is_broken = |rule: &Rule| rule.code == "frontmatter/syntax" || *rule == bug::PANIC;
            found.any(|found| found.span.source == source && is_broken(found.rule))
        })
    }

    /// Paths of styles, scripts and other files of the theme that differ from those of an older site.
    #[must_use]
    pub fn files_changed_since(&self, older: &Self) -> Vec<String> {
        if Arc::ptr_eq(&self.linked.theme, &older.linked.theme) {
            return Vec::new();
        }
        let files = |version: &'_ Self| -> HashMap<String, Arc<[u8]>> {
            let assets = version.linked.theme.assets.iter();
            assets.map(|asset| (asset.path.clone(), Arc::from(&asset.bytes[..]))).collect()
        };
        let (now, before) = (files(self), files(older));
        let differs = |path: &&String| now.get(*path) != before.get(*path);
        let mut changed: Vec<String> = now.keys().chain(before.keys()).filter(differs).cloned().collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

impl BuiltSite {
    /// The address of the page made from a text.
    #[must_use]
    pub fn address_of(&self, source: SourceId, path: &SourcePath) -> Option<&str> {
        let page = self.site.page(self.site.page_from(path)?);
        let own = page.markdown().is_some_and(|markdown| markdown.source == source);
        own.then(|| page.address.as_str())
    }

    /// The address of a copied file, when this is one.
    #[must_use]
    pub fn address_of_copy(&self, path: &SourcePath) -> Option<&str> {
        let asset = self.site.assets.iter().find(|asset| asset.source == *path)?;
        Some(asset.address.as_str())
    }

    /// Whether settings or templates are broken, so that every page would look different.
    #[must_use]
    pub fn is_defaced(&self) -> bool {
        self.found.iter().any(|finding| {
            let family = finding.rule.code.split('/').next();
            let is_of_all = matches!(family, Some("config" | "theme")) || self.site.config.is_no_text(finding);
            finding.severity == Severity::Error && is_of_all
        })
    }
}
