//! A map as templates see it, and where a page stands on one.
//! In: drawings with their addresses. Out: `MapView`, `HereView`.
//! Never knows: how a map is read or laid out.

use std::borrow::Cow;

use serde::Serialize;

use super::{LinkView, SafeHtml};
use crate::url::Href;

/// A map, drawn.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MapView<'a> {
    /// Its id on the page, without `#`.
    pub id: Cow<'a, str>,
    /// What the map is called: names the frame it scrolls in.
    pub title: Cow<'a, str>,
    /// A line below it, plain text.
    pub caption: Option<Cow<'a, str>>,
    /// The `<svg>`.
    pub svg: SafeHtml<'a>,
    /// How wide the drawing is at its natural size, in pixels.
    pub width: i32,
    /// The strip of lane titles, which stays in view while a wide map scrolls; `null` where the titles stand on top.
    pub titles: Option<TitleStrip>,
    /// The same steps as a list, for screens too small for the drawing; in the order of the table.
    pub steps: Vec<MapStep<'a>>,
    /// The id, without `#`, of the table on this page that says the same.
    pub table: Option<Cow<'a, str>>,
    /// The page of the map, where this is a copy or a part of it.
    pub home: Option<LinkView<'a>>,
    /// The same as a file of its own.
    pub file: Option<Href>,
}

/// The part of a drawing that holds the titles of lanes: from its left upper corner.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TitleStrip {
    /// In units of the drawing.
    pub width: i32,
    /// In units of the drawing.
    pub height: i32,
}

/// A step of a map.
#[derive(Clone, Debug, Serialize)]
pub struct MapStep<'a> {
    /// The first line of its label.
    pub title: Cow<'a, str>,
    /// Who does it.
    pub lane: Option<Cow<'a, str>>,
    /// The heading of its column.
    pub stage: Option<Cow<'a, str>>,
    /// What it opens.
    pub href: Option<Cow<'a, str>>,
}

/// Where a page stands on a map.
#[derive(Clone, Debug, Serialize)]
pub struct HereView<'a> {
    /// The map, on its own page.
    pub map: LinkView<'a>,
    /// The map without words, with the page's steps lit: an `<svg>`; `null` for maps too large to be shown so small.
    pub thumbnail: Option<SafeHtml<'a>>,
    /// The steps that open this page.
    pub steps: Vec<HereStep<'a>>,
    /// How many more steps open this page.
    pub more: usize,
}

/// A step that opens a page.
#[derive(Clone, Debug, Serialize)]
pub struct HereStep<'a> {
    /// Its title.
    pub title: Cow<'a, str>,
    /// Who does it.
    pub lane: Option<Cow<'a, str>>,
    /// The steps right before it.
    pub before: Vec<LinkView<'a>>,
    /// The steps right after it.
    pub after: Vec<LinkView<'a>>,
}
