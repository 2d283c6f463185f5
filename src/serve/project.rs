//! A project while it is served: pages on demand, and the last good version of each page while an edit is broken.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::http::{Responder as Answers, SiteResponse, content_type};
use super::overlay::OverlayDiagnostic;
use super::watch::{self, Watched};
use super::{Live, Refresh};
use crate::diagnostic::{Diagnostic, bug};
use crate::pipeline::{
    BuiltSite, Changes, DirtySet, FileSystem, LiveSite, Lookup, OpenError, Preview, Rendered, Session, Update,
};
use crate::source::{SourcePath, Sources, Span};
use crate::url::SitePath;
use crate::wording::Wording;

/// The report of a build, made from the findings, the texts they point into, and the time it took.
pub type ReportBuild = dyn Fn(&BuiltSite, &Sources, Duration) -> String + Send + Sync;
/// Who hears of each page that is rendered.
pub type Explain = dyn Fn(&Rendered) + Send + Sync;

/// For the rare site that cannot even say that there is no such page.
fn no_page() -> String {
    let words = Wording::english();
    format!(
        "<!doctype html>\n<title>{}</title>\n<p>{}</p>\n",
        words.say("own_pages.not_found"),
        words.say("serve.no_page")
    )
}

/// Sites of so many pages are shown before all of them are compiled; smaller ones are ready before a browser asks.
const LARGE: usize = 400;

/// A project that is being written.
pub struct LiveProject<D> {
    /// A second way to the disk, so that copied files are read without waiting for a refresh.
    disk: D,
    /// Whoever brings the project up to date. Those who read never wait for this.
    work: Mutex<PendingWork<D>>,
    seen: Mutex<Seen<D>>,
    report: Box<ReportBuild>,
    explain: Option<Box<Explain>>,
}

struct PendingWork<D> {
    session: Session<D>,
    /// What was said when the project was opened.
    opening: String,
    /// Whether what is shown is older than what the session knows, as under a broken template.
    lags: bool,
}

/// What readers see.
struct Seen<D> {
    version: Arc<LiveSite>,
    /// Until the whole site is ready.
    preview: Option<Arc<Preview<D>>>,
    shown: Arc<[OverlayDiagnostic]>,
    /// The last bytes of each page that somebody saw while nothing was wrong with its head.
    good: HashMap<SitePath, Arc<[u8]>>,
}

impl<D: FileSystem + Clone + Send> LiveProject<D> {
    /// Opens the project. Of a large one only titles are read; the first refresh reads the rest.
    ///
    /// # Errors
    /// When there is none, or the disk refuses to show it.
    pub fn open(
        new: impl Fn() -> Session<D>,
        report: Box<ReportBuild>,
        explain: Option<Box<Explain>>,
    ) -> Result<Self, OpenError> {
        let mut session = new();
        let disk = session.disk().clone();
        // Two sessions on one disk: the preview answers from its own, while the other compiles the whole site.
        if let Some(preview) = Preview::open(new(), LARGE)? {
            let version = preview.with_page_at("/");
            let seen = Seen { version, preview: Some(Arc::new(preview)), shown: Arc::from([]), good: HashMap::new() };
            let work = PendingWork { session, opening: String::new(), lags: true };
            return Ok(Self { disk, work: Mutex::new(work), seen: Mutex::new(seen), report, explain });
        }
        let (linked, took) = timed(|| session.link());
        let linked = linked?;
        let opening = report(&linked, session.sources(), took);
        let shown = shown(&linked, session.sources());
        let version = Arc::new(LiveSite::new(linked));
        let seen = Seen { version, preview: None, shown, good: HashMap::new() };
        let work = PendingWork { session, opening, lags: false };
        Ok(Self { disk, work: Mutex::new(work), seen: Mutex::new(seen), report, explain })
    }

    /// What there is to say about the project as it was opened; nothing yet about a large one.
    pub fn report(&self) -> String {
        self.work().opening.clone()
    }

    /// The repository's folder on disk.
    pub fn root(&self) -> std::path::PathBuf {
        self.seen().version.linked().site.config.place.root().to_path_buf()
    }

    /// The address of the page made from a file, given as a path on disk.
    pub fn address_of(&self, file: &std::path::Path) -> Option<String> {
        let version = Arc::clone(&self.seen().version);
        let source = version.linked().site.config.place.source_path(file)?;
        version.address_of(&source).map(ToString::to_string)
    }

    fn work(&self) -> MutexGuard<'_, PendingWork<D>> {
        bug::lock(&self.work)
    }

    fn seen(&self) -> MutexGuard<'_, Seen<D>> {
        bug::lock(&self.seen)
    }

    /// The version that answers for a path.
    fn version_for(&self, path: &str) -> Arc<LiveSite> {
        let preview = {
            let seen = self.seen();
            match &seen.preview {
                Some(preview) => Arc::clone(preview),
                None => return Arc::clone(&seen.version),
            }
        };
        preview.with_page_at(path)
    }

    /// The page as readers get it: the last good one, where this one is broken.
    fn best(&self, address: SitePath, bytes: Option<Arc<[u8]>>, is_broken: bool) -> Option<Arc<[u8]>> {
        // While a quote is open in the front matter, the page has no title and no place: its author would be thrown out of
        // it at every keystroke that an editor saves.
        let mut seen = self.seen();
        if is_broken {
            return seen.good.get(&address).cloned().or(bytes);
        }
        let bytes = bytes?;
        seen.good.insert(address, Arc::clone(&bytes));
        Some(bytes)
    }

    fn not_found(&self, version: &LiveSite) -> SiteResponse {
        match version.at("/404.html", &self.disk) {
            Lookup::Page { bytes: Some(bytes), .. } | Lookup::File(_, bytes) => SiteResponse::NotFound(bytes),
            _ => SiteResponse::NotFound(no_page().into_bytes().into()),
        }
    }

    /// What readers see from now on; the files that changed come back.
    fn show(&self, update: Update, lagged: bool, sources: &Sources) -> Vec<String> {
        let diagnostics = shown(&update.linked, sources);
        let before = Arc::clone(&self.seen().version);
        // Page ids mean nothing against a version that is older than the one before.
        let changes = if lagged { Changes::Site } else { update.changes };
        let version = Arc::new(before.after(Update { linked: update.linked, changes }));
        let files = version.files_changed_since(&before);
        let mut seen = self.seen();
        let finished = seen.preview.take();
        (seen.version, seen.shown) = (version, diagnostics);
        drop(seen);
        // What was large is given back while nobody waits.
        drop((before, finished));
        files
    }

    /// The paths of the project among those that changed.
    fn dirty(&self, changed: &watch::ChangedPaths) -> DirtySet {
        if changed.rescan {
            return DirtySet::Everything;
        }
        let version = Arc::clone(&self.seen().version);
        let place = &version.linked().site.config.place;
        DirtySet::Paths(changed.paths.iter().filter_map(|path| place.source_path(path)).collect())
    }
}

impl<D: FileSystem + Clone + Send> Answers for LiveProject<D> {
    fn respond(&self, path: &str) -> SiteResponse {
        let version = self.version_for(path);
        let answer = match version.at(path, &self.disk) {
            Lookup::Page { address, bytes, is_broken } => match self.best(address, bytes, is_broken) {
                Some(bytes) => SiteResponse::Found { bytes, content_type: content_type("page.html") },
                None => self.not_found(&version),
            },
            Lookup::File(file, bytes) => SiteResponse::Found { bytes, content_type: content_type(&file) },
            Lookup::Copy(file, source) => SiteResponse::Copied { source, content_type: content_type(&file) },
            Lookup::Elsewhere(address) => SiteResponse::Redirect(address.to_string()),
            Lookup::Nothing => self.not_found(&version),
        };
        let rendered = version.take_rendered();
        if let Some(explain) = &self.explain {
            rendered.iter().for_each(explain);
        }
        answer
    }
}

impl<D: FileSystem + Clone + Send> Live for LiveProject<D> {
    fn refresh(&self, changed: &watch::ChangedPaths) -> Refresh {
        let mut work = self.work();
        let dirty = self.dirty(changed);
        let (update, took) = timed(|| work.session.update(&dirty));
        let update = match update {
            Ok(Some(update)) => update,
            Ok(None) => return Refresh::default(),
            // book.toml is gone or unreadable for now. What was served stays, and the next change starts from nothing.
            Err(error) => {
                work.lags = true;
                return Refresh { assets: Vec::new(), report: format!("error: {error}\n") };
            }
        };
        let report = (self.report)(&update.linked, work.session.sources(), took);
        // The first refresh reads everything only to catch up, and reports only if something had changed by then.
        let is_news = dirty != DirtySet::Everything || update.linked.compiled > 0;
        let report = if is_news { report } else { String::new() };
        // Broken settings would make every page look different: readers keep the site they have, and see the findings.
        if update.linked.is_defaced() {
            work.lags = true;
            self.seen().shown = shown(&update.linked, work.session.sources());
            return Refresh { assets: Vec::new(), report };
        }
        let copies = copies(&update.linked, &dirty);
        let lagged = std::mem::replace(&mut work.lags, false);
        let changed = self.show(update, lagged, work.session.sources());
        let changed = changed.into_iter().map(|file| format!("/{file}"));
        Refresh { assets: changed.chain(copies).collect(), report }
    }

    fn findings(&self) -> Arc<[OverlayDiagnostic]> {
        let (version, shown) = {
            let seen = self.seen();
            (Arc::clone(&seen.version), Arc::clone(&seen.shown))
        };
        let failed = failed(&version);
        if failed.is_empty() { shown } else { shown.iter().cloned().chain(failed).collect() }
    }

    fn watched(&self) -> Watched {
        let version = Arc::clone(&self.seen().version);
        let (sources, output) = version.linked().folders();
        // A file that does not exist yet may come: it is told apart from a folder by not being one.
        let (folders, files) = sources.into_iter().partition(|source| source.is_dir());
        Watched { folders, files, ignored: [output].into() }
    }
}

/// The addresses of copied files among what has changed.
fn copies(linked: &BuiltSite, dirty: &DirtySet) -> Vec<String> {
    let DirtySet::Paths(paths) = dirty else { return Vec::new() };
    let others = paths.iter().filter(|path| !path.is_markdown());
    others.filter_map(|path: &SourcePath| linked.address_of_copy(path).map(str::to_owned)).collect()
}

/// What came of something, and how long it took.
#[expect(clippy::disallowed_methods, reason = "only cli and serve read the clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// What could not be rendered when somebody asked for it. A text may be forgotten by then, and the finding is about all
/// of it.
fn failed(version: &LiveSite) -> Vec<OverlayDiagnostic> {
    let site = &version.linked().site;
    let show = |(address, mut finding): (SitePath, Diagnostic)| {
        let own = site.page_at(&address).and_then(|id| site.page(id).source.clone());
        let path = own.map_or_else(|| site.config.place.from_project("book.toml"), Ok).ok()?;
        let mut sources = Sources::default();
        finding.span = Span::start_of(sources.set(path, ""));
        Some(OverlayDiagnostic::new(&finding, &sources, Some(address.as_str())))
    };
    version.failed().into_iter().filter_map(show).collect()
}

/// Findings with the pages they belong to.
fn shown(linked: &BuiltSite, sources: &Sources) -> Arc<[OverlayDiagnostic]> {
    let show = |finding: &Diagnostic| {
        let source = finding.span.source;
        OverlayDiagnostic::new(finding, sources, linked.address_of(source, sources.get(source).path()))
    };
    linked.found.iter().map(show).collect()
}
