//! What defects are planted in: a project, checked once as it is.
//! In: the folder of a project. Out: its pages, links and texts, and what is found in it unharmed.
//! Never knows: defects.

use std::path::{Path, PathBuf};

use partner_docs::markdown::Link;
use partner_docs::page::Page;
use partner_docs::pipeline::{BuiltSite, Drafts, Session};
use partner_docs::project::{DiskFolder, FileSystem as _, OverlayFileSystem, ProjectRoots};
use partner_docs::site::{PageId, Resolution};
use partner_docs::source::SourcePath;

use crate::support::site::real;
use crate::trial::{Found, found};

/// A project to plant in.
pub(crate) struct Ground {
    /// For the report.
    pub(crate) name: String,
    pub(crate) session: Session<OverlayFileSystem<DiskFolder>>,
    /// The project unharmed.
    pub(crate) linked: BuiltSite,
    /// What is found in it unharmed.
    pub(crate) baseline: Vec<Found>,
}

/// A page to plant in.
pub(crate) struct Bed<'a> {
    pub(crate) id: PageId,
    pub(crate) path: SourcePath,
    pub(crate) text: &'a str,
    pub(crate) page: &'a Page,
}

/// A link that stands in a page as it reads.
pub(crate) struct Planted<'a> {
    pub(crate) bed: &'a Bed<'a>,
    pub(crate) link: &'a Link,
    pub(crate) resolution: &'a Resolution,
    pub(crate) is_click: bool,
}

/// The two real documentation sets, where they lie beside the repository, the repository's own pages, and a small set
/// that nobody can see the repository of.
pub(crate) fn all() -> Vec<Ground> {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let small = own.join("tests/golden/partners");
    let real = ["accelerator", "partneros"].into_iter().filter_map(|name| Some((name, real(name)?)));
    real.chain([("own", own), ("small", small)]).map(|(name, folder)| Ground::new(name, &folder)).collect()
}

impl Ground {
    fn new(name: &str, folder: &Path) -> Self {
        let mut session = Session::new(
            OverlayFileSystem::new(DiskFolder::new(folder, None).trusting(partner_docs::project::Trust::AnyRoot)),
            Drafts::Hidden,
        );
        let linked = session.link().unwrap_or_else(|error| panic!("{error}"));
        let baseline = found(&linked, session.sources());
        Self { name: name.to_owned(), session, linked, baseline }
    }

    /// Reads the project again as it is on disk.
    pub(crate) fn heal(&mut self) {
        self.session.disk_mut().forget();
        self.linked = self.session.link().unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) fn place(&self) -> &ProjectRoots {
        &self.linked.site.config.place
    }

    /// The text of any file of the project.
    pub(crate) fn text(&self, path: &SourcePath) -> Option<String> {
        String::from_utf8(self.session.disk().read(self.place(), path).ok()?).ok()
    }

    /// A file of the project's own, by its path from book.toml.
    pub(crate) fn own(&self, path: &str) -> Option<(SourcePath, String)> {
        let path = self.place().from_project(path).ok()?;
        let text = self.text(&path)?;
        Some((path, text))
    }

    /// Where a file would be in the site, were there one.
    pub(crate) fn publishes(&self, path: &SourcePath) -> bool {
        partner_docs::project::files::mount::place_of(&self.linked.site.config, path).is_some()
    }

    /// Whether the project wants to hear of a rule.
    pub(crate) fn hears(&self, code: &str) -> bool {
        use partner_docs::project::settings::choices::SeverityLevel;
        let levels = &self.linked.site.config.written.check.severities;
        !levels.iter().any(|(rule, level)| rule.value == code && level.value == SeverityLevel::Off)
    }

    /// The written navigation.
    pub(crate) fn summary(&self) -> Option<(SourcePath, String)> {
        let path = self.linked.site.config.summary.clone()?;
        let text = self.text(&path)?;
        Some((path, text))
    }

    /// All pages that are written by hand; the pages of rules hold defects on purpose.
    pub(crate) fn beds(&self) -> Vec<Bed<'_>> {
        let pages = self.linked.site.pages().filter_map(|(id, entry)| {
            let (page, path) = (entry.markdown()?, entry.source.clone()?);
            let text = self.session.sources().get(page.source).text();
            (!path.as_str().starts_with("src/")).then_some(Bed { id, path, text, page })
        });
        pages.collect()
    }

    /// The links of a page that are sound and stand there as they read, each destination once.
    pub(crate) fn links<'a>(&'a self, bed: &'a Bed<'a>) -> Vec<Planted<'a>> {
        let all = bed.page.links.iter().zip(self.linked.site.links(bed.id)).enumerate();
        let mut links: Vec<Planted<'_>> = all
            .filter(|(_, (link, resolution))| {
                resolution.problem.is_none()
                    && link.span.source == bed.page.source
                    && bed.text.get(link.span.range()) == Some(link.destination.as_str())
            })
            .map(|(at, (link, resolution))| Planted { bed, link, resolution, is_click: at >= bed.page.clicks_from })
            .collect();
        // A destination that several links share through a definition is one place.
        links.dedup_by_key(|planted| planted.link.span);
        links
    }
}

/// The ends of paragraphs that are one line of prose.
pub(crate) fn prose(text: &str) -> Vec<usize> {
    let body = body_of(text);
    let mut ends = Vec::new();
    let (mut at, mut fence, mut html, mut before) = (body, None, false, "");
    let lines: Vec<&str> = text[body..].split_inclusive('\n').collect();
    for (index, line) in lines.iter().enumerate() {
        let bare = line.trim_end();
        let marks = bare.trim_start();
        if marks.starts_with("```") || marks.starts_with("~~~") {
            let mark = &marks[..3];
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
        }
        html = !bare.is_empty() && (html || marks.starts_with('<'));
        let next = lines.get(index + 1).map_or("", |next| next.trim_end());
        let is_prose = bare.starts_with(|c: char| c.is_ascii_uppercase()) && bare.ends_with('.') && bare.len() > 30;
        if fence.is_none() && !html && is_prose && before.is_empty() && next.is_empty() && !bare.contains('|') {
            ends.push(at + bare.len());
        }
        before = bare;
        at += line.len();
    }
    ends
}

/// Where the text of a page begins, behind its front matter.
pub(crate) fn body_of(text: &str) -> usize {
    let head = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n"));
    head.map_or(0, |end| end + "---\n".len() + "\n---\n".len())
}
