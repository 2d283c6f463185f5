//! Variables: `{{ company_name }}`.
//! In: a text and what defines variables. Out: the text with their values, and the origin of every byte.
//! Never knows: where values come from.

use std::ops::Range;

use memchr::memmem;

use super::World;
use super::lines::{CodeFence, Line};
use crate::diagnostic::{Findings, Rule};
use crate::text::{Origin, OriginBuilder};

/// A variable that nothing defines.
pub(super) static UNDEFINED: Rule = Rule::error("variable/undefined", include_str!("variable_undefined.md"));

/// Nobody writes code between more backticks.
const LONGEST_MARK: usize = 64;

/// Puts the values of variables into a text; `None` when it uses none. Code keeps what stands in it.
pub(super) fn substitute(
    text: &str,
    origin: &Origin,
    world: &dyn World,
    found: &mut Findings,
) -> Option<(String, Origin)> {
    memmem::find(text.as_bytes(), b"{{")?;
    let source = origin.span(0..text.len()).source;
    let mut out = OriginBuilder::new(source, text.len());
    let mut done = 0;
    for prose in paragraphs(text) {
        for (whole, name) in uses(text, prose) {
            let span = origin.span(whole.clone());
            out.copy_derived(text, done..whole.start, origin);
            done = whole.end;
            let name = &text[name];
            if let Some(value) = world.variable(name) {
                out.insert(&value, span);
            } else {
                out.copy_derived(text, whole, origin);
                let message = format!("no variable is called `{name}`");
                found.push(
                    UNDEFINED.at(span, message).help("define it among the project's variables, or write it as code"),
                );
            }
        }
    }
    out.copy_derived(text, done..text.len(), origin);
    Some(out.finish())
}

/// Stretches of lines without a blank line or a fence: no code span goes beyond one.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut list: Vec<Range<usize>> = Vec::new();
    let mut fence: Option<CodeFence> = None;
    let mut open = false;
    for line in Line::all(text) {
        let body = line.body.trim_start_matches(['>', ' ']);
        if let Some(code) = &fence {
            if code.is_closed_by(body) {
                fence = None;
            }
            continue;
        }
        fence = CodeFence::opened_by(marker_free(body));
        if fence.is_some() || line.is_blank() {
            open = false;
        } else if open && let Some(last) = list.last_mut() {
            last.end = line.next;
        } else {
            list.push(line.start..line.next);
            open = true;
        }
    }
    list
}

/// A line without the list markers in front.
fn marker_free(body: &str) -> &str {
    body.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')' | ' '))
}

/// The variables used in a paragraph, outside code spans: the whole of each use, and its name.
fn uses(text: &str, paragraph: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut list = Vec::new();
    let mut at = paragraph.start;
    // Lengths of backtick runs that nothing closes in the rest of the paragraph.
    let mut unclosed = Vec::new();
    while at < paragraph.end {
        match bytes[at] {
            b'`' => {
                let length = bytes[at..paragraph.end].iter().take_while(|byte| **byte == b'`').count();
                at += length;
                if length <= LONGEST_MARK && !unclosed.contains(&length) {
                    match close_of(&text[at..paragraph.end], length) {
                        Some(close) => at += close + length,
                        None => unclosed.push(length),
                    }
                }
            }
            b'{' if text[at..paragraph.end].starts_with("{{") => match name_at(text, at, paragraph.end) {
                Some((name, end)) => {
                    list.push((at..end, name));
                    at = end;
                }
                None => at += 2,
            },
            _ => at += 1,
        }
    }
    list
}

/// Where a run of exactly `length` backticks starts.
fn close_of(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        at += found;
        let run = text.as_bytes()[at..].iter().take_while(|byte| **byte == b'`').count();
        if run == length {
            return Some(at);
        }
        at += run;
    }
    None
}

/// The name in the braces at `at`, and where they end. Expressions of other tools are no variables: `${{ x }}`,
/// `{{#x}}`, `{{ x | y }}`, `\{{ x }}`.
fn name_at(text: &str, at: usize, end: usize) -> Option<(Range<usize>, usize)> {
    if text[..at].ends_with(['$', '\\', '{']) {
        return None;
    }
    let inner = &text[at + 2..end];
    let name = inner.trim_start_matches(' ');
    let start = at + 2 + (inner.len() - name.len());
    let length = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(name.len());
    let rest = name[length..].trim_start_matches(' ');
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && rest.starts_with("}}");
    is_name.then(|| (start..start + length, end - rest.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let uses = paragraphs(text).into_iter().flat_map(|paragraph| uses(text, paragraph));
        uses.map(|(_, name)| &text[name]).collect()
    }

    #[test]
    fn names_in_prose_and_addresses_are_used() {
        assert_eq!(names("{{ company }} [x]({{repo.url}}/a)\n\n- {{ a-b }}"), ["company", "repo.url", "a-b"]);
    }

    #[test]
    fn code_and_other_tools_keep_their_braces() {
        for text in
            ["`{{ a }}`", "```\n{{ a }}\n```", "``x ` {{ a }}``", "${{ secrets.A }}", "\\{{ a }}", "{{ a | b }}"]
        {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        assert_eq!(names("` {{ a }}\n\n{{ b }} `"), ["a", "b"]);
    }
}
