//! Takes the `style` attributes out of `MathML`: a strict Content-Security-Policy forbids them. Colours become attributes of
//! `MathML` itself, and lengths become elements.

use std::fmt::Write as _;

use crate::html::escaped;
use crate::html::tokenizer::{Markup, StartTag, Token, Tokens};
use crate::source::Part as _;

/// Parts of a wide letter in which the spaces of formulas are measured.
const PER_EM: f32 = 18.0;
/// Nobody goes further back: beyond this, letters are not moved but hidden.
const MOST_BACK: f32 = 90.0;

/// Formulas with the same look and no `style`.
pub(super) fn without_styles(mathml: &str) -> String {
    if !mathml.contains(" style=\"") {
        return mathml.to_owned();
    }
    let mut out = String::with_capacity(mathml.len());
    // For each open element, whether another was opened in it.
    let mut open = Vec::new();
    let mut gap = None;
    for token in Tokens::of(mathml) {
        match token {
            Token::Markup(Markup::StartTag(tag)) => {
                let style = FormulaStyle::of(tag.value("style").unwrap_or_default());
                let is_wrapped = style.frame.is_some();
                write_tag(&mut out, &tag, &style, gap.take());
                if !tag.is_self_closing {
                    open.push(is_wrapped);
                }
                gap = style.height;
            }
            Token::Markup(Markup::EndTag(tag)) => {
                if open.pop() == Some(true) {
                    out.push_str("</mrow>");
                }
                out.push_str(mathml.part(tag.span));
            }
            Token::Text(_) | Token::RawText(_) | Token::Markup(_) => out.push_str(mathml.part(token.span().clone())),
        }
    }
    out
}

/// What the styles of formulas say.
#[derive(Default)]
struct FormulaStyle<'m> {
    colour: Option<String>,
    ground: Option<String>,
    frame: Option<String>,
    /// The height of a row that keeps two others apart.
    height: Option<&'m str>,
    /// How far what follows moves back, in parts of a wide letter.
    back: Option<f32>,
}

impl<'m> FormulaStyle<'m> {
    fn of(written: &'m str) -> Self {
        let mut style = Self::default();
        for (name, value) in written.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let value = value.trim();
            match name.trim() {
                "color" => style.colour = colour(value),
                "background-color" => style.ground = colour(value),
                "border" => style.frame = value.find("rgb(").and_then(|at| colour(value.part(at..))),
                "height" => style.height = Some(value).filter(|height| !height.starts_with('-')),
                "margin-left" => style.back = value.strip_prefix('-').and_then(in_ems).map(|ems| ems * PER_EM),
                _ => {}
            }
        }
        style
    }
}

fn write_tag(out: &mut String, tag: &StartTag<'_>, style: &FormulaStyle<'_>, gap: Option<&str>) {
    if let Some(back) = style.back {
        // An element has no attribute that moves it back, so there are as many as are needed, each by the same amount.
        let mut moved = 0.5;
        while moved < back.min(MOST_BACK) {
            out.push_str("<mspace class=\"math-back\"/>");
            moved += 1.0;
        }
        return;
    }
    let _ = write!(out, "<{}", tag.written_name);
    let mut classes = Vec::new();
    for attribute in tag.attributes() {
        match &*attribute.name {
            "style" => {}
            "class" => classes.push(attribute.value),
            _ => {
                let _ = write!(out, " {}=\"{}\"", attribute.written_name, attribute.value);
            }
        }
    }
    classes.extend(style.frame.as_ref().map(|_| "math-frame"));
    classes.extend(gap.map(|_| "math-gap"));
    if !classes.is_empty() {
        let _ = write!(out, " class=\"{}\"", classes.join(" "));
    }
    // The frame has the colour of its element, and what is in it that of the text.
    let colour = style.frame.as_ref().or(style.colour.as_ref());
    for (name, colour) in [("mathcolor", colour), ("mathbackground", style.ground.as_ref())] {
        if let Some(colour) = colour {
            let _ = write!(out, " {name}=\"{colour}\"");
        }
    }
    out.push_str(if tag.is_self_closing { "/>" } else { ">" });
    if style.frame.is_some() {
        match &style.colour {
            Some(colour) => drop(write!(out, "<mrow mathcolor=\"{colour}\">")),
            None => out.push_str("<mrow class=\"math-ink\">"),
        }
    }
    if let Some(height) = gap {
        let _ = write!(out, "<mspace height=\"{}\"/>", escaped(height));
    }
}

/// `rgb(255 0 0)` as `#ff0000`.
fn colour(value: &str) -> Option<String> {
    let channels: Option<Vec<u8>> =
        value.strip_prefix("rgb(")?.strip_suffix(')')?.split(' ').map(|channel| channel.parse().ok()).collect();
    match *channels? {
        [red, green, blue] => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}

/// A length in ems, where letters are as large as in most texts.
fn in_ems(length: &str) -> Option<f32> {
    let unit = length.find(|c: char| c.is_ascii_alphabetic())?;
    let per_unit = match length.part(unit..) {
        "em" | "pc" => 1.0,
        "ex" => 0.45,
        "mu" => 1.0 / PER_EM,
        "px" => 1.0 / 16.0,
        "pt" => 1.0 / 12.0,
        "mm" => 0.236,
        "cm" => 2.36,
        "in" => 6.0,
        _ => return None,
    };
    Some(length.part(..unit).parse::<f32>().ok()? * per_unit)
}

#[cfg(test)]
mod tests {
    use super::without_styles;

    #[test]
    fn colours_become_attributes() {
        assert_eq!(
            without_styles(
                "<mrow style=\"color: rgb(255 0 0)\"><mi style=\"background-color: rgb(0 0 16)\">x</mi></mrow>"
            ),
            "<mrow mathcolor=\"#ff0000\"><mi mathbackground=\"#000010\">x</mi></mrow>"
        );
    }

    #[test]
    fn a_frame_has_its_own_colour() {
        assert_eq!(
            without_styles("<mrow style=\"border: 0.06em solid rgb(255 0 0)\"><mi>y</mi></mrow><mi>z</mi>"),
            "<mrow class=\"math-frame\" mathcolor=\"#ff0000\"><mrow class=\"math-ink\"><mi>y</mi></mrow></mrow><mi>z</mi>"
        );
    }

    #[test]
    fn lengths_become_elements() {
        assert_eq!(
            without_styles("a<mspace width=\"-0.11em\" style=\"margin-left: -0.11em\" />b"),
            "a<mspace class=\"math-back\"/><mspace class=\"math-back\"/>b"
        );
        assert_eq!(
            without_styles("<mtr style=\"height: 3em\"><mtd class=\"a\"></mtd></mtr><mtr><mtd></mtd></mtr>"),
            "<mtr><mtd class=\"a math-gap\"><mspace height=\"3em\"/></mtd></mtr><mtr><mtd></mtd></mtr>"
        );
    }

    #[test]
    fn what_has_no_style_stays_as_it_is() {
        let mathml = "<mtext>a style = b</mtext>";
        assert_eq!(without_styles(mathml), mathml);
    }
}
