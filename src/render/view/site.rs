//! `site`: what is the same on every page, with addresses relative to the page's depth.

use serde::Serialize;

use super::{LinkView, SafeHtml};
use crate::url::Href;

/// `site`: everything that is the same on every page. Its URLs are relative, so there is one per folder depth. On the
/// 404 page, which can be shown at any URL, they start at the site's base path.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView<'a> {
    /// The title of the site.
    pub title: &'a str,
    /// One sentence about the whole site.
    pub description: Option<&'a str>,
    /// A language tag for `<html lang>`: `en`.
    pub language: &'a str,
    /// For `<html dir>`.
    pub text_direction: TextDirectionView,
    /// From this page to the site's root, with a trailing slash: `../../` or `./`.
    pub root: Href,
    /// The home page.
    pub home: Href,
    /// The image next to the title in the header.
    pub logo: Option<Href>,
    /// The logo as inline SVG, if it uses the colour of the text around it; otherwise `null`.
    pub logo_drawing: Option<SafeHtml<'a>>,
    /// The icon for the browser tab.
    pub favicon: Option<Href>,
    /// The colour scheme on a first visit.
    pub color_scheme: ColorSchemeView,
    /// The script that must run before the page is first drawn, so that its colours don't flash.
    pub head_script: Href,
    /// The font files for text and headings, to be loaded at once.
    pub first_fonts: Vec<Href>,
    /// The style sheets, in order: the theme's, that of the settings (the site's colour and fonts), the site's own.
    pub styles: Vec<Href>,
    /// The scripts, in order: the theme's, then the site's own.
    pub scripts: Vec<ScriptView>,
    /// The search; `null` if the site has none.
    pub search: Option<SearchView>,
    /// The feed of changes; `null` if the site has none.
    pub feed: Option<Href>,
    /// The repository of the sources.
    pub repository: Option<RepositoryView<'a>>,
    /// The links in the header, as configured.
    pub links: Vec<LinkView<'a>>,
    /// The links in the footer, shown as icons.
    pub social: Vec<SocialLinkView<'a>>,
    /// The line in the footer, as inline HTML.
    pub footer: Option<SafeHtml<'a>>,
    /// The line above everything else, as inline HTML.
    pub announcement: Option<SafeHtml<'a>>,
    /// The name and version of partner-docs, for `<meta name="generator">`.
    pub generator: &'a str,
}

/// The search.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The page that lists all pages, which the search button opens without JavaScript.
    pub href: Href,
    /// The index file.
    pub index: Href,
    /// The style sheet of the search dialog, loaded when it opens.
    pub style: Href,
    /// Its script.
    pub script: Href,
}

/// A text direction.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextDirectionView {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// The colour scheme on a first visit. The reader's own choice overrides it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorSchemeView {
    /// The reader's system setting.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A script. It waits for the page, unless it is `async`.
#[derive(Clone, Debug, Serialize)]
pub struct ScriptView {
    /// Its address.
    pub href: Href,
    /// Whether it is a module.
    pub is_module: bool,
    /// Whether it runs as soon as it is loaded.
    pub is_async: bool,
}

/// The repository of the sources.
#[derive(Clone, Debug, Serialize)]
pub struct RepositoryView<'a> {
    /// Its URL.
    pub href: Href,
    /// `owner/name`, or the host.
    pub label: &'a str,
    /// The logo of the host, as SVG.
    pub icon: SafeHtml<'a>,
}

/// A link shown as an icon.
#[derive(Clone, Debug, Serialize)]
pub struct SocialLinkView<'a> {
    /// Its name for screen readers.
    pub title: &'a str,
    /// The target.
    pub href: Href,
    /// The icon, as SVG; a link icon for unknown names.
    pub icon: SafeHtml<'a>,
}
