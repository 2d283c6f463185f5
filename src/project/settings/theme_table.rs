//! `[theme]` in book.toml as written.

use super::choices::FontStyle;
use super::keys::{Keys, OptionalText, PathBase, PathKind, TableSchema, WrittenPath};
use super::schema::{StringKind, by_default};
use crate::source::Located;

/// `[theme]`
#[derive(Clone, Debug, Default)]
pub struct ThemeTable {
    /// A CSS colour.
    pub accent: OptionalText,
    /// An image.
    pub logo: Option<WrittenPath>,
    /// An image.
    pub favicon: Option<WrittenPath>,
    /// An image.
    pub image: Option<WrittenPath>,
    /// `[theme.fonts]`
    pub fonts: FontsTable,
    /// A line at the top of every page.
    pub announcement: OptionalText,
    /// A line at the bottom of every page.
    pub footer: OptionalText,
    /// What the link to the repository is called.
    pub repository_name: OptionalText,
    /// `[[theme.link]]`: in the header.
    pub links: Vec<Located<LinkTable>>,
    /// `[[theme.social]]`: in the footer.
    pub social: Vec<Located<SocialTable>>,
}

impl TableSchema for ThemeTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            accent: keys.string(
                StringKind::Colour,
                "accent",
                "The colour of links and highlights, as in CSS: `#3949ab`.",
            ),
            logo: keys.path(
                "logo",
                PathBase::Anywhere,
                PathKind::File,
                "The image in the header. A small SVG that uses `currentColor` has the colour of the text, in both light \
                and dark mode.",
            ),
            favicon: keys.path("favicon", PathBase::Anywhere, PathKind::File, "The icon for the browser tab."),
            image: keys.path(
                "image",
                PathBase::Anywhere,
                PathKind::File,
                by_default("the logo, unless it's an SVG", "The image for link previews on other sites."),
            ),
            // Markdown, which is compiled as a page is: its links are checked like all others.
            announcement: keys.text("announcement", "A line at the top of every page."),
            footer: keys.text("footer", by_default("the title", "A line at the bottom of every page.")),
            repository_name: keys.text(
                "repository-name",
                by_default("from its URL", "What the link to the repository in the header is called."),
            ),
            links: keys.tables(
                "link",
                "A link in the header, to a page (a path relative to the content folder) or to a URL.",
            ),
            social: keys.tables(
                "social",
                "A link in the footer, shown as an icon: the name of a service, such as `github`, `linkedin` or `mail`, or \
                any [icon](markdown.md#inline-markup).",
            ),
            fonts: keys.table(
                "fonts",
                by_default("system fonts", "Font families, each a name or several names separated by commas."),
            ),
        }
    }
}

/// `[[theme.link]]`
#[derive(Clone, Debug, Default)]
pub struct LinkTable {
    /// The text that readers see.
    pub text: OptionalText,
    /// A page, as a path relative to the content folder, or a URL.
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
    /// The name of an icon: `github`.
    pub icon: OptionalText,
    /// A URL.
    pub href: OptionalText,
    /// The name of the link for screen readers.
    pub text: OptionalText,
}

impl TableSchema for SocialTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            icon: keys.required_text("icon", "The name of an icon: `github`."),
            href: keys.required_text("href", "A URL."),
            text: keys.text("text", by_default("the icon's name", "The name of the link for screen readers.")),
        }
    }
}

/// `[theme.fonts]`
#[derive(Clone, Debug, Default)]
pub struct FontsTable {
    /// Font families for text.
    pub text: OptionalText,
    /// Font families for headings.
    pub headings: OptionalText,
    /// Font families for code.
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
            headings: keys.text("headings", by_default("the one for text", "The font family for headings.")),
            code: keys.text("code", "The font family for code."),
            files: keys.tables(
                "file",
                "A font that comes with the site. `weight` is `400`, or the range of a variable font, `100 900`; `style` is \
                `normal` or `italic`.",
            ),
        }
    }
}

/// `[[theme.fonts.file]]`
#[derive(Clone, Debug, Default)]
pub struct FontFileTable {
    /// The font family that the file belongs to.
    pub family: OptionalText,
    /// Its path.
    pub file: Option<WrittenPath>,
    /// A weight, or a range of weights.
    pub weight: OptionalText,
    /// Upright or italic.
    pub style: FontStyle,
}

impl TableSchema for FontFileTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            family: keys.required_text("family", "The font family that the file belongs to."),
            file: keys.required_file("file", "The font file: `.woff2`, `.woff`, `.ttf` or `.otf`."),
            weight: keys
                .text("weight", by_default("`400`", "The weight, `400`, or the range of a variable font, `100 900`.")),
            style: keys.choice("style", "Upright or italic."),
        }
    }
}
