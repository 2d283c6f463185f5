//! Projects that nobody means: the program says what is wrong, and ends as it always does.
//! In: broken bytes, deep nesting, links that lead astray. Out: an exit code and findings; never a panic.
//! Never knows: which parser meets what.

use super::program::Project;

/// Checks and builds; both end with the code, and the check finds the rule.
#[track_caller]
fn ends_with(project: &Project, code: i32, rule: &str) {
    let report = project.run(&["check", "--format", "json"]).ends_with(code).json();
    let codes: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert!(codes.contains(&rule), "no {rule} among {codes:?}");
    project.run(&["check"]).ends_with(code);
    project.run(&["build", "--keep-going"]).ends_with(code);
}

#[test]
fn broken_yaml_costs_one_playbook() {
    let project = Project::good();
    project.write("playbooks/broken.yaml", "name: [\nsteps: }\n\t- x");
    ends_with(&project, 1, "playbook/syntax");
    assert!(project.path("book/playbooks/recruit/index.html").is_file());
}

#[test]
fn broken_front_matter_costs_no_text() {
    let project = Project::good();
    project.write("content/broken.md", "---\ntitle: [a\ntags: }\n---\n# Broken\n\nStill here.\n");
    ends_with(&project, 1, "frontmatter/syntax");
    let page = project.tree("book").remove("broken/index.html".as_ref() as &std::path::Path).unwrap();
    assert!(String::from_utf8_lossy(&page).contains("Still here."));
}

#[test]
fn a_broken_book_toml_is_a_finding() {
    for broken in ["[book\n", "= 1", "book = 3", "[[mount]]\nfrom = 1\n", "[book]\ntitle = \"\\u{110000}\"\n", "\u{0}"]
    {
        let project = Project::good();
        project.write("book.toml", broken);
        let report = project.run(&["check", "--format", "json"]).ends_with(2).json();
        assert_eq!(report["diagnostics"][0]["file"], "book.toml", "{broken}: {report}");
    }
}

#[test]
fn nesting_without_end_is_read_to_its_end() {
    const DEEP: usize = 20_000;
    let project = Project::good();
    project.write("content/quotes.md", format!("# Quotes\n\n{} a\n", ">".repeat(DEEP)));
    project.write("content/lists.md", format!("# Lists\n\n{} a\n", "- ".repeat(DEEP)));
    project.write("content/brackets.md", format!("# Brackets\n\n{}a{}\n", "[".repeat(DEEP), "]".repeat(DEEP)));
    project.write("content/emphasis.md", format!("# Emphasis\n\n{}a\n", "*a **b ".repeat(DEEP)));
    // Tags that are never closed cost time by the square of their number.
    project.write("content/tags.md", format!("# Tags\n\n{}\n", "<div>".repeat(DEEP / 40)));
    project.write("content/notes.md", format!("# Notes\n\n{}\n", nested_callouts(200)));
    project.write("content/head.md", format!("---\na: {}\n---\n# Head\n", "[".repeat(DEEP)));
    // Deeper ones take the layout longer than anybody waits.
    project.write("content/flow.md", format!("# Flow\n\n```mermaid\nflowchart LR\n{}\n```\n", nested_lanes(20)));
    project.write("playbooks/deep.yaml", format!("name: Deep\nsteps: {}\n", "[".repeat(DEEP)));
    ends_with(&project, 1, "playbook/syntax");
    project.write("book.toml", format!("[book]\ntitle = {}\n", "[".repeat(DEEP)));
    ends_with(&project, 2, "config/syntax");
}

fn nested_callouts(depth: usize) -> String {
    (0..depth).map(|level| format!("{}!!! note\n\n", "    ".repeat(level))).collect()
}

fn nested_lanes(depth: usize) -> String {
    (0..depth).map(|level| format!("subgraph S{level}\n")).collect()
}

#[test]
fn bytes_that_are_no_text_are_a_finding_in_every_kind_of_file() {
    for file in ["content/index.md", "playbooks/recruit.yaml", "content/SUMMARY.md", "book.toml"] {
        let project = Project::good();
        project.write(file, b"# a\xff\xfeb\n\xc3");
        let run = project.run(&["check", "--format", "json"]);
        assert!([1, 2].contains(&run.code), "{file}: {}", run.code);
        let report = run.json();
        let found = report["diagnostics"].as_array().unwrap().iter();
        let found = found.filter(|finding| finding["code"] == "source/not-utf8" && finding["file"] == file);
        assert_eq!(found.count(), 1, "{file}: {report}");
    }
}

#[test]
fn empty_files_are_read() {
    let project = Project::good();
    for file in ["book.toml", "content/empty.md", "content/empty.svg", "content/index.md"] {
        project.write(file, "");
    }
    project.run(&["build"]).ends_with(0);
    project.write("playbooks/empty.yaml", "");
    project.run(&["build"]).ends_with(1).says("the playbook is empty");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.md"), "# Secret\n").unwrap();
    let project = Project::good();
    std::os::unix::fs::symlink(outside.path().join("secret.md"), project.path("content/secret.md")).unwrap();
    std::os::unix::fs::symlink(outside.path(), project.path("content/outside")).unwrap();
    std::os::unix::fs::symlink("nowhere", project.path("content/dangling.md")).unwrap();
    std::os::unix::fs::symlink("..", project.path("content/ring")).unwrap();
    ends_with(&project, 1, "source/outside-root");
    let leaked = project.tree("book").into_values().any(|bytes| String::from_utf8_lossy(&bytes).contains("Secret"));
    assert!(!leaked);
}

#[cfg(unix)]
#[test]
fn a_page_that_cannot_be_read_costs_only_itself() {
    let project = Project::good();
    std::fs::create_dir(project.path("content/folder.md")).unwrap();
    project.write("content/folder.md/inner.md", "# Inner\n");
    std::os::unix::fs::symlink("/dev/zero", project.path("content/endless.md")).unwrap();
    ends_with(&project, 1, "source/outside-root");
}
