//! `[templates]` of book.toml as written.
//! In: its keys. Out: `TemplatesTable`, every value with its place.
//! Never knows: front matter, pages.

use super::keys::{Keys, NamedValues, OptionalText, TableSchema};
use super::schema::Choice;
use crate::source::Located;

/// `[templates]`
#[derive(Clone, Debug, Default)]
pub struct TemplatesTable {
    /// `[templates.placeholders]`, in order of name
    pub placeholders: Vec<(Located<String>, Vec<Located<String>>)>,
    /// `[templates.schema]`, in order of key
    pub schema: NamedValues<SchemaKey>,
}

impl TableSchema for TemplatesTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            placeholders: keys.named_lists(
                "placeholders",
                "What to fill in for each partner: the words that stand for `{{ name }}` in templates. `[]` for none.",
            ),
            schema: keys.named_tables("schema", "What the front matter of templates must contain."),
        }
    }
}

/// `[templates.schema.KEY]`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SchemaKey {
    /// Whether every template must have the key.
    pub required: bool,
    /// The allowed values, or items of a list.
    pub values: Vec<Located<String>>,
    /// The type of the value.
    pub kind: Option<Located<SchemaType>>,
    /// What it means.
    pub description: OptionalText,
}

impl TableSchema for SchemaKey {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            required: keys.flag("required", false, "Whether every template must have the key."),
            values: keys.texts("values", "The allowed values; for a list, the allowed items."),
            kind: keys.optional_choice("type", "The type of the value."),
            description: keys.text("description", "What the key means. Shown when it is missing."),
        }
    }
}

/// The types of values in front matter.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum SchemaType {
    /// A string.
    Text,
    /// A list of strings.
    List,
    /// A number.
    Number,
    /// A date: `2026-05-31`.
    Date,
    /// `true` or `false`.
    Flag,
}

impl Choice for SchemaType {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("list", Self::List),
        ("number", Self::Number),
        ("date", Self::Date),
        ("flag", Self::Flag),
    ];
}
