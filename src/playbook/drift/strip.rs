//! Strips that were written by hand.
//! In: the labels of a strip and the playbook it shows. Out: findings where the strip tells another story.
//! Never knows: HTML, where the strip stands.

use super::align::{Alignment, Missing, Place, align};
use super::named_steps;
use crate::diagnostic::{Diagnostic, Findings, Rule};
use crate::playbook::flow::Words;
use crate::playbook::{Playbook, Step};
use crate::text::Located;

/// A strip that shows other steps than its playbook, or in another order.
pub static FLOW_ORDER: Rule = Rule::error("playbook/flow-order", include_str!("flow_order.md"));

/// Holds the labels of a strip against the steps of its playbook.
#[must_use]
pub fn compare_strip(labels: &[Located<String>], playbook: &Playbook) -> Findings {
    let label_words: Vec<Words> = labels.iter().map(|label| Words::of(&label.value)).collect();
    let step_words: Vec<Words> = playbook.steps.iter().map(Words::of_step).collect();
    let affinity = |label: usize, step: usize| label_words[label].affinity(&step_words[step]);
    let Alignment { places, missing } = align(labels.len(), playbook.steps.len(), affinity);
    let misplaced = labels.iter().zip(&places).filter_map(|(label, place)| misplaced(label, *place, playbook));
    let left_out = missing.iter().filter_map(|missing| left_out(missing, labels, playbook));
    misplaced.chain(left_out).collect()
}

fn misplaced(label: &Located<String>, place: Place, playbook: &Playbook) -> Option<Diagnostic> {
    let text = &label.value;
    let id = &playbook.id;
    match place {
        Place::Step(_) => None,
        Place::Moved(index) => {
            let step = &playbook.steps[index];
            let finding =
                FLOW_ORDER.at(label.span, format!("`{text}` is not at its turn: it is step {} of `{id}`", index + 1));
            Some(finding.help(turn(&playbook.steps, index)).related(step.name.span, format!("step {}", index + 1)))
        }
        Place::InPlaceOf(index) => {
            let step = &playbook.steps[index];
            let message = format!("`{text}` does not name {}", named_steps(playbook, index..index + 1));
            let help = format!("write `{}`, or words of it", step.short_name());
            Some(FLOW_ORDER.at(label.span, message).help(help).related(step.name.span, format!("step {}", index + 1)))
        }
        Place::Extra => {
            let finding = FLOW_ORDER.at(label.span, format!("`{text}` is no step of `{id}`"));
            Some(finding.help("remove it, or add the step to the playbook"))
        }
    }
}

/// Where in the playbook a step stands.
fn turn(steps: &[Step], index: usize) -> String {
    match index.checked_sub(1) {
        Some(before) => format!("it comes after `{}`", steps[before].name.value),
        None => "it comes first".to_owned(),
    }
}

fn left_out(missing: &Missing, labels: &[Located<String>], playbook: &Playbook) -> Option<Diagnostic> {
    let (label, side) = match missing.before.checked_sub(1) {
        Some(before) => (labels.get(before)?, "after"),
        None => (labels.first()?, "before"),
    };
    let steps = named_steps(playbook, missing.steps.clone());
    let finding = FLOW_ORDER.at(label.span, format!("the strip leaves out {steps} {side} `{}`", label.value));
    let first = &playbook.steps[missing.steps.start];
    Some(finding.help(format!("add `{}`", first.short_name())).related(first.name.span, "this step"))
}
