//! From the text of book.toml to the place of each file.

use super::book_toml::{self, BookToml};
use super::config::{SeverityLevel, TextDirection, UrlStyle, Wanted};
use super::settle::settle;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::html::RawHtmlPolicy;
use crate::project::files::mount;
use crate::project::{Config, FileSet, ProjectRoots};
use crate::source::{SourceId, SourcePath};

const BOOK: SourceId = SourceId::new(0);

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).unwrap()
}

fn tree(files: &[&str]) -> FileSet {
    FileSet::new(files.iter().map(|file| path(file)).collect(), Vec::new())
}

fn written(text: &str) -> (BookToml, Diagnostics) {
    let parsed = book_toml::parse(text, BOOK);
    (parsed.value, parsed.found)
}

/// A project in its repository's root.
fn settled(text: &str, files: &[&str]) -> (Config, Diagnostics) {
    at(&ProjectRoots::new("/repo".into(), "/repo".into()), text, files)
}

fn at(place: &ProjectRoots, text: &str, files: &[&str]) -> (Config, Diagnostics) {
    let (book, mut found) = written(text);
    let parsed = settle(&book, BOOK, place, &tree(files));
    found.extend(parsed.found);
    (parsed.value, found)
}

/// Each finding as `code at offending text`, its message, and its help.
fn told(text: &str, found: &[Diagnostic]) -> String {
    let tell = |finding: &Diagnostic| {
        let help = finding.help.as_ref().map(|help| format!("  help: {help}\n")).unwrap_or_default();
        format!("{} at {}\n  {}\n{help}", finding.rule.code, &text[finding.span.range()], finding.message)
    };
    found.iter().map(tell).collect()
}

fn sites(config: &Config, files: &[&str]) -> Vec<String> {
    let mounted = mount::apply(config, &tree(files));
    assert_eq!(mounted.found, []);
    mounted.value.iter().map(|file| format!("{} -> {}", file.source, file.site_path)).collect()
}

#[test]
fn one_broken_key_hides_no_other() {
    let text = r#"
titel = "top"
[book]
titel = "Acme"
authors = "Kim"
title = 7
site-url = "https://acme.example"
language = "de"
[output.html]
url-style = "flat"
search = { enabled = true }
[check]
"nav/orphan" = "warning"
[variables]
year = 2026
"#;
    let (book, found) = written(text);
    assert_eq!(book.book.language, "de");
    let expected = r#"
config/unknown-key at titel
  unknown key `titel`
  help: available keys: `book`, `build`, `output`, `nav`, `mount`, `playbooks`, `markdown`, `templates`, `theme`, `variables`, `check`
config/unknown-key at titel
  unknown key `titel` in `[book]`
  help: did you mean `title`?
config/type at "Kim"
  `authors` must be a list of strings, not a string
config/type at 7
  `title` must be a string, not a number
config/unknown-key at site-url
  unknown key `site-url` in `[book]`
  help: `site-url` belongs in `[output.html]`
config/value at "flat"
  invalid value `flat` for `url-style`: it must be `"directory"` or `"file"`
config/unknown-key at enabled
  unknown key `enabled` in `[output.html.search]`
  help: did you mean `enable`?
config/value at "warning"
  invalid value `warning` for `nav/orphan`: it must be `"error"`, `"warn"` or `"off"`
config/type at 2026
  `year` must be a string, not a number
"#;
    assert_eq!(told(text, &found), expected.trim_start());
}

#[test]
fn broken_toml_costs_its_line_only() {
    let text = "[book]\ntitle = Acme\ndescription = \"Partners\"\n[build]\nbuild-dir = \"out\"\n";
    let (book, found) = written(text);
    assert_eq!(book.book.description.as_deref(), Some("Partners"));
    assert_eq!(book.build.build_dir, "out");
    assert!(found.iter().all(|finding| finding.rule.code == "config/syntax"), "{found:?}");
    assert_eq!(&text[found[0].span.range()], "Acme");
}

#[test]
fn a_plain_mdbook_project_builds_as_it_is_and_its_other_keys_are_named_once() {
    let text = r#"
[book]
title = "Handbook"
multilingual = false
src = "src"
[rust]
edition = "2021"
[preprocessor.mermaid]
command = "mdbook-mermaid"
[output.epub]
[output.html]
default-theme = "navy"
mathjax-support = true
[output.html.fold]
enable = true
[output.html.search]
limit-results = 15
[output.html.redirect]
"/old.html" = "/new.html"
"#;
    let files = ["book.toml", "src/SUMMARY.md", "src/intro.md", "src/img/a.png"];
    let (config, found) = settled(text, &files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].rule.code, "config/mdbook-key");
    for key in [
        "`book.multilingual`",
        "`rust`",
        "`preprocessor.mermaid`",
        "`output.epub`",
        "`output.html.search.limit-results`",
    ] {
        assert!(found[0].message.contains(key), "{}", found[0].message);
    }
    assert_eq!(config.summary, Some(path("src/SUMMARY.md")));
    assert_eq!(config.written.html.redirect[0].1.value, "/new.html");
    assert_eq!(sites(&config, &files), ["src/img/a.png -> img/a.png", "src/intro.md -> intro.md"]);
}

#[test]
fn defaults_are_settled() {
    let (config, found) = settled("", &["content/index.md", "content/404.md", "playbooks/qbr.yaml"]);
    assert_eq!(found, []);
    assert_eq!((config.written.book.title.as_str(), config.written.book.language.as_str()), ("Documentation", "en"));
    assert_eq!(config.source, Some(path("content")));
    assert_eq!(config.not_found, Some(path("content/404.md")));
    assert_eq!(config.playbooks.dir, Some(path("playbooks")));
    assert_eq!(config.url_style, UrlStyle::Directory);
    assert!(config.written.html.search && config.written.html.print == Wanted::Small && !config.written.markdown.math);
}

#[test]
fn values_are_settled() {
    let text = r#"
[book]
language = "ar-EG"
[output.html]
site-url = "https://acme.example/docs"
url-style = "file"
git-repository-url = "https://github.com/acme/partners"
edit-url-template = "https://github.com/acme/partners/edit/main/{path}"
[variables]
b = "2"
a = "1"
[check]
"nav/orphan" = "off"
"#;
    let (config, found) = settled(text, &["content/index.md"]);
    assert_eq!(found, []);
    assert_eq!(config.text_direction, TextDirection::RightToLeft);
    assert_eq!(config.site_url.as_deref(), Some("https://acme.example/docs/"));
    assert_eq!(config.variables.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(config.written.check.severities[0].1.value, SeverityLevel::Off);
    let edit = config.edit_url(&path("content/index.md"));
    assert_eq!(edit.as_deref(), Some("https://github.com/acme/partners/edit/main/content/index.md"));
}

#[test]
fn what_book_toml_names_must_be_there() {
    let text = r#"
[book]
src = "docs"
summary = "NAV.md"
[[mount]]
from = "../secret/*"
[[mount]]
from = "docs/*.md"
to = "x/**"
[[mount]]
to = "x"
[playbooks]
dir = "playbook"
[theme]
logo = "logo.svg"
"#;
    let (_, found) = settled(text, &["Docs/index.md", "assets/logo.svg", "playbooks/qbr.yaml"]);
    let expected = r#"
config/missing-key at [[mount]]
  missing key `from` in `[[mount]]`
  help: add `from = "…"`
config/value at "../secret/*"
  cannot mount `../secret/*`: it is outside the root
config/value at "x/**"
  cannot mount `docs/*.md` at `x/**`: its wildcard number 1 differs from wildcard number 1 of `from`
config/path-not-found at "docs"
  folder not found for `src`: `docs` does not exist or contains no files
  help: did you mean `Docs`?
config/path-not-found at "NAV.md"
  file not found for `summary`: `NAV.md`
config/path-not-found at "playbook"
  folder not found for `dir`: `playbook` does not exist or contains no files
  help: did you mean `playbooks`?
config/path-not-found at "logo.svg"
  file not found for `logo`: `logo.svg`
  help: did you mean `assets/logo.svg`?
"#;
    assert_eq!(told(text, &found), expected.trim_start());
}

#[test]
fn a_project_without_pages_says_where_they_are_looked_for() {
    let (_, found) = settled("", &["README.md"]);
    assert_eq!(found[0].rule.code, "config/path-not-found");
    let (_, found) = settled("[[mount]]\nfrom = \"README.md\"", &["README.md"]);
    assert_eq!(found, []);
}

/// The team's own script copied these files together before each build.
#[test]
fn a_repository_is_documented_from_outside_by_mounts_alone() {
    let text = r#"
[book]
root = "../../corpus/accelerator"
[[mount]]
from = "docs/**"
to = "/"
[[mount]]
from = "QUICKSTART.md"
[[mount]]
from = ["AGENTS.md", "SUPPORT.md", ".github/CLA.md"]
to = "about/"
[[mount]]
from = ".github/chatmodes/*.chatmode.md"
to = "chatmodes/"
[[mount]]
from = "patterns/*/README.md"
"#;
    let files = [
        "@project/SUMMARY.md",
        "@project/book.toml",
        ".github/CLA.md",
        ".github/chatmodes/add-tool.chatmode.md",
        "AGENTS.md",
        "QUICKSTART.md",
        "SUPPORT.md",
        "docs/index.md",
        "docs/start/ready/01.md",
        "patterns/rai/README.md",
        "src/main.py",
    ];
    let place = ProjectRoots::new("/corpus/accelerator".into(), "/tests/accelerator".into());
    let (config, found) = at(&place, text, &files);
    assert_eq!(found, []);
    assert_eq!((&config.source, &config.summary), (&None, &Some(path("@project/SUMMARY.md"))));
    assert_eq!(
        sites(&config, &files),
        [
            ".github/CLA.md -> about/CLA.md",
            ".github/chatmodes/add-tool.chatmode.md -> chatmodes/add-tool.chatmode.md",
            "AGENTS.md -> about/AGENTS.md",
            "QUICKSTART.md -> QUICKSTART.md",
            "SUPPORT.md -> about/SUPPORT.md",
            "docs/index.md -> index.md",
            "docs/start/ready/01.md -> start/ready/01.md",
            "patterns/rai/README.md -> patterns/rai/README.md",
        ]
    );
}

#[test]
fn a_mount_that_matches_nothing_is_told_with_what_was_meant() {
    let text = "[[mount]]\nfrom = \"Quickstart.md\"\n[[mount]]\nfrom = \"docs/*/*.md\"\n";
    let files = ["QUICKSTART.md", "docs/a.md", "content/index.md"];
    let (config, _) = settled(text, &files);
    let mounted = mount::apply(&config, &tree(&files));
    let expected = r#"
config/mount-matches-nothing at "Quickstart.md"
  no file matches `Quickstart.md`
  help: did you mean `QUICKSTART.md`? paths are case-sensitive
config/mount-matches-nothing at "docs/*/*.md"
  no file matches `docs/*/*.md`
  help: no file in `docs` matches; `*` matches within one folder, `**` across folders
"#;
    assert_eq!(told(text, &mounted.found), expected.trim_start());
}

#[test]
fn hidden_files_settings_and_playbooks_are_no_content() {
    let text = "[book]\nsrc = \".\"\n[playbooks]\ndir = \"playbooks\"";
    let hidden = [".env", "SUMMARY.md", "book.toml", "img/.DS_Store", "playbooks/qbr.yaml", "theme/x.css"];
    let files = [&hidden[..], &[".well-known/security.txt", "a.md"]].concat();
    let (config, _) = settled(text, &files);
    assert_eq!(sites(&config, &files), [".well-known/security.txt -> .well-known/security.txt", "a.md -> a.md"]);
}

#[test]
fn all_keys_are_known_with_their_meaning() {
    let keys = book_toml::known_keys();
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    assert!(names.contains(&"mount") && names.contains(&"variables"));
    assert!(keys.iter().all(|key| !key.meaning.is_empty() || key.shape == super::schema::ValueShape::Foreign));
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_is_read_without_panic_and_spans_lie_on_characters(text in "(\\PC|\n|\\[|\\]|\"|=){0,120}") {
        for finding in written(&text).1 {
            proptest::prop_assert!(text.get(finding.span.range()).is_some());
        }
    }

    #[test]
    fn any_pattern_meets_any_path_without_panic(from in "[a*?./]{0,12}", to in "[a*?./]{0,12}", path in "[a./]{1,16}") {
        use crate::project::files::glob::{MountTarget, Pattern};
        let Ok(pattern) = Pattern::new(&from) else { return Ok(()) };
        if let (Some(captures), Ok(to)) = (pattern.matches(&path), MountTarget::new(&to, &pattern)) {
            let _ = to.fill(&captures);
        }
    }
}

#[test]
fn a_project_is_opened_from_any_disk() {
    use crate::project::{MemoryFileSystem, open};
    use crate::source::Sources;
    let disk = MemoryFileSystem::new([
        ("handbook/book.toml", "[book]\nroot = \"..\"\n[[mount]]\nfrom = \"QUICKSTART.md\""),
        ("handbook/content/index.md", "# Welcome"),
        ("QUICKSTART.md", "# Quickstart"),
        (".git/config", "secret"),
    ])
    .with_project("handbook");
    let mut sources = Sources::default();
    let opened = open(&disk, &mut sources).unwrap();
    assert_eq!(opened.found, []);
    let places: Vec<_> = opened.value.files.iter().map(|file| file.site_path.as_str()).collect();
    assert_eq!(places, ["QUICKSTART.md", "index.md"]);
    assert_eq!(sources.get(opened.value.config.book_toml).path(), &path("handbook/book.toml"));
    assert!(!opened.value.tree.contains(&path(".git/config")));

    let broken = MemoryFileSystem::new([("book.toml", "[book]\nroot = \"../nowhere\""), ("content/a.md", "")]);
    let opened = open(&broken, &mut Sources::default()).unwrap();
    assert_eq!(opened.found[0].rule.code, "config/path-not-found");
    assert!(open(&MemoryFileSystem::new([("README.md", "")]), &mut Sources::default()).is_err());
}

#[test]
fn what_was_meant_is_named_from_where_it_was_written() {
    let place = ProjectRoots::new("/repo".into(), "/repo/handbook".into());
    let text = "[book]\nsrc = \"page\"\n[playbooks]\ndir = \"playbook\"";
    let (_, found) = at(&place, text, &["handbook/pages/index.md", "playbooks/qbr.yaml"]);
    let helps: Vec<_> = found.iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert_eq!(helps, ["did you mean `pages`?", "did you mean `playbooks`?"]);
}

#[test]
fn a_threshold_is_a_positive_integer() {
    let text = "[check]\nimage-scale = 0x10\n";
    assert_eq!(written(text).0.check.image_scale, 16);
    for (value, code) in
        [("0", "config/value"), ("-2", "config/value"), ("\"3\"", "config/type"), ("2.5", "config/type")]
    {
        let (book, found) = written(&format!("[check]\nimage-scale = {value}\n"));
        assert_eq!((book.check.image_scale, found.len(), found[0].rule.code), (3, 1, code), "{value}");
    }
}

#[test]
fn raw_html_is_published_unless_a_project_says_otherwise() {
    let policy = |text: &str| settled(text, &[]).0.written.html.raw_html;
    assert_eq!(policy(""), RawHtmlPolicy::Allow);
    assert_eq!(policy("[output.html]\nraw-html = \"sanitize\"\n"), RawHtmlPolicy::Sanitize);
    assert_eq!(policy("[output.html]\nraw-html = \"escape\"\n"), RawHtmlPolicy::Escape);
}
