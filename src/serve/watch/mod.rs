//! Watching files: from file events, or from polling, to batches of paths that may have changed.
//! In: folders and files to watch, the system's events, and the disk. Out: batches of paths.
//! Never knows: what happened to a path. Editors save in a dozen ways; only its bytes tell what is new.

mod events;
mod snapshot;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind};

use events::FolderWatches;
use snapshot::{FolderIdentities, FolderSnapshot};

/// A batch is whole when nothing has happened for so long: enough for the pieces of one save, too short to notice.
const QUIET: Duration = Duration::from_millis(5);
/// A batch that does not end, as when another program writes a thousand files, is handed on in parts.
const PIECES: usize = 1000;
/// The interval of polling: of all files where no events come, and of the watched folders themselves where they do.
const POLL: Duration = Duration::from_millis(300);
/// Folders that hold no sources, by name.
const NEVER: [&str; 4] = [".git", ".hg", ".svn", "node_modules"];

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

impl Watched {
    /// Whether anybody wants to know of a path.
    fn wants(&self, path: &Path) -> bool {
        if self.files.contains(path) {
            return true;
        }
        // A folder that somebody asks for holds sources, wherever it lies.
        let is_never = |part: &OsStr| NEVER.iter().any(|never| part == *never);
        let holds = |folder: &PathBuf| path.strip_prefix(folder).is_ok_and(|below| !below.iter().any(is_never));
        self.folders.iter().any(holds) && !self.ignored.iter().any(|ignored| path.starts_with(ignored))
    }
}

/// Paths that may have changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChangedPaths {
    /// The paths: changed, new or gone.
    pub paths: BTreeSet<PathBuf>,
    /// The event queue overflowed, or nothing was watched yet: anything may have changed.
    pub rescan: bool,
}

impl ChangedPaths {
    fn is_nothing(&self) -> bool {
        !self.rescan && self.paths.is_empty()
    }
}

/// How to learn of changes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum WatchMethod {
    /// The system tells.
    Events,
    /// Every file is compared at intervals: for network and container folders, which send no events.
    Polling,
}

/// What a watcher has to say.
#[derive(Debug)]
pub enum News {
    /// These may have changed.
    Changed(ChangedPaths),
    /// The system sends no more events, so files are polled from now on.
    Polling(WatchError),
}

/// Files cannot be watched.
#[derive(Debug)]
pub struct WatchError(notify::Error);

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot watch files: {}", self.0)
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
    Event(notify::Result<Event>),
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
        method: WatchMethod,
        report: impl Fn(News) + Send + 'static,
    ) -> Result<Self, WatchError> {
        let (orders, received) = mpsc::channel();
        let mut state = WatchState {
            orders: orders.clone(),
            method,
            watched,
            events: None,
            snapshot: FolderSnapshot::default(),
            changed: ChangedPaths::default(),
            have_folders_moved: false,
            folders: FolderIdentities::default(),
        };
        // On this thread, so that the caller learns whether watching works at all before it says that the site is served.
        state.rescan().map_err(WatchError)?;
        // What is there at the beginning is not a change.
        state.changed = ChangedPaths::default();
        let thread = thread::Builder::new().name("watch".to_owned());
        let thread = thread.spawn(move || state.work(&received, report));
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

/// The state of the watching thread.
struct WatchState {
    orders: Sender<Order>,
    method: WatchMethod,
    watched: Watched,
    events: Option<FolderWatches>,
    snapshot: FolderSnapshot,
    changed: ChangedPaths,
    have_folders_moved: bool,
    /// The folders that were asked for, as they were at the last scan: no event tells of what happens above them.
    folders: FolderIdentities,
}

impl WatchState {
    /// Gathers events until it is quiet, and reports them as one batch.
    fn work(mut self, received: &Receiver<Order>, report: impl Fn(News)) {
        loop {
            match self.next(received) {
                Ok(Order::Event(event)) => self.note(event),
                Ok(Order::Watch(watched)) => {
                    self.watched = watched;
                    self.have_folders_moved = true;
                    self.settle(&report);
                }
                Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.settle(&report),
            }
        }
    }

    fn next(&self, received: &Receiver<Order>) -> Result<Order, RecvTimeoutError> {
        // A timeout is what ends a batch, so a batch that is full pretends one.
        if self.changed.paths.len() >= PIECES {
            Err(RecvTimeoutError::Timeout)
        } else if !self.changed.is_nothing() {
            received.recv_timeout(QUIET)
        } else {
            received.recv_timeout(POLL)
        }
    }

    /// Reports the batch. Where more may have changed than events said, the disk is scanned first.
    fn settle(&mut self, report: &impl Fn(News)) {
        let must_look = self.method == WatchMethod::Polling || self.have_folders_moved || self.changed.rescan;
        // Compared at every timeout, also when nothing has happened: a watch follows a folder, not its path, so no event
        // tells that a folder above it was moved away, as `git worktree` and mounts do.
        if (must_look || self.folders != FolderIdentities::of(&self.watched))
            && let Err(refused) = self.rescan()
        {
            self.method = WatchMethod::Polling;
            report(News::Polling(WatchError(refused)));
            // Nothing is watched, so nothing can be refused; what the scan finds is reported below.
            let _ = self.rescan();
        }
        if !self.changed.is_nothing() {
            report(News::Changed(std::mem::take(&mut self.changed)));
        }
    }

    /// Sets all watches anew, and then compares what is there with the snapshot: events miss what changed before a folder
    /// was watched, or while it was not.
    fn rescan(&mut self) -> notify::Result<()> {
        self.have_folders_moved = false;
        // Before anything is watched: what moves from now on differs at the next scan.
        self.folders = FolderIdentities::of(&self.watched);
        // Given back first: the system has room for so many and no more.
        self.events = None;
        if self.method == WatchMethod::Events {
            let orders = self.orders.clone();
            self.events = Some(FolderWatches::new(move |event| {
                // Nobody listens any more when the watcher is being dropped.
                let _ = orders.send(Order::Event(event));
            })?);
        }
        let events = &mut self.events;
        let newer = FolderSnapshot::take(&self.watched, &self.snapshot, |folder, depth| match events {
            Some(events) => events.enter(folder, depth),
            None => Ok(()),
        })?;
        self.changed.paths.extend(self.snapshot.differences(&newer));
        self.snapshot = newer;
        Ok(())
    }

    /// Takes an event to mean "may have changed", whatever it says: what kinds of events a save sends differs from system
    /// to system and from editor to editor.
    fn note(&mut self, event: notify::Result<Event>) {
        // An error of the watcher says that events were lost, not which.
        let Ok(event) = event else {
            self.changed.rescan = true;
            return;
        };
        self.changed.rescan |= event.need_rescan();
        // Our own reading opens files: taking that for a change would never end.
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && event.kind != closed {
            return;
        }
        // Some systems tell of a folder whenever something in it is written: that moves nothing.
        let is_written = matches!(event.kind, EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_)));
        for path in event.paths.into_iter().filter(|path| self.watched.wants(path)) {
            let was_folder = || self.events.as_ref().is_some_and(|events| events.has(&path));
            self.have_folders_moved |= !is_written && (was_folder() || path.is_dir());
            self.changed.paths.insert(path);
        }
    }
}
