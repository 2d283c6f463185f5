//! The header, the footer and the head around every page.

use super::publish::feed;
use super::settings_style;
use super::view::{
    ColorSchemeView, LinkView, RepositoryView, SafeHtml, ScriptView, SearchView, SiteView, SocialLinkView,
    TextDirectionView,
};
use crate::markdown::{self, Document};
use crate::project::Config;
use crate::project::settings::choices;
use crate::project::settings::config::{self, AssetPlace, HeaderLink, OwnAsset};
use crate::project::settings::repository::Repository;
use crate::site::Site;
use crate::theme::Theme;
use crate::url::{Href, SitePath};

/// What a page shows that takes more than the theme's own style.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum ExtraStyle {
    /// Text alone.
    Text,
    /// Maps, whole or small.
    Maps,
}

/// The site, with links relative to a page.
pub(super) fn view<'a>(site: &'a Site, theme: &Theme, from: &SitePath, shown: ExtraStyle) -> SiteView<'a> {
    let config = &*site.config;
    let settings = &config.theme;
    let asset = |path: &str| Href::between(from, &SitePath::new(path), None);
    // Most pages show no map and should not load what maps need: a first visit has a budget.
    let loaded = |always: &str, for_maps: &str| {
        let maps = (shown == ExtraStyle::Maps).then(|| asset(for_maps));
        std::iter::once(asset(always)).chain(maps)
    };
    let own = |asset: &OwnAsset| match &asset.place {
        AssetPlace::File(file) => site.asset_href(from, &file.value),
        AssetPlace::Web(address) => Href::as_written(address, &config.schemes),
    };
    let script =
        |asset: &OwnAsset| Some(ScriptView { href: own(asset)?, is_module: asset.is_module, is_async: asset.is_async });
    let built_in = |href: Href| ScriptView { href, is_module: false, is_async: false };
    let set = settings_style::style(site).map(|(address, _)| Href::between(from, &address, None));
    let root = SitePath::new("/");
    let favicon = settings.favicon.as_ref().and_then(|icon| site.asset_href(from, &icon.value));
    SiteView {
        title: &config.written.book.title,
        description: config.written.book.description.as_deref(),
        language: &config.written.book.language,
        text_direction: match config.text_direction {
            choices::TextDirection::LeftToRight => TextDirectionView::Ltr,
            choices::TextDirection::RightToLeft => TextDirectionView::Rtl,
        },
        root: Href::between(from, &root, None),
        home: Href::between(from, &site.home(), None),
        logo: settings.logo.as_ref().and_then(|logo| site.asset_href(from, &logo.value)),
        logo_drawing: site.logo_drawing().map(sized),
        favicon: Some(favicon.unwrap_or_else(|| asset(Theme::favicon()))),
        color_scheme: match config.written.html.default_theme {
            choices::ColorScheme::Auto => ColorSchemeView::Auto,
            choices::ColorScheme::Light => ColorSchemeView::Light,
            choices::ColorScheme::Dark => ColorSchemeView::Dark,
        },
        head_script: asset(&theme.head),
        first_fonts: settings_style::first_fonts(site, from),
        // The site's own files come last, so that they win over the theme's.
        styles: loaded(&theme.main.style, &theme.maps.style)
            .chain(set)
            .chain(settings.css.iter().filter_map(own))
            .collect(),
        scripts: loaded(&theme.main.script, &theme.maps.script)
            .map(built_in)
            .chain(settings.js.iter().filter_map(script))
            .collect(),
        search: site.all_pages().map(|id| SearchView {
            href: Href::between(from, &site.page(id).address, None),
            index: asset("search/index.js"),
            style: asset(&theme.search.style),
            script: asset(&theme.search.script),
        }),
        feed: feed::has_feed(site).then(|| asset(feed::FILE)),
        repository: config.repository.as_ref().and_then(|repository| view_of(repository, config)),
        links: links(site, from),
        social: social(site, from),
        footer: site.lines.footer.as_ref().map(|text| line(site, from, text)),
        announcement: site.lines.announcement.as_ref().map(|text| line(site, from, text)),
        generator: concat!("partner-docs ", env!("CARGO_PKG_VERSION")),
    }
}

/// A drawing with a size for pages without style sheets. If it has one already, the first of two equal attributes counts.
fn sized(svg: &str) -> SafeHtml<'static> {
    SafeHtml::new(svg.replacen("<svg", "<svg width=\"28\" height=\"28\"", 1))
}

fn links<'a>(site: &'a Site, from: &SitePath) -> Vec<LinkView<'a>> {
    let links = site.config.theme.links.iter();
    let seen = |link: &'a HeaderLink| {
        // A link that leads nowhere is left out; a rule reports it in book.toml.
        Some(LinkView::new(link.text.value.as_str(), site.settings_href(from, &link.href.value)?))
    };
    links.filter_map(seen).collect()
}

fn social<'a>(site: &'a Site, from: &SitePath) -> Vec<SocialLinkView<'a>> {
    let links = site.config.theme.social.iter();
    let seen = |link: &'a config::SocialLink| {
        let href = site.settings_href(from, &link.href.value)?;
        Some(SocialLinkView { title: &link.text, href, icon: icon(&link.icon.value, "material-link-variant") })
    };
    links.filter_map(seen).collect()
}

/// A line of the settings with its links relative to a page. A broken one stays as it was written.
fn line(site: &Site, from: &SitePath, document: &Document) -> SafeHtml<'static> {
    SafeHtml::new(super::content::with_addresses(site, document, super::content::EmptyPlaceholder::Written, |link| {
        let destination = &document.links.get(link)?.destination;
        super::content::or_as_written(site, site.settings_href(from, destination), destination)
    }))
}

/// `https://github.com/example/partners` reads `example/partners`.
fn view_of<'a>(repository: &'a Repository, config: &'a Config) -> Option<RepositoryView<'a>> {
    let without_scheme = repository.url.split_once("://").map_or(repository.url.as_str(), |(_, rest)| rest);
    let (host, path) = without_scheme.split_once('/').unwrap_or((without_scheme, ""));
    // By a part of the host, so that `gitlab.example.com` has GitLab's logo.
    let keeper = ["github", "gitlab", "bitbucket", "codeberg"].into_iter().find(|name| host.contains(name));
    let label = if path.is_empty() { host } else { path.trim_end_matches('/') };
    let label = config.written.theme.repository_name.as_ref().map_or(label, |name| name.value.as_str());
    Some(RepositoryView {
        href: Href::as_written(&repository.url, &config.schemes)?,
        label,
        icon: icon(keeper.unwrap_or("material-git"), "material-git"),
    })
}

/// An icon by its name, or another if there is none of this name.
fn icon(name: &str, otherwise: &str) -> SafeHtml<'static> {
    SafeHtml::new(markdown::mark(name).or_else(|| markdown::mark(otherwise)).unwrap_or_default())
}
