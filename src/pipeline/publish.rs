//! From a linked site to files.
//! In: a `Linked` site. Out: the bytes of every published file, made in parallel.
//! Never knows: the folder they are written to.

use rayon::prelude::*;

use super::Linked;
use crate::diagnostic::Findings;
use crate::project::{Disk, DiskError};
use crate::render::{File, Renderer};
use crate::site::PageId;

/// Every file of a site.
#[derive(Debug, Default)]
pub struct Published {
    /// Rendered files and copied ones, sorted by path.
    pub files: Vec<File>,
    /// Pages that a template of the project's own theme could not render.
    pub found: Findings,
    /// Files that could not be read for copying.
    pub unreadable: Vec<DiskError>,
}

/// Makes every file of a site.
pub fn publish(linked: &Linked, disk: &dyn Disk) -> Published {
    let renderer = Renderer::new(&linked.site, &linked.theme);
    let pages: Vec<PageId> = linked.site.pages().map(|(id, _)| id).collect();
    let results: Vec<Result<File, Findings>> = pages.into_par_iter().map(|id| renderer.page(id)).collect();
    let documents: Vec<Result<File, Findings>> =
        renderer.documents().into_par_iter().map(|document| renderer.document(document).finish()).collect();
    let mut all = Published::default();
    for result in results.into_iter().chain(documents) {
        match result {
            Ok(file) => all.files.push(file),
            // A template that fails in a page may fail in each document of that page again.
            Err(found) => found.into_iter().for_each(|found| {
                if !all.found.contains(&found) {
                    all.found.push(found);
                }
            }),
        }
    }
    let place = &linked.site.config.place;
    for asset in linked.site.assets.iter() {
        match disk.read(place, &asset.source) {
            Ok(bytes) => all.files.push(File { path: asset.address.output_file(), bytes }),
            Err(error) => all.unreadable.push(error),
        }
    }
    let taken: std::collections::HashSet<String> = all.files.iter().map(|file| file.path.clone()).collect();
    let others = renderer.others().into_iter().chain(renderer.search()).filter(|file| !taken.contains(&file.path));
    all.files.extend(others);
    all.files.sort_by(|a, b| a.path.cmp(&b.path));
    all
}
