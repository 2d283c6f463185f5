//! Which files may have changed.
//! In: folders and files to watch, and the system's events. Out: batches of paths to look at again.
//! Never knows: what happened to a path. Editors save in a dozen ways; only its bytes tell what is new.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher as _, WatcherKind};
use walkdir::{DirEntry, WalkDir};

/// A batch is whole when nothing has happened for so long: enough for the pieces of one save, too short to notice.
const QUIET: Duration = Duration::from_millis(5);
/// A batch that does not end, as when another program writes a thousand files, is handed on in parts.
const PIECES: usize = 1000;
/// How often `Method::Polling` looks.
const POLL: Duration = Duration::from_millis(300);
/// Folders that hold no sources, by name.
const NEVER: [&str; 4] = [".git", ".hg", ".svn", "node_modules"];
/// Lies in folders that hold what can be made again: build output, caches. See <https://bford.info/cachedir/>.
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// What to watch. All paths are absolute.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Watched {
    /// Folders, with all that lies in them.
    pub folders: BTreeSet<PathBuf>,
    /// Single files; they need not exist yet.
    pub files: BTreeSet<PathBuf>,
    /// Folders to leave alone wherever they lie: the output.
    pub ignored: BTreeSet<PathBuf>,
}

/// Paths to look at again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Touched {
    /// The paths: changed, new or gone.
    pub paths: BTreeSet<PathBuf>,
    /// The system lost count: look at everything.
    pub everything: bool,
}

/// How to learn of changes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Method {
    /// The system tells.
    Events,
    /// Look at every file again and again: for network and container folders, whose changes the system does not see.
    Polling,
}

/// Files cannot be watched.
#[derive(Debug)]
pub struct WatchError(notify::Error);

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "files cannot be watched: {}", self.0)
    }
}

impl std::error::Error for WatchError {}

/// Watches until it is dropped.
pub struct Watcher {
    orders: Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

/// What the watching thread is told.
enum Order {
    Happened(notify::Result<Event>),
    Watch(Watched),
    Stop,
}

impl Watcher {
    /// Starts to watch; `report` is given each batch, on a thread of its own.
    ///
    /// # Errors
    /// When the system refuses: often because it watches too many files already. Polling works then.
    pub fn start(
        watched: Watched,
        method: Method,
        report: impl Fn(Touched) + Send + 'static,
    ) -> Result<Self, WatchError> {
        let (orders, received) = mpsc::channel();
        let happened = orders.clone();
        let handler = move |event| {
            // Nobody listens any more when the watcher is being dropped.
            let _ = happened.send(Order::Happened(event));
        };
        let config = notify::Config::default().with_poll_interval(POLL).with_follow_symlinks(false);
        let (system, kind): (Box<dyn notify::Watcher + Send>, _) = match method {
            Method::Events => (
                Box::new(notify::RecommendedWatcher::new(handler, config).map_err(WatchError)?),
                notify::RecommendedWatcher::kind(),
            ),
            Method::Polling => {
                (Box::new(notify::PollWatcher::new(handler, config).map_err(WatchError)?), WatcherKind::PollWatcher)
            }
        };
        let mut folders = Folders { system, kind, watched: Watched::default(), known: BTreeSet::new() };
        folders.watch(watched).map_err(WatchError)?;
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(move || work(folders, &received, report));
        let thread = thread.map_err(|error| WatchError(notify::Error::io(error)))?;
        Ok(Self { orders, thread: Some(thread) })
    }

    /// Watches something else from now on.
    pub fn watch(&self, watched: Watched) {
        let _ = self.orders.send(Order::Watch(watched));
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Gathers what happens until it is quiet, and reports it.
fn work(mut folders: Folders, received: &Receiver<Order>, report: impl Fn(Touched)) {
    let mut touched = Touched::default();
    loop {
        let pending = touched.everything || !touched.paths.is_empty();
        let order = if pending && touched.paths.len() < PIECES {
            received.recv_timeout(QUIET)
        } else if pending {
            Err(RecvTimeoutError::Timeout)
        } else {
            received.recv().map_err(RecvTimeoutError::from)
        };
        match order {
            Ok(Order::Happened(event)) => folders.note(event, &mut touched),
            // What the system refuses now it will refuse at every start: `start` has said so.
            Ok(Order::Watch(watched)) => folders.watch(watched).unwrap_or_default(),
            Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                folders.follow(&touched.paths);
                report(std::mem::take(&mut touched));
            }
        }
    }
}

/// The folders that the system watches for us. Never single files: most editors replace a file when they save, and
/// the watch would stay with the old one.
struct Folders {
    system: Box<dyn notify::Watcher + Send>,
    kind: WatcherKind,
    watched: Watched,
    known: BTreeSet<PathBuf>,
}

impl Folders {
    /// Replaces what is watched.
    fn watch(&mut self, watched: Watched) -> notify::Result<()> {
        for folder in std::mem::take(&mut self.known) {
            // Gone already, perhaps.
            let _ = self.system.unwatch(&folder);
        }
        self.watched = watched;
        let folders: Vec<PathBuf> = self.watched.folders.iter().cloned().collect();
        for folder in folders {
            self.add_tree(&folder)?;
        }
        let parents: BTreeSet<PathBuf> =
            self.watched.files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
        for parent in parents.into_iter().filter(|parent| parent.is_dir()) {
            self.add(parent, RecursiveMode::NonRecursive)?;
        }
        Ok(())
    }

    /// Watches a folder and those below it. Where the system takes whole trees it is given one; elsewhere each
    /// folder costs a handle, and those without sources are spared.
    fn add_tree(&mut self, top: &Path) -> notify::Result<()> {
        if matches!(self.kind, WatcherKind::Fsevent | WatcherKind::ReadDirectoryChangesWatcher) {
            return self.add(top.to_owned(), RecursiveMode::Recursive);
        }
        let ignored = self.watched.ignored.clone();
        let walk = WalkDir::new(top).into_iter().filter_entry(|entry| !is_spared(entry, &ignored));
        for entry in walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_dir()) {
            self.add(entry.into_path(), RecursiveMode::NonRecursive)?;
        }
        Ok(())
    }

    fn add(&mut self, folder: PathBuf, mode: RecursiveMode) -> notify::Result<()> {
        if self.known.contains(&folder) {
            return Ok(());
        }
        match self.system.watch(&folder, mode) {
            // Came and went: nothing to watch.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => return Ok(()),
            result => result?,
        }
        self.known.insert(folder);
        Ok(())
    }

    /// Watches folders that have appeared and forgets those that have gone.
    fn follow(&mut self, paths: &BTreeSet<PathBuf>) {
        for path in paths {
            if path.is_dir() && self.watched.folders.iter().any(|folder| path.starts_with(folder)) {
                // The rest is still watched; `Method::Polling` is the way out for who sees changes missed.
                let _ = self.add_tree(path);
            } else if self.known.remove(path) {
                let _ = self.system.unwatch(path);
            }
        }
    }

    /// Takes an event to mean "look again", whatever it says.
    fn note(&self, event: notify::Result<Event>, touched: &mut Touched) {
        let Ok(event) = event else {
            touched.everything = true;
            return;
        };
        touched.everything |= event.need_rescan();
        // Our own reading opens files: taking that for news would never end.
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && event.kind != closed {
            return;
        }
        touched.paths.extend(event.paths.into_iter().filter(|path| self.is_wanted(path)));
    }

    fn is_wanted(&self, path: &Path) -> bool {
        if self.watched.files.contains(path) {
            return true;
        }
        let Some(below) = self.watched.folders.iter().find_map(|folder| path.strip_prefix(folder).ok()) else {
            return false;
        };
        !self.watched.ignored.iter().any(|ignored| path.starts_with(ignored))
            && !below.iter().any(|part| NEVER.iter().any(|never| part == *never))
    }
}

/// Whether a folder holds no sources.
fn is_spared(entry: &DirEntry, ignored: &BTreeSet<PathBuf>) -> bool {
    entry.file_type().is_dir()
        && (ignored.contains(entry.path())
            || entry.depth() > 0 && NEVER.iter().any(|never| entry.file_name() == *never)
            || entry.path().join(CACHE_TAG).is_file())
}
