//! The syntax of include directives, whatever tool each comes from: which file they name, and what of it.
//! In: a text, and a place in it. Out: a directive.
//! Never knows: what the files hold.

use std::ops::Range;

use super::directive::{IncludeDirective, starts_line};
use super::forms;
use super::snippet::{self, after_scissors};
use crate::source::Part as _;

/// What every directive holds one of.
pub(super) const TRIGGERS: [&str; 5] = ["{{#", "-8<-", "{%", "{!", "{*"];

/// A way to write a directive.
struct DirectiveForm {
    opens: &'static str,
    /// Reads the directive at a place of a text.
    read: fn(&str, usize) -> Option<IncludeDirective>,
}

/// Every way to write a directive that opens with a brace. A new one is a row here.
static FORMS: [DirectiveForm; 5] = [
    DirectiveForm { opens: "{{#playground ", read: forms::playground },
    DirectiveForm { opens: "{{#", read: forms::mdbook },
    DirectiveForm { opens: "{%", read: forms::include_markdown },
    DirectiveForm { opens: "{!", read: forms::markdown_include },
    DirectiveForm { opens: "{* ", read: forms::code_sample },
];

/// A directive ends within this many bytes, or it is none.
const LONGEST: usize = 2_048;

/// The next place at or after `at` where a directive may start.
pub(crate) fn next(text: &str, at: usize) -> Option<usize> {
    let starts = |place: &usize| {
        let rest = text.part(*place..);
        FORMS.iter().any(|form| rest.starts_with(form.opens))
            || (rest.starts_with('-') && !text.part(..*place).ends_with('-') && after_scissors(rest).is_some())
    };
    memchr::memchr2_iter(b'{', b'-', text.part(at..).as_bytes()).map(|offset| at + offset).find(starts)
}

/// The directive that starts at `at`.
pub(crate) fn read(text: &str, at: usize) -> Option<IncludeDirective> {
    // What is shown as code is an example; a mark in front takes the meaning away.
    if text.part(..at).ends_with(['`', '\\', ';']) {
        return None;
    }
    let text = text.part(..longest_end(text, at));
    if text.part(at..).starts_with('-') {
        return snippet::read(text, at);
    }
    let form = FORMS.iter().find(|form| text.part(at..).starts_with(form.opens))?;
    (form.read)(text, at)
}

/// The mark right before `at` that has a directive shown instead of read: a backslash, or a semicolon before
/// `--8<--`.
pub(crate) fn escape(text: &str, at: usize) -> Option<char> {
    let mark = text.part(..at).chars().next_back()?;
    if !matches!(mark, '\\' | ';') {
        return None;
    }
    let rest = text.part(at..longest_end(text, at));
    let line = rest.lines().next().unwrap_or_default();
    let is_shown = match mark {
        '\\' => {
            (line.starts_with("{{#") && line.contains("}}"))
                || line.starts_with("{%")
                || (line.starts_with("{!") && line.contains("!}"))
        }
        ';' => starts_line(text, at - 1) && after_scissors(line).is_some(),
        _ => false,
    };
    is_shown.then_some(mark)
}

/// One past the last byte that a directive at `at` may hold.
fn longest_end(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at + LONGEST)
}

/// `{{#title text}}` at a place, which says what the page is called: all of it with its line break, and the text.
pub(crate) fn title(text: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let inner = text.part(at..).strip_prefix("{{#title ")?;
    let length = inner.lines().next()?.find("}}").filter(|_| starts_line(text, at))?;
    let start = at + "{{#title ".len();
    let end = start + length + "}}".len();
    let line_break =
        text.part(end..).len() - text.part(end..).trim_start_matches([' ', '\r']).strip_prefix('\n')?.len();
    Some((at..end + line_break, start..start + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::preprocess::include::directive::IncludedPart;

    fn parts(text: &str) -> (&str, &str, IncludedPart) {
        let directive = read(text, next(text, 0).unwrap()).unwrap();
        let [target] = &directive.targets[..] else { panic!("not one file: {text}") };
        (&text[directive.whole.clone()], &text[target.path.clone()], target.part.clone())
    }

    #[test]
    fn directives_of_three_tools_are_read() {
        assert_eq!(
            parts("a {{#include nda.md:2:5}} b"),
            ("{{#include nda.md:2:5}}", "nda.md", IncludedPart::Lines(2, 5))
        );
        assert_eq!(
            parts("{{#include a.rs:sign}}"),
            ("{{#include a.rs:sign}}", "a.rs", IncludedPart::Section("sign".into()))
        );
        assert_eq!(parts("  --8<-- \"nda.md\"\n"), ("--8<-- \"nda.md\"", "nda.md", IncludedPart::Whole));
        assert_eq!(parts("-8<- 'nda.md'"), ("-8<- 'nda.md'", "nda.md", IncludedPart::Whole));
        let (_, path, part) = parts("{%\n  include-markdown \"nda.md\"\n  start=\"<!-- a -->\" heading-offset=2\n%}");
        assert_eq!((path, part), ("nda.md", IncludedPart::Between(Some("<!-- a -->".into()), None)));
    }

    #[test]
    fn a_block_names_several_files() {
        let text = "--8<--\n\nnda.md\n; draft.md\n  terms.md:2:5\n--8<--\nafter";
        let directive = read(text, 0).unwrap();
        let paths: Vec<_> = directive.targets.iter().map(|target| (&text[target.path.clone()], &target.part)).collect();
        assert_eq!(paths, [("nda.md", &IncludedPart::Whole), ("terms.md", &IncludedPart::Lines(2, 5))]);
        assert!(text[directive.whole].ends_with("5\n--8<--"));
    }

    #[test]
    fn several_parts_of_a_file_are_one_after_the_other() {
        let parts =
            |text: &str| read(text, 0).unwrap().targets.into_iter().map(|target| target.part).collect::<Vec<_>>();
        assert_eq!(parts("--8<-- \"nda.md:1:3,5:6\""), [IncludedPart::Lines(1, 3), IncludedPart::Lines(5, 6)]);
        assert_eq!(parts("--8<-- \"nda.md:a,b\""), [IncludedPart::Section("a,b".into())]);
    }

    #[test]
    fn what_is_shown_is_not_read() {
        for text in ["`{{#include a}}`", "\\{{#include a}}", ";--8<-- \"a\"", "x --8<-- \"a\"", "{% raw %}", "{{#if}}"]
        {
            assert_eq!(read(text, next(text, 0).unwrap()), None, "{text}");
        }
        let mark = |text: &str| escape(text, next(text, 0).unwrap());
        assert_eq!((mark("\\{{#include a}}"), mark("  ;--8<-- \"a\"")), (Some('\\'), Some(';')));
        assert_eq!((mark("\\{{#include"), mark("so;--8<-- \"a\""), mark("{{#a}}")), (None, None, None));
    }
}
