//! Formulas, `$x^2$` and `$$…$$`, as `MathML`, which browsers draw by themselves.

use std::ops::Range;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::math_style::without_styles;
use crate::diagnostic::Rule;
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// A formula that cannot be read.
pub(crate) static SYNTAX: Rule = Rule::error("markdown/math-syntax", include_str!("math_syntax.md"));

/// Groups nested beyond what anybody can read: the library looks for the end of each one from its start.
const MOST_NESTED: usize = 64;

/// How a formula is set.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum MathStyle {
    Inline,
    Display,
}

pub(crate) fn write(writer: &mut Writer<'_>, formula: &str, setting: MathStyle, range: &Range<usize>) {
    writer.document().needs.math = true;
    writer.gather_text(formula, range);
    if writer.is_in(Enclosing::Image) {
        return;
    }
    match mathml(formula, setting) {
        Ok(mathml) => writer.raw(&mathml),
        Err(reason) => {
            writer.raw("<code class=\"math\">");
            writer.write_escaped(formula);
            writer.raw("</code>");
            let message = format!("cannot parse formula `{}`: {reason}", formula.trim());
            writer.report(SYNTAX.at(writer.span(range.clone()), message));
        }
    }
}

/// A formula as `MathML`; or why it is none.
fn mathml(formula: &str, setting: MathStyle) -> Result<String, String> {
    // Before parsing, since the parser is what would take too long.
    if depth(formula) > MOST_NESTED {
        return Err(format!("groups are nested more than {MOST_NESTED} levels deep"));
    }
    let storage = Storage::new();
    let events = Parser::new(formula, &storage).collect::<Result<Vec<_>, _>>();
    let events = events.map_err(|reason| reason.to_string().lines().next().unwrap_or_default().to_owned())?;
    let display_mode = match setting {
        MathStyle::Inline => DisplayMode::Inline,
        MathStyle::Display => DisplayMode::Block,
    };
    let mut html = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    push_mathml(&mut html, events.into_iter().map(Ok::<_, std::fmt::Error>), config)
        .map_err(|error| error.to_string())?;
    Ok(without_styles(&html))
}

/// How deeply the groups of a formula are nested: those in braces, and those with words around them.
fn depth(formula: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut unread = formula;
    while let Some(mark) = memchr::memchr3(b'{', b'}', b'\\', unread.as_bytes()) {
        let rest = unread.part(mark..);
        unread = rest.part(1..);
        if rest.starts_with('{') || rest.starts_with("\\begin") || rest.starts_with("\\left") {
            depth += 1;
        } else if rest.starts_with('}') || rest.starts_with("\\end") || rest.starts_with("\\right") {
            depth = depth.saturating_sub(1);
        } else if rest.starts_with("\\{") || rest.starts_with("\\}") || rest.starts_with("\\\\") {
            // The brace behind the backslash is a letter.
            unread = rest.part(2..);
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_deeper_than_anybody_reads_is_not_drawn() {
        let braces = |levels: usize| format!("{}x{}", "{".repeat(levels), "}".repeat(levels));
        assert!(mathml(&braces(MOST_NESTED), MathStyle::Inline).is_ok());
        assert!(mathml(&braces(MOST_NESTED + 1), MathStyle::Inline).unwrap_err().contains("64 levels"));
        assert_eq!(depth("\\left( \\frac{a}{\\sqrt{b}} \\right) \\{ \\\\"), 3);
    }

    #[test]
    fn formulas_become_mathml() {
        let html = mathml("x^2", MathStyle::Inline).unwrap();
        assert!(html.starts_with("<math") && html.contains("<msup>"), "{html}");
        assert!(mathml("\\nosuch", MathStyle::Display).is_err());
    }
}
