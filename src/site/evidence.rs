//! What the site asks of files it does not compile: anchors of unpublished Markdown, sizes of images.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{AssetId, PageId, Site, Target};
use crate::diagnostic::Vocabulary;
use crate::source::SourcePath;

/// Where a site asks for evidence. It is asked while the site is assembled, once all links are resolved, and only for
/// files that links lead to.
pub trait Evidence {
    /// The anchors in a Markdown file of the repository that is no page; `None` when nobody can tell.
    fn anchors_in(&mut self, file: &SourcePath) -> Option<Arc<Vocabulary>>;

    /// Width and height of an image in pixels; `None` when nobody can tell, or wants to know.
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

/// What was found out.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Gathered {
    anchors: HashMap<SourcePath, Arc<Vocabulary>>,
    image_sizes: HashMap<SourcePath, (u32, u32)>,
}

impl Site {
    /// Asks for what is behind the links of these pages.
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

    /// The anchors in a Markdown file of the repository that is no page, as far as a link names one.
    #[must_use]
    pub fn anchors_in_unpublished(&self, file: &SourcePath) -> Option<&Vocabulary> {
        self.evidence.anchors.get(file).map(|anchors| &**anchors)
    }

    /// Width and height of an image in pixels, when a rule wants to know.
    #[must_use]
    pub fn image_size(&self, file: &SourcePath) -> Option<(u32, u32)> {
        self.evidence.image_sizes.get(file).copied()
    }

    /// Whether everything is known of other files that an earlier site knew, and nothing else.
    #[must_use]
    pub fn has_evidence_of(&self, before: &Self) -> bool {
        self.evidence == before.evidence
    }
}
