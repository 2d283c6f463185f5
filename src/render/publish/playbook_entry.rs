//! A playbook as JSON: all that its file says, and where its templates are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::target::{TargetKind, address, kind};
use crate::fill::{self, Addresses, Job};
use crate::playbook::Step;
use crate::playbook::dependencies::step_called;
use crate::render::playbook::{duration, template_title};
use crate::site::{PlaybookId, Site, SitePlaybook, Target};
use crate::source::Located;
use crate::url::SitePath;

/// A playbook. Texts are Markdown, unless they are names.
#[derive(Serialize)]
struct PlaybookFile<'a> {
    version: u32,
    id: &'a str,
    name: &'a str,
    /// The address of its page, and of the same as Markdown.
    address: &'a str,
    markdown: Option<String>,
    source: &'a str,
    owners: Vec<&'a str>,
    /// The version of the playbook, as its owner counts.
    edition: Option<&'a str>,
    last_reviewed: Option<&'a str>,
    description: Option<String>,
    purpose: Option<String>,
    tags: Vec<&'a str>,
    recurring: Option<&'a str>,
    duration: Option<String>,
    run: Option<String>,
    prerequisites: Vec<String>,
    warnings: Vec<String>,
    steps: Vec<StepFile<'a>>,
    success_criteria: Vec<String>,
    next: Vec<NextFile<'a>>,
    /// The team's own keys.
    own: BTreeMap<&'a str, Vec<&'a str>>,
}

#[derive(Serialize)]
struct StepFile<'a> {
    number: usize,
    name: &'a str,
    label: Option<&'a str>,
    address: String,
    description: Option<String>,
    optional: bool,
    when: Option<String>,
    /// Numbers of steps; none if the step does not say.
    depends_on: Option<Vec<usize>>,
    owners: Vec<&'a str>,
    accountable: Vec<&'a str>,
    consulted: Vec<&'a str>,
    informed: Vec<&'a str>,
    duration: Option<&'a str>,
    inputs: Vec<String>,
    outputs: Vec<String>,
    template: Option<TemplateFile<'a>>,
    prompt: Option<&'a str>,
    checklist: Vec<String>,
    kpis: Vec<String>,
}

#[derive(Serialize)]
struct TemplateFile<'a> {
    /// As it is written in the file of the playbook.
    written: &'a str,
    title: String,
    kind: TargetKind,
    address: Option<String>,
    markdown: Option<String>,
}

#[derive(Serialize)]
struct NextFile<'a> {
    id: &'a str,
    name: &'a str,
    address: &'a str,
}

/// The version of the file: it grows when a field changes its meaning.
pub(super) const VERSION: u32 = 1;

/// Each playbook as a file.
pub(in crate::render) fn files(site: &Site) -> Vec<(SitePath, String)> {
    let file = |(id, entry)| {
        let place = site.playbook_file(id)?;
        let own = serde_json::to_string_pretty(&playbook(site, id, entry, &place)).expect("a playbook is plain data");
        Some((place, own + "\n"))
    };
    site.playbooks().filter_map(file).collect()
}

fn playbook<'a>(site: &'a Site, id: PlaybookId, entry: &'a SitePlaybook, place: &SitePath) -> PlaybookFile<'a> {
    let playbook = &*site.playbook(id).playbook;
    let job = Job { addresses: Addresses::From(place.clone()), ..Job::default() };
    let markdown = |text: &Located<String>| fill::playbook_text(site, &job, entry, text.value.trim());
    let list = |texts: &[Located<String>]| texts.iter().map(markdown).collect::<Vec<_>>();
    let step = |(at, step): (usize, &'a Step)| StepFile {
        number: at + 1,
        name: &step.name.value,
        label: said(step.label.as_ref()),
        address: site.step_address(entry, at),
        description: step.description.as_ref().map(markdown),
        optional: step.optional,
        when: step.when.as_ref().map(markdown),
        depends_on: step.depends_on.as_ref().map(|names| {
            let steps = names.iter().filter_map(|name| step_called(playbook, &name.value));
            steps.map(|step| step + 1).collect()
        }),
        owners: names(&step.owner),
        accountable: names(&step.accountable),
        consulted: names(&step.consulted),
        informed: names(&step.informed),
        duration: said(step.duration.as_ref()),
        inputs: list(&step.inputs),
        outputs: list(&step.outputs),
        template: template(site, entry, at, step),
        prompt: said(step.prompt.as_ref()).map(str::trim),
        checklist: list(&step.checklist),
        kpis: list(&step.kpis),
    };
    let next = playbook.next_playbook.iter().filter_map(|next| site.playbook_with_id(&next.value));
    PlaybookFile {
        version: VERSION,
        id: &playbook.id,
        name: &playbook.name.value,
        address: site.page(entry.page).address.as_str(),
        markdown: site.markdown_file(entry.page).map(|file| file.to_string()),
        source: entry.source.as_str(),
        owners: names(&playbook.owner),
        edition: said(playbook.version.as_ref()),
        last_reviewed: said(playbook.last_reviewed.as_ref()),
        description: playbook.description.as_ref().map(markdown),
        purpose: playbook.purpose.as_ref().map(markdown),
        tags: names(&playbook.tags),
        recurring: said(playbook.recurring.as_ref()),
        duration: duration(playbook),
        run: site.command_of(playbook),
        prerequisites: list(&playbook.prerequisites),
        warnings: list(&playbook.warnings),
        steps: playbook.steps.iter().enumerate().map(step).collect(),
        success_criteria: list(&playbook.success_criteria),
        next: next
            .map(|(_, next)| NextFile {
                id: &next.playbook.id,
                name: &next.playbook.name.value,
                address: site.page(next.page).address.as_str(),
            })
            .collect(),
        own: playbook.own.iter().map(|entry| (entry.key.value.as_str(), entry.value.as_texts())).collect(),
    }
}

fn names(texts: &[Located<String>]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn said(text: Option<&Located<String>>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

/// The template of a step; of one that leads nowhere, what is written.
fn template<'a>(site: &'a Site, entry: &'a SitePlaybook, at: usize, step: &'a Step) -> Option<TemplateFile<'a>> {
    let written = said(step.template.as_ref())?;
    let target = entry.templates.get(at)?.as_ref().map_or(&Target::Nowhere, |template| &template.target);
    let page = if let Target::Page(page, _) = target { site.markdown_file(*page) } else { None };
    Some(TemplateFile {
        written,
        title: template_title(site, step, target).unwrap_or_default().into_owned(),
        kind: kind(target),
        address: address(site, target),
        markdown: page.map(|file| file.to_string()),
    })
}
