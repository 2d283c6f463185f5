//! Material's colours, by name.

/// The names of Material's colours, and a colour for links that is like each, readable in light and dark mode.
const COLOURS: [(&str, &str); 21] = [
    ("red", "#d32f2f"),
    ("pink", "#d81b60"),
    ("purple", "#8e24aa"),
    ("deep-purple", "#5e35b1"),
    ("indigo", "#3949ab"),
    ("blue", "#1976d2"),
    ("light-blue", "#0277bd"),
    ("cyan", "#00838f"),
    ("teal", "#00796b"),
    ("green", "#2e7d32"),
    ("light-green", "#558b2f"),
    ("lime", "#827717"),
    ("yellow", "#a16207"),
    ("amber", "#b45309"),
    ("orange", "#c2560a"),
    ("deep-orange", "#d84315"),
    ("brown", "#6d4c41"),
    ("grey", "#616161"),
    ("gray", "#616161"),
    ("blue-grey", "#546e7a"),
    ("blue-gray", "#546e7a"),
];

/// A colour by Material's name. `None` for black, white, and colours of a style sheet.
pub(super) fn colour(name: &str) -> Option<&'static str> {
    let name = name.trim().replace(' ', "-").to_ascii_lowercase();
    COLOURS.iter().find(|(known, _)| *known == name).map(|(_, colour)| *colour)
}
