//! Source texts and places in them.
//! In: the bytes of files, already decoded. Out: `Sources`, and `Span`s with their lines and columns.
//! Never knows: any domain word.

mod fingerprint;
mod names;
mod origin;
mod part;
mod path;
mod span;

pub use fingerprint::{run_fingerprint, stable_fingerprint};
pub use names::{composed, folded};
pub use origin::{OriginBuilder, SourceMap};
pub use part::{Part, folders_above};
pub use path::{OutsideRoot, SourcePath};
pub use span::{Located, SourceId, Span};

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A file's path and text.
#[derive(Debug)]
pub struct Source {
    path: SourcePath,
    text: Arc<str>,
    line_starts: OnceLock<Vec<u32>>,
}

/// A place as people count it: both from 1; columns in Unicode scalar values.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Where the file lies.
    #[must_use]
    pub fn path(&self) -> &SourcePath {
        &self.path
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its text, shared.
    #[must_use]
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(_, next)| next)).collect()
        })
    }

    /// Line and column of a byte offset; offsets past the end count as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= offset);
        let line_start = starts[line - 1] as usize;
        Position { line, column: self.text.part(line_start..offset).chars().count() + 1 }
    }

    /// Byte range of a line (from 1) without its line break; empty past the last line.
    #[must_use]
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let end_of_text = self.text.len();
        let start =
            line.checked_sub(1).and_then(|index| starts.get(index)).map_or(end_of_text, |start| *start as usize);
        let end = starts.get(line).map_or(end_of_text, |next| *next as usize);
        start..start + self.text.part(start..end).trim_end_matches(['\n', '\r']).len()
    }
}

/// All source texts of a session. A path keeps its id when its text changes.
#[derive(Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    ids: HashMap<SourcePath, SourceId>,
    /// The folder that paths are shown from.
    base: Option<SourcePath>,
}

impl Sources {
    /// Puts a text under its path, in place of an older one.
    ///
    /// # Panics
    /// When a session meets more than 4 billion files.
    pub fn set(&mut self, path: SourcePath, text: impl Into<Arc<str>>) -> SourceId {
        let source = Source { path: path.clone(), text: text.into(), line_starts: OnceLock::new() };
        if let Some(id) = self.ids.get(&path) {
            self.list[id.index()] = source;
            return *id;
        }
        let id = SourceId::new(u32::try_from(self.list.len()).expect("fewer than 2^32 files"));
        self.list.push(source);
        self.ids.insert(path, id);
        id
    }

    /// Forgets the text of a file that nobody will point into; its path stays. All its places are then the beginning.
    pub fn forget_text(&mut self, id: SourceId) {
        let path = self.list[id.index()].path.clone();
        self.list[id.index()] = Source { path, text: Arc::default(), line_starts: OnceLock::new() };
    }

    /// The source behind an id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.index()]
    }

    /// Every source that was ever met, with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().zip(0..).map(|(source, index)| (SourceId::new(index), source))
    }

    /// Shows paths inside this folder without it; all others are shown from the root.
    pub fn show_from(&mut self, folder: &SourcePath) {
        self.base = Some(folder.clone());
    }

    /// A file's path as reports show it.
    #[must_use]
    pub fn shown(&self, id: SourceId) -> &str {
        let path = self.get(id).path();
        let below = self.base.as_ref().and_then(|base| path.below(base));
        below.filter(|below| !below.is_empty()).unwrap_or(path.as_str())
    }

    /// The id of a path, when the session has met it.
    #[must_use]
    pub fn id(&self, path: &SourcePath) -> Option<SourceId> {
        self.ids.get(path).copied()
    }

    /// The text a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).text().get(span.range()).unwrap_or_default()
    }

    /// First and last position of a span.
    #[must_use]
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let source = self.get(span.source);
        (source.position(span.start), source.position(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let id = sources.set(SourcePath::new("a.md").unwrap(), "über → uns\nzwei\n");
        let arrow = sources.get(id).text().find('→').unwrap();
        let (start, end) = sources.positions(Span::new(id, arrow..arrow + '→'.len_utf8()));
        assert_eq!((start.line, start.column, end.column), (1, 6, 7));
        assert_eq!(sources.get(id).position(99), Position { line: 3, column: 1 });
        assert_eq!(&sources.get(id).text()[sources.get(id).line_range(2)], "zwei");
    }

    #[test]
    fn a_path_keeps_its_id() {
        let mut sources = Sources::default();
        let path = SourcePath::new("a.md").unwrap();
        let first = sources.set(path.clone(), "old");
        assert_eq!(sources.set(path, "new"), first);
        assert_eq!(sources.get(first).text(), "new");
    }
}
