//! `partner-docs explain`, `rules` and `schema`: what can be wrong, and what files may hold.

use clap::{Args, ValueEnum};

use super::arguments::nearest_rule;
use super::{Outcome, terminal};
use crate::check::registry;
use crate::diagnostic::{Rule, did_you_mean};
use crate::project::settings::json_schema;
use crate::{playbook, report};

#[derive(Debug, Args)]
pub(super) struct ExplainOptions {
    /// The name of the rule: link/anchor-not-found
    rule: String,
}

#[derive(Debug, Args)]
pub(super) struct SchemaOptions {
    /// What the schema describes
    of: SchemaOf,
}

/// What a JSON Schema can be printed for.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
enum SchemaOf {
    /// playbooks/*.yaml
    Playbook,
    /// book.toml
    BookToml,
    /// The output of `check --format json`
    Findings,
}

/// Prints the page of a rule.
pub(super) fn explain(options: &ExplainOptions) -> Outcome {
    let code = options.rule.as_str();
    if let Some(rule) = registry::rule(code) {
        // The page on the site shows directives, and a backslash keeps them from being read there.
        terminal::data(&rule.explanation.replace("\\{{#", "{{#"));
        if let Some(address) = report::rule_address(rule) {
            terminal::note(&format!("online: {address}\n"));
        }
        return Outcome::Done;
    }
    let help = nearest_rule(code).map_or_else(|| "run `partner-docs rules` to list all rules".to_owned(), did_you_mean);
    terminal::cannot_run(format!("unknown rule `{code}`\n  help: {help}"))
}

/// Prints all rules with their severity and what they say in a sentence.
pub(super) fn list() -> Outcome {
    let mut rules: Vec<&Rule> = registry::rules().collect();
    rules.sort_by_key(|rule| rule.code);
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let lines = rules.iter().map(|rule| format!("{:width$}  {:7}  {}\n", rule.code, level(rule), rule.summary()));
    terminal::data(&lines.collect::<String>());
    Outcome::Done
}

/// Prints a JSON Schema.
pub(super) fn schema(options: &SchemaOptions) -> Outcome {
    let schema = match options.of {
        SchemaOf::Playbook => playbook::schema(),
        SchemaOf::BookToml => json_schema::schema(),
        SchemaOf::Findings => report::schema(),
    };
    terminal::data(&format!("{schema:#}\n"));
    Outcome::Done
}

/// What a rule counts as unless book.toml says otherwise.
fn level(rule: &Rule) -> &'static str {
    if rule.is_off { "off" } else { rule.severity.as_str() }
}
