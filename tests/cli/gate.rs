//! The gate of a pull request: what is new, what vanished, and reports for those who review.
//! In: projects with a history. Out: what `check` says of the last step.
//! Never knows: how git keeps it.

use std::fs;
use std::process::Command;

use super::program::{Project, Run, ended, program};

impl Project {
    pub(super) fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.folder.path()).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]);
        let output = git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits all there is.
    pub(super) fn commit(&self) {
        self.git(&["init", "-q"]);
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }
}

pub(super) fn codes(run: &Run) -> Vec<String> {
    let report = run.json();
    let place = |finding: &serde_json::Value| {
        format!("{} {}:{}", finding["code"].as_str().unwrap(), finding["file"].as_str().unwrap(), finding["line"])
    };
    report["diagnostics"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn a_team_with_old_debts_sees_only_what_a_change_did() {
    let project = Project::with_a_broken_link();
    project
        .write("content/old.md", "# Old\n\n[a](gone.md)\n\nMuch more text that makes this file know itself again.\n");
    project.commit();
    // What was there moves down, and moves to another file; one more of the same is new.
    project.write(
        "content/index.md",
        "# Partners\n\nNew text.\n\nOur [contract](legal/contract.md).\n\n[a](legal/contract.md)\n",
    );
    project.git(&["mv", "content/old.md", "content/older.md"]);
    let run = project.run(&["check", "--format", "json", "--new-since", "HEAD"]).ends_with(1);
    assert_eq!(codes(&run), ["link/not-found content/index.md:7"]);
    let run = run.says("already known");
    assert_eq!(run.json()["summary"]["errors"], 1);
    project.run(&["check", "--new-since", "nowhere"]).ends_with(2).says("unknown git commit `nowhere`");
}

#[test]
fn a_baseline_lists_debts_and_says_which_are_paid() {
    let project = Project::with_a_broken_link();
    project.run(&["check", "--write-baseline", "known.json"]).ends_with(0).says("`known.json` now lists");
    let first = fs::read_to_string(project.path("known.json")).unwrap();
    assert!(first.lines().any(|line| line.contains("\"link/not-found\"")), "{first}");
    project.run(&["check", "--baseline", "known.json"]).ends_with(0);
    project.write("content/index.md", "# Partners\n\nOur [other](legal/other.md).\n");
    let run = project.run(&["check", "--format", "json", "--baseline", "known.json"]).ends_with(1);
    assert!(codes(&run).contains(&"link/not-found content/index.md:3".to_owned()));
    run.says("resolved: content/index.md").says("--write-baseline known.json");
    project.write("known.json", "{}");
    project.run(&["check", "--baseline", "known.json"]).ends_with(2).says("is not a baseline");
}

#[test]
fn published_addresses_do_not_vanish_unseen() {
    let project = Project::new(&[
        ("book.toml", ""),
        ("content/index.md", "# Home\n\n[NDA](nda.md)\n"),
        ("content/nda.md", "# NDA\n\n## Stage 5\n\nThe text of the agreement, long enough to be known again.\n"),
    ]);
    project.run(&["build"]).ends_with(0);
    project.commit();
    let good = |against: &str| project.run(&["check", "--against", against]);
    good("book/manifest.json").ends_with(0);
    good("HEAD").ends_with(0);

    project.git(&["mv", "content/nda.md", "content/agreement.md"]);
    project.write("content/index.md", "# Home\n\n[NDA](agreement.md)\n");
    for against in ["book/manifest.json", "book", "HEAD"] {
        let run = project.run(&["check", "--format", "json", "--against", against]).ends_with(1);
        assert_eq!(codes(&run), ["url/vanished-page content/agreement.md:1"], "{against}");
        let edit = &run.json()["diagnostics"][0]["fix"]["edits"][0];
        assert_eq!(edit["replacement"], "---\nredirect_from:\n  - /nda/\n---\n");
    }
    let moved = fs::read_to_string(project.path("content/agreement.md")).unwrap();
    project.write("content/agreement.md", format!("---\nredirect_from: /nda/\n---\n{moved}"));
    good("HEAD").ends_with(0);

    project.write("content/nda.md", "# NDA\n\n## Stage 5 UAT\n");
    project.write("content/index.md", "# Home\n\n[NDA](nda.md), [b](agreement.md)\n");
    project.write("content/agreement.md", "# Agreement\n");
    let run = project.run(&["check", "--format", "json", "--against", "HEAD"]).ends_with(0);
    assert_eq!(codes(&run), ["url/vanished-anchor content/nda.md:3"]);
    project.run(&["check", "--against", "nowhere"]).ends_with(2).says("file not found, and unknown git commit");
}

#[test]
fn published_files_do_not_vanish_unseen() {
    let project = Project::new(&[
        ("book.toml", ""),
        ("content/index.md", "# Home\n\n[Prices](prices.csv)\n"),
        ("content/prices.csv", "partner,price\n"),
    ]);
    project.run(&["build"]).ends_with(0);
    project.commit();
    fs::remove_file(project.path("content/prices.csv")).unwrap();
    project.write("content/lists/prices.csv", "partner,price\n");
    project.write("content/index.md", "# Home\n\n[Prices](lists/prices.csv)\n");
    for against in ["book/manifest.json", "HEAD"] {
        let run = project.run(&["check", "--format", "json", "--against", against]).ends_with(0);
        assert_eq!(codes(&run), ["url/vanished-asset book.toml:1"], "{against}");
        let finding = &run.json()["diagnostics"][0];
        assert_eq!(finding["message"], "published file `/prices.csv` no longer exists");
        assert!(finding["help"].as_str().unwrap().starts_with("it may be `content/lists/prices.csv` now"), "{finding}");
    }
    project.write("content/prices.csv", "partner,price\n");
    let run = project.run(&["check", "--format", "json", "--against", "HEAD"]).ends_with(0);
    assert_eq!(codes(&run), Vec::<String>::new());
}

#[test]
fn comments_allow_what_is_found_on_demand_too() {
    let project = Project::new(&[("book.toml", ""), ("content/index.md", "# Home\n\n## Stage 5\n")]);
    project.commit();
    project.write("content/index.md", "# Home\n<!-- partner-docs: allow-file url/vanished-anchor -->\n");
    project.run(&["check", "--deny", "warnings"]).ends_with(0);
    project.run(&["check", "--deny", "warnings", "--against", "HEAD"]).ends_with(0);
    project.write("content/index.md", "# Home\n<!-- partner-docs: allow-file url/vanished-anchor -->\n\n## Stage 5\n");
    let run = project.run(&["check", "--format", "json", "--against", "HEAD"]);
    assert_eq!(codes(&run), ["check/unused-allow content/index.md:2"]);
}

#[test]
fn a_report_goes_to_a_file_and_people_read_theirs() {
    let project = Project::with_a_broken_link();
    for (format, begins) in [("sarif", "{\"$schema\""), ("junit", "<?xml"), ("gitlab", "[{"), ("json", "{\"version\"")]
    {
        let run = project.run(&["check", "--format", format, "--output", "report"]).ends_with(1);
        let run = run.prints("error[link/not-found]");
        assert_eq!(run.stderr, "");
        let report = fs::read_to_string(project.path("report")).unwrap();
        assert!(report.starts_with(begins), "{report}");
        let alone = project.run(&["check", "--format", format]).ends_with(1);
        if format != "json" {
            assert_eq!(alone.stdout, report);
        }
    }
    project.run(&["check", "--output", "not/there/report"]).ends_with(2).says("cannot write `not/there/report`");
}

#[test]
fn github_gets_a_table_beside_what_other_steps_wrote() {
    let project = Project::with_a_broken_link();
    project.write("summary.md", "Earlier.\n");
    let mut check = program();
    check.args(["check", "--format", "github"]).current_dir(project.folder.path());
    check.env("GITHUB_STEP_SUMMARY", project.path("summary.md"));
    ended(&check.output().unwrap()).ends_with(1).prints("::error file=content/index.md,line=3");
    let summary = fs::read_to_string(project.path("summary.md")).unwrap();
    assert!(summary.starts_with("Earlier.\n### partner-docs") && summary.contains("| `link/not-found` |"), "{summary}");
}

#[test]
fn what_changes_for_readers_is_listed_by_page() {
    let project = Project::good();
    project.write("content/prices.md", "# Prices & #more_to_come\n\n{{#include fees.txt}}\n");
    project.write("content/fees.txt", "Ten.\n");
    project.write("content/old.md", "# Old\n");
    std::fs::remove_dir_all(project.path(".git")).unwrap();
    project.commit();
    project.run(&["changes", "--since", "HEAD"]).ends_with(0).prints("### What changes for readers\n\nNothing.\n");
    project.git(&["mv", "content/legal/nda.md", "content/legal/agreement.md"]);
    std::fs::remove_file(project.path("content/old.md")).unwrap();
    project.write("content/fees.txt", "Twelve.\n");
    project.write("content/new.md", "# New\n");
    let changes = project.run(&["changes", "--since", "HEAD"]).ends_with(0).stdout;
    let expected = "### What changes for readers\n\n- New: New (`/new/`)\n\
        - Changed: Prices &#38; &#35;more&#95;to&#95;come (`/prices/`)\n- Moved: NDA (`/legal/agreement/`), from `/legal/nda/`\n\
        - Removed: Old (`/old/`)\n";
    assert_eq!(changes, expected);
    project.run(&["changes", "--since", "nowhere"]).ends_with(2).says("nowhere");
}
