//! Findings in the served page: which ones a tab shows, as JSON. The script in the page sets it as text, so that nothing
//! here is ever markup, and nothing needs escaping.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::rule_address;
use crate::source::Sources;

/// Characters of a source line that are shown, around the place.
const EXCERPT: usize = 160;
/// Findings listed in a page; more are counted.
const LISTED: usize = 30;
/// What stays readable of a path in an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':');

/// A finding as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OverlayDiagnostic {
    /// The address of the page it belongs to; none when it belongs to the whole site, as in book.toml.
    #[serde(skip)]
    pub page: Option<String>,
    /// The rule.
    pub code: &'static str,
    /// What the rule says, in a sentence.
    pub why: String,
    /// Where the web explains it.
    pub rule: Option<String>,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The file, relative to the repository's root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The source line: before the place, the place itself, after it.
    pub excerpt: [String; 3],
}

impl OverlayDiagnostic {
    /// A finding, with the address of the page made from its file.
    #[must_use]
    pub fn new(finding: &Diagnostic, sources: &Sources, page: Option<&str>) -> Self {
        let source = sources.get(finding.span.source);
        let start = source.position(finding.span.start);
        let line = source.line_range(start.line);
        // A finding may span many lines; the excerpt shows the first of them.
        let from = (finding.span.start as usize).clamp(line.start, line.end);
        let to = (finding.span.end as usize).clamp(from, line.end);
        let text = source.text();
        let last = |text: &str| {
            let skip = text.chars().count().saturating_sub(EXCERPT / 2);
            text.chars().skip(skip).collect()
        };
        let first = |text: &str, n: usize| text.chars().take(n).collect();
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        Self {
            page: page.map(str::to_owned),
            code: finding.rule.code,
            why: finding.rule.summary().replace('\n', " "),
            rule: rule_address(finding.rule),
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            file: source.path().as_str().to_owned(),
            line: start.line,
            column: start.column,
            excerpt: [
                last(part(line.start..from)),
                first(part(from..to), EXCERPT),
                first(part(to..line.end), EXCERPT / 2),
            ],
        }
    }

    fn is_error(&self) -> bool {
        self.severity == Severity::Error.as_str()
    }
}

/// An editor that opens files by address.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Editor {
    /// Visual Studio Code and its kin, by the scheme of each.
    Code(&'static str),
    /// The editors of `JetBrains`.
    Idea,
    /// Sublime Text.
    Sublime,
    /// `TextMate`.
    TextMate,
}

impl Editor {
    /// The editor behind a command, as it stands in `EDITOR`: `code --wait`, `/usr/bin/subl`.
    #[must_use]
    pub fn named(command: &str) -> Option<Self> {
        // `code --wait` and `/usr/bin/subl -n`: what git and shells call an editor has a path before it and options behind.
        let program = command.split_whitespace().next()?.rsplit(['/', '\\']).next()?;
        match program.trim_end_matches(".exe").to_ascii_lowercase().as_str() {
            "code" | "vscode" => Some(Self::Code("vscode")),
            "code-insiders" => Some(Self::Code("vscode-insiders")),
            "codium" | "vscodium" => Some(Self::Code("vscodium")),
            "cursor" => Some(Self::Code("cursor")),
            "windsurf" => Some(Self::Code("windsurf")),
            "zed" => Some(Self::Code("zed")),
            "idea" | "webstorm" | "pycharm" | "rustrover" | "phpstorm" | "goland" | "clion" => Some(Self::Idea),
            "subl" | "sublime_text" => Some(Self::Sublime),
            "mate" => Some(Self::TextMate),
            _ => None,
        }
    }

    /// The address that opens a file at a place.
    #[must_use]
    pub fn link(self, root: &Path, shown: &OverlayDiagnostic) -> String {
        let path = root.join(&shown.file);
        let path = path.to_string_lossy().replace('\\', "/");
        // `C:/docs` becomes `/C:/docs`, as in every file address.
        let path = utf8_percent_encode(path.trim_start_matches('/'), PATH);
        let (line, column) = (shown.line, shown.column);
        match self {
            Self::Code(scheme) => format!("{scheme}://file/{path}:{line}:{column}"),
            Self::Idea => format!("idea://open?file=/{path}&line={line}&column={column}"),
            Self::Sublime => format!("subl://open?url=file:///{path}&line={line}&column={column}"),
            Self::TextMate => format!("txmt://open?url=file:///{path}&line={line}&column={column}"),
        }
    }
}

/// What a tab is told.
#[derive(Serialize)]
struct TabReport<'a> {
    /// Of this page, and of the whole site.
    here: Vec<OverlayItem<'a>>,
    errors: usize,
    warnings: usize,
    /// Errors of other pages.
    elsewhere: usize,
}

#[derive(Serialize)]
struct OverlayItem<'a> {
    #[serde(flatten)]
    shown: &'a OverlayDiagnostic,
    editor: Option<String>,
}

/// The findings that the tab on `page` shows, as JSON without line breaks. Errors come first.
///
/// # Panics
/// Never: texts and numbers always have a JSON form.
#[must_use]
pub fn findings(all: &[OverlayDiagnostic], page: &str, root: &Path, editor: Option<Editor>) -> String {
    let (mut here, elsewhere): (Vec<&OverlayDiagnostic>, Vec<&OverlayDiagnostic>) =
        all.iter().partition(|shown| shown.page.as_deref().is_none_or(|own| own == page));
    // A stable sort: within errors and within warnings, the order of the file stays.
    here.sort_by_key(|shown| !shown.is_error());
    let errors = here.iter().filter(|shown| shown.is_error()).count();
    let report = TabReport {
        errors,
        warnings: here.len() - errors,
        elsewhere: elsewhere.iter().filter(|shown| shown.is_error()).count(),
        here: here
            .into_iter()
            .take(LISTED)
            .map(|shown| OverlayItem { shown, editor: editor.map(|editor| editor.link(root, shown)) })
            .collect(),
    };
    serde_json::to_string(&report).expect("strings and numbers always serialize")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::source::{SourcePath, Span};

    static RULE: Rule = Rule::error("link/not-found", "");
    static MINOR: Rule = Rule::warning("link/empty-text", "");

    fn shown(rule: &'static Rule, page: Option<&str>) -> OverlayDiagnostic {
        let mut sources = Sources::default();
        let id = sources.set(SourcePath::new("docs/a b.md").unwrap(), "one\n[über](x.md) uns\n");
        OverlayDiagnostic::new(&rule.at(Span::new(id, 12..16), "no page `x.md`").help("write one"), &sources, page)
    }

    #[test]
    fn a_finding_shows_its_line() {
        let shown = shown(&RULE, None);
        assert_eq!((shown.line, shown.column), (2, 8));
        assert_eq!(shown.excerpt, ["[über](", "x.md", ") uns"]);
    }

    #[test]
    fn a_tab_shows_its_own_findings_and_those_of_the_site() {
        let all =
            [shown(&MINOR, Some("/a/")), shown(&RULE, None), shown(&RULE, Some("/b/")), shown(&MINOR, Some("/b/"))];
        let report: serde_json::Value = serde_json::from_str(&findings(&all, "/a/", Path::new("/r"), None)).unwrap();
        assert_eq!((&report["errors"], &report["warnings"], &report["elsewhere"]), (&1.into(), &1.into(), &1.into()));
        assert_eq!(report["here"][0]["code"], "link/not-found");
        assert_eq!(report["here"][0]["excerpt"][1], "x.md");
        assert_eq!(report["here"][0]["editor"], serde_json::Value::Null);
    }

    #[test]
    fn editors_open_at_the_place() {
        let link = |command: &str| {
            Editor::named(command).map(|editor| editor.link(Path::new("/home/me"), &shown(&RULE, None)))
        };
        assert_eq!(link("code --wait").as_deref(), Some("vscode://file/home/me/docs/a%20b.md:2:8"));
        assert_eq!(
            link("/usr/bin/subl").as_deref(),
            Some("subl://open?url=file:///home/me/docs/a%20b.md&line=2&column=8")
        );
        assert_eq!(link("vim"), None);
        assert_eq!(link(""), None);
    }
}
