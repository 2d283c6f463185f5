//! Playbooks as templates see them.
//! In: a playbook with its resolved templates. Out: views of its page, its strip, its steps, and of the overview.
//! Never knows: what they look like.

use std::collections::HashSet;

use super::nav::link;
use super::tags;
use super::view::{FlowStep, FlowView, Html, LinkView, PlaybookCard, PlaybookView, PlaybooksView, StepView, UsedBy};
use crate::html::escaped;
use crate::playbook::{Playbook, Step};
use crate::site::{PageId, PlaybookId, Site, SitePlaybook, StepUse, Target};
use crate::text::Located;
use crate::url::Href;

/// The whole of a playbook, seen from a page.
pub(super) fn view(site: &Site, from: PageId, id: PlaybookId) -> PlaybookView<'_> {
    let entry = site.playbook(id);
    let playbook = &*entry.playbook;
    let text = |field: &Option<Located<String>>| field.as_ref().map(|field| field.value.clone().into());
    let mut owners: Vec<_> = playbook.steps.iter().filter_map(|step| step.owner.as_ref()).collect();
    let mut seen = HashSet::new();
    owners.retain(|owner| seen.insert(owner.value.as_str()));
    PlaybookView {
        id: &playbook.id,
        name: playbook.name.value.as_str().into(),
        description: text(&playbook.description),
        purpose: playbook.purpose.as_ref().map(|purpose| plain(&purpose.value)),
        tags: tags::links(site, from, &playbook.tags),
        recurring: text(&playbook.recurring),
        duration: None,
        owners: owners.into_iter().map(|owner| owner.value.as_str().into()).collect(),
        prerequisites: plain_all(&playbook.prerequisites),
        warnings: plain_all(&playbook.warnings),
        flow: flow(site, from, entry, None),
        steps: steps(site, from, entry),
        success_criteria: plain_all(&playbook.success_criteria),
        run: run(site, playbook),
        next: next(site, from, playbook),
        step_count: playbook.steps.len(),
        template_count: template_count(entry),
        overview: site.playbooks_page().map(|page| href(site, from, page)),
    }
}

/// The overview of all playbooks.
pub(super) fn overview(site: &Site, from: PageId) -> PlaybooksView<'_> {
    let playbooks = site.playbooks_in_reading_order();
    let items: Vec<PlaybookCard<'_>> = playbooks.into_iter().map(|entry| card(site, from, entry)).collect();
    PlaybooksView {
        count: items.len(),
        step_count: items.iter().map(|card| card.step_count).sum(),
        template_count: {
            let pages = site.playbooks.iter().flat_map(template_pages);
            pages.collect::<HashSet<_>>().len()
        },
        items,
        map: None,
    }
}

fn card<'a>(site: &'a Site, from: PageId, entry: &'a SitePlaybook) -> PlaybookCard<'a> {
    let playbook = &*entry.playbook;
    PlaybookCard {
        id: &playbook.id,
        name: playbook.name.value.as_str().into(),
        href: href(site, from, entry.page),
        description: playbook.description.as_ref().map(|text| text.value.as_str().into()),
        tags: tags::links(site, from, &playbook.tags),
        recurring: playbook.recurring.as_ref().map(|text| text.value.as_str().into()),
        step_count: playbook.steps.len(),
        template_count: template_count(entry),
        flow: flow(site, from, entry, None),
        next: next(site, from, playbook),
    }
}

/// The strip of a playbook; `current` is marked.
fn flow<'a>(site: &Site, from: PageId, entry: &'a SitePlaybook, current: Option<usize>) -> FlowView<'a> {
    let steps = entry.playbook.steps.iter().zip(&entry.templates).enumerate();
    FlowView {
        label: entry.playbook.name.value.as_str().into(),
        steps: steps
            .map(|(index, (step, template))| FlowStep {
                number: index + 1,
                label: step.short_name().into(),
                href: template.as_ref().and_then(|template| site.href(from, &template.target)),
                current: current == Some(index),
            })
            .collect(),
    }
}

fn steps<'a>(site: &'a Site, from: PageId, entry: &'a SitePlaybook) -> Vec<StepView<'a>> {
    let steps = entry.playbook.steps.iter().zip(&entry.templates).enumerate();
    steps
        .map(|(index, (step, template))| {
            let target = template.as_ref().map(|template| &template.target);
            StepView {
                number: index + 1,
                name: step.name.value.as_str().into(),
                label: step.short_name().into(),
                anchor: format!("step-{}", index + 1).into(),
                template: target.and_then(|target| template_link(site, from, step, target)),
                prompt: step.prompt.as_ref().map(|prompt| prompt.value.trim().into()),
                checklist: plain_all(&step.checklist),
                kpis: plain_all(&step.kpis),
                owner: step.owner.as_ref().map(|owner| owner.value.as_str().into()),
                duration: step.duration.as_ref().map(|duration| duration.value.as_str().into()),
            }
        })
        .collect()
}

/// A template by its page's title; one that leads nowhere keeps the path its author wrote.
fn template_link<'a>(site: &'a Site, from: PageId, step: &'a Step, target: &Target) -> Option<LinkView<'a>> {
    let written = step.template.as_ref()?.value.as_str();
    let title = match target {
        Target::Page(page, _) => site.page(*page).title.as_str(),
        _ => written,
    };
    Some(match site.href(from, target) {
        Some(href) => LinkView::new(title, href),
        None => LinkView::unlinked(title),
    })
}

/// The command that runs a playbook, for each playbook its own.
fn run<'a>(site: &'a Site, playbook: &'a Playbook) -> Vec<std::borrow::Cow<'a, str>> {
    let own = playbook.run.as_ref().map(|run| run.value.as_str());
    let command = own.or(site.config.playbooks.run.as_ref().map(|run| run.value.as_str()));
    command
        .map(|command| command.replace("{id}", &playbook.id).replace("{partner}", "Acme Corp").into())
        .into_iter()
        .collect()
}

fn next<'a>(site: &'a Site, from: PageId, playbook: &Playbook) -> Vec<LinkView<'a>> {
    let followers = playbook
        .next_playbook
        .iter()
        .filter_map(|next| site.playbooks.iter().find(|entry| entry.playbook.id == next.value));
    followers.map(|entry| link(site, from, entry.page, &entry.playbook.name.value)).collect()
}

fn template_pages(entry: &SitePlaybook) -> impl Iterator<Item = PageId> {
    entry.templates.iter().flatten().filter_map(|template| match template.target {
        Target::Page(page, _) => Some(page),
        _ => None,
    })
}

fn template_count(entry: &SitePlaybook) -> usize {
    template_pages(entry).collect::<HashSet<_>>().len()
}

/// The playbooks that use a page as a template, step by step.
pub(super) fn used_by(site: &Site, page: PageId) -> Vec<UsedBy<'_>> {
    site.uses(page).iter().map(|usage| used_as(site, page, *usage)).collect()
}

fn used_as(site: &Site, page: PageId, usage: StepUse) -> UsedBy<'_> {
    let entry = site.playbook(usage.playbook);
    let steps = &entry.playbook.steps;
    let neighbour = |index: usize| {
        let step = steps.get(index)?;
        let href = entry.templates[index].as_ref().and_then(|template| site.href(page, &template.target));
        Some(match href {
            Some(href) => LinkView::new(step.short_name(), href),
            None => LinkView::unlinked(step.short_name()),
        })
    };
    UsedBy {
        playbook: link(site, page, entry.page, &entry.playbook.name.value),
        step: usage.step + 1,
        step_count: steps.len(),
        step_name: steps[usage.step].name.value.as_str().into(),
        previous: usage.step.checked_sub(1).and_then(neighbour),
        next: neighbour(usage.step + 1),
        flow: flow(site, page, entry, Some(usage.step)),
    }
}

fn href(site: &Site, from: PageId, to: PageId) -> Href {
    Href::between(&site.page(from).address, &site.page(to).address, None)
}

fn plain(text: &str) -> Html<'static> {
    Html::new(escaped(text.trim()))
}

fn plain_all<'a>(texts: &[Located<String>]) -> Vec<Html<'a>> {
    texts.iter().map(|text| plain(&text.value)).collect()
}
