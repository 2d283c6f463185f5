//! The site's own fonts, as templates see them.

use super::view::{FontFileView, FontsView};
use crate::project::settings::config::{self, FontSettings, FontStyle};
use crate::site::Site;
use crate::url::SitePath;

/// The site's fonts, with addresses relative to a page; none if the theme's are used.
pub(super) fn view<'a>(site: &'a Site, from: &SitePath) -> Option<FontsView<'a>> {
    let fonts = &site.config.theme.fonts;
    if *fonts == FontSettings::default() {
        return None;
    }
    let names = |families: &'a [String]| families.iter().map(String::as_str).collect();
    let file = |font: &'a config::FontFile| {
        let is_text = fonts.text.contains(&font.family) || fonts.headings.contains(&font.family);
        Some(FontFileView {
            family: &font.family,
            href: site.asset_href(from, &font.file.value)?,
            format: match font.file.value.extension() {
                "ttf" => "truetype",
                "otf" => "opentype",
                other => other,
            },
            weight: &font.weight,
            style: match font.style {
                FontStyle::Normal => "normal",
                FontStyle::Italic => "italic",
            },
            // Preloaded, so that text does not jump when its font arrives; code is rarely at the top of a page.
            is_first: is_text,
        })
    };
    let files = fonts.files.iter().filter_map(file).collect();
    Some(FontsView { text: names(&fonts.text), headings: names(&fonts.headings), code: names(&fonts.code), files })
}
