//! The style sheet that the settings make: the site's colour, and its fonts. A file, since a strict
//! Content-Security-Policy allows no style inside a page.

use std::fmt::Write as _;

use crate::project::settings::config::{FontFile, FontSettings, FontStyle};
use crate::site::Site;
use crate::source::stable_fingerprint;
use crate::theme::Accent;
use crate::url::{Href, SitePath};

/// Where it lies and what it says; none if the settings change nothing.
pub(super) fn style(site: &Site) -> Option<(SitePath, String)> {
    let css = accent(site) + &fonts(site);
    // A name that changes with the content, as those of the theme's style sheets.
    (!css.is_empty())
        .then(|| (SitePath::new(&format!("assets/settings.{:016x}.css", stable_fingerprint(css.as_bytes()))), css))
}

/// The site's colour, as the variables that all of the theme's are made from.
pub(super) fn accent(site: &Site) -> String {
    let written = site.config.written.theme.accent.as_ref();
    let set = |Accent { hue, chroma }| format!(":root{{--accent-hue:{hue};--accent-chroma:{chroma}}}\n");
    written.and_then(|accent| Accent::parse(&accent.value)).map(set).unwrap_or_default()
}

/// The fonts that come with the site, and what each is for. Settling has left only names that are safe in here.
fn fonts(site: &Site) -> String {
    let fonts = &site.config.theme.fonts;
    let mut css = String::new();
    if *fonts == FontSettings::default() {
        return css;
    }
    fonts.files.iter().filter_map(|font| face(site, font)).for_each(|face| css += &face);
    let set = [
        ("--font", &fonts.text, "var(--font-system)"),
        ("--font-headings", &fonts.headings, "var(--font-system)"),
        ("--font-code", &fonts.code, "var(--font-code-system)"),
    ];
    css += ":root{";
    for (variable, families, otherwise) in set {
        if !families.is_empty() {
            let families: String = families.iter().map(|family| format!("\"{family}\",")).collect();
            let _ = write!(css, "{variable}:{families}{otherwise};");
        }
    }
    css + "}\n"
}

/// The fonts of text and headings. They are loaded at once, so that text does not jump when its font arrives; code is
/// rarely at the top of a page.
pub(super) fn first_fonts(site: &Site, from: &SitePath) -> Vec<Href> {
    let fonts = &site.config.theme.fonts;
    let is_text = |font: &&FontFile| fonts.text.contains(&font.family) || fonts.headings.contains(&font.family);
    fonts.files.iter().filter(is_text).filter_map(|font| site.asset_href(from, &font.file.value)).collect()
}

fn face(site: &Site, font: &FontFile) -> Option<String> {
    // Relative to the style sheet and not to a page, so that one file serves them all.
    let href = site.asset_href(&SitePath::new("assets/settings.css"), &font.file.value)?;
    let format = match font.file.value.extension() {
        "ttf" => "truetype",
        "otf" => "opentype",
        other => other,
    };
    let style = match font.style {
        FontStyle::Normal => "normal",
        FontStyle::Italic => "italic",
    };
    let (family, weight, href) = (&font.family, &font.weight, href.as_str().replace('"', "%22"));
    Some(format!(
        "@font-face{{font-family:\"{family}\";src:url(\"{href}\") format(\"{format}\");font-weight:{weight};\
         font-style:{style};font-display:optional}}\n"
    ))
}
