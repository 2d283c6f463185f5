//! Blocks of code that are nothing but a request for code from elsewhere.

use std::ops::Range;

use super::construct::{Construct, INCLUDE, OTHER_INCLUDE, TEMPLATE_DIRECTIVE};
use super::place::Leak;
use super::report;
use crate::markdown::write::writer::Writer;

/// Reports the first line of a block that was to be replaced. Where other code stands beside such a line, the block may
/// show how a template is written: nothing is said about that.
pub(crate) fn report_code<'t>(writer: &mut Writer<'_>, pieces: impl Iterator<Item = (&'t str, Range<usize>)>) {
    let mut first = None;
    for (piece, place) in pieces {
        let mut at = place.start;
        for line in piece.split_inclusive('\n') {
            let code = line.trim();
            if !code.is_empty() {
                let Some(construct) = request(code) else { return };
                let start = at + (line.len() - line.trim_start().len());
                first = first.or(Some((start, code.len(), construct)));
            }
            at += line.len();
        }
    }
    if let Some((at, length, construct)) = first {
        report(writer, at, Leak::new(0..length, construct));
    }
}

/// What a line asks for that is nothing but a request.
fn request(code: &str) -> Option<&'static Construct> {
    if code.starts_with("--8<--") {
        Some(&INCLUDE)
    } else if is_between(code, "{!", "!}") || is_between(code, "{* ", "*}") || is_between(code, "<<< ", "") {
        Some(&OTHER_INCLUDE)
    } else {
        is_between(code, "{% include", "%}").then_some(&TEMPLATE_DIRECTIVE)
    }
}

fn is_between(code: &str, open: &str, close: &str) -> bool {
    code.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(|path| !path.trim().is_empty())
}
