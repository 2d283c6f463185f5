//! `document`: pages put together for print; and the link that leads to such a document.
//! In: the pages of a document, rendered. Out: `DocumentView`, `PrintView`.
//! Never knows: which pages belong together.

use std::borrow::Cow;

use serde::Serialize;

use super::{Day, SafeHtml, TocEntry};
use crate::url::Href;

/// A document to print: what `print.html` sees beside `site`.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView<'a> {
    /// What it holds.
    pub kind: DocumentKind,
    /// For the cover and `<title>`.
    pub title: Cow<'a, str>,
    /// One sentence.
    pub description: Option<Cow<'a, str>>,
    /// When its latest page was last changed by a commit; `null` where git does not say.
    pub updated: Option<Day>,
    /// What it was filled in with, where it is for one partner.
    pub values: Vec<ValueView<'a>>,
    /// Its chapters, and what is in them; addresses lead to places in the document.
    pub contents: Vec<TocEntry<'a>>,
    /// In order.
    pub chapters: Vec<ChapterView<'a>>,
    /// How many levels below those of their pages the chapters' headings are: 1, or 2 where there are parts.
    pub shift: u8,
    /// Where the same can be read on the site; `null` in a document that has left it.
    pub home: Option<Href>,
    /// The style sheets' text, for a document that has left the site.
    pub style: Option<SafeHtml<'a>>,
    /// The title as a CSS string, quotes included: for the margins of pages.
    pub running: String,
}

/// What a document holds.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// All that the navigation lists.
    Site,
    /// A part of the navigation.
    Section,
    /// A playbook, and the templates of its steps.
    Playbook,
    /// Templates that were filled in for a partner.
    Filled,
}

/// A page in a document.
#[derive(Clone, Debug, Serialize)]
pub struct ChapterView<'a> {
    /// Its id in the document; every id in it begins with that.
    pub id: String,
    /// The part that begins with it.
    pub part: Option<PartView<'a>>,
    /// `partials/chapter.html`, rendered: ids are the document's, and links between its chapters stay inside.
    pub content: SafeHtml<'a>,
}

/// A part of a document.
#[derive(Clone, Debug, Serialize)]
pub struct PartView<'a> {
    /// Its name.
    pub title: Cow<'a, str>,
    /// Its id in the document.
    pub id: String,
}

/// Something that was filled in.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView<'a> {
    /// The placeholder's name as people read it: `Partner name`.
    pub label: String,
    /// What stands in its place.
    pub value: Cow<'a, str>,
}

/// `page.print`: the document to print that a page belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PrintView {
    /// What it holds.
    pub kind: DocumentKind,
    /// Its address.
    pub href: Href,
}
