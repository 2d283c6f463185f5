//! Files that look like pages but aren't: Markdown with another extension.

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{SourcePath, Span};

/// Markdown with an extension that isn't read.
pub static NOT_READ: Rule = Rule::warning("source/not-read", include_str!("not_read.md"));

/// Extensions of Markdown, except those of pages.
const ENDINGS: [&str; 7] = ["mdx", "mdown", "mkd", "mkdn", "mdwn", "qmd", "rmd"];

/// Whether a file's extension is one of Markdown that isn't read.
#[must_use]
pub fn is_unread(path: &SourcePath) -> bool {
    ENDINGS.contains(&path.extension().to_ascii_lowercase().as_str())
}

/// A finding at the start of such a file.
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
