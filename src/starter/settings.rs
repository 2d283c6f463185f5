//! The settings of a new project: those of the example, with the values that are known.

use super::folder::{ContentFolder, company};
use super::{BOOK_TOML, Examples, StarterChoices};

/// The text of book.toml.
pub(super) fn settings(content: &ContentFolder, choices: &StarterChoices) -> String {
    let mut text = BOOK_TOML.to_owned();
    set(&mut text, "title", &choices.title);
    set(&mut text, "src", &content.folder);
    set(&mut text, "our_company", &company(&choices.title));
    if let Some(url) = &choices.site_url {
        set(&mut text, "site-url", url);
    }
    if let Some(url) = &choices.repository_url {
        set(&mut text, "git-repository-url", url);
    }
    // Pages that were there first did not know that they would be templates, and need no owner.
    if content.has_pages || choices.examples == Examples::LeftOut {
        text = text.replace("[templates.schema]\nowner", "# [templates.schema]\n# owner");
    }
    text
}

/// Sets a key on its own line, which may be commented out.
fn set(text: &mut String, key: &str, value: &str) {
    let is_of_key = |line: &str| {
        let rest = line.trim_start_matches("# ").strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with(" = "))
    };
    let line = format!("{key} = {}", toml::Value::from(value));
    let lines = text.lines().map(|old| if is_of_key(old) { line.as_str() } else { old });
    *text = lines.flat_map(|line| [line, "\n"]).collect();
}
