//! Directives as Markdown: a strip as a numbered list, a map as the table of its steps.

use super::overview::{self, step_address};
use super::{cell, link, map_table, plain, row, table_head};
use crate::fill::{self, Job, PlaybookSection};
use crate::page::directive::table::DirectiveView;
use crate::page::{Directive, EmbedContent, Page};
use crate::playbook::Step;
use crate::site::{PageId, Site, SitePlaybook, Target};
use crate::wording::Wording;

/// The blocks of a page.
pub(super) struct Blocks<'a> {
    pub(super) site: &'a Site,
    pub(super) job: &'a Job,
    pub(super) id: PageId,
    pub(super) page: &'a Page,
}

impl Blocks<'_> {
    /// What stands for the block at a position, if that shows a part of the site. What does not exist is left out, as on
    /// the page: a rule reports it.
    pub(super) fn shown(&self, embed: usize) -> Option<String> {
        let EmbedContent::Directive(directive) = self.page.embeds.get(embed)? else { return None };
        Some(self.directive(directive).unwrap_or_default())
    }

    fn directive(&self, directive: &Directive) -> Option<String> {
        let Self { site, job, .. } = *self;
        // Asked only where the argument is a playbook: `{template-index} legal` names a folder.
        let named = || site.playbook_with_id(directive.argument.value.trim());
        let selected = || site.selected_templates(self.id, directive).pages;
        Some(match directive.shown.view {
            DirectiveView::Strip => self.strip(named()?.1),
            DirectiveView::Steps => fill::playbook_section(site, job, named()?.0, PlaybookSection::Steps),
            DirectiveView::Criteria => fill::playbook_section(site, job, named()?.0, PlaybookSection::Criteria),
            DirectiveView::StepTable => self.step_table(named()?.1),
            DirectiveView::Playbooks => overview::list(site, job),
            DirectiveView::TemplateList => overview::templates(site, job, &selected()),
            DirectiveView::TemplateMatrix => overview::matrix(site, job, &selected()),
            DirectiveView::Map => map_table::map(site, job, self.id, directive)?,
        })
    }

    fn strip(&self, entry: &SitePlaybook) -> String {
        let line = |(at, step): (usize, &Step)| {
            // A strip leads to templates, and where a step has none in the site, to the step.
            let template = template(entry, at).and_then(|target| self.job.target_address(self.site, target));
            let address = template.unwrap_or_else(|| step_address(self.site, self.job, entry, at));
            format!("{}. {}\n", at + 1, link(&plain(step.short_name()), Some(&address)))
        };
        entry.playbook.steps.iter().enumerate().map(line).collect()
    }

    fn step_table(&self, entry: &SitePlaybook) -> String {
        let head = ["step_table.step", "step_table.name", "step_table.template", "step_table.owner", "step_table.time"];
        let line = |(at, step): (usize, &Step)| {
            let own = step_address(self.site, self.job, entry, at);
            let owners: Vec<String> = step.owner.iter().map(|owner| cell(&owner.value)).collect();
            row(&[
                (at + 1).to_string(),
                link(&cell(&step.name.value), Some(&own)),
                self.template_link(entry, at, step),
                owners.join(", "),
                step.duration.as_ref().map(|duration| cell(&duration.value)).unwrap_or_default(),
            ])
        };
        let rows = entry.playbook.steps.iter().enumerate().map(line);
        table_head(&head.map(|name| Wording::english().say(name))) + &rows.collect::<String>()
    }

    fn template_link(&self, entry: &SitePlaybook, at: usize, step: &Step) -> String {
        let Some(target) = template(entry, at) else { return String::new() };
        let address = self.job.address_of(self.site, target);
        let title = crate::render::playbook::template_title(self.site, step, target).unwrap_or_default();
        link(&cell(&title), address.as_deref())
    }
}

/// Where the template of a step is.
fn template(entry: &SitePlaybook, at: usize) -> Option<&Target> {
    entry.templates.get(at)?.as_ref().map(|template| &template.target)
}
