//! `nav`: the navigation of one section, the same for each of its pages.

use std::borrow::Cow;

use serde::Serialize;

use crate::url::Href;

/// The navigation of a section: its ancestors, its siblings, and the top level of the site. It's rendered once for all
/// pages of a section at the same depth, since they have the same relative URLs, without marking a current link.
///
/// The renderer marks the link afterwards, by adding ` aria-current="page"` after the `href="…"` of the page's URL. A
/// template must therefore write URLs as `href="{{ item.href }}"`.
#[derive(Clone, Debug, Serialize)]
pub struct NavView<'a> {
    /// The entries, in order, including the name of the current part, since its tab may be out of view.
    pub items: Vec<NavItem<'a>>,
}

/// An entry in the navigation.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each answers one question that a template asks")]
pub struct NavItem<'a> {
    /// Its type.
    pub kind: NavKind,
    /// Its name; empty for a separator.
    pub title: Cow<'a, str>,
    /// Its page; `null` for names without one and for drafts.
    pub href: Option<Href>,
    /// Whether it's the page being rendered; always `false` if the navigation is rendered for a whole section.
    pub current: bool,
    /// Whether its children are shown initially: they contain the current page, or the section is small.
    pub open: bool,
    /// Whether it has child pages that aren't listed, to keep the navigation small; its page lists them.
    pub more: bool,
    /// Whether it starts a list: it's the first entry, or follows a separator or heading.
    pub starts_list: bool,
    /// Whether it ends a list.
    pub ends_list: bool,
    /// The entries below it.
    pub children: Vec<Self>,
}

/// The types of navigation entries.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NavKind {
    /// A page, or a name with pages below it.
    #[default]
    Item,
    /// A heading above its children, or above the entries that follow. With a URL and no children, it's a link to
    /// another part.
    Part,
    /// A separator.
    Separator,
    /// A draft: a page that isn't written yet.
    Draft,
    /// Replaces many siblings of the current page, to keep the navigation small. Its name gives their number, and it
    /// links to a page that lists them, or to the nearest one.
    LeftOut,
}
