//! Fixes, applied until there is nothing left to fix.
//! In: a session whose disk keeps changes to itself, and who says yes to a fix. Out: the project as it then is; the
//! changes wait on the disk for who writes them.
//! Never knows: the terminal, the real disk.

use std::collections::{BTreeMap, HashSet};

use super::attempt::{Attempt, Vain};
use crate::diagnostic::{Diagnostic, Fix};
use crate::pipeline::{BuiltSite, OpenError, Session};
use crate::project::filesystem::decode;
use crate::project::{FileSystem, OverlayFileSystem, ProjectRoots};
use crate::refactor::{self, Edits};
use crate::source::{SourceId, SourcePath, Sources};

/// Some fixes show only when others are made. More rounds than this would be two rules that disagree.
const ROUNDS: usize = 12;
/// What an editor of other systems may write first.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What fixes did to a project.
#[derive(Debug)]
pub struct FixedProject {
    /// The project with the fixes.
    pub linked: BuiltSite,
    /// For how many findings a fix was applied.
    pub fixed: usize,
}

/// A file before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileChange {
    /// Where it lies.
    pub path: SourcePath,
    /// Its bytes before; `None` for one that is new.
    pub before: Option<Vec<u8>>,
    /// Its bytes after; `None` for one that is no more.
    pub after: Option<Vec<u8>>,
}

/// Applies fixes to a linked project, round after round, until no accepted fix is left. A fix whose finding is still
/// there once it is applied repairs nothing: it is taken back, and not tried again. `check_more` adds what else is wrong with
/// the project each time that it is linked again.
///
/// # Errors
/// When the project cannot be read again.
pub fn repair<D: FileSystem>(
    session: &mut Session<OverlayFileSystem<D>>,
    mut linked: BuiltSite,
    check_more: &dyn Fn(&mut BuiltSite, &Sources),
    accept: &mut dyn FnMut(&Diagnostic, &Fix, &Sources) -> bool,
) -> Result<FixedProject, OpenError> {
    let mut fixed = 0;
    // A text that was seen before would begin a circle.
    let mut seen: HashSet<(SourcePath, String)> = HashSet::new();
    let mut vain = Vain::default();
    for _ in 0..ROUNDS {
        let place = linked.site.config.place.clone();
        let mut writable = Writable { session, place: &place, answers: BTreeMap::new() };
        let (edits, chosen) = refactor::choose(&linked.found, |finding, fix| {
            fix.edits.iter().all(|edit| writable.is(edit.span.source))
                && !vain.has(finding, writable.session.sources())
                && accept(finding, fix, writable.session.sources())
        });
        let new = new_texts(session.sources(), &edits);
        if new.is_empty() || new.iter().any(|new| !seen.insert(new.clone())) {
            break;
        }
        // Before the texts change: afterwards nobody can tell where a finding would be found again.
        let attempt = Attempt::of(session.sources(), &edits, &chosen);
        let applied = chosen.len();
        write_texts(session, &place, new);
        // A whole build each round: whether a fix has helped only a check can say, and some fixes move addresses.
        linked = session.link()?;
        check_more(&mut linked, session.sources());
        let lasting = attempt.lasting(&linked.found, session.sources());
        // What is in vain is taken back: a text must not change for nothing.
        fixed += applied - lasting.len();
        if lasting.is_empty() {
            vain.follow(&edits);
        } else {
            write_texts(session, &place, attempt.without(&lasting, &mut vain));
            linked = session.link()?;
            check_more(&mut linked, session.sources());
        }
    }
    Ok(FixedProject { linked, fixed })
}

fn write_texts<D: FileSystem>(
    session: &mut Session<OverlayFileSystem<D>>,
    place: &ProjectRoots,
    texts: Vec<(SourcePath, String)>,
) {
    for (path, text) in texts {
        write_text(session.disk_mut(), place, path, &text);
    }
}

/// The texts that differ after these edits.
#[must_use]
pub fn new_texts(sources: &Sources, edits: &Edits) -> Vec<(SourcePath, String)> {
    let texts = edits.sources().into_iter().map(|id| {
        let source = sources.get(id);
        (source.path().clone(), source.text(), edits.apply(id, source.text()))
    });
    texts.filter(|(_, before, after)| before != after).map(|(path, _, after)| (path, after)).collect()
}

/// Gives a file another text; a byte order mark stays.
pub fn write_text<D: FileSystem>(disk: &mut OverlayFileSystem<D>, place: &ProjectRoots, path: SourcePath, text: &str) {
    // Decoding took it away, and spans count from behind it.
    let marked = disk.read(place, &path).is_ok_and(|bytes| bytes.starts_with(BYTE_ORDER_MARK.as_bytes()));
    let mark = if marked { BYTE_ORDER_MARK } else { "" };
    disk.write(place, path, format!("{mark}{text}").into_bytes());
}

/// All that differs from the disk below, in order of paths.
pub fn changes<D: FileSystem>(disk: &OverlayFileSystem<D>, place: &ProjectRoots) -> Vec<FileChange> {
    let changes = disk.changes().map(|(path, after)| FileChange {
        path: path.clone(),
        before: disk.below().read(place, path).ok(),
        after: after.map(<[u8]>::to_vec),
    });
    changes.filter(|change| change.before != change.after).collect()
}

/// Which texts are their files, byte for byte: what was not UTF-8 could not be written back.
struct Writable<'a, D> {
    session: &'a Session<OverlayFileSystem<D>>,
    place: &'a ProjectRoots,
    answers: BTreeMap<SourceId, bool>,
}

impl<D: FileSystem> Writable<'_, D> {
    fn is(&mut self, source: SourceId) -> bool {
        let read = || {
            let source = self.session.sources().get(source);
            let bytes = self.session.disk().read(self.place, source.path()).ok()?;
            let decoded = decode::decode(bytes);
            Some(decoded.broken.is_none() && decoded.text == source.text())
        };
        *self.answers.entry(source).or_insert_with(|| read() == Some(true))
    }
}
