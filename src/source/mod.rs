//! Source files and positions in them: `Sources`, and `Span`s that resolve to lines and columns.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

mod fingerprint;
mod names;
mod part;
mod path;
mod source_map;
mod span;

pub use fingerprint::{RunFingerprint, run_fingerprint, stable_fingerprint};
pub use names::{composed, folded};
pub use part::{Part, folders_above};
pub use path::{OutsideRoot, SourcePath};
pub use source_map::{SourceMap, SourceMapBuilder};
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

/// A position as people count it: line and column start at 1, and columns count Unicode scalar values.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, starting at 1.
    pub line: usize,
    /// Column in characters, starting at 1.
    pub column: usize,
}

impl Source {
    /// The path of the file.
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
            // Made when first asked for: most files of a large site have no finding.
            let breaks = self.text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(_, next)| next)).collect()
        })
    }

    /// The line and column of a byte offset. Offsets past the end count as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        // A span of an old text may point into a letter of the new one while `serve` is between the two.
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let starts = self.line_starts();
        let before = starts.partition_point(|start| *start as usize <= offset);
        // The first line starts at 0, so there is one before any place.
        let line_start = before.checked_sub(1).and_then(|line| starts.get(line)).map_or(0, |start| *start as usize);
        let line = before;
        Position { line, column: self.text.part(line_start..offset).chars().count() + 1 }
    }

    /// The byte range of a line (starting at 1), without its line break. Empty past the last line.
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

/// All source files of a session. A path keeps its id when its text changes.
#[derive(Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    ids: HashMap<SourcePath, SourceId>,
    /// The folder that paths are shown relative to.
    base: Option<SourcePath>,
}

impl Sources {
    /// Sets the text of a path, replacing an older one.
    ///
    /// # Panics
    /// If a session has more than 4 billion files.
    pub fn set(&mut self, path: SourcePath, text: impl Into<Arc<str>>) -> SourceId {
        let source = Source { path: path.clone(), text: text.into(), line_starts: OnceLock::new() };
        if let Some(id) = self.ids.get(&path).copied() {
            *self.get_mut(id) = source;
            return id;
        }
        let id = SourceId::new(u32::try_from(self.list.len()).expect("fewer than 2^32 files"));
        self.list.push(source);
        self.ids.insert(path, id);
        id
    }

    /// Drops the text of a file that nothing will refer to again. Its path stays, and all its positions become the
    /// start.
    pub fn forget_text(&mut self, id: SourceId) {
        let path = self.get(id).path.clone();
        *self.get_mut(id) = Source { path, text: Arc::default(), line_starts: OnceLock::new() };
    }

    /// The source behind an id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        // An id comes from `set`, and nothing is ever taken out: one that is not there is of another session.
        &self.list[id.index()]
    }

    /// The text behind an id, if it is one of these.
    #[must_use]
    pub fn text_of(&self, id: SourceId) -> Option<Arc<str>> {
        self.list.get(id.index()).map(Source::shared_text)
    }

    fn get_mut(&mut self, id: SourceId) -> &mut Source {
        &mut self.list[id.index()]
    }

    /// Every source so far, with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().zip(0..).map(|(source, index)| (SourceId::new(index), source))
    }

    /// Shows paths inside this folder relative to it, and all others relative to the root.
    pub fn show_from(&mut self, folder: &SourcePath) {
        self.base = Some(folder.clone());
    }

    /// The path of a file as shown in reports.
    #[must_use]
    pub fn shown(&self, id: SourceId) -> &str {
        let path = self.get(id).path();
        // People see paths from the folder they work in, whatever the repository around it is called.
        let below = self.base.as_ref().and_then(|base| path.below(base));
        below.filter(|below| !below.is_empty()).unwrap_or(path.as_str())
    }

    /// The id of a path, if the session has read it.
    #[must_use]
    pub fn id(&self, path: &SourcePath) -> Option<SourceId> {
        self.ids.get(path).copied()
    }

    /// The text that a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).text().get(span.range()).unwrap_or_default()
    }

    /// The start and end position of a span.
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
