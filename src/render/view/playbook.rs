//! `page.playbook`, `page.playbooks`, and the parts of playbooks that directives put into other pages.

use std::borrow::Cow;

use serde::Serialize;

use super::{Fact, LinkView, MapView, SafeHtml};
use crate::url::Href;

/// A playbook.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookView<'a> {
    /// Its path inside the playbooks folder, without `.yaml`.
    pub id: &'a str,
    /// The title that readers see.
    pub name: Cow<'a, str>,
    /// One sentence, as plain text.
    pub description: Option<Cow<'a, str>>,
    /// The same sentence, as inline HTML.
    pub lead: Option<SafeHtml<'a>>,
    /// When and why to use it, in paragraphs.
    pub purpose: Option<SafeHtml<'a>>,
    /// Its tags.
    pub tags: Vec<LinkView<'a>>,
    /// Who keeps it up to date.
    pub keepers: Vec<Cow<'a, str>>,
    /// Its version.
    pub version: Option<Cow<'a, str>>,
    /// The day on which it was last reviewed: `2026-05-31`.
    pub last_reviewed: Option<&'a str>,
    /// The team's own keys from `[playbooks.schema]`, in the order of the file.
    pub facts: Vec<Fact<'a>>,
    /// How often it's repeated: `quarterly`.
    pub recurring: Option<Cow<'a, str>>,
    /// The total duration, if every step has a duration that can be added up.
    pub duration: Option<Cow<'a, str>>,
    /// Everyone involved, without duplicates.
    pub owners: Vec<Cow<'a, str>>,
    /// What you need before you start, each as inline HTML.
    pub prerequisites: Vec<SafeHtml<'a>>,
    /// What to be careful about, each as inline HTML.
    pub warnings: Vec<SafeHtml<'a>>,
    /// The strip above the steps.
    pub flow: FlowView<'a>,
    /// Whether any step has a duration.
    pub is_timed: bool,
    /// Whether any step has a description.
    pub is_described: bool,
    /// Whether any step says who is accountable, consulted or informed.
    pub has_roles: bool,
    /// The steps, in order.
    pub steps: Vec<StepView<'a>>,
    /// How you know that it succeeded, each as inline HTML.
    pub success_criteria: Vec<SafeHtml<'a>>,
    /// The commands that run it; empty if there are none.
    pub run: Vec<Cow<'a, str>>,
    /// The playbooks that can follow.
    pub next: Vec<LinkView<'a>>,
    /// The number of steps.
    pub step_count: usize,
    /// The number of different templates.
    pub template_count: usize,
    /// The number of boxes to tick: in checklists, and among the success criteria.
    pub task_count: usize,
    /// The page that lists all playbooks.
    pub overview: Option<Href>,
}

/// A step of a playbook.
#[derive(Clone, Debug, Serialize)]
pub struct StepView<'a> {
    /// The number, starting at 1.
    pub number: usize,
    /// What to do.
    pub name: Cow<'a, str>,
    /// The short name for strips, or the name if there is none.
    pub label: Cow<'a, str>,
    /// The step's anchor on this page, without `#`, derived from its name: `score-the-candidate`; empty if the page
    /// doesn't show the steps one by one.
    pub anchor: Cow<'a, str>,
    /// The anchor with its number, for older links: `step-1`; `null` if it has none.
    pub alias: Option<Cow<'a, str>>,
    /// The step itself, on this page or on the playbook's page.
    pub href: Href,
    /// What happens in it, as HTML: inline, unless it has several paragraphs.
    pub description: Option<SafeHtml<'a>>,
    /// The condition under which it's done, as inline HTML.
    pub when: Option<SafeHtml<'a>>,
    /// Whether it can be left out.
    pub optional: bool,
    /// The steps that must be finished first, if it names any.
    pub depends_on: Vec<LinkView<'a>>,
    /// What you need to begin, each as inline HTML.
    pub inputs: Vec<SafeHtml<'a>>,
    /// What exists afterwards, each as inline HTML.
    pub outputs: Vec<SafeHtml<'a>>,
    /// The document to fill in: the title and URL of its page.
    pub template: Option<LinkView<'a>>,
    /// What to ask an assistant, shown and copied exactly as written.
    pub prompt: Option<Cow<'a, str>>,
    /// What to tick off, each as inline HTML.
    pub checklist: Vec<SafeHtml<'a>>,
    /// What to measure, each as inline HTML.
    pub kpis: Vec<SafeHtml<'a>>,
    /// Who does it.
    pub owners: Vec<Cow<'a, str>>,
    /// Who answers for it.
    pub accountable: Vec<Cow<'a, str>>,
    /// Who is asked before it's done.
    pub consulted: Vec<Cow<'a, str>>,
    /// Who is told when it's done.
    pub informed: Vec<Cow<'a, str>>,
    /// How long it takes.
    pub duration: Option<Cow<'a, str>>,
}

/// A strip of steps.
#[derive(Clone, Debug, Serialize)]
pub struct FlowView<'a> {
    /// The name of the list for screen readers: `Steps of Recruit`.
    pub label: Cow<'a, str>,
    /// The steps, in order.
    pub steps: Vec<FlowStep<'a>>,
}

/// A step in a strip.
#[derive(Clone, Debug, Serialize)]
pub struct FlowStep<'a> {
    /// The number, starting at 1.
    pub number: usize,
    /// The short name.
    pub label: Cow<'a, str>,
    /// Its template, or the step in the playbook; `null` if it has no link.
    pub href: Option<Href>,
    /// Whether the strip is on the page of this step.
    pub current: bool,
}

/// The overview of all playbooks.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybooksView<'a> {
    /// By name, or in the order in which they follow each other.
    pub items: Vec<PlaybookCard<'a>>,
    /// The number of playbooks.
    pub count: usize,
    /// The total number of steps.
    pub step_count: usize,
    /// The total number of different templates.
    pub template_count: usize,
    /// How they connect; `null` if none names a next one.
    pub map: Option<MapView<'a>>,
}

/// A playbook in the overview.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookCard<'a> {
    /// Its path inside the playbooks folder, without `.yaml`.
    pub id: &'a str,
    /// Its anchor on this page, without `#`.
    pub anchor: Cow<'a, str>,
    /// The title that readers see.
    pub name: Cow<'a, str>,
    /// Its page.
    pub href: Href,
    /// One sentence, as plain text.
    pub description: Option<Cow<'a, str>>,
    /// Its tags.
    pub tags: Vec<LinkView<'a>>,
    /// How often it's repeated.
    pub recurring: Option<Cow<'a, str>>,
    /// The total duration.
    pub duration: Option<Cow<'a, str>>,
    /// The number of steps.
    pub step_count: usize,
    /// The number of boxes to tick.
    pub task_count: usize,
    /// The number of different templates.
    pub template_count: usize,
    /// Its steps.
    pub flow: FlowView<'a>,
    /// The playbooks that can follow.
    pub next: Vec<LinkView<'a>>,
}
