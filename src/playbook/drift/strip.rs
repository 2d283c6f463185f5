//! Compares a hand-written strip with its playbook: missing, moved and unknown steps, wrong templates.

use super::align::{Alignment, MissingSteps, RowPlace, align};
use super::spelling::PlaybookWords;
use super::{Template, named_steps, too_long, with_name, wrong_template};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::playbook::flow::ComparedWords;
use crate::playbook::{Playbook, Step, StepsRead};
use crate::source::Located;

/// A strip whose steps or their order differ from its playbook.
pub static FLOW_ORDER: Rule = Rule::error("playbook/flow-order", include_str!("flow_order.md"));

/// What a strip shows of a step.
#[derive(Clone, Debug)]
pub struct Chip<K> {
    /// Its words.
    pub label: Located<String>,
    /// The document that it links, when it links one.
    pub template: Option<Located<K>>,
}

/// Compares the chips of a strip with the steps of its playbook; `key_of` gives the template of a step, unless it has
/// none or its file is missing.
#[must_use]
pub fn compare_strip<K: Template>(
    chips: &[Chip<K>],
    playbook: &Playbook,
    key_of: impl Fn(usize) -> Option<K>,
) -> Diagnostics {
    // A file that could not be read has its own finding, and any strip may be right.
    if playbook.steps_read == StepsRead::None {
        return Diagnostics::new();
    }
    let too_long = chips.first().and_then(|chip| too_long(chip.label.span, ("strip", chips.len()), playbook));
    if let Some(finding) = too_long {
        return vec![finding];
    }
    let chip_words: Vec<ComparedWords> = chips.iter().map(|chip| ComparedWords::of(&chip.label.value)).collect();
    let step_words: Vec<ComparedWords> = playbook.steps.iter().map(ComparedWords::of_step).collect();
    let affinity = |chip: usize, step: usize| {
        let fits = chip_words.get(chip).zip(step_words.get(step)).map_or(0, |(chip, step)| chip.affinity(step));
        // The name of this step could not be read, so any label may be right.
        fits.max(u32::from(!playbook.step(step).is_named))
    };
    let alignment = align(chips.len(), playbook.steps.len(), affinity);
    let Alignment { places, missing } = alignment.limited_to_read(playbook, |step| step.is_named);
    let misplaced = chips.iter().zip(&places).filter_map(|(chip, place)| match place {
        RowPlace::Step(step) => {
            let link = chip.template.as_ref()?;
            wrong_template(playbook, *step, link, &key_of(*step)?, &FLOW_ORDER)
        }
        place => misplaced(&chip.label, *place, playbook),
    });
    let left_out = missing.iter().filter_map(|missing| left_out(missing, chips, playbook));
    let mut found: Diagnostics = misplaced.chain(left_out).collect();
    // One fix puts all labels in order. Offered with every finding, the same edits would be asked about again and
    // again.
    if let (true, Some(first)) = (missing.is_empty(), found.iter_mut().find(|finding| finding.fix.is_none())) {
        first.fix = in_order(chips, &places, playbook);
    }
    let mut known = PlaybookWords::of(playbook);
    found.extend(chips.iter().zip(&places).filter_map(|(chip, place)| match place {
        RowPlace::Step(step) | RowPlace::Moved(step) => known.misspelt(&chip.label, *step),
        RowPlace::InPlaceOf(_) | RowPlace::Extra | RowPlace::Unknown => None,
    }));
    found
}

fn misplaced(label: &Located<String>, place: RowPlace, playbook: &Playbook) -> Option<Diagnostic> {
    let text = &label.value;
    let id = &playbook.id;
    match place {
        RowPlace::Step(_) | RowPlace::Unknown => None,
        RowPlace::Moved(index) => {
            let step = playbook.step(index);
            let number = step.number;
            let finding = FLOW_ORDER.at(label.span, format!("`{text}` is out of order: it is step {number} of `{id}`"));
            Some(finding.help(turn(&playbook.steps, index)).related(step.name.span, format!("step {number}")))
        }
        RowPlace::InPlaceOf(index) => {
            let step = playbook.step(index);
            let message = format!("`{text}` does not match {}", named_steps(playbook, index..index + 1));
            let help = format!("write `{}`, or words from it", step.short_name());
            let finding = FLOW_ORDER.at(label.span, message).help(help);
            Some(with_name(finding.related(step.name.span, format!("step {}", step.number)), label, step))
        }
        RowPlace::Extra => {
            let finding = FLOW_ORDER.at(label.span, format!("`{text}` is not a step of `{id}`"));
            Some(finding.help("remove it, or add the step to the playbook"))
        }
    }
}

/// Where in the playbook a step belongs: after the last one before it whose name was read.
fn turn(steps: &[Step], index: usize) -> String {
    match steps.iter().take(index).rfind(|step| step.is_named) {
        Some(before) => format!("move it after `{}`", before.name.value),
        None => "move it to the start".to_owned(),
    }
}

fn left_out<K>(missing: &MissingSteps, chips: &[Chip<K>], playbook: &Playbook) -> Option<Diagnostic> {
    let (chip, side) = match missing.before.checked_sub(1) {
        Some(before) => (chips.get(before)?, "after"),
        None => (chips.first()?, "before"),
    };
    let (label, steps) = (&chip.label, named_steps(playbook, missing.steps.clone()));
    let finding = FLOW_ORDER.at(label.span, format!("missing {steps} {side} `{}`", label.value));
    let first = playbook.step(missing.steps.start);
    Some(finding.help(format!("add `{}`", first.short_name())).related(first.name.span, "this step"))
}

/// The same labels in the order of the steps: where each stands for a step and only the order is wrong. A chip that
/// is a link would lead elsewhere than it says.
fn in_order<K>(chips: &[Chip<K>], places: &[RowPlace], playbook: &Playbook) -> Option<Fix> {
    let step_of = |place: &RowPlace| match place {
        RowPlace::Step(step) | RowPlace::Moved(step) => Some(*step),
        RowPlace::InPlaceOf(_) | RowPlace::Extra | RowPlace::Unknown => None,
    };
    let steps: Option<Vec<usize>> = places.iter().map(step_of).collect();
    // Only a complete strip: with a step missing or unread, the labels would move to the wrong places.
    let steps = steps.filter(|steps| steps.len() == playbook.steps.len() && playbook.has_all_steps())?;
    let is_bare = |chip: &Chip<K>| chip.template.is_none() && chip.label.span.len() == chip.label.value.len();
    if !chips.iter().all(is_bare) {
        return None;
    }
    let edit = |(at, chip): (usize, &Chip<K>)| {
        let own = steps.iter().position(|step| *step == at)?;
        let text = &chips.get(own)?.label.value;
        (own != at).then(|| Edit { span: chip.label.span, replacement: text.clone() })
    };
    let edits: Vec<Edit> = chips.iter().enumerate().filter_map(edit).collect();
    (!edits.is_empty()).then(|| Fix::suggested(edits))
}
