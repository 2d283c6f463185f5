//! What a comment to this program looks like: `partner-docs: allow link/not-found`.

/// What every comment to this program begins with; a colon follows.
pub(super) const NAME: &str = "partner-docs";

/// What a comment can ask for.
pub(super) const VERBS: [&str; 2] = ["allow", "allow-file"];

/// Whether a word has the form of a rule's name. The first that has not begins the reason.
pub(super) fn is_rule(word: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit());
    word.split_once('/').is_some_and(|(family, name)| part(family) && part(name))
}
