//! `partner-docs migrate`: projects of other generators, and what a build makes of them afterwards.
//! In: small projects with the files that MkDocs, Zensical and mdBook read. Out: files, a report, and addresses.
//! Never knows: how a setting is carried over.

use std::fs;

use super::program::Project;

/// A project of MkDocs with most of what such projects have.
const MKDOCS: &[(&str, &str)] = &[
    ("shared.yml", "theme:\n  name: material\n  features: [navigation.tabs]\nplugins:\n  - search\n"),
    (
        "mkdocs.yml",
        "\
INHERIT: shared.yml
site_name: !ENV [SITE_NAME, Acme Partners]
site_url: https://acme.example/partners/
repo_url: https://github.com/acme/partners
repo_name: Acme pages
edit_uri: edit/main/docs/
theme:
  palette:
    primary: teal
  logo: img/logo.svg
nav:
  - Home: index.md
  - Recruit:
      - recruit/index.md
      - First call: recruit/call.md
  - Support:
      - Help [beta]: support.md
      - Status: https://status.acme.example
plugins:
  - search
  - redirects:
      redirect_maps:
        old.md: recruit/call.md#agenda
  - mkdocstrings
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.emoji:
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
exclude_docs: |
  drafts/
extra:
  desk: partners@acme.example
  social:
    - icon: fontawesome/brands/github
      link: https://github.com/acme
extra_javascript:
  - js/menu.mjs
  - https://cdn.acme.example/chat.js
hooks: [hooks.py]
flavour: vanilla
",
    ),
    ("docs/index.md", "# Welcome\n\nWrite to {{ desk }}. See [the call](recruit/call.md) and [nothing](gone.md).\n"),
    ("docs/recruit/index.md", "# Recruiting\n"),
    ("docs/recruit/call.md", "# The first call\n\n## Agenda\n"),
    ("docs/support.md", "# Help\n"),
    ("docs/drafts/plan.md", "# Plan\n"),
    ("docs/js/menu.mjs", "export {};\n"),
    ("docs/img/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
];

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).unwrap()
}

#[test]
fn a_project_of_mkdocs_is_built_at_its_old_addresses() {
    let project = Project::new(MKDOCS);
    project.run(&["migrate"]).ends_with(0).says("wrote book.toml").says("wrote docs/SUMMARY.md");
    assert_eq!(
        text(&project, "docs/SUMMARY.md"),
        "\
# Summary

[Home](index.md)

# Recruit

- [](recruit/index.md)
- [First call](recruit/call.md)

# Support

- [Help \\[beta\\]](support.md)
- [Status](https://status.acme.example)
"
    );
    project.run(&["build"]).ends_with(0);
    for page in ["index.html", "recruit/index.html", "recruit/call/index.html", "support/index.html"] {
        assert!(project.path("book").join(page).exists(), "{page}");
    }
    assert!(text(&project, "book/old/index.html").contains("recruit/call/#agenda"));
    assert!(!project.path("book/drafts/plan/index.html").exists());
    let home = text(&project, "book/index.html");
    assert!(home.contains("partners@acme.example") && home.contains("title=\"Acme pages\""), "{home}");
    assert!(
        home.contains("type=\"module\"") && home.contains("src=\"https://cdn.acme.example/chat.js\" defer"),
        "{home}"
    );
}

#[test]
fn every_setting_is_named_once_with_what_became_of_it() {
    let project = Project::new(MKDOCS);
    let report = project.run(&["migrate", "--dry-run"]).ends_with(0).stdout;
    let (carried, rest) = report.split_once("needs no counterpart:").unwrap();
    let (_, lost) = rest.split_once("has no counterpart:").unwrap();
    for setting in ["site_name: [book] title", "plugins: redirects: redirect_maps", "extra: desk: [variables] desk"] {
        assert!(carried.contains(setting), "{setting} in {carried}");
    }
    assert!(
        carried.contains("markdown_extensions: toc: slugify: [output.html] heading-ids = \"pymdownx\""),
        "{carried}"
    );
    for setting in ["hooks: ", "plugins: mkdocstrings: ", "flavour: not known"] {
        assert!(lost.contains(setting), "{setting} in {lost}");
    }
    assert!(!project.path("book.toml").exists(), "a dry run writes nothing");
}

#[test]
fn what_was_wrong_before_is_known_and_what_is_new_fails() {
    let project = Project::new(MKDOCS);
    project.run(&["migrate"]).ends_with(0).says("baseline.json");
    assert!(text(&project, "baseline.json").contains("gone.md"));
    project.run(&["check"]).ends_with(0).says("already known");
    project.write("docs/support.md", "# Help\n\nSee [the price list](prices.md).\n");
    project.run(&["check"]).ends_with(1).prints("prices.md");
    project.run(&["build"]).ends_with(1).says("prices.md").says("--keep-going");
}

#[test]
fn files_that_exist_are_replaced_only_when_asked_for() {
    let project = Project::new(MKDOCS);
    project.write("book.toml", "[book]\ntitle = \"Mine\"\n");
    project.run(&["migrate"]).ends_with(2).says("`book.toml` already exists");
    assert_eq!(text(&project, "book.toml"), "[book]\ntitle = \"Mine\"\n");
    project.run(&["migrate", "--force"]).ends_with(0);
    assert!(text(&project, "book.toml").contains("title = \"Acme Partners\""));
}

#[test]
fn settings_of_zensical_are_those_of_mkdocs_in_toml() {
    let project = Project::new(&[
        (
            "zensical.toml",
            "[project]\nsite_name = \"Acme\"\nnav = [{ \"Start\" = \"index.md\" }, { \"More\" = [\"a.md\"] }]\n\
            [project.markdown_extensions.pymdownx.keys]\n[project.markdown_extensions.toc]\npermalink = true\n",
        ),
        ("docs/index.md", "# Start\n"),
        ("docs/a.md", "# A\n"),
    ]);
    project
        .run(&["migrate"])
        .ends_with(0)
        .prints("as settings of Zensical")
        .prints("markdown_extensions: pymdownx.keys: keys");
    assert_eq!(text(&project, "docs/SUMMARY.md"), "# Summary\n\n- [Start](index.md)\n- More\n  - [](a.md)\n");
    project.run(&["build"]).ends_with(0);
}

#[test]
fn a_project_of_mdbook_keeps_its_addresses_and_the_text_of_its_settings() {
    let settings = "# Ours.\n[book]\ntitle = \"Acme\"\nauthors = [\"The team\"]\n\n[preprocessor.prices]\n\n[output.html]\n\n\
        [output.html.redirect]\n\"/old.html\" = \"guide/start.html\"\n";
    let project = Project::new(&[
        ("book.toml", settings),
        ("src/SUMMARY.md", "# Summary\n\n- [Intro](README.md)\n- [Start](guide/start.md)\n"),
        ("src/README.md", "# Intro\n\n\"Read\" [the start](guide/start.html) -- or [nothing](gone.md).\n"),
        ("src/guide/start.md", "# Start\n"),
    ]);
    project.run(&["migrate"]).ends_with(0).prints("preprocessor: prices: programs").prints("redirect: the same key");
    assert_eq!(text(&project, "book.toml"), format!("{settings}\n[check]\nbaseline = \"baseline.json\"\n"));
    project.run(&["build"]).ends_with(0);
    let home = text(&project, "book/index.html");
    assert!(home.contains("“Read”") && home.contains("–"), "punctuation is mdBook's: {home}");
    assert!(home.contains("href=\"guide/start.html\""), "{home}");
    assert!(project.path("book/guide/start.html").exists() && project.path("book/old.html").exists());
}

#[test]
fn other_generators_are_named_and_nothing_is_a_mistake() {
    let project = Project::new(&[("docusaurus.config.js", "module.exports = {};\n")]);
    project.run(&["migrate"]).ends_with(2).says("projects of Docusaurus can't be migrated yet");
    let project = Project::new(&[("README.md", "# Nothing\n")]);
    project.run(&["migrate"]).ends_with(2).says("nothing to migrate");
    let project = Project::new(&[("mkdocs.yml", "- just\n- a list\n"), ("docs/index.md", "# Home\n")]);
    project.run(&["migrate"]).ends_with(2).says("cannot read `mkdocs.yml`");
}
