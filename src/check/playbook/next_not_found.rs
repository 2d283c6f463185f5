//! `playbook/next-not-found`: a playbook that is followed by one that is not there.

use super::directive::several;
use crate::diagnostic::{Diagnostics, Rule};
use crate::site::Site;

/// The rule.
pub static RULE: Rule = Rule::error("playbook/next-not-found", include_str!("next_not_found.md"));

/// Looks at what all playbooks say comes next.
pub fn check(site: &Site, found: &mut Diagnostics) {
    for next in site.playbooks.iter().flat_map(|entry| &entry.playbook.next_playbook) {
        if site.playbook_with_id(&next.value).is_some() {
            continue;
        }
        if let Some(several) = several(site, &next.value) {
            let finding = RULE.at(next.span, format!("ambiguous playbook `{}`: it could be {several}", next.value));
            found.push(finding.help("use the full id"));
            continue;
        }
        let finding = RULE.at(next.span, format!("playbook not found: `{}`", next.value));
        let near = || site.playbook_names().near(&next.value).map(str::to_owned);
        found.push(match site.renamed_playbook(&next.value).or_else(near) {
            Some(better) => finding.suggest(&better),
            None => finding.help("a playbook's id is its path inside the playbooks folder, without `.yaml`"),
        });
    }
}
