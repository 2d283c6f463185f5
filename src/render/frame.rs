//! What is around every page: the header, the footer, the head.
//! In: the project's settings and the theme. Out: a `SiteView` seen from one address.
//! Never knows: what is on the page.

use super::view::{ColorScheme, Html, LinkView, RepositoryView, SearchView, SiteView, SocialLink, TextDirection};
use crate::markdown::Document;
use crate::project::choices;
use crate::project::repository::Repository;
use crate::site::Site;
use crate::text::{Located, SourcePath};
use crate::theme::{Accent, Theme};
use crate::url::{Href, SitePath};

/// What a page shows that takes more than the theme's own style.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// Text alone.
    Text,
    /// Maps, whole or small.
    Maps,
}

/// The site, seen from a page.
pub(super) fn view<'a>(site: &'a Site, theme: &Theme, from: &SitePath, shown: Shown) -> SiteView<'a> {
    let config = &*site.config;
    let settings = &config.theme;
    let asset = |path: &str| Href::between(from, &SitePath::new(path), None);
    let loaded = |always: &str, for_maps: &str| {
        let maps = (shown == Shown::Maps).then(|| asset(for_maps));
        std::iter::once(asset(always)).chain(maps)
    };
    let own = |files: &[Located<SourcePath>]| -> Vec<Href> {
        files.iter().filter_map(|file| site.asset_href(from, &file.value)).collect()
    };
    let root = SitePath::new("/");
    let favicon = settings.favicon.as_ref().and_then(|icon| site.asset_href(from, &icon.value));
    SiteView {
        title: &config.title,
        description: config.description.as_deref(),
        language: &config.language,
        text_direction: match config.text_direction {
            choices::TextDirection::LeftToRight => TextDirection::Ltr,
            choices::TextDirection::RightToLeft => TextDirection::Rtl,
        },
        root: Href::between(from, &root, None),
        home: Href::between(from, &root, None),
        logo: settings.logo.as_ref().and_then(|logo| site.asset_href(from, &logo.value)),
        favicon: Some(favicon.unwrap_or_else(|| asset(Theme::favicon()))),
        accent: settings.accent.as_ref().and_then(|accent| Accent::parse(&accent.value)),
        color_scheme: match settings.scheme {
            choices::ColorScheme::Auto => ColorScheme::Auto,
            choices::ColorScheme::Light => ColorScheme::Light,
            choices::ColorScheme::Dark => ColorScheme::Dark,
        },
        styles: loaded(&theme.main.style, &theme.maps.style).chain(own(&settings.css)).collect(),
        scripts: loaded(&theme.main.script, &theme.maps.script).chain(own(&settings.js)).collect(),
        search: site.all_pages().map(|id| SearchView {
            href: Href::between(from, &site.page(id).address, None),
            index: asset("search/index.js"),
            style: asset(&theme.search.style),
            script: asset(&theme.search.script),
        }),
        repository: config.repository.as_ref().map(repository),
        links: settings
            .links
            .iter()
            .filter_map(|link| {
                Some(LinkView::new(link.text.value.as_str(), site.settings_href(from, &link.href.value)?))
            })
            .collect(),
        social: settings
            .social
            .iter()
            .map(|social| SocialLink {
                title: &social.text,
                href: Href::external(&social.href.value),
                icon: &social.icon.value,
            })
            .collect(),
        footer: site.lines.footer.as_ref().map(|text| line(site, from, text)),
        announcement: site.lines.announcement.as_ref().map(|text| line(site, from, text)),
        generator: concat!("partner-docs ", env!("CARGO_PKG_VERSION")),
    }
}

/// A line of the settings with its addresses seen from a page. One that leads nowhere stays as it was written.
fn line(site: &Site, from: &SitePath, document: &Document) -> Html<'static> {
    Html::new(super::content::with_addresses(site, document, |link| {
        let destination = &document.links[link].destination;
        site.settings_href(from, destination).map_or_else(|| destination.clone(), |href| href.to_string())
    }))
}

/// `https://github.com/example/partners` reads `example/partners`.
fn repository(repository: &Repository) -> RepositoryView<'_> {
    let without_scheme = repository.url.split_once("://").map_or(repository.url.as_str(), |(_, rest)| rest);
    let (host, path) = without_scheme.split_once('/').unwrap_or((without_scheme, ""));
    let icon = ["github", "gitlab", "bitbucket"].into_iter().find(|name| host.contains(name)).unwrap_or("git");
    RepositoryView { href: Href::external(&repository.url), label: if path.is_empty() { host } else { path }, icon }
}
