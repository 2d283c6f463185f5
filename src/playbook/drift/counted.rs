//! What the numbers in an overview of playbooks count, by the column's heading: steps or templates.

use std::collections::BTreeSet;

use crate::playbook::{Playbook, Step, StepsRead};

/// What the numbers of an overview count.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Counted {
    /// All steps.
    Steps,
    /// The steps that have a template, or the documents they fill in: an exit whose first and last step fill in the
    /// same checklist is listed with four templates by one team, with three by another.
    Templates,
}

impl Counted {
    /// What a column counts, by the words at its head: `Steps`, `Templates`, `# of templates`.
    #[must_use]
    pub fn of_column(head: &str) -> Option<Self> {
        let head = head.to_lowercase();
        // First: `Steps with a template` counts templates.
        if head.contains("template") || head.contains("document") {
            Some(Self::Templates)
        } else if head.contains("step") {
            Some(Self::Steps)
        } else {
            None
        }
    }

    pub(super) fn count(self, playbook: &Playbook) -> usize {
        let counts = |step: &&Step| self == Self::Steps || step.template.is_some();
        playbook.steps.iter().filter(counts).count()
    }

    /// Whether all that is counted was read.
    pub(super) fn is_known(self, playbook: &Playbook) -> bool {
        match self {
            Self::Steps => playbook.steps_read == StepsRead::All,
            Self::Templates => playbook.has_all_steps(),
        }
    }

    /// Whether a number is right. Teams count templates both ways: once for each step, and once for each document.
    pub(super) fn fits(self, playbook: &Playbook, written: usize) -> bool {
        let templates = playbook.steps.iter().filter_map(|step| step.template.as_ref());
        let documents: BTreeSet<&str> = templates.map(|template| template.value.as_str()).collect();
        written == self.count(playbook) || (self == Self::Templates && written == documents.len())
    }

    pub(super) fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Steps, 1) => "step",
            (Self::Steps, _) => "steps",
            (Self::Templates, 1) => "step with a template",
            (Self::Templates, _) => "steps with a template",
        }
    }
}
