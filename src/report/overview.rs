//! A report that would be too long to read: each rule with its count, and the most frequent causes below it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::Group;

use super::cause::{Cause, files};
use super::draw::{level, renderer};
use super::{Reader, Report, counted, cut, one_line, place};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// The longest title of a cause, in characters: a line that wraps twice is not read.
const TITLE: usize = 160;

/// The findings of one rule.
struct RuleEntry<'a> {
    causes: Vec<Cause<'a>>,
    /// How many causes there is room for.
    shown: usize,
}

impl RuleEntry<'_> {
    fn count(&self) -> usize {
        self.causes.iter().map(Cause::count).sum()
    }
}

/// The overview, in at most this many lines.
pub(super) fn overview(report: &Report<'_>, causes: Vec<Cause<'_>>, lines: usize) -> String {
    let mut rules = by_rule(causes);
    let hidden = share(&mut rules, lines);
    let mut out: String = rules.iter().filter(|rule| rule.shown > 0).map(|rule| entry(report, rule)).collect();
    if hidden > 0 {
        let rest = rules.iter().filter(|rule| rule.shown == 0).map(RuleEntry::count).sum();
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "and {} of {}", counted(rest, "finding"), counted(hidden, "more rule"));
    }
    out
}

/// Causes by rule: errors first, then the rules with most findings; of each, the most frequent cause first.
fn by_rule(causes: Vec<Cause<'_>>) -> Vec<RuleEntry<'_>> {
    let mut rules: BTreeMap<(Severity, &str), RuleEntry<'_>> = BTreeMap::new();
    for cause in causes {
        let key = (cause.first.severity, cause.first.rule.code);
        rules.entry(key).or_insert_with(|| RuleEntry { causes: Vec::new(), shown: 0 }).causes.push(cause);
    }
    let mut rules: Vec<((Severity, &str), RuleEntry<'_>)> = rules.into_iter().collect();
    rules.sort_by_key(|((severity, _), rule)| (*severity, std::cmp::Reverse(rule.count())));
    let mut rules: Vec<RuleEntry<'_>> = rules.into_iter().map(|(_, rule)| rule).collect();
    for rule in &mut rules {
        rule.causes.sort_by_key(|cause| std::cmp::Reverse(cause.count()));
    }
    rules
}

/// Gives each rule a heading and a cause while there is room, then further causes in turn. Returns how many rules are
/// left out.
fn share(rules: &mut [RuleEntry<'_>], lines: usize) -> usize {
    // One line tells of the rules that are left out.
    let room = if rules.len() * 2 > lines { lines.saturating_sub(1) } else { lines };
    let headed = rules.len().min(room / 2);
    let mut left = room - headed * 2;
    for rule in rules.iter_mut().take(headed) {
        rule.shown = 1;
    }
    // In turn and not one after the other: four hundred warnings of one rule must not hide the second rule's.
    loop {
        let before = left;
        for rule in rules.iter_mut().take(headed) {
            if left > 0 && rule.shown < rule.causes.len() {
                rule.shown += 1;
                left -= 1;
            }
        }
        if left == before {
            return rules.len() - headed;
        }
    }
}

fn entry(report: &Report<'_>, rule: &RuleEntry<'_>) -> String {
    let Some(first) = rule.causes.first().map(|cause| cause.first) else { return String::new() };
    let all = || rule.causes.iter().flat_map(Cause::findings);
    let sample = if rule.shown < rule.causes.len() { ", such as" } else { "" };
    let title = format!("{} in {}{sample}:", counted(rule.count(), "finding"), counted(files(all()), "file"));
    let title = level(first.severity).primary_title(title).id(first.rule.code);
    let mut out = renderer(report.reader.style).render(&[Group::with_title(title)]) + "\n";
    for cause in rule.causes.iter().take(rule.shown) {
        out.push_str(&line(cause, report.sources, report.reader));
    }
    out
}

/// Where the first finding of a cause is, and what is wrong, with what to do about it.
fn line(cause: &Cause<'_>, sources: &Sources, reader: &Reader) -> String {
    let Diagnostic { span, help, .. } = cause.first;
    let (start, _) = place(sources, *span);
    let path = reader.path(sources, span.source);
    let title = one_line(&cause.title());
    let title = match help.as_deref().filter(|help| title.len() + help.len() < TITLE) {
        Some(help) => format!("{title}; {}", one_line(help)),
        None => title,
    };
    format!("  {path}:{}:{}: {}\n", start.line, start.column, cut(&title, TITLE))
}
