//! What people expect of any program: options that all commands take, completions, and a way to clean up.
//! In: a project and options. Out: what is printed, and what is left on disk.
//! Never knows: what the commands are for.

use std::fs;

use super::program::{Project, run, run_in};

#[test]
fn a_command_can_run_as_if_started_elsewhere() {
    let project = Project::good();
    let above = project.folder.path().parent().unwrap();
    let name = project.folder.path().file_name().unwrap().to_str().unwrap();
    run_in(above, &["-C", name, "check"]).ends_with(0);
    run_in(above, &["build", "-C", name, "--output", "public"]).ends_with(0);
    assert!(project.path("public/index.html").is_file());
    run_in(above, &["-C", "no-such-folder", "check"]).ends_with(2).says("cannot open `no-such-folder`");
}

#[test]
fn quiet_commands_say_only_what_is_wrong() {
    let good = Project::good();
    for command in ["check", "build", "clean"] {
        let run = good.run(&[command, "--quiet"]).ends_with(0);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""), "{command}");
    }
    let broken = Project::with_a_broken_link();
    broken.run(&["check", "-q"]).ends_with(1).prints("error[link/not-found]");
    broken.run(&["build", "-q"]).ends_with(1).says("error[link/not-found]");
    broken.run(&["check", "-q", "-v"]).ends_with(2);
}

#[test]
fn verbose_commands_say_where_they_work_and_how_long_it_took() {
    let project = Project::good();
    let usual = project.run(&["build"]).ends_with(0);
    assert!(!usual.stderr.contains("project folder:"));
    project.run(&["build", "-v"]).ends_with(0).says("project folder: ").says("pages: content\n").says("files rendered");
    project.run(&["check", "--verbose"]).ends_with(0).says("pages compiled");
}

#[test]
fn colours_can_be_asked_for_and_forbidden() {
    let project = Project::with_a_broken_link();
    project.run(&["check", "--color", "always"]).ends_with(1).prints("\u{1b}[");
    for choice in ["auto", "never"] {
        let run = project.run(&["check", "--color", choice]).ends_with(1);
        assert!(!run.stdout.contains('\u{1b}'), "{choice}: {}", run.stdout);
    }
}

#[test]
fn what_was_checked_is_counted_as_its_authors_count_it() {
    let project = Project::new(&[
        ("content/index.md", "# Partners\n\n[NDA](nda.md)\n"),
        ("content/nda.md", "---\ntags: [legal]\n---\n# NDA\n"),
        ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Call\n    prompt: Call them.\n"),
    ]);
    // Not the pages of the playbook, of the tag, and those that list them.
    project.run(&["check"]).ends_with(0).prints("no errors in 2 pages, 1 link, 1 playbook");
}

#[test]
fn clean_removes_what_builds_wrote_and_nothing_else() {
    let project = Project::good();
    let sources = project.tree("content");
    project.run(&["build"]).ends_with(0);
    project.run(&["clean"]).ends_with(0).says("files removed");
    assert!(!project.path("book").exists());
    project.run(&["clean"]).ends_with(0).says("nothing to remove");
    project.run(&["build"]).ends_with(0);
    project.write("book/notes.txt", "by hand");
    project.run(&["clean"]).ends_with(0).says("kept 1 file that no build wrote");
    assert_eq!(fs::read_to_string(project.path("book/notes.txt")).unwrap(), "by hand");
    project.run(&["clean", "--dest-dir", "content"]).ends_with(2).says("nothing was removed");
    project.run(&["clean", "--output", "."]).ends_with(2).says("it contains the project");
    assert_eq!(project.tree("content"), sources);
}

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).ends_with(0).stdout;
        for command in ["init", "serve", "rename-anchor"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    // What bash calls a command is where it looks for its options.
    let script = run(&["completions", "bash"]).ends_with(0).stdout;
    let called = script.split("cmd=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for name in called.filter(|name| !name.is_empty() && !name.contains('$')) {
        assert!(script.contains(&format!("\n        {name})\n")), "{name}");
    }
    run(&["completions", "cmd"]).ends_with(2).says("bash");
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_a_build_that_waits_and_leaves_nothing_behind() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};

    let project = Project::good();
    // As long as this is locked, a build waits for another one.
    let other_build = fs::File::open(project.folder.path()).unwrap();
    other_build.lock().unwrap();
    let mut command = super::program::program();
    command.arg("build").current_dir(project.folder.path()).stderr(Stdio::piped());
    let mut build = command.spawn().unwrap();
    let mut talk = BufReader::new(build.stderr.take().unwrap()).lines();
    // What was found is said before; then it waits.
    assert!(talk.any(|line| line.unwrap().starts_with("waiting for another build")));
    assert!(Command::new("kill").args(["-INT", &build.id().to_string()]).status().unwrap().success());
    assert_eq!(build.wait().unwrap().code(), Some(130));
    let left: Vec<_> = fs::read_dir(project.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().contains("book.") && name != "book" || name == "book.toml"),
        "{left:?}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let project = Project::good();
    let mut command = super::program::program();
    command.args(["check", "--format", "json"]).current_dir(project.path("."));
    command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write to the standard output"));
}

#[test]
#[cfg(unix)]
fn progress_is_for_terminals_only() {
    let pages: Vec<(String, String)> =
        (0..40).map(|number| (format!("content/p{number}.md"), format!("# Page {number}\n"))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let run = Project::new(&files).run(&["build"]).ends_with(0);
    assert!(!run.stderr.contains('\r') && !run.stderr.contains("rendering pages"), "{}", run.stderr);
}
