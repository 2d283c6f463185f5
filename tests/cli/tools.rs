//! The commands beside `check`, `build` and `serve`.
//! In: diagrams, names of rules. Out: drawings, pages, lists, schemas, and the help of every command.
//! Never knows: how a map is laid out.

use std::fs;

use serde_json::Value;

use super::program::{Project, run};

const DIAGRAM: &str = "flowchart LR\nsubgraph WE[We]\nS[Scope]\nend\nsubgraph THEY[They]\nN[Sign]\nend\nS --> N\n";

fn assert_is_a_drawing(svg: &str) {
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{svg}");
    assert!(svg.contains("Scope") && svg.contains("They"), "{svg}");
}

#[test]
fn a_diagram_is_drawn_to_stdout_or_to_a_file() {
    let project = Project::new(&[("flow.mmd", DIAGRAM)]);
    let run = project.run(&["map", "flow.mmd"]).ends_with(0);
    assert_is_a_drawing(&run.stdout);
    assert_eq!(run.stderr, "");
    let written = project.run(&["map", "flow.mmd", "-o", "flow.svg"]).ends_with(0);
    assert_eq!(written.stdout, "");
    assert_eq!(fs::read_to_string(project.path("flow.svg")).unwrap(), run.stdout);
}

#[test]
fn the_first_diagram_of_a_page_is_drawn() {
    let page = format!("# Map\n\n```rust\nfn main() {{}}\n```\n\n```mermaid\n{DIAGRAM}```\n\n```mermaid\npie\n```\n");
    let project = Project::new(&[("map.md", &page), ("flow.mmd", DIAGRAM)]);
    let drawn = project.run(&["map", "map.md"]).ends_with(0).stdout;
    assert!(drawn.contains("<title id=\"map-t\">Map</title>"), "it is called as its page is: {drawn}");
    assert_eq!(drawn, project.run(&["map", "flow.mmd"]).stdout.replace(">Workflow map<", ">Map<"));
}

#[test]
fn a_page_s_map_is_drawn_with_its_table() {
    let table = "| ID | Who | Step | First action |\n|---|---|---|---|\n| S | We | Scope | [Brief](brief.md) |\n| N | They | Seal | |\n";
    let alone = "| ID | Who | Step | Next |\n|---|---|---|---|\n| A | We | Ask | B |\n| B | They | Answer | |\n";
    let page = format!("```mermaid\n{DIAGRAM}```\n\n{table}\n{alone}");
    let project = Project::new(&[("map.md", &page)]);
    let run = project.run(&["map", "map.md"]).ends_with(1).says("error[swimlane/label-mismatch]");
    assert!(run.stdout.contains("href=\"brief.md\"") && run.stdout.contains(">Seal<"), "{}", run.stdout);
    let second = project.run(&["map", "map.md", "--number", "2"]).ends_with(1).stdout;
    assert!(second.contains(">Answer<") && !second.contains(">Seal<"), "{second}");
    project.run(&["map", "map.md", "-n", "3"]).ends_with(2).says("`map.md` has no map number 3; it has 2");
}

#[test]
fn what_is_wrong_in_a_diagram_is_said_beside_the_drawing() {
    let broken = DIAGRAM.replace("S --> N", "S --> N\nclick X \"a.md\"\nS -->");
    let project = Project::new(&[("flow.mmd", &broken)]);
    let run = project.run(&["map", "flow.mmd"]).ends_with(1);
    assert_is_a_drawing(&run.stdout);
    run.says("warning[diagram/unknown-id]").says("error[diagram/syntax]").says("flow.mmd:");
}

#[test]
fn a_diagram_with_bytes_that_are_no_text_is_drawn_and_says_so() {
    let project = Project::new(&[]);
    project.write("flow.mmd", b"flowchart LR\n  a[\"Caf\xe9\"] --> b\n");
    let run = project.run(&["map", "flow.mmd"]).ends_with(1);
    assert!(run.stdout.contains("Caf\u{fffd}"), "{}", run.stdout);
    run.says("error[source/not-utf8]").says("flow.mmd:2:9");
}

#[test]
fn what_cannot_be_drawn_ends_with_2() {
    let project = Project::new(&[("prose.md", "# Prose\n"), ("pie.mmd", "pie\n\"a\": 1\n")]);
    project.run(&["map", "prose.md"]).ends_with(2).says("`prose.md` has no ```mermaid block");
    project.run(&["map", "pie.mmd"]).ends_with(2).says("`pie` diagrams are not drawn");
    project.run(&["map", "gone.mmd"]).ends_with(2).says("cannot read `gone.mmd`");
    project.run(&["map"]).ends_with(2);
}

#[test]
fn every_rule_that_is_listed_can_be_explained() {
    let rules = run(&["rules"]).ends_with(0).stdout;
    assert!(rules.lines().count() > 40, "{rules}");
    assert!(rules.lines().is_sorted(), "{rules}");
    for line in rules.lines() {
        let mut words = line.split_whitespace();
        let (code, severity) = (words.next().unwrap(), words.next().unwrap());
        assert!(["error", "warning", "info", "off"].contains(&severity), "{line}");
        assert!(words.next().is_some(), "no summary: {line}");
        run(&["explain", code]).ends_with(0).prints(&format!("# {code}\n"));
    }
}

#[test]
fn a_misspelt_rule_has_its_neighbour_named() {
    let run = run(&["explain", "link/notfound"]).ends_with(2).says("did you mean `link/not-found`?");
    assert_eq!(run.stdout, "");
}

#[test]
fn the_schema_of_playbooks_is_a_schema_that_knows_what_playbooks_hold() {
    let schema: Value = serde_json::from_str(&run(&["schema", "playbook"]).ends_with(0).stdout).unwrap();
    assert!(schema["$schema"].as_str().unwrap().contains("json-schema.org"));
    assert_eq!(schema["type"], "object");
    for key in ["name", "description", "tags", "prerequisites", "steps", "success_criteria", "next_playbook"] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
    assert_only_known_words(&schema);
}

#[test]
fn the_schemas_of_published_files_are_schemas() {
    for of in ["playbook-json", "map-json"] {
        let schema: Value = serde_json::from_str(&run(&["schema", of]).ends_with(0).stdout).unwrap();
        assert_eq!(schema["properties"]["version"]["const"], 1, "{of}");
        assert_only_known_words(&schema);
    }
}

/// Every word of a schema is one that validators know; in `properties` and `$defs` the words are the author's own.
fn assert_only_known_words(schema: &Value) {
    const KNOWN: [&str; 19] = [
        "$defs",
        "$id",
        "$ref",
        "$schema",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "definitions",
        "description",
        "enum",
        "examples",
        "format",
        "items",
        "minLength",
        "oneOf",
        "required",
        "title",
        "type",
    ];
    let Some(object) = schema.as_object() else { return };
    for (word, value) in object {
        match word.as_str() {
            "properties" | "$defs" | "definitions" => {
                value.as_object().unwrap().values().for_each(assert_only_known_words);
            }
            "items" | "additionalProperties" => assert_only_known_words(value),
            "anyOf" | "oneOf" => value.as_array().unwrap().iter().for_each(assert_only_known_words),
            word => assert!(KNOWN.contains(&word), "`{word}` is no word of JSON Schema"),
        }
    }
}

#[test]
fn a_theme_of_ones_own_begins_with_files_that_change_nothing() {
    let project = Project::new(&[("content/index.md", "# Partners\n")]);
    project.run(&["theme", "new"]).ends_with(0).says("theme/templates/base.html");
    project.run(&["check"]).ends_with(0);
    project.run(&["theme", "new"]).ends_with(2).says("already exists");
}

#[test]
fn a_built_in_file_is_copied_and_never_over_another() {
    let project = Project::new(&[("content/index.md", "# Partners\n")]);
    project.run(&["theme", "eject", "partials/footer.html"]).ends_with(0);
    let footer = project.path("theme/templates/partials/footer.html");
    assert!(fs::read_to_string(&footer).unwrap().contains("<footer"));
    fs::write(&footer, "<footer>Acme</footer>").unwrap();
    project.run(&["theme", "eject", "templates/partials/footer.html"]).ends_with(2).says("already exists");
    assert_eq!(fs::read_to_string(&footer).unwrap(), "<footer>Acme</footer>");
    project.run(&["theme", "eject", "partials/foter.html"]).ends_with(2).says("did you mean `partials/footer.html`?");
}

#[test]
fn what_a_template_asks_for_in_vain_is_found_by_check_as_by_build() {
    let base = "theme/templates/base.html";
    let extend = |rest: &str| format!("{{% extends \"default/base.html\" %}}\n{rest}\n");
    let cases = [
        (extend("{% block footer %}{{ site.titel }}{% endblock %}"), "base.html:2:27", "did you mean `title`?"),
        (extend("{% block foter %}{% endblock %}"), "base.html:2:10", "did you mean `footer`?"),
        (extend("{% block footer %}{{ <icoon name=\"x\" /> }}{% endblock %}"), "base.html:2:", "did you mean `icon`?"),
        ("{% extends \"default/bsae.html\" %}\n".to_owned(), "base.html:1:13", "did you mean `default/base.html`?"),
        ("{% extends \"base.html\" %}\n".to_owned(), "base.html:1:1", "is `default/base.html`"),
    ];
    for (template, place, help) in cases {
        let project = Project::new(&[("content/index.md", "# Partners\n"), (base, &template)]);
        project.run(&["check"]).ends_with(1).prints(place).prints(help);
        project.run(&["build"]).ends_with(1).says(place).says(help);
    }
}

#[test]
fn every_command_says_what_it_does() {
    let commands = [
        ("build", "output folder"),
        ("check", "broken links"),
        ("serve", "reload"),
        ("map", "SVG"),
        ("theme", "theme"),
        ("fill", "templates"),
        ("mv", "every link"),
        ("rename-anchor", "every link"),
        ("explain", "rule"),
        ("rules", "rules"),
        ("changes", "since a commit"),
        ("inputs", "patterns"),
        ("schema", "JSON Schema"),
        ("migrate", "MkDocs"),
        ("init", "project"),
        ("new", "template"),
        ("clean", "site"),
        ("completions", "shell"),
    ];
    let all = run(&["--help"]).ends_with(0).stdout;
    for (command, words) in commands {
        let help = run(&[command, "--help"]).ends_with(0).stdout;
        let first = help.lines().next().unwrap();
        assert!(first.contains(words), "{command}: {first}");
        assert!(help.contains(&format!("Usage: partner-docs {command}")), "{help}");
        assert!(all.contains(first), "`{first}` is not in the overview");
    }
    let listed = all.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    assert_eq!(listed.count(), commands.len() + 1, "a command without a case here: {all}");
    assert_eq!(run(&["--version"]).ends_with(0).stdout, concat!("partner-docs ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn inputs_are_patterns_for_the_filters_of_ci() {
    let project = Project::new(&[
        (
            "docs/site/book.toml",
            "[book]\nroot = \"../..\"\n[[mount]]\nfrom = \"legal\"\nto = \"legal\"\n[[mount]]\nfrom = \"src/**/*.md\"\nto = \"code/**/*.md\"\n",
        ),
        ("docs/site/content/index.md", "# Home\n\n{{#include ../../../VERSION}}\n"),
        ("docs/site/playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n"),
        ("legal/nda.md", "# NDA\n"),
        ("src/a/b.md", "# B\n"),
        ("VERSION", "1.2\n"),
        ("unrelated/notes.md", "# Notes\n"),
    ]);
    let run = project.run(&["inputs", "docs/site"]).ends_with(0);
    let lines = "VERSION\ndocs/site/book.toml\ndocs/site/content/**\ndocs/site/playbooks/**\nlegal/**\nsrc/**/*.md\n";
    assert_eq!(run.stdout, lines);
}
