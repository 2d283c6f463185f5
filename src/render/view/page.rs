//! `page`: one page.
//! In: a compiled page and its place in the site. Out: `PageView`.
//! Never knows: other pages, but for the links to them.

use std::borrow::Cow;

use serde::Serialize;

use super::{FillView, FlowView, HereView, LinkView, PlaybookView, PlaybooksView, PrintView, SafeHtml};
use crate::url::Href;

/// `page`: one page.
#[derive(Clone, Debug, Serialize)]
pub struct PageView<'a> {
    /// Which kind of page; also the stem of its template.
    pub kind: PageKind,
    /// Plain text, for `<title>` and everything outside the page.
    pub title: Cow<'a, str>,
    /// One sentence, for search engines and previews.
    pub description: Option<Cow<'a, str>>,
    /// The page's full address, when the site's own is configured.
    pub canonical: Option<Cow<'a, str>>,
    /// Where the page's addresses are seen from, when that is not the page's own address: the page for addresses that
    /// are none is shown at all of them.
    pub base: Option<Cow<'a, str>>,
    /// Full address of an image for previews.
    pub image: Option<Cow<'a, str>>,
    /// The one `h1`, for the theme to write; `null` when `content` brings its own, as a hero does.
    pub heading: Option<HeadingView<'a>>,
    /// The text, without what is in `heading`.
    pub content: SafeHtml<'a>,
    /// Headings below the `h1`, nested; empty when there are fewer than two.
    pub toc: Vec<TocEntry<'a>>,
    /// The way from the start page to here, without this page.
    pub breadcrumbs: Vec<LinkView<'a>>,
    /// The page before this one in the navigation.
    pub previous: Option<LinkView<'a>>,
    /// The page after this one.
    pub next: Option<LinkView<'a>>,
    /// Where this page can be edited.
    pub edit: Option<Href>,
    /// When its source was last changed by a commit; `null` where git does not say.
    pub updated: Option<Day>,
    /// What the author wants left out.
    pub hide: Vec<Hidden>,
    /// The navigation of this page's section: `partials/nav.html`, rendered; `null` when there is none.
    pub nav: Option<SafeHtml<'a>>,
    /// The site's parts, when it has several.
    pub tabs: Vec<TabView<'a>>,
    /// Whether this page is not meant for the public yet.
    pub draft: bool,
    /// Words to find it by, linked where there is a page for them.
    pub tags: Vec<LinkView<'a>>,
    /// What its front matter says about it, in the order to be shown.
    pub facts: Vec<Fact<'a>>,
    /// The playbooks that use this page as a template, by title.
    pub used_by: Vec<UsedBy<'a>>,
    /// Where this page stands on the maps that open it.
    pub here: Vec<HereView<'a>>,
    /// The form that fills in this page, when its text has placeholders.
    pub fill: Option<FillView<'a>>,
    /// The document to print that it belongs to, when there are such documents.
    pub print: Option<PrintView>,
    /// The playbook, on pages of kind `playbook`.
    pub playbook: Option<PlaybookView<'a>>,
    /// All playbooks, on the page of kind `playbooks`.
    pub playbooks: Option<PlaybooksView<'a>>,
}

/// Kinds of pages; each has a template of its name.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// A text.
    #[default]
    Page,
    /// A page that hides navigation and outline: the start page with its hero.
    Landing,
    /// A playbook.
    Playbook,
    /// The overview of all playbooks.
    Playbooks,
    /// A document to be filled in: a text that playbooks use, or with facts in its front matter.
    Template,
    /// What answers where there is no page.
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

/// A day.
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
    /// Inline markup.
    pub html: SafeHtml<'a>,
    /// Its anchor, without `#`.
    pub id: Option<Cow<'a, str>>,
}

/// A line of the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocEntry<'a> {
    /// Plain text.
    pub title: Cow<'a, str>,
    /// `#anchor`.
    pub href: Href,
    /// Headings below it.
    pub children: Vec<Self>,
}

/// A part of the page that its author wants left out: `hide` in front matter. In a template:
/// `{% if "toc" in page.hide %}`.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// The navigation beside the text.
    Navigation,
    /// The table of contents.
    Toc,
    /// The breadcrumbs.
    Path,
    /// Previous and next.
    Footer,
    /// The words to find it by.
    Tags,
}

/// One of the site's parts.
#[derive(Clone, Debug, Serialize)]
pub struct TabView<'a> {
    /// Its name.
    pub title: Cow<'a, str>,
    /// Its first page.
    pub href: Href,
    /// Whether this page lies in it.
    pub current: bool,
}

/// Something the front matter says: `Difficulty: easy`.
#[derive(Clone, Debug, Serialize)]
pub struct Fact<'a> {
    /// The key, as people read it: `Time required`.
    pub label: Cow<'a, str>,
    /// One or more.
    pub values: Vec<FactValue<'a>>,
}

/// A value of a fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactValue<'a> {
    /// Plain text.
    pub text: Cow<'a, str>,
    /// A page about it, where there is one.
    pub href: Option<Href>,
}

/// A playbook that uses this page.
#[derive(Clone, Debug, Serialize)]
pub struct UsedBy<'a> {
    /// The playbook.
    pub playbook: LinkView<'a>,
    /// Which step this page is, from 1.
    pub step: usize,
    /// How many steps there are.
    pub step_count: usize,
    /// The step's name.
    pub step_name: Cow<'a, str>,
    /// The template of the step before; the step's place in the playbook where it has none.
    pub previous: Option<LinkView<'a>>,
    /// The template of the step after.
    pub next: Option<LinkView<'a>>,
    /// The playbook's strip, with this step marked.
    pub flow: FlowView<'a>,
}
