//! `page.fill`: the form that fills in a template.
//! In: what the template asks for, and its Markdown in parts. Out: `FillView`.
//! Never knows: what readers type.

use serde::Serialize;

use super::SafeHtml;
use crate::url::Href;

/// The form that fills in a template.
#[derive(Clone, Debug, Serialize)]
pub struct FillView<'a> {
    /// What is asked for, in the order of the text.
    pub fields: Vec<FillField>,
    /// The Markdown as JSON, safe inside a `<script>`: texts, and `[name, words until then, 1 in quotes]`.
    pub source: SafeHtml<'a>,
    /// Whether places in the page are known by their words alone, and have no mark of their own.
    pub by_words: bool,
    /// What the filled document is called when it is downloaded.
    pub file: String,
    /// The schemes that filled-in addresses may have, with blanks between: `http https mailto`.
    pub schemes: String,
    /// The form's own style sheet.
    pub style: Href,
    /// Its script.
    pub script: Href,
}

/// A field of the form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FillField {
    /// The placeholder's name: also in `data-name` of its places in the text.
    pub name: String,
    /// As people read it: `Partner name`.
    pub label: String,
    /// What stands in the text until it is filled in.
    pub written: String,
}
