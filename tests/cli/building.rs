//! What `build` leaves on disk.
//! In: projects before and after an edit. Out: which files are there, which were touched, and that the last good
//! site outlives everything.
//! Never knows: what is in the pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use super::program::{GOOD, Project, tree};

/// Each file with what shows whether somebody wrote it again.
fn marks(project: &Project) -> BTreeMap<PathBuf, (SystemTime, u64)> {
    let files = project.tree("book").into_keys();
    files
        .map(|path| {
            let metadata = fs::metadata(project.path("book").join(&path)).unwrap();
            (path, (metadata.modified().unwrap(), inode(&metadata)))
        })
        .collect()
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

#[test]
fn errors_leave_the_old_site_byte_for_byte() {
    let project = Project::good();
    project.run(&["build"]).ends_with(0);
    let (before, marked) = (project.tree("book"), marks(&project));
    project.write("content/legal/nda.md", "# Mutual NDA\n\n## Term\n\n[gone](gone.md)\n");
    project.run(&["build"]).ends_with(1).says("the site is unchanged");
    project.write("book.toml", "[book\n");
    project.run(&["build"]).ends_with(2).says("the site is unchanged");
    assert_eq!(project.tree("book"), before);
    assert_eq!(marks(&project), marked);
}

#[test]
fn keep_going_writes_in_spite_of_errors_and_ends_with_1() {
    let project = Project::with_a_broken_link();
    project.run(&["build", "--keep-going"]).ends_with(1).says("error[link/not-found]").says("files written");
    let page = fs::read_to_string(project.path("book/index.html")).unwrap();
    assert!(page.contains("contract"));
}

#[test]
fn a_second_build_touches_no_file() {
    let project = Project::good();
    project.run(&["build"]).ends_with(0);
    let marked = marks(&project);
    project.run(&["build"]).ends_with(0).says(": 0 files written");
    assert_eq!(marks(&project), marked);
}

#[test]
fn an_edit_writes_its_own_pages_and_leaves_the_others() {
    let project = Project::good();
    project.run(&["build"]).ends_with(0);
    let before = marks(&project);
    project.write("content/legal/nda.md", "# NDA\n\n## Term\n\nThree years.\n");
    project.run(&["build"]).ends_with(0);
    let after = marks(&project);
    let written: Vec<String> = after
        .iter()
        .filter(|(path, mark)| before.get(*path) != Some(mark))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(written.contains(&"legal/nda/index.html".to_owned()), "{written:?}");
    let others = ["index.html", "map/index.html", "logo.svg", "playbooks/index.html"];
    assert!(others.iter().all(|other| !written.contains(&(*other).to_owned())), "{written:?}");
}

#[test]
fn what_is_gone_from_the_sources_is_gone_from_the_site() {
    let project = Project::good();
    project.write("content/old.md", "# Old\n");
    project.run(&["build"]).ends_with(0);
    assert!(project.path("book/old/index.html").is_file());
    fs::remove_file(project.path("content/old.md")).unwrap();
    project.run(&["build"]).ends_with(0).says("removed");
    assert!(!project.path("book/old").exists());
}

#[test]
fn the_same_sources_give_the_same_bytes_in_any_folder_and_any_order() {
    let first = Project::good();
    let backwards: Vec<(&str, &str)> = GOOD.iter().rev().copied().collect();
    let second = Project::new(&backwards);
    let elsewhere = Project::inside("a folder/with ü");
    first.run(&["build"]).ends_with(0);
    second.run(&["build"]).ends_with(0);
    elsewhere.run(&["build", "a folder/with ü"]).ends_with(0);
    let site = first.tree("book");
    assert!(site == second.tree("book"), "the order of files matters");
    assert!(site == elsewhere.tree("a folder/with ü/book"), "the folder matters");
}

#[test]
fn dest_dir_is_seen_from_the_working_folder() {
    let project = Project::inside("handbook");
    project.run(&["build", "handbook", "--dest-dir", "public"]).ends_with(0);
    assert!(project.path("public/index.html").is_file());
    assert!(!project.path("handbook/public").exists() && !project.path("handbook/book").exists());
    let outside = tempfile::tempdir().unwrap();
    let absolute = outside.path().join("new/site");
    project.run(&["build", "handbook", "-d", absolute.to_str().unwrap()]).ends_with(0);
    assert!(tree(&absolute) == project.tree("public"));
}

#[test]
fn check_writes_nothing() {
    let project = Project::good();
    let before = project.tree(".");
    project.run(&["check"]).ends_with(0);
    assert!(project.tree(".") == before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_recording_larger_than_the_memory_is_copied() {
    let project = Project::good();
    project.write("content/index.md", "# Home\n\n[The call](call.mp4)\n");
    let recording = fs::File::create(project.path("content/call.mp4")).unwrap();
    recording.set_len(400 << 20).unwrap();
    // In KiB: for what is held, and for the stacks of the threads.
    let limited = "ulimit -d 300000; exec \"$0\" build";
    // The second build compares what the first one wrote.
    for said in ["files written, 0 unchanged", ": 0 files written"] {
        let program = env!("CARGO_BIN_EXE_partner-docs");
        let output =
            std::process::Command::new("sh").args(["-c", limited, program]).current_dir(project.path(".")).output();
        super::program::ended(&output.unwrap()).ends_with(0).says(said);
        assert_eq!(fs::metadata(project.path("book/call.mp4")).unwrap().len(), 400 << 20);
    }
}

#[cfg(unix)]
#[test]
fn a_build_that_waits_says_for_whom() {
    use std::io::{BufRead, BufReader, Read};
    let project = Project::good();
    // Nothing else is to be said before.
    project.write("book.toml", "[output.html]\ncname = \"partners.example.org\"\n");
    let other = fs::File::open(project.path(".")).unwrap();
    other.lock().unwrap();
    let mut build = super::program::program();
    build.arg("build").current_dir(project.path(".")).stderr(std::process::Stdio::piped());
    let mut build = build.spawn().unwrap();
    let mut says = BufReader::new(build.stderr.take().unwrap());
    let mut line = String::new();
    says.read_line(&mut line).unwrap();
    assert!(line.contains("another build") && line.contains("book"), "{line}");
    assert!(build.try_wait().unwrap().is_none() && !project.path("book").exists(), "it waits");
    other.unlock().unwrap();
    says.read_to_string(&mut line).unwrap();
    assert!(build.wait().unwrap().success() && project.path("book/index.html").exists(), "{line}");
}

/// A good project in a repository with one commit, which does not keep the folder of the site.
fn committed() -> Project {
    let project = Project::good();
    fs::remove_dir(project.path(".git")).unwrap();
    project.write(".gitignore", "book\n");
    project.git(&["init", "-q", "-b", "main"]);
    project.commit();
    project
}

#[test]
fn a_branch_that_is_checked_out_as_the_output_folder_stays_so() {
    let project = committed();
    project.git(&["checkout", "-q", "--orphan", "pages"]);
    project.git(&["rm", "-rqf", "--cached", "."]);
    project.git(&["commit", "-q", "--allow-empty", "-m", "pages"]);
    project.git(&["checkout", "-qf", "main"]);
    project.git(&["worktree", "add", "-q", "book", "pages"]);
    project.write("content/old.md", "# Old\n");
    project.run(&["build"]).ends_with(0);
    project.git(&["-C", "book", "add", "-A", "-f"]);
    project.git(&["-C", "book", "commit", "-qm", "site"]);
    project.write("book/README.md", "What this branch is for.\n");
    fs::remove_file(project.path("content/old.md")).unwrap();
    project.write("content/index.md", "# Partners, changed\n\n![our logo](logo.svg)\n");
    project.run(&["build"]).ends_with(0).says("removed");
    project.git(&["-C", "book", "symbolic-ref", "HEAD", "refs/heads/pages"]);
    let page = fs::read_to_string(project.path("book/index.html")).unwrap();
    assert!(page.contains("Partners, changed") && project.path("book/README.md").is_file());
    assert!(!project.path("book/old").exists() && project.path("book/.git").is_file());
}

#[test]
fn what_git_keeps_with_the_project_is_no_place_for_a_site_whatever_a_marker_there_says() {
    let project = committed();
    project.run(&["build"]).ends_with(0);
    project.write("tools/main.txt", "years of work");
    let forged = fs::read_to_string(project.path("book/.partner-docs")).unwrap() + "main.txt\n";
    project.write("tools/.partner-docs", forged);
    project.git(&["add", "-A"]);
    project.run(&["build", "-d", "tools"]).ends_with(2).says("it contains `tools/.partner-docs`, which git tracks");
    assert_eq!(fs::read_to_string(project.path("tools/main.txt")).unwrap(), "years of work");
}

#[test]
fn a_file_of_others_where_a_page_must_be_is_named_and_stays() {
    let project = Project::good();
    project.run(&["build"]).ends_with(0);
    project.write("book/notes/index.html", "by hand");
    project.write("content/notes.md", "# Notes\n");
    let before = project.tree("book");
    project.run(&["build"]).ends_with(2).says("`notes/index.html`").says("nothing was written");
    assert_eq!(project.tree("book"), before);
}

#[test]
fn a_site_that_is_published_nowhere_is_told_what_it_lacks() {
    let project = Project::good();
    for command in ["check", "build"] {
        let run = project.run(&[command]).ends_with(0);
        let told = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(told.matches("info[url/no-site-url]: `site-url` is not set").count(), 1, "{told}");
    }
    assert!(!project.path("book/robots.txt").exists() && !project.path("book/sitemap.xml").exists());
    // The host of GitHub Pages says where the site is as well.
    for settings in ["site-url = \"https://acme.example/partners\"", "cname = \"acme.example\""] {
        project.write("book.toml", format!("[output.html]\n{settings}\n"));
        let run = project.run(&["build"]).ends_with(0);
        assert!(!run.stderr.contains("site-url"), "{}", run.stderr);
        let base = if settings.starts_with("cname") { "/" } else { "/partners/" };
        let (missing, robots) = (project.text("book/404.html"), project.text("book/robots.txt"));
        assert!(missing.contains(&format!("<base href=\"{base}\">")), "{missing}");
        assert!(robots.contains(&format!("\nSitemap: https://acme.example{base}sitemap.xml\n")), "{robots}");
    }
}

#[test]
fn a_feed_lists_the_pages_that_changed_last() {
    let project = Project::good();
    project.write(
        "book.toml",
        "[book]\ntitle = \"Partners & Co\"\n[output.html]\nsite-url = \"https://acme.example/a\"\n",
    );
    project.write("content/ü b.md", "---\ndescription: All we know.\n---\n# Ü & B\n");
    project.write(".gitignore", "book\n");
    std::fs::remove_dir_all(project.path(".git")).unwrap();
    project.run(&["build"]).ends_with(0);
    assert!(!project.path("book/feed.xml").exists(), "without git, nobody knows when a page changed");
    project.commit();
    project.run(&["build"]).ends_with(0);
    let feed = project.text("book/feed.xml");
    let entry = "<entry><title>Ü &amp; B</title><id>https://acme.example/a/%C3%BC%20b/</id>";
    assert!(feed.contains("<title>Partners &amp; Co</title>") && feed.contains(entry), "{feed}");
    assert!(feed.contains("<summary>All we know.</summary></entry>"), "{feed}");
    assert!(!feed.contains("404"), "{feed}");
    let link =
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Partners &amp; Co\" href=\"../feed.xml\">";
    assert!(project.text("book/map/index.html").contains(link));
}
