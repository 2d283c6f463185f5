//! Sites as tests make them: from texts in memory, or from folders.

use std::path::{Path, PathBuf};

use partner_docs::pipeline::{BuiltSite, Drafts, PublishedFiles, Session};
use partner_docs::project::{DiskFolder, FileSystem, MemoryFileSystem};
use partner_docs::render::SiteFile;
use partner_docs::source::SourcePath;

use super::missing::skipped;

/// A site, linked and rendered.
pub(crate) struct Built {
    /// The linked site.
    pub(crate) linked: BuiltSite,
    /// Every published file.
    pub(crate) files: Vec<SiteFile>,
    /// Each finding as `code file:line`.
    pub(crate) found: Vec<String>,
}

/// Builds a site from texts.
pub(crate) fn inline(files: &[(&str, &str)]) -> Built {
    build(MemoryFileSystem::new(files.iter().copied()))
}

/// Builds a project that lies in a folder.
pub(crate) fn folder(path: &Path) -> Built {
    build(DiskFolder::new(path, None).trusting(partner_docs::project::Trust::AnyRoot))
}

/// Builds whatever lies on a disk.
pub(crate) fn build<D: FileSystem>(disk: D) -> Built {
    let mut session = Session::new(disk, Drafts::Hidden);
    let linked = session.link().unwrap_or_else(|error| panic!("{error}"));
    let published = session.publish(&linked);
    assert!(published.found.is_empty(), "{:?}", published.found);
    let files = with_copies(published, &linked, session.disk());
    let found = linked
        .found
        .iter()
        .map(|finding| {
            let (start, _) = session.sources().positions(finding.span);
            format!("{} {}:{}", finding.rule.code, session.sources().shown(finding.span.source), start.line)
        })
        .collect();
    Built { linked, files, found }
}

/// All files of a site with their bytes, sorted by path, also those that the program copies without holding them.
pub(crate) fn with_copies(published: PublishedFiles, linked: &BuiltSite, disk: &dyn FileSystem) -> Vec<SiteFile> {
    let read =
        |source: &SourcePath| disk.read(&linked.site.config.place, source).unwrap_or_else(|error| panic!("{error}"));
    let copies = published.copies.into_iter().map(|file| SiteFile { bytes: read(&file.source), path: file.path });
    let mut files: Vec<SiteFile> = published.files.into_iter().chain(copies).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

impl Built {
    /// The text of a published file.
    pub(crate) fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|file| file.path == path);
        let file = file.unwrap_or_else(|| panic!("no `{path}` among {:?}", self.paths()));
        std::str::from_utf8(&file.bytes).expect("a published page is UTF-8")
    }

    /// The paths of all published files.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.path.as_str()).collect()
    }
}

/// One of the two real documentation sets, which lie beside the repository; says so where they are absent.
pub(crate) fn real(name: &str) -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = repository.join("../shared/corpus").join(name);
    if corpus.is_dir() {
        return Some(repository.join("tests/real").join(name));
    }
    skipped(&format!("{} is not there", corpus.display()));
    None
}
