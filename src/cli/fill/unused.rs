//! Values that were given and are not used: slips of the pen, and values for other documents.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::values::GivenValues;
use crate::diagnostic::nearest;
use crate::fill::Job;
use crate::site::Site;

/// Values that are used nowhere.
pub(super) struct UnusedValues {
    /// Names that nothing in the project knows, each with the one that is meant.
    unknown: Vec<(String, Option<String>)>,
    /// Names that the project knows, and these documents do not use.
    unused: Vec<String>,
}

impl UnusedValues {
    /// The values that documents do not use.
    pub(super) fn of(given: &GivenValues, site: &Site, job: &Job) -> Self {
        let (asked, mut known) = (job.asked(site), job.known_names(site));
        known.retain(|name| !given.contains_key(name) || asked.contains(name) || is_declared(site, name));
        let wanted: Vec<&str> = asked.iter().filter(|name| !given.contains_key(*name)).map(String::as_str).collect();
        let mut spare = Self { unknown: Vec::new(), unused: Vec::new() };
        let mut seen = BTreeSet::new();
        for name in given.keys() {
            // `company.name` and `company_name` are one value.
            let joined = name.replace('.', "_");
            let has = |names: &BTreeSet<String>| names.contains(name) || names.contains(&joined);
            let is_used = given.keys().any(|other| other.replace('.', "_") == joined && asked.contains(other));
            if is_used || !seen.insert(joined.clone()) {
                continue;
            }
            if has(&known) {
                spare.unused.push(name.clone());
            } else {
                // First among the names that still lack a value: a slip has left its name without one.
                let near = nearest(name, wanted.iter().copied())
                    .or_else(|| nearest(name, known.iter().map(String::as_str)))
                    .map(str::to_owned);
                spare.unknown.push((name.clone(), near));
            }
        }
        spare
    }

    /// Whether one of these names is known to nothing.
    pub(super) fn has_unknown(&self, names: &[&str]) -> bool {
        self.unknown.iter().any(|(name, _)| names.contains(&name.as_str()))
    }

    /// What to say about names that nothing knows.
    pub(super) fn unknown(&self) -> String {
        let mut said = String::new();
        for (name, near) in &self.unknown {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it in `placeholders` in the template's front matter, or in `[templates.placeholders]`"
                    .to_owned(),
            };
            let _ = writeln!(said, "unused value `{name}`; {help}");
        }
        said
    }

    /// What to say once the documents are written.
    pub(super) fn said(&self) -> String {
        let unknown = self.unknown();
        let mut said: String = unknown.lines().map(|line| format!("warning: {line}\n")).collect();
        if !self.unused.is_empty() {
            let _ = writeln!(said, "note: these documents do not use `{}`", self.unused.join("`, `"));
        }
        said
    }
}

/// Whether the project itself has a name.
fn is_declared(site: &Site, name: &str) -> bool {
    site.config.variables.contains_key(name)
        || site.config.written.templates.placeholders.iter().any(|(known, _)| known.value == name)
        || site.pages().filter_map(|(_, page)| page.markdown()).any(|page| {
            page.front.placeholders.iter().any(|(known, _)| known.value == name)
                || page.front.variables.iter().any(|(known, _)| known == name)
        })
}
