//! Small sites and what is wrong with them: every case below `tests/site/`, and the page of every rule.
//! In: literate Markdown. Out: each finding that is missing, surplus, or at another place.

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use partner_docs::diagnostic::Diagnostic;
use partner_docs::pipeline::{Drafts, Session};
use partner_docs::project::MemoryFileSystem;
use partner_docs::source::Sources;
use support::literate::{Case, Expected, cases};

/// Every Markdown file below a folder of the repository, sorted.
#[expect(clippy::disallowed_methods, reason = "a test reads the repository as it lies on disk")]
fn markdown_below(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What checking a case finds, in the form of what is expected.
fn found(case: &Case) -> Vec<Expected> {
    let mut files = case.files.clone();
    if files.iter().all(|(path, _)| path != "book.toml") {
        files.push(("book.toml".to_owned(), String::new()));
    }
    // What a case leaves out is nobody's fault: a project has pages.
    if files.iter().all(|(path, _)| !path.starts_with("content/") && !path.starts_with("src/")) {
        files.push(("content/index.md".to_owned(), "# Home\n".to_owned()));
    }
    let mut session = Session::new(MemoryFileSystem::new(files), Drafts::Hidden);
    let linked = session.link().unwrap_or_else(|error| panic!("{}: {error}: {:?}", case.name, case.files));
    let mut found: Vec<Expected> = linked.found.iter().map(|finding| expected(finding, session.sources())).collect();
    found.sort();
    found
}

fn expected(finding: &Diagnostic, sources: &Sources) -> Expected {
    let (start, end) = sources.positions(finding.span);
    let source = sources.get(finding.span.source);
    // Carets reach to the end of the line at most, and there is always one.
    let line = source.line_range(start.line);
    let line_end = source.text()[line].chars().count() + 1;
    let end_column = if end.line == start.line { end.column } else { line_end };
    Expected {
        file: sources.shown(finding.span.source).to_owned(),
        line: start.line,
        column: start.column,
        end_column: end_column.max(start.column + 1),
        rule: format!("{}[{}]", finding.severity.as_str(), finding.rule.code),
        message: finding.message.clone(),
    }
}

/// Whether what was found is what a line of carets says.
fn fits(found: &Expected, wanted: &Expected) -> bool {
    let place = |finding: &Expected| (finding.file.clone(), finding.line, finding.column, finding.end_column);
    place(found) == place(wanted) && found.rule == wanted.rule && found.message.starts_with(&wanted.message)
}

/// Each finding that is missing or surplus, as a line.
fn differences(case: &Case) -> Vec<String> {
    let mut surplus = found(case);
    let mut missing = Vec::new();
    for wanted in &case.expected {
        match surplus.iter().position(|found| fits(found, wanted)) {
            Some(at) => {
                surplus.remove(at);
            }
            None => missing.push(wanted),
        }
    }
    let line = |word: &str, finding: &Expected| {
        let Expected { file, line, column, end_column, rule, message } = finding;
        format!("    {word} {file}:{line}:{column}-{end_column} {rule}: {message}")
    };
    missing
        .into_iter()
        .map(|finding| line("missing", finding))
        .chain(surplus.iter().map(|f| line("surplus", f)))
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository as it lies on disk")]
fn check_all(folder: &str, read: fn(String) -> String) {
    let mut report = String::new();
    let mut count = 0;
    for path in markdown_below(folder) {
        let text = read(std::fs::read_to_string(&path).expect("a file of the repository"));
        for case in cases(&text) {
            count += 1;
            let differences = differences(&case);
            if !differences.is_empty() {
                let _ = writeln!(report, "{}: {}\n{}", path.display(), case.name, differences.join("\n"));
            }
        }
    }
    assert!(count > 0, "no case below {folder}");
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_rule_finds_what_its_page_says() {
    // These pages are on a site themselves, where a backslash keeps their directives from being read.
    check_all("src", |text| text.replace("\\{{#", "{{#"));
}

#[test]
fn small_sites_have_the_findings_they_show() {
    check_all("tests/site", |text| text);
}
