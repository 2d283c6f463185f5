//! What builds: a project in which a check finds no error is written, to any disk.
//! In: random small projects with awkward names of files, folders, tags and redirects. Out: a counter-example, as short
//! as it can be.
//! Never knows: how addresses are given, or what keeps one from being served.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use partner_docs::diagnostic::Severity;
use partner_docs::output::{OutputContent, OutputFile, ProtectedPaths, SiteWriter};
use partner_docs::pipeline::{BuiltSite, Drafts, Session};
use partner_docs::project::MemoryFileSystem;
use partner_docs::source::folded;
use proptest::prelude::*;
use proptest::sample::select;
use support::site::with_copies;

/// Names that meet: in letter case, in accents, as a file and a folder, with what every site has; and those that no
/// disk holds, or that mean something in addresses.
fn names() -> Vec<String> {
    let plain = [
        "a",
        "A",
        "b",
        "caf\u{e9}",
        "cafe\u{301}",
        "index",
        "README",
        "404",
        "search",
        "tags",
        "print",
        "assets",
        "c",
        "playbooks",
        "manifest.json",
        "sitemap.xml",
        "CNAME",
        ".nojekyll",
        "index.html",
        "favicon.svg",
        "c#",
        "a b",
        "50%",
        "a?b",
        "a\\b",
        "site",
        "LICENSE",
    ];
    let long = ["l".repeat(255), "m".repeat(256), "n".repeat(245)];
    plain.into_iter().map(str::to_owned).chain(long).collect()
}

const TAGS: [&str; 10] = ["c", "C++", "\"C#\"", "R&D", "RD", "index", "caf\u{e9}", "cafe\u{301}", "\"?\"", "LONG"];

/// One to three names, one below the other, with an ending.
fn path() -> impl Strategy<Value = String> {
    let ending = select(vec![".md", ".md", ".md", "", ".html", ".txt", ".svg"]);
    (proptest::collection::vec(select(names()), 1..4), ending).prop_map(|(names, ending)| names.join("/") + ending)
}

/// An address that somebody wants to lead on from.
fn old() -> impl Strategy<Value = String> {
    let ending = select(vec!["", "/", ".html", "/index.html"]);
    (proptest::collection::vec(select(names()), 1..4), ending).prop_map(|(names, ending)| {
        let address = format!("/{}{ending}", names.join("/"));
        address.replace('%', "%25").replace('#', "%23").replace('?', "%3F").replace('\\', "%5C")
    })
}

#[derive(Clone, Debug)]
struct Project {
    paths: BTreeSet<String>,
    playbooks: BTreeSet<String>,
    tags: Vec<&'static str>,
    olds: BTreeSet<String>,
    in_files: bool,
}

fn project() -> impl Strategy<Value = Project> {
    (
        proptest::collection::btree_set(path(), 0..7),
        proptest::collection::btree_set(select(names()), 0..3),
        proptest::collection::vec(select(&TAGS[..]), 0..4),
        proptest::collection::btree_set(old(), 0..4),
        any::<bool>(),
    )
        .prop_map(|(paths, playbooks, tags, olds, in_files)| Project { paths, playbooks, tags, olds, in_files })
}

impl Project {
    /// Its files. A disk holds no file below a file.
    fn files(&self) -> BTreeMap<String, String> {
        let style = if self.in_files { "file" } else { "directory" };
        let redirects: String = self.olds.iter().map(|old| format!("\"{old}\" = \"/\"\n")).collect();
        let settings = format!(
            "[output.html]\nurl-style = \"{style}\"\nsite-url = \"https://acme.example/\"\ncname = \"acme.example\"\n\
             [output.html.redirect]\n{redirects}"
        );
        let tags = self.tags.join(", ").replace("LONG", &"t".repeat(300));
        let home = format!("---\ntags: [{tags}]\n---\n# Home\n\n[A](a.md)\n");
        let mut files = BTreeMap::from([("book.toml".to_owned(), settings), ("content/index.md".to_owned(), home)]);
        let playbooks = self.playbooks.iter().map(|name| {
            (format!("playbooks/{name}.yaml"), format!("name: Do {}\nsteps:\n  - name: One\n", name.len()))
        });
        let others = self.paths.iter().map(|path| (format!("content/{path}"), format!("# {}\n", path.len())));
        for (path, text) in playbooks.chain(others) {
            let meets =
                |other: &String| other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"));
            if !files.keys().any(meets) {
                files.entry(path).or_insert(text);
            }
        }
        files
    }
}

/// Writes a site in spite of all errors, and says which files it has.
fn written(linked: &BuiltSite, session: &Session<MemoryFileSystem>) -> Result<Vec<String>, String> {
    let published = with_copies(session.publish(linked), linked, session.disk());
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (project, out) = (folder.path().join("project"), folder.path().join("out"));
    let around = ProtectedPaths { project: &project, root: &project, home: None, sources: &[], tracked: None };
    let files: Vec<OutputFile> = published
        .into_iter()
        .map(|file| OutputFile { path: file.path, content: OutputContent::Bytes(file.bytes) })
        .collect();
    let mut writer = SiteWriter::begin(&out, &around).map_err(|error| error.to_string())?;
    writer.put(&files).and_then(|()| writer.commit()).map_err(|error| error.to_string())?;
    Ok(files.into_iter().map(|file| file.path).collect())
}

/// Two files that some disk cannot hold beside each other.
fn meeting(files: &[String]) -> Option<(&String, &String)> {
    let mut known: BTreeMap<String, &String> = BTreeMap::new();
    for file in files {
        if let Some(other) = known.insert(folded(file), file) {
            return Some((other, file));
        }
    }
    files.iter().find_map(|file| {
        let key = folded(file);
        let above = key.match_indices('/').find_map(|(at, _)| known.get(&key[..at]));
        above.map(|other| (*other, file))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_project_that_checks_clean_builds_and_any_other_is_found_in_its_place(project in project()) {
        let files = project.files();
        let mut session = Session::new(MemoryFileSystem::new(files.clone()), Drafts::Hidden);
        let linked = session.link().expect("a project");
        let errors: Vec<_> = linked.found.iter().filter(|finding| finding.severity == Severity::Error).collect();
        for finding in errors.iter().filter(|finding| finding.rule.code == "url/duplicate") {
            let place = session.sources().get(finding.span.source).path().as_str();
            prop_assert!(files.contains_key(place), "{}: {}", place, finding.message);
            prop_assert!(finding.help.is_some(), "{}", finding.message);
        }
        // What is refused is refused by a finding: without what it names, there is a site.
        let written = match written(&linked, &session) {
            Ok(written) => written,
            Err(error) => return Err(TestCaseError::fail(format!("{error}\n{files:?}\n{errors:?}"))),
        };
        if errors.iter().all(|finding| finding.rule.code != "url/duplicate") {
            // Of redirects, either leads on: some of them are there for other letter case.
            let is_old = |file: &&String| linked.site.redirects.iter().any(|old| old.address.output_file() == **file);
            let met = meeting(&written).filter(|(one, other)| !(is_old(one) && is_old(other)));
            prop_assert_eq!(met, None);
            for (_, page) in linked.site.pages() {
                prop_assert!(written.contains(&page.address.output_file()), "{}", page.address);
            }
            for asset in linked.site.assets.iter() {
                prop_assert!(written.contains(&asset.address.output_file()), "{}", asset.address);
            }
            for redirect in linked.site.redirects.iter() {
                prop_assert!(written.contains(&redirect.address.output_file()), "{}", redirect.address);
            }
        }
    }
}
