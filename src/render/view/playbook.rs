//! `page.playbook`, `page.playbooks`, and the parts of playbooks that stand in other pages.
//! In: playbooks, resolved. Out: `PlaybookView`, `PlaybooksView`, `FlowView`.
//! Never knows: YAML, or how a map is laid out.

use std::borrow::Cow;

use serde::Serialize;

use super::{LinkView, MapView, SafeHtml};
use crate::url::Href;

/// A playbook.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookView<'a> {
    /// Its file's path below the folder of the playbooks, without `.yaml`.
    pub id: &'a str,
    /// What readers call it.
    pub name: Cow<'a, str>,
    /// One sentence, plain text.
    pub description: Option<Cow<'a, str>>,
    /// The same sentence, inline markup.
    pub lead: Option<SafeHtml<'a>>,
    /// What it is good for: paragraphs.
    pub purpose: Option<SafeHtml<'a>>,
    /// Words to find it by.
    pub tags: Vec<LinkView<'a>>,
    /// How often it is run again: `quarterly`.
    pub recurring: Option<Cow<'a, str>>,
    /// How long all of it takes: the sum, when every step says how long it takes and is understood.
    pub duration: Option<Cow<'a, str>>,
    /// Who is involved, once each.
    pub owners: Vec<Cow<'a, str>>,
    /// What must be there before it starts, inline markup each.
    pub prerequisites: Vec<SafeHtml<'a>>,
    /// What to be careful about, inline markup each.
    pub warnings: Vec<SafeHtml<'a>>,
    /// The strip above the steps.
    pub flow: FlowView<'a>,
    /// Whether any step says how long it takes.
    pub is_timed: bool,
    /// What is done, in order.
    pub steps: Vec<StepView<'a>>,
    /// How one knows that it succeeded, inline markup each.
    pub success_criteria: Vec<SafeHtml<'a>>,
    /// Commands that run it; empty where the project has none.
    pub run: Vec<Cow<'a, str>>,
    /// The playbooks that may follow.
    pub next: Vec<LinkView<'a>>,
    /// How many steps there are.
    pub step_count: usize,
    /// How many different templates they use.
    pub template_count: usize,
    /// The page of all playbooks.
    pub overview: Option<Href>,
}

/// A step of a playbook.
#[derive(Clone, Debug, Serialize)]
pub struct StepView<'a> {
    /// From 1.
    pub number: usize,
    /// What is done.
    pub name: Cow<'a, str>,
    /// The shorter name for strips; the name where there is none.
    pub label: Cow<'a, str>,
    /// The step's own anchor on this page, without `#`, made of its name: `score-the-candidate`; empty where the page
    /// does not tell the steps one by one.
    pub anchor: Cow<'a, str>,
    /// The anchor made of its number, which older links have: `step-1`; `null` where it has none of its own.
    pub alias: Option<Cow<'a, str>>,
    /// Where the step is told: on this page, else on the playbook's own.
    pub href: Href,
    /// The document to fill in: its page's title and address.
    pub template: Option<LinkView<'a>>,
    /// What to ask an assistant, as it was written: shown as it is, and copied.
    pub prompt: Option<Cow<'a, str>>,
    /// What to tick off, inline markup each.
    pub checklist: Vec<SafeHtml<'a>>,
    /// What to measure, inline markup each.
    pub kpis: Vec<SafeHtml<'a>>,
    /// Who does it.
    pub owner: Option<Cow<'a, str>>,
    /// How long it takes.
    pub duration: Option<Cow<'a, str>>,
}

/// A strip of steps.
#[derive(Clone, Debug, Serialize)]
pub struct FlowView<'a> {
    /// What the list is called to those who cannot see it: `Steps of Recruit`.
    pub label: Cow<'a, str>,
    /// In order.
    pub steps: Vec<FlowStep<'a>>,
}

/// A step in a strip.
#[derive(Clone, Debug, Serialize)]
pub struct FlowStep<'a> {
    /// From 1.
    pub number: usize,
    /// The short name.
    pub label: Cow<'a, str>,
    /// Its template, else its place in the playbook; `null` where it leads nowhere.
    pub href: Option<Href>,
    /// Whether the strip stands on this very step's page.
    pub current: bool,
}

/// The overview of all playbooks.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybooksView<'a> {
    /// By name, or in the order they follow one another.
    pub items: Vec<PlaybookCard<'a>>,
    /// How many playbooks there are.
    pub count: usize,
    /// How many steps they have together.
    pub step_count: usize,
    /// How many different templates they use together.
    pub template_count: usize,
    /// How they follow one another; `null` where none names a next one.
    pub map: Option<MapView<'a>>,
}

/// A playbook in the overview.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookCard<'a> {
    /// Its file's path below the folder of the playbooks, without `.yaml`.
    pub id: &'a str,
    /// Its own anchor on this page, without `#`.
    pub anchor: Cow<'a, str>,
    /// What readers call it.
    pub name: Cow<'a, str>,
    /// Its page.
    pub href: Href,
    /// One sentence, plain text.
    pub description: Option<Cow<'a, str>>,
    /// Words to find it by.
    pub tags: Vec<LinkView<'a>>,
    /// How often it is run again.
    pub recurring: Option<Cow<'a, str>>,
    /// How long all of it takes.
    pub duration: Option<Cow<'a, str>>,
    /// How many steps there are.
    pub step_count: usize,
    /// How many different templates they use.
    pub template_count: usize,
    /// Its steps.
    pub flow: FlowView<'a>,
    /// The playbooks that may follow.
    pub next: Vec<LinkView<'a>>,
}
