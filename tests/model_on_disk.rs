//! The site that is served follows a real folder: whatever is done to files and folders, and however fast.
//! In: series of changes to a small project on disk, made up or known to be hard. Out: the shortest one after which what
//! is served never becomes what a clean build would serve.
//! Never knows: how changes are noticed. Like the model in memory, this test is never weakened.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "this test is the author who works in the folder")]

mod support;

use std::fs;
use std::path::Path;

use partner_docs::serve::watch::WatchMethod;
use proptest::prelude::*;
use support::git;
use support::served::{Served, write, write_over};

const SITE: &[(&str, &str)] = &[
    ("book.toml", BOOK),
    ("content/index.md", "# Home\n\n[NDA](team/nda.md#term), [notes](team/deep/notes.md)\n"),
    ("content/team/nda.md", "# NDA\n\n## Term\n\n{{#include ../../snippets/term.txt}}\n"),
    ("content/team/deep/notes.md", "# Notes\n\nFirst.\n"),
    ("content/legal/deep/msa.md", "# MSA\n\n[up](../../index.md)\n"),
    ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n    template: team/nda.md\n"),
    ("notes/deep/one.md", "# One\n"),
    ("snippets/term.txt", "Two years.\n"),
    ("theme/templates/page.html", "{% extends \"default/page.html\" %}\n"),
];

/// A playbook's folder, a theme, and a mount from outside of the content.
const BOOK: &str = "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n[output.html]\ntheme = \"theme\"\n\
    [[mount]]\nfrom = \"notes/**/*.md\"\nto = \"notes/**/*.md\"\n";

/// Everything that is moved as a whole, with a file far inside. The last holds the project itself.
const FOLDERS: [(&str, &str); 7] = [
    ("content/team", "content/team/deep/notes.md"),
    ("content/team/deep", "content/team/deep/notes.md"),
    ("content/legal", "content/legal/deep/msa.md"),
    ("content", "content/team/nda.md"),
    ("playbooks", "playbooks/recruit.yaml"),
    ("notes", "notes/deep/one.md"),
    ("snippets", "snippets/term.txt"),
];

/// Something that is done to a folder and leaves it where it was, or another in its place.
#[derive(Copy, Clone, Debug)]
enum Move {
    /// Out of the project, and back.
    AwayAndBack,
    /// To another name, and back.
    AsideAndBack,
    /// A copy is made beside the project and takes its place, which is cleared first.
    Replaced,
    /// The same, but the old one is moved away first, and stays there.
    Exchanged,
    /// Deleted, and written anew.
    Rewritten,
    /// Two folders change places, and again.
    SwappedTwice,
}

const MOVES: [Move; 6] =
    [Move::AwayAndBack, Move::AsideAndBack, Move::Replaced, Move::Exchanged, Move::Rewritten, Move::SwappedTwice];

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

impl Move {
    fn make(self, folder: &Path, beside: &Path) {
        let (old, next) = (beside.join("old"), beside.join("next"));
        let aside = folder.with_extension("aside");
        let _ = fs::remove_dir_all(&old);
        let there_and_back = |there: &Path| {
            fs::rename(folder, there).unwrap();
            fs::rename(there, folder).unwrap();
        };
        match self {
            Self::AwayAndBack => there_and_back(&old),
            Self::AsideAndBack => there_and_back(&aside),
            Self::Replaced => {
                copy(folder, &next);
                fs::remove_dir_all(folder).unwrap();
                fs::rename(&next, folder).unwrap();
            }
            Self::Exchanged => {
                copy(folder, &next);
                fs::rename(folder, &old).unwrap();
                fs::rename(&next, folder).unwrap();
            }
            Self::Rewritten => {
                copy(folder, &next);
                fs::remove_dir_all(folder).unwrap();
                copy(&next, folder);
                fs::remove_dir_all(&next).unwrap();
            }
            Self::SwappedTwice => {
                copy(folder, &aside);
                for _ in 0..2 {
                    fs::rename(folder, &next).unwrap();
                    fs::rename(&aside, folder).unwrap();
                    fs::rename(&next, &aside).unwrap();
                }
                fs::remove_dir_all(&aside).unwrap();
            }
        }
    }
}

/// What a file says, by a number.
fn text(path: &str, number: usize) -> String {
    match path.rsplit('.').next() {
        Some("yaml") => format!("name: Recruit {number}\nsteps:\n  - name: Sign\n"),
        Some("md") if number.is_multiple_of(3) => format!("# Page\n\n[gone](gone-{number}.md)\n"),
        _ => format!("# Page {number}\n\n## Term\n"),
    }
}

/// Each folder in each way, with an edit far inside after it.
fn each_folder_in_each_way(method: WatchMethod) {
    let served = Served::start(SITE, method);
    for (number, (folder, file)) in FOLDERS.into_iter().enumerate() {
        for way in MOVES {
            way.make(&served.at(folder), &served.at("../"));
            // At once, and again when all has settled.
            served.after(&format!("{folder} {way:?}"), |at| write(&at(file), &text(file, 3 * number + 1)));
            served.after_writing(file, &text(file, 3 * number + 2));
        }
    }
}

#[test]
fn folders_that_were_moved_are_followed_on() {
    each_folder_in_each_way(WatchMethod::Events);
}

#[test]
fn folders_that_were_moved_are_followed_on_where_no_events_tell() {
    each_folder_in_each_way(WatchMethod::Polling);
}

#[test]
fn the_project_itself_may_go_and_come_back() {
    for way in [Move::AwayAndBack, Move::Replaced, Move::Exchanged, Move::Rewritten] {
        let served = Served::start(SITE, WatchMethod::Events);
        served.settles("nothing");
        way.make(&served.at(""), &served.at("../"));
        served.after_writing("content/team/deep/notes.md", "# Notes\n\nWritten after the project came back.\n");
        served.after_writing("content/team/deep/notes.md", "# Notes\n\nAnd again.\n");
    }
}

#[test]
fn two_saves_of_the_same_length_follow_each_other_where_no_events_tell() {
    let served = Served::start(SITE, WatchMethod::Polling);
    for number in 10..16 {
        served.after_writing("content/team/nda.md", &format!("# NDA\n\n## Term\n\nSave {number}.\n"));
    }
}

#[test]
fn folders_that_only_the_settings_name_are_watched_as_all_others() {
    let served = Served::start(SITE, WatchMethod::Events);
    served.after_writing("node_modules/kit/docs/one.md", "# Kit\n");
    let mount = "[[mount]]\nfrom = \"node_modules/kit/docs/*.md\"\nto = \"kit/\"\n";
    served.after_writing("book.toml", &format!("{BOOK}{mount}"));
    served.after_writing("node_modules/kit/docs/one.md", "# Kit\n\nEdited.\n");
    Move::Exchanged.make(&served.at("node_modules/kit"), &served.at("../"));
    served.after_writing("node_modules/kit/docs/one.md", "# Kit\n\nEdited again.\n");
}

#[test]
#[cfg(unix)]
fn folders_behind_links_are_followed() {
    let served = Served::start(SITE, WatchMethod::Events);
    served.after("a link", |at| std::os::unix::fs::symlink("../notes/deep", at("content/linked")).unwrap());
    served.after_writing("notes/deep/one.md", "# One\n\nSeen through a link.\n");
    served.after("a link to elsewhere", |at| {
        fs::remove_file(at("content/linked")).unwrap();
        std::os::unix::fs::symlink("../content/legal/deep", at("content/linked")).unwrap();
    });
    Move::Exchanged.make(&served.at("content/legal"), &served.at("../"));
    served.after_writing("content/legal/deep/msa.md", "# MSA\n\nSeen through the link.\n");
}

/// A step of an author, or of a program that works for one.
#[derive(Clone, Debug)]
enum Step {
    Write(usize, usize),
    WriteOver(usize, usize),
    Remove(usize),
    RemoveFolder(usize),
    Move(usize, usize),
    Rename(usize, usize),
    /// To the other branch, whatever was edited.
    Checkout(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let (file, folder, number) = (0..SITE.len() - 2, 0..FOLDERS.len(), any::<usize>());
    prop_oneof![
        4 => (file.clone(), number).prop_map(|(file, number)| Step::Write(file, number % 1000)),
        2 => (file.clone(), number).prop_map(|(file, number)| Step::WriteOver(file, number % 1000)),
        1 => file.prop_map(Step::Remove),
        1 => folder.clone().prop_map(Step::RemoveFolder),
        4 => (folder.clone(), 0..MOVES.len()).prop_map(|(folder, way)| Step::Move(folder, way)),
        2 => (folder.clone(), folder).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => (0..2_usize).prop_map(Step::Checkout),
    ]
}

impl Step {
    /// What cannot be done because of what was done before is left.
    fn take(&self, served: &Served) {
        let file = |number: usize| SITE[number + 1].0;
        let folder = |number: usize| served.at(FOLDERS[number].0);
        match self {
            Self::Write(at, number) => write(&served.at(file(*at)), &text(file(*at), *number)),
            Self::WriteOver(at, number) => write_over(&served.at(file(*at)), &text(file(*at), *number)),
            Self::Remove(at) => drop(fs::remove_file(served.at(file(*at)))),
            Self::RemoveFolder(at) => drop(fs::remove_dir_all(folder(*at))),
            Self::Move(at, way) if folder(*at).is_dir() => MOVES[*way].make(&folder(*at), &served.at("../")),
            Self::Rename(from, to) if folder(*from).is_dir() => {
                let away = served.at("../renamed");
                fs::rename(folder(*from), &away).unwrap();
                let _ = fs::remove_dir_all(folder(*to));
                fs::create_dir_all(folder(*to).parent().unwrap()).unwrap();
                fs::rename(away, folder(*to)).unwrap();
            }
            Self::Checkout(branch) => {
                git::run(&served.at(""), &["checkout", "-q", "-f", ["main", "other"][*branch]]);
            }
            Self::Move(..) | Self::Rename(..) => {}
        }
        // A project without content is none.
        write(&served.at("content/index.md"), SITE[1].1);
    }
}

/// A repository with two branches that differ in files and folders.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    git::run(&site, &["init", "-q", "-b", "main"]);
    let commit = || {
        git::run(&site, &["add", "--all"]);
        git::run(&site, &["commit", "-q", "-m", "x"]);
    };
    for (path, text) in SITE {
        write(&site.join(path), text);
    }
    commit();
    git::run(&site, &["checkout", "-q", "-b", "other"]);
    fs::remove_dir_all(site.join("content/team")).unwrap();
    fs::rename(site.join("content/legal"), site.join("content/contracts")).unwrap();
    write(&site.join("content/team.md"), "# Team\n");
    write(&site.join("playbooks/qbr.yaml"), "name: QBR\nsteps:\n  - name: Meet\n");
    commit();
    git::run(&site, &["checkout", "-q", "main"]);
    folder
}

#[test]
fn branches_are_changed_there_and_back() {
    let served = Served::of(repository(), WatchMethod::Events);
    for round in 0..4 {
        git::run(&served.at(""), &["checkout", "-q", "-f", "other"]);
        git::run(&served.at(""), &["checkout", "-q", "-f", "main"]);
        served.after_writing("content/team/deep/notes.md", &format!("# Notes\n\nRound {round}.\n"));
        served.after_writing("content/team/deep/notes.md", &format!("# Notes\n\nRound {round}, again.\n"));
        served.after("the other branch", |at| git::run(&at(""), &["checkout", "-q", "-f", "other"]));
        served.after_writing("content/contracts/deep/msa.md", &format!("# MSA\n\nRound {round}.\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn after_any_changes_of_a_folder_the_site_is_that_of_a_clean_build(
        batches in prop::collection::vec(prop::collection::vec(step(), 1..5), 1..6),
    ) {
        let served = Served::of(repository(), WatchMethod::Events);
        for batch in batches {
            for step in &batch {
                step.take(&served);
            }
            served.settles(&format!("{batch:?}"));
        }
    }
}
