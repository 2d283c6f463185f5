//! Sanitizes SVG from other programs: nothing in it runs or loads, and it takes the colours of the page.

mod css;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use self::css::{declarations, is_harmless, sheet};
use crate::html::escaped;
use crate::html::tokenizer::{Attribute, EndTag, Markup, StartTag, Token, Tokens};
use crate::source::Part as _;

/// What drawings are made of. Anything else costs the drawing.
const ELEMENTS: [&str; 29] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feDropShadow",
    "filter",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// What a drawing shall be on its page.
#[derive(Copy, Clone)]
pub(super) struct EmbedOptions<'a> {
    /// Begins all its ids.
    pub id: &'a str,
    /// What it is, for who cannot see it and unless it says so itself.
    pub title: &'a str,
    /// Rules of ours behind those of its own; `&` is the drawing.
    pub style: &'a str,
    /// What takes the place of a colour.
    pub paint: fn(&str) -> Option<String>,
}

/// Makes SVG fit for a page on which others stand.
pub(super) fn sanitize(svg: &str, dress: EmbedOptions) -> Result<String, String> {
    let out = String::with_capacity(svg.len() + svg.len() / 8);
    let mut tailor = Sanitizer {
        dress,
        own: ids(svg),
        given: BTreeSet::new(),
        within: ElementContext::Nothing,
        is_styled: false,
        out,
    };
    let needs_title = !svg.contains("aria-labelledby");
    for token in Tokens::of(svg) {
        match token {
            Token::Text(span) => tailor.text(svg.part(span))?,
            Token::Markup(Markup::StartTag(tag)) => tailor.start_tag(&tag, needs_title)?,
            Token::Markup(Markup::EndTag(tag)) => tailor.end_tag(&tag)?,
            Token::Markup(Markup::Comment(_)) => {}
            // Styles are checked as text; what is CDATA here would be markup on a page that is read otherwise.
            Token::RawText(_) => return Err("text that is no markup".to_owned()),
            Token::Markup(Markup::UnclosedComment(_) | Markup::UnclosedTag(_)) => {
                return Err("unclosed tag".to_owned());
            }
        }
    }
    Ok(tailor.out)
}

/// The ids that a drawing gives.
fn ids(svg: &str) -> BTreeSet<&str> {
    let tags = Tokens::of(svg).filter_map(|token| match token {
        Token::Markup(Markup::StartTag(tag)) => tag.value("id"),
        Token::Text(_) | Token::RawText(_) | Token::Markup(_) => None,
    });
    tags.collect()
}

/// What the text behind a tag belongs to.
#[derive(Copy, Clone, PartialEq, Eq)]
enum ElementContext {
    /// There was no element yet.
    Nothing,
    /// A style sheet.
    Style,
    /// Any other element.
    Element,
}

/// A drawing while it is made fit.
struct Sanitizer<'a> {
    dress: EmbedOptions<'a>,
    /// The ids that it gives.
    own: BTreeSet<&'a str>,
    /// Those that were given already.
    given: BTreeSet<&'a str>,
    within: ElementContext,
    /// Whether our rules stand behind its own.
    is_styled: bool,
    out: String,
}

impl<'a> Sanitizer<'a> {
    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.within != ElementContext::Style {
            self.out.push_str(text);
            return Ok(());
        }
        if !is_harmless(text) {
            return Err("its styles load a file".to_owned());
        }
        let text = sheet(text, &|text| self.references(text), self.dress.paint);
        self.out.push_str(&text);
        Ok(())
    }

    /// Takes note of a tag of this element, if such may be in a drawing. Names are those of XML, with their case.
    fn enter(&mut self, name: &str, then: ElementContext) -> Result<(), String> {
        if !ELEMENTS.contains(&name) {
            return Err(format!("`{name}` is not allowed in a drawing"));
        }
        if self.within == ElementContext::Style && !std::mem::replace(&mut self.is_styled, true) {
            let root = format!("#{}", self.dress.id);
            self.out.push_str(&self.dress.style.replace('&', &root));
        }
        self.within = then;
        Ok(())
    }

    fn end_tag(&mut self, tag: &EndTag<'_>) -> Result<(), String> {
        self.enter(tag.written_name, ElementContext::Element)?;
        let _ = write!(self.out, "</{}>", tag.written_name);
        Ok(())
    }

    fn start_tag(&mut self, tag: &StartTag<'a>, needs_title: bool) -> Result<(), String> {
        let (name, is_open) = (tag.written_name, !tag.is_self_closing);
        let is_root = self.within == ElementContext::Nothing;
        let is_style = name == "style" && is_open;
        self.enter(name, if is_style { ElementContext::Style } else { ElementContext::Element })?;
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(tag, is_root)?;
        if name == "svg" && !is_root {
            // Labels are in drawings of their own, as wide as they were measured; letters may be wider.
            self.out.push_str(" overflow=\"visible\"");
        }
        self.out.push_str(if is_open { ">" } else { "/>" });
        if is_root && needs_title {
            let _ = write!(self.out, "<title>{}</title>", escaped(self.dress.title));
        }
        Ok(())
    }

    /// Writes the attributes that a drawing may have.
    fn attributes(&mut self, tag: &StartTag<'a>, is_root: bool) -> Result<(), String> {
        for Attribute { written_name: name, value, quote, .. } in tag.attributes() {
            // XML knows no value without quotes: whatever wrote this is not what is expected here.
            if quote.is_empty() {
                return Err("invalid attribute".to_owned());
            }
            match name {
                // How large it is on a page is the page's business: it is told the size at which letters are as meant.
                "width" | "height" | "style" if is_root => {}
                "viewBox" if is_root => self.size(value),
                // An id that was given twice means the first.
                "id" if !self.given.insert(value) => {}
                _ => {
                    if let Some(value) = self.allowed(name, value) {
                        let _ = write!(self.out, " {name}={quote}{value}{quote}");
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes the root's size: what it shows, and how large that is where letters are as meant.
    fn size(&mut self, shown: &str) {
        let numbers: Vec<f64> = shown.split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
        if let [x, y, w, h] = *numbers {
            let (wide, high) = (w.ceil(), h.ceil());
            let _ = write!(self.out, " viewBox=\"{x} {y} {w} {h}\" width=\"{wide}\" height=\"{high}\"");
        }
    }

    /// The value that an attribute may have; `None` to leave it out.
    fn allowed(&self, name: &str, value: &str) -> Option<String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
        if !name.chars().all(is_name) || name.to_ascii_lowercase().starts_with("on") {
            return None;
        }
        match name {
            "id" => Some(self.of(value)),
            "href" | "xlink:href" if value.starts_with('#') => Some(self.references(value)),
            "href" | "xlink:href" => ["https://", "http://", "mailto:"]
                .iter()
                .any(|start| value.starts_with(start))
                .then(|| value.to_owned()),
            "aria-labelledby" | "aria-describedby" => {
                Some(value.split_whitespace().map(|name| self.of(name)).collect::<Vec<_>>().join(" "))
            }
            _ if name.starts_with("xmlns") => Some(value.to_owned()),
            "src" | "target" | "tabindex" | "filter" => None,
            _ if !is_harmless(value) => None,
            "style" => Some(declarations(value, &|text| self.references(text), self.dress.paint)),
            "fill" | "stroke" | "stop-color" | "color" => {
                Some((self.dress.paint)(value).unwrap_or_else(|| self.references(value)))
            }
            _ => Some(self.references(value)),
        }
    }

    /// A name as this drawing gives it.
    fn of(&self, name: &str) -> String {
        if name.starts_with(self.dress.id) { name.to_owned() } else { format!("{}-{name}", self.dress.id) }
    }

    /// A text in which `#name` is the name of something in this drawing, wherever there is one of that name.
    fn references(&self, text: &str) -> String {
        let mut parts = text.split('#');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')));
            let name = part.part(..end.unwrap_or(part.len()));
            // In a style sheet `#root.open:hover` goes on behind the name.
            let known =
                (1..=name.len()).rev().filter_map(|length| name.get(..length)).find(|name| self.own.contains(name));
            out.push('#');
            out.push_str(&known.map(|known| self.of(known)).unwrap_or_default());
            out.push_str(part.part(known.unwrap_or_default().len()..));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_page(svg: &str) -> Result<String, String> {
        let paint = |colour: &str| (colour == "#333").then(|| "var(--ink)".to_owned());
        sanitize(svg, EmbedOptions { id: "d1", title: "Pie & cake", style: "", paint })
    }

    #[test]
    fn ids_and_what_points_to_them_begin_with_the_drawings_own() {
        let svg = r##"<svg id="d1" aria-labelledby="t"><title id="t">x</title><style>#d1 .a{fill:#fff}#tip path{x:1}</style><marker id="tip"/><path marker-end="url(#tip)"/><use href="#tip"/></svg>"##;
        assert_eq!(
            on_page(svg).unwrap(),
            r##"<svg id="d1" aria-labelledby="d1-t"><title id="d1-t">x</title><style>#d1 .a{fill:#fff}#d1-tip path{x:1}</style><marker id="d1-tip"/><path marker-end="url(#d1-tip)"/><use href="#d1-tip"/></svg>"##
        );
    }

    #[test]
    fn what_runs_loads_or_leads_away_is_left_out() {
        let svg = r#"<?xml version="1.0"?><svg onload="x()"><!-- <script> --><a xlink:href="javascript:x()" href="https://example.org"><rect ONCLICK="x()" style="fill:url(https://example.org/x)" fill='red'/></a></svg>"#;
        assert_eq!(
            on_page(svg).unwrap(),
            "<svg><title>Pie &amp; cake</title><a href=\"https://example.org\"><rect fill='red'/></a></svg>"
        );
    }

    #[test]
    fn the_page_is_told_how_large_a_drawing_is() {
        let svg = r#"<svg width="100%" style="max-width:10px" viewBox="0 0 9.5 20"><svg width="3" style="overflow:hidden"/></svg>"#;
        assert_eq!(
            on_page(svg).unwrap(),
            "<svg viewBox=\"0 0 9.5 20\" width=\"10\" height=\"20\"><title>Pie &amp; cake</title>\
             <svg width=\"3\" style=\"\" overflow=\"visible\"/></svg>"
        );
    }

    #[test]
    fn an_id_that_is_given_twice_means_the_first() {
        assert_eq!(
            on_page("<svg aria-labelledby=\"\"><g id=\"a\"/><g id=\"a\"/></svg>").unwrap().matches("d1-a").count(),
            1
        );
    }

    #[test]
    fn our_rules_stand_behind_its_own() {
        let paint = |_: &str| None;
        let dress = EmbedOptions { id: "d1", title: "Pie", style: "& a{x:1}", paint };
        let svg = sanitize("<svg><style>b{x:2}</style><style>c{x:3}</style></svg>", dress).unwrap();
        assert_eq!(svg, "<svg><title>Pie</title><style>b{x:2}#d1 a{x:1}</style><style>c{x:3}</style></svg>");
    }

    #[test]
    fn what_has_no_place_in_a_drawing_costs_the_drawing() {
        for svg in [
            "<svg><script>x()</script></svg>",
            "<svg><foreignObject><p>x</p></foreignObject></svg>",
            "<svg><image href=\"x.png\"/></svg>",
            "<svg><style>@import 'x';</style></svg>",
            "<svg><style>a{background:url(x.png)}</style></svg>",
            "<svg><![CDATA[<script>]]></svg>",
            "<svg",
            "<svg><path d=x/></svg>",
            "<svg><ClipPath/></svg>",
            "<svg><!-- x",
        ] {
            assert!(on_page(svg).is_err(), "{svg}");
        }
    }
}
