//! Views of a playbook: its page, its strip, its steps, and its card in the overview.

use std::borrow::Cow;
use std::collections::HashSet;

use super::href::{step_target, to_page};
use super::nav::link;
use super::view::{
    FlowStep, FlowView, LinkView, PlaybookCard, PlaybookView, PlaybooksView, SafeHtml, StepView, UsedBy,
};
use super::{content, succession};
use super::{facts, tags};
use crate::markdown::Document;
use crate::playbook::dependencies::step_called;
use crate::playbook::duration::sum;
use crate::playbook::{Playbook, Step};
use crate::site::{PageContent, PageId, PlaybookId, Site, SitePlaybook, StepTexts, StepUse, Target};
use crate::source::Located;
use crate::url::{Anchor, document_name};
use crate::wording::Wording;

/// The whole of a playbook, with links relative to a page.
pub(super) fn view(site: &Site, from: PageId, id: PlaybookId) -> PlaybookView<'_> {
    let entry = site.playbook(id);
    let playbook = &*entry.playbook;
    let texts = &*entry.texts;
    // Only the playbook's own page has the form; on other pages its placeholders are text.
    let has_form = matches!(site.page(from).content, PageContent::Playbook(_));
    let form = if has_form { content::EmptyPlaceholder::Form } else { content::EmptyPlaceholder::Written };
    let shown = PlaybookBlock { site, from, entry, form };
    let mut owners: Vec<_> = playbook.steps.iter().flat_map(|step| &step.owner).collect();
    let mut seen = HashSet::new();
    // In the order of the steps, so that whoever starts is named first.
    owners.retain(|owner| seen.insert(owner.value.as_str()));
    PlaybookView {
        id: &playbook.id,
        name: playbook.name.value.as_str().into(),
        description: description(site, entry),
        lead: texts.description.as_ref().map(|text| shown.html(text)),
        purpose: texts.purpose.as_ref().map(|text| shown.block(text)),
        tags: tags::links(site, from, &playbook.tags),
        keepers: names(&playbook.owner),
        version: playbook.version.as_ref().map(|version| version.value.as_str().into()),
        last_reviewed: playbook.last_reviewed.as_ref().map(|day| day.value.as_str()),
        facts: playbook.own.iter().filter_map(facts::fact).collect(),
        recurring: recurring(playbook),
        duration: duration(playbook).map(Into::into),
        owners: owners.into_iter().map(|owner| owner.value.as_str().into()).collect(),
        prerequisites: shown.all(&texts.prerequisites),
        warnings: shown.all(&texts.warnings),
        flow: flow(site, from, entry, None),
        is_timed: playbook.steps.iter().any(|step| step.duration.is_some()),
        is_described: playbook.steps.iter().any(|step| step.description.is_some()),
        has_roles: playbook
            .steps
            .iter()
            .any(|step| [&step.accountable, &step.consulted, &step.informed].iter().any(|people| !people.is_empty())),
        steps: shown.steps(),
        success_criteria: shown.all(&texts.success_criteria),
        run: run(site, playbook),
        next: next(site, from, playbook),
        step_count: playbook.steps.len(),
        template_count: template_count(entry),
        task_count: task_count(playbook),
        overview: site.playbooks_page().map(|page| to_page(site, from, page)),
    }
}

/// The overview of all playbooks.
pub(super) fn overview(site: &Site, from: PageId) -> PlaybooksView<'_> {
    let playbooks = site.playbooks_in_order();
    let items: Vec<PlaybookCard<'_>> = playbooks.into_iter().map(|entry| card(site, from, entry)).collect();
    PlaybooksView {
        count: items.len(),
        step_count: items.iter().map(|card| card.step_count).sum(),
        template_count: {
            // Not the sum of the cards: two playbooks may use one template.
            let pages = site.playbooks.iter().flat_map(template_pages);
            pages.collect::<HashSet<_>>().len()
        },
        items,
        map: succession::map(site, from),
    }
}

fn card<'a>(site: &'a Site, from: PageId, entry: &'a SitePlaybook) -> PlaybookCard<'a> {
    let playbook = &*entry.playbook;
    PlaybookCard {
        id: &playbook.id,
        anchor: site.card_anchor(entry).to_string().into(),
        name: playbook.name.value.as_str().into(),
        href: to_page(site, from, entry.page),
        description: description(site, entry),
        tags: tags::links(site, from, &playbook.tags),
        recurring: recurring(playbook),
        duration: duration(playbook).map(Into::into),
        step_count: playbook.steps.len(),
        template_count: template_count(entry),
        task_count: task_count(playbook),
        flow: flow(site, from, entry, None),
        next: next(site, from, playbook),
    }
}

/// What a playbook does, as plain text.
pub(super) fn description<'a>(site: &Site, entry: &'a SitePlaybook) -> Option<Cow<'a, str>> {
    entry.texts.description.as_ref().map(|text| content::plain(site, text).into())
}

fn recurring(playbook: &Playbook) -> Option<Cow<'_, str>> {
    playbook.recurring.as_ref().map(|text| text.value.as_str().into())
}

/// How long all of it takes, when every step says how long it takes.
fn duration(playbook: &Playbook) -> Option<String> {
    let durations: Option<Vec<&str>> =
        playbook.steps.iter().map(|step| step.duration.as_ref().map(|duration| duration.value.as_str())).collect();
    // One step without a duration would make the total too small, and readers would plan with it.
    sum(durations?)
}

/// The strip of a playbook; `current` is marked.
pub(super) fn flow<'a>(site: &Site, from: PageId, entry: &'a SitePlaybook, current: Option<usize>) -> FlowView<'a> {
    let steps = entry.playbook.steps.iter().enumerate();
    FlowView {
        label: Wording::english().with("playbook.steps_of", &[("playbook", &entry.playbook.name.value)]).into(),
        steps: steps
            .map(|(index, step)| FlowStep {
                number: index + 1,
                label: step.short_name().into(),
                href: Some(step_target(site, from, entry, index)),
                current: current == Some(index),
            })
            .collect(),
    }
}

/// A playbook, shown on a page.
struct PlaybookBlock<'a> {
    site: &'a Site,
    from: PageId,
    entry: &'a SitePlaybook,
    /// The page of the playbook has a form for its placeholders.
    form: content::EmptyPlaceholder,
}

impl<'a> PlaybookBlock<'a> {
    fn html(&self, text: &'a Document) -> SafeHtml<'a> {
        let address = |link: usize| {
            let link = text.links.get(link)?;
            let resolution = self.site.resolve_in_playbook(self.entry, link);
            let href = self.site.href_of_link(&self.site.page(self.from).address, &resolution);
            content::or_as_written(self.site, href, &link.destination)
        };
        SafeHtml::new(content::with_addresses(self.site, text, self.form, address))
    }

    /// A text outside a list: a single paragraph gets its `<p>` back.
    fn block(&self, text: &'a Document) -> SafeHtml<'a> {
        let html = self.html(text);
        // A single paragraph is compiled without its `<p>`, because most of these texts are list items.
        if html.0.starts_with('<') && html.0.trim_end().ends_with('>') && html.0.contains("<p>") {
            return html;
        }
        SafeHtml::new(format!("<p>{}</p>", html.0))
    }

    fn all(&self, texts: &'a [Document]) -> Vec<SafeHtml<'a>> {
        texts.iter().map(|text| self.html(text)).collect()
    }

    fn steps(&self) -> Vec<StepView<'a>> {
        let steps = self.entry.playbook.steps.iter().zip(&self.entry.texts.steps).enumerate();
        steps.map(|(index, (step, texts))| self.step(index, step, texts)).collect()
    }

    /// The steps that a step names as those it waits for. What it names wrongly has a finding and is left out.
    fn dependencies(&self, step: &Step) -> Vec<LinkView<'a>> {
        let playbook = &self.entry.playbook;
        let named = step.depends_on.iter().flatten().filter_map(|name| step_called(playbook, &name.value));
        named
            .map(|on| LinkView::new(playbook.step(on).short_name(), self.site.step_href(self.from, self.entry, on)))
            .collect()
    }

    fn step(&self, index: usize, step: &'a Step, texts: &'a StepTexts) -> StepView<'a> {
        let Self { site, from, entry, .. } = *self;
        let target = entry.templates.get(index).and_then(Option::as_ref).map(|template| &template.target);
        let place = site.step_place(from, entry, index);
        StepView {
            number: index + 1,
            name: step.name.value.as_str().into(),
            label: step.short_name().into(),
            anchor: place.map(|place| place.anchor.as_str()).unwrap_or_default().into(),
            alias: place.and_then(|place| place.alias.as_ref()).map(|alias| alias.as_str().into()),
            href: site.step_href(from, entry, index),
            template: target.and_then(|target| template_link(site, from, step, target)),
            description: texts.description.as_ref().map(|text| self.html(text)),
            when: texts.when.as_ref().map(|text| self.html(text)),
            optional: step.optional,
            depends_on: self.dependencies(step),
            inputs: self.all(&texts.inputs),
            outputs: self.all(&texts.outputs),
            prompt: step.prompt.as_ref().map(|prompt| prompt.value.trim().into()),
            checklist: self.all(&texts.checklist),
            kpis: self.all(&texts.kpis),
            owners: names(&step.owner),
            accountable: names(&step.accountable),
            consulted: names(&step.consulted),
            informed: names(&step.informed),
            duration: step.duration.as_ref().map(|duration| duration.value.as_str().into()),
        }
    }
}

fn names(people: &[Located<String>]) -> Vec<Cow<'_, str>> {
    people.iter().map(|name| name.value.as_str().into()).collect()
}

/// A template by its page's title, and by the heading of its section if the step names one; a missing one keeps the path
/// that its author wrote.
fn template_link<'a>(site: &'a Site, from: PageId, step: &'a Step, target: &Target) -> Option<LinkView<'a>> {
    let written = step.template.as_ref()?.value.as_str();
    let title = match target {
        Target::Page(page, Some(anchor)) => section_title(site, *page, anchor).into(),
        Target::Page(page, None) => site.page(*page).title.as_str().into(),
        Target::External(url) => document_name(url).into_owned().into(),
        _ => Cow::Borrowed(written),
    };
    Some(match site.href(from, target) {
        Some(href) => LinkView::new(title, href),
        None => LinkView::unlinked(title),
    })
}

/// A section by its page and its heading, as other steps may use other sections of the same page.
fn section_title(site: &Site, page: PageId, anchor: &Anchor) -> String {
    let title = &site.page(page).title;
    let heading = || {
        let at = *site.places(page).headings.get(anchor)?;
        Some(&site.page(page).markdown()?.document.headings.get(at)?.text)
    };
    match heading() {
        Some(heading) => Wording::english().with("playbook.section", &[("page", title), ("section", heading)]),
        None => title.clone(),
    }
}

/// The command that runs a playbook, for each playbook its own.
fn run<'a>(site: &'a Site, playbook: &'a Playbook) -> Vec<Cow<'a, str>> {
    site.command_of(playbook).map(Cow::Owned).into_iter().collect()
}

fn next<'a>(site: &'a Site, from: PageId, playbook: &Playbook) -> Vec<LinkView<'a>> {
    // Missing playbooks are reported by a rule, and a dead name helps no reader.
    let followers = playbook.next_playbook.iter().filter_map(|next| site.playbook_with_id(&next.value));
    followers.map(|(_, entry)| link(site, from, entry.page, &entry.playbook.name.value)).collect()
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

fn task_count(playbook: &Playbook) -> usize {
    playbook.success_criteria.len() + playbook.steps.iter().map(|step| step.checklist.len()).sum::<usize>()
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
        Some(LinkView::new(step.short_name(), step_target(site, page, entry, index)))
    };
    UsedBy {
        playbook: link(site, page, entry.page, &entry.playbook.name.value),
        step: usage.step + 1,
        step_count: steps.len(),
        step_name: entry.playbook.step(usage.step).name.value.as_str().into(),
        previous: usage.step.checked_sub(1).and_then(neighbour),
        next: neighbour(usage.step + 1),
        flow: flow(site, page, entry, Some(usage.step)),
    }
}
