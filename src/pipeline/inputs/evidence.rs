//! What files say that the site only leads to: anchors of Markdown that is no page, sizes of images.
//! In: a file that a link leads to. Out: what is in it; read when first asked for, and again when its bytes change.
//! Never knows: which links are wrong, what size is.

use std::collections::HashMap;
use std::sync::Arc;

use crate::check::{image, severity};
use crate::diagnostic::{Vocabulary, bug};
use crate::markdown::{NoContext, Options};
use crate::page;
use crate::project::filesystem::decode;
use crate::project::{Config, FileSystem};
use crate::site::Evidence;
use crate::source::{RunFingerprint, SourceId, SourcePath, run_fingerprint};
use crate::url::{Anchor, SlugStyle};

/// How far into an image its size is looked for. What cameras and editors write before it is far less.
const HEAD_OF_IMAGE: u64 = 1 << 20;

/// What was read, with the fingerprint of the bytes that it was read from.
#[derive(Debug, Default)]
pub(crate) struct KnownEvidence {
    anchors: HashMap<SourcePath, (RunFingerprint, Arc<Vocabulary>)>,
    image_sizes: HashMap<SourcePath, (RunFingerprint, Option<(u32, u32)>)>,
}

impl KnownEvidence {
    /// Whether a change of this file can change what a link to it leads to.
    pub(crate) fn has_anchors_of(&self, file: &SourcePath) -> bool {
        self.anchors.contains_key(file)
    }
}

/// The files of a project, as evidence.
pub(crate) struct FileEvidence<'a> {
    pub(crate) disk: &'a dyn FileSystem,
    pub(crate) config: &'a Config,
    pub(crate) known: &'a mut KnownEvidence,
}

impl Evidence for FileEvidence<'_> {
    fn anchors_in(&mut self, file: &SourcePath) -> Option<Arc<Vocabulary>> {
        let bytes = self.disk.read(&self.config.place, file).ok()?;
        let made_from = run_fingerprint(&bytes);
        let known = self.known.anchors.get(file).filter(|(from, _)| *from == made_from);
        let anchors = match known {
            Some((_, anchors)) => Arc::clone(anchors),
            None => Arc::new(anchors(bytes)?),
        };
        self.known.anchors.insert(file.clone(), (made_from, Arc::clone(&anchors)));
        Some(anchors)
    }

    fn image_size(&mut self, file: &SourcePath) -> Option<(u32, u32)> {
        // Reading every image costs more than all else together: only a rule that somebody turned on asks for it.
        if severity::is_off(self.config, &image::larger_than_shown::RULE) || !image::is_picture(file) {
            return None;
        }
        let bytes = self.disk.beginning(&self.config.place, file, HEAD_OF_IMAGE).ok()?;
        // By bytes and not by time: the file system may be a commit, or memory.
        let made_from = run_fingerprint(&bytes);
        let known = self.known.image_sizes.get(file).filter(|(from, _)| *from == made_from).map(|(_, size)| *size);
        let size = known.unwrap_or_else(|| size_of(&bytes));
        self.known.image_sizes.insert(file.clone(), (made_from, size));
        size
    }
}

fn anchors(bytes: Vec<u8>) -> Option<Vocabulary> {
    let text = decode::decode(bytes).text;
    // Whoever shows the file has its own style of ids, and they all follow the first one.
    let options = Options { heading_ids: SlugStyle::Github, ..Options::default() };
    // It is no file of the site: when it cannot be read, links to it are not checked, and nobody is bothered with it.
    let page = bug::contained(|| page::compile(&text, SourceId::new(0), &options, &NoContext).value).ok()?;
    Some(page.anchors().map(Anchor::as_str).collect())
}

fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}
