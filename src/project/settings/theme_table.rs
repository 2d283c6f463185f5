//! `[theme]` of book.toml as written.
//! In: its keys. Out: `Theme`, every value with its place.
//! Never knows: themes.

use super::book_toml::OptionalText;
use super::choices::FontStyle;
use super::keys::{Keys, TableSchema};
use crate::source::Located;

/// `[theme]`
#[derive(Clone, Debug, Default)]
pub struct ThemeTable {
    /// A colour of CSS.
    pub accent: OptionalText,
    /// An image.
    pub logo: OptionalText,
    /// An image.
    pub favicon: OptionalText,
    /// An image.
    pub image: OptionalText,
    /// `[theme.fonts]`
    pub fonts: FontsTable,
    /// A line at the top of every page.
    pub announcement: OptionalText,
    /// A line at the foot of every page.
    pub footer: OptionalText,
    /// `[[theme.link]]`: in the header.
    pub links: Vec<Located<LinkTable>>,
    /// `[[theme.social]]`: in the footer.
    pub social: Vec<Located<SocialTable>>,
}

impl TableSchema for ThemeTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            accent: keys.text("accent", "The colour of links and highlights, as in CSS: `#3949ab`."),
            logo: keys.text("logo", "The image in the header."),
            favicon: keys.text("favicon", "The icon for the browser tab."),
            image: keys.text("image", "The image for link previews on other sites."),
            fonts: keys.table("fonts", "Fonts."),
            announcement: keys.text("announcement", "A line at the top of every page, in Markdown."),
            footer: keys.text("footer", "A line at the bottom of every page, in Markdown."),
            links: keys.tables("link", "Links in the header."),
            social: keys.tables("social", "Links in the footer, shown as icons."),
        }
    }
}

/// `[[theme.link]]`
#[derive(Clone, Debug, Default)]
pub struct LinkTable {
    /// What readers see.
    pub text: OptionalText,
    /// A page, as a path in the source folder, or a web address.
    pub href: OptionalText,
}

impl TableSchema for LinkTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            text: keys.required_text("text", "The text that readers see."),
            href: keys.required_text("href", "A page, as a path relative to the content folder, or a URL."),
        }
    }
}

/// `[[theme.social]]`
#[derive(Clone, Debug, Default)]
pub struct SocialTable {
    /// Name of an icon: `github`.
    pub icon: OptionalText,
    /// A web address.
    pub href: OptionalText,
    /// What the icon means, for those who do not see it.
    pub text: OptionalText,
}

impl TableSchema for SocialTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            icon: keys.required_text("icon", "The name of an icon: `github`."),
            href: keys.required_text("href", "A URL."),
            text: keys.text("text", "The name of the link for screen readers. Default: the icon's name."),
        }
    }
}

/// `[theme.fonts]`
#[derive(Clone, Debug, Default)]
pub struct FontsTable {
    /// Families for texts.
    pub text: OptionalText,
    /// Families for headings.
    pub headings: OptionalText,
    /// Families for code.
    pub code: OptionalText,
    /// `[[theme.fonts.file]]`
    pub files: Vec<Located<FontFileTable>>,
}

impl TableSchema for FontsTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            text: keys.text(
                "text",
                "The font family for text, or several separated by commas. The system fonts are the fallback.",
            ),
            headings: keys.text("headings", "The font family for headings. Default: the one for text."),
            code: keys.text("code", "The font family for code."),
            files: keys.tables("file", "Fonts that come with the site."),
        }
    }
}

/// `[[theme.fonts.file]]`
#[derive(Clone, Debug, Default)]
pub struct FontFileTable {
    /// The family it belongs to.
    pub family: OptionalText,
    /// Where it lies.
    pub file: OptionalText,
    /// A weight, or the lightest and the heaviest.
    pub weight: OptionalText,
    /// Upright or not.
    pub style: Option<Located<FontStyle>>,
}

impl TableSchema for FontFileTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            family: keys.required_text("family", "The font family that the file belongs to."),
            file: keys.required_text("file", "The font file: `.woff2`, `.woff`, `.ttf` or `.otf`."),
            weight: keys
                .text("weight", "The weight, `400`, or the range of a variable font, `100 900`. Default: `400`."),
            style: keys.choice("style", "Upright or italic. Default: `normal`."),
        }
    }
}
