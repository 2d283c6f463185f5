//! `page`: one page and everything around it that depends on it.

use std::borrow::Cow;

use serde::Serialize;

use super::{FillView, FlowView, HereView, LinkView, PlaybookView, PlaybooksView, PrintView, SafeHtml};
use crate::url::Href;

/// `page`: one page.
#[derive(Clone, Debug, Serialize)]
pub struct PageView<'a> {
    /// The type of the page; also the name of its template, without `.html`.
    pub kind: PageKind,
    /// The title as plain text, for `<title>` and everything outside the page.
    pub title: Cow<'a, str>,
    /// One sentence, for search engines and link previews.
    pub description: Option<Cow<'a, str>>,
    /// The page's full URL, if `site-url` is set.
    pub canonical: Option<Cow<'a, str>>,
    /// The base of the page's URLs, if it isn't the page itself: the 404 page is shown at any URL.
    pub base: Option<Cow<'a, str>>,
    /// The full URL of the image for link previews.
    pub image: Option<Cow<'a, str>>,
    /// The `h1`, which the theme renders; `null` if `content` has its own, as in a hero.
    pub heading: Option<HeadingView<'a>>,
    /// The content, without `heading`.
    pub content: SafeHtml<'a>,
    /// The headings below the `h1`, nested; empty if there are fewer than two.
    pub toc: Vec<TocEntry<'a>>,
    /// The path from the home page, without this page.
    pub breadcrumbs: Vec<LinkView<'a>>,
    /// The previous page in the navigation.
    pub previous: Option<LinkView<'a>>,
    /// The next page in the navigation.
    pub next: Option<LinkView<'a>>,
    /// The URL to edit this page.
    pub edit: Option<Href>,
    /// The page as Markdown, if it is published so.
    pub markdown: Option<Href>,
    /// When a commit last changed its source; `null` if git doesn't know.
    pub updated: Option<Day>,
    /// The parts to hide.
    pub hide: Vec<Hidden>,
    /// The navigation of this page's section, rendered from `partials/nav.html`; `null` if there is none.
    pub nav: Option<SafeHtml<'a>>,
    /// The parts of the site, if there are several.
    pub tabs: Vec<TabView<'a>>,
    /// Whether this page is a draft.
    pub draft: bool,
    /// Its tags, with a link if the tag has a page.
    pub tags: Vec<LinkView<'a>>,
    /// Facts from its front matter, in the order to show them.
    pub facts: Vec<Fact<'a>>,
    /// The playbooks that use this page as a template, by title.
    pub used_by: Vec<UsedBy<'a>>,
    /// The site's first map, for the start page.
    pub hero: Option<HereView<'a>>,
    /// Whether it shows a map with lanes, which needs the width of the outline as well.
    pub lanes: bool,
    /// Its position on the maps that open it.
    pub here: Vec<HereView<'a>>,
    /// The form that fills in this page, if it has placeholders.
    pub fill: Option<FillView<'a>>,
    /// The printable document that it belongs to, if there is one.
    pub print: Option<PrintView>,
    /// Parts of this page that are elsewhere now.
    pub moved: Vec<MovedPart<'a>>,
    /// The playbook, on pages of kind `playbook`.
    pub playbook: Option<PlaybookView<'a>>,
    /// All playbooks, on the page of kind `playbooks`.
    pub playbooks: Option<PlaybooksView<'a>>,
}

/// The types of pages. Each has a template with the same name.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// An ordinary page.
    #[default]
    Page,
    /// A landing page, without navigation and outline.
    Landing,
    /// A playbook.
    Playbook,
    /// The overview of all playbooks.
    Playbooks,
    /// A document to fill in: a page that playbooks use, or that has facts in its front matter.
    Template,
    /// The 404 page.
    NotFound,
}

impl PageKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Page, Self::Landing, Self::Playbook, Self::Playbooks, Self::Template, Self::NotFound];

    /// The name of its template.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Page => "page.html",
            Self::Landing => "landing.html",
            Self::Playbook => "playbook.html",
            Self::Playbooks => "playbooks.html",
            Self::Template => "template.html",
            Self::NotFound => "404.html",
        }
    }
}

/// A date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Day {
    /// For machines: `2026-05-02`.
    pub iso: String,
    /// For people: `2 May 2026`.
    pub text: String,
}

/// A page's `h1`.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView<'a> {
    /// The heading, as inline HTML.
    pub html: SafeHtml<'a>,
    /// Its anchor, without `#`.
    pub id: Option<Cow<'a, str>>,
}

/// An entry in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocEntry<'a> {
    /// Plain text.
    pub title: Cow<'a, str>,
    /// `#anchor`.
    pub href: Href,
    /// The headings below it.
    pub children: Vec<Self>,
}

/// A part that is elsewhere now.
#[derive(Clone, Debug, Serialize)]
pub struct MovedPart<'a> {
    /// Its anchor on this page, without `#`.
    pub id: &'a str,
    /// Where it is.
    pub href: &'a Href,
}

/// A part of the page to hide: `hide` in front matter. In a template: `{% if "toc" in page.hide %}`.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// The navigation next to the content.
    Navigation,
    /// The table of contents.
    Toc,
    /// The breadcrumbs.
    Path,
    /// The links to the previous and next page.
    Footer,
    /// The tags.
    Tags,
}

/// A part of the site.
#[derive(Clone, Debug, Serialize)]
pub struct TabView<'a> {
    /// Its name.
    pub title: Cow<'a, str>,
    /// Its first page.
    pub href: Href,
    /// Whether this page is in it.
    pub current: bool,
}

/// A fact from the front matter: `Difficulty: easy`.
#[derive(Clone, Debug, Serialize)]
pub struct Fact<'a> {
    /// The key as a label: `Time required`.
    pub label: Cow<'a, str>,
    /// One or more.
    pub values: Vec<FactValue<'a>>,
}

/// A value of a fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactValue<'a> {
    /// Plain text.
    pub text: Cow<'a, str>,
    /// A page about it, if there is one.
    pub href: Option<Href>,
}

/// A playbook that uses this page.
#[derive(Clone, Debug, Serialize)]
pub struct UsedBy<'a> {
    /// The playbook.
    pub playbook: LinkView<'a>,
    /// The number of the step, starting at 1.
    pub step: usize,
    /// The number of steps.
    pub step_count: usize,
    /// The step's name.
    pub step_name: Cow<'a, str>,
    /// The template of the previous step, or the step in the playbook if it has none.
    pub previous: Option<LinkView<'a>>,
    /// The template of the next step.
    pub next: Option<LinkView<'a>>,
    /// The playbook's strip, with this step marked as current.
    pub flow: FlowView<'a>,
}
