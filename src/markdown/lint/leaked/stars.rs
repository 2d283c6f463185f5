//! Stars that the parser took for stars: bold text that is not closed, or has a space inside its marks.

use super::construct::BOLD;
use super::place::{Leak, Place};

/// Names that follow two stars in a program: `**kwargs`.
const UNPACKED: [&str; 10] =
    ["args", "config", "data", "extra", "fields", "kwargs", "kwds", "options", "params", "settings"];

/// `** now**`, `**now **`, and `**Now` without an end.
pub(super) fn bold<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let before = place.before();
    let after = place.near().strip_prefix("**").filter(|after| !after.starts_with(['*', '/', '.']))?;
    if before.ends_with(['*', '\\', '/']) {
        return None;
    }
    let name = after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    if UNPACKED.contains(&name) {
        return None;
    }
    if let Some((words, rest)) = after.split_once("**") {
        // `2**3 and 4**5`, and `docs/** or src/**`.
        let is_power = before.ends_with(char::is_alphanumeric) && words.starts_with(|c: char| c.is_ascii_digit());
        let says = words.contains(char::is_alphabetic) && !words.contains(['*', '|']) && !words.ends_with('/');
        let is_meant = says && !is_power && !rest.starts_with(['*', '/']);
        return is_meant.then(|| Leak::new(0..words.len() + 4, &BOLD));
    }
    let starts = place.starts_line() || before.trim_matches([' ', '\t', '>', '-', '+', '*']).is_empty();
    let is_sentence = after.starts_with(char::is_uppercase) && after.contains(' ');
    (starts && is_sentence).then(|| Leak::new(0..place.near().trim_end().len(), &BOLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_text_that_is_not_closed_is_told_from_other_stars() {
        let found = |text: &str| text.find("**").is_some_and(|at| bold(&Place { text, at }).is_some());
        for text in ["a ** now**", "**now **a", "** now **", "- **Now we sign", "> **Now we sign"] {
            assert!(found(text), "{text}");
        }
        for text in
            ["f(**kwargs) and **options", "2**3 and 4**5", "docs/** or src/**", "**/a", "Price**", "a ** b", "\\**A b"]
        {
            assert!(!found(text), "{text}");
        }
    }
}
