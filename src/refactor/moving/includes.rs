//! Updates include directives after a move.
//! In: the text of pages and of the files they include. Out: edits of the paths in their directives.

use std::collections::BTreeSet;

use super::Scene;
use super::links::rewrite_path;
use super::path::Quoting;
use crate::markdown::{Options, included_paths};
use crate::source::{Part as _, SourceId, SourcePath, Span};

impl Scene<'_> {
    /// All directives of all pages, and of the files they include.
    pub(super) fn includes(&mut self) {
        let (before, sources) = (self.before, self.sources);
        let options = Options { math: before.config.written.markdown.math, ..Options::default() };
        let mut open: Vec<SourceId> = before.pages.iter().filter_map(|page| Some(page.markdown()?.source)).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            // Many pages include one text, and texts may include each other in a circle.
            if !seen.insert(id) {
                continue;
            }
            let source = sources.get(id);
            for range in included_paths(source.text(), &options) {
                let written = source.text().part(range.clone());
                let Some((folder, file)) = self.included(source.path(), written) else { continue };
                // A path from the including file moves with that file; one from the root stays one from the root.
                let is_near = folder == source.path().parent();
                let folder_now = if is_near { self.moved.apply(source.path()).parent() } else { folder.clone() };
                let now = (&folder_now, &self.moved.apply(&file));
                let new = rewrite_path(written, Quoting::Verbatim, (&folder, &file), now);
                self.replace(Span::new(id, range), &new);
                open.extend(sources.id(&file));
            }
        }
    }

    /// The file that a directive includes, and the folder that its path is relative to: that of the file with the
    /// directive, or one that all are seen from.
    fn included(&self, own: &SourcePath, written: &str) -> Option<(SourcePath, SourcePath)> {
        let seen_from = std::iter::once(own.parent()).chain(self.before.config.include_folders());
        let mut files = seen_from.filter_map(|folder| Some((folder.clone(), folder.join(written).ok()?)));
        files.find(|(_, file)| self.before.in_repository(file))
    }
}
