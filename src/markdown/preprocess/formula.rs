//! Formulas between `\(…\)` and `\[…\]`, as `MathJax` has them: rewritten with the dollar signs that the parser reads.

use std::ops::Range;

use memchr::memmem;

use super::verbatim::Verbatim;
use crate::markdown::Options;
use crate::source::{Part as _, SourceMap, SourceMapBuilder};

/// What opens a formula, what closes it, and the sign for both.
const FORMS: [(&str, &str, &str); 2] = [("\\(", "\\)", "$"), ("\\[", "\\]", "$$")];

/// A formula may be as long as this, or it is none.
const LONGEST: usize = 10_000;

/// A text with its formulas rewritten; `None` where there are none, or the site draws none.
pub(crate) fn rewrite(text: &str, source_map: &SourceMap, options: &Options) -> Option<(String, SourceMap)> {
    let holds = |(open, _, _): &(&str, &str, &str)| memmem::find(text.as_bytes(), open.as_bytes()).is_some();
    if !options.math || !FORMS.iter().any(holds) {
        return None;
    }
    let verbatim = Verbatim::of(text, options);
    let mut out = SourceMapBuilder::new(source_map.span(0..text.len()).source, text.len());
    let mut done = 0;
    let mut at = 0;
    while let Some(start) = text.part(at..).find('\\').map(|offset| at + offset) {
        // Behind a backslash, the next one means itself.
        at = (start + 2).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let Some((formula, end, sign)) = formula_at(text, start) else { continue };
        if verbatim.at(start).is_some() {
            continue;
        }
        out.copy_derived(text, done..start, source_map);
        out.insert(sign, source_map.span(start..formula.start));
        out.copy_derived(text, formula.clone(), source_map);
        out.insert(sign, source_map.span(formula.end..end));
        (done, at) = (end, end);
    }
    if done == 0 {
        return None;
    }
    out.copy_derived(text, done..text.len(), source_map);
    Some(out.finish())
}

/// The formula that starts at a place, without the blanks around it, the end of it all, and its sign.
fn formula_at(text: &str, start: usize) -> Option<(Range<usize>, usize, &'static str)> {
    let rest = text.part(start..text.floor_char_boundary(start + LONGEST));
    let (open, close, sign) = FORMS.iter().find(|(open, _, _)| rest.starts_with(open))?;
    let length = rest.part(open.len()..).find(close)?;
    let inner = rest.part(open.len()..open.len() + length);
    // A paragraph ends at a blank line, and a dollar sign would end the formula.
    let is_one = !inner.trim().is_empty() && !inner.contains("\n\n") && !inner.contains('$');
    let from = start + open.len() + (inner.len() - inner.trim_start().len());
    let end = start + open.len() + length + close.len();
    is_one.then(|| (from..from + inner.trim().len(), end, *sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    fn rewritten(text: &str) -> Option<String> {
        let source_map = SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()));
        let options = Options { math: true, ..Options::default() };
        rewrite(text, &source_map, &options).map(|(text, _)| text)
    }

    #[test]
    fn formulas_get_dollar_signs_outside_code() {
        assert_eq!(rewritten("a \\( x_1 \\) b").as_deref(), Some("a $x_1$ b"));
        assert_eq!(rewritten("\\[\nx^2\n\\]\n").as_deref(), Some("$$x^2$$\n"));
        for text in ["`\\(x\\)`", "\\\\(x\\\\)", "\\(x", "\\( \\)", "\\(a\n\nb\\)", "\\($\\)", "    \\(x\\)", "\\"] {
            assert_eq!(rewritten(text), None, "{text}");
        }
    }
}
