//! Small repositories, made for each test by git itself.
//! In: files and commits. Out: what the module says of them.
//! Never knows: repositories of anybody else.

#![expect(clippy::disallowed_methods, reason = "repositories on disk are made for these tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::*;
use crate::project::files::scope::WalkScope;
use crate::project::{DiskFolder, FileSystem as _};

/// A repository in which nothing is committed yet.
struct Made(TempDir);

impl Made {
    fn new() -> Self {
        let made = Self(TempDir::new().unwrap());
        made.git(&["init", "-q", "-b", "main"]);
        made
    }

    fn git(&self, arguments: &[&str]) {
        self.git_at(0, arguments);
    }

    /// Git at a second since 1970.
    fn git_at(&self, date: i64, arguments: &[&str]) {
        let date = format!("@{date} +0000");
        let mut git = Command::new("git");
        git.arg("-C").arg(self.0.path()).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]);
        git.env("GIT_COMMITTER_DATE", &date).env("GIT_AUTHOR_DATE", &date).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = git.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Commits all there is, at a second since 1970.
    fn commit(&self, date: i64) {
        self.git(&["add", "--all"]);
        self.git_at(date, &["commit", "-q", "-m", "x"]);
    }

    fn folder(&self) -> DiskFolder {
        DiskFolder::new(self.0.path(), None)
    }

    fn checkout(&self) -> Checkout {
        Checkout::of(&self.folder().place(None).unwrap()).unwrap()
    }

    fn snapshot(&self, commit: &str) -> CommitSnapshot {
        let checkout = self.checkout();
        checkout.snapshot(&checkout.commit(commit).unwrap(), self.folder()).unwrap()
    }
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).unwrap()
}

fn names(snapshot: &CommitSnapshot) -> Vec<String> {
    let place = snapshot.place(None).unwrap();
    snapshot.list(&place, &WalkScope::default()).unwrap().files().iter().map(ToString::to_string).collect()
}

#[test]
fn a_snapshot_is_the_project_as_it_was() {
    let made = Made::new();
    made.write("book.toml", "[book]\n").write("content/nda.md", "# NDA\n").write("content/ümläut, x.md", "u").commit(1);
    made.write("content/nda.md", "# Changed\n").write("content/new.md", "new").commit(2);
    let before = made.snapshot("HEAD~1");
    let place = before.place(None).unwrap();
    assert_eq!(names(&before), ["book.toml", "content/nda.md", "content/ümläut, x.md"]);
    assert_eq!(before.book_toml().unwrap().unwrap(), b"[book]\n");
    assert_eq!(before.read(&place, &path("content/nda.md")).unwrap(), b"# NDA\n");
    assert_eq!(before.read(&place, &path("content/ümläut, x.md")).unwrap(), b"u");
    assert!(before.read(&place, &path("content/new.md")).is_err());
}

#[test]
fn what_programs_made_is_left_out_of_a_snapshot_too() {
    let made = Made::new();
    made.write("a.md", "a").write("site/.partner-docs", "partner-docs site, format 1\n").write("site/index.html", "x");
    // A file of that name which says nothing hides nothing.
    made.write("notes/.partner-docs", "").commit(1);
    assert_eq!(names(&made.snapshot("HEAD")), ["a.md", "notes/.partner-docs"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_snapshot_lead_to_files_and_folders_of_the_repository_only() {
    let made = Made::new();
    made.write("shared/b.md", "b").write("shared.md", "no").write("docs/a.md", "a");
    for (to, link) in [("../shared", "docs/shared"), ("../shared/b.md", "docs/b.md"), ("/etc/passwd", "docs/out.md")] {
        std::os::unix::fs::symlink(to, made.0.path().join(link)).unwrap();
    }
    made.commit(1);
    let snapshot = made.snapshot("HEAD");
    let expected = ["docs/a.md", "docs/b.md", "docs/shared/b.md", "shared.md", "shared/b.md"];
    assert_eq!(names(&snapshot), expected);
    let place = snapshot.place(None).unwrap();
    assert_eq!(snapshot.read(&place, &path("docs/shared/b.md")).unwrap(), b"b");
}

#[test]
fn moved_files_are_known_committed_or_not() {
    let made = Made::new();
    let text = "A template that partners sign before anything is shared with them.\n".repeat(5);
    made.write("content/nda.md", &text).commit(1);
    made.git(&["mv", "content/nda.md", "content/agreement.md"]);
    made.commit(2);
    fs::create_dir(made.0.path().join("content/legal")).unwrap();
    made.git(&["mv", "content/agreement.md", "content/legal/nda.md"]);
    let checkout = made.checkout();
    let rename = |from: &str, to: &str| Rename { from: path(from), to: path(to) };
    let first = checkout.commit("HEAD~1").unwrap();
    assert_eq!(checkout.renames_since(&first).unwrap(), [rename("content/nda.md", "content/legal/nda.md")]);
    let all =
        [rename("content/agreement.md", "content/legal/nda.md"), rename("content/nda.md", "content/agreement.md")];
    assert_eq!(checkout.renames().unwrap(), all);
}

#[test]
fn files_have_the_date_of_the_last_commit_that_changed_them() {
    let made = Made::new();
    made.write("a.md", "a").write("b c.md", "b").commit(1_000);
    made.write("a.md", "changed").commit(2_000);
    made.write("untracked.md", "u");
    let dates = made.checkout().last_changes().unwrap();
    assert_eq!(dates.into_iter().collect::<Vec<_>>(), [(path("a.md"), 2_000), (path("b c.md"), 1_000)]);
}

#[test]
fn what_a_shallow_clone_does_not_know_it_does_not_say() {
    let made = Made::new();
    made.write("a.md", "a").write("b.md", "b").commit(1_000);
    made.write("a.md", "changed").commit(2_000);
    made.write("c.md", "c").commit(3_000);
    let clone = TempDir::new().unwrap();
    let from = format!("file://{}", made.0.path().display());
    made.git(&["clone", "-q", "--depth", "2", &from, &clone.path().join("c").display().to_string()]);
    let checkout = Checkout::of(&DiskFolder::new(&clone.path().join("c"), None).place(None).unwrap()).unwrap();
    assert_eq!(checkout.last_changes().unwrap().into_iter().collect::<Vec<_>>(), [(path("c.md"), 3_000)]);
    let error = checkout.commit("HEAD~2").unwrap_err();
    assert_eq!(error.to_string(), "unknown git commit `HEAD~2`; this clone is shallow: fetch the commit first");
}

#[test]
fn a_name_is_never_an_option_and_a_folder_need_not_be_a_repository() {
    let made = Made::new();
    assert!(made.checkout().last_changes().unwrap().is_empty());
    assert!(made.checkout().renames().unwrap().is_empty());
    made.write("a.md", "a").commit(1);
    let error = made.checkout().commit("--help").unwrap_err();
    assert_eq!(error.to_string(), "unknown git commit `--help`");
    let bare = TempDir::new().unwrap();
    let place = ProjectRoots::new(bare.path().to_path_buf(), bare.path().to_path_buf());
    assert!(matches!(Checkout::of(&place), Err(GitError::NoCheckout(folder)) if folder == Path::new(bare.path())));
}

#[test]
fn a_project_in_a_folder_of_its_repository_sees_the_whole_of_it() {
    let made = Made::new();
    made.write("handbook/book.toml", "[book]\n").write("docs/a.md", "a").commit(1);
    let folder = DiskFolder::new(&made.0.path().join("handbook"), None);
    let checkout = Checkout::of(&folder.place(None).unwrap()).unwrap();
    let snapshot = checkout.snapshot(&checkout.commit("main").unwrap(), folder).unwrap();
    assert_eq!(snapshot.book_toml().unwrap().unwrap(), b"[book]\n");
    assert_eq!(names(&snapshot), ["docs/a.md", "handbook/book.toml"]);
}

#[test]
fn changed_lines_are_those_of_the_branch_alone() {
    let made = Made::new();
    made.write("a b.md", "1\n2\n3\n4\n").write("old.md", "x\n").commit(1);
    made.git(&["checkout", "-q", "-b", "change"]);
    made.write("a b.md", "1\n++ b/fake.md\n3\n4\nfive\nsix\n").write("new.md", "one\ntwo\n");
    made.git(&["rm", "-q", "old.md"]);
    made.commit(2);
    made.git(&["checkout", "-q", "main"]);
    // What the other branch did meanwhile is not this branch's doing.
    made.write("a b.md", "zero\n1\n2\n3\n4\n").commit(3);
    made.git(&["checkout", "-q", "change"]);
    let checkout = made.checkout();
    let changed = checkout.changed_lines(&checkout.commit("main").unwrap()).unwrap();
    let expected = [(path("a b.md"), vec![2..=2, 5..=6]), (path("new.md"), vec![1..=2])];
    assert_eq!(changed, expected.into());
}
