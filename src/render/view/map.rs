//! `map`: a workflow map; and `page.here`: the position of a page on maps.

use std::borrow::Cow;

use serde::Serialize;

use super::{LinkView, SafeHtml};
use crate::url::Href;

/// A map.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MapView<'a> {
    /// Its id on the page, without `#`.
    pub id: Cow<'a, str>,
    /// The title of the map, which also labels its scrolling frame.
    pub title: Cow<'a, str>,
    /// A caption, as plain text.
    pub caption: Option<Cow<'a, str>>,
    /// The `<svg>`.
    pub svg: SafeHtml<'a>,
    /// The natural width of the drawing, in pixels.
    pub width: i32,
    /// The strip of lane titles, which stays in view while a wide map scrolls; `null` if the titles are at the top.
    pub titles: Option<TitleStrip>,
    /// The same steps as a list, for small screens, in the order of the table.
    pub steps: Vec<MapStep<'a>>,
    /// The id, without `#`, of the table on this page with the same content.
    pub table: Option<Cow<'a, str>>,
    /// The map's own page, if this is a copy or a part of the map.
    pub home: Option<LinkView<'a>>,
    /// The map as a separate file.
    pub file: Option<Href>,
}

/// The part of a drawing with the lane titles, starting at the top left corner.
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
    /// The heading of its stage.
    pub stage: Option<Cow<'a, str>>,
    /// The target of its link.
    pub href: Option<Cow<'a, str>>,
}

/// A page's position on a map.
#[derive(Clone, Debug, Serialize)]
pub struct HereView<'a> {
    /// The map, on its own page.
    pub map: LinkView<'a>,
    /// A thumbnail of the map without text, with the page's steps highlighted, as `<svg>`; `null` for maps that are too
    /// large.
    pub thumbnail: Option<SafeHtml<'a>>,
    /// The steps that open this page.
    pub steps: Vec<HereStep<'a>>,
    /// The number of further steps that open this page.
    pub more: usize,
}

/// A step that opens a page.
#[derive(Clone, Debug, Serialize)]
pub struct HereStep<'a> {
    /// Its title.
    pub title: Cow<'a, str>,
    /// Who does it.
    pub lane: Option<Cow<'a, str>>,
    /// The steps directly before it.
    pub before: Vec<LinkView<'a>>,
    /// The steps directly after it.
    pub after: Vec<LinkView<'a>>,
}
