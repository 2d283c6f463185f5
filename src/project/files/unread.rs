//! Files that look like pages but aren't: Markdown with another extension.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, MOST_ALIKE, Rule};
use crate::source::{SourcePath, Span};

/// Markdown with an extension that isn't read.
pub static NOT_READ: Rule = Rule::warning("source/not-read", include_str!("not_read.md"));

/// Extensions of Markdown, except those of pages.
const ENDINGS: [&str; 7] = ["mdx", "mdown", "mkd", "mkdn", "mdwn", "qmd", "rmd"];

/// Whether a file's extension is one of Markdown that isn't read.
#[must_use]
pub fn is_unread(path: &SourcePath) -> bool {
    ENDINGS.contains(&ending(path).as_str())
}

/// Findings for such files, each with its start: one for each, or one for all of an extension if there are many.
#[must_use]
pub fn findings(files: &[(SourcePath, Span)]) -> Diagnostics {
    let endings: BTreeSet<String> = files.iter().map(|(path, _)| ending(path)).collect();
    let mut found = Diagnostics::new();
    for ending_of_all in endings {
        let alike: Vec<_> = files.iter().filter(|(path, _)| ending(path) == ending_of_all).collect();
        let all = alike.iter().map(|(path, start)| finding(path, *start));
        match alike.split_first() {
            // They come from one tool, and what to do about them is one decision.
            Some(((path, start), others)) if alike.len() > MOST_ALIKE => {
                let message =
                    format!("files such as `{}` are copied as is: only `.md` files become pages", path.file_name());
                let help = format!("{} files end in `.{ending_of_all}`: {}", alike.len(), what_to_do(path));
                let one = NOT_READ.at(*start, message).help(help);
                found.push(others.iter().fold(one, |one, (_, start)| one.related(*start, "also copied as is")));
            }
            _ => found.extend(all),
        }
    }
    found
}

/// A finding at the start of such a file.
fn finding(path: &SourcePath, start: Span) -> Diagnostic {
    let message = format!("`{}` is copied as is: only `.md` files become pages", path.file_name());
    NOT_READ.at(start, message).help(what_to_do(path))
}

fn what_to_do(path: &SourcePath) -> String {
    // What else has to be done depends on what the other tool put into the file.
    let parts = match ending(path).as_str() {
        "mdx" => " and write its components as Markdown",
        "qmd" | "rmd" => " with the output of its code",
        _ => "",
    };
    format!("rename it to `{}.md`{parts}, or move it out of the site", path.stem())
}

fn ending(path: &SourcePath) -> String {
    path.extension().to_ascii_lowercase()
}
