//! A project as the authoring server sees it: pages on demand, and the last good ones under what is broken.
//! In: a session on a disk. Out: answers for paths, findings for pages, and folders to watch.
//! Never knows: HTTP, browsers, how a page is made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::http::{Answer, Site as Answers, content_type};
use super::overlay::Shown;
use super::watch::{Touched, Watched};
use super::{Live, Refresh};
use crate::pipeline::{Disk, Found, Linked, OnDemand, OpenError, Session};
use crate::text::Sources;
use crate::url::SitePath;

/// What is said about a look at the project, made from the findings, the texts they point into, and the time it took.
pub type Report = dyn Fn(&Linked, &Sources, Duration) -> String + Send + Sync;

/// For the rare site that cannot even say that there is no such page.
const NO_PAGE: &[u8] = b"<!doctype html>\n<title>Not found</title>\n<p>There is no such page.</p>\n";

/// A project that is being written.
pub struct Project<D> {
    /// A second way to the disk, so that copied files are read without waiting for a refresh.
    disk: D,
    state: Mutex<State<D>>,
    report: Box<Report>,
}

struct State<D> {
    session: Session<D>,
    version: Arc<OnDemand>,
    /// How long the project took to be opened.
    opened_in: Duration,
    shown: Vec<Shown>,
    /// The last bytes of each page that somebody saw while nothing was wrong with its head.
    good: HashMap<SitePath, Arc<[u8]>>,
}

impl<D: Disk + Clone + Send> Project<D> {
    /// Opens the project.
    ///
    /// # Errors
    /// When there is none, or the disk refuses to show it.
    pub fn open(mut session: Session<D>, report: Box<Report>) -> Result<Self, OpenError> {
        let (linked, opened_in) = timed(|| session.link());
        let linked = linked?;
        let shown = shown(&linked, session.sources());
        let version = Arc::new(OnDemand::new(linked));
        let disk = session.disk().clone();
        Ok(Self { disk, state: Mutex::new(State { session, version, opened_in, shown, good: HashMap::new() }), report })
    }

    /// What there is to say about the project as it was opened.
    pub fn report(&self) -> String {
        let state = self.state();
        (self.report)(state.version.linked(), state.session.sources(), state.opened_in)
    }

    /// The repository's folder on disk.
    pub fn root(&self) -> std::path::PathBuf {
        self.state().version.linked().site.config.place.root().to_path_buf()
    }

    /// A panic while one request was answered leaves the state as it was.
    fn state(&self) -> MutexGuard<'_, State<D>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page as readers get it: the last good one, where this one is broken.
    fn best(&self, address: SitePath, bytes: Option<Arc<[u8]>>, is_broken: bool) -> Option<Arc<[u8]>> {
        let mut state = self.state();
        if is_broken {
            return state.good.get(&address).cloned().or(bytes);
        }
        let bytes = bytes?;
        state.good.insert(address, Arc::clone(&bytes));
        Some(bytes)
    }

    fn not_found(&self, version: &OnDemand) -> Answer {
        match version.at("/404.html", &self.disk) {
            Found::Page { bytes: Some(bytes), .. } | Found::File(_, bytes) => Answer::NotFound(bytes),
            _ => Answer::NotFound(NO_PAGE.into()),
        }
    }
}

impl<D: Disk + Clone + Send> Answers for Project<D> {
    fn respond(&self, path: &str) -> Answer {
        let version = Arc::clone(&self.state().version);
        match version.at(path, &self.disk) {
            Found::Page { address, bytes, is_broken } => match self.best(address, bytes, is_broken) {
                Some(bytes) => Answer::Found { bytes, content_type: content_type("page.html") },
                None => self.not_found(&version),
            },
            Found::File(file, bytes) => Answer::Found { bytes, content_type: content_type(&file) },
            Found::Elsewhere(address) => Answer::Redirect(address.to_string()),
            Found::Nothing => self.not_found(&version),
        }
    }
}

impl<D: Disk + Clone + Send> Live for Project<D> {
    fn refresh(&self, _touched: &Touched) -> Refresh {
        let mut state = self.state();
        let (linked, took) = timed(|| state.session.link());
        let linked = match linked {
            Ok(linked) => linked,
            Err(error) => return Refresh { assets: Vec::new(), report: format!("error: {error}\n") },
        };
        let report = (self.report)(&linked, state.session.sources(), took);
        state.shown = shown(&linked, state.session.sources());
        if linked.is_defaced() {
            return Refresh { assets: Vec::new(), report };
        }
        let version = Arc::new(OnDemand::new(linked));
        let changed = version.files_changed_since(&state.version);
        state.version = version;
        Refresh { assets: changed.into_iter().map(|file| format!("/{file}")).collect(), report }
    }

    fn findings(&self) -> Vec<Shown> {
        self.state().shown.clone()
    }

    fn watched(&self) -> Watched {
        let state = self.state();
        let (folders, output) = state.version.linked().folders();
        Watched { folders: folders.into_iter().collect(), ignored: [output].into(), ..Watched::default() }
    }
}

/// What came of something, and how long it took.
#[expect(clippy::disallowed_methods, reason = "cli and serve hold the only clocks")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Findings with the pages they belong to.
fn shown(linked: &Linked, sources: &Sources) -> Vec<Shown> {
    let addresses = linked.addresses();
    let show = |finding: &crate::diagnostic::Diagnostic| {
        Shown::new(finding, sources, addresses.get(&finding.span.source).copied())
    };
    linked.found.iter().map(show).collect()
}
