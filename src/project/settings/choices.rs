//! The enumerations in book.toml, and the spelling of their members.

use super::schema::Choice;
use crate::html::RawHtmlPolicy;
use crate::url::SlugStyle;

/// The direction of the text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum TextDirection {
    /// As in English.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Choice for TextDirection {
    const WORDS: &'static [(&'static str, Self)] = &[("ltr", Self::LeftToRight), ("rtl", Self::RightToLeft)];
}

/// The style of page addresses.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum UrlStyle {
    /// `/recruit/`
    #[default]
    Directory,
    /// `/recruit.html`
    File,
}

impl Choice for UrlStyle {
    const WORDS: &'static [(&'static str, Self)] = &[("directory", Self::Directory), ("file", Self::File)];
}

impl Choice for SlugStyle {
    const WORDS: &'static [(&'static str, Self)] =
        &[("github", Self::Github), ("mkdocs", Self::Mkdocs), ("pymdownx", Self::Pymdownx)];
}

impl Choice for RawHtmlPolicy {
    const WORDS: &'static [(&'static str, Self)] =
        &[("allow", Self::Allow), ("sanitize", Self::Sanitize), ("escape", Self::Escape)];
}

/// The colour scheme until the reader chooses one.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum ColorScheme {
    /// The reader's system setting.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Choice for ColorScheme {
    // The names of mdBook's themes, by whether they are light or dark.
    const WORDS: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("light", Self::Light),
        ("dark", Self::Dark),
        ("rust", Self::Light),
        ("navy", Self::Dark),
        ("coal", Self::Dark),
        ("ayu", Self::Dark),
    ];
}

/// The severity of a rule in this project.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum SeverityLevel {
    /// Fails the build.
    Error,
    /// Reported without failing the build.
    Warn,
    /// Not checked.
    Off,
}

impl Choice for SeverityLevel {
    const WORDS: &'static [(&'static str, Self)] = &[("error", Self::Error), ("warn", Self::Warn), ("off", Self::Off)];
}

/// The style of a font.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum FontStyle {
    /// Upright.
    #[default]
    Normal,
    /// Italic.
    Italic,
}

impl Choice for FontStyle {
    const WORDS: &'static [(&'static str, Self)] = &[("normal", Self::Normal), ("italic", Self::Italic)];
}

/// Whether there are documents to print.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Print {
    /// In a site that is small enough for them to cost little.
    #[default]
    Small,
    /// In a site of any size.
    Always,
    /// In none.
    Never,
}

impl From<Option<bool>> for Print {
    /// What a switch means, where there is one.
    fn from(switch: Option<bool>) -> Self {
        match switch {
            None => Self::Small,
            Some(true) => Self::Always,
            Some(false) => Self::Never,
        }
    }
}
