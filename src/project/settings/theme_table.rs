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
            accent: keys.text("accent", "Colour of links and marks, as in CSS: `#3949ab`."),
            logo: keys.text("logo", "Image in the header."),
            favicon: keys.text("favicon", "Image for the browser's tab."),
            image: keys.text("image", "Image for previews of links to the site, where others show them."),
            fonts: keys.table("fonts", "What texts are set in."),
            announcement: keys.text("announcement", "A line at the top of every page, in Markdown."),
            footer: keys.text("footer", "A line at the foot of every page, in Markdown."),
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
            text: keys.required_text("text", "What readers see."),
            href: keys.required_text("href", "A page, as a path from the folder of the pages, or a web address."),
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
            icon: keys.required_text("icon", "Name of an icon: `github`."),
            href: keys.required_text("href", "A web address."),
            text: keys.text("text", "What the icon stands for, for those who do not see it. Default: the icon's name."),
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
            text: keys
                .text("text", "Family of texts, or several with commas between; the system's own stand behind them."),
            headings: keys.text("headings", "Family of headings. Default: that of texts."),
            code: keys.text("code", "Family of code."),
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
            family: keys.required_text("family", "Family that the file belongs to."),
            file: keys.required_text("file", "Font file: `.woff2`, `.woff`, `.ttf` or `.otf`."),
            weight: keys
                .text("weight", "Weight, `400`, or for a variable font the range it has, `100 900`. Default: `400`."),
            style: keys.choice("style", "Upright or italic. Default: `normal`."),
        }
    }
}
