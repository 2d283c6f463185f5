//! Tables with user-defined names.

use toml::Spanned;
use toml::de::DeValue;

use super::{Keys, NamedValues, TableSchema};
use crate::diagnostic::Fix;
use crate::project::settings::schema::{Choice, Meaning, StringKind, ValueShape, choice, words};
use crate::source::{Located, Part as _};

impl<'t, 'c> Keys<'t, 'c> {
    /// A table from names to strings.
    pub fn named_texts(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> NamedValues<String> {
        let value = self.declare(name, meaning, ValueShape::NamedTexts);
        self.named(name, value, &ValueShape::NamedTexts, |keys, name, value| {
            let text = value.get_ref().as_str().map(|text| Located::new(text.to_owned(), keys.span(value.span())));
            if text.is_none() {
                // `year = 2026` means the text that is written there; for a list or a date nobody knows.
                let plain = matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_));
                let written = keys.context.text.part(value.span());
                let fix = plain.then(|| Fix::replace(keys.span(value.span()), format!("\"{written}\"")));
                keys.wrong_type(name, &ValueShape::Text(StringKind::Text), value, fix);
            }
            text
        })
    }

    /// A table from free names to words of `T`, and beside them the keys of `U`.
    pub fn named_choices_and<T: Choice, U: TableSchema>(
        &mut self,
        name: &'static str,
        meaning: impl Into<Meaning>,
    ) -> (NamedValues<T>, U) {
        let value = self.declare(name, meaning, choice::<T>());
        let mut keys = Keys {
            table: value.and_then(|value| value.get_ref().as_table()),
            header: self.dotted(name),
            span: self.span,
            declared: Vec::new(),
            context: self.context,
        };
        let beside = U::read(&mut keys);
        // What `U` does not ask for is a name, and no unknown key: so these keys are never finished.
        let own = std::mem::take(&mut keys.declared);
        let is_own = |key: &str| own.iter().any(|own| own.name == key);
        let shape = ValueShape::NamedChoices { words: words::<T>(), keys: own.clone() };
        self.set_shape(shape.clone());
        let named = self.named(
            name,
            value,
            &shape,
            |keys, key, value| {
                if is_own(key) { None } else { keys.chosen(key, value) }
            },
        );
        (named, beside)
    }

    /// A table from names to strings or lists of strings.
    pub fn named_lists(
        &mut self,
        name: &'static str,
        meaning: impl Into<Meaning>,
    ) -> Vec<(Located<String>, Vec<Located<String>>)> {
        let value = self.declare(name, meaning, ValueShape::NamedLists);
        let read = self.named(name, value, &ValueShape::NamedLists, |keys, name, value| {
            let span = keys.span(value.span());
            let list = match value.get_ref() {
                DeValue::Array(items) => keys.items(name, items),
                DeValue::String(text) => vec![Located::new(text.to_string(), span)],
                _ => {
                    keys.wrong_type(name, &ValueShape::TextOrTexts(StringKind::Text), value, None);
                    return None;
                }
            };
            Some(Located::new(list, span))
        });
        read.into_iter().map(|(name, list)| (name, list.value)).collect()
    }

    /// A table from names to tables with known keys.
    pub fn named_tables<T: TableSchema>(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> NamedValues<T> {
        let value = self.declare(name, meaning, ValueShape::NamedTables(Vec::new()));
        let (_, keys) = self.inner::<T>(name, None);
        self.set_shape(ValueShape::NamedTables(keys));
        let shape = ValueShape::NamedTables(Vec::new());
        let table = self.dotted(name);
        self.named(name, value, &shape, |keys, name, value| {
            if !value.get_ref().is_table() {
                keys.wrong_type(name, &ValueShape::Table(Vec::new()), value, None);
                return None;
            }
            let header = std::mem::replace(&mut keys.header, table.clone());
            let (read, _) = keys.inner(name, Some(value));
            keys.header = header;
            Some(Located::new(read, keys.span(value.span())))
        })
    }

    fn named<T>(
        &mut self,
        name: &str,
        value: Option<&'c Spanned<DeValue<'t>>>,
        shape: &ValueShape,
        mut read: impl FnMut(&mut Self, &str, &'c Spanned<DeValue<'t>>) -> Option<Located<T>>,
    ) -> NamedValues<T> {
        let Some(value) = value else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(name, shape, value, None);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (key, value) in table {
            let name = Located::new(key.get_ref().to_string(), self.span(key.span()));
            if let Some(value) = read(self, key.get_ref(), value) {
                pairs.push((name, value));
            }
        }
        // Tables of TOML have no order, and the same input must give the same bytes.
        pairs.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        pairs
    }
}
