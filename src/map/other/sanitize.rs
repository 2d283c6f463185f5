//! SVG of other hands, made fit for a page.
//! In: SVG as text, and the id that its own ids shall begin with. Out: the same without anything that runs, loads or
//! leads elsewhere; or the name of what has no place in a drawing.
//! Never knows: Mermaid.

use std::collections::BTreeSet;
use std::fmt::Write as _;

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

/// Makes SVG fit for a page on which others stand.
pub(super) fn sanitize(svg: &str, id: &str) -> Result<String, String> {
    let names = Names { id, own: ids(svg) };
    let mut out = String::with_capacity(svg.len() + svg.len() / 8);
    let mut rest = svg;
    let mut in_style = false;
    while let Some(open) = rest.find('<') {
        let text = &rest[..open];
        out.push_str(&if in_style { style(text, &names)? } else { text.to_owned() });
        rest = &rest[open..];
        if let Some((skipped, behind)) = aside(rest) {
            rest = &rest[skipped + behind..];
            continue;
        }
        let end = tag_end(rest).ok_or("a tag that never ends")?;
        let tag = &rest[1..end - 1];
        rest = &rest[end..];
        let closing = tag.strip_prefix('/');
        let inner = closing.unwrap_or(tag).trim_end_matches('/').trim();
        let name = inner.split(char::is_whitespace).next().unwrap_or_default();
        if !ELEMENTS.contains(&name) {
            return Err(format!("`{name}` has no place in a drawing"));
        }
        in_style = name == "style" && closing.is_none() && !tag.ends_with('/');
        if closing.is_some() {
            let _ = write!(out, "</{name}>");
        } else {
            out.push('<');
            out.push_str(name);
            attributes(&inner[name.len()..], &names, &mut out)?;
            out.push_str(if tag.ends_with('/') { "/>" } else { ">" });
        }
    }
    Ok(out)
}

/// The length of a comment or of a declaration: up to its end, and the end.
fn aside(rest: &str) -> Option<(usize, usize)> {
    let end =
        [("<!--", "-->"), ("<?", "?>"), ("<!DOCTYPE", ">")].into_iter().find(|(start, _)| rest.starts_with(start))?.1;
    Some(rest.find(end).map_or((rest.len(), 0), |at| (at, end.len())))
}

/// Where a tag ends: behind the first `>` outside quotes.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The ids that a drawing gives.
fn ids(svg: &str) -> BTreeSet<&str> {
    svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The names in a drawing, and what they shall begin with.
struct Names<'a> {
    id: &'a str,
    own: BTreeSet<&'a str>,
}

impl Names<'_> {
    fn of(&self, name: &str) -> String {
        if name.starts_with(self.id) { name.to_owned() } else { format!("{}-{name}", self.id) }
    }

    /// A text in which `#name` is the name of something in this drawing, wherever there is one of that name.
    fn references(&self, text: &str) -> String {
        let mut parts = text.split('#');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')));
            let name = &part[..end.unwrap_or(part.len())];
            // In a style sheet `#root.open:hover` goes on behind the name.
            let known =
                (1..=name.len()).rev().filter_map(|length| name.get(..length)).find(|name| self.own.contains(name));
            let known = known.unwrap_or_default();
            out.push('#');
            out.push_str(&if known.is_empty() { String::new() } else { self.of(known) });
            out.push_str(&part[known.len()..]);
        }
        out
    }
}

/// Writes the attributes that a drawing may have.
fn attributes(mut rest: &str, names: &Names, out: &mut String) -> Result<(), String> {
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(());
        }
        let broken = || "an attribute that cannot be read".to_owned();
        let (name, behind) = rest.split_once('=').ok_or_else(broken)?;
        let name = name.trim();
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or_else(broken)?;
        let (value, behind) = behind[1..].split_once(quote).ok_or_else(broken)?;
        rest = behind;
        if let Some(value) = allowed(name, value, names) {
            let _ = write!(out, " {name}={quote}{value}{quote}");
        }
    }
}

/// The value that an attribute may have; `None` to leave it out.
fn allowed(name: &str, value: &str, names: &Names) -> Option<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    if !name.chars().all(is_name) || name.to_ascii_lowercase().starts_with("on") {
        return None;
    }
    match name {
        "id" => Some(names.of(value)),
        "href" | "xlink:href" => value.starts_with('#').then(|| names.references(value)),
        "aria-labelledby" | "aria-describedby" => {
            Some(value.split_whitespace().map(|name| names.of(name)).collect::<Vec<_>>().join(" "))
        }
        _ if name.starts_with("xmlns") => Some(value.to_owned()),
        "src" | "target" | "tabindex" => None,
        _ => is_harmless(value).then(|| names.references(value)),
    }
}

fn style(text: &str, names: &Names) -> Result<String, String> {
    if is_harmless(text) { Ok(names.references(text)) } else { Err("its styles load something".to_owned()) }
}

/// Whether CSS loads nothing: it has no address but of what lies in the same drawing.
fn is_harmless(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let local = css.match_indices("url(").all(|(at, found)| {
        css[at + found.len()..].trim_start_matches(['"', '\'', ' ']).trim_start_matches("&quot;").starts_with('#')
    });
    local && !["@import", "expression(", "javascript:", "image-set(", "\\"].iter().any(|mark| css.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_what_points_to_them_begin_with_the_drawings_own() {
        let svg = r##"<svg id="d1" aria-labelledby="t"><title id="t">x</title><style>#d1 .a{fill:#fff}#tip path{x:1}</style><marker id="tip"/><path marker-end="url(#tip)"/><use href="#tip"/></svg>"##;
        assert_eq!(
            sanitize(svg, "d1").unwrap(),
            r##"<svg id="d1" aria-labelledby="d1-t"><title id="d1-t">x</title><style>#d1 .a{fill:#fff}#d1-tip path{x:1}</style><marker id="d1-tip"/><path marker-end="url(#d1-tip)"/><use href="#d1-tip"/></svg>"##
        );
    }

    #[test]
    fn what_runs_loads_or_leads_away_is_left_out() {
        let svg = r#"<?xml version="1.0"?><svg onload="x()"><!-- <script> --><a xlink:href="javascript:x()" href="https://example.org"><rect ONCLICK="x()" style="fill:url(https://example.org/x)" fill='red'/></a></svg>"#;
        assert_eq!(sanitize(svg, "d1").unwrap(), "<svg><a><rect fill='red'/></a></svg>");
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
        ] {
            assert!(sanitize(svg, "d1").is_err(), "{svg}");
        }
    }
}
