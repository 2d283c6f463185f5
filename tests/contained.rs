//! A panic costs the file that was worked on, and nothing else.
//! In: a small site on a disk that stumbles over one file, and a site whose page does not fit its parts. Out: where the
//! panic is reported, and that everything else is as ever.
//! Never knows: what panics in earnest. Nothing should.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use partner_docs::pipeline::{BuiltSite, DirtySet, Drafts, LiveSite, Lookup, Session};
use partner_docs::project::{DiskError, FileKind, FileSet, FileSystem, MemoryFileSystem, ProjectRoots, WalkScope};
use partner_docs::serve::http::{Responder as _, SiteResponse};
use partner_docs::serve::project::LiveProject;
use partner_docs::serve::{Live as _, watch};
use partner_docs::site::{PageContent, Site};
use partner_docs::source::{SourcePath, Sources};

const SITE: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n"),
    ("content/index.md", "# Home\n\n[NDA](nda.md#term), [MSA](msa.md#scope) and [nothing](gone.md)\n"),
    ("content/nda.md", "# NDA\n\n## Term\n\n{{#include ../LICENSE}}\n\n{{#include ../snippets/term.txt}}\n"),
    ("content/msa.md", "# MSA\n\n## Scope\n\n```{playbook-steps} recruit\n```\n"),
    ("LICENSE", "All rights.\n"),
    ("playbooks/qbr.yaml", "name: QBR\npurpose: |\n  {{#include ../snippets/purpose.txt}}\nsteps:\n  - name: Meet\n"),
    ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n    template: nda.md\n"),
    ("snippets/purpose.txt", "To meet.\n"),
    ("snippets/term.txt", "Two years.\n"),
];

/// A disk that panics over the snippets, while it is told to: so they break whatever includes them.
#[derive(Clone)]
struct Stumbling {
    files: MemoryFileSystem,
    stumbles: Arc<AtomicBool>,
}

impl Stumbling {
    fn new() -> Self {
        Self { files: MemoryFileSystem::new(SITE.iter().copied()), stumbles: Arc::new(AtomicBool::new(true)) }
    }
}

impl FileSystem for Stumbling {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        self.files.book_toml()
    }

    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError> {
        self.files.place(root)
    }

    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError> {
        self.files.list(place, scope)
    }

    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        let is_snippet = path.as_str().starts_with("snippets/");
        assert!(!is_snippet || !self.stumbles.load(Ordering::SeqCst), "stumbled over {path}");
        self.files.read(place, path)
    }

    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        self.files.kind(place, path)
    }
}

/// Findings as `file:line rule`.
fn told(linked: &BuiltSite, sources: &Sources) -> Vec<String> {
    let line = |finding: &partner_docs::diagnostic::Diagnostic| {
        format!(
            "{}:{} {}",
            sources.shown(finding.span.source),
            sources.positions(finding.span).0.line,
            finding.rule.code
        )
    };
    linked.found.iter().map(line).collect()
}

fn pages(files: &[partner_docs::render::SiteFile]) -> Vec<&str> {
    paths(files).into_iter().filter(|path| path.ends_with("/index.html")).collect()
}

fn paths(files: &[partner_docs::render::SiteFile]) -> Vec<&str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn a_page_and_a_playbook_that_break_the_compiler_are_findings_and_the_rest_is_built() {
    let disk = Stumbling::new();
    let mut session = Session::new(disk.clone(), Drafts::Hidden);
    let linked = session.link().expect("a project");
    let gone = "content/index.md:3 link/not-found";
    let bugs = ["content/nda.md:1 internal/panic", "playbooks/qbr.yaml:1 internal/panic"];
    // Nobody knows the places of a page that was not read: the link to its term is no second finding.
    assert_eq!(told(&linked, session.sources()), [gone, bugs[0], bugs[1]]);
    let message = &linked.found[1].message;
    assert!(message.contains("bug") && message.contains("stumbled over snippets/term.txt"), "{message}");
    let broken = session.publish(&linked);
    assert!(broken.found.is_empty(), "{:?}", broken.found);

    disk.stumbles.store(false, Ordering::SeqCst);
    let whole = session.link().expect("a project");
    assert_eq!(told(&whole, session.sources()), [gone], "nothing broken is kept");
    assert_eq!(whole.compiled, 1);
    let whole = session.publish(&whole);
    assert_eq!(pages(&broken.files), pages(&whole.files), "every page is there");
    let msa = broken.files.iter().find(|file| file.path == "msa/index.html").expect("a page");
    assert!(String::from_utf8_lossy(&msa.bytes).contains("Sign"), "with what it shows of others");
}

#[test]
fn a_page_that_broke_off_is_read_again_with_the_files_that_it_includes() {
    let disk = Stumbling::new();
    let mut session = Session::new(disk.clone(), Drafts::Hidden);
    session.link().expect("a project");
    disk.stumbles.store(false, Ordering::SeqCst);
    let touched = SourcePath::new("LICENSE").expect("a path");
    let followed = session.update(&DirtySet::Paths([touched].into())).expect("a project").expect("a change");
    let told = told(&followed.linked, session.sources());
    assert!(!told.contains(&"content/nda.md:1 internal/panic".to_owned()), "{told:?}");
}

/// A site in which a page no longer has what its text leaves room for, so that rendering it panics.
fn torn(linked: BuiltSite) -> BuiltSite {
    let mut site: Site = (*linked.site).clone();
    let page = site.pages.iter_mut().find(|page| page.address.as_str() == "/msa/").expect("a page");
    let page = Arc::make_mut(page);
    let PageContent::Markdown(written) = &mut page.content else { panic!("it is written") };
    Arc::make_mut(written).embeds.clear();
    BuiltSite { site: Arc::new(site), ..linked }
}

#[test]
fn a_page_that_breaks_rendering_is_a_finding_and_the_rest_is_built() {
    let mut session = Session::new(MemoryFileSystem::new(SITE.iter().copied()), Drafts::Hidden);
    let whole = session.link().expect("a project");
    let all = session.publish(&whole);
    let torn = torn(whole);
    let published = session.publish(&torn);
    let codes: Vec<(&str, &str)> = published
        .found
        .iter()
        .map(|finding| (session.sources().shown(finding.span.source), finding.rule.code))
        .collect();
    // The documents to print that hold the page are lost as well, and belong to the site.
    assert!(codes.contains(&("content/msa.md", "internal/panic")), "{codes:?}");
    assert!(codes.iter().all(|(file, _)| ["content/msa.md", "book.toml"].contains(file)), "{codes:?}");
    // The search index is named by what it holds.
    let lost = |path: &&str| *path == "msa/index.html" || ["print/", "search/"].iter().any(|p| path.starts_with(p));
    let others: Vec<&str> = paths(&all.files).into_iter().filter(|path| !lost(path)).collect();
    assert_eq!(paths(&published.files).into_iter().filter(|path| !lost(path)).collect::<Vec<_>>(), others);

    let version = LiveSite::new(torn);
    let found = version.at("/msa/", session.disk());
    assert!(matches!(found, Lookup::Page { bytes: None, is_broken: true, .. }), "{found:?}");
    assert!(matches!(version.at("/nda/", session.disk()), Lookup::Page { bytes: Some(_), is_broken: false, .. }));
    let failed: Vec<String> = version.failed().iter().map(|(address, _)| address.to_string()).collect();
    assert_eq!(failed, ["/msa/"]);
}

#[test]
fn who_serves_keeps_the_last_good_page_and_shows_the_bug() {
    let disk = Stumbling::new();
    disk.stumbles.store(false, Ordering::SeqCst);
    let new = || Session::new(disk.clone(), Drafts::Shown);
    let project = LiveProject::open(new, Box::new(|_, _, _| String::new()), None).expect("a project");
    let page = || match project.respond("/nda/") {
        SiteResponse::Found { bytes, .. } => bytes,
        other => panic!("{other:?}"),
    };
    let good = page();
    disk.stumbles.store(true, Ordering::SeqCst);
    let everything = watch::ChangedPaths { rescan: true, ..watch::ChangedPaths::default() };
    project.refresh(&everything);
    assert_eq!(page(), good);
    let shown = project.findings();
    let bug = shown.iter().find(|shown| shown.code == "internal/panic").expect("a finding");
    assert_eq!((bug.file.as_str(), bug.line, bug.page.as_deref()), ("content/nda.md", 1, Some("/nda/")));
    disk.stumbles.store(false, Ordering::SeqCst);
    project.refresh(&everything);
    assert!(project.findings().iter().all(|shown| shown.code != "internal/panic"));
}
