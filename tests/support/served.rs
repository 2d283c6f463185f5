//! A folder that is served while somebody works in it, as `partner-docs serve` does.
//! In: files, and what is done to them. Out: whether what is served becomes what a clean build would serve.
//! Never knows: how changes are noticed.

#![expect(clippy::disallowed_methods, reason = "a test is the author who saves, and waits for the answer")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use partner_docs::pipeline::{Drafts, LiveSite, Lookup, Session, Texts};
use partner_docs::project::DiskFolder;
use partner_docs::serve::http::{Responder as _, SiteResponse};
use partner_docs::serve::overlay::OverlayDiagnostic;
use partner_docs::serve::project::LiveProject;
use partner_docs::serve::watch::WatchMethod;
use partner_docs::serve::{Live as _, Options, Port, ServeError, ServeEvent, StopHandle, run};

/// Nobody waits so long for a change: only a machine that does many other things at once comes near.
const PATIENCE: Duration = Duration::from_mins(1);

/// A site as somebody sees it who looks at every page: by address, and what is wrong with it.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    pages: BTreeMap<String, String>,
    findings: Vec<String>,
}

/// A folder that is served until this is dropped.
pub(crate) struct Served {
    /// Kept for as long as it is served; the project lies in a folder of it, so that there is a place beside.
    folder: tempfile::TempDir,
    project: Arc<LiveProject<DiskFolder>>,
    stop: StopHandle,
    running: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Served {
    /// Serves a project with these files.
    pub(crate) fn start(files: &[(&str, &str)], method: WatchMethod) -> Self {
        let folder = tempfile::tempdir().expect("a folder of its own");
        for (path, text) in files {
            write(&folder.path().join("site").join(path), text);
        }
        Self::of(folder, method)
    }

    /// Serves the project in `site/` of a folder that was made before.
    pub(crate) fn of(folder: tempfile::TempDir, method: WatchMethod) -> Self {
        let root = folder.path().join("site").canonicalize().expect("a project");
        // Marks the repository, wherever the folder lies.
        fs::create_dir_all(root.join(".git")).expect("a repository");
        let new = || Session::new(DiskFolder::new(&root, None), Drafts::Shown).with_texts(Texts::Forgotten);
        let project = Arc::new(LiveProject::open(new, Box::new(|_, _, _| String::new()), None).expect("a project"));
        let (stop, (say, said)) = (StopHandle::default(), mpsc::channel());
        let options = Options { host: None, port: Port::Exactly(0), method, editor: None, root: root.clone() };
        let (live, until) = (Arc::clone(&project), stop.clone());
        let tell = move |what: ServeEvent<'_>| {
            if let ServeEvent::Listening(_) = what {
                say.send(()).expect("somebody waits");
            }
        };
        let running = thread::spawn(move || run(live, &options, &until, tell));
        said.recv().expect("it listens");
        Self { folder, project, stop, running: Some(running) }
    }

    /// A path in the project; one that begins with `../` lies beside it, where nobody looks.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        let root = self.folder.path();
        path.strip_prefix("../").map_or_else(|| root.join("site").join(path), |beside| root.join(beside))
    }

    /// Does something in the folder, and waits until it is followed.
    #[track_caller]
    pub(crate) fn after(&self, what: &str, step: impl FnOnce(&dyn Fn(&str) -> PathBuf)) {
        step(&|path| self.at(path));
        self.settles(what);
    }

    /// Writes a file, and waits until it is followed.
    #[track_caller]
    pub(crate) fn after_writing(&self, path: &str, text: &str) {
        self.after(path, |at| write(&at(path), text));
    }

    /// Waits until what is served is what a clean build would serve.
    #[track_caller]
    pub(crate) fn settles(&self, after: &str) {
        let end = Instant::now() + PATIENCE;
        let clean = clean(&self.at("").canonicalize().expect("the project is there"));
        loop {
            let served = self.seen(clean.pages.keys());
            if served == clean {
                return;
            }
            if Instant::now() >= end {
                let stale = clean.pages.iter().find(|(address, text)| served.pages[*address] != **text);
                let address = stale.map(|(address, _)| address);
                panic!("{address:?} is stale after {after}: {:?} for {:?}", served.findings, clean.findings);
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn seen<'a>(&self, addresses: impl Iterator<Item = &'a String>) -> Seen {
        let text = |address: &str| match self.project.respond(address) {
            SiteResponse::Found { bytes, .. } | SiteResponse::NotFound(bytes) => {
                String::from_utf8_lossy(&bytes).into_owned()
            }
            SiteResponse::Copied { source, .. } => source.display().to_string(),
            SiteResponse::Redirect(path) => path,
        };
        let pages = addresses.map(|address| (address.clone(), text(address))).collect();
        Seen { pages, findings: self.project.findings().iter().map(written).collect() }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.now();
        let ended = self.running.take().map(JoinHandle::join);
        assert!(thread::panicking() || matches!(ended, Some(Ok(Ok(())))), "serving ends well");
    }
}

/// A folder's project, as a clean build would serve it.
fn clean(folder: &Path) -> Seen {
    let mut session = Session::new(DiskFolder::new(folder, None), Drafts::Shown);
    let version = LiveSite::new(session.link().expect("a project"));
    let text = |address: &str| match version.at(address, session.disk()) {
        Lookup::Page { bytes: Some(bytes), .. } => String::from_utf8_lossy(&bytes).into_owned(),
        other => format!("{other:?}"),
    };
    let site = &version.linked().site;
    // Under broken settings or templates readers keep the pages they had, and only the findings are news.
    let shown = site.pages().filter(|_| !version.linked().is_defaced());
    let pages = shown.map(|(_, page)| (page.address.to_string(), text(page.address.as_str()))).collect();
    let found = version.linked().found.iter();
    let findings = found.map(|finding| written(&OverlayDiagnostic::new(finding, session.sources(), None))).collect();
    Seen { pages, findings }
}

fn written(shown: &OverlayDiagnostic) -> String {
    format!("{}:{}:{} {} {}", shown.file, shown.line, shown.column, shown.code, shown.message)
}

/// Writes a file, and the folders it lies in.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Saves as many editors do: beside it, and then over it.
pub(crate) fn write_over(path: &Path, text: &str) {
    let beside = path.with_extension("tmp");
    write(&beside, text);
    fs::rename(beside, path).expect("a file");
}
