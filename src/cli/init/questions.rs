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
        let title = answer(answers, say)?;
        if !title.is_empty() {
            choices.title = title;
        }
    }
    let known = choices.site_url.as_deref().unwrap_or("decide later");
    say(&format!("Where will it be published? [{known}]: "));
    let url = answer(answers, say)?;
    if !url.is_empty() {
        // As browsers show it, and people copy it.
        choices.site_url = Some(if url.contains("://") { url } else { format!("https://{url}") });
    }
    if open.examples {
        say("Add an example map, templates and playbooks to your pages? [Y/n]: ");
        if !is_yes(&answer(answers, say)?, true) {
            choices.examples = Examples::LeftOut;
        }
    }
    if !open.workflow {
        return Some(false);
    }
    say("Add a workflow that checks and publishes it on GitHub? [y/N]: ");
    Some(is_yes(&answer(answers, say)?, false))
}

/// The next line; `None` when there is none.
fn answer(answers: &mut dyn BufRead, say: &dyn Fn(&str)) -> Option<String> {
    let mut line = String::new();
    if answers.read_line(&mut line).ok()? == 0 {
        say("\n");
        return None;
    }
    Some(line.trim().to_owned())
}

/// What an answer means; an empty one accepts what was suggested.
fn is_yes(answer: &str, suggested: bool) -> bool {
    if answer.is_empty() { suggested } else { answer.to_lowercase().starts_with('y') }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> StarterChoices {
        StarterChoices {
            title: "Acme".to_owned(),
            site_url: None,
            repository_url: None,
            examples: Examples::Included,
            playbook_schema: String::new(),
        }
    }

    #[test]
    fn only_what_is_open_is_asked_and_an_empty_answer_accepts() {
        let mut chosen = choices();
        let open = Asked { title: true, examples: false, workflow: false };
        let said = std::cell::RefCell::new(String::new());
        let say = |text: &str| said.borrow_mut().push_str(text);
        assert_eq!(ask(&open, &mut chosen, &mut "\n\n".as_bytes(), &say), Some(false));
        assert_eq!(chosen, choices());
        assert_eq!(*said.borrow(), "Name of the site [Acme]: Where will it be published? [decide later]: ");
    }

    #[test]
    fn answers_are_noted_and_no_answer_ends_it() {
        let mut chosen = choices();
        let open = Asked { title: true, examples: true, workflow: true };
        let answers = "Contoso Hub\ncontoso.example/\nno\nY\n";
        assert_eq!(ask(&open, &mut chosen, &mut answers.as_bytes(), &|_| {}), Some(true));
        let noted = (chosen.title.as_str(), chosen.site_url.as_deref(), chosen.examples);
        assert_eq!(noted, ("Contoso Hub", Some("https://contoso.example/"), Examples::LeftOut));
        assert_eq!(ask(&open, &mut chosen, &mut "Contoso\n".as_bytes(), &|_| {}), None);
    }
}
