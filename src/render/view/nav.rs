//! `nav`: the navigation of one section.
//! In: the part of the site's tree that a section shows. Out: `NavView`.
//! Never knows: which page of the section it will stand on.

use std::borrow::Cow;

use serde::Serialize;

use crate::url::Href;

/// The navigation of one section: the way up, the siblings, and the top of the site. Rendered once for all pages
/// of a section that lie equally deep, since their relative addresses are the same.
///
/// No link is marked as the current one then. The renderer marks it afterwards, by writing ` aria-current="page"`
/// behind the `href="…"` of the page's own address: a template must write addresses as `href="{{ item.href }}"`.
#[derive(Clone, Debug, Serialize)]
pub struct NavView<'a> {
    /// In order. The part that is shown is one of them: named, since its tab may be out of sight.
    pub items: Vec<NavItem<'a>>,
}

/// A line of the navigation.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each answers one question that a template asks")]
pub struct NavItem<'a> {
    /// What it is.
    pub kind: NavKind,
    /// Its name; empty for a separator.
    pub title: Cow<'a, str>,
    /// Its page; `null` for names without one, and drafts.
    pub href: Option<Href>,
    /// Whether this very page is being rendered; `false` for all when the navigation serves a whole section.
    pub current: bool,
    /// Whether its children are shown at first: they hold the current page, or the section is small.
    pub open: bool,
    /// Whether it has pages below it that are not listed here, to keep the navigation small; its page lists them.
    pub more: bool,
    /// Whether a list starts with it: it is the first, or a line or a heading comes before it.
    pub starts_list: bool,
    /// Whether a list ends with it.
    pub ends_list: bool,
    /// What lies below it.
    pub children: Vec<Self>,
}

/// Kinds of lines in the navigation.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NavKind {
    /// A page, or a name with pages below it.
    #[default]
    Item,
    /// A heading over its children, else over the lines that follow. With an address and no children it is a
    /// part that is not shown here: a link to it.
    Part,
    /// A line between what comes before and after.
    Separator,
    /// A chapter that is planned but not written.
    Draft,
    /// Stands for many entries beside the current page that are not listed, to keep the navigation small: its name says
    /// how many, and it leads to a page that lists them, or to the nearest of them.
    LeftOut,
}
