//! Files that moved: what a report says of links to their old places, and what a repair makes of them.
//! In: projects with a history. Out: findings that name the new place, and repaired files.
//! Never knows: how git finds out.

use super::program::Project;

const CONTRACT: &str =
    "# Contract\n\n## Prices\n\nWhat Acme charges, and when it is paid. See [fees](fees.md), [home](../index.md).\n";
const FEES: &str = "# Fees\n\nCharged at the end of each month, as the [contract](contract.md) says.\n";
const INDEX: &str = "# Home\n\nRead the [contract](guide/contract.md#prices) and [the terms][t]. ![mark](guide/mark.svg)\n\n\
    <a href=\"guide/contract/\">a</a> <a href=\"guide/contract.html\">b</a> <a href=\"guide/contract.md\">c</a> \
    <img src=\"guide/mark.svg\" alt=\"mark\">\n\n{{#include parts/note.md}}\n\n[t]: guide/contract.md \"Terms\"\n";
const MAP: &str = "# Map\n\n```mermaid\nflowchart LR\nsubgraph We\na[Agree]\nb[Pay]\nend\na --> b\n\
    click a \"../guide/contract/\"\nclick b \"guide/fees.md\"\n```\n\n\
    | ID | Step | Who | First action |\n|---|---|---|---|\n\
    | a | Agree | We | [Contract](guide/contract.md) |\n| b | Pay | We | [Fees](guide/fees.md) |\n";

/// A project in which everything that can name a file names one.
fn partners() -> Project {
    let project = Project::new(&[
        (
            "book.toml",
            "[book]\ntitle = \"Acme\"\n[theme]\nlogo = \"content/guide/mark.svg\"\n[output.html.redirect]\n\"/old/\" = \"/guide/contract/\"\n",
        ),
        (".gitignore", "book\n"),
        (
            "content/SUMMARY.md",
            "# Summary\n\n- [Home](index.md)\n- [Contract](guide/contract.md)\n- [Fees](guide/fees.md)\n- [Map](map.md)\n",
        ),
        ("content/index.md", INDEX),
        ("content/map.md", MAP),
        ("content/guide/contract.md", CONTRACT),
        ("content/guide/fees.md", FEES),
        ("content/guide/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>\n"),
        ("content/parts/note.md", "A note of Acme that is long enough to know itself again.\n"),
        (
            "playbooks/sign.yaml",
            "name: Sign\ndescription: See [it](../content/guide/contract.md).\nsteps:\n  - name: Sign the contract\n    \
             template: guide/contract.md\n  - name: Pay\n    template: content/guide/fees.md\n",
        ),
    ]);
    std::fs::remove_dir_all(project.path(".git")).unwrap();
    project.commit();
    project.run(&["check"]).ends_with(0);
    project
}

#[test]
fn a_report_in_any_format_knows_where_a_file_went() {
    let project = partners();
    project.git(&["mv", "content/guide/contract.md", "content/guide/what-we-agree-on.md"]);
    for format in partner_docs::report::FORMATS.iter().map(|format| format.name) {
        let run = project.run(&["check", "-v", "--format", format]).ends_with(1);
        // A line for an editor has no room for what to do, and a comment says it of the first link to each file.
        let words = match format {
            "short" => "file not found: `guide/contract.md`",
            "markdown" => "write <code>what-we-agree-on.md</code>",
            _ => "guide/what-we-agree-on.md#prices",
        };
        assert!(run.stdout.contains(words), "{format}: {}", run.stdout);
    }
    project.run(&["build", "-v"]).ends_with(1).says("guide/what-we-agree-on.md#prices");
    // Git may take one file for another, so that nobody is led elsewhere unasked.
    project.run(&["check", "--fix"]).ends_with(1);
    assert!(project.text("content/index.md").contains("(guide/contract.md#prices)"));
    // Whether git knows or not, the same is found at the same places.
    let places = |run: &super::program::Run| {
        let found = run.json()["diagnostics"].as_array().unwrap().clone();
        found.iter().map(|one| format!("{} {} {}", one["code"], one["file"], one["line"])).collect::<Vec<_>>()
    };
    let knowing = project.run(&["check", "--format", "json"]);
    std::fs::remove_dir_all(project.path(".git")).unwrap();
    std::fs::create_dir(project.path(".git")).unwrap();
    let alone = project.run(&["check", "--format", "json"]);
    let without_orphans =
        |places: Vec<String>| places.into_iter().filter(|place| !place.contains("nav/orphan")).collect::<Vec<_>>();
    assert_eq!(without_orphans(places(&knowing)), without_orphans(places(&alone)));
    assert!(!alone.stdout.contains("what-we-agree-on.md#prices"));
}

#[test]
fn a_repair_of_a_move_reaches_all_that_names_the_file() {
    for is_told in [true, false] {
        let project = partners();
        if is_told {
            project.git(&["mv", "content/guide", "content/handbook"]);
            project.git(&["mv", "content/handbook/contract.md", "content/handbook/what-we-agree-on.md"]);
            project.git(&["mv", "content/parts/note.md", "content/parts/remark.md"]);
        } else {
            // As a file manager does, which tells nobody.
            let rename = |from: &str, to: &str| std::fs::rename(project.path(from), project.path(to)).unwrap();
            rename("content/guide", "content/handbook");
            rename("content/handbook/contract.md", "content/handbook/what-we-agree-on.md");
            rename("content/parts/note.md", "content/parts/remark.md");
        }
        project.run(&["check"]).ends_with(2);
        project.run(&["check", "--fix", "--suggested", "--yes"]).ends_with(0);
        let index = project.text("content/index.md");
        assert!(!index.contains("guide/") && index.contains("(handbook/what-we-agree-on.md#prices)"), "{index}");
        assert!(index.contains("<a href=\"handbook/what-we-agree-on/\">a</a>"), "{index}");
        assert!(index.contains("{{#include parts/remark.md}}"), "{index}");
        assert!(project.text("content/map.md").contains("click a \"../handbook/what-we-agree-on/\""));
        assert!(project.text("content/handbook/fees.md").contains("[contract](what-we-agree-on.md)"));
        assert!(project.text("book.toml").contains("\"/old/\" = \"/handbook/what-we-agree-on/\""));
        assert!(project.text("playbooks/sign.yaml").contains("template: content/handbook/fees.md"));
        let once = project.tree(".");
        project.run(&["check", "--fix", "--suggested", "--yes"]).ends_with(0).says("0 findings fixed");
        assert_eq!(project.tree("content"), {
            let mut content = once;
            content.retain(|path, _| path.starts_with("content"));
            content
                .into_iter()
                .map(|(path, bytes)| (path.strip_prefix("content").unwrap().to_path_buf(), bytes))
                .collect()
        });
    }
}

#[test]
fn a_playbook_that_moved_is_known_wherever_it_is_named() {
    const RECRUIT: &str = "name: Recruit a partner\nsteps:\n  - name: Hold the call\n  - name: Sign\n";
    let project = Project::new(&[
        (
            "book.toml",
            "[book]\ntitle = \"Acme\"\n[output.html.redirect]\n\"/old/\" = \"/playbooks/recruit/#sign\"\n\
             [playbooks]\nrun = \"go {id}\"\n",
        ),
        ("playbooks/recruit.yaml", RECRUIT),
        ("playbooks/exit.yaml", "name: Exit\nnext_playbook: [recruit]\nsteps:\n  - name: Leave\n"),
        (
            "content/index.md",
            "---\nplaybook: recruit\n---\n# Home\n\n```{playbook-flow} recruit\n```\n\n```{playbook-steps} recruit\n```\n\n\
             [first](#recruit-step-1), [last](#recruit-sign), [page](../playbooks/recruit.yaml#sign)\n\n\
             <a href=\"playbooks/recruit/\">it</a>\n\nSay `go recruit`:\n\n```sh\ngo recruit\ngo exit\n```\n",
        ),
    ]);
    std::fs::remove_dir_all(project.path(".git")).unwrap();
    project.commit();
    project.run(&["check"]).ends_with(0);
    let (page, settings) = (project.text("content/index.md"), project.text("book.toml"));
    project.git(&["mv", "playbooks/recruit.yaml", "playbooks/win.yaml"]);
    let run = project.run(&["check"]).ends_with(1).prints("did you mean `win`?");
    run.prints("did you mean `#win-step-1`?")
        .prints("did you mean `#win-sign`?")
        .prints("write `/playbooks/win/#sign`");
    project.run(&["check", "--fix", "--suggested", "--yes"]).ends_with(0);
    assert_eq!(project.text("content/index.md"), page.replace("recruit", "win"));
    assert_eq!(project.text("book.toml"), settings.replace("recruit", "win"));
    assert!(project.text("playbooks/exit.yaml").contains("next_playbook: [win]"));
    project.run(&["check"]).ends_with(0);
}

#[test]
fn a_playbook_that_is_moved_away_from_the_others_is_said_to_be_none() {
    let project = Project::new(&[
        ("book.toml", ""),
        ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n"),
        ("content/index.md", "# Home\n"),
    ]);
    let before = project.text("playbooks/recruit.yaml");
    let run = project.run(&["mv", "playbooks/recruit.yaml", "content/recruit.yaml"]).ends_with(0);
    run.says("`recruit` is no longer a playbook");
    assert_eq!(project.text("content/recruit.yaml"), before);
}
