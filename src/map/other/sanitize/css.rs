//! Sanitizes the style sheets and declarations of drawings.

use crate::source::Part as _;

/// Properties that are colours.
const COLOURS: [&str; 7] = ["fill", "stroke", "color", "stop-color", "flood-color", "background", "background-color"];

/// A style sheet in which names are those of `references` and colours those of `paint`.
pub(super) fn sheet(text: &str, references: &dyn Fn(&str) -> String, paint: fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = (rest.part(..at), rest.part(at..=at));
        out.push_str(&if brace == "{" { references(before) } else { declarations(before, references, paint) });
        out.push_str(brace);
        rest = rest.part(at + 1..);
    }
    out + &references(rest)
}

/// Declarations, as in a rule or in an attribute.
pub(super) fn declarations(
    text: &str,
    references: &dyn Fn(&str) -> String,
    paint: fn(&str) -> Option<String>,
) -> String {
    let declaration = |text: &str| {
        let Some((property, value)) = text.split_once(':') else { return Some(references(text)) };
        match property.trim() {
            // Shadows and glow are made for light pages, and letters may be wider than they were measured.
            "filter" | "overflow" => None,
            "transform" => Some(format!("{property}:{}", in_degrees(value))),
            name if COLOURS.contains(&name) => Some(format!("{property}:{}", painted(value, references, paint))),
            _ => Some(references(text)),
        }
    };
    text.split(';').filter_map(declaration).collect::<Vec<_>>().join(";")
}

fn painted(value: &str, references: &dyn Fn(&str) -> String, paint: fn(&str) -> Option<String>) -> String {
    let (colour, important) = match value.strip_suffix("!important") {
        Some(colour) => (colour.trim(), "!important"),
        None => (value.trim(), ""),
    };
    let colour = hex(colour).and_then(|hex| paint(&hex)).or_else(|| paint(colour));
    colour.map_or_else(|| references(value), |colour| format!("{colour}{important}"))
}

/// `rgb(189, 205, 243)` as it was written before somebody computed with it.
fn hex(colour: &str) -> Option<String> {
    let parts = colour.strip_prefix("rgb(")?.strip_suffix(')')?;
    let parts = parts.split(',').map(|part| part.trim().parse::<u8>()).collect::<Result<Vec<_>, _>>().ok()?;
    let [red, green, blue] = *parts else { return None };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// `rotate(45)` is an attribute's; style sheets want a unit.
fn in_degrees(value: &str) -> String {
    let Some((before, rest)) = value.split_once("rotate(") else { return value.to_owned() };
    let Some((angle, rest)) = rest.split_once(')') else { return value.to_owned() };
    let unit = if angle.ends_with(|c: char| c.is_ascii_digit()) { "deg" } else { "" };
    format!("{before}rotate({angle}{unit}){rest}")
}

/// Whether CSS loads nothing: it has no address but of what lies in the same drawing.
pub(super) fn is_harmless(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let local = css.match_indices("url(").all(|(at, found)| {
        css.part(at + found.len()..).trim_start_matches(['"', '\'', ' ']).trim_start_matches("&quot;").starts_with('#')
    });
    local && !["@import", "expression(", "javascript:", "image-set(", "\\"].iter().any(|mark| css.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(css: &str) -> String {
        sheet(css, &|text| text.replace("#a", "#d1-a"), |colour| (colour == "#333").then(|| "var(--ink)".to_owned()))
    }

    #[test]
    fn colours_are_exchanged_and_names_are_not_taken_for_colours() {
        assert_eq!(dressed("#a{fill:#333;stroke:red}#333 b{x:1}"), "#d1-a{fill:var(--ink);stroke:red}#333 b{x:1}");
        assert_eq!(dressed("a{fill:rgb(51, 51, 51)}"), "a{fill:rgb(51, 51, 51)}", "as long as nobody knows it");
        assert_eq!(dressed("a{color:#333!important}"), "a{color:var(--ink)!important}");
        assert_eq!(dressed("@media print{a{fill:#333}}"), "@media print{a{fill:var(--ink)}}");
    }

    #[test]
    fn a_colour_in_three_numbers_is_the_colour_in_one() {
        assert_eq!(hex("rgb(189, 205, 243)").as_deref(), Some("#bdcdf3"));
        assert_eq!(hex("rgb(1, 2, 300)"), None);
    }

    #[test]
    fn shadows_are_left_out_and_angles_have_a_unit() {
        assert_eq!(dressed("a{filter:drop-shadow(1px #aaa);x:1}"), "a{x:1}");
        assert_eq!(dressed("a{transform:rotate(45) scale(.8)}"), "a{transform:rotate(45deg) scale(.8)}");
    }
}
