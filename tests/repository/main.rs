//! What the repository says of itself is true: its documents, its workflows, its forms.
//! In: the documents at the top, and what lies in `.github`. Out: links that lead nowhere, commands that are none, names
//! that the code does not have.
//! Never knows: what the program does; `tests/docs.rs` runs what is shown for users.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository as it lies on disk")]

mod command;
mod document;
#[cfg(unix)]
mod workflows;

use std::fs;
use std::path::Path;

use command::Workspace;
use document::Document;
use partner_docs::diagnostic::Rule;
use partner_docs::source::{SourceId, Span};
use partner_docs::yaml;
use serde_json::Value;

/// Folders of the repository whose files the documents name.
const FOLDERS: [&str; 9] =
    ["src/", "starter/", "tests/", "themes/", "content/", "playbooks/", "examples/", ".ci/", ".github/"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Documents for people who work on the program, or decide whether to use it: those at the top, and what a pull request
/// begins with.
fn documents() -> Vec<String> {
    let names = fs::read_dir(repository()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "md")).collect();
    names.sort();
    names.push(".github/pull_request_template.md".to_owned());
    names
}

/// All that is wrong, one to a line, so that a failure says everything at once.
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// Whether a word names a file or folder, rather than many: `src/check/NAME.rs` stands for a file of one's own.
fn is_path(word: &str) -> bool {
    let is_pattern = word.contains('*') || word.split(['/', '.']).any(|part| part == "NAME" || part == "FAMILY");
    FOLDERS.iter().any(|folder| word.starts_with(folder)) && !is_pattern && !word.contains(char::is_whitespace)
}

#[test]
fn links_in_documents_lead_somewhere() {
    let mut dead = Vec::new();
    for name in documents() {
        let document = Document::read(&repository().join(&name));
        for link in document.links.iter().filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                repository().join(&name)
            } else {
                repository().join(&name).with_file_name("").join(path)
            };
            let leads = target.exists() && (anchor.is_empty() || Document::read(&target).has_anchor(anchor));
            dead.extend((!leads).then(|| format!("{name}: {link}")));
        }
    }
    assert_none("links that lead nowhere", &dead);
}

#[test]
fn files_that_documents_name_are_there() {
    let mut gone = Vec::new();
    // The changelog tells of files that were.
    for name in documents().iter().filter(|name| *name != "CHANGELOG.md") {
        let words = Document::read(&repository().join(name)).code;
        let named = words.iter().filter(|word| is_path(word));
        gone.extend(named.filter(|word| !repository().join(word).exists()).map(|word| format!("{name}: {word}")));
    }
    assert_none("files that are not there", &gone);
}

#[test]
fn walkthroughs_name_what_the_code_has() {
    let document = Document::read(&repository().join("CONTRIBUTING.md"));
    let is_name = |word: &str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
    let mut gone = Vec::new();
    for item in &document.items {
        let files: Vec<&String> =
            item.iter().filter(|word| is_path(word) && repository().join(word).is_file()).collect();
        let code: String = files.iter().map(|path| read(path)).collect();
        let names = item.iter().filter(|word| is_name(word) && !files.is_empty());
        gone.extend(names.filter(|name| !code.contains(*name)).map(|name| format!("`{name}` is not in {files:?}")));
    }
    assert_none("names that the code does not have", &gone);
}

#[test]
fn commands_in_documents_are_real() {
    let workspace = Workspace::read(repository());
    let mut wrong = Vec::new();
    for name in documents() {
        for command in &Document::read(&repository().join(&name)).commands {
            wrong.extend(workspace.error(command).map(|error| format!("{name}: {command}: {error}")));
        }
    }
    for line in read(".ci/run").lines() {
        let command = line.split_once("' ").filter(|(part, _)| part.starts_with("part '")).map(|(_, command)| command);
        let cargo = command.and_then(|command| Some(&command[command.find("cargo ")?..]));
        wrong.extend(cargo.and_then(|cargo| workspace.error(cargo)).map(|error| format!(".ci/run: {line}: {error}")));
    }
    assert_none("commands that are none", &wrong);
}

#[test]
fn the_gate_runs_the_tests_that_the_documents_name() {
    let everything = "cargo test --workspace";
    for name in ["README.md", "CONTRIBUTING.md"] {
        assert!(read(name).lines().any(|line| line.starts_with(everything)), "{name} does not say `{everything}`");
    }
    assert!(read(".ci/run").contains("cargo test --locked --workspace\n"), "the gate does not run all tests");
}

#[test]
fn each_function_for_any_text_has_a_fuzz_target() {
    let anything = read("tests/support/anything.rs");
    let list = anything.split("TARGETS").nth(1).and_then(|rest| rest.split("];").next()).unwrap();
    let called: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(Workspace::read(repository()).programs("partner-docs-fuzz"), called);
}

static NOT_YAML: Rule = Rule::error("test/syntax", "");

/// The forms and workflows of the repository's host.
fn settings(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(".github").join(folder);
    let files = fs::read_dir(repository().join(&folder)).unwrap().map(|entry| folder.join(entry.unwrap().file_name()));
    let mut files: Vec<String> = files.map(|path| path.display().to_string()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), yaml_of(&path))).collect()
}

/// A file of YAML.
fn yaml_of(path: &str) -> Value {
    let parsed = yaml::parse(&read(path), Span::start_of(SourceId::new(0)), &NOT_YAML);
    assert!(parsed.found.is_empty(), "{path}: {:?}", parsed.found);
    serde_json::to_value(parsed.value).unwrap()
}

#[test]
fn forms_ask_for_something() {
    for (path, form) in settings("ISSUE_TEMPLATE").iter().filter(|(path, _)| !path.ends_with("config.yml")) {
        assert!(form["name"].is_string() && form["description"].is_string(), "{path} has no name or description");
        let parts = form["body"].as_array().unwrap_or_else(|| panic!("{path} has no body"));
        let fields = parts.iter().filter(|part| part["type"] != "markdown");
        let mut ids: Vec<&str> = fields
            .map(|field| {
                assert!(field["attributes"]["label"].is_string(), "{path}: a field has no label");
                field["id"].as_str().unwrap_or_else(|| panic!("{path}: a field has no id"))
            })
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert!(count > 1 && ids.len() == count, "{path}: {ids:?}");
    }
}

#[test]
fn workflows_run_the_gate_and_commands_that_are_real() {
    let workspace = Workspace::read(repository());
    let mut run = Vec::new();
    for (path, workflow) in settings("workflows") {
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            assert!(job["timeout-minutes"].is_number(), "{path}: `{name}` may run for hours");
            for script in job["steps"].as_array().unwrap().iter().filter_map(|step| step["run"].as_str()) {
                run.extend(script.lines().map(str::to_owned));
            }
        }
    }
    assert!(run.iter().any(|line| line == ".ci/run"), "no workflow runs the gate");
    let wrong = run.iter().filter_map(|line| Some(format!("{line}: {}", workspace.error(line)?)));
    assert_none("commands that are none", &wrong.collect::<Vec<_>>());
}
