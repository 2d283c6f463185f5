//! Back-links from templates to the playbook steps that use them.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::HashMap;

use crate::site::{PageId, PlaybookId, Site, Target};

/// A step of a playbook that uses a page as its template.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct StepUse {
    /// The playbook.
    pub playbook: PlaybookId,
    /// Position of the step, from 0.
    pub step: usize,
}

/// Resolves every playbook's templates and turns them round: page to steps, in the order of playbooks.
pub(crate) fn step_uses(site: &mut Site) -> HashMap<PageId, Vec<StepUse>> {
    let mut uses: HashMap<PageId, Vec<StepUse>> = HashMap::new();
    // By position: resolving needs the whole site, so no playbook can stay borrowed while its templates are set.
    for index in 0..site.playbooks.len() {
        let entry = &site.playbooks[index];
        let steps = entry.playbook.steps.iter();
        let resolve = |step: &crate::playbook::Step| {
            step.template.as_ref().map(|template| site.resolve_template(&entry.source, &template.value))
        };
        let templates: Vec<_> = steps.map(resolve).collect();
        for (step, resolution) in templates.iter().enumerate() {
            if let Some(Target::Page(page, _)) = resolution.as_ref().map(|resolution| &resolution.target) {
                let playbook = PlaybookId(u32::try_from(index).expect("fewer than 2^32 playbooks"));
                uses.entry(*page).or_default().push(StepUse { playbook, step });
            }
        }
        site.playbooks[index].templates = templates;
    }
    uses
}
