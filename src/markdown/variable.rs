//! Variables: `{{ company_name }}`.
//! In: a text and what defines variables. Out: the text with their values, and the origin of every byte.
//! Never knows: where values come from.

use std::ops::Range;

use memchr::memmem;

use super::verbatim::Verbatim;
use super::{Options, World};
use crate::diagnostic::{Edit, Findings, Fix, Rule};
use crate::text::{Origin, OriginBuilder};

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
        } else {
            out.copy_derived(text, whole, origin);
            let finding = UNDEFINED.at(span, format!("no variable is called `{name}`"));
            found.push(match world.nearest_variable(name) {
                Some(near) => {
                    let edit = Edit { span: place, replacement: near.clone() };
                    finding.help(format!("did you mean `{near}`?")).fix(Fix::suggested(vec![edit]))
                }
                None => finding.help("define it among the project's variables, or write it as code"),
            });
        }
    }
    out.copy_derived(text, done..text.len(), origin);
    Some(out.finish())
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
