//! The closed sets of words in book.toml.
//! In: nothing. Out: an enum for each, and how its members are written.
//! Never knows: which keys have them.

use super::schema::Choice;
use crate::url::SlugStyle;

/// Which way texts run.
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

/// What addresses of pages look like.
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

/// Colours until the reader chooses.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum ColorScheme {
    /// As the reader's system is.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Choice for ColorScheme {
    // The names of mdBook's themes, by what they are.
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

/// How much a rule matters in this project.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum SeverityLevel {
    /// Fails a build.
    Error,
    /// Shown, and let pass.
    Warn,
    /// Not looked at.
    Off,
}

impl Choice for SeverityLevel {
    const WORDS: &'static [(&'static str, Self)] = &[("error", Self::Error), ("warn", Self::Warn), ("off", Self::Off)];
}

/// How the letters of a font stand.
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
