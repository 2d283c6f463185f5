//! How much each rule matters in this project.
//! In: the `[check]` table of book.toml, and what was found. Out: findings with the severity the project wants;
//! those of rules that are off are gone.
//! Never knows: what the rules find.

use std::collections::HashMap;

use super::registry;
use crate::diagnostic::{Diagnostics, Edit, Fix, Rule, Severity, nearest};
use crate::project::Config;
use crate::project::settings::choices::SeverityLevel;
use crate::source::{Located, Span};

/// A rule in `[check]` that does not exist.
pub static UNKNOWN_RULE: Rule = Rule::error("config/unknown-rule", include_str!("unknown_rule.md"));

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
    config.levels.retain(|(rule, level)| level.value != SeverityLevel::Off || !asked.contains(&rule.value));
    for code in asked.iter().filter(|code| registry::rule(code).is_some_and(registry::is_off)) {
        if config.levels.iter().all(|(rule, _)| rule.value != **code) {
            let place = Span::start_of(config.book_toml);
            config.levels.push((Located::new(code.clone(), place), Located::new(SeverityLevel::Warn, place)));
        }
    }
}

/// Keeps what the rules found that somebody asks for: with none, everything. Broken configuration is always said.
pub fn filter(found: &mut Diagnostics, asked: &[String]) {
    if !asked.is_empty() {
        found.retain(|finding| {
            asked.iter().any(|rule| rule == finding.rule.code) || finding.rule.code.starts_with("config/")
        });
    }
}

/// Whether nobody wants to hear of a rule.
#[must_use]
pub fn is_off(config: &Config, rule: &Rule) -> bool {
    let given = config.levels.iter().rev().find(|(code, _)| code.value == rule.code);
    given.map_or_else(|| registry::is_off(rule), |(_, level)| level.value == SeverityLevel::Off)
}

/// Gives findings the levels of book.toml. Entries for rules that do not exist come back as findings.
#[must_use]
pub fn apply(config: &Config, found: &mut Diagnostics) -> Diagnostics {
    set_severity(config, found);
    let codes: Vec<&str> = registry::rules().map(|rule| rule.code).collect();
    let unknown = config.levels.iter().filter(|(rule, _)| !codes.contains(&rule.value.as_str()));
    unknown
        .map(|(rule, _)| {
            let finding = UNKNOWN_RULE.at(rule.span, format!("unknown rule `{}`", rule.value));
            match nearest(&rule.value, codes.iter().copied()) {
                Some(better) => {
                    let edits = vec![Edit { span: rule.span, replacement: format!("\"{better}\"") }];
                    finding.help(format!("did you mean `{better}`?")).fix(Fix::suggested(edits))
                }
                None => finding.help("run `partner-docs rules` to list all rules"),
            }
        })
        .collect()
}

/// Gives findings the levels of book.toml.
pub fn set_severity(config: &Config, found: &mut Diagnostics) {
    let levels: HashMap<&str, SeverityLevel> =
        config.levels.iter().map(|(rule, level)| (rule.value.as_str(), level.value)).collect();
    found.retain_mut(|finding| match levels.get(finding.rule.code) {
        Some(SeverityLevel::Off) => false,
        Some(level) => {
            finding.severity = if *level == SeverityLevel::Error { Severity::Error } else { Severity::Warning };
            true
        }
        None => !registry::is_off(finding.rule),
    });
}
