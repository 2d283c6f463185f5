//! `page.fill`: the form that fills in a template.

use serde::Serialize;

use super::SafeHtml;
use crate::url::Href;

/// The form that fills in a template.
#[derive(Clone, Debug, Serialize)]
pub struct FillView<'a> {
    /// The fields, in the order of the text.
    pub fields: Vec<FillField>,
    /// The Markdown as JSON, safe inside a `<script>`: strings, and `[name, placeholder words, 1 if in quotes]`.
    pub source: SafeHtml<'a>,
    /// Whether placeholders on the page are found by their words alone, without markup.
    pub by_words: bool,
    /// The file name of the downloaded document.
    pub file: String,
    /// The allowed schemes of filled-in URLs, separated by spaces: `http https mailto`.
    pub schemes: String,
    /// The form's style sheet.
    pub style: Href,
    /// Its script.
    pub script: Href,
}

/// A field of the form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FillField {
    /// The placeholder's name, also used in the `data-name` attribute of its occurrences.
    pub name: String,
    /// The label: `Partner name`.
    pub label: String,
    /// The text shown until it's filled in.
    pub written: String,
}
