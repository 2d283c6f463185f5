//! The report for people: findings with one cause drawn as one, how many can be fixed and how, and the summary. A report
//! too long to read is an overview.

use super::cause::Cause;
use super::draw::draw;
use super::overview::overview;
use super::{Detail, Format, Reader, Report, counted};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::source::Sources;

/// A report for people has at most this many lines, unless they ask for all: about a screen. Of a thousand lines, people
/// read the last screen, which tells them least.
const MOST_LINES: usize = 40;

/// The format.
pub static FORMAT: Format = Format {
    name: "human",
    about: "Readable text, with source lines and suggestions",
    write: |report| human(report) + &learn_more(report.found),
};

/// All findings, with the summary as the last line.
#[must_use]
pub fn human(report: &Report<'_>) -> String {
    let Report { found, sources, summary, reader } = *report;
    let end = format!("{}{}\n", fixes(found, reader), summary.in_words());
    if reader.detail == Detail::Full {
        let drawn: String = found.iter().map(|finding| one(finding, sources, reader)).collect();
        return drawn + &end;
    }
    let causes = Cause::of(found);
    let room = MOST_LINES.saturating_sub(end.lines().count() + learn_more(found).lines().count());
    // Most causes take more than three lines: more of them than a third of the room are not drawn in vain.
    if causes.len() <= room / 3 {
        let drawn: String = causes.iter().map(|cause| draw(cause, sources, reader)).collect();
        if drawn.lines().count() <= room {
            return drawn + &end;
        }
    }
    let all = all_findings(reader);
    let room = room.saturating_sub(all.lines().count() + 1);
    format!("{}\n{all}{end}", overview(report, causes, room))
}

/// A line that tells how to look up a finding, with the rule of the most serious one. Empty if there are no findings.
#[must_use]
pub fn learn_more(found: &[Diagnostic]) -> String {
    let line =
        |finding: &Diagnostic| format!("for more information, run `partner-docs explain {}`\n", finding.rule.code);
    found.iter().min_by_key(|finding| finding.severity).map(line).unwrap_or_default()
}

/// One finding, with a blank line after it.
#[must_use]
pub fn one(finding: &Diagnostic, sources: &Sources, reader: &Reader) -> String {
    draw(&Cause { first: finding, more: Vec::new() }, sources, reader)
}

/// How many findings can be fixed, and with what command.
fn fixes(found: &[Diagnostic], reader: &Reader) -> String {
    let of = |applicability| {
        let fixes = found.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.applicability == applicability).count()
    };
    let (safe, suggested) = (of(Applicability::Safe), of(Applicability::Suggested));
    let line = |count: usize, what: &str, flags: &str| {
        let command = reader.check_command(flags).filter(|_| count > 0)?;
        Some(format!("{what}: run `{command}`\n"))
    };
    let have = if suggested == 1 { "has" } else { "have" };
    let more = if safe > 0 { format!("{suggested} more") } else { counted(suggested, "finding") };
    let safe = line(safe, &format!("{} can be fixed safely", counted(safe, "finding")), "--fix");
    let suggested = line(suggested, &format!("{more} {have} a suggested fix"), "--fix --suggested");
    [safe, suggested].into_iter().flatten().collect()
}

/// How to see what an overview leaves out.
fn all_findings(reader: &Reader) -> String {
    let command = reader.check_command("-v");
    command.map(|command| format!("to see every finding, run `{command}`\n")).unwrap_or_default()
}
