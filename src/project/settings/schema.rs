//! What a TOML file may hold.
//! In: nothing. Out: the shapes of keys, for findings, for editors and for the reference.
//! Never knows: how a file is read.

use std::fmt;

/// A key that a table may have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableKey {
    /// As it is written.
    pub name: &'static str,
    /// What it means, in Markdown.
    pub meaning: &'static str,
    /// What may stand there.
    pub shape: ValueShape,
}

/// What may stand at a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ValueShape {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    Texts,
    /// A text, or a list of texts.
    TextOrTexts,
    /// One of these words.
    Choice(Vec<&'static str>),
    /// A table with these keys.
    Table(Vec<TableKey>),
    /// Any number of tables with these keys.
    Tables(Vec<TableKey>),
    /// A table from names of the user's choice to texts.
    NamedTexts,
    /// A table from names of the user's choice to texts or lists of them.
    NamedLists,
    /// A table from names of the user's choice to tables with these keys.
    NamedTables(Vec<TableKey>),
    /// A table from names of the user's choice to one of these words.
    NamedChoices(Vec<&'static str>),
    /// A key of mdBook's that means nothing here.
    Foreign,
}

/// A closed set of words that a key may have as its value.
pub trait Choice: Copy + 'static {
    /// The words and what each stands for.
    const WORDS: &'static [(&'static str, Self)];
}

impl fmt::Display for ValueShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a string",
            Self::Flag => "`true` or `false`",
            Self::Texts => "a list of strings",
            Self::TextOrTexts => "a string or a list of strings",
            Self::Choice(words) => return f.write_str(&one_of(words)),
            Self::Table(_)
            | Self::NamedTexts
            | Self::NamedLists
            | Self::NamedTables(_)
            | Self::NamedChoices(_)
            | Self::Foreign => "a table",
            Self::Tables(_) => "a list of tables",
        })
    }
}

/// The words of a choice, in their order.
#[must_use]
pub fn words<T: Choice>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The words as a sentence has them: `"a"`, `"b"` or `"c"`.
#[must_use]
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}
