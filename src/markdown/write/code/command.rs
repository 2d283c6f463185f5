//! The words behind a command in code: `nda` in `partner new nda`, for whoever checks that the command exists.

use std::ops::Range;

use crate::markdown::write::writer::Writer;
use crate::source::{Located, Part as _};

/// Keeps the word behind each such command in a line of code, or in code within a line.
pub(super) fn note(writer: &mut Writer<'_>, line: &str, place: &Range<usize>) {
    let Some(command) = writer.input().options.command.as_deref() else { return };
    // Lines that are not in the source as they read have no place for their words.
    if writer.text().part(place.clone()) != line {
        return;
    }
    for (at, _) in line.match_indices(command) {
        // `go ` is the end of `cargo `.
        if line.part(..at).ends_with(char::is_alphanumeric) && command.starts_with(char::is_alphanumeric) {
            continue;
        }
        let rest = line.part(at + command.len()..);
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`;|&)".contains(c)).unwrap_or(rest.len());
        let word = rest.part(..end);
        let start = place.start + at + command.len();
        let span = writer.span(start..start + word.len());
        writer.document().commands.push(Located::new(word.to_owned(), span));
    }
}
