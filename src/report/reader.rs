//! Who reads a report: the folder they are in, whether they see colours, and how much they want to know.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::place;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, SourcePath, Sources};

/// The style of the report.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum TerminalStyle {
    /// Plain characters.
    #[default]
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// How much a report for people says.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Detail {
    /// Findings with one cause are one entry, and a long report is an overview.
    #[default]
    Brief,
    /// Each finding by itself.
    Full,
}

/// A person who reads a report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reader {
    /// Whether they see colours.
    pub style: TerminalStyle,
    /// How much they want to know.
    pub detail: Detail,
    /// The folder they are in, if paths begin there; without one, paths begin at the project folder.
    pub folder: Option<WorkingFolder>,
    /// The project folder as they wrote it, if they can run `check` on it: `docs/site`, or nothing for the folder they
    /// are in.
    pub project: Option<String>,
    /// The lines that they changed, and so look at first.
    pub changed: BTreeMap<SourcePath, Vec<RangeInclusive<usize>>>,
}

/// The way from the folder in which a command is run to the files of a project, in which `/` separates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkingFolder {
    /// It, from the root of the repository, if it's inside and the project is as well.
    pub inside: Option<SourcePath>,
    /// To the root of the repository: `../..`.
    pub to_root: String,
    /// To the project folder: `docs/site`.
    pub to_project: String,
    /// The project folder, from the root of the repository.
    pub project: SourcePath,
}

impl Reader {
    /// The path of a file as this reader can open it.
    pub(super) fn path<'s>(&self, sources: &'s Sources, file: SourceId) -> Cow<'s, str> {
        let Some(folder) = &self.folder else { return Cow::Borrowed(sources.shown(file)) };
        let path = sources.get(file).path();
        if let Some(here) = &folder.inside {
            return Cow::Owned(path.relative_to(here));
        }
        let (way, path) = match path.below(&folder.project) {
            Some(below) => (&folder.to_project, below),
            None => (&folder.to_root, path.as_str()),
        };
        if way.is_empty() { Cow::Borrowed(path) } else { Cow::Owned(format!("{}/{path}", way.trim_end_matches('/'))) }
    }

    /// Whether this reader changed a line of a finding.
    pub(super) fn has_changed(&self, sources: &Sources, finding: &Diagnostic) -> bool {
        let ranges = self.changed.get(sources.get(finding.span.source).path());
        let (start, end) = place(sources, finding.span);
        ranges.is_some_and(|ranges| ranges.iter().any(|lines| *lines.start() <= end.line && start.line <= *lines.end()))
    }

    /// The command that checks the project, with these flags.
    pub(super) fn check_command(&self, flags: &str) -> Option<String> {
        let folder = self.project.as_deref()?;
        let quote = if folder.contains(char::is_whitespace) { "\"" } else { "" };
        let folder = if folder.is_empty() { String::new() } else { format!(" {quote}{folder}{quote}") };
        Some(format!("partner-docs check{folder} {flags}"))
    }
}
