//! From a built site to files: the bytes of every file that is made, rendered in parallel, and which files are copied.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{BuildStage, BuiltSite, Progress};
use crate::diagnostic::{Diagnostics, bug};
use crate::fill::Job;
use crate::render::{Renderer, SiteFile};
use crate::site::{Asset, Obstacle, Owner, PageId, Site};
use crate::source::{SourcePath, Span};

/// Every file of a site.
#[derive(Debug, Default)]
pub struct PublishedFiles {
    /// Files that are made, sorted by path.
    pub files: Vec<SiteFile>,
    /// Files that are copied, in order of their sources. They are never held: a recording of a call may be larger than
    /// the memory of the machine in CI.
    pub copies: Vec<PublishedCopy>,
    /// Pages that a template of the project's own theme could not render.
    pub found: Diagnostics,
}

/// A file of the site that is the same as one of the repository.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedCopy {
    /// Where it is written, relative to the output folder.
    pub path: String,
    /// The file.
    pub source: SourcePath,
}

impl PublishedFiles {
    /// A template that fails in a page may fail in each document of that page again.
    fn note(&mut self, found: Diagnostics) {
        for finding in found {
            // Few are found, so a list is enough to look them up in.
            if !self.found.contains(&finding) {
                self.found.push(finding);
            }
        }
    }
}

/// What is wrong with the project's own templates and shows only when pages are put through them.
#[must_use]
pub fn wrong_in_templates(linked: &BuiltSite) -> Diagnostics {
    // The built-in templates are tested with every kind of page: rendering all of a site to check it would take as long
    // as building it.
    if !linked.theme.has_own_templates() {
        return Diagnostics::new();
    }
    let renderer = Renderer::new(&linked.site, &linked.theme);
    pages(linked, &renderer, &Progress::default()).into_iter().filter_map(Result::err).flatten().collect()
}

fn pages(linked: &BuiltSite, renderer: &Renderer<'_>, progress: &Progress) -> Vec<Result<SiteFile, Diagnostics>> {
    let site = &linked.site;
    let pages: Vec<PageId> = site.pages().map(|(id, _)| id).filter(|id| !site.unserved.contains(id)).collect();
    let (done, all) = (AtomicUsize::new(0), pages.len());
    let page = |id| {
        progress.tell(BuildStage::Rendering { done: done.fetch_add(1, Ordering::Relaxed), all });
        rendered(linked.site.start_of(id), "rendering this page", || renderer.page(id))
    };
    pages.into_par_iter().map(page).collect()
}

/// What rendering gives; a panic is a finding like any other.
fn rendered<T>(at: Span, doing: &str, render: impl FnOnce() -> Result<T, Diagnostics>) -> Result<T, Diagnostics> {
    bug::contained(render).unwrap_or_else(|bug| Err(vec![bug.finding(at, doing)]))
}

/// The documents to print.
fn documents(linked: &BuiltSite, renderer: &Renderer<'_>) -> Vec<Result<SiteFile, Diagnostics>> {
    let at = Span::start_of(linked.site.config.book_toml);
    let all = rendered(at, "choosing the documents to print", || Ok(renderer.documents()));
    let document = |document| rendered(at, "rendering a document to print", || renderer.document(document).finish());
    match all {
        Ok(all) => all.into_par_iter().map(document).collect(),
        Err(found) => vec![Err(found)],
    }
}

/// Whether nothing that an author wants there is in the way of a file that every site has.
fn has_room(site: &Site, file: &str) -> bool {
    match site.addresses.obstacle(file) {
        // An author's own `sitemap.xml` keeps its place. What the site itself has claimed is this very file.
        Some(Obstacle::Taken(claim)) => matches!(claim.owner, Owner::Site(_)),
        Some(obstacle) => !obstacle.is_everywhere(),
        None => true,
    }
}

/// Makes every file of a site. In spite of errors, what cannot be written is left out.
#[must_use]
pub fn publish(linked: &BuiltSite) -> PublishedFiles {
    publish_telling(linked, &Progress::default())
}

/// The same, telling how far it is.
#[must_use]
pub fn publish_telling(linked: &BuiltSite, progress: &Progress) -> PublishedFiles {
    let renderer = Renderer::new(&linked.site, &linked.theme);
    let mut all = PublishedFiles::default();
    for result in pages(linked, &renderer, progress).into_iter().chain(documents(linked, &renderer)) {
        match result {
            Ok(file) => all.files.push(file),
            Err(found) => all.note(found),
        }
    }
    // A name that no disk takes is a finding; written nevertheless, it would end the build on one machine only.
    let can_be_held = |asset: &&Asset| {
        !matches!(linked.site.addresses.obstacle(&asset.address.output_file()), Some(Obstacle::Impossible(_)))
    };
    let copied = |asset: &Asset| PublishedCopy { path: asset.address.output_file(), source: asset.source.clone() };
    let (changed, unchanged): (Vec<_>, Vec<_>) =
        linked.site.assets.iter().filter(can_be_held).partition(|asset| asset.active.sanitized.is_some());
    all.copies = unchanged.into_iter().map(copied).collect();
    all.files.extend(changed.into_iter().filter_map(|asset| {
        let bytes = asset.active.sanitized.as_ref()?.as_bytes().to_vec();
        Some(SiteFile { path: asset.address.output_file(), bytes })
    }));
    let at = Span::start_of(linked.site.config.book_toml);
    let others = rendered(at, "writing the files besides the pages", || Ok(renderer.others()));
    let search = rendered(at, "building the search index", || Ok(renderer.search()));
    for result in [others, search] {
        match result {
            Ok(files) => all.files.extend(files.into_iter().filter(|file| has_room(&linked.site, &file.path))),
            Err(found) => all.note(found),
        }
    }
    // Pages were made by many threads, and come in any order.
    all.files.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// The day of a moment, in seconds since 1970, as readers read it.
#[must_use]
pub fn day(seconds: i64) -> String {
    crate::render::day(seconds).text
}

/// The day of a time in seconds since 1970, as data: `2026-05-31`.
#[must_use]
pub fn date(seconds: i64) -> String {
    crate::render::day(seconds).iso
}

/// All documents of a job in one, to print; `values` are what they were filled in with, for its cover.
///
/// # Errors
/// If a template of the project's own theme cannot be used.
pub fn printed(linked: &BuiltSite, job: &Job, values: &[(String, String)]) -> Result<Vec<u8>, Diagnostics> {
    Ok(Renderer::new(&linked.site, &linked.theme).filled(job, values).finish()?.bytes)
}
