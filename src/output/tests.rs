//! Sites written over each other in small folders on disk.
#![expect(clippy::disallowed_methods, reason = "folders on disk are made and read for these tests")]

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;

struct Project {
    folder: TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(project.path("content")).unwrap();
        fs::write(project.path("content/index.md"), "# Welcome").unwrap();
        project
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn begin(&self, output: &str) -> Result<SiteWriter, OutputError> {
        let sources = [self.path("content")];
        let (project, home) = (self.folder.path(), self.path("home"));
        let around = ProtectedPaths { project, root: project, home: Some(&home), sources: &sources, tracked: None };
        SiteWriter::begin(&self.path(output), &around)
    }

    fn build(&self, files: &[(&str, &str)]) -> WriteSummary {
        let mut writer = self.begin("book").unwrap();
        writer.put(&files.iter().map(|(path, text)| file(path, text)).collect::<Vec<_>>()).unwrap();
        writer.commit().unwrap()
    }

    /// Paths and texts of all files below, with the marker left out. Links are shown as what they lead to.
    fn built(&self) -> BTreeMap<String, String> {
        let book = self.path("book");
        let entries = walkdir::WalkDir::new(&book).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| !entry.file_type().is_dir() && entry.file_name() != MARKER);
        let below = |path: &Path| path.strip_prefix(&book).unwrap().to_str().unwrap().to_owned();
        files.map(|file| (below(file.path()), fs::read_to_string(file.path()).unwrap())).collect()
    }

    fn write(&self, below: &str, text: &str) {
        fs::create_dir_all(self.path(below).parent().unwrap()).unwrap();
        fs::write(self.path(below), text).unwrap();
    }

    /// What stands in the way of a build.
    fn in_the_way(&self, files: &[(&str, &str)]) -> Vec<String> {
        let mut writer = self.begin("book").unwrap();
        let files: Vec<OutputFile> = files.iter().map(|(path, text)| file(path, text)).collect();
        match writer.put(&files).and_then(|()| writer.commit()) {
            Err(OutputError::InTheWay { files, .. }) => files,
            other => panic!("{other:?}"),
        }
    }

    /// What is in the project's folder, by name.
    fn entries(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn file(path: &str, text: &str) -> OutputFile {
    OutputFile { path: path.to_owned(), content: OutputContent::Bytes(text.into()) }
}

fn site(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn counts(written: usize, unchanged: usize, removed: usize) -> WriteSummary {
    WriteSummary { written, unchanged, removed, unknown: 0 }
}

#[cfg(unix)]
fn inode(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).unwrap().ino()
}

#[test]
fn the_folder_holds_exactly_the_last_site() {
    let project = Project::new();
    assert_eq!(project.build(&[("index.html", "a"), ("old/page/index.html", "b")]), counts(2, 0, 0));
    assert_eq!(project.build(&[("index.html", "a"), ("new/index.html", "c")]), counts(1, 1, 1));
    assert_eq!(project.built(), site(&[("index.html", "a"), ("new/index.html", "c")]));
    assert!(!project.path("book/old").exists());
    assert_eq!(project.entries(), ["book", "content"]);
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_inode_and_time_and_an_unchanged_site_keeps_its_folder() {
    let project = Project::new();
    project.build(&[("index.html", "a"), ("b/index.html", "b")]);
    let (folder, page) = (project.path("book"), project.path("book/index.html"));
    let (folder_before, page_before) = (inode(&folder), inode(&page));
    let time = fs::metadata(&page).unwrap().modified().unwrap();

    assert_eq!(project.build(&[("index.html", "a"), ("b/index.html", "b")]), counts(0, 2, 0));
    assert_eq!(inode(&folder), folder_before);

    assert_eq!(project.build(&[("b/index.html", "c"), ("index.html", "a")]), counts(1, 1, 0));
    assert_eq!(inode(&page), page_before);
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), time);
}

#[test]
fn a_build_that_fails_or_is_given_up_leaves_the_old_site() {
    let project = Project::new();
    project.build(&[("index.html", "a"), ("b.html", "b")]);
    let before = project.built();
    let bad = [
        vec![file("index.html", "new"), file("../escape", "x")],
        vec![file("c.html", "new"), file("c.html", "twice")],
        vec![file("c", "a file"), file("c/index.html", "in a file")],
        vec![file("d", "x"), OutputFile { path: "e".into(), content: OutputContent::CopyOf(project.path("nowhere")) }],
    ];
    for files in bad {
        let mut writer = project.begin("book").unwrap();
        assert!(writer.put(&files).is_err(), "{files:?}");
    }
    let mut given_up = project.begin("book").unwrap();
    given_up.put(&[file("index.html", "new")]).unwrap();
    drop(given_up);
    assert_eq!(project.built(), before);
    assert_eq!(project.entries(), ["book", "content"]);
}

#[test]
fn a_project_in_a_folder_that_is_mounted_as_a_whole_still_has_a_place_for_its_site() {
    let docs = Project::new();
    fs::create_dir(docs.path("site")).unwrap();
    let project = docs.path("site");
    let mounted = [docs.folder.path().to_path_buf()];
    let around = ProtectedPaths {
        project: &project,
        root: docs.folder.path().parent().unwrap(),
        home: None,
        sources: &mounted,
        tracked: None,
    };
    assert!(SiteWriter::begin(&docs.path("site/book"), &around).is_ok());
    let beside = SiteWriter::begin(&docs.path("public"), &around).map(|_| ());
    let Err(OutputError::Refused { reason, .. }) = beside else { panic!("{beside:?}") };
    assert_eq!(reason, OutputRefusal::InSource(docs.folder.path().to_path_buf()));
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let project = Project::new();
    fs::create_dir_all(project.path("home/kim")).unwrap();
    fs::create_dir(project.path("precious")).unwrap();
    fs::write(project.path("precious/thesis.txt"), "years").unwrap();
    fs::write(project.path("file"), "").unwrap();
    let refused = |output: &str| match project.begin(output).map(|_| ()) {
        Err(OutputError::Refused { reason, .. }) => reason,
        other => panic!("{output}: {other:?}"),
    };
    assert_eq!(refused("."), OutputRefusal::HoldsProject);
    assert_eq!(refused(".."), OutputRefusal::HoldsProject);
    assert_eq!(refused("content/../../"), OutputRefusal::HoldsProject);
    assert_eq!(refused("home"), OutputRefusal::HoldsHome);
    assert_eq!(refused("content"), OutputRefusal::HoldsSource(project.path("content")));
    assert_eq!(refused("content/site"), OutputRefusal::InSource(project.path("content")));
    assert_eq!(refused("file"), OutputRefusal::IsFile);
    assert_eq!(refused("precious"), OutputRefusal::NotOurs);
    assert_eq!(fs::read_to_string(project.path("precious/thesis.txt")).unwrap(), "years");
    assert!(project.begin("public/docs").is_ok());
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let project = Project::new();
    symlink(project.path("content"), project.path("link")).unwrap();
    assert!(matches!(project.begin("link"), Err(OutputError::Refused { reason: OutputRefusal::HoldsSource(_), .. })));

    project.build(&[("index.html", "a"), ("docs/index.html", "b")]);
    symlink(project.path("content"), project.path("book/content")).unwrap();
    symlink(project.path("content/index.md"), project.path("book/x.html")).unwrap();
    assert_eq!(project.in_the_way(&[("index.html", "a"), ("x.html", "# Welcome")]), ["x.html"]);
    assert_eq!(project.in_the_way(&[("index.html", "a"), ("content/index.md", "mine")]), ["content"]);
    // A folder of a former build that is a link now: nothing behind it was ever written by a build.
    fs::create_dir(project.path("elsewhere")).unwrap();
    fs::rename(project.path("book/docs/index.html"), project.path("elsewhere/index.html")).unwrap();
    fs::remove_dir(project.path("book/docs")).unwrap();
    symlink(project.path("elsewhere"), project.path("book/docs")).unwrap();
    assert_eq!(project.build(&[("index.html", "new")]), counts(1, 0, 0));
    assert!(project.path("book/content").is_symlink() && project.path("book/x.html").is_symlink());
    assert_eq!(fs::read_to_string(project.path("elsewhere/index.html")).unwrap(), "b");
    assert_eq!(fs::read_to_string(project.path("content/index.md")).unwrap(), "# Welcome");
}

#[test]
fn what_no_build_wrote_stays() {
    let project = Project::new();
    fs::create_dir(project.path("book")).unwrap();
    project.write("book/.git", "gitdir: ../.git/worktrees/book");
    project.build(&[("index.html", "a"), ("old/index.html", "b"), ("old/map.svg", "c")]);
    project.write("book/README.md", "by hand");
    project.write("book/old/notes.txt", "by hand");
    project.write("book/empty/x/.keep", "");
    assert_eq!(project.build(&[("index.html", "new"), ("empty/index.html", "d")]), counts(2, 0, 2));
    let expected = [
        (".git", "gitdir: ../.git/worktrees/book"),
        ("README.md", "by hand"),
        ("empty/index.html", "d"),
        ("empty/x/.keep", ""),
        ("index.html", "new"),
        ("old/notes.txt", "by hand"),
    ];
    assert_eq!(project.built(), site(&expected));
    assert_eq!(project.build(&[("index.html", "new"), ("empty/index.html", "d")]), counts(0, 2, 0));
    // Once nothing of others is left, the tree is exchanged as a whole again.
    for path in [".git", "README.md", "old/notes.txt", "empty/x/.keep"] {
        fs::remove_file(project.path("book").join(path)).unwrap();
    }
    fs::remove_dir(project.path("book/old")).unwrap();
    fs::remove_dir(project.path("book/empty/x")).unwrap();
    assert_eq!(project.build(&[("index.html", "newer")]), counts(1, 0, 1));
    assert_eq!(project.built(), site(&[("index.html", "newer")]));
    assert_eq!(project.entries(), ["book", "content"]);
}

#[test]
fn files_of_others_are_not_written_over() {
    let project = Project::new();
    project.build(&[("index.html", "a")]);
    project.write("book/CNAME", "docs.example.test");
    project.write("book/guide/notes.txt", "by hand");
    project.write("book/prices", "by hand");
    let before = project.built();
    let wanted = [
        ("CNAME", "other.example.test"),
        ("guide", "a file where a folder is"),
        ("index.html", "b"),
        ("prices/index.html", "below a file"),
    ];
    assert_eq!(project.in_the_way(&wanted), ["CNAME", "guide", "prices"]);
    assert_eq!(project.built(), before);
    // The very same bytes are no loss, and stay when the site has no such file any more.
    let same = [("CNAME", "docs.example.test"), ("guide/index.html", "in a folder of others"), ("index.html", "a")];
    assert_eq!(project.build(&same), counts(1, 2, 0));
    assert_eq!(project.build(&[("index.html", "a")]), counts(0, 1, 1));
    assert_eq!(project.built(), before);
}

#[test]
fn files_and_folders_take_each_others_places() {
    let project = Project::new();
    project.write("book/.keep", "so that the folder is not exchanged");
    project.build(&[("a", "file"), ("b/c/index.html", "folder"), ("b/d.html", "folder")]);
    project.build(&[("a/index.html", "folder"), ("b", "file")]);
    let built = project.built();
    assert_eq!((built["a/index.html"].as_str(), built["b"].as_str(), built.len()), ("folder", "file", 3));
}

#[test]
fn only_a_list_of_ours_opens_a_folder_that_holds_something() {
    let project = Project::new();
    for forged in ["", "index.html\n", "partner-docs site\n../content/index.md\n"] {
        project.write("book/.partner-docs", forged);
        project.write("book/main.txt", "years of work");
        let Err(OutputError::Refused { reason, .. }) = project.begin("book").map(|_| ()) else { panic!("{forged}") };
        assert_eq!(reason, OutputRefusal::NotOurs);
    }
    project.write("book/.partner-docs", "partner-docs site, format 99\n");
    assert!(matches!(project.begin("book"), Err(OutputError::Refused { reason: OutputRefusal::Newer, .. })));
}

#[test]
fn a_site_from_before_there_were_lists_is_taken_over_and_nothing_is_guessed_of_it() {
    let project = Project::new();
    let earlier = "Written by partner-docs. Every build replaces this folder and all that is in it.\n";
    project.write("book/.partner-docs", earlier);
    for path in ["index.html", "same.html", "old.html", ".git/HEAD", ".well-known/x"] {
        project.write(&format!("book/{path}"), "before");
    }
    let first = project.build(&[("index.html", "new"), ("same.html", "before"), (".well-known/x", "new")]);
    assert_eq!(first, WriteSummary { unknown: 1, ..counts(2, 1, 0) });
    assert_eq!(project.build(&[("index.html", "newer"), ("same.html", "before")]), counts(1, 1, 1));
    let expected = [(".git/HEAD", "before"), ("index.html", "newer"), ("old.html", "before"), ("same.html", "before")];
    assert_eq!(project.built(), site(&expected));
}

/// A kill between any two steps leaves a folder that the next build brings in order: the list names both sites.
#[test]
fn a_mix_that_a_kill_left_is_repaired() {
    let project = Project::new();
    project.write("book/.keep", "");
    project.build(&[("index.html", "a"), ("old.html", "b")]);
    let both = ["index.html", "new.html", "old.html"].map(str::to_owned);
    project.write("book/.partner-docs", &marker::text(&both));
    project.write("book/new.html", "half");
    assert_eq!(project.build(&[("index.html", "a"), ("new.html", "whole")]), counts(1, 1, 1));
    assert_eq!(project.built(), site(&[(".keep", ""), ("index.html", "a"), ("new.html", "whole")]));
    assert_eq!(project.build(&[("index.html", "a"), ("new.html", "whole")]), counts(0, 2, 0));
}

#[test]
fn files_that_git_keeps_with_the_project_are_refused() {
    let project = Project::new();
    project.build(&[("index.html", "a")]);
    let folder = project.folder.path();
    let around =
        ProtectedPaths { project: folder, root: folder, home: None, sources: &[], tracked: Some("book/index.html") };
    let Err(OutputError::Refused { reason, .. }) = SiteWriter::begin(&project.path("book"), &around).map(|_| ()) else {
        panic!("it may be written")
    };
    assert_eq!(reason, OutputRefusal::Tracked("book/index.html".to_owned()));
}

#[test]
fn what_a_killed_build_left_is_cleaned_up_and_its_old_site_comes_back() {
    let project = Project::new();
    project.build(&[("index.html", "a")]);
    fs::create_dir(project.path(".book.partner-docs-new-1")).unwrap();
    project.write(".book.partner-docs-new-2/.partner-docs", &marker::text(&[]));
    project.write(".book.partner-docs-new-2/index.html", "half");
    project.write("book/.partner-docs-new-3/.partner-docs", &marker::text(&[]));
    fs::rename(project.path("book"), project.path(".book.partner-docs-old-1")).unwrap();
    let writer = project.begin("book").unwrap();
    assert_eq!(project.built(), site(&[("index.html", "a")]));
    drop(writer);
    assert_eq!(project.entries(), ["book", "content"]);
}

#[test]
fn assets_are_copied_byte_for_byte() {
    let project = Project::new();
    let big: String = "partner ".repeat(10_000);
    fs::write(project.path("content/map.svg"), &big).unwrap();
    let build = || {
        let mut writer = project.begin("book").unwrap();
        let content = OutputContent::CopyOf(project.path("content/map.svg"));
        writer.put(&[OutputFile { path: "img/map.svg".into(), content }]).unwrap();
        writer.commit().unwrap()
    };
    assert_eq!((build(), build()), (counts(1, 0, 0), counts(0, 1, 0)));
    assert_eq!(project.built()["img/map.svg"], big);
    fs::write(project.path("content/map.svg"), big.replace("r p", "r P")).unwrap();
    assert_eq!(build(), counts(1, 0, 0));
}

/// Each site is of one kind only, so a mixture would show.
#[test]
fn builds_at_the_same_time_leave_one_of_their_sites() {
    let project = Project::new();
    let pages: Vec<String> = (0..40).map(|n| format!("page-{n}/index.html")).collect();
    std::thread::scope(|scope| {
        for kind in ["a", "b", "c"] {
            let (project, pages) = (&project, &pages);
            scope.spawn(move || {
                for _ in 0..5 {
                    let files: Vec<_> = pages.iter().map(|page| (page.as_str(), kind)).collect();
                    project.build(&files);
                }
            });
        }
    });
    let built = project.built();
    assert_eq!(built.len(), pages.len());
    assert!(built.values().all(|text| text == &built["page-0/index.html"]));
    assert_eq!(project.entries(), ["book", "content"]);
}
