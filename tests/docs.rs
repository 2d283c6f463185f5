//! The documentation, run: what README.md and the pages in content/ show must work.
//!
//! Each page starts where its readers do: the tutorial in an empty folder, a guide in what `partner-docs init` made, and
//! all others in a fresh copy of this repository's site. Its fences are followed in order:
//! - a title, as in ```` ```yaml title="playbooks/renew.yaml" ````, is the path of the file to write;
//! - `sh` is run, and must succeed;
//! - `console` is run line by line, `$ ` before each command, and must print what is shown below it;
//! - `toml` is a `book.toml`, or a part of one, and must read without a finding; so must a playbook.
//!
//! Lines that need the network, a history, a browser or Ctrl C are not run: they are listed in `NOT_RUN`.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "pages, and the projects they describe, lie on disk")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use partner_docs::diagnostic::Diagnostics;
use partner_docs::playbook;
use partner_docs::project::settings::book_toml;
use partner_docs::source::SourceId;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use walkdir::WalkDir;

/// Beginnings of lines that are shown and not run.
const NOT_RUN: [&str; 8] = [
    "cargo install",
    "cargo run --example",
    "cargo test",
    "cargo run --release -- serve",
    "partner-docs serve",
    "partner-docs changes --since",
    "partner-docs check --new-since",
    "partner-docs check --external",
];

/// A fenced block of a page.
struct Fence {
    page: PathBuf,
    line: usize,
    language: String,
    path: Option<String>,
    text: String,
}

impl Fence {
    fn place(&self) -> String {
        format!("{}:{}", self.page.display(), self.line)
    }

    fn is_playbook(&self) -> bool {
        self.path.as_ref().is_some_and(|path| path.starts_with("playbooks/"))
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let content = WalkDir::new(repository().join("content")).sort_by_file_name();
    let pages = content.into_iter().map(|entry| entry.unwrap().into_path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    std::iter::once(repository().join("README.md")).chain(pages).collect()
}

fn fences(page: &Path) -> Vec<Fence> {
    let text = fs::read_to_string(page).unwrap();
    let mut fences: Vec<Fence> = Vec::new();
    let mut inside = false;
    for (event, range) in Parser::new(&text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let title = info.split_once("title=\"").and_then(|(_, rest)| rest.split_once('"'));
                inside = true;
                fences.push(Fence {
                    page: page.strip_prefix(repository()).unwrap().to_owned(),
                    line: text[..range.start].lines().count() + 1,
                    language: info.split_whitespace().next().unwrap_or_default().to_owned(),
                    path: title.map(|(path, _)| path.to_owned()),
                    text: String::new(),
                });
            }
            Event::Text(code) if inside => fences.last_mut().unwrap().text.push_str(&code),
            Event::End(TagEnd::CodeBlock) => inside = false,
            _ => {}
        }
    }
    fences
}

fn all_fences() -> Vec<Fence> {
    pages().iter().flat_map(|page| fences(page)).collect()
}

/// This repository's site in a folder of its own.
fn copy_of_the_site() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for folder in ["book.toml", "content", "playbooks", "src", "starter"] {
        for entry in WalkDir::new(repository().join(folder)) {
            let entry = entry.unwrap();
            let is_source = entry.path().extension().is_some_and(|extension| extension == "rs");
            if entry.file_type().is_file() && !is_source {
                let place = entry.path().strip_prefix(repository()).unwrap();
                write(&copy.path().join(place), &fs::read(entry.path()).unwrap());
            }
        }
    }
    copy
}

/// The folder in which the readers of a page are.
fn beginning(page: &Path) -> tempfile::TempDir {
    let is_in = |folder: &str| page.starts_with(repository().join("content").join(folder));
    if !is_in("tutorial") && !is_in("guide") {
        return copy_of_the_site();
    }
    let folder = tempfile::tempdir().unwrap();
    if is_in("guide") {
        let begun = run("partner-docs init --yes --title 'Acme Partners'", &mut folder.path().to_owned());
        assert!(begun.status.success(), "{}", printed(&begun));
    }
    folder
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Runs a script where the last one ended; `folder` follows a `cd`.
fn run(script: &str, folder: &mut PathBuf) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_partner-docs")).parent().unwrap();
    let search = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let ends_in = tempfile::NamedTempFile::new().unwrap();
    let script = script.replace("cargo run --release -- ", "partner-docs ");
    let script = format!("trap 'pwd > {}' EXIT\n{script}", ends_in.path().display());
    let output = Command::new("sh").args(["-ec", &script]).env("PATH", search).current_dir(&*folder).output().unwrap();
    *folder = PathBuf::from(fs::read_to_string(ends_in.path()).unwrap().trim());
    output
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn is_run(command: &str) -> bool {
    !NOT_RUN.iter().any(|beginning| command.starts_with(beginning))
}

fn follow_script(fence: &Fence, folder: &mut PathBuf) {
    let script: Vec<&str> = fence.text.lines().filter(|line| is_run(line)).collect();
    let output = run(&script.join("\n"), folder);
    assert!(output.status.success(), "{}: {}\n{}", fence.place(), fence.text, printed(&output));
}

/// Each command with what is shown below it.
fn follow_session(fence: &Fence, folder: &mut PathBuf) {
    for session in fence.text.split("$ ").filter(|session| !session.is_empty()) {
        let (command, shown) = session.split_once('\n').unwrap_or((session, ""));
        if !is_run(command) {
            continue;
        }
        let printed = printed(&run(command, folder));
        assert!(printed.contains(shown.trim_end()), "{}: `{command}` printed\n{printed}", fence.place());
    }
}

fn assert_clean(found: &Diagnostics, fence: &Fence) {
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert!(messages.is_empty(), "{}: {messages:?}", fence.place());
}

#[test]
fn configurations_are_read_without_a_finding() {
    for fence in all_fences().iter().filter(|fence| fence.language == "toml") {
        assert_clean(&book_toml::parse(&fence.text, SourceId::new(0)).found, fence);
    }
}

#[test]
fn playbooks_are_read_without_a_finding() {
    for fence in all_fences().iter().filter(|fence| fence.is_playbook()) {
        let mut found = playbook::parse(&fence.text, SourceId::new(0), "shown", &[]).found;
        // A page may show a part of a playbook.
        found.retain(|finding| finding.rule != &playbook::NO_STEPS);
        assert_clean(&found, fence);
    }
}

#[test]
fn pages_can_be_followed_from_top_to_bottom() {
    for page in pages() {
        let site = beginning(&page);
        let mut folder = site.path().canonicalize().unwrap();
        for fence in fences(&page) {
            match (fence.language.as_str(), &fence.path) {
                (_, Some(path)) => write(&folder.join(path), fence.text.as_bytes()),
                ("sh", None) => follow_script(&fence, &mut folder),
                ("console", None) => follow_session(&fence, &mut folder),
                _ => {}
            }
        }
    }
}

#[test]
fn the_site_itself_has_no_findings() {
    let output = run("partner-docs check --deny warnings", &mut repository().to_owned());
    assert!(output.status.success(), "{}", printed(&output));
}
