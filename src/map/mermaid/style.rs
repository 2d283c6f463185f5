//! Filters CSS declarations down to colours and strokes.

use crate::map::graph::Declaration;
use crate::source::Part as _;

/// What a diagram may set. Whatever moves, hides or resizes would break the layout's promises.
const PROPERTIES: [&str; 15] = [
    "color",
    "fill",
    "fill-opacity",
    "font-style",
    "font-weight",
    "opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-decoration",
    "background-color",
];

/// Functions that a value may call: none of them loads anything.
const FUNCTIONS: [&str; 5] = ["rgb", "rgba", "hsl", "hsla", "var"];

/// The harmless ones of the declarations in `raw`: `fill:#f9f,stroke:#333`.
pub(super) fn declarations(raw: &str) -> Vec<Declaration> {
    split(raw).into_iter().filter_map(declaration).collect()
}

fn declaration(written: &str) -> Option<Declaration> {
    let (property, value) = written.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.trim().trim_end_matches("!important").trim_end().replace("\\,", ",");
    // Asked of both: a harmless property may still be given an address to load.
    let harmless = PROPERTIES.contains(&property.as_str()) && is_harmless(&value);
    harmless.then_some(Declaration { property, value })
}

fn is_harmless(value: &str) -> bool {
    const LONGEST: usize = 100;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '#' | '.' | ',' | '%' | '-' | '+' | '(' | ')');
    if value.is_empty() || value.len() > LONGEST || !value.chars().all(plain) {
        return false;
    }
    // All ASCII from here on.
    value.match_indices('(').all(|(at, _)| {
        let before = value.part(..at);
        let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).map_or(0, |end| end + 1);
        FUNCTIONS.contains(&before.part(start..).to_ascii_lowercase().as_str())
    })
}

/// Splits at commas and semicolons that stand outside parentheses and behind no backslash.
fn split(raw: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut escaped) = (0, 0_usize, false);
    for (at, c) in raw.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 && !escaped => {
                parts.push(raw.part(start..at));
                start = at + 1;
            }
            _ => {}
        }
        escaped = c == '\\';
    }
    parts.push(raw.part(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(raw: &str) -> String {
        declarations(raw).iter().map(|d| format!("{}:{}", d.property, d.value)).collect::<Vec<_>>().join(";")
    }

    #[test]
    fn colours_and_strokes_stay() {
        assert_eq!(
            kept("fill:#E1F0FF, stroke : #1F6FEB,stroke-width:1px"),
            "fill:#E1F0FF;stroke:#1F6FEB;stroke-width:1px"
        );
        assert_eq!(kept("fill:rgb(1, 2, 3),stroke-dasharray: 5\\,5;"), "fill:rgb(1, 2, 3);stroke-dasharray:5,5");
    }

    #[test]
    fn whatever_loads_runs_or_moves_goes() {
        assert_eq!(kept("fill:url(https://example.org/x),stroke:red"), "stroke:red");
        assert_eq!(kept("color:expression(alert(1)),position:fixed,display:none,fill:a\"><script>"), "");
    }
}
