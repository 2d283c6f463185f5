//! `partner-docs check --fix`: what can be repaired, repaired.
//! In: the options, and a person's answers where fixes need a decision. Out: repaired files, or the difference they
//! would make.
//! Never knows: how fixes are found or applied.

use std::collections::HashSet;
use std::io::{IsTerminal as _, Write as _};

use super::arguments::{CheckOptions, FixOptions};
use super::{Outcome, against, check, project, terminal};
use crate::check::severity;
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::output::{OutputError, sources};
use crate::pipeline::{self, BuiltSite, FileChange, FixedProject, Session};
use crate::project::{DiskFolder, OverlayFileSystem, ProjectRoots};
use crate::refactor;
use crate::report;
use crate::source::{SourcePath, Sources};

/// Repairs a project, or shows what that would change.
pub(super) fn run(options: &CheckOptions, clock: &super::clock::Clock) -> Outcome {
    let fix = &options.fix;
    if fix.suggested && fix.fix && !fix.yes && !is_terminal() {
        terminal::talk(
            "error: suggested fixes need a terminal to ask about each one; use `--yes` to apply all of them\n",
        );
        return Outcome::CannotRun;
    }
    let mut session = project::overlaid(&options.project).asking_for(&options.rules);
    let (before, FixedProject { linked, fixed }) = match repaired(&mut session, options) {
        Ok(repaired) => repaired,
        Err(error) => return check::cannot(options, &error),
    };
    let place = &linked.site.config.place;
    let changes = pipeline::changes(session.disk(), place);
    if !fix.fix {
        terminal::data(&changes.iter().map(difference).collect::<String>());
        terminal::talk(&format!("{}; nothing was written\n", said("would be fixed", fixed, changes.len())));
        return before;
    }
    if let Err(error) = write(&changes, place) {
        terminal::talk(&format!("error: {error}\n"));
        return Outcome::CannotRun;
    }
    if let Err(error) = check::print(options, &linked, session.sources(), clock.milliseconds()) {
        terminal::talk(&format!("error: {error}\n"));
        return Outcome::CannotRun;
    }
    terminal::talk(&format!("{}\n", said("fixed", fixed, changes.len())));
    check::outcome(options, &linked)
}

/// How a check would have ended, and the project with the fixes.
fn repaired(
    session: &mut Session<OverlayFileSystem<DiskFolder>>,
    options: &CheckOptions,
) -> Result<(Outcome, FixedProject), String> {
    let mut linked = project::link(session).map_err(|error| error.to_string())?;
    let published = options.against.as_deref().map(|what| against::published(options, what, &linked)).transpose()?;
    let look = |linked: &mut BuiltSite, sources: &Sources| {
        if let Some(published) = &published {
            published.hold_against(linked, sources);
            project::lower(&options.project, &mut linked.found);
            severity::filter(&mut linked.found, &options.rules);
        }
    };
    look(&mut linked, session.sources());
    let before = check::outcome(options, &linked);
    let mut answers = FixPrompt::new(&options.fix);
    let mut accept = |finding: &Diagnostic, fix: &Fix, sources: &Sources| answers.accept(finding, fix, sources);
    let repaired = pipeline::repair(session, linked, &look, &mut accept).map_err(|error| error.to_string())?;
    Ok((before, repaired))
}

fn said(done: &str, findings: usize, files: usize) -> String {
    let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    format!("{} {done} in {}", plural(findings, "finding"), plural(files, "file"))
}

fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// A changed file as a diff; files that are no texts are only named.
pub(super) fn difference(change: &FileChange) -> String {
    let text = |bytes: &Option<Vec<u8>>| bytes.as_deref().map_or(Some(String::new()), as_text);
    match (text(&change.before), text(&change.after)) {
        (Some(before), Some(after)) => refactor::unified((&change.path, &before), (&change.path, &after)),
        _ => format!("Binary file {} differs\n", change.path),
    }
}

pub(super) fn as_text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}

/// Writes changed files, each in one step.
pub(super) fn write(changes: &[FileChange], place: &ProjectRoots) -> Result<(), OutputError> {
    let mut written = changes.iter().filter_map(|change| Some((&change.path, change.after.as_deref()?)));
    written.try_for_each(|(path, bytes)| sources::write(&place.on_disk(path), bytes))
}

/// Who says yes to fixes.
struct FixPrompt {
    suggested: Suggested,
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
    fn new(options: &FixOptions) -> Self {
        let suggested = match options {
            FixOptions { suggested: false, .. } => Suggested::Left,
            FixOptions { yes: false, fix: true, .. } => Suggested::Asked,
            FixOptions { .. } => Suggested::Taken,
        };
        Self { suggested, declined: HashSet::new() }
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
        let key = (path, finding.rule.code, finding.message.clone());
        if self.declined.contains(&key) {
            return false;
        }
        terminal::talk(&report::one(finding, sources, terminal::style()));
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
