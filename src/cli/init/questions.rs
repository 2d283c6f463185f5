//! What a person is asked before a project begins: only what cannot be known, each with an answer to accept.

use std::io::BufRead;

use crate::starter::{Examples, StarterChoices};

/// Which questions are open.
pub(super) struct Asked {
    pub(super) title: bool,
    pub(super) examples: bool,
    pub(super) workflow: bool,
}

/// Asks what is open and notes the answers. Gives back whether a workflow is wanted; `None` when the answers end before
/// the questions.
pub(super) fn ask(
    open: &Asked,
    choices: &mut StarterChoices,
    answers: &mut dyn BufRead,
    say: &dyn Fn(&str),
) -> Option<bool> {
    if open.title {
        say(&format!("Name of the site [{}]: ", choices.title));
        choices.title = answer(answers, say)?.unwrap_or_else(|| choices.title.clone());
    }
    let known = choices.site_url.clone();
    say(&format!("Where will it be published? [{}]: ", known.as_deref().unwrap_or("decide later")));
    choices.site_url = answer(answers, say)?.or(known);
    if open.examples {
        say("Add an example map, templates and playbooks to your pages? [Y/n]: ");
        if !is_yes(answer(answers, say)?, true) {
            choices.examples = Examples::LeftOut;
        }
    }
    if !open.workflow {
        return Some(false);
    }
    say("Add a workflow that checks and publishes it on GitHub? [y/N]: ");
    Some(is_yes(answer(answers, say)?, false))
}

/// A line; `Some(None)` for an empty one.
fn answer(answers: &mut dyn BufRead, say: &dyn Fn(&str)) -> Option<Option<String>> {
    let mut line = String::new();
    if answers.read_line(&mut line).ok()? == 0 {
        say("\n");
        return None;
    }
    Some(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}

fn is_yes(answer: Option<String>, default: bool) -> bool {
    answer.map_or(default, |answer| answer.to_lowercase().starts_with('y'))
}
