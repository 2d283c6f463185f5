//! Files that look like pages and are none.
//! In: the path of a file that is copied. Out: a finding when it holds Markdown under another ending.
//! Never knows: what is in the file.

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{SourcePath, Span};

/// A text under an ending that is not read.
pub static NOT_READ: Rule = Rule::warning("source/not-read", include_str!("not_read.md"));

/// Endings of Markdown, besides those of pages.
const ENDINGS: [&str; 7] = ["mdx", "mdown", "mkd", "mkdn", "mdwn", "qmd", "rmd"];

/// Whether a file's name says that it holds Markdown which is not read.
#[must_use]
pub fn is_unread(path: &SourcePath) -> bool {
    ENDINGS.contains(&path.extension().to_ascii_lowercase().as_str())
}

/// The finding at the start of such a file.
#[must_use]
pub fn finding(path: &SourcePath, start: Span) -> Diagnostic {
    let message = format!("`{}` is copied as is: only `.md` files become pages", path.file_name());
    // What else has to be done depends on what the other tool put into the file.
    let parts = match path.extension().to_ascii_lowercase().as_str() {
        "mdx" => " and write its components as Markdown",
        "qmd" | "rmd" => " with the output of its code",
        _ => "",
    };
    NOT_READ.at(start, message).help(format!("rename it to `{}.md`{parts}, or move it out of the site", path.stem()))
}
