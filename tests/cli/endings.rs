//! Exit codes: 0 when all is well, 1 for errors in the content, 2 when the program cannot do what it was asked.
//! In: projects with one thing wrong. Out: the code, and the sentence that says why.
//! Never knows: how findings are drawn.

use std::net::TcpListener;

use super::program::{Project, run, run_in};

#[test]
fn a_good_project_ends_with_0() {
    let project = Project::good();
    project.run(&["check"]).ends_with(0).prints("no errors in ");
    project.run(&["build"]).ends_with(0).says("files written");
    assert!(project.path("book/index.html").is_file());
}

#[test]
fn errors_in_the_content_end_with_1() {
    let project = Project::with_a_broken_link();
    project.run(&["check"]).ends_with(1).prints("error[link/not-found]: file not found: `legal/contract.md`");
    project.run(&["build"]).ends_with(1).says("error[link/not-found]").says("nothing was written");
    assert!(!project.path("book").exists());
}

#[test]
fn warnings_end_with_0_unless_they_are_denied() {
    let project = Project::good();
    project.write("content/SUMMARY.md", "# Summary\n\n- [Partners](index.md)\n- [NDA](legal/nda.md)\n");
    project.run(&["check"]).ends_with(0).prints("warning[nav/orphan]");
    project.run(&["check", "--deny", "warnings"]).ends_with(1).prints("warning[nav/orphan]");
    project.run(&["build"]).ends_with(0).says("warning[nav/orphan]");
}

#[test]
fn a_rule_can_be_lowered_for_one_run() {
    let project = Project::with_a_broken_link();
    project.run(&["check", "-W", "link/not-found"]).ends_with(0).prints("warning[link/not-found]");
    project.run(&["check", "-W", "link/not-found", "--deny", "warnings"]).ends_with(1);
    project.run(&["build", "-W", "link/not-found"]).ends_with(0).says("warning[link/not-found]");
}

#[test]
fn a_rule_that_does_not_exist_cannot_be_lowered() {
    let project = Project::with_a_broken_link();
    project.run(&["check", "-W", "link/not-fond"]).ends_with(2).says("`link/not-fond`").says("`link/not-found`");
}

#[test]
fn a_broken_book_toml_ends_with_2_and_hides_nothing() {
    let project = Project::with_a_broken_link();
    project.write("book.toml", "[book]\ntitel = \"Partners\"\n");
    let run = project.run(&["check"]).ends_with(2);
    run.prints("error[config/unknown-key]: unknown key `titel`").prints("error[link/not-found]");
    project.run(&["build"]).ends_with(2).says("nothing was written");
    // Wrong settings are no part of the content: there is nothing sensible to go on with.
    project.run(&["build", "--keep-going"]).ends_with(2);
    assert!(!project.path("book").exists());
}

#[test]
fn without_a_project_every_command_on_one_ends_with_2() {
    let empty = tempfile::tempdir().unwrap();
    for command in ["check", "build", "serve"] {
        run_in(empty.path(), &[command]).ends_with(2).says("book.toml");
        run_in(empty.path(), &[command, "not-there"]).ends_with(2).says("not-there");
    }
}

#[test]
fn what_is_no_argument_ends_with_2() {
    for arguments in
        [&["check", "--fromat", "json"][..], &["biuld"], &["check", "--format", "xml"], &["check", "a", "b"]]
    {
        let run = run(arguments).ends_with(2);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("--help"), "{}", run.stderr);
    }
}

#[test]
fn a_folder_that_is_no_site_of_ours_is_not_written_to() {
    let project = Project::good();
    project.write("notes/mine.txt", "mine");
    for folder in [".", "..", "content", "content/out", "notes", "book.toml"] {
        project.run(&["build", "--dest-dir", folder]).ends_with(2).says("cannot write the site to");
    }
    assert_eq!(project.tree("notes").len(), 1);
}

#[test]
fn a_port_that_is_taken_ends_with_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    Project::good().run(&["serve", "--port", &port]).ends_with(2).says(&port);
}
