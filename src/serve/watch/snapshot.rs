//! Snapshots of the watched folders, and the paths at which two of them differ: by names, times and sizes, and by the
//! bytes of files whose times are too young to tell two changes apart.
//!
//! The two other pictures that are taken of files answer other questions: `output::old` asks whose a file is, and a
//! `git::CommitSnapshot` is read like a disk.

#![expect(clippy::disallowed_methods, reason = "a watcher reads the disk and the clock, and writes nothing")]

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Watched;
use crate::source::run_fingerprint;

/// Times of files are as coarse as this on some disks (two seconds on FAT): a file that changed so lately may change
/// again and keep its time, so that only its bytes tell.
const COARSEST: Duration = Duration::from_secs(3);
/// Of larger files the bytes are not compared: no page is so large, and this is done several times a second.
const COMPARED: u64 = 8 << 20;
/// Lies in folders that hold what can be made again: build output, caches. See <https://bford.info/cachedir/>.
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// All that lies in the watched folders.
#[derive(Debug, Default)]
pub(super) struct FolderSnapshot(HashMap<PathBuf, Stamp>);

/// What tells whether a file is the one it was. Of a folder only that it is there: what lies in it has stamps of its own.
#[derive(Clone, Debug, Default)]
struct Stamp {
    is_folder: bool,
    modified: Option<SystemTime>,
    size: u64,
    identity: Identity,
    /// When a snapshot first found it like this; nobody knows of the first one.
    since: Option<SystemTime>,
    /// Of the bytes, while times cannot be trusted.
    digest: Option<u64>,
    /// Whether it may still change without another time.
    is_young: bool,
}

/// What the system itself knows a file by: its number, and when anything about it changed, which no program can set.
type Identity = [i64; 4];

impl FolderSnapshot {
    /// Scans everything now. `enter` is called for each folder before anything in it is read, so that a watch set there
    /// misses nothing.
    pub(super) fn take<E>(
        watched: &Watched,
        older: &Self,
        mut enter: impl FnMut(&Path, Depth) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut snapshot = Self::default();
        let mut entered = HashSet::new();
        // A stack and no recursion: how deep folders lie in each other is up to whoever made them.
        // A folder comes before those in it, which are asked for by themselves as well where they would be left out.
        for top in watched.folders.iter().filter(|top| top.is_dir()) {
            let mut open = vec![(top.clone(), Depth::Top)];
            while let Some((folder, depth)) = open.pop() {
                if !entered.insert(folder.clone()) {
                    continue;
                }
                enter(&folder, depth)?;
                let below = snapshot.scan_folder(&folder, watched, older);
                open.extend(below.into_iter().map(|folder| (folder, Depth::Below)));
            }
        }
        for file in &watched.files {
            match file.parent() {
                // Its folder is watched in its place: most editors replace the file when they save.
                Some(parent) if parent.is_dir() => enter(parent, Depth::Below)?,
                _ => {}
            }
            // One that does not exist yet has no stamp, and differs once it is there.
            if let Ok(metadata) = fs::symlink_metadata(file) {
                snapshot.note(file.clone(), &metadata, older);
            }
        }
        Ok(snapshot)
    }

    /// Notes what lies in a folder; returns the folders in it to scan next.
    fn scan_folder(&mut self, folder: &Path, watched: &Watched, older: &Self) -> Vec<PathBuf> {
        let mut below = Vec::new();
        // A folder that cannot be read is as one that is empty: the build says what is wrong with it.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            // Of the entry itself: links are not followed, and what they lead to is scanned where it lies.
            let Ok(metadata) = entry.metadata() else { continue };
            if !watched.wants(&path) {
                continue;
            }
            if metadata.is_dir() && !path.join(CACHE_TAG).is_file() {
                below.push(path.clone());
            }
            self.note(path, &metadata, older);
        }
        below
    }

    fn note(&mut self, path: PathBuf, metadata: &Metadata, older: &Self) {
        let stamp = Stamp::of(&path, metadata, older.0.get(&path));
        self.0.insert(path, stamp);
    }

    /// The paths that are new, gone or changed in a newer snapshot.
    pub(super) fn differences(&self, newer: &Self) -> BTreeSet<PathBuf> {
        let is_other = |(path, stamp): &(&PathBuf, &Stamp)| !self.0.get(*path).is_some_and(|old| old.is_same_as(stamp));
        let changed = newer.0.iter().filter(is_other).map(|(path, _)| path);
        let gone = self.0.keys().filter(|path| !newer.0.contains_key(*path));
        changed.chain(gone).cloned().collect()
    }
}

/// Which folders stand where some were asked for. The system follows a folder, not its path: when a folder further up is
/// moved, or comes back, nobody tells.
#[derive(PartialEq, Eq, Debug, Default)]
pub(super) struct FolderIdentities(Vec<Option<Number>>);

/// The disk that a folder lies on, and its number there; nothing is known where the system does not tell.
type Number = [i64; 2];

impl FolderIdentities {
    /// Reads the folders themselves, which are few, and nothing in them.
    pub(super) fn of(watched: &Watched) -> Self {
        let number = |folder: &Path| {
            let metadata = fs::metadata(folder).ok().filter(Metadata::is_dir)?;
            let [disk, number, ..] = identity(&metadata);
            Some([disk, number])
        };
        let parents = watched.files.iter().filter_map(|file| file.parent());
        Self(watched.folders.iter().map(PathBuf::as_path).chain(parents).map(number).collect())
    }
}

/// Where a folder lies among the watched ones.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Depth {
    /// It is one of those that were asked for.
    Top,
    /// It lies in one of them, or holds a single file that was asked for.
    Below,
}

impl Stamp {
    fn of(path: &Path, metadata: &Metadata, older: Option<&Self>) -> Self {
        if metadata.is_dir() {
            return Self { is_folder: true, ..Self::default() };
        }
        let now = SystemTime::now();
        let (modified, size, identity) = (metadata.modified().ok(), metadata.len(), identity(metadata));
        let mut stamp = Self { modified, size, identity, ..Self::default() };
        // The first snapshot knows no earlier one, so nothing in it is young for having been found just now: otherwise the
        // bytes of every file of the project would be read at the start.
        let unchanged = older.filter(|older| older.has_times_of(&stamp));
        stamp.since = if unchanged.is_some() { unchanged.and_then(|older| older.since) } else { older.map(|_| now) };
        // By the clock of the disk, and by ours: that of a network drive may be another.
        let is_late = |time: SystemTime| time + COARSEST >= now;
        stamp.is_young = stamp.modified.is_none_or(is_late) || stamp.since.is_some_and(is_late);
        // Once more after a stamp has grown old: it may have changed since its bytes were read last, while it was young.
        if metadata.is_file() && size <= COMPARED && (stamp.is_young || unchanged.is_some_and(|older| older.is_young)) {
            stamp.digest = digest(path);
        }
        stamp
    }

    fn has_times_of(&self, other: &Self) -> bool {
        self.is_folder == other.is_folder
            && self.modified == other.modified
            && self.size == other.size
            && self.identity == other.identity
    }

    fn is_same_as(&self, other: &Self) -> bool {
        // Only where both are known: a file that has grown old has no digest, and is not another one for that.
        let has_other_bytes = matches!((self.digest, other.digest), (Some(own), Some(other)) if own != other);
        self.has_times_of(other) && !has_other_bytes
    }
}

fn digest(path: &Path) -> Option<u64> {
    Some(run_fingerprint(&fs::read(path).ok()?))
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    let number = |n: u64| n.cast_signed();
    [number(metadata.dev()), number(metadata.ino()), metadata.ctime(), metadata.ctime_nsec()]
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    Identity::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder, and what changed in it since it was looked at last.
    struct Looked {
        folder: tempfile::TempDir,
        watched: Watched,
        last: FolderSnapshot,
    }

    impl Looked {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let watched = Watched { folders: [folder.path().to_owned()].into(), ..Watched::default() };
            let mut looked = Self { folder, watched, last: FolderSnapshot::default() };
            looked.changes();
            looked
        }

        fn at(&self, path: &str) -> PathBuf {
            self.folder.path().join(path)
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.at(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn changes(&mut self) -> Vec<String> {
            let newer = FolderSnapshot::take(&self.watched, &self.last, |_, _| Ok::<(), ()>(())).unwrap();
            let changed = self.last.differences(&newer);
            self.last = newer;
            let name = |path: &PathBuf| path.strip_prefix(self.folder.path()).unwrap().to_string_lossy().into_owned();
            changed.iter().map(name).collect()
        }
    }

    #[test]
    fn what_is_new_changed_or_gone_differs() {
        let mut looked = Looked::new();
        looked.write("a/b.md", "one");
        looked.write("c.md", "one");
        assert_eq!(looked.changes(), ["a", "a/b.md", "c.md"]);
        assert_eq!(looked.changes(), [""; 0]);
        looked.write("a/b.md", "longer");
        fs::rename(looked.at("c.md"), looked.at("d.md")).unwrap();
        assert_eq!(looked.changes(), ["a/b.md", "c.md", "d.md"]);
        fs::remove_dir_all(looked.at("a")).unwrap();
        assert_eq!(looked.changes(), ["a", "a/b.md"]);
    }

    #[test]
    fn other_bytes_of_the_same_size_and_time_are_seen_while_the_time_is_young() {
        let mut looked = Looked::new();
        let time = SystemTime::now();
        let rewrite = |looked: &Looked, text: &str| {
            looked.write("a.md", text);
            fs::File::options().write(true).open(looked.at("a.md")).unwrap().set_modified(time).unwrap();
        };
        rewrite(&looked, "one");
        looked.changes();
        // As a disk tells that knows neither numbers of files nor when they changed.
        looked.last.0.values_mut().for_each(|stamp| stamp.identity = Identity::default());
        rewrite(&looked, "two");
        let newer = FolderSnapshot::take(&looked.watched, &looked.last, |_, _| Ok::<(), ()>(())).unwrap();
        let (old, new) = (&looked.last.0[&looked.at("a.md")], &newer.0[&looked.at("a.md")]);
        let new = Stamp { identity: Identity::default(), ..new.clone() };
        assert!(old.has_times_of(&new) && !old.is_same_as(&new));
    }

    #[test]
    fn an_old_file_is_known_by_its_time_alone() {
        let mut looked = Looked::new();
        looked.write("a.md", "one");
        let old = SystemTime::now() - Duration::from_mins(1);
        fs::File::options().write(true).open(looked.at("a.md")).unwrap().set_modified(old).unwrap();
        looked.last =
            FolderSnapshot::take(&looked.watched, &FolderSnapshot::default(), |_, _| Ok::<(), ()>(())).unwrap();
        let stamp = &looked.last.0[&looked.at("a.md")];
        assert!(!stamp.is_young && stamp.digest.is_none());
        assert_eq!(looked.changes(), [""; 0]);
    }

    #[test]
    fn output_caches_and_what_other_tools_keep_are_not_looked_at() {
        let mut looked = Looked::new();
        looked.watched.ignored = [looked.at("book")].into();
        for path in
            ["book/index.html", "target/CACHEDIR.TAG", "target/x", ".git/HEAD", "node_modules/a/readme.md", "a.md"]
        {
            looked.write(path, "");
        }
        assert_eq!(looked.changes(), ["a.md", "target"]);
        looked.watched.folders.extend(["node_modules/a", "target"].map(|folder| looked.folder.path().join(folder)));
        assert_eq!(looked.changes(), ["node_modules/a/readme.md", "target/CACHEDIR.TAG", "target/x"], "if asked for");
    }

    #[test]
    fn each_folder_is_entered_before_what_is_in_it() {
        let looked = Looked::new();
        looked.write("a/b/c.md", "");
        let mut entered = Vec::new();
        let late = looked.at("a/b/late.md");
        let enter = |folder: &Path, _| {
            // Somebody writes right after the folder is watched.
            if folder.ends_with("b") {
                fs::write(&late, "").unwrap();
            }
            entered.push(folder.to_owned());
            Ok::<(), ()>(())
        };
        let snapshot = FolderSnapshot::take(&looked.watched, &FolderSnapshot::default(), enter).unwrap();
        assert_eq!(
            entered,
            [looked.at(""), looked.at("a"), looked.at("a/b")].map(|path| path.components().collect::<PathBuf>())
        );
        assert!(snapshot.0.contains_key(&late));
    }
}
