//! A project as the authoring server sees it: pages on demand, and the last good ones under what is broken.
//! In: a session on a disk. Out: answers for paths, findings for pages, and folders to watch.
//! Never knows: HTTP, browsers, how a page is made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Live;
use super::Refresh;
use super::http::{Answer, Site as Answers, content_type};
use super::overlay::Shown;
use super::watch::{Touched, Watched};
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::pipeline::{self, Linked, Session};
use crate::project::{Disk, OpenError};
use crate::render::Renderer;
use crate::site::PageId;
use crate::text::{SourceId, Sources};
use crate::url::SitePath;

/// What the program says about a refresh: findings, the texts they point into, and how much was compiled.
pub type Report = dyn Fn(&Linked, &Sources) -> String + Send + Sync;

/// A project that is being written.
pub struct Project<D> {
    state: Mutex<State<D>>,
    report: Box<Report>,
}

struct State<D> {
    session: Session<D>,
    version: Arc<Version>,
    shown: Vec<Shown>,
    /// The last bytes of each page that somebody saw while nothing was wrong with its head.
    good: HashMap<SitePath, Arc<[u8]>>,
}

/// The site at one moment. Pages are made when somebody asks for them.
struct Version {
    linked: Linked,
    /// Files that are neither pages nor copied, by path.
    others: HashMap<String, Arc<[u8]>>,
    pages: Mutex<HashMap<PageId, Arc<[u8]>>>,
}

impl<D: Disk + Send> Project<D> {
    /// Opens the project.
    ///
    /// # Errors
    /// When there is none, or the disk refuses to show it.
    pub fn open(mut session: Session<D>, report: Box<Report>) -> Result<Self, OpenError> {
        let linked = session.link()?;
        let shown = shown(&linked, session.sources());
        let version = Arc::new(Version::new(linked));
        Ok(Self { state: Mutex::new(State { session, version, shown, good: HashMap::new() }), report })
    }

    /// What there is to say about the project as it was opened.
    pub fn first_report(&self) -> String {
        let state = self.state();
        (self.report)(&state.version.linked, state.session.sources())
    }

    /// The repository's folder on disk.
    pub fn root(&self) -> std::path::PathBuf {
        self.state().version.linked.site.config.place.root().to_path_buf()
    }

    fn state(&self) -> MutexGuard<'_, State<D>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes of a page. When its head or a template is broken, those from before.
    fn page(&self, version: &Version, id: PageId) -> Option<Arc<[u8]>> {
        let address = version.linked.site.page(id).address.clone();
        if let Some(bytes) = version.pages().get(&id) {
            return Some(Arc::clone(bytes));
        }
        let rendered = Renderer::new(&version.linked.site, &version.linked.theme).page(id);
        let mut state = self.state();
        let last_good = state.good.get(&address).cloned();
        let bytes: Arc<[u8]> = match (rendered, last_good) {
            (Err(_), last_good) => last_good?,
            (Ok(_), Some(good)) if version.has_broken_head(id) => good,
            (Ok(file), _) => {
                let bytes: Arc<[u8]> = file.bytes.into();
                if !version.has_broken_head(id) {
                    state.good.insert(address, Arc::clone(&bytes));
                }
                bytes
            }
        };
        version.pages().insert(id, Arc::clone(&bytes));
        Some(bytes)
    }

    fn not_found(&self, version: &Version) -> Answer {
        let page = version.linked.site.page_at(&SitePath::new("/404.html"));
        let bytes = page.and_then(|page| self.page(version, page));
        Answer::NotFound(
            bytes
                .unwrap_or_else(|| Arc::from(&b"<!doctype html><title>Not found</title><p>There is no such page."[..])),
        )
    }
}

impl Version {
    fn new(linked: Linked) -> Self {
        let others = Renderer::new(&linked.site, &linked.theme).others();
        let others = others.into_iter().map(|file| (file.path, Arc::from(file.bytes))).collect();
        Self { linked, others, pages: Mutex::default() }
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<PageId, Arc<[u8]>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a page's front matter cannot be read, so that it would lose its title and its place.
    fn has_broken_head(&self, id: PageId) -> bool {
        let source = self.linked.site.page(id).markdown().map(|page| page.source);
        let is_broken = |finding: &Diagnostic| finding.rule.code == "frontmatter/syntax";
        source
            .is_some_and(|source| self.linked.found.iter().any(|found| found.span.source == source && is_broken(found)))
    }
}

impl<D: Disk + Send> Answers for Project<D> {
    fn respond(&self, path: &str) -> Answer {
        let version = Arc::clone(&self.state().version);
        let site = &version.linked.site;
        let address = SitePath::new(path);
        if let Some(id) = site.page_at(&address) {
            if site.page(id).address != address && !path.ends_with("index.html") {
                return Answer::Redirect(site.page(id).address.to_string());
            }
            return match self.page(&version, id) {
                Some(bytes) => Answer::Found { bytes, content_type: content_type("page.html") },
                None => self.not_found(&version),
            };
        }
        if let Some(asset) = site.asset_at(&address) {
            let bytes = self.state().session.disk().read(&site.config.place, &asset.source);
            return match bytes {
                Ok(bytes) => Answer::Found { bytes: bytes.into(), content_type: content_type(path) },
                Err(_) => self.not_found(&version),
            };
        }
        match version.others.get(&address.output_file()) {
            Some(bytes) => {
                Answer::Found { bytes: Arc::clone(bytes), content_type: content_type(&address.output_file()) }
            }
            None => self.not_found(&version),
        }
    }
}

impl<D: Disk + Send> Live for Project<D> {
    fn refresh(&self, _touched: &Touched) -> Refresh {
        let mut state = self.state();
        let linked = match state.session.link() {
            Ok(linked) => linked,
            Err(error) => return Refresh { assets: Vec::new(), report: format!("error: {error}\n") },
        };
        let report = (self.report)(&linked, state.session.sources());
        state.shown = shown(&linked, state.session.sources());
        // With broken settings or templates the whole site would change its face; it stays, under what is wrong.
        let keeps_old = linked.found.iter().any(changes_everything);
        if keeps_old {
            return Refresh { assets: Vec::new(), report };
        }
        let version = Arc::new(Version::new(linked));
        let assets = changed(&state.version.others, &version.others);
        state.version = version;
        Refresh { assets, report }
    }

    fn findings(&self) -> Vec<Shown> {
        self.state().shown.clone()
    }

    fn watched(&self) -> Watched {
        let state = self.state();
        let config = &state.version.linked.site.config;
        let output = config.place.folder(&config.build_dir);
        Watched {
            folders: pipeline::watched_folders(config).into_iter().collect(),
            ignored: [output].into_iter().collect(),
            ..Watched::default()
        }
    }
}

/// Whether a finding means that no page would be what it was.
fn changes_everything(finding: &Diagnostic) -> bool {
    let family = finding.rule.code.split('/').next();
    finding.severity == Severity::Error && matches!(family, Some("config" | "theme"))
}

/// Addresses of files whose bytes differ, are new, or are gone.
fn changed(old: &HashMap<String, Arc<[u8]>>, new: &HashMap<String, Arc<[u8]>>) -> Vec<String> {
    let differs = |(path, bytes): &(&String, &Arc<[u8]>)| old.get(*path) != Some(bytes);
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let mut changed: Vec<String> =
        new.iter().filter(differs).map(|(path, _)| path).chain(gone).map(|path| format!("/{path}")).collect();
    changed.sort();
    changed
}

/// Findings with the pages they belong to.
fn shown(linked: &Linked, sources: &Sources) -> Vec<Shown> {
    let pages: HashMap<SourceId, &str> =
        linked.site.pages().filter_map(|(_, page)| Some((page.markdown()?.source, page.address.as_str()))).collect();
    let found: &Findings = &linked.found;
    found.iter().map(|finding| Shown::new(finding, sources, pages.get(&finding.span.source).copied())).collect()
}
