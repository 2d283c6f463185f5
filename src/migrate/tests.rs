//! Navigations that plugins and file names make, as SUMMARY.md.

use std::collections::BTreeMap;

use super::*;

/// Migrates files, and returns the report with the text of each file that is written.
fn migrated(files: &[(&str, &str)]) -> (String, BTreeMap<String, String>) {
    let texts: BTreeMap<SourcePath, &str> =
        files.iter().map(|(path, text)| (SourcePath::new(path).unwrap(), *text)).collect();
    // The walk lists nothing that is hidden, but what is named can be read.
    let listed = texts.keys().filter(|path| !path.file_name().starts_with('.')).cloned().collect();
    let files = FileSet::new(listed, Vec::new());
    let read = |path: &SourcePath| texts.get(path).map(|text| (*text).to_owned());
    let folder = SourcePath::root();
    let migration = migrate(&ForeignProject { folder: &folder, files: &files, read: &read }).unwrap();
    let written = migration.files.into_iter().map(|(path, text)| (path.to_string(), text)).collect();
    (migration.report.to_string(), written)
}

fn summary(files: &[(&str, &str)]) -> String {
    migrated(files).1.remove("docs/SUMMARY.md").unwrap()
}

const PAGES: [(&str, &str); 6] = [
    ("docs/index.md", ""),
    ("docs/zebra.md", ""),
    ("docs/About.md", ""),
    ("docs/getting-started/step-10.md", ""),
    ("docs/getting-started/step-9.md", ""),
    ("docs/getting-started/README.md", ""),
];

fn with_pages<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    PAGES.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn without_a_nav_pages_are_in_the_order_of_their_names() {
    let files = with_pages(&[("mkdocs.yml", "site_name: Acme\n")]);
    assert_eq!(
        summary(&files),
        "\
# Summary

- [](index.md)
- [](About.md)
- [](zebra.md)
- Getting started
  - [](getting-started/README.md)
  - [](getting-started/step-10.md)
  - [](getting-started/step-9.md)
"
    );
}

#[test]
fn awesome_nav_sorts_numbers_and_takes_the_rest_where_it_says() {
    let files = with_pages(&[
        ("mkdocs.yml", "plugins: [awesome-nav]\n"),
        ("docs/.nav.yml", "nav:\n  - First: zebra.md\n  - \"*/\"\n  - Web: https://acme.example\n  - \"*\"\n"),
        ("docs/getting-started/.nav.yml", "title: Begin\nappend_unmatched: true\n"),
    ]);
    let (report, mut written) = migrated(&files);
    assert_eq!(
        written.remove("docs/SUMMARY.md").unwrap(),
        "\
# Summary

- [First](zebra.md)
- Begin
  - [](getting-started/README.md)
  - [](getting-started/step-9.md)
  - [](getting-started/step-10.md)
- [Web](https://acme.example)
- [](index.md)
- [](About.md)
- Begin
  - [](getting-started/README.md)
  - [](getting-started/step-9.md)
  - [](getting-started/step-10.md)
"
    );
    assert!(report.contains("`append_unmatched`"), "{report}");
}

#[test]
fn awesome_pages_hides_and_reverses() {
    let files = with_pages(&[
        ("mkdocs.yml", "plugins:\n  - awesome-pages\n"),
        ("docs/.pages", "nav:\n  - ...\n  - About.md\n"),
        ("docs/getting-started/.pages", "order: desc\n"),
        ("docs/secret/.pages", "hide: true\n"),
        ("docs/secret/plan.md", ""),
    ]);
    assert_eq!(
        summary(&files),
        "\
# Summary

- [](index.md)
- [](zebra.md)
- Getting started
  - [](getting-started/README.md)
  - [](getting-started/step-10.md)
  - [](getting-started/step-9.md)
- [](About.md)
"
    );
}

#[test]
fn a_literate_nav_includes_the_lists_of_folders() {
    let files = with_pages(&[
        ("mkdocs.yml", "plugins:\n  - literate-nav:\n      nav_file: nav.md\n"),
        (
            "docs/nav.md",
            "See [all](https://acme.example).\n\n- [Home](index.md)\n- [Begin](getting-started/)\n- More\n  - [Z](zebra.md)\n",
        ),
        ("docs/getting-started/nav.md", "- [Nine](step-9.md)\n- [Ten](step-10.md)\n"),
    ]);
    assert_eq!(
        summary(&files),
        "\
# Summary

- [Home](index.md)
- Begin
  - [Nine](getting-started/step-9.md)
  - [Ten](getting-started/step-10.md)
- More
  - [Z](zebra.md)
"
    );
}

#[test]
fn a_summary_that_exists_stays_what_it_is() {
    let files = with_pages(&[("mkdocs.yml", "plugins: [literate-nav]\n"), ("docs/SUMMARY.md", "- [Home](index.md)\n")]);
    let (_, written) = migrated(&files);
    assert_eq!(written.get("NAVIGATION.md").unwrap(), "# Summary\n\n- [Home](index.md)\n");
    assert!(written.get("book.toml").unwrap().contains("summary = \"NAVIGATION.md\""));
}

#[test]
fn indexes_are_the_links_of_their_sections_where_material_shows_them_so() {
    let settings = "theme:\n  features: [navigation.indexes]\nnav:\n  - Begin:\n      - getting-started/README.md\n      - Nine: getting-started/step-9.md\n";
    let files = with_pages(&[("mkdocs.yml", settings)]);
    assert_eq!(
        summary(&files),
        "# Summary\n\n- [Begin](getting-started/README.md)\n  - [Nine](getting-started/step-9.md)\n"
    );
}

#[test]
fn titles_and_paths_are_escaped_for_markdown() {
    let settings = "nav:\n  - \"2. [Draft] *now* & `then`\": a b.md\n  - \"#1\": c(d).md\n";
    let files = [("mkdocs.yml", settings), ("docs/a b.md", ""), ("docs/c(d).md", "")];
    let text = summary(&files);
    let outline = crate::outline::parse(&text, crate::source::SourceId::new(0));
    assert_eq!(outline.found, []);
    let entries = outline.value.items.iter().filter_map(|item| match item {
        crate::outline::OutlineItem::Chapter(entry) => {
            Some((entry.title.value.as_str(), entry.destination.as_ref()?.value.as_str()))
        }
        _ => None,
    });
    let entries: Vec<(&str, &str)> = entries.collect();
    assert_eq!(entries, [("2. [Draft] *now* & `then`", "a b.md"), ("#1", "c(d).md")]);
}

#[test]
fn settings_that_only_this_generator_has_are_written_as_ours_are_read() {
    let settings = "\
site_name: \"Acme \\\"Partners\\\"\"
use_directory_urls: false
validation:
  anchors: ignore
exclude_docs: |
  # comment
  *.tmp
  /private
not_in_nav: news/
theme:
  palette:
    - scheme: slate
      primary: deep purple
  font: {text: Inter, code: JetBrains Mono}
extra_javascript:
  - path: app.js
    async: true
";
    let files = [("mkdocs.yml", settings), ("docs/index.md", ""), ("docs/app.js", "")];
    let (_, written) = migrated(&files);
    let text = written.get("book.toml").unwrap();
    let book = crate::project::settings::book_toml::parse(text, crate::source::SourceId::new(0));
    assert_eq!(book.found, [], "{text}");
    assert_eq!(book.value.book.title, "Acme \"Partners\"");
    for line in [
        "url-style = \"file\"",
        "\"link/anchor-not-found\" = \"off\"",
        "exclude = [\"**/*.tmp\", \"private/**\", \"private\"]",
        "not-listed = [\"**/news/**\"]",
        "additional-js = [{ file = \"docs/app.js\", async = true }]",
        "default-theme = \"dark\"",
        "accent = \"#5e35b1\"",
        "code = \"JetBrains Mono\"",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}
