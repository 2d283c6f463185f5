//! The schema of a TOML file, for findings, for editors and for the reference.

use std::fmt;

/// Stands among the keys of a table that may have any others.
pub const ANY: &str = "*";
/// The default of a key that a table cannot do without.
pub(super) const REQUIRED: &str = "required";

/// A key that a table can have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableKey {
    /// Its name.
    pub name: &'static str,
    /// Its meaning, in Markdown.
    pub meaning: &'static str,
    /// What holds without it, in Markdown; empty where nothing does.
    pub default: String,
    /// The type of its value.
    pub shape: ValueShape,
}

/// What a key means, and what holds without it where that takes more to know than the file.
#[derive(Copy, Clone, Debug)]
pub struct Meaning {
    pub(super) text: &'static str,
    pub(super) default: &'static str,
}

impl From<&'static str> for Meaning {
    fn from(text: &'static str) -> Self {
        Self { text, default: "" }
    }
}

/// A meaning with the default in words.
pub(super) const fn by_default(default: &'static str, text: &'static str) -> Meaning {
    Meaning { text, default }
}

/// What a string stands for. A value is held to it where it is used; here it is what readers are told.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum StringKind {
    /// Anything.
    Text,
    /// A file or folder.
    Path,
    /// Files, with wildcards.
    Pattern,
    /// A web address.
    Url,
    /// A colour of CSS.
    Colour,
}

/// The types of values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ValueShape {
    /// A string.
    Text(StringKind),
    /// `true` or `false`.
    Flag,
    /// A whole number above zero.
    Number,
    /// A list of strings.
    Texts(StringKind),
    /// A list of files and web addresses, each alone or in a table that says how it is loaded.
    Assets,
    /// A string, or a list of strings.
    TextOrTexts(StringKind),
    /// One of these values.
    Choice {
        /// The word for each value.
        words: Vec<&'static str>,
        /// Other words for some of them, which are understood.
        aliases: Vec<&'static str>,
    },
    /// A table with these keys.
    Table(Vec<TableKey>),
    /// Any number of tables with these keys.
    Tables(Vec<TableKey>),
    /// A table from names of the user's choice to strings.
    NamedTexts,
    /// A table from names of the user's choice to strings or lists of them.
    NamedLists,
    /// A table from user-defined names to tables with these keys.
    NamedTables(Vec<TableKey>),
    /// A table from names of the user's choice to one of these words, with keys of its own beside them.
    NamedChoices {
        /// The words.
        words: Vec<&'static str>,
        /// The other keys.
        keys: Vec<TableKey>,
    },
    /// A key of mdBook's that has no effect here.
    Foreign,
}

impl ValueShape {
    /// Whether nothing in it has an effect here: a key of mdBook's, or a table of nothing else.
    pub(super) fn is_foreign(&self) -> bool {
        match self {
            Self::Foreign => true,
            Self::Table(keys) => !keys.is_empty() && keys.iter().all(|key| key.shape.is_foreign()),
            _ => false,
        }
    }
}

/// An enumeration of the values that a key can have.
pub trait Choice: Copy + PartialEq + 'static {
    /// The words and what each stands for. Of several for one value, the first is the one that the reference shows.
    const WORDS: &'static [(&'static str, Self)];
}

impl fmt::Display for ValueShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "a string",
            Self::Flag => "`true` or `false`",
            Self::Number => "a positive integer",
            Self::Texts(_) | Self::Assets => "a list of strings",
            Self::TextOrTexts(_) => "a string or a list of strings",
            Self::Choice { words, aliases } => return f.write_str(&one_of(&[&words[..], aliases].concat())),
            Self::Table(_)
            | Self::NamedTexts
            | Self::NamedLists
            | Self::NamedTables(_)
            | Self::NamedChoices { .. }
            | Self::Foreign => "a table",
            Self::Tables(_) => "a list of tables",
        })
    }
}

/// The shape of a key that has a word of `T`.
pub(super) fn choice<T: Choice>() -> ValueShape {
    // The reference shows one word for each value; mdBook's names for themes are only understood.
    let (words, aliases) = T::WORDS.iter().partition(|(name, value)| word(*value) == *name);
    let names = |words: Vec<&(&'static str, T)>| words.into_iter().map(|(word, _)| *word).collect();
    ValueShape::Choice { words: names(words), aliases: names(aliases) }
}

/// The word for a value.
pub(super) fn word<T: Choice>(value: T) -> &'static str {
    T::WORDS.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}

/// The values of an enumeration, in order.
#[must_use]
pub fn words<T: Choice>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The values as a phrase: `"a"`, `"b"` or `"c"`.
#[must_use]
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}
