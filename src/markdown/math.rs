//! Formulas: `$x^2$` and `$$…$$`, where a site turns them on.
//! In: formulas in LaTeX. Out: `MathML`, which browsers draw by themselves.
//! Never knows: where formulas stand.

use std::ops::Range;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::writer::Writer;
use crate::diagnostic::Rule;

/// A formula that cannot be read.
pub(super) static SYNTAX: Rule = Rule::error("markdown/math-syntax", include_str!("math_syntax.md"));

/// How a formula is set.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Setting {
    Inline,
    Display,
}

impl Writer<'_> {
    pub(super) fn formula(&mut self, formula: &str, setting: Setting, range: &Range<usize>) {
        self.document.needs.math = true;
        self.hear(formula, range);
        if self.images > 0 {
            return;
        }
        match mathml(formula, setting) {
            Ok(mathml) => self.out.raw(&mathml),
            Err(reason) => {
                self.out.raw("<code class=\"math\">");
                self.out.text(formula);
                self.out.raw("</code>");
                let message = format!("the formula `{}` cannot be read: {reason}", formula.trim());
                self.found.push(SYNTAX.at(self.span(range.clone()), message));
            }
        }
    }
}

/// A formula as `MathML`; or why it is none.
fn mathml(formula: &str, setting: Setting) -> Result<String, String> {
    let storage = Storage::new();
    let events = Parser::new(formula, &storage).collect::<Result<Vec<_>, _>>();
    let events = events.map_err(|reason| reason.to_string().lines().next().unwrap_or_default().to_owned())?;
    let display_mode = match setting {
        Setting::Inline => DisplayMode::Inline,
        Setting::Display => DisplayMode::Block,
    };
    let mut html = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    push_mathml(&mut html, events.into_iter().map(Ok::<_, std::fmt::Error>), config)
        .map_err(|error| error.to_string())?;
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml() {
        let html = mathml("x^2", Setting::Inline).unwrap();
        assert!(html.starts_with("<math") && html.contains("<msup>"), "{html}");
        assert!(mathml("\\nosuch", Setting::Display).is_err());
    }
}
