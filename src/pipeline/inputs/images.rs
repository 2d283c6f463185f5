//! How large images are: read from their first bytes, for who wants to know.
//! In: a linked site. Out: the size of each image that its pages show.
//! Never knows: what size is wrong.

use std::collections::{BTreeSet, HashMap};

use crate::check::{image, severity};
use crate::pipeline::Session;
use crate::pipeline::session::cache::{Fingerprint, fingerprint};
use crate::project::FileSystem;
use crate::site::{PageId, Site, Target};
use crate::source::SourcePath;

/// The size of each image, with the fingerprint of the bytes it was read from.
pub(crate) type Pictures = HashMap<SourcePath, (Fingerprint, Option<(u32, u32)>)>;

impl<D: FileSystem> Session<D> {
    /// Tells the site how large the images are that these pages show, when a rule wants to know.
    pub(crate) fn read_pictures(&mut self, site: &mut Site, pages: &[PageId]) {
        if severity::is_off(&site.config, &image::larger_than_shown::RULE) {
            return;
        }
        let shown = pages.iter().flat_map(|page| site.links(*page)).filter_map(|link| match &link.target {
            Target::Asset(id, _) => Some(&site.asset(*id).source),
            _ => None,
        });
        let wanted: BTreeSet<SourcePath> = shown.filter(|file| image::is_picture(file)).cloned().collect();
        for path in wanted {
            let Ok(bytes) = self.disk.read(&site.config.place, &path) else { continue };
            let made_from = fingerprint(&bytes);
            let known = self.pictures.get(&path).filter(|(from, _)| *from == made_from).map(|(_, size)| *size);
            let pixels = known.unwrap_or_else(|| size_of(&bytes));
            self.pictures.insert(path.clone(), (made_from, pixels));
            site.image_sizes.extend(pixels.map(|pixels| (path, pixels)));
        }
    }
}

fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}
