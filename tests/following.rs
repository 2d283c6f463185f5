//! How much a change costs, counted; and changes to a folder, followed as the author makes them.
//! In: small projects, in memory and on disk. Out: which pages are compiled and rendered, and what is served.
//! Never knows: how long anything takes.

#![expect(clippy::disallowed_methods, reason = "these tests are the author who saves, and fail loudly")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use partner_docs::pipeline::{DirtySet, Drafts, LiveSite, Lookup, Session, Texts};
use partner_docs::project::MemoryFileSystem;
use partner_docs::serve::watch::WatchMethod;
use partner_docs::source::SourcePath;
use support::served::{Served, write_over};

/// A section of three templates, one outside, and a playbook.
const SITE: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n"),
    ("content/index.md", "# Home\n\n[NDA](legal/nda.md#term)\n"),
    ("content/legal/index.md", "# Legal\n"),
    ("content/legal/msa.md", "# MSA\n\n{{#include ../../snippets/parties.txt}}\n"),
    ("content/legal/nda.md", "# NDA\n\n## Term\n\nTwo years.\n"),
    ("content/sales/index.md", "# Sales\n"),
    ("content/sales/deep/pitch.md", "# Pitch\n"),
    ("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n    template: legal/nda.md\n"),
    ("snippets/parties.txt", "Both sides.\n"),
];

/// A site all of whose pages somebody has seen.
struct Seen {
    session: Session<MemoryFileSystem>,
    version: LiveSite,
    pages: BTreeMap<String, Vec<u8>>,
}

/// What a change led to.
#[derive(PartialEq, Eq, Debug)]
struct Cost {
    compiled: usize,
    /// Addresses of pages that were rendered, each with the reasons.
    rendered: BTreeMap<String, Vec<String>>,
    /// Addresses of pages whose bytes are others, or that are new.
    changed: BTreeSet<String>,
}

impl Seen {
    fn new() -> Self {
        let mut session = Session::new(MemoryFileSystem::new(SITE.iter().copied()), Drafts::Shown);
        let version = LiveSite::new(session.link().expect("a project"));
        let mut seen = Self { session, version, pages: BTreeMap::new() };
        seen.look();
        seen
    }

    /// Looks at every page; says which were rendered for that.
    fn look(&mut self) -> BTreeMap<String, Vec<String>> {
        let addresses: Vec<String> =
            self.version.linked().site.pages().map(|(_, page)| page.address.to_string()).collect();
        self.pages = addresses
            .into_iter()
            .map(|address| match self.version.at(&address, self.session.disk()) {
                Lookup::Page { bytes: Some(bytes), .. } => (address, bytes.to_vec()),
                other => panic!("{address}: {other:?}"),
            })
            .collect();
        let rendered = self.version.take_rendered();
        rendered.into_iter().map(|rendered| (rendered.address.to_string(), rendered.because)).collect()
    }

    /// Writes a file, and looks at every page again; `None` when nothing is another than before.
    fn write(&mut self, path: &str, text: &str) -> Option<Cost> {
        self.session.disk_mut().write(path, text);
        let touched = DirtySet::Paths([SourcePath::new(path).expect("a path that does not climb")].into());
        let followed = self.session.update(&touched).expect("a project")?;
        let compiled = followed.linked.compiled;
        self.version = self.version.after(followed);
        let before = self.pages.clone();
        let rendered = self.look();
        let changed = self.pages.iter().filter(|(address, bytes)| before.get(*address) != Some(*bytes));
        Some(Cost { compiled, rendered, changed: changed.map(|(address, _)| address.clone()).collect() })
    }
}

impl Cost {
    /// The pages that were rendered; they are those that changed, and no others.
    #[track_caller]
    fn exactly(&self) -> Vec<&str> {
        assert_eq!(self.rendered.keys().collect::<BTreeSet<_>>(), self.changed.iter().collect(), "{self:?}");
        self.rendered.keys().map(String::as_str).collect()
    }
}

#[test]
fn another_text_costs_its_own_page() {
    let mut seen = Seen::new();
    let cost = seen.write("content/legal/nda.md", "# NDA\n\n## Term\n\nThree years.\n").expect("a change");
    assert_eq!((cost.compiled, cost.exactly()), (1, vec!["/legal/nda/"]));
    assert_eq!(cost.rendered["/legal/nda/"], ["content"]);
}

#[test]
fn nothing_new_costs_nothing() {
    let mut seen = Seen::new();
    for (path, text) in SITE.iter().filter(|(path, _)| *path != "book.toml") {
        let cost = seen.write(path, text);
        assert!(cost.as_ref().is_none_or(|cost| cost.compiled == 0 && cost.exactly().is_empty()), "{path}: {cost:?}");
    }
    assert_eq!(seen.write("content/legal/nda.md", SITE[4].1), None);
    assert_eq!(seen.write("content/legal/.nda.md.swp", "of an editor").map(|cost| cost.rendered.len()), Some(0));
    assert_eq!(seen.write("content/legal/.nda.md.swp", "of an editor, again"), None);
}

#[test]
fn a_finding_gets_its_place_when_its_text_was_read_while_it_was_written() {
    let disk = MemoryFileSystem::new(SITE.iter().copied());
    let mut session = Session::new(disk, Drafts::Shown).with_texts(Texts::Forgotten);
    session.link().expect("a project");
    // An editor empties a file before it writes the same text again; just then another file goes away.
    let touched = |path: &str| DirtySet::Paths([SourcePath::new(path).expect("a path that does not climb")].into());
    session.disk_mut().write("content/index.md", "");
    session.disk_mut().remove("content/legal/nda.md");
    session.update(&touched("content/legal/nda.md")).expect("a project");
    session.disk_mut().write("content/index.md", SITE[1].1);
    let followed = session.update(&touched("content/index.md")).expect("a project").expect("a place is news");
    let dead = followed.linked.found.iter().find(|finding| finding.rule.code == "link/not-found").expect("a finding");
    let (start, _) = session.sources().positions(dead.span);
    assert_eq!((start.line, start.column), (3, 7));
    assert!(session.update(&touched("content/index.md")).expect("a project").is_none());
}

#[test]
fn another_title_costs_the_pages_that_show_it() {
    let mut seen = Seen::new();
    let cost = seen.write("content/legal/nda.md", "# Mutual NDA\n\n## Term\n\nTwo years.\n").expect("a change");
    assert_eq!(cost.compiled, 1);
    let rendered = cost.exactly();
    assert!(rendered.contains(&"/legal/msa/") && rendered.contains(&"/search/"), "{rendered:?}");
    assert!(cost.rendered["/legal/msa/"].contains(&"nav".to_owned()), "{:?}", cost.rendered);
}

#[test]
fn a_logo_in_the_colour_of_the_text_is_followed() {
    let mut seen = Seen::new();
    seen.write("book.toml", "[theme]\nlogo = \"content/logo.svg\"\n");
    for shape in ["<circle r=\"4\"/>", "<rect width=\"4\"/>"] {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"currentColor\">{shape}</svg>");
        seen.write("content/logo.svg", &svg).expect("a change");
        assert!(String::from_utf8_lossy(&seen.pages["/"]).contains(shape), "{shape}");
    }
}

#[test]
fn an_image_that_is_small_now_is_no_longer_too_large() {
    let mut seen = Seen::new();
    seen.write("book.toml", "[check]\n\"image/larger-than-shown\" = \"warn\"\n");
    seen.write("content/team.gif", "GIF89a@!@! and so on");
    seen.write("content/index.md", "# Home\n\n![The team](team.gif){ width=300 }\n");
    let is_reported =
        |seen: &Seen| seen.version.linked().found.iter().any(|found| found.rule.code == "image/larger-than-shown");
    assert!(is_reported(&seen));
    seen.write("content/team.gif", "no image any more").expect("a change");
    assert!(!is_reported(&seen));
}

#[test]
fn another_heading_costs_its_own_page_and_is_missed_elsewhere() {
    let mut seen = Seen::new();
    let cost = seen.write("content/legal/nda.md", "# NDA\n\n## Duration\n\nTwo years.\n").expect("a change");
    assert_eq!((cost.compiled, cost.exactly()), (1, vec!["/legal/nda/"]));
    let found: Vec<&str> = seen.version.linked().found.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(found, ["link/anchor-not-found"]);
}

#[test]
fn an_included_text_costs_the_pages_that_include_it() {
    let mut seen = Seen::new();
    let cost = seen.write("snippets/parties.txt", "Both sides, and a third.\n").expect("a change");
    assert_eq!((cost.compiled, cost.exactly()), (1, vec!["/legal/msa/"]));
}

#[test]
fn a_playbook_costs_the_pages_that_show_it() {
    let mut seen = Seen::new();
    let text = "name: Recruit\nsteps:\n  - name: Sign both\n    template: legal/nda.md\n";
    let cost = seen.write("playbooks/recruit.yaml", text).expect("a change");
    let rendered = cost.exactly();
    assert_eq!(cost.compiled, 0);
    assert!(rendered.contains(&"/playbooks/recruit/") && !rendered.contains(&"/legal/msa/"), "{rendered:?}");
}

#[test]
fn a_site_that_is_shown_before_it_is_compiled_has_the_pages_that_are_asked_for() {
    let new = || Session::new(MemoryFileSystem::new(SITE.iter().copied()), Drafts::Shown);
    let preview = partner_docs::pipeline::Preview::open(new(), 1).expect("a project").expect("large enough");
    let disk = MemoryFileSystem::new(SITE.iter().copied());
    let page = |version: &LiveSite| version.at("/legal/nda/", &disk);
    let mut whole = new();
    let whole = LiveSite::new(whole.link().expect("a project"));
    assert_eq!(page(&preview.with_page_at("/legal/nda/")), page(&whole));
}

#[test]
fn what_happens_to_a_folder_is_followed() {
    let folder = Served::start(SITE, WatchMethod::Events);
    folder.after_writing("content/legal/nda.md", "# NDA\n\n## Term\n\nOne year.\n");
    folder.after("a title, saved over", |at| write_over(&at("content/legal/nda.md"), "# Mutual NDA\n\n## Term\n"));
    folder.after_writing("content/legal/dpa.md", "# DPA\n\n[NDA](nda.md)\n");
    folder.after("a renamed folder", |at| fs::rename(at("content/legal"), at("content/contracts")).unwrap());
    folder.after_writing("content/contracts/dpa.md", "# DPA\n\nAfter the move.\n");
    folder.after_writing("snippets/parties.txt", "All sides.\n");
    folder.after_writing("playbooks/recruit.yaml", "name: Recruit them\nsteps:\n  - name: Sign\n");
    folder.after_writing("content/SUMMARY.md", "# Summary\n\n- [Home](index.md)\n");
    folder.after("a folder of templates", |at| {
        fs::create_dir_all(at("theme/templates")).unwrap();
        fs::write(at("theme/templates/page.html"), "{% extends \"default/page.html\" %}").unwrap();
    });
    folder.after_writing("book.toml", "[book]\ntitle = \"Allies\"\n[output.html]\ntheme = \"theme\"\n");
    folder.after_writing("theme/templates/page.html", "<h1>{{ page.title }}</h1>");
    folder.after("a deleted page", |at| fs::remove_file(at("content/contracts/msa.md")).unwrap());
    folder.after("a deleted folder", |at| fs::remove_dir_all(at("content/sales")).unwrap());
}
