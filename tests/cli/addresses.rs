//! Where a site is served, and what keeps it from there.
//! In: names that no disk holds, output folders of others, addresses that changed since they were published. Out: what
//! is said, and what lies in the output folder.
//! Never knows: what is in the pages.

use std::fs;
use std::process::Command;

use super::gate::codes;
use super::missing;
use super::program::{Project, Run, program};

/// A project with these files and its settings.
fn project(settings: &str, files: &[(&str, &str)]) -> Project {
    let project = Project::new(&[("book.toml", settings), ("content/index.md", "# Home\n")]);
    for (path, text) in files {
        project.write(path, text);
    }
    project
}

fn found(project: &Project, against: &str) -> Run {
    project.run(&["check", "--format", "json", "--against", against])
}

#[test]
fn a_name_that_no_disk_holds_is_found_where_it_is_written() {
    let long = "t".repeat(300);
    let project = project(&format!("[output.html.redirect]\n\"/old/\" = \"/\"\n\"/{long}/\" = \"/\"\n"), &[]);
    let check = project.run(&["check", "--format", "json"]).ends_with(1);
    assert_eq!(codes(&check), ["url/duplicate book.toml:3"]);
    project.run(&["build"]).ends_with(1).says("longer than 255 bytes").says("the site is unchanged");
    project.run(&["build", "--keep-going"]).ends_with(1);
    assert!(project.path("book/old/index.html").is_file());
}

#[test]
fn a_long_tag_has_a_page_at_a_short_address() {
    let project = project("", &[]);
    let tags = ["t".repeat(300), format!("{}u", "t".repeat(299))];
    project.write("content/index.md", format!("---\ntags: [{}]\n---\n# Home\n", tags.join(", ")));
    project.run(&["check"]).ends_with(0);
    project.run(&["build"]).ends_with(0);
    let pages: Vec<String> =
        project.tree("book/tags").into_values().map(|html| String::from_utf8(html).unwrap()).collect();
    for tag in tags {
        assert!(pages.iter().any(|html| html.contains(&format!("<h1>{tag}"))), "{pages:?}");
    }
}

#[test]
fn what_cannot_be_written_is_left_out_where_the_rest_is_wanted_in_spite_of_it() {
    let files = [
        ("content/prices", "by hand"),
        ("content/prices.md", "# Prices\n"),
        ("content/search", "by hand"),
        ("content/manifest.json/x.txt", "by hand"),
        ("content/assets", "by hand"),
        ("content/tags/legal/index.html", "by hand"),
        ("content/index.md", "---\ntags: [legal]\n---\n# Home\n\n[Prices](prices.md)\n"),
    ];
    let project = project("", &files);
    project.run(&["build"]).ends_with(1).says("the site is unchanged");
    let run = project.run(&["build", "--keep-going", "-v"]).ends_with(1).says("url/duplicate");
    assert_eq!(run.stderr.matches("error[url/duplicate]").count(), 5, "{}", run.stderr);
    for path in ["search", "manifest.json/x.txt", "assets", "tags/legal/index.html"] {
        assert_eq!(fs::read_to_string(project.path("book").join(path)).unwrap(), "by hand", "{path}");
    }
    assert!(project.path("book/index.html").is_file() && project.path("book/prices/index.html").is_file());
}

#[cfg(unix)]
#[test]
fn a_page_with_a_name_that_no_disk_of_others_holds_is_left_out() {
    let files = [("content/a\\b.md", "# A\n"), ("content/c\\d.txt", "by hand"), ("content/e.md", "# E\n")];
    let project = project("", &files);
    let check = project.run(&["check", "--format", "json"]).ends_with(1);
    assert_eq!(codes(&check), ["url/duplicate content/a\\b.md:1", "url/duplicate content/c\\d.txt:1"]);
    project.run(&["build", "--keep-going"]).ends_with(1).says("`content/a\\b.md` cannot be published");
    assert!(project.path("book/e/index.html").is_file());
    let written: Vec<_> = project.tree("book").into_keys().map(|path| path.to_str().unwrap().to_owned()).collect();
    assert!(!written.iter().any(|path| path.contains('\\')), "{written:?}");
}

#[test]
fn settings_that_are_no_text_are_not_guessed_at() {
    let project = Project::good();
    project.write("book.toml", b"[book]\ntitle = \"Caf\xe9\"\n");
    let check = project.run(&["check", "--format", "json"]).ends_with(2);
    assert_eq!(codes(&check), ["source/not-utf8 book.toml:2"]);
    project.run(&["build", "--keep-going"]).ends_with(2).says("book.toml");
    assert!(!project.path("book").exists());
}

#[test]
fn a_redirect_hands_on_the_part_and_the_query() {
    let project = project("[output.html.redirect]\n\"/old/\" = \"/guide/\"\n", &[("content/guide.md", "# Guide\n")]);
    project.run(&["build"]).ends_with(0);
    let html = fs::read_to_string(project.path("book/old/index.html")).unwrap();
    let script = html.split_once("src=\"../").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
    let script = fs::read_to_string(project.path("book").join(script)).unwrap();
    assert!(script.contains("location.hash") && script.contains("location.search"), "{script}");
    // A refresh that a browser makes by itself would be faster than the script, and lose both.
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"0; url=../guide/\"></noscript>"), "{html}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_mount_point_is_written_into() {
    let project = project("", &[("content/old.md", "# Old\n"), ("book/README.md", "hidden below the mount")]);
    let script = "mount -t tmpfs none book || exit 77\n\
                  \"$0\" build || exit 1\n\
                  rm content/old.md; echo '# Home, changed' >content/index.md; echo kept >book/kept.txt\n\
                  \"$0\" build || exit 2\n\
                  [ ! -e book/old ] && grep -q changed book/index.html && grep -q kept book/kept.txt || exit 3";
    let mut shell = Command::new("unshare");
    shell.args(["-rm", "sh", "-c", script]).arg(program().get_program()).current_dir(project.path("."));
    match shell.output() {
        Ok(output) if output.status.code() == Some(77) => missing::skipped("nothing may be mounted here"),
        Ok(output) if String::from_utf8_lossy(&output.stderr).starts_with("unshare:") => {
            missing::skipped("nobody may have mounts of their own here");
        }
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => missing::skipped("there is no `unshare`"),
    }
    assert_eq!(fs::read_to_string(project.path("book/README.md")).unwrap(), "hidden below the mount");
}

#[test]
fn addresses_are_compared_as_they_are_served() {
    let recruit = "name: Recruit\nsteps:\n  - name: Sift the names\n";
    let files = [
        ("content/guide/set-up.md", "---\ntags: [legal]\nredirect_from: /setup/\n---\n# Set up\n"),
        ("content/guide/index.md", "# Guide\n"),
        ("content/c#.md", "# A sharp name\n"),
        ("playbooks/recruit.yaml", recruit),
    ];
    let project = project("", &files);
    project.run(&["build"]).ends_with(0);
    fs::copy(project.path("book/manifest.json"), project.path("published.json")).unwrap();
    project.write("book.toml", "[output.html]\nurl-style = \"file\"\n");
    let run = found(&project, "published.json").ends_with(1);
    // The tag's page and the list of all pages moved as well, and were promised to nobody.
    let places = ["content/c#.md", "content/guide/set-up.md", "playbooks/recruit.yaml"];
    assert_eq!(codes(&run), places.map(|place| format!("url/vanished-page {place}:1")));

    let against = |arguments: &[&str]| project.run(&[&["check", "--against", "published.json"], arguments].concat());
    against(&["--fix"]).ends_with(1).says("0 findings fixed");
    against(&["--fix", "--suggested", "--yes"]).ends_with(0).says("3 findings fixed in 3 files");
    against(&["--fix", "--suggested", "--yes"]).ends_with(0).says("0 findings fixed");
    let read = |path: &str| fs::read_to_string(project.path(path)).unwrap();
    assert_eq!(
        read("content/c#.md"),
        "---\nredirect_from:\n  - /c%23/\n---\n# A sharp name\n".replace("/c%23/", "\"/c%23/\"")
    );
    assert!(read("content/guide/set-up.md").contains("\nredirect_from: [/setup/, /guide/set-up/]\n---\n# Set up\n"));
    assert!(
        read("playbooks/recruit.yaml").starts_with("name: Recruit\nredirect_from: [/playbooks/recruit/]\nsteps:\n")
    );
    project.run(&["build"]).ends_with(0);
    for old in ["setup", "guide/set-up", "c#", "playbooks/recruit"] {
        assert!(project.path("book").join(old).join("index.html").is_file(), "{old}");
    }
    assert!(project.path("book/guide/set-up.html").is_file());
}

#[test]
fn no_redirect_is_offered_where_none_can_be() {
    let project = project("", &[("content/Guide.md", "# Guide\n"), ("content/prices.md", "# Prices\n")]);
    project.commit();
    project.git(&["mv", "content/Guide.md", "content/guide.md"]);
    project.git(&["mv", "content/prices.md", "content/costs.md"]);
    project.write("content/prices/index.html/x.txt", "by hand");
    let run = found(&project, "HEAD").ends_with(1);
    let report = run.json();
    let findings = report["diagnostics"].as_array().unwrap();
    let told: Vec<(&str, &str)> =
        findings.iter().map(|found| (found["message"].as_str().unwrap(), found["help"].as_str().unwrap())).collect();
    let [(prices, room), (guide, case)] = told[..] else { panic!("{told:?}") };
    assert!(prices.contains("/prices/") && room.contains("in the way"), "{told:?}");
    assert!(guide.contains("/Guide/") && case.contains("only capitalization"), "{told:?}");
    assert!(findings.iter().all(|finding| finding["fix"].is_null()), "{told:?}");
}

#[test]
fn a_move_to_another_letter_case_leaves_no_redirect_in_the_place_of_the_page() {
    let project = project("", &[("content/Guide.md", "# Guide\n")]);
    project.run(&["mv", "content/Guide.md", "content/guide.md"]).ends_with(0);
    assert_eq!(fs::read_to_string(project.path("content/guide.md")).unwrap(), "# Guide\n");
    project.run(&["check"]).ends_with(0);
}

#[test]
fn places_of_steps_are_promised_too() {
    let recruit = "name: Recruit\nsteps:\n  - name: Sift the names\n  - name: Sign\n";
    let project = project("", &[("playbooks/recruit.yaml", recruit)]);
    project.run(&["build"]).ends_with(0);
    project.commit();
    project.write("playbooks/recruit.yaml", recruit.replace("Sift the names", "Sift the name").replace("Sign", "Meet"));
    for against in ["HEAD", "book/manifest.json"] {
        let run = found(&project, against).ends_with(0);
        assert_eq!(
            codes(&run),
            ["url/vanished-anchor playbooks/recruit.yaml:1", "url/vanished-anchor playbooks/recruit.yaml:3"]
        );
        assert!(run.stdout.contains("published anchor `/playbooks/recruit/#sift-the-names`"), "{}", run.stdout);
    }
    project.write("playbooks/recruit.yaml", recruit.replace("steps:", "steps:\n  - name: Listen"));
    assert_eq!(codes(&found(&project, "HEAD").ends_with(0)), [""; 0]);
}

#[test]
fn parts_of_a_page_that_moved_lead_on_from_the_page_and_from_where_it_was() {
    let settings = "[output.html.redirect]\n\"/terms/#exit\" = \"/exit/#how\"\n\"/gone/\" = \"/terms/\"\n\
        \"/gone/#exit\" = \"/exit/\"\n\"/lost/#exit\" = \"/exit/\"\n";
    let project = project(settings, &[("content/terms.md", "# Terms\n"), ("content/exit.md", "# Exit\n\n## How\n")]);
    project.run(&["build"]).ends_with(0);
    let text = |path: &str| fs::read_to_string(project.path(path)).unwrap();
    let terms = text("book/terms/index.html");
    assert!(
        terms.contains("<template data-moved><a data-from=\"exit\" href=\"../exit/#how\"></a></template>"),
        "{terms}"
    );
    assert!(!text("book/exit/index.html").contains("data-moved"));
    let gone = text("book/gone/index.html");
    assert!(gone.contains("<a href=\"../terms/\">") && gone.contains("data-from=\"exit\" href=\"../exit/\""), "{gone}");
    // A page of which only a part is known leads there as a whole.
    assert!(text("book/lost/index.html").contains("<a href=\"../exit/\">"));
}
