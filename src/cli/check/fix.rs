//! `partner-docs check --fix` and `--diff`: fixes applied, or shown.

use std::collections::HashSet;
use std::io::Write as _;

use super::against;
use super::options::{CheckOptions, FixOptions};
use super::report::{outcome, print};
use crate::check::severity;
use crate::cli::{Outcome, clock, interrupt, project, reporting, terminal};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::output::{OutputError, sources};
use crate::pipeline::{self, BuiltSite, FileChange, FixedProject, Session};
use crate::project::{DiskFolder, OverlayFileSystem, ProjectRoots};
use crate::refactor;
use crate::report::{self, Reader};
use crate::source::{SourcePath, Sources};

/// Repairs a project, or shows what that would change.
pub(super) fn run(options: &CheckOptions, clock: &clock::Clock) -> Outcome {
    let fix = &options.fix;
    if fix.suggested && fix.fix && !fix.yes && !terminal::is_interactive() {
        return terminal::cannot_run(
            "suggested fixes need a terminal to ask about each one; use `--yes` to apply all of them",
        );
    }
    // Fixes are tried in memory: whether they help is known only after checks, and then all files are written at once.
    let mut session = project::overlaid(&options.project).asking_for(&options.rules);
    let (before, FixedProject { linked, fixed }) = match repaired(&mut session, options) {
        Ok(repaired) => repaired,
        Err(error) => return reporting::cannot(options.format, error),
    };
    let place = &linked.site.config.place;
    let changes = pipeline::changes(session.disk(), place);
    // `--diff` ends as the check would have: a gate can show what to do and fail at the same time.
    if !fix.fix {
        terminal::data(&changes.iter().map(difference).collect::<String>());
        terminal::talk(&format!("{}; nothing was written\n", said("would be fixed", fixed, changes.len())));
        return before;
    }
    if let Err(error) = write(&changes, place) {
        return terminal::cannot_run(error);
    }
    if let Err(error) = print(options, &linked, session.sources(), clock.milliseconds()) {
        return terminal::cannot_run(error);
    }
    terminal::note(&format!("{}\n", said("fixed", fixed, changes.len())));
    outcome(options, &linked)
}

/// How a check would have ended, and the project with the fixes.
fn repaired(
    session: &mut Session<OverlayFileSystem<DiskFolder>>,
    options: &CheckOptions,
) -> Result<(Outcome, FixedProject), String> {
    let mut linked = project::link(session).map_err(|error| error.to_string())?;
    // Once, before the first fix: what was published does not change while we mend.
    let published = options.against.as_deref().map(|what| against::published(options, what, &linked)).transpose()?;
    let check_more = |linked: &mut BuiltSite, sources: &Sources| {
        if let Some(published) = &published {
            published.compare(linked, sources);
            project::lower(&options.project, &mut linked.found);
            severity::filter(&mut linked.found, &options.rules);
        }
    };
    check_more(&mut linked, session.sources());
    let before = outcome(options, &linked);
    let mut answers = FixPrompt::new(&options.fix, project::reader(&linked.site.config.place));
    let mut accept = |finding: &Diagnostic, fix: &Fix, sources: &Sources| answers.accept(finding, fix, sources);
    let repaired = pipeline::repair(session, linked, &check_more, &mut accept).map_err(|error| error.to_string())?;
    Ok((before, repaired))
}

fn said(done: &str, findings: usize, files: usize) -> String {
    let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    format!("{} {done} in {}", plural(findings, "finding"), plural(files, "file"))
}

/// A changed file as a diff; files that are no texts are only named.
fn difference(change: &FileChange) -> String {
    let text = |bytes: &Option<Vec<u8>>| String::from_utf8(bytes.clone().unwrap_or_default());
    match (text(&change.before), text(&change.after)) {
        (Ok(before), Ok(after)) => refactor::unified(&change.path, &before, &change.path, &after),
        _ => format!("Binary file {} differs\n", change.path),
    }
}

/// Writes changed files, each in one step.
fn write(changes: &[FileChange], place: &ProjectRoots) -> Result<(), OutputError> {
    let _writing = interrupt::uninterrupted();
    let mut written = changes.iter().filter_map(|change| Some((&change.path, change.after.as_deref()?)));
    written.try_for_each(|(path, bytes)| sources::write(&place.on_disk(path), bytes))
}

/// Who says yes to fixes.
struct FixPrompt {
    suggested: Suggested,
    /// Who is asked.
    reader: Reader,
    /// What was declined is not asked again in the next round.
    declined: HashSet<(SourcePath, &'static str, String)>,
}

/// What becomes of suggested fixes.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Suggested {
    /// They are left alone.
    Left,
    /// Each is asked about.
    Asked,
    /// All are applied.
    Taken,
}

impl FixPrompt {
    fn new(options: &FixOptions, reader: Reader) -> Self {
        let suggested = match options {
            FixOptions { suggested: false, .. } => Suggested::Left,
            FixOptions { yes: false, fix: true, .. } => Suggested::Asked,
            FixOptions { .. } => Suggested::Taken,
        };
        Self { suggested, reader, declined: HashSet::new() }
    }

    fn accept(&mut self, finding: &Diagnostic, fix: &Fix, sources: &Sources) -> bool {
        match (fix.applicability, self.suggested) {
            (Applicability::Safe, _) | (Applicability::Suggested, Suggested::Taken) => true,
            (Applicability::Suggested, Suggested::Left) => false,
            (Applicability::Suggested, Suggested::Asked) => self.ask(finding, sources),
        }
    }

    fn ask(&mut self, finding: &Diagnostic, sources: &Sources) -> bool {
        let path = sources.get(finding.span.source).path().clone();
        // Without its place, which other fixes move from round to round.
        let key = (path, finding.rule.code, finding.message.clone());
        if self.declined.contains(&key) {
            return false;
        }
        terminal::talk(&report::one(finding, sources, &self.reader));
        let answer = question("apply this fix? [y]es, [n]o, [a]ll remaining, [q]uit: ");
        let yes = matches!(answer, FixDecision::Yes | FixDecision::All);
        match answer {
            FixDecision::All => self.suggested = Suggested::Taken,
            FixDecision::Quit => self.suggested = Suggested::Left,
            FixDecision::No => drop(self.declined.insert(key)),
            FixDecision::Yes => {}
        }
        yes
    }
}

/// What a person says to a fix.
#[derive(Copy, Clone, PartialEq, Eq)]
enum FixDecision {
    Yes,
    No,
    All,
    Quit,
}

/// Asks until there is an answer; the end of the input is one.
fn question(words: &str) -> FixDecision {
    loop {
        terminal::talk(words);
        let _ = std::io::stderr().flush();
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line);
        match line.trim().chars().next().map(|letter| letter.to_ascii_lowercase()) {
            Some('y') => return FixDecision::Yes,
            Some('n') => return FixDecision::No,
            Some('a') => return FixDecision::All,
            Some('q') => return FixDecision::Quit,
            _ if !read.is_ok_and(|bytes| bytes > 0) => return FixDecision::Quit,
            _ => {}
        }
    }
}
