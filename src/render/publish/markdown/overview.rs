//! Lists of playbooks and templates as Markdown.

use super::{cell, link, plain, row, table_head};
use crate::fill::Job;
use crate::render::{page, playbook};
use crate::site::{PageId, PlaybookId, Site, SitePlaybook};
use crate::wording::Wording;

/// All playbooks, each with what it is for.
pub(super) fn list(site: &Site, job: &Job) -> String {
    let line = |entry: &SitePlaybook| {
        let name = playbook_link(site, job, entry, plain);
        let count = entry.playbook.steps.len().to_string();
        let steps = Wording::english().with("playbook.steps", &[("count", &count)]);
        format!("- {name} ({steps}){}\n", said(playbook::description(site, entry).as_deref()))
    };
    site.playbooks_in_order().into_iter().map(line).collect()
}

/// Templates, each with the playbooks that use it.
pub(super) fn templates(site: &Site, job: &Job, templates: &[PageId]) -> String {
    let line = |id: &PageId| {
        let users: Vec<String> = users(site, *id).map(|entry| playbook_link(site, job, entry, plain)).collect();
        let users = if users.is_empty() { String::new() } else { format!(" ({})", users.join(", ")) };
        let description = page::description(site, *id);
        format!("- {}{users}{}\n", page_link(site, job, *id, plain), said(description.as_deref()))
    };
    templates.iter().map(line).collect()
}

/// Templates against all playbooks: the steps that use each.
pub(super) fn matrix(site: &Site, job: &Job, templates: &[PageId]) -> String {
    let playbooks = site.playbooks_in_order();
    let names = playbooks.iter().map(|entry| playbook_link(site, job, entry, cell));
    let head: Vec<String> =
        std::iter::once(Wording::english().say("matrix.template").to_owned()).chain(names).collect();
    let line = |id: &PageId| {
        let steps = |entry: &&SitePlaybook| {
            let here = site.uses(*id).iter().filter(|usage| site.playbook(usage.playbook).page == entry.page);
            let steps = here
                .map(|usage| link(&(usage.step + 1).to_string(), Some(&step_address(site, job, entry, usage.step))));
            steps.collect::<Vec<_>>().join(", ")
        };
        let cells = playbooks.iter().map(steps);
        row(&std::iter::once(page_link(site, job, *id, cell)).chain(cells).collect::<Vec<_>>())
    };
    table_head(&head) + &templates.iter().map(line).collect::<String>()
}

/// The playbooks that use a template, once each.
fn users(site: &Site, template: PageId) -> impl Iterator<Item = &SitePlaybook> {
    let mut ids: Vec<PlaybookId> = site.uses(template).iter().map(|usage| usage.playbook).collect();
    // Uses are sorted by playbook, so those of one playbook are next to each other.
    ids.dedup();
    ids.into_iter().map(|id| site.playbook(id))
}

fn playbook_link(site: &Site, job: &Job, entry: &SitePlaybook, text: fn(&str) -> String) -> String {
    link(&text(&entry.playbook.name.value), Some(&job.page_address(site, entry.page, None)))
}

pub(super) fn page_link(site: &Site, job: &Job, id: PageId, text: fn(&str) -> String) -> String {
    link(&text(&site.page(id).title), Some(&job.page_address(site, id, None)))
}

/// A description behind a link.
pub(super) fn said(description: Option<&str>) -> String {
    description.filter(|text| !text.is_empty()).map(|text| format!(": {}", plain(text))).unwrap_or_default()
}

/// Where a step is described, by the page of its playbook.
pub(super) fn step_address(site: &Site, job: &Job, entry: &SitePlaybook, at: usize) -> String {
    let place = site.step_place(entry.page, entry, at);
    job.page_address(site, entry.page, place.map(|place| &place.anchor))
}
