//! `document`: pages assembled for print; and `page.print`: the link to such a document.

use std::borrow::Cow;

use serde::Serialize;

use super::{Day, SafeHtml, TocEntry};
use crate::url::Href;

/// A printable document: `document` in `print.html`.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView<'a> {
    /// Its type.
    pub kind: DocumentKind,
    /// The title, for the cover and `<title>`.
    pub title: Cow<'a, str>,
    /// One sentence.
    pub description: Option<Cow<'a, str>>,
    /// When a commit last changed one of its pages; `null` if git doesn't know.
    pub updated: Option<Day>,
    /// The values it was filled in with, if it's for one partner.
    pub values: Vec<ValueView<'a>>,
    /// Its chapters and their headings; URLs point to anchors in the document.
    pub contents: Vec<TocEntry<'a>>,
    /// The steps, in order.
    pub chapters: Vec<ChapterView<'a>>,
    /// By how many levels the chapters' headings are lowered: 1, or 2 if there are parts.
    pub shift: u8,
    /// The same content on the site; `null` in a standalone document.
    pub home: Option<Href>,
    /// The inlined style sheets of a standalone document.
    pub style: Option<SafeHtml<'a>>,
}

/// The types of documents.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// All pages in the navigation.
    Site,
    /// A part of the navigation.
    Section,
    /// A playbook with the templates of its steps.
    Playbook,
    /// Templates filled in for a partner.
    Filled,
}

/// A page in a document.
#[derive(Clone, Debug, Serialize)]
pub struct ChapterView<'a> {
    /// Its id in the document, and the prefix of every id in it.
    pub id: String,
    /// The part that starts with it.
    pub part: Option<PartView<'a>>,
    /// The chapter, rendered from `partials/chapter.html`. Its ids are unique in the document, and links between
    /// chapters stay inside it.
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

/// A value that was filled in.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView<'a> {
    /// The placeholder's label: `Partner name`.
    pub label: String,
    /// The value.
    pub value: Cow<'a, str>,
}

/// `page.print`: the printable document that a page belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PrintView {
    /// Its type.
    pub kind: DocumentKind,
    /// Its URL.
    pub href: Href,
}
