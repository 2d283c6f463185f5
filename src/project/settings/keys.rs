//! Reads the tables of a TOML file key by key.
//! In: the parsed file with spans. Out: typed values with spans, findings for whatever is invalid, and the list of all
//! keys.
//!
//! A key is declared by the call that reads it, with its type and meaning. A key that no call reads is unknown. The
//! same calls on an empty table list everything that the file can contain, for editors and for the reference.

mod asset;
mod named;
mod path;
mod scalar;

pub use asset::{AssetSource, WrittenAsset};
pub use path::{PathBase, PathKind, WrittenPath};

use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::schema::{ANY, Meaning, REQUIRED, StringKind, TableKey, ValueShape};
use super::unknown::Unknown;
use crate::diagnostic::{Diagnostics, Fix, Rule};
use crate::source::{Located, SourceId, Span};

/// A line that isn't TOML.
pub static SYNTAX: Rule = Rule::error("config/syntax", include_str!("syntax.md"));
/// A value with the wrong type.
pub static TYPE: Rule = Rule::error("config/type", include_str!("type.md"));
/// A value that isn't valid for its key.
pub static VALUE: Rule = Rule::error("config/value", include_str!("value.md"));
/// A table without a required key.
pub static MISSING_KEY: Rule = Rule::error("config/missing-key", include_str!("missing_key.md"));

/// A table with known keys.
pub trait TableSchema: Sized {
    /// Reads every key that the table can have.
    fn read(keys: &mut Keys<'_, '_>) -> Self;
}

/// A string that may be left out.
pub type OptionalText = Option<Located<String>>;

/// The names and values of a table with user-defined names, in order of name.
pub type NamedValues<T> = Vec<(Located<String>, Located<T>)>;

/// The results that all tables of a file share.
#[derive(Debug)]
pub struct Context<'t> {
    source: SourceId,
    text: &'t str,
    found: Diagnostics,
    foreign: Vec<Located<String>>,
    /// Unknown keys, and their tables.
    unknown: Vec<Unknown>,
    paths: Vec<WrittenPath>,
}

/// A table while it's being read.
#[derive(Debug)]
pub struct Keys<'t, 'c> {
    table: Option<&'c DeTable<'t>>,
    /// The dotted path of the table, as in its header. Empty for the whole file.
    header: String,
    /// Where the table starts.
    span: Span,
    declared: Vec<TableKey>,
    context: &'c mut Context<'t>,
}

/// The value of a file, its findings, and the keys that belong to another program.
#[derive(Debug)]
pub struct ParsedFile<T> {
    /// The value.
    pub value: T,
    /// The findings.
    pub found: Diagnostics,
    /// mdBook's keys that have no effect here, as dotted paths in source order.
    pub foreign: Vec<Located<String>>,
    /// All known keys.
    pub keys: Vec<TableKey>,
    /// All files and folders that it names.
    pub paths: Vec<WrittenPath>,
}

/// Reads a whole file. Broken lines affect only themselves.
#[must_use]
pub fn read<T: TableSchema>(text: &str, source: SourceId) -> ParsedFile<T> {
    // The parser goes on behind a broken line, so that a missing quote does not reset every other key to its default.
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut context =
        Context { source, text, found: Vec::new(), foreign: Vec::new(), unknown: Vec::new(), paths: Vec::new() };
    for error in errors {
        let range = on_characters(text, error.span().unwrap_or(0..0));
        context.found.push(SYNTAX.at(Span::new(source, range), format!("invalid TOML: {}", lower(error.message()))));
    }
    let mut keys = Keys {
        table: Some(tree.get_ref()),
        header: String::new(),
        span: Span::start_of(source),
        declared: Vec::new(),
        context: &mut context,
    };
    let value = T::read(&mut keys);
    let keys = keys.finish();
    // At the end, when all keys are declared: a key may belong in a table that is read after this one.
    for unknown in std::mem::take(&mut context.unknown) {
        context.found.push(unknown.finding(&keys));
    }
    // Keys are asked for in the order of the code; people read the file from the top.
    context.found.sort_by_key(|finding| finding.span);
    context.foreign.sort_by_key(|key| key.span);
    ParsedFile { value, found: context.found, foreign: context.foreign, keys, paths: context.paths }
}

impl<'t, 'c> Keys<'t, 'c> {
    /// A table with known keys.
    pub fn table<T: TableSchema>(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> T {
        let value = self.declare(name, meaning, ValueShape::Table(Vec::new()));
        if let Some(value) = value.filter(|value| !value.get_ref().is_table()) {
            self.wrong_type(name, &ValueShape::Table(Vec::new()), value, None);
        }
        let (read, keys) = self.inner(name, value);
        self.set_shape(ValueShape::Table(keys));
        read
    }

    /// Tables with known keys: `[[name]]`.
    pub fn tables<T: TableSchema>(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> Vec<Located<T>> {
        let value = self.declare(name, meaning, ValueShape::Tables(Vec::new()));
        // An empty table first: nothing is reported for it, but it declares the keys.
        let (_, keys) = self.inner::<T>(name, None);
        self.set_shape(ValueShape::Tables(keys));
        match value.map(|value| (value, value.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(items))) => {
                let mut tables = Vec::new();
                for item in items {
                    if item.get_ref().is_table() {
                        tables.push(Located::new(self.inner(name, Some(item)).0, self.span(item.span())));
                    } else {
                        self.wrong_type(name, &ValueShape::Tables(Vec::new()), item, None);
                    }
                }
                tables
            }
            Some((value, _)) => {
                // `[mount]` for `[[mount]]` is the one slip that everybody makes.
                let header = value.get_ref().is_table().then(|| format!("write `[[{}]]`", self.dotted(name)));
                self.wrong_type(name, &ValueShape::Tables(Vec::new()), value, None);
                if let Some(finding) = self.context.found.last_mut() {
                    finding.help = header;
                }
                Vec::new()
            }
        }
    }

    /// mdBook's keys that have no effect here: they are known, but their values aren't read.
    pub fn foreign(&mut self, names: &[&'static str]) {
        for name in names {
            self.declare(name, "", ValueShape::Foreign);
            self.note_foreign(|key| key == *name);
        }
    }

    /// Treats every unread key as another program's: `[output.epub]`.
    pub fn rest_is_foreign(&mut self) {
        let own: Vec<&'static str> = self.declared.iter().map(|key| key.name).collect();
        self.note_foreign(|key| !own.contains(&key));
        self.table = None;
        self.declare(ANY, "", ValueShape::Foreign);
    }

    fn note_foreign(&mut self, is_foreign: impl Fn(&str) -> bool) {
        for (key, _) in self.table.into_iter().flatten().filter(|(key, _)| is_foreign(key.get_ref())) {
            let place = Located::new(self.dotted(key.get_ref()), self.span(key.span()));
            self.context.foreign.push(place);
        }
    }

    fn declare(
        &mut self,
        name: &'static str,
        meaning: impl Into<Meaning>,
        shape: ValueShape,
    ) -> Option<&'c Spanned<DeValue<'t>>> {
        let Meaning { text, default } = meaning.into();
        self.declared.push(TableKey { name, meaning: text, default: default.to_owned(), shape });
        self.table?.get(name)
    }

    /// Says what the key that was declared last is without a value.
    fn set_default(&mut self, default: impl Display) {
        if let Some(key) = self.declared.last_mut() {
            key.default = format!("`{default}`");
        }
    }

    fn set_shape(&mut self, shape: ValueShape) {
        if let Some(key) = self.declared.last_mut() {
            key.shape = shape;
        }
    }

    fn items(&mut self, name: &str, items: &[Spanned<DeValue<'t>>]) -> Vec<Located<String>> {
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push(Located::new(text.to_string(), self.span(item.span()))),
                _ => self.wrong_type(name, &ValueShape::Texts(StringKind::Text), item, None),
            }
        }
        texts
    }

    fn inner<T: TableSchema>(&mut self, name: &str, value: Option<&'c Spanned<DeValue<'t>>>) -> (T, Vec<TableKey>) {
        let mut keys = Keys {
            table: value.and_then(|value| value.get_ref().as_table()),
            header: self.dotted(name),
            span: value.map_or(self.span, |value| self.span(value.span())),
            declared: Vec::new(),
            context: self.context,
        };
        let read = T::read(&mut keys);
        (read, keys.finish())
    }

    /// Says that the table cannot do without the key that was declared last.
    fn must_have(&mut self, name: &str) {
        if let Some(key) = self.declared.last_mut() {
            REQUIRED.clone_into(&mut key.default);
        }
        if self.table.is_some_and(|table| !table.contains_key(name)) {
            let message = format!("missing key `{name}` in `[[{}]]`", self.header);
            self.context.found.push(MISSING_KEY.at(self.span, message).help(format!("add `{name} = \"…\"`")));
        }
    }

    /// Reports every unknown key.
    fn finish(self) -> Vec<TableKey> {
        for (key, _) in self.table.into_iter().flatten() {
            let name: &str = key.get_ref();
            if !self.declared.iter().any(|known| known.name == name) {
                let name = Located::new(name.to_owned(), self.span(key.span()));
                let unknown = Unknown { name, header: self.header.clone(), known: self.declared.clone() };
                self.context.unknown.push(unknown);
            }
        }
        self.declared
    }

    fn wrong_type(&mut self, name: &str, shape: &ValueShape, value: &Spanned<DeValue<'t>>, fix: Option<Fix>) {
        let message = format!("`{name}` must be {shape}, not {}", in_words(value.get_ref()));
        let mut finding = TYPE.at(self.span(value.span()), message);
        finding.fix = fix;
        self.context.found.push(finding);
    }

    fn dotted(&self, name: &str) -> String {
        if self.header.is_empty() { name.to_owned() } else { format!("{}.{name}", self.header) }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.context.source, on_characters(self.context.text, range))
    }
}

fn in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The parser's messages sometimes start with a capital letter; ours never do.
fn lower(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The range inside the text, extended to character boundaries.
fn on_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    start..text.ceil_char_boundary(range.end.clamp(start, text.len()))
}
