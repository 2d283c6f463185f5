//! Which steps of a playbook wait for which.

use super::{Playbook, Step, StepsRead};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule, nearest};
use crate::source::Located;

/// A step that waits for one that is not there.
pub static UNKNOWN_STEP: Rule = Rule::error("playbook/unknown-step", include_str!("unknown_step.md"));
/// Steps that wait for each other.
pub static CIRCULAR_STEPS: Rule = Rule::error("playbook/circular-steps", include_str!("circular_steps.md"));

/// For each step, the positions of the steps that must be done first: those that it names, else the one before it. No
/// step waits for itself, not even through others: what would close a circle is left out and reported.
#[must_use]
pub fn of(playbook: &Playbook) -> Parsed<Vec<Vec<usize>>> {
    let mut found = Diagnostics::new();
    let mut named: Vec<Vec<Dependency<'_>>> = Vec::new();
    for (at, step) in playbook.steps.iter().enumerate() {
        let Some(written) = &step.depends_on else {
            // Lists of steps are read from top to bottom.
            named.push(at.checked_sub(1).map(|on| Dependency { on, written: None }).into_iter().collect());
            continue;
        };
        let mut on = Vec::new();
        for written in written {
            match step_called(playbook, &written.value) {
                Some(step) => on.push(Dependency { on: step, written: Some(written) }),
                // A step that could not be read may be the one that is meant.
                None if playbook.steps_read != StepsRead::All => {}
                None => found.push(unknown(playbook, written)),
            }
        }
        named.push(on);
    }
    let circles = Circles::of(playbook, &named);
    found.extend(circles.found);
    Parsed { value: circles.sound, found }
}

/// A step that must be done first, and where that is written.
struct Dependency<'a> {
    on: usize,
    written: Option<&'a Located<String>>,
}

/// The step that a text names: by its number, its name or its label, without regard to capitalization.
#[must_use]
pub fn step_called(playbook: &Playbook, text: &str) -> Option<usize> {
    let wanted = text.trim().to_lowercase();
    let by = |is_it: &dyn Fn(&Step) -> bool| playbook.steps.iter().position(is_it);
    // Names before labels, which need not be unique, and before numbers: a step may be called `2026`.
    by(&|step| step.name.value.trim().to_lowercase() == wanted)
        .or_else(|| by(&|step| step.label.as_ref().is_some_and(|label| label.value.trim().to_lowercase() == wanted)))
        .or_else(|| by(&|step| wanted.parse() == Ok(step.number)))
}

fn unknown(playbook: &Playbook, written: &Located<String>) -> Diagnostic {
    let name = written.value.as_str();
    let finding = UNKNOWN_STEP.at(written.span, format!("step not found: `{name}`"));
    let names = || playbook.steps.iter().flat_map(|step| [Some(&step.name), step.label.as_ref()]).flatten();
    match nearest(name, names().map(|name| name.value.as_str())) {
        Some(near) => finding.suggest(near),
        None => finding.help("use the name, the label or the number of a step of this playbook"),
    }
}

/// How far the search for circles is with a step.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Visit {
    New,
    /// It is part of the way that led here.
    Open,
    Done,
}

/// Dependencies without those that close a circle.
struct Circles {
    sound: Vec<Vec<usize>>,
    found: Diagnostics,
}

impl Circles {
    /// Depth-first search, with a stack of its own: a playbook may have ten thousand steps, each after the other.
    fn of(playbook: &Playbook, named: &[Vec<Dependency<'_>>]) -> Self {
        let mut circles = Self { sound: vec![Vec::new(); named.len()], found: Diagnostics::new() };
        let mut visits = vec![Visit::New; named.len()];
        for start in 0..named.len() {
            let mut way: Vec<(usize, usize)> = Vec::new();
            if visits[start] == Visit::New {
                visits[start] = Visit::Open;
                way.push((start, 0));
            }
            while let Some((step, next)) = way.last_mut() {
                let step = *step;
                let Some(dependency) = named[step].get(*next) else {
                    visits[step] = Visit::Done;
                    way.pop();
                    continue;
                };
                *next += 1;
                let on = dependency.on;
                if visits[on] == Visit::Open {
                    let from = way.iter().position(|(step, _)| *step == on).unwrap_or_default();
                    let circle: Vec<usize> = way.iter().skip(from).map(|(step, _)| *step).collect();
                    circles.found.extend(circular(playbook, named, &circle));
                    continue;
                }
                circles.sound[step].push(on);
                if visits[on] == Visit::New {
                    visits[on] = Visit::Open;
                    way.push((on, 0));
                }
            }
        }
        circles
    }
}

/// A circle of steps, each of which waits for the next. It is reported at a dependency that somebody wrote.
fn circular(playbook: &Playbook, named: &[Vec<Dependency<'_>>], circle: &[usize]) -> Option<Diagnostic> {
    /// A circle of a hundred steps is told by its beginning.
    const MOST_NAMED: usize = 6;
    let next = |at: usize| circle.get((at + 1) % circle.len()).copied();
    let written = (0..circle.len()).find_map(|at| {
        let dependencies = named.get(*circle.get(at)?)?;
        dependencies.iter().find(|one| Some(one.on) == next(at))?.written
    })?;
    let name = |step: &usize| format!("`{}`", playbook.step(*step).name.value);
    let mut names: Vec<String> = circle.iter().chain(circle.first()).take(MOST_NAMED).map(name).collect();
    if circle.len() >= MOST_NAMED {
        names.push("…".to_owned());
    }
    let finding = match circle {
        [only] => CIRCULAR_STEPS.at(written.span, format!("step {} waits for itself", name(only))),
        _ => CIRCULAR_STEPS.at(written.span, format!("steps wait for each other: {}", names.join(" after "))),
    };
    // The usual case: a step waits for a later one, which waits for the step before it because it says nothing else.
    let is_silent = circle.iter().any(|step| playbook.step(*step).depends_on.is_none());
    let silent = "a step without `depends_on` waits for the one before it: write `depends_on: []` if it needn't";
    Some(finding.help(if is_silent { silent } else { "remove one of these dependencies" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::parse;
    use crate::source::SourceId;

    fn waits(steps: &str) -> Vec<Vec<usize>> {
        of(&parse(&format!("steps:\n{steps}"), SourceId::new(0), "recruit", &[]).value).value
    }

    #[test]
    fn a_step_waits_for_the_one_before_it_unless_it_says_otherwise() {
        assert_eq!(waits("- Pitch\n- Agree\n- Sign\n"), [vec![], vec![0], vec![1]]);
        let named = "- Pitch\n- { name: Agree on prices, label: Agree, depends_on: [] }\n\
                     - { name: Sign, depends_on: [agree, 1] }\n";
        assert_eq!(waits(named), [vec![], vec![], vec![1, 0]]);
    }

    #[test]
    fn what_closes_a_circle_is_left_out() {
        assert_eq!(waits("- { name: A, depends_on: B }\n- B\n"), [vec![1], vec![]]);
        assert_eq!(waits("- { name: A, depends_on: A }\n"), [Vec::<usize>::new()]);
    }

    #[test]
    fn a_long_playbook_has_a_way_through() {
        let steps: String = (0..10_000).map(|step| format!("- Step called {step}\n")).collect();
        assert_eq!(waits(&steps).len(), 10_000);
    }
}
