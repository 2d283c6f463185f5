//! Folders on disk, read with all that lies in them.

#![expect(clippy::disallowed_methods, reason = "projects on disk are made for these tests")]

use tempfile::TempDir;

use super::*;

fn project(files: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    folder
}

fn listed(folder: &TempDir) -> FileSet {
    let disk = DiskFolder::new(folder.path(), None);
    disk.list(&disk.place(Some(".")).unwrap(), &WalkScope::default()).unwrap()
}

fn names(tree: &FileSet) -> Vec<&str> {
    tree.files().iter().map(SourcePath::as_str).collect()
}

#[test]
fn files_are_listed_in_order_without_what_programs_made() {
    let folder = project(&[
        "docs/b.md",
        "docs/a/c.md",
        "a.md",
        ".github/CLA.md",
        ".cache/x",
        "target/CACHEDIR.TAG",
        "target/x",
        "site/index.html",
        "notes/.partner-docs",
        "node_modules/x/readme.md",
    ]);
    fs::write(folder.path().join("site/.partner-docs"), "partner-docs site, format 1\n").unwrap();
    fs::write(folder.path().join("notes/.partner-docs"), "").unwrap();
    assert_eq!(names(&listed(&folder)), [".github/CLA.md", "a.md", "docs/a/c.md", "docs/b.md", "notes/.partner-docs"]);
    let disk = DiskFolder::new(folder.path(), None);
    let place = disk.place(None).unwrap();
    assert_eq!(disk.read(&place, &SourcePath::new("docs/b.md").unwrap()).unwrap(), b"docs/b.md");
}

#[test]
fn a_built_site_is_known_by_the_mark_that_the_writer_gives_it() {
    use crate::output::{MARKER, OutputContent, OutputFile, ProtectedPaths, SiteWriter};
    let folder = project(&["content/a.md"]);
    let (root, site) = (folder.path(), folder.path().join("site"));
    let around = ProtectedPaths { project: root, root, home: None, sources: &[], tracked: None };
    let mut writer = SiteWriter::begin(&site, &around).unwrap();
    writer.put(&[OutputFile { path: "index.html".to_owned(), content: OutputContent::Bytes(Vec::new()) }]).unwrap();
    writer.commit().unwrap();
    assert!(MADE.contains(&MARKER) && WalkScope::marks(MARKER, &fs::read(site.join(MARKER)).unwrap()));
    assert_eq!(names(&listed(&folder)), ["content/a.md"]);
}

#[test]
fn the_repository_is_the_nearest_folder_with_git_but_never_the_home() {
    let folder = project(&[".git/HEAD", "handbook/book.toml"]);
    let root = folder.path().canonicalize().unwrap();
    let handbook = folder.path().join("handbook");
    let found = |home: Option<&Path>| DiskFolder::new(&handbook, home).place(None).unwrap();
    assert_eq!(found(None).project().as_str(), "handbook");
    assert_eq!(found(Some(&root)).root(), root.join("handbook"));
    let wider = DiskFolder::new(&handbook, Some(&root));
    assert!(wider.place(Some("..")).is_ok() && wider.place(Some("../..")).is_err());
    assert!(wider.trusting(Trust::AnyRoot).place(Some("../..")).is_ok());
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_repository_only_and_never_for_ever() {
    use std::os::unix::fs::symlink;
    let folder = project(&["docs/a.md", "shared/b.md", ".git/config", ".env", ".github/CLA.md"]);
    let outside = project(&["secret.md"]);
    let docs = folder.path().join("docs");
    symlink("../shared", docs.join("shared")).unwrap();
    symlink("../docs", docs.join("ring")).unwrap();
    symlink("../shared/b.md", docs.join("b.md")).unwrap();
    symlink("../.git/config", docs.join("config.md")).unwrap();
    symlink("../.env", docs.join("env.md")).unwrap();
    symlink("../.git", docs.join("git")).unwrap();
    symlink("../.github", docs.join("hub")).unwrap();
    symlink("nowhere.md", docs.join("dangling.md")).unwrap();
    symlink(outside.path(), docs.join("out")).unwrap();
    symlink("/dev/zero", docs.join("zero.md")).unwrap();
    let tree = listed(&folder);
    assert_eq!(
        names(&tree),
        [".env", ".github/CLA.md", "docs/a.md", "docs/b.md", "docs/hub/CLA.md", "docs/shared/b.md", "shared/b.md"]
    );
    let strays: Vec<_> = tree.strays().iter().map(|stray| (stray.path.as_str(), stray.reason)).collect();
    assert_eq!(
        strays,
        [
            ("docs/config.md", StrayReason::Hidden),
            ("docs/dangling.md", StrayReason::Dangling),
            ("docs/env.md", StrayReason::Hidden),
            ("docs/git", StrayReason::Hidden),
            ("docs/out", StrayReason::Outside),
            ("docs/zero.md", StrayReason::Outside),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_an_error_where_it_would_be_published() {
    let folder = project(&["book.toml", "content/a.md"]);
    fs::write(folder.path().join("book.toml"), "[book]\nroot = \".\"").unwrap();
    for link in ["content/passwords.md", "elsewhere.md", "playbooks"] {
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join(link)).unwrap();
    }
    let mut sources = crate::source::Sources::default();
    let opened = crate::project::open(&DiskFolder::new(folder.path(), None), &mut sources).unwrap();
    let told: Vec<_> = opened.found.iter().map(|found| (found.rule.code, found.message.as_str())).collect();
    let said =
        ["passwords.md", "playbooks"].map(|link| format!("symbolic link `{link}` points outside the repository"));
    assert_eq!(told, said.each_ref().map(|said| ("source/outside-root", said.as_str())));
    assert_eq!(sources.get(opened.found[0].span.source).path().as_str(), "content/passwords.md");
}

#[test]
fn a_project_apart_from_its_repository_is_listed_beside_it() {
    let (repository, own) = (project(&["docs/a.md"]), project(&["book.toml", "SUMMARY.md"]));
    let disk = DiskFolder::new(own.path(), None);
    let place = disk.place(Some(repository.path().to_str().unwrap())).unwrap();
    let tree = disk.list(&place, &WalkScope::default()).unwrap();
    assert_eq!(names(&tree), ["@project/SUMMARY.md", "@project/book.toml", "docs/a.md"]);
    assert_eq!(disk.read(&place, &SourcePath::new("@project/SUMMARY.md").unwrap()).unwrap(), b"SUMMARY.md");
}

#[test]
fn what_is_no_folder_or_no_file_is_refused() {
    let folder = project(&["docs/a.md"]);
    let disk = DiskFolder::new(folder.path(), None);
    let place = disk.place(None).unwrap();
    assert!(disk.read(&place, &SourcePath::new("docs").unwrap()).is_err());
    assert!(disk.place(Some("nowhere")).is_err());
    assert!(DiskFolder::new(&folder.path().join("none"), None).book_toml().is_err());
}
