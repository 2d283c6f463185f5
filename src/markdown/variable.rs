//! Variables: `{{ company_name }}`.
//! In: a text and what defines variables. Out: the text with their values, and the origin of every byte.
//! Never knows: where values come from.

use std::ops::Range;

use memchr::memmem;

use super::verbatim::Verbatim;
use super::{Options, World, blank};
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix, Rule, nearest};
use crate::text::{Located, Origin, OriginBuilder, Span};

/// A variable that nothing defines.
pub(super) static UNDEFINED: Rule = Rule::error("variable/undefined", include_str!("variable_undefined.md"));

/// Puts the values of variables into a text; `None` when it uses none. Code keeps what stands in it.
pub(super) fn substitute(
    text: &str,
    origin: &Origin,
    (world, options): (&dyn World, &Options),
    found: &mut Findings,
) -> Option<(String, Origin)> {
    memmem::find(text.as_bytes(), b"{{")?;
    let source = origin.span(0..text.len()).source;
    let mut out = OriginBuilder::new(source, text.len());
    let mut done = 0;
    for (whole, name) in uses(text, options) {
        let span = origin.span(whole.clone());
        out.copy_derived(text, done..whole.start, origin);
        done = whole.end;
        let place = origin.span(name.clone());
        let name = &text[name];
        if let Some(value) = world.variable(name) {
            out.insert(&value, span);
        } else if world.blanks().has(name) {
            out.insert(&blank::sealed(name), span);
        } else {
            out.copy_derived(text, whole, origin);
            found.push(undefined(name, (span, Some(place)), world));
        }
    }
    out.copy_derived(text, done..text.len(), origin);
    Some(out.finish())
}

/// Puts the values of variables into a text that is no Markdown file of its own, as `written` has it at its place:
/// a title, a line of a playbook. What is filled in later stays as it is.
pub fn substitute_in_text(
    text: &mut Located<String>,
    written: &str,
    (world, options): (&dyn World, &Options),
    found: &mut Findings,
) {
    let uses = if text.value.contains("{{") { uses(&text.value, options) } else { return };
    // A value in quotes or of many lines is not written as it reads, but the braces are.
    let mut places = written.match_indices("{{").map(|(at, _)| at);
    let mut out = String::with_capacity(text.value.len());
    let mut done = 0;
    for (whole, name) in uses {
        out.push_str(&text.value[done..whole.start]);
        done = whole.end;
        let name = &text.value[name];
        let place =
            places.find_map(|at| name_at(written, at, written.len()).filter(|(at, _)| &written[at.clone()] == name));
        match world.variable(name) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&text.value[whole]),
        }
        if world.variable(name).is_none() && !world.blanks().has(name) {
            let span = place.map_or(text.span, |(name, end)| {
                text.span.part(written[..name.start].rfind("{{").unwrap_or_default()..end)
            });
            found.push(undefined(name, (span, None), world));
        }
    }
    out.push_str(&text.value[done..]);
    text.value = out;
}

/// The finding, with a repair where the name stands there as it reads.
fn undefined(name: &str, (span, place): (Span, Option<Span>), world: &dyn World) -> Diagnostic {
    let finding = UNDEFINED.at(span, format!("no variable is called `{name}`"));
    match nearest(name, world.names().iter().map(String::as_str)) {
        Some(near) => {
            let finding = finding.help(format!("did you mean `{near}`?"));
            match place {
                Some(span) => finding.fix(Fix::suggested(vec![Edit { span, replacement: near.to_owned() }])),
                None => finding,
            }
        }
        None => finding.help("define it in `[variables]`, name it among the `placeholders`, or write it as code"),
    }
}

/// The variables used in a text, outside comments and code: the whole of each use, and its name.
fn uses(text: &str, options: &Options) -> Vec<(Range<usize>, Range<usize>)> {
    let verbatim = Verbatim::of(text, options);
    let mut list = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|offset| at + offset) {
        at = start + 2;
        if verbatim.at(start).is_none()
            && let Some((name, end)) = name_at(text, start, text.len())
        {
            list.push((start..end, name));
            at = end;
        }
    }
    list
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
        uses(text, &Options::default()).into_iter().map(|(_, name)| &text[name]).collect()
    }

    #[test]
    fn names_in_prose_and_addresses_are_used() {
        assert_eq!(names("{{ company }} [x]({{repo.url}}/a)\n\n- {{ a-b }}"), ["company", "repo.url", "a-b"]);
    }

    #[test]
    fn code_and_other_tools_keep_their_braces() {
        for text in [
            "`{{ a }}`",
            "```\n{{ a }}\n```",
            "``x ` {{ a }}``",
            "<!-- {{ a }}\n\n{{ a }} -->",
            "x <code>{{ a }}</code>",
            "<pre>\n\n{{ a }}\n</pre>",
            "    {{ a }}",
            "${{ secrets.A }}",
            "\\{{ a }}",
            "{{ a | b }}",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        assert_eq!(names("!!! note\n    {{ a }}\n\n<code> {{ b }}\n\n`<!--` {{ c }}"), ["a", "b", "c"]);
        assert_eq!(names("` {{ a }}\n\n{{ b }} `"), ["a", "b"]);
    }
}
