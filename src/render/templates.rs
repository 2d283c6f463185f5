//! Views of `{template-index}` and `{template-matrix}`: templates with the playbooks that use them.

use super::view::{LinkView, MatrixRow, MatrixStep, MatrixView, TemplateCard, TemplatesView};
use super::{facts, nav, page};
use crate::site::{PageId, Site, SitePlaybook};

/// A list of these templates.
pub(super) fn index<'a>(site: &'a Site, from: PageId, templates: &[PageId]) -> TemplatesView<'a> {
    let card = |template: &PageId| {
        let users = users(site, *template);
        let link = |entry: &&'a SitePlaybook| nav::link(site, from, entry.page, &entry.playbook.name.value);
        TemplateCard {
            page: nav::link(site, from, *template, &site.page(*template).title),
            description: page::description(site, *template),
            facts: site.page(*template).markdown().map(|page| facts::of(&page.front)).unwrap_or_default(),
            playbooks: users.iter().map(link).collect(),
        }
    };
    TemplatesView { items: templates.iter().map(card).collect() }
}

/// The playbooks that use a template, once each.
fn users(site: &Site, template: PageId) -> Vec<&SitePlaybook> {
    let mut ids: Vec<_> = site.uses(template).iter().map(|usage| usage.playbook).collect();
    // Uses are sorted by playbook, so those of one playbook are next to each other.
    ids.dedup();
    ids.into_iter().map(|id| site.playbook(id)).collect()
}

/// These templates against all playbooks.
pub(super) fn matrix<'a>(site: &'a Site, from: PageId, templates: &[PageId]) -> MatrixView<'a> {
    let playbooks = site.playbooks_in_order();
    let rows: Vec<MatrixRow<'a>> = templates.iter().map(|template| row(site, from, *template, &playbooks)).collect();
    let link =
        |entry: &&'a SitePlaybook| -> LinkView<'a> { nav::link(site, from, entry.page, &entry.playbook.name.value) };
    MatrixView {
        playbooks: playbooks.iter().map(link).collect(),
        unused: rows.iter().filter(|row| row.uses == 0).count(),
        rows,
    }
}

fn row<'a>(site: &'a Site, from: PageId, template: PageId, playbooks: &[&SitePlaybook]) -> MatrixRow<'a> {
    let uses = site.uses(template);
    let cell = |entry: &&SitePlaybook| {
        let here = uses.iter().filter(|usage| site.playbook(usage.playbook).playbook.id == entry.playbook.id);
        here.map(|usage| MatrixStep { number: usage.step + 1, href: site.step_href(from, entry, usage.step) }).collect()
    };
    MatrixRow {
        template: nav::link(site, from, template, &site.page(template).title),
        cells: playbooks.iter().map(cell).collect(),
        uses: uses.len(),
    }
}
