//! The promise of the tokens: whatever accent a site chooses, its texts stay legible.
//! In: the built-in `tokens.css`. Out: nothing; it is a test.
//! Never knows: where a token is used, but for the pairs listed here.

use std::collections::BTreeMap;

use super::builtin;

/// What is read on what, and the contrast WCAG 2.2 AA asks for: 4.5 for text, 3 for the edges of controls.
const PAIRS: &[(&str, &str, f64)] = &[
    ("text", "ground", 4.5),
    ("text", "sunken", 4.5),
    ("text-quiet", "ground", 4.5),
    ("text-quiet", "raised", 4.5),
    ("text-quiet", "sunken", 4.5),
    ("text-quiet", "accent-soft", 4.5),
    ("text-strong", "accent-soft", 4.5),
    ("accent", "ground", 4.5),
    ("accent", "raised", 4.5),
    ("accent", "sunken", 4.5),
    ("accent", "accent-soft", 4.5),
    ("accent-hover", "ground", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    ("line-firm", "ground", 3.0),
    ("line-firm", "raised", 3.0),
    ("map-ink", "map-node", 4.5),
    ("map-ink", "map-lane-other", 4.5),
    ("map-muted", "map-lane", 4.5),
    ("map-muted", "map-lane-other", 4.5),
    ("map-accent", "map-node", 4.5),
    ("map-node-line", "map-node", 3.0),
    ("map-edge", "map-lane", 3.0),
    ("map-edge", "map-lane-other", 3.0),
];

/// Light and dark, each as lightness and chroma; the hue is always the accent's.
type ColorToken = [(f64, f64); 2];

/// The tokens for an accent of this strength.
fn tokens(strength: f64) -> BTreeMap<&'static str, ColorToken> {
    let mut parts = builtin::STYLES.iter().flat_map(|layer| layer.parts);
    let (_, css) = parts.find(|(path, _)| *path == "css/tokens.css").unwrap();
    let mut tokens = BTreeMap::new();
    for line in css.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(": ")) else {
            continue;
        };
        if let Some(same) = value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(");")) {
            tokens.extend(tokens.get(same).copied().map(|token| (name, token)));
        } else if value.starts_with("light-dark(oklch") && !value.contains('/') {
            let colours: Vec<(f64, f64)> = value.split("oklch(").skip(1).map(|text| colour(text, strength)).collect();
            tokens.insert(name, [colours[0], colours[1]]);
        }
    }
    tokens
}

/// Reads `0.46 var(--c) var(--h)` and `0.46 calc(var(--c) * 0.5) var(--h)`.
fn colour(text: &str, strength: f64) -> (f64, f64) {
    let (lightness, rest) = text.split_once(' ').unwrap();
    let chroma = match rest.strip_prefix("calc(var(--c) * ") {
        Some(factor) => strength * factor.split_once(')').unwrap().0.parse::<f64>().unwrap(),
        None if rest.starts_with("var(--c)") => strength,
        None => rest.split([' ', ')']).next().unwrap().parse().unwrap(),
    };
    (lightness.parse().unwrap(), chroma)
}

/// Relative luminance of an OKLCH colour, its channels cut off at what a screen can show.
fn luminance(lightness: f64, chroma: f64, hue: f64) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let red = 4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short;
    let green = -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short;
    let blue = -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short;
    0.2126 * red.clamp(0.0, 1.0) + 0.7152 * green.clamp(0.0, 1.0) + 0.0722 * blue.clamp(0.0, 1.0)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The pairs that fall short in one scheme, at one hue.
fn illegible(tokens: &BTreeMap<&str, ColorToken>, scheme: usize, hue: f64) -> Vec<String> {
    let light = |token| {
        let (lightness, chroma) = tokens[token][scheme];
        luminance(lightness, chroma, hue)
    };
    let found = PAIRS.iter().map(|(text, ground, least)| (text, ground, least, contrast(light(text), light(ground))));
    found
        .filter(|(_, _, least, found)| found < least)
        .map(|(text, ground, _, found)| format!("{text} on {ground}, scheme {scheme}, hue {hue}: {found:.2}"))
        .collect()
}

#[test]
fn every_accent_leaves_every_text_legible() {
    for strength in [0.0, 0.05, 0.1, 0.17] {
        let tokens = tokens(strength);
        for hue in (0..360).step_by(3).map(f64::from) {
            let found = [illegible(&tokens, 0, hue), illegible(&tokens, 1, hue)].concat();
            assert_eq!(found, [] as [String; 0], "strength {strength}");
        }
    }
}
