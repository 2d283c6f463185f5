//! Playbooks: their YAML files, and hand-written copies of them.
//! In: the text of a playbook's YAML file. Out: a `Playbook` whose every value has its span, and what is wrong with it.
//! Never knows: pages, which templates exist, how a strip is drawn.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

pub mod dependencies;
pub mod drift;
pub mod duration;
mod field;
pub mod flow;
mod names;
mod order;
mod parse;
mod schema;

pub use names::{IdResolution, PlaybookNames, last_part};
pub use order::listed_order;
pub use parse::{
    DUPLICATE_STEP, EMPTY_STEP, MISSING_NAME, NO_STEPS, SYNTAX, TYPE, UNKNOWN_DURATION, UNKNOWN_KEY, parse,
};
pub use schema::schema;

use crate::diagnostic::Rule;
use crate::source::{Located, Span};
use crate::yaml::MappingEntry;

/// Every rule that playbook files, and copies of playbooks, are held to.
pub static RULES: &[&Rule] = &[
    &dependencies::CIRCULAR_STEPS,
    &dependencies::UNKNOWN_STEP,
    &drift::COUNT_MISMATCH,
    &DUPLICATE_STEP,
    &EMPTY_STEP,
    &drift::FLOW_ORDER,
    &MISSING_NAME,
    &drift::MISSPELT_STEP,
    &NO_STEPS,
    &drift::NOT_COMPARED,
    &drift::NOT_FOUND,
    &drift::NOT_LISTED,
    &SYNTAX,
    &drift::TABLE_MISMATCH,
    &TYPE,
    &UNKNOWN_DURATION,
    &UNKNOWN_KEY,
];

/// A playbook as its file declares it.
#[derive(Clone, Debug)]
pub struct Playbook {
    /// Its file's path below the folder of the playbooks, without `.yaml`: `emea/recruit`.
    pub id: String,
    /// The beginning of its file.
    pub start: Span,
    /// The title that readers see; the id if the file gives no name.
    pub name: Located<String>,
    /// One sentence.
    pub description: Option<Located<String>>,
    /// What it is good for, in a paragraph.
    pub purpose: Option<Located<String>>,
    /// Who answers for the playbook itself.
    pub owner: Vec<Located<String>>,
    /// Its edition, as its owner counts.
    pub version: Option<Located<String>>,
    /// The day on which its owner last read it through: `2026-05-31`.
    pub last_reviewed: Option<Located<String>>,
    /// Its place in lists, before all that have none.
    pub order: Option<Located<i64>>,
    /// Its tags.
    pub tags: Vec<Located<String>>,
    /// What is needed before it starts.
    pub prerequisites: Vec<Located<String>>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// How to tell that it succeeded.
    pub success_criteria: Vec<Located<String>>,
    /// Ids of the playbooks that may follow.
    pub next_playbook: Vec<Located<String>>,
    /// How often it is run again: `quarterly`.
    pub recurring: Option<Located<String>>,
    /// What to be careful about.
    pub warnings: Vec<Located<String>>,
    /// The command that runs it, in place of the project's own.
    pub run: Option<Located<String>>,
    /// Addresses it had before.
    pub redirect_from: Vec<Located<String>>,
    /// The team's own keys, with what they say.
    pub own: Vec<MappingEntry>,
    /// Which of its steps were read.
    pub steps_read: StepsRead,
    /// Whether nothing in its file is wrong.
    pub is_whole: bool,
}

/// How much of a playbook's list of steps was read. What was not read may be anything and is not compared.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum StepsRead {
    /// Every step was read, but not necessarily all of each: see [`Step::is_whole`].
    All,
    /// There may be more steps than these.
    Some,
    /// There may be any steps.
    None,
}

/// A step of a playbook.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where the step begins.
    pub start: Span,
    /// Its position in the file, from 1.
    pub number: usize,
    /// Whether its name and its label were read, and it has one.
    pub is_named: bool,
    /// Whether its template was read, or it surely has none.
    pub has_template_read: bool,
    /// What is done.
    pub name: Located<String>,
    /// A shorter name for the strip.
    pub label: Option<Located<String>>,
    /// What happens in it, in a sentence.
    pub description: Option<Located<String>>,
    /// The document to fill in, as a path.
    pub template: Option<Located<String>>,
    /// What to ask an assistant, or oneself.
    pub prompt: Option<Located<String>>,
    /// What to tick off.
    pub checklist: Vec<Located<String>>,
    /// What to measure.
    pub kpis: Vec<Located<String>>,
    /// What is needed to begin.
    pub inputs: Vec<Located<String>>,
    /// What there is afterwards.
    pub outputs: Vec<Located<String>>,
    /// Who does it.
    pub owner: Vec<Located<String>>,
    /// Who answers for it.
    pub accountable: Vec<Located<String>>,
    /// Who is asked before it is done.
    pub consulted: Vec<Located<String>>,
    /// Who is told once it is done.
    pub informed: Vec<Located<String>>,
    /// The steps that must be done first, by name, label or number, if it says so.
    pub depends_on: Option<Vec<Located<String>>>,
    /// Whether it can be left out.
    pub optional: bool,
    /// When it is done at all.
    pub when: Option<Located<String>>,
    /// How long it takes.
    pub duration: Option<Located<String>>,
}

impl Playbook {
    /// A step by its position, from 0.
    #[must_use]
    pub fn step(&self, at: usize) -> &Step {
        &self.steps[at]
    }

    /// Everything that readers read in it; not its tags, ids and paths, which name things, nor commands.
    pub fn texts(&self) -> impl Iterator<Item = &Located<String>> {
        let own = [Some(&self.name), self.description.as_ref(), self.purpose.as_ref()].into_iter().flatten();
        let lists = [&self.prerequisites, &self.success_criteria, &self.warnings].into_iter().flatten();
        let steps = self.steps.iter().flat_map(|step| {
            let own = [&step.label, &step.description, &step.when, &step.prompt, &step.duration];
            let lists = [&step.inputs, &step.outputs, &step.checklist, &step.kpis].into_iter().flatten();
            std::iter::once(&step.name).chain(own.into_iter().flatten()).chain(lists).chain(step.people())
        });
        own.chain(lists).chain(&self.owner).chain(&self.version).chain(steps)
    }

    /// Every text that readers see, to be changed.
    pub fn for_each_text(&mut self, change: &mut dyn FnMut(&mut Located<String>)) {
        self.for_each_plain_text(change);
        self.for_each_markdown(change);
    }

    /// Every text that is Markdown, to be changed.
    pub fn for_each_markdown(&mut self, change: &mut dyn FnMut(&mut Located<String>)) {
        let own = self.description.iter_mut().chain(&mut self.purpose).chain(&mut self.prerequisites);
        own.chain(&mut self.success_criteria).chain(&mut self.warnings).for_each(&mut *change);
        for step in &mut self.steps {
            let own = step.description.iter_mut().chain(&mut step.when).chain(&mut step.inputs);
            own.chain(&mut step.outputs).chain(&mut step.checklist).chain(&mut step.kpis).for_each(&mut *change);
        }
    }

    /// Every text that is shown as it is written, to be changed.
    pub fn for_each_plain_text(&mut self, change: &mut dyn FnMut(&mut Located<String>)) {
        change(&mut self.name);
        self.owner.iter_mut().chain(&mut self.version).for_each(&mut *change);
        for step in &mut self.steps {
            change(&mut step.name);
            step.label.iter_mut().chain(&mut step.prompt).chain(&mut step.duration).for_each(&mut *change);
            let people = step.owner.iter_mut().chain(&mut step.accountable);
            people.chain(&mut step.consulted).chain(&mut step.informed).for_each(&mut *change);
        }
    }

    /// Whether all that is counted and compared in copies of it was read.
    #[must_use]
    pub fn has_all_steps(&self) -> bool {
        self.steps_read == StepsRead::All && self.steps.iter().all(Step::is_whole)
    }
}

/// A name without capitalization, spaces and dashes: two texts that fold to the same mean the same playbook.
#[must_use]
pub fn folded_name(text: &str) -> String {
    // Headings say `Wind-Down`, files `wind_down`, cells `wind down`.
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Step {
    /// Whether all was read that copies of it are compared by.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_named && self.has_template_read
    }

    /// Everyone who has a part in it, in the order of the letters RACI: whoever does it first.
    pub fn people(&self) -> impl Iterator<Item = &Located<String>> {
        self.owner.iter().chain(&self.accountable).chain(&self.consulted).chain(&self.informed)
    }

    /// The word for the strip: the label, else the name.
    #[must_use]
    pub fn short_name(&self) -> &str {
        self.label.as_ref().map_or(&self.name.value, |label| &label.value)
    }
}
