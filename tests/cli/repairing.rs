//! Repairs: `check --fix`, `mv` and `rename-anchor`, as people run them.
//! In: projects with something to repair or to move. Out: what lies on disk afterwards, and what is told.
//! Never knows: how texts are edited.

use std::fs;

use super::program::Project;

impl Project {
    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}

/// One link in the wrong letter case, which is safe to repair, and one misspelt, where the fix is a guess.
fn with_two_slips() -> Project {
    let project = Project::good();
    project.write("content/index.md", "# Partners\n\nThe [NDA](Legal/NDA.md), our [terms](lgeal/nda.md).\n");
    project
}

#[test]
fn safe_fixes_are_made_and_a_second_run_has_nothing_to_do() {
    let project = with_two_slips();
    project.run(&["check", "--fix"]).ends_with(1).says("1 finding fixed in 1 file");
    assert_eq!(project.text("content/index.md"), "# Partners\n\nThe [NDA](legal/nda.md), our [terms](lgeal/nda.md).\n");
    project.run(&["check", "--fix"]).ends_with(1).says("0 findings fixed in 0 files");
}

#[test]
fn guesses_are_made_only_with_somebodys_consent() {
    let project = with_two_slips();
    let before = project.tree("content");
    // Nobody is there to be asked.
    project.run(&["check", "--fix", "--suggested"]).ends_with(2).says("`--yes` to apply all");
    assert_eq!(project.tree("content"), before);
    project.run(&["check", "--fix", "--suggested", "--yes"]).ends_with(0).says("2 findings fixed in 1 file");
    assert!(project.text("content/index.md").contains("our [terms](legal/nda.md)"));
    project.run(&["check", "--suggested"]).ends_with(2);
}

#[test]
fn a_diff_shows_what_would_change_and_changes_nothing() {
    let project = with_two_slips();
    let before = project.tree("content");
    let run = project.run(&["check", "--diff"]).ends_with(1).says("nothing was written");
    let run = run.prints("-The [NDA](Legal/NDA.md), our").prints("+The [NDA](legal/nda.md), our");
    run.prints("--- a/content/index.md");
    project
        .run(&["check", "--diff", "--suggested"])
        .ends_with(1)
        .prints("+The [NDA](legal/nda.md), our [terms](legal/nda.md)");
    assert_eq!(project.tree("content"), before);
}

#[test]
fn what_is_not_reported_is_not_repaired_behind_ones_back() {
    let project = with_two_slips();
    let before = project.tree("content");
    project.run(&["check", "--fix", "--new-since", "HEAD"]).ends_with(2).says("cannot be used with");
    project.run(&["check", "--fix", "--baseline", "known.json"]).ends_with(2).says("cannot be used with");
    project.run(&["check", "--diff", "--write-baseline", "known.json"]).ends_with(2).says("cannot be used with");
    assert_eq!(project.tree("content"), before);
}

#[test]
fn a_page_moves_with_its_links_and_leaves_its_address_behind() {
    let project = Project::good();
    let before = project.tree(".");
    let dry = project.run(&["mv", "--dry-run", "content/legal/nda.md", "content/terms/nda.md"]).ends_with(0);
    dry.says("would be moved").prints("+The [NDA](terms/nda.md#term)");
    assert_eq!(project.tree("."), before);

    project.run(&["mv", "content/legal/nda.md", "content/terms/nda.md"]).ends_with(0).says("1 file moved");
    assert!(!project.path("content/legal/nda.md").exists());
    assert!(project.text("content/index.md").contains("[NDA](terms/nda.md#term)"));
    assert!(project.text("content/map.md").contains("click N \"terms/nda.md\""));
    assert!(project.text("playbooks/recruit.yaml").contains("template: terms/nda.md"));
    project.run(&["build"]).ends_with(0);
    assert!(project.text("book/legal/nda/index.html").contains("terms/nda/"));
}

#[test]
fn a_move_that_cannot_be_made_changes_nothing() {
    let project = Project::good();
    let before = project.tree(".");
    project.run(&["mv", "content/legal/nda.md", "content/index.md"]).ends_with(2).says("content/index.md");
    project.run(&["mv", "content/gone.md", "content/there.md"]).ends_with(2).says("content/gone.md");
    project.run(&["mv", "content/legal/nda.md", "../nda.md"]).ends_with(2).says("is outside the repository");
    project.run(&["mv", "content/legal", "content/legal/inside"]).ends_with(2);
    assert_eq!(project.tree("."), before);
}

#[test]
fn a_heading_gets_another_id_although_a_redirect_to_it_is_spelt_with_escapes() {
    let project = Project::good();
    let settings = project.text("book.toml");
    let redirects =
        "[output.html.redirect]\n\"/old/\" = \"/legal/nda/#\\u0074erm\"\n\"/older/\" = \"/legal/nda/#term\"\n";
    project.write("book.toml", &(settings + "\n" + redirects));
    project.run(&["check"]).ends_with(0);
    project.run(&["rename-anchor", "content/legal/nda.md", "term", "duration"]).ends_with(0);
    assert!(project.text("content/legal/nda.md").contains("## Term {#duration}"));
    let settings = project.text("book.toml");
    assert!(settings.contains("\"/older/\" = \"/legal/nda/#duration\""), "{settings}");
    // What cannot be changed in place is reported, as links are.
    project.run(&["check"]).ends_with(1).prints("term");
}

#[test]
fn a_heading_gets_another_id_and_links_follow() {
    let project = Project::good();
    project.write("playbooks/renew.yaml", "name: Renew\nsteps:\n  - name: Agree\n    template: legal/nda.md#term\n");
    let before = project.tree("content");
    let rename = ["rename-anchor", "content/legal/nda.md", "term", "duration"];
    project.run(&[&rename[..], &["--dry-run"]].concat()).ends_with(0).prints("+## Term {#duration}");
    assert_eq!(project.tree("content"), before);
    project.run(&rename).ends_with(0).says("3 files edited");
    assert!(project.text("content/index.md").contains("[NDA](legal/nda.md#duration)"));
    assert!(project.text("content/legal/nda.md").contains("## Term {#duration}"));
    assert!(project.text("playbooks/renew.yaml").contains("template: legal/nda.md#duration"));
    project.run(&["check"]).ends_with(0);
    project.run(&rename).ends_with(2).says("already exists");
    project.run(&["rename-anchor", "content/legal/nda.md", "term", "years"]).ends_with(2).says("nda.md#term");
    project.run(&["rename-anchor", "content/legal/nda.md", "duration", "two years"]).ends_with(2);
}

/// A map whose click does not agree with its table.
fn with_click(click: &str) -> Project {
    let project = Project::good();
    let table = "| # | Who | Step | First action |\n|---|---|---|---|\n| A1 | Sales | Ask | [NDA](../legal/nda.md) |\n";
    let lane = "    subgraph SALES[\"Sales\"]\n        A1[\"Ask\"]\n    end\n";
    let diagram = format!("```mermaid\nflowchart LR\n{lane}    click A1 {click} \"tip\"\n```\n");
    project.write("content/plan/index.md", format!("# Plan\n\n{diagram}\n{table}"));
    project
}

#[test]
fn a_click_is_never_written_over_without_being_asked_and_then_as_a_source_path() {
    for click in ["\"https://example.org/a\"", "\"\"", "\"../\"", "\"../legal/gone.md\""] {
        let project = with_click(click);
        let before = project.text("content/plan/index.md");
        project.run(&["check", "--fix"]);
        assert_eq!(project.text("content/plan/index.md"), before, "{click}");
        project.run(&["check", "--fix", "--suggested", "--yes"]);
        let repaired = before.replace(&format!("click A1 {click}"), "click A1 \"../legal/nda.md\"");
        assert_eq!(project.text("content/plan/index.md"), repaired, "{click}");
    }
    let bare = with_click("https://example.org/a");
    bare.run(&["check", "--fix"]);
    bare.run(&["check", "--fix"]);
    assert!(bare.text("content/plan/index.md").contains("click A1 \"https://example.org/a\" \"tip\""));
}

/// A playbook of two steps, and what the site's overview and the playbook's own part of a page say of it.
fn with_counts(playbook: &[u8], row: &str, strip: &str) -> Project {
    let project = Project::good();
    project.write("playbooks/train.yaml", playbook);
    let page = format!("# Overview\n\n| Playbook | Steps | When |\n|---|---|---|\n{row}\n\n## Train\n\n{strip}\n");
    project.write("content/overview.md", page);
    project
}

#[test]
fn a_count_is_corrected_only_where_all_was_read_and_nobody_else_says_otherwise() {
    let whole = b"name: Train\nsteps:\n  - name: Invite\n  - name: Teach\n";
    let count = "| train | 3 | Spring |";
    let strip = |chips: &str| format!("<div class=\"playbook-flow\">{chips}</div>");
    let chips = "<span class=\"playbook-step\">Invite</span><span class=\"playbook-step\">Teach</span>";
    let more = format!("{chips}<span class=\"playbook-step\">Examine</span>");
    for (playbook, row, strip, corrected) in [
        (&whole[..], count, strip(chips), true),
        (&whole[..], "| train | 3 | Spring | x |", strip(chips), false),
        (&whole[..], "| train | 3 |", strip(chips), false),
        (b"name: Train\nsteps:\n  - name: Invit\xe9\n  - name: Teach\n", count, String::new(), false),
        (&whole[..], count, strip(&more), false),
    ] {
        let project = with_counts(playbook, row, &strip);
        project.run(&["check", "--fix"]);
        let is_corrected = project.text("content/overview.md").contains("| train | 2 |");
        assert_eq!(is_corrected, corrected, "{row} {strip}");
    }
}
