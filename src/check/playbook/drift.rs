//! Hand-written copies of playbooks on pages: strips, step tables and overviews.
//! In: the copies on a page with what differs. Out: findings; for copies that agree, with the part that could stand
//! there instead.
//! Never knows: how copies are found and compared.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::playbook::drift::COUNT_MISMATCH;
use crate::project::settings::choices::SeverityLevel;
use crate::site::{CopySource, HandWritten, PageId, Site};
use crate::source::Span;

/// A copy that agrees: nothing is wrong with it yet. Said only when the project asks for it.
pub static HAND_WRITTEN: Rule = Rule::info("playbook/hand-written-copy", include_str!("hand_written_copy.md"));

/// Holds the copies on a page against the playbooks.
pub fn check(site: &Site, id: PageId, found: &mut Diagnostics) {
    if let Some(page) = site.page(id).markdown().filter(|_| !site.playbooks.is_empty()) {
        found.extend(site.lost_subject(page));
        found.extend(site.lost_commands(page));
    }
    let copies = site.hand_written(id);
    let contested = contested(&copies);
    for mut copy in copies {
        // What else is kept by hand on the page says that the playbook is what is wrong: two witnesses against one.
        // `count-mismatch` would be repaired in the overview, while the playbook lost a step by mistake.
        let counts = copy.drift.iter_mut().filter(|finding| finding.rule == &COUNT_MISMATCH);
        let is_contested = |finding: &Diagnostic| finding.related.iter().any(|place| contested.contains(&place.span));
        counts.filter(|finding| is_contested(finding)).for_each(Diagnostic::doubt);
        // Two remarks on one copy would be one too many: where it differs, that is what has to be looked at.
        if copy.drift.is_empty() && copy.is_certain && is_asked_for(site) {
            let fix = replacement(&copy);
            found.extend(agreeing(&copy).map(|finding| finding.fix_if(fix)));
        }
        found.extend(copy.drift);
    }
}

/// The names of playbooks that a strip or a step table of the page differs from.
fn contested(copies: &[HandWritten<'_>]) -> Vec<Span> {
    let name = |copy: &HandWritten<'_>| match &copy.kind {
        CopySource::Strip(entry, _) | CopySource::Table(entry, ..) => Some(entry.playbook.name.span),
        CopySource::Overview | CopySource::Playbooks(_) | CopySource::Lost => None,
    };
    copies.iter().filter(|copy| !copy.drift.is_empty()).filter_map(name).collect()
}

fn is_asked_for(site: &Site) -> bool {
    let is_on = |level: SeverityLevel| level != SeverityLevel::Off;
    site.config
        .written
        .check
        .severities
        .iter()
        .any(|(rule, level)| rule.value == HAND_WRITTEN.code && is_on(level.value))
}

/// What an agreeing copy could be; nothing where no directive shows the same.
fn agreeing(copy: &HandWritten<'_>) -> Option<Diagnostic> {
    let (message, directive) = match &copy.kind {
        CopySource::Strip(entry, _) => (format!("hand-written strip of `{}`", entry.playbook.id), "playbook-flow"),
        CopySource::Table(entry, ..) => {
            (format!("hand-written step table of `{}`", entry.playbook.id), "playbook-steps")
        }
        CopySource::Overview => ("hand-written list of playbooks".to_owned(), "playbook-overview"),
        CopySource::Playbooks(_) | CopySource::Lost => return None,
    };
    Some(
        HAND_WRITTEN
            .at(copy.span, message)
            .help(format!("replace it with `{{{directive}}}`, which is always up to date")),
    )
}

/// The part that shows what the copy shows, where the copy says nothing that stands nowhere else. The part may say more,
/// so it is no more than a suggestion.
fn replacement(copy: &HandWritten<'_>) -> Option<Fix> {
    let replacement = match &copy.kind {
        CopySource::Strip(entry, _) => format!("```{{playbook-flow}} {}\n```", entry.playbook.id),
        CopySource::Table(entry, ..) => format!("```{{playbook-steps}} {}\n:as: table\n```", entry.playbook.id),
        CopySource::Overview => "```{playbook-overview}\n```".to_owned(),
        CopySource::Playbooks(_) | CopySource::Lost => return None,
    };
    Some(Fix::suggested(vec![Edit { span: copy.replaceable?, replacement }]))
}
