//! `site`: what is the same on every page.
//! In: the configuration and the theme's assets. Out: `SiteView`.
//! Never knows: the page it stands on, but for how deep that lies.

use serde::Serialize;

use super::{FontsView, LinkView, SafeHtml};
use crate::theme::Accent;
use crate::url::Href;

/// `site`: what is the same on every page. Its addresses are relative, so there is one of it per folder depth;
/// on the page for unknown addresses, which answers anywhere, they start at the site's base path.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView<'a> {
    /// The book's title.
    pub title: &'a str,
    /// One sentence about the whole site.
    pub description: Option<&'a str>,
    /// A language tag for `<html lang>`: `en`.
    pub language: &'a str,
    /// For `<html dir>`.
    pub text_direction: TextDirectionView,
    /// From this page to the site's root, with a slash at its end: `../../`, or `./`.
    pub root: Href,
    /// The start page.
    pub home: Href,
    /// An image to stand beside the title in the header.
    pub logo: Option<Href>,
    /// The same as SVG, when it takes its colour from the text around it; `null` for all others.
    pub logo_drawing: Option<SafeHtml<'a>>,
    /// The icon for browser tabs.
    pub favicon: Option<Href>,
    /// The one colour all others are derived from; `null` for the theme's own.
    pub accent: Option<Accent>,
    /// What texts are set in; `null` for the theme's own.
    pub fonts: Option<FontsView<'a>>,
    /// Which colour scheme a first visit sees.
    pub color_scheme: ColorSchemeView,
    /// Style sheets in order: the theme's, then the site's own.
    pub styles: Vec<Href>,
    /// Scripts in order, all deferred: the theme's, then the site's own.
    pub scripts: Vec<Href>,
    /// Where to search; `null` when the site cannot be searched.
    pub search: Option<SearchView>,
    /// Where the sources live.
    pub repository: Option<RepositoryView<'a>>,
    /// Links for the header, as configured.
    pub links: Vec<LinkView<'a>>,
    /// Links for the footer that are drawn as icons.
    pub social: Vec<SocialLinkView<'a>>,
    /// The footer's own line, inline markup.
    pub footer: Option<SafeHtml<'a>>,
    /// A line above everything, inline markup.
    pub announcement: Option<SafeHtml<'a>>,
    /// Name and version of this program, for `<meta name="generator">`.
    pub generator: &'a str,
}

/// Where to search.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The page that lists all pages: where the search button leads while there is no script.
    pub href: Href,
    /// The directory of the index.
    pub index: Href,
    /// The style sheet of the search window, loaded when somebody is about to search.
    pub style: Href,
    /// Its script.
    pub script: Href,
}

/// Where a text runs.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextDirectionView {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// Which colour scheme a first visit sees; a reader's own choice goes before it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorSchemeView {
    /// What the reader's system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Where the sources live.
#[derive(Clone, Debug, Serialize)]
pub struct RepositoryView<'a> {
    /// Its web address.
    pub href: Href,
    /// `owner/name`, or the host.
    pub label: &'a str,
    /// The mark of whoever keeps it, as SVG.
    pub icon: SafeHtml<'a>,
}

/// A link that is drawn as an icon.
#[derive(Clone, Debug, Serialize)]
pub struct SocialLinkView<'a> {
    /// What it is called to those who cannot see it.
    pub title: &'a str,
    /// Where it leads.
    pub href: Href,
    /// Its icon as SVG; a chain link for names that no set knows.
    pub icon: SafeHtml<'a>,
}
