//! The colours of drawings, and the page variables that replace them.
//!
//! The renderer computes with colours, so it cannot be told variables: it is told a colour of its own for each thing,
//! as the thing looks on light pages, and what it wrote is exchanged afterwards.

use merman::svg::ThemeRole;

/// What each thing is drawn in: the colour that the renderer is told, and the variable. No two colours are the same.
const ROLES: [(ThemeRole, &str, &str); 22] = [
    (ThemeRole::Canvas, "#fbfcfd", "background"),
    (ThemeRole::Surface, "#fefffe", "node"),
    (ThemeRole::SurfaceAlt, "#f4f7f6", "lane"),
    (ThemeRole::SurfaceMuted, "#e9efed", "lane-other"),
    (ThemeRole::Text, "#17201d", "ink"),
    (ThemeRole::SubtleText, "#525d5a", "muted"),
    (ThemeRole::Border, "#84a09b", "node-line"),
    (ThemeRole::Line, "#5d6d6a", "edge"),
    (ThemeRole::EdgeLabelBackground, "#fbfcfe", "background"),
    (ThemeRole::ClusterBackground, "#f5f7f6", "lane"),
    (ThemeRole::ClusterBorder, "#dbe1e0", "line"),
    (ThemeRole::NoteBackground, "#fdf6dc", "note"),
    (ThemeRole::NoteBorder, "#d3bf7b", "note-line"),
    (ThemeRole::NoteText, "#17201e", "ink"),
    (ThemeRole::ActorBackground, "#fdfffe", "node"),
    (ThemeRole::ActorBorder, "#84a09c", "node-line"),
    (ThemeRole::ActorText, "#17201f", "ink"),
    (ThemeRole::ActivationBackground, "#e8efed", "lane-other"),
    (ThemeRole::ActivationBorder, "#84a09d", "node-line"),
    (ThemeRole::Error, "#c8373d", "critical"),
    (ThemeRole::Warning, "#b5730e", "today"),
    (ThemeRole::Success, "#2c8a59", "done"),
];

/// Colours of what stands side by side, `series-1` and on: neighbours differ in hue, ink can be read on all.
const SERIES: [&str; 12] = [
    "#a9d9d0", "#f3c9a4", "#bdcdf3", "#f1bfd0", "#cfdd9f", "#d8c5ef", "#f0d58d", "#a6d7ea", "#f4c2b7", "#b4dfb1",
    "#e3c3e4", "#cbd3d9",
];

/// Colours that the renderer has of its own.
const OTHERS: [(&str, &str); 17] = [
    // What it makes of the colour of lines, for numbers that stand on them.
    ("#a29295", "background"),
    ("#999", "muted"),
    ("#eaeaea", "lane-other"),
    ("#e0e0e0", "lane-other"),
    ("lightgray", "line"),
    ("#000", "ink"),
    ("#000000", "ink"),
    ("#333", "ink"),
    ("#333333", "ink"),
    ("#666", "muted"),
    ("#fff", "background"),
    ("#ffffff", "background"),
    ("#efefef", "lane-other"),
    ("black", "ink"),
    ("white", "background"),
    ("lightgrey", "line"),
    ("grey", "muted"),
];

/// What the renderer is told for each role.
pub(super) fn roles() -> impl Iterator<Item = (ThemeRole, &'static str)> {
    ROLES.into_iter().map(|(role, told, _)| (role, told))
}

/// What it is told for things side by side.
pub(super) fn series() -> [&'static str; SERIES.len()] {
    SERIES
}

/// The variable that takes the place of a colour, with the colour for pages without it; `None` for a colour of the
/// author's.
pub(super) fn variable(colour: &str) -> Option<String> {
    let is = |told: &str| told.eq_ignore_ascii_case(colour);
    let role = ROLES.iter().find(|(_, told, _)| is(told)).map(|(_, _, name)| (*name).to_owned());
    let series = || Some(format!("series-{}", SERIES.iter().position(|told| is(told))? + 1));
    let other = || Some(OTHERS.iter().find(|(told, _)| is(told))?.1.to_owned());
    let name = role.or_else(series).or_else(other)?;
    Some(format!("var(--map-{name},{colour})"))
}
