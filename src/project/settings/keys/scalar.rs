//! Strings, switches and choices of a table, and lists of strings.

use toml::Spanned;
use toml::de::DeValue;

use super::{Keys, OptionalText, VALUE};
use crate::diagnostic::{Edit, Fix, nearest};
use crate::project::settings::schema::{Choice, Meaning, StringKind, ValueShape, choice, one_of, word, words};
use crate::source::{Located, Part as _};

impl<'t> Keys<'t, '_> {
    /// A string that may be left out.
    pub fn text(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> OptionalText {
        self.string(StringKind::Text, name, meaning)
    }

    /// A web address that may be left out.
    pub fn url(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> OptionalText {
        self.string(StringKind::Url, name, meaning)
    }

    /// A string that readers are told more about; what it must be is held to it where it is used.
    pub fn string(&mut self, kind: StringKind, name: &'static str, meaning: impl Into<Meaning>) -> OptionalText {
        self.value(name, meaning, &ValueShape::Text(kind), |value| value.as_str().map(str::to_owned))
    }

    /// A string with a default.
    pub fn text_or(&mut self, name: &'static str, default: &str, meaning: impl Into<Meaning>) -> String {
        let value = self.text(name, meaning);
        self.set_default(default);
        value.map_or_else(|| default.to_owned(), |text| text.value)
    }

    /// A string the table cannot do without.
    pub fn required_text(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> OptionalText {
        let value = self.text(name, meaning);
        self.must_have(name);
        value
    }

    /// `true` or `false`, with a default.
    pub fn flag(&mut self, name: &'static str, default: bool, meaning: impl Into<Meaning>) -> bool {
        let value = self.optional_flag(name, meaning);
        self.set_default(default);
        value.unwrap_or(default)
    }

    /// `true` or `false`, where leaving it out is a third choice.
    pub fn optional_flag(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> Option<bool> {
        self.value(name, meaning, &ValueShape::Flag, DeValue::as_bool).map(|flag| flag.value)
    }

    /// A whole number above zero, with a default: the threshold of a rule, as a rule.
    pub fn number(&mut self, name: &'static str, default: u32, meaning: impl Into<Meaning>) -> u32 {
        let value = self.declare(name, meaning, ValueShape::Number);
        self.set_default(default);
        let Some(value) = value else { return default };
        let DeValue::Integer(written) = value.get_ref() else {
            self.wrong_type(name, &ValueShape::Number, value, None);
            return default;
        };
        // `0x10` and `1_000` are integers of TOML, too.
        let number = u32::from_str_radix(written.as_str(), written.radix()).ok().filter(|number| *number > 0);
        if number.is_none() {
            let message = format!("invalid value `{written}` for `{name}`: it must be {}", ValueShape::Number);
            self.context.found.push(VALUE.at(self.span(value.span()), message));
        }
        number.unwrap_or(default)
    }

    /// A list of strings; what is no string in it costs only itself.
    pub fn texts(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> Vec<Located<String>> {
        self.strings(StringKind::Text, name, meaning)
    }

    /// A list of strings that readers are told more about.
    pub fn strings(
        &mut self,
        kind: StringKind,
        name: &'static str,
        meaning: impl Into<Meaning>,
    ) -> Vec<Located<String>> {
        let Some(value) = self.declare(name, meaning, ValueShape::Texts(kind)) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => self.items(name, items),
            other => {
                let written = self.context.text.part(value.span());
                // `authors = "Kim"` is meant as a list of one; what a number in its place means, nobody knows.
                let fix = other.is_str().then(|| Fix::replace(self.span(value.span()), format!("[{written}]")));
                self.wrong_type(name, &ValueShape::Texts(kind), value, fix);
                Vec::new()
            }
        }
    }

    /// One of the words of `T`, or its default.
    pub fn choice<T: Choice + Default>(&mut self, name: &'static str, meaning: impl Into<Meaning>) -> T {
        let value = self.optional_choice(name, meaning);
        self.set_default(word(T::default()));
        value.map(|value| value.value).unwrap_or_default()
    }

    /// One of the words of `T`, where leaving it out is one choice more.
    pub fn optional_choice<T: Choice>(
        &mut self,
        name: &'static str,
        meaning: impl Into<Meaning>,
    ) -> Option<Located<T>> {
        let value = self.declare(name, meaning, choice::<T>())?;
        self.chosen(name, value)
    }

    fn value<T>(
        &mut self,
        name: &'static str,
        meaning: impl Into<Meaning>,
        shape: &ValueShape,
        read: impl Fn(&DeValue<'t>) -> Option<T>,
    ) -> Option<Located<T>> {
        let value = self.declare(name, meaning, shape.clone())?;
        let found = read(value.get_ref());
        if found.is_none() {
            self.wrong_type(name, shape, value, None);
        }
        Some(Located::new(found?, self.span(value.span())))
    }

    pub(super) fn chosen<T: Choice>(&mut self, name: &str, value: &Spanned<DeValue<'t>>) -> Option<Located<T>> {
        let span = self.span(value.span());
        let DeValue::String(written) = value.get_ref() else {
            self.wrong_type(name, &choice::<T>(), value, None);
            return None;
        };
        // To the letter: TOML is case-sensitive everywhere else.
        let chosen = T::WORDS.iter().find(|(known, _)| known == written);
        if chosen.is_none() {
            let all = words::<T>();
            let message = format!("invalid value `{written}` for `{name}`: it must be {}", one_of(&all));
            let finding = VALUE.at(span, message);
            self.context.found.push(match nearest(written, all.iter().copied()) {
                Some(near) => finding.suggest_edit(near, Edit { span, replacement: format!("\"{near}\"") }),
                None => finding,
            });
        }
        chosen.map(|(_, value)| Located::new(*value, span))
    }
}
