//! The first hour: `init`, `new`, and what to type where there is no project.
//! In: folders before a project begins. Out: a project that checks clean, and nothing of others changed.
//! Never knows: what the pages of the example say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{Project, Run, program, run, run_in, tree};

/// A folder in which nothing is; not even a repository.
fn empty() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = std::process::Command::new("git").args(arguments).current_dir(folder).output().unwrap().status;
    assert!(status.success(), "git {arguments:?}");
}

#[track_caller]
fn is_clean(folder: &Path) -> Run {
    run_in(folder, &["check", "--deny", "warnings"]).ends_with(0)
}

/// Each file that was there before, with its bytes.
fn unchanged(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> bool {
    before.iter().all(|(path, bytes)| after.get(path) == Some(bytes))
}

#[test]
fn a_new_project_checks_clean_builds_and_says_what_to_type_next() {
    let home = empty();
    let init = run_in(home.path(), &["init", "acme-partners"]).ends_with(0);
    let init = init.says("wrote acme-partners/book.toml\n").says("    partner-docs serve acme-partners --open\n");
    assert_eq!(init.stdout, "");
    let folder = home.path().join("acme-partners");
    is_clean(&folder);
    run_in(&folder, &["build"]).ends_with(0);
    assert!(read(&folder, "book/index.html").contains("<title>Acme Partners</title>"));
    assert!(read(&folder, "book/templates/discovery-call/index.html").contains("Fill in this template"));
    // The drawing of the map, with a link on each step.
    assert!(read(&folder, "book/map/index.html").contains("../templates/proposal/"));
    assert!(read(&folder, ".gitignore").contains("/book/"));
    assert!(
        read(&folder, "playbooks/recruit.yaml").starts_with("# yaml-language-server: $schema=playbook.schema.json\n")
    );
    assert!(serde_json::from_str::<serde_json::Value>(&read(&folder, "playbooks/playbook.schema.json")).is_ok());
}

#[test]
fn a_new_project_fills_in_its_playbook_for_a_partner() {
    let home = empty();
    run_in(home.path(), &["init", "--yes"]).ends_with(0);
    let values = ["--var", "partner=Contoso", "--var", "contact=Jo Doe", "--var", "start_date=1 May"];
    let fill = [&["fill", "recruit", "--out", "contoso"][..], &values].concat();
    let filled = run_in(home.path(), &fill).ends_with(0);
    assert!(!filled.stderr.contains("still open"), "{}", filled.stderr);
    assert!(read(home.path(), "contoso/02-proposal.md").contains("- **To:** Jo Doe, Contoso"));
}

#[test]
fn the_example_is_itself_a_project() {
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter");
    is_clean(&starter);
    let home = empty();
    run_in(home.path(), &["init"]).ends_with(0);
    for folder in ["content", "playbooks"] {
        let begun = tree(&home.path().join(folder));
        assert!(
            unchanged(&tree(&starter.join(folder)), &begun),
            "{folder}: a file of `starter` that `init` leaves out"
        );
    }
}

#[test]
fn nothing_that_exists_is_changed() {
    let home = empty();
    let files = [
        (".gitignore", "target\n"),
        ("content/index.md", "# Ours\n"),
        ("content/map.md", "# Another map\n"),
        ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Call\n"),
    ];
    write(home.path(), &files);
    let before = tree(home.path());
    let init = run_in(home.path(), &["init"]).ends_with(0);
    let init = init.says("kept content/map.md").says("kept playbooks/recruit.yaml");
    assert!(!init.stderr.contains("wrote content/index.md"));
    assert!(init.stderr.contains("add `/book/` to your .gitignore"), "{}", init.stderr);
    assert!(unchanged(&before, &tree(home.path())));
}

#[test]
fn pages_that_are_there_are_taken_in_instead_of_a_second_folder() {
    let home = empty();
    write(home.path(), &[("docs/intro.md", "# Intro\n"), ("README.md", "# Acme\n")]);
    run_in(home.path(), &["init"]).ends_with(0);
    assert!(read(home.path(), "book.toml").contains("src = \"docs\""));
    assert!(!home.path().join("content").exists());
    is_clean(home.path());
    run_in(home.path(), &["build"]).ends_with(0);
    assert!(home.path().join("book/intro/index.html").is_file());
}

#[test]
fn findings_in_pages_that_were_there_are_counted_and_not_hidden() {
    let home = empty();
    write(home.path(), &[("docs/index.md", "# Intro\n\n[gone](gone.md)\n")]);
    run_in(home.path(), &["init", "--bare"]).ends_with(0).says("1 finding in your pages: run `partner-docs check`");
}

#[test]
fn a_navigation_of_ones_own_is_left_alone() {
    let home = empty();
    write(home.path(), &[("content/SUMMARY.md", "- [Home](index.md)\n"), ("content/index.md", "# Home\n")]);
    run_in(home.path(), &["init"]).ends_with(0).says("partner-docs new playbook NAME");
    assert!(!home.path().join("content/map.md").exists());
    is_clean(home.path());
}

#[test]
fn an_example_that_would_disturb_the_pages_that_are_there_is_left_out() {
    let home = empty();
    // A list of all playbooks, in which those of the example would be missing.
    let overview = "# Playbooks\n\n| Playbook | Steps |\n|---|---|\n| [Launch](../playbooks/launch.yaml) | 1 |\n\
                    | [Exit](../playbooks/exit.yaml) | 1 |\n";
    let playbook = |name: &str| format!("name: {name}\nsteps:\n  - name: Plan\n    prompt: Plan it.\n");
    write(
        home.path(),
        &[
            ("docs/index.md", "# Home\n"),
            ("docs/overview.md", overview),
            ("playbooks/launch.yaml", &playbook("Launch")),
            ("playbooks/exit.yaml", &playbook("Exit")),
        ],
    );
    run_in(home.path(), &["init"]).ends_with(0).says("the example pages were left out");
    assert!(!home.path().join("docs/map.md").exists());
    is_clean(home.path());
}

#[test]
fn sites_of_other_tools_are_for_migrate() {
    let cases = [
        ("mkdocs.yml", "site_name: Acme\n", "MkDocs", "`partner-docs migrate` takes it over"),
        ("docusaurus.config.ts", "", "Docusaurus", "it can't be taken over yet"),
    ];
    for (file, text, tool, help) in cases {
        let home = empty();
        write(home.path(), &[(file, text)]);
        let init = run_in(home.path(), &["init", "--yes"]).ends_with(2).says(tool);
        init.says(help);
        assert_eq!(tree(home.path()).len(), 1, "{file}");
    }
}

#[test]
fn a_project_is_begun_once_and_gets_its_workflow_later() {
    let home = empty();
    run_in(home.path(), &["init"]).ends_with(0);
    let before = tree(home.path());
    run_in(home.path(), &["init"]).ends_with(2).says("a project already").says("`partner-docs serve`");
    assert_eq!(tree(home.path()), before);
    run_in(home.path(), &["init", "--workflow", "github"])
        .ends_with(0)
        .says("wrote .github/workflows/docs.yml")
        .says("OWNER");
    assert!(unchanged(&before, &tree(home.path())));
}

#[test]
fn whoever_stands_among_the_pages_of_a_project_begins_no_second_one() {
    let home = empty();
    run_in(home.path(), &["init", "acme"]).ends_with(0);
    let before = tree(home.path());
    run_in(&home.path().join("acme/content"), &["init"])
        .ends_with(2)
        .says("is inside the project")
        .says("new page NAME");
    assert_eq!(tree(home.path()), before);
    run_in(&home.path().join("acme"), &["init", "emea"]).ends_with(0);
}

#[test]
fn addresses_are_guessed_from_the_remote_and_tokens_stay_out_of_files() {
    let home = empty();
    git(home.path(), &["init", "-q"]);
    git(home.path(), &["remote", "add", "origin", "https://jo:secret@github.com/acme/partner-hub.git"]);
    run_in(home.path(), &["init", "--workflow", "github"]).ends_with(0);
    let book = read(home.path(), "book.toml");
    assert!(book.contains("title = \"Partner Hub\""), "{book}");
    assert!(book.contains("\nsite-url = \"https://acme.github.io/partner-hub/\"\n"), "{book}");
    assert!(book.contains("\ngit-repository-url = \"https://github.com/acme/partner-hub\"\n"), "{book}");
    let texts = tree(home.path()).into_iter().filter(|(path, _)| !path.starts_with(".git/"));
    assert!(texts.into_iter().all(|(_, bytes)| !String::from_utf8_lossy(&bytes).contains("secret")));
}

#[test]
fn a_workflow_is_written_where_its_host_looks_for_it() {
    let home = empty();
    git(home.path(), &["init", "-q"]);
    run_in(home.path(), &["init", "docs/partners", "--workflow", "github"])
        .ends_with(0)
        .says("wrote .github/workflows/docs.yml");
    assert!(read(home.path(), ".github/workflows/docs.yml").contains("PROJECT: docs/partners\n"));
}

#[test]
fn a_file_and_the_home_folder_are_no_place_for_a_project() {
    let home = empty();
    write(home.path(), &[("notes.txt", "")]);
    run_in(home.path(), &["init", "notes.txt"]).ends_with(2).says("is a file");
    let output = program().arg("init").current_dir(home.path()).env("HOME", home.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("this is your home folder"));
    assert_eq!(tree(home.path()).len(), 1);
}

#[test]
fn each_kind_of_page_checks_clean_as_it_is_made() {
    let home = empty();
    run_in(home.path(), &["init"]).ends_with(0);
    for (kind, file) in [
        ("page", "content/risk-review-v2.md"),
        ("template", "content/templates/risk-review-v2.md"),
        ("playbook", "playbooks/risk-review-v2.yaml"),
        ("map", "content/legal/map.md"),
    ] {
        let name = if kind == "map" { "legal/map" } else { "Risk review: *v2*" };
        let new = run_in(home.path(), &["new", kind, name]).ends_with(0);
        let new = new.says(&format!("wrote {file}\n")).says(&format!("partner-docs serve --page {file} --open"));
        assert!(!new.stderr.contains("now "), "{}", new.stderr);
        // Two pages of one title would be a finding of their own.
        is_clean(home.path());
        if kind != "map" {
            fs::remove_file(home.path().join(file)).unwrap();
        }
    }
}

#[test]
fn a_new_page_has_its_entry_in_the_navigation() {
    let summary = "# Summary\n\n[Partners](index.md)\n\n- [Map](map.md)\n- [Legal](legal/index.md)\n  * [NDA](legal/nda.md)\n- [Last](last.md)\n";
    let files = ["index", "map", "legal/index", "legal/nda", "last"];
    let project = Project::new(&[("content/SUMMARY.md", summary)]);
    for file in files {
        project.write(&format!("content/{file}.md"), format!("# {file}\n").as_bytes());
    }
    project.run(&["new", "page", "legal/Data [EU]"]).ends_with(0).says("edited content/SUMMARY.md");
    project.run(&["new", "template", "Offer"]).ends_with(0);
    project.run(&["new", "playbook", "Renew"]).ends_with(0);
    let now = fs::read_to_string(project.path("content/SUMMARY.md")).unwrap();
    assert!(now.contains("  * [NDA](legal/nda.md)\n  * [Data EU](legal/data-eu.md)\n- [Last]"), "{now}");
    assert!(now.contains("- [Last](last.md)\n- [Offer](templates/offer.md)\n"), "{now}");
    // Playbooks have a section of their own, unless the outline lists them.
    assert!(!now.contains("renew"), "{now}");
    project.run(&["check", "--deny", "warnings"]).ends_with(0);
}

#[test]
fn a_navigation_without_a_list_gets_one_and_one_with_playbooks_gets_the_new_one() {
    let project = Project::new(&[
        ("content/SUMMARY.md", "# Summary\n\n[Partners](index.md)\n"),
        ("content/index.md", "# Partners\n"),
    ]);
    project.run(&["new", "page", "First"]).ends_with(0);
    project.run(&["check", "--deny", "warnings"]).ends_with(0);
    let listing = "[Partners](index.md)\n\n- [First](first.md)\n- [Recruit](../playbooks/recruit.yaml)\n";
    project.write("content/SUMMARY.md", listing);
    project.write("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Call\n    prompt: Call them.\n");
    project.run(&["new", "playbook", "renew"]).ends_with(0).says("edited content/SUMMARY.md");
    let now = fs::read_to_string(project.path("content/SUMMARY.md")).unwrap();
    assert!(now.contains("- [Renew](../playbooks/renew.yaml)"), "{now}");
    project.run(&["check", "--deny", "warnings"]).ends_with(0);
}

#[test]
fn what_the_team_has_agreed_on_goes_into_each_new_template() {
    let project = Project::new(&[
        ("book.toml", "[templates.schema]\ntier = { required = true, values = [\"Select\", \"Premier\"] }\n"),
        ("content/index.md", "# Partners\n"),
        ("archetypes/template.md", "---\nplaceholders: [partner]\n---\n# {{ title }}\n\nOurs, for {{ partner }}.\n"),
    ]);
    project.run(&["new", "template", "Offer"]).ends_with(0);
    let offer = fs::read_to_string(project.path("content/templates/offer.md")).unwrap();
    assert_eq!(offer, "---\nplaceholders: [partner]\ntier: Select\n---\n# Offer\n\nOurs, for {{ partner }}.\n");
    project.run(&["check", "--deny", "warnings"]).ends_with(0);
}

#[test]
fn a_new_page_never_replaces_another_and_stays_among_the_pages() {
    let project = Project::good();
    let before = project.tree("content");
    project.run(&["new", "page", "legal/nda"]).ends_with(2).says("`content/legal/nda.md` already exists");
    project.run(&["new", "page", "../secret"]).ends_with(2).says("`../secret` is not a name");
    project.run(&["new", "page", "!!!"]).ends_with(2).says("is not a name");
    assert_eq!(project.tree("content"), before);
}

#[test]
fn whoever_is_in_the_wrong_folder_hears_what_to_type() {
    let home = empty();
    let init = "to start one here, run `partner-docs init`";
    run_in(home.path(), &["build"]).ends_with(2).says("no project in").says(init);
    run_in(home.path(), &["serve", "gone"]).ends_with(2).says("`partner-docs init gone` starts one there");
    run_in(home.path(), &["init", "acme"]).ends_with(0);
    let acme = home.path().join("acme");
    run_in(home.path(), &["check"]).ends_with(2).says("there is one in").says("acme`; to use it, add `-C ");
    run_in(&acme.join("playbooks"), &["check"]).ends_with(2).says("there is one in");
    run_in(&acme.join("playbooks"), &["-C", "..", "check"]).ends_with(0);
}

#[test]
fn commands_of_other_tools_lead_to_ours() {
    for (word, command) in [
        ("dev", "serve"),
        ("watch", "serve"),
        ("preview", "serve"),
        ("create", "init"),
        ("lint", "check"),
        ("add", "new"),
    ] {
        run(&[word]).ends_with(2).says(&format!("tip: `partner-docs {command}` does that"));
    }
    run(&["biuld"]).ends_with(2).says("'build'");
    run(&["frobnicate"]).ends_with(2).says("run `partner-docs --help`").says("run `partner-docs init`");
    let home = empty();
    run_in(home.path(), &["init", "acme"]).ends_with(0);
    run_in(home.path(), &["acme"]).ends_with(2).says("run `partner-docs serve acme`");
}
