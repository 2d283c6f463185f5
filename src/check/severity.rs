//! How much each rule matters in this project.
//! In: the `[check]` table of book.toml, and what was found. Out: findings with the severity the project wants;
//! those of rules that are off are gone.
//! Never knows: what the rules find.

use std::collections::HashMap;

use super::{registry, unknown_rule};
use crate::diagnostic::{Diagnostics, Rule, Severity};
use crate::project::Config;
use crate::project::settings::choices::SeverityLevel;
use crate::source::{Located, Span};

/// Makes errors of these rules warnings.
pub fn downgrade(rules: &[String], found: &mut Diagnostics) {
    for finding in found.iter_mut().filter(|finding| finding.severity == Severity::Error) {
        if rules.iter().any(|rule| rule == finding.rule.code) {
            finding.severity = Severity::Warning;
        }
    }
}

/// Switches on the rules that somebody asks for: those that book.toml has off, and those that are off by themselves.
pub fn switch_on(config: &mut Config, asked: &[String]) {
    config
        .written
        .check
        .severities
        .retain(|(rule, level)| level.value != SeverityLevel::Off || !asked.contains(&rule.value));
    for code in asked.iter().filter(|code| registry::rule(code).is_some_and(|rule| rule.is_off)) {
        if config.written.check.severities.iter().all(|(rule, _)| rule.value != **code) {
            let place = Span::start_of(config.book_toml);
            config
                .written
                .check
                .severities
                .push((Located::new(code.clone(), place), Located::new(SeverityLevel::Warn, place)));
        }
    }
}

/// Keeps what the rules found that somebody asks for: with none, everything. Broken configuration is always said.
pub fn filter(found: &mut Diagnostics, asked: &[String]) {
    if !asked.is_empty() {
        found.retain(|finding| {
            // A severity that is misspelt would make the answer to `--rule` wrong, and nobody would know why.
            asked.iter().any(|rule| rule == finding.rule.code) || finding.rule.code.starts_with("config/")
        });
    }
}

/// Whether nobody wants to hear of a rule.
#[must_use]
pub fn is_off(config: &Config, rule: &Rule) -> bool {
    // From the end: what `--rule` switches on is added there, behind what book.toml says.
    let given = config.written.check.severities.iter().rev().find(|(code, _)| code.value == rule.code);
    given.map_or(rule.is_off, |(_, level)| level.value == SeverityLevel::Off)
}

/// Gives findings the severities of book.toml. Entries for rules that do not exist come back as findings.
#[must_use]
pub fn apply(config: &Config, found: &mut Diagnostics) -> Diagnostics {
    set_severity(config, found);
    let codes: Vec<&str> = registry::rules().map(|rule| rule.code).collect();
    let unknown = config.written.check.severities.iter().filter(|(rule, _)| !codes.contains(&rule.value.as_str()));
    unknown.map(|(rule, _)| unknown_rule::finding(rule, codes.iter().copied())).collect()
}

/// Gives findings the severities of book.toml.
pub fn set_severity(config: &Config, found: &mut Diagnostics) {
    let levels: HashMap<&str, SeverityLevel> =
        config.written.check.severities.iter().map(|(rule, level)| (rule.value.as_str(), level.value)).collect();
    found.retain_mut(|finding| match levels.get(finding.rule.code) {
        Some(SeverityLevel::Off) => false,
        Some(level) => {
            finding.severity = if *level == SeverityLevel::Error { Severity::Error } else { Severity::Warning };
            true
        }
        None => !finding.rule.is_off,
    });
}
