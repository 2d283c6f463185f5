//! Makes the `PageView` of a page: title, heading, table of contents, facts and links to neighbours.

use std::borrow::Cow;

use super::view::{FillView, HeadingView, Hidden, MovedPart, PageKind, PageView, PrintView, SafeHtml, TocEntry};
use super::{facts, here, map, nav, playbook, tags, updated};
use crate::html::escaped;
use crate::page::front_matter::LayoutPart;
use crate::page::{FrontMatter, Page};
use crate::site::{PageContent, PageId, Site, SitePage};
use crate::source::{Located, Part as _};
use crate::url::{Href, SitePath};

/// What is made for a page before its view: its content and the navigation next to it.
pub(super) struct PreparedPage {
    /// The page's HTML.
    pub(super) content: String,
    /// The navigation, when the page shows one.
    pub(super) nav: Option<String>,
    /// The form that fills it in, when it is a template with placeholders.
    pub(super) fill: Option<FillView<'static>>,
    /// The document that it is printed with.
    pub(super) print: Option<PrintView>,
}

/// The view of a page.
pub(super) fn view(site: &Site, id: PageId, mut prepared: PreparedPage) -> PageView<'_> {
    let entry = site.page(id);
    let kind = kind(site, id);
    // Before the content goes into the view: the heading is cut out of it.
    let heading = lift_heading(entry, kind, &mut prepared.content);
    let written = entry.markdown();
    let front = written.map(|page| &page.front);
    let (previous, next) = site.nav.neighbours(id);
    let neighbour = |page: Option<PageId>| page.map(|page| nav::link(site, id, page, &site.page(page).title));
    let generated = match entry.content {
        PageContent::Playbook(playbook) => Some(playbook),
        PageContent::Markdown(_)
        | PageContent::Playbooks
        | PageContent::Tags
        | PageContent::Tag(_)
        | PageContent::AllPages
        | PageContent::NotFound => None,
    };
    let playbook_view = generated.map(|playbook| playbook::view(site, id, playbook));
    PageView {
        kind,
        title: written.and_then(|page| page.document.title.as_deref()).unwrap_or(&entry.title).into(),
        description: description(site, id),
        canonical: canonical(site, &entry.address),
        base: base(site, kind),
        image: image(site),
        heading,
        content: SafeHtml::new(prepared.content),
        toc: toc(site, id),
        breadcrumbs: nav::breadcrumbs(site, id),
        previous: neighbour(previous),
        next: neighbour(next),
        edit: edit(site, id),
        markdown: site.markdown_file(id).map(|file| Href::between(&entry.address, &file, None)),
        updated: entry
            .source
            .as_ref()
            .and_then(|source| site.changed.get(source))
            .map(|seconds| updated::day(*seconds)),
        hide: front.map(hidden).unwrap_or_default(),
        nav: prepared.nav.map(SafeHtml::new),
        tabs: nav::tabs(site, id),
        draft: front.is_some_and(|front| front.draft),
        tags: front.map(|front| tags::links(site, id, &front.tags)).unwrap_or_default(),
        facts: front.map(facts::of).unwrap_or_default(),
        used_by: playbook::used_by(site, id),
        hero: (kind == PageKind::Landing).then(|| here::first_map(site, id)).flatten(),
        lanes: map::has_lanes(site, id),
        here: here::view(site, id),
        fill: prepared.fill,
        print: prepared.print,
        moved: site
            .moved_parts(&entry.address)
            .map(|(part, redirect)| MovedPart { id: part.as_str(), href: &redirect.href })
            .collect(),
        playbook: playbook_view,
        playbooks: matches!(entry.content, PageContent::Playbooks).then(|| playbook::overview(site, id)),
    }
}

fn kind(site: &Site, id: PageId) -> PageKind {
    let entry = site.page(id);
    match &entry.content {
        PageContent::Playbook(_) => PageKind::Playbook,
        PageContent::Playbooks => PageKind::Playbooks,
        PageContent::NotFound => PageKind::NotFound,
        // An author's own 404 page: web servers show it at any address, so it needs the same base.
        PageContent::Markdown(_) if entry.address.as_str() == "/404.html" => PageKind::NotFound,
        PageContent::Markdown(page) if is_landing(page) => PageKind::Landing,
        PageContent::Markdown(_) if site.is_template(id) => PageKind::Template,
        PageContent::Markdown(_) | PageContent::Tags | PageContent::Tag(_) | PageContent::AllPages => PageKind::Page,
    }
}

/// A page that says so, or one that opens with a hero, as sites written for other tools do.
fn is_landing(page: &Page) -> bool {
    let says_so = page.front.layout.as_ref().is_some_and(|layout| layout.value == "landing");
    says_so || page.document.elements.first().is_some_and(|element| element.classes.iter().any(|class| class == "hero"))
}

pub(super) fn description(site: &Site, id: PageId) -> Option<Cow<'_, str>> {
    match &site.page(id).content {
        PageContent::Markdown(page) => page.front.description.as_ref().map(|text| site.filled(page, &text.value)),
        PageContent::Playbook(id) => playbook::description(site, site.playbook(*id)),
        PageContent::Playbooks
        | PageContent::Tags
        | PageContent::Tag(_)
        | PageContent::AllPages
        | PageContent::NotFound => None,
    }
}

pub(super) fn canonical<'a>(site: &Site, address: &SitePath) -> Option<Cow<'a, str>> {
    let base = site.config.site_url.as_deref()?;
    Some(format!("{}{}", base.trim_end_matches('/'), address.encoded()).into())
}

/// The image for previews of links, or else the logo. Services that show previews don't draw SVG.
fn image(site: &Site) -> Option<Cow<'_, str>> {
    let base = site.config.site_url.as_deref()?;
    let theme = &site.config.theme;
    let image = [&theme.image, &theme.logo].into_iter().flatten().find(|image| image.value.extension() != "svg")?;
    let root = SitePath::new("/");
    // Previews are made by other sites, which need the full address.
    let href = site.asset_href(&root, &image.value)?;
    Some(format!("{}/{href}", base.trim_end_matches('/')).into())
}

/// A web server shows this page at whatever address was asked for, so its links can't be relative to that.
fn base(site: &Site, kind: PageKind) -> Option<Cow<'_, str>> {
    let url = site.config.site_url.as_deref().filter(|_| kind == PageKind::NotFound)?;
    let path = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("/", |at| rest.part(at..)));
    Some(path.into())
}

/// Takes the page's own first-level heading out of its content, so that the template can put it at the top, before
/// what it says about the page. Without one, the title is the heading. A landing page keeps its heading in its hero.
fn lift_heading<'a>(entry: &'a SitePage, kind: PageKind, content: &mut String) -> Option<HeadingView<'a>> {
    let own = entry.markdown().and_then(|page| page.document.headings.iter().find(|heading| heading.level == 1));
    let Some(own) = own else {
        return Some(HeadingView { html: SafeHtml::new(escaped(&entry.title)), id: None });
    };
    if kind == PageKind::Landing {
        return None;
    }
    // By its id: a raw `<h1>` above may not be the heading that the page was compiled with.
    let start = content.find(&format!("<h1 id=\"{}\"", escaped(own.id.as_str())))?;
    let end = start + content.part(start..).find("</h1>")?;
    let inside = start + content.part(start..end).find('>')? + 1;
    // The link to itself is the template's to write.
    let text_end = content.part(inside..end).rfind(" <a class=\"anchor\"").map_or(end, |at| inside + at);
    let html = content.part(inside..text_end).to_owned();
    content.replace_range(start..end + "</h1>".len(), "");
    Some(HeadingView { html: SafeHtml::new(html), id: Some(own.id.as_str().into()) })
}

/// Headings of the second and third level, nested.
fn toc(site: &Site, id: PageId) -> Vec<TocEntry<'_>> {
    let Some(page) = site.page(id).markdown() else { return Vec::new() };
    let address = &site.page(id).address;
    let mut toc: Vec<TocEntry<'_>> = Vec::new();
    for heading in page.document.headings.iter().filter(|heading| matches!(heading.level, 2 | 3)) {
        let entry = TocEntry {
            title: site.filled(page, &heading.text),
            href: Href::between(address, address, Some(&heading.id)),
            children: Vec::new(),
        };
        // A third-level heading before the first second-level one is listed rather than lost.
        match toc.last_mut().filter(|_| heading.level == 3) {
            Some(parent) => parent.children.push(entry),
            None => toc.push(entry),
        }
    }
    toc
}

fn edit(site: &Site, id: PageId) -> Option<Href> {
    let source = site.page(id).source.as_ref()?;
    Href::as_written(&site.config.edit_url(source)?, &site.config.schemes)
}

fn hidden(front: &FrontMatter) -> Vec<Hidden> {
    let part = |part: &Located<LayoutPart>| match part.value {
        LayoutPart::Navigation => Some(Hidden::Navigation),
        LayoutPart::Toc => Some(Hidden::Toc),
        LayoutPart::Path => Some(Hidden::Path),
        LayoutPart::Footer => Some(Hidden::Footer),
        LayoutPart::Tags => Some(Hidden::Tags),
        // Material for MkDocs asks readers for feedback here; this theme does not, so there is nothing to hide.
        LayoutPart::Feedback => None,
    };
    front.hide.iter().filter_map(part).collect()
}
