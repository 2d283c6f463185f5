//! `site.fonts`: what texts are set in, where the site says so.
//! In: the configuration. Out: `FontsView`.
//! Never knows: the theme's own fonts.

use serde::Serialize;

use crate::url::Href;

/// What texts are set in, where the site says so: names of families, which hold no signs of style sheets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FontsView<'a> {
    /// Families of texts; none leaves them to the theme.
    pub text: Vec<&'a str>,
    /// Families of headings; none leaves them to that of texts.
    pub headings: Vec<&'a str>,
    /// Families of code; none leaves them to the theme.
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
    /// `400`, or from the lightest to the heaviest: `100 900`.
    pub weight: &'a str,
    /// `normal` or `italic`.
    pub style: &'a str,
    /// Whether every page begins with it: it is of the family of texts or headings.
    pub is_first: bool,
}
