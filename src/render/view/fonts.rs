//! `site.fonts`: the fonts that the site sets in place of the theme's.

use serde::Serialize;

use crate::url::Href;

/// The fonts that the site sets: names of font families, which contain no CSS syntax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FontsView<'a> {
    /// The font families for text; the theme's if empty.
    pub text: Vec<&'a str>,
    /// The font families for headings; those for text if empty.
    pub headings: Vec<&'a str>,
    /// The font families for code; the theme's if empty.
    pub code: Vec<&'a str>,
    /// Fonts that come with the site.
    pub files: Vec<FontFileView<'a>>,
}

/// A font that comes with the site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FontFileView<'a> {
    /// The family it belongs to.
    pub family: &'a str,
    /// The file.
    pub href: Href,
    /// `woff2`, `woff`, `truetype` or `opentype`.
    pub format: &'a str,
    /// `400`, or a range: `100 900`.
    pub weight: &'a str,
    /// `normal` or `italic`.
    pub style: &'a str,
    /// Whether every page needs it from the start: it belongs to the font for text or headings.
    pub is_first: bool,
}
