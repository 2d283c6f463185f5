//! Writes book.toml, table by table.

use std::fmt::Write as _;

/// A value of book.toml.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum BookValue {
    Text(String),
    Flag(bool),
    List(Vec<BookValue>),
    /// `{ key = value }`, on one line.
    Inline(Vec<(String, BookValue)>),
}

impl From<&str> for BookValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for BookValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The tables of book.toml, in the order in which they are written.
const TABLES: [&str; 15] = [
    "book",
    "build",
    "nav",
    "output.html",
    "output.html.redirect",
    "output.html.search",
    "output.html.print",
    "markdown",
    "theme",
    "theme.fonts",
    "theme.social",
    "variables",
    "check",
    "check.external",
    "check.links",
];

/// A book.toml that grows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct BookDraft {
    /// Tables with their keys, in the order in which they were set.
    tables: Vec<(&'static str, Vec<(String, BookValue)>)>,
    /// Tables that are there several times: `[[theme.social]]`.
    repeated: Vec<(&'static str, Vec<(String, BookValue)>)>,
}

impl BookDraft {
    /// Sets a key. The last value counts.
    pub(super) fn set(&mut self, table: &'static str, key: &str, value: impl Into<BookValue>) {
        let value = value.into();
        if !self.tables.iter().any(|(name, _)| *name == table) {
            self.tables.push((table, Vec::new()));
        }
        let Some((_, keys)) = self.tables.iter_mut().find(|(name, _)| *name == table) else { return };
        keys.retain(|(name, _)| name != key);
        keys.push((key.to_owned(), value));
    }

    /// Adds one table of several.
    pub(super) fn push(&mut self, table: &'static str, keys: Vec<(String, BookValue)>) {
        self.repeated.push((table, keys));
    }

    /// Whether a key is set.
    pub(super) fn has(&self, table: &str, key: &str) -> bool {
        let keys = self.tables.iter().find(|(name, _)| *name == table).map(|(_, keys)| keys);
        keys.is_some_and(|keys| keys.iter().any(|(name, _)| name == key))
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for name in TABLES {
            let blank = if text.is_empty() { "" } else { "\n" };
            if let Some((_, keys)) = self.tables.iter().find(|(table, _)| *table == name) {
                let _ = writeln!(text, "{blank}[{name}]");
                write_keys(&mut text, keys);
            }
            for (_, keys) in self.repeated.iter().filter(|(table, _)| *table == name) {
                let blank = if text.is_empty() { "" } else { "\n" };
                let _ = writeln!(text, "{blank}[[{name}]]");
                write_keys(&mut text, keys);
            }
        }
        text
    }
}

fn write_keys(text: &mut String, keys: &[(String, BookValue)]) {
    for (key, value) in keys {
        let _ = writeln!(text, "{} = {}", written_key(key), written(value));
    }
}

/// A key, in quotes where TOML needs them.
fn written_key(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { quoted(key) }
}

fn written(value: &BookValue) -> String {
    match value {
        BookValue::Text(text) => quoted(text),
        BookValue::Flag(flag) => flag.to_string(),
        BookValue::List(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            let line = format!("[{}]", items.join(", "));
            // A long list is easier to review, and to merge, with an item to a line.
            if line.len() <= 80 { line } else { format!("[\n  {},\n]", items.join(",\n  ")) }
        }
        BookValue::Inline(keys) => {
            let keys: Vec<String> =
                keys.iter().map(|(key, value)| format!("{} = {}", written_key(key), written(value))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
