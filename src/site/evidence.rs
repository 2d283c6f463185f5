//! What the site asks of files it does not compile: anchors of unpublished Markdown, sizes of images.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{AssetId, PageId, Site, Target};
use crate::diagnostic::Vocabulary;
use crate::source::SourcePath;

/// Where a site asks for evidence. It is asked while the site is assembled, once all links are resolved, and only for
/// files that links lead to.
pub trait Evidence {
    /// The anchors in an unpublished Markdown file of the repository; `None` if they are unknown.
    fn anchors_in(&mut self, file: &SourcePath) -> Option<Arc<Vocabulary>>;

    /// Width and height of an image in pixels; `None` if they are unknown or not needed.
    fn image_size(&mut self, file: &SourcePath) -> Option<(u32, u32)>;
}

/// No evidence: nothing is known about files outside the site.
#[derive(Copy, Clone, Debug)]
pub struct NoEvidence;

impl Evidence for NoEvidence {
    fn anchors_in(&mut self, _file: &SourcePath) -> Option<Arc<Vocabulary>> {
        None
    }

    fn image_size(&mut self, _file: &SourcePath) -> Option<(u32, u32)> {
        None
    }
}

/// The evidence so far.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Gathered {
    anchors: HashMap<SourcePath, Arc<Vocabulary>>,
    image_sizes: HashMap<SourcePath, (u32, u32)>,
}

impl Site {
    /// Asks for evidence about the targets of links on these pages.
    pub(super) fn gather(&mut self, pages: &[PageId], evidence: &mut dyn Evidence) {
        // Only files that a link with an anchor leads to: all other Markdown outside the site stays unread.
        for path in self.unpublished_with_places(pages) {
            if let Some(anchors) = evidence.anchors_in(&path) {
                self.evidence.anchors.insert(path, anchors);
            }
        }
        let links = pages.iter().flat_map(|page| self.links(*page));
        let assets = links.filter_map(|link| match link.target {
            Target::Asset(id, _) => Some(id),
            _ => None,
        });
        // A logo is on every page, and is asked for once.
        let assets: BTreeSet<AssetId> = assets.collect();
        for id in assets {
            let file = self.asset(id).source.clone();
            if let Some(size) = evidence.image_size(&file) {
                self.evidence.image_sizes.insert(file, size);
            }
        }
    }

    /// The anchors in an unpublished Markdown file, if a link with an anchor leads to it.
    #[must_use]
    pub fn anchors_in_unpublished(&self, file: &SourcePath) -> Option<&Vocabulary> {
        self.evidence.anchors.get(file).map(|anchors| &**anchors)
    }

    /// Width and height of an image in pixels, if a rule needs them.
    #[must_use]
    pub fn image_size(&self, file: &SourcePath) -> Option<(u32, u32)> {
        self.evidence.image_sizes.get(file).copied()
    }

    /// Whether the evidence is the same as that of an earlier site.
    #[must_use]
    pub fn has_evidence_of(&self, before: &Self) -> bool {
        self.evidence == before.evidence
    }
}
