//! Converts nodes to strings, lists and numbers.
//! In: an entry of a mapping. Out: its value with the expected type, or a finding at the value.

use super::day::is_day;
use super::{Mapping, MappingEntry, NodeContent, QuoteStyle, YamlNode};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::source::{Located, Span};

/// Reads values and reports those with the wrong type. A missing value is never wrong.
#[derive(Debug)]
pub struct FieldReader<'f> {
    rule: &'static Rule,
    found: &'f mut Diagnostics,
}

impl<'f> FieldReader<'f> {
    /// A reader that reports findings of `rule`.
    #[must_use]
    pub fn new(rule: &'static Rule, found: &'f mut Diagnostics) -> Self {
        Self { rule, found }
    }

    /// A string: any scalar, as spelled.
    pub fn text(&mut self, entry: &MappingEntry) -> Option<Located<String>> {
        match located_text(&entry.value) {
            Some(text) => Some(text),
            None => self.wrong(entry, "a string", "use a single value"),
        }
    }

    /// A list of strings.
    pub fn texts(&mut self, entry: &MappingEntry) -> Vec<Located<String>> {
        let NodeContent::Sequence(items) = &entry.value.content else {
            let help = match &entry.value.content {
                NodeContent::Scalar(_) => format!("write `[{}]`", entry.value.as_text().unwrap_or_default()),
                _ => "write `[one, two]`, or one `- item` per line".to_owned(),
            };
            self.wrong::<()>(entry, "a list of strings", &help);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.item(&entry.key.value, item)).collect()
    }

    /// A list of strings, or a single string.
    pub fn text_or_texts(&mut self, entry: &MappingEntry) -> Vec<Located<String>> {
        match &entry.value.content {
            NodeContent::Scalar(_) => self.text(entry).into_iter().collect(),
            _ => self.texts(entry),
        }
    }

    /// A list of any values.
    pub fn list<'e>(&mut self, entry: &'e MappingEntry) -> &'e [YamlNode] {
        match &entry.value.content {
            NodeContent::Sequence(items) => items,
            _ => self.wrong(entry, "a list", "write one `- item` per line").unwrap_or_default(),
        }
    }

    /// A mapping.
    pub fn mapping<'e>(&mut self, entry: &'e MappingEntry) -> Option<&'e Mapping> {
        match &entry.value.content {
            NodeContent::Mapping(mapping) => Some(mapping),
            _ => self.wrong(entry, "a mapping", "write one indented `key: value` per line"),
        }
    }

    /// An integer.
    pub fn integer(&mut self, entry: &MappingEntry) -> Option<Located<i64>> {
        if let NodeContent::Scalar(scalar) = &entry.value.content
            && scalar.style == QuoteStyle::Plain
            && let Ok(number) = scalar.text.parse()
        {
            return Some(Located::new(number, entry.value.span));
        }
        self.wrong(entry, "an integer", "write a number like `10`, without quotes")
    }

    /// A day of the calendar: `2026-05-31`.
    pub fn day(&mut self, entry: &MappingEntry) -> Option<Located<String>> {
        match located_text(&entry.value).filter(|text| is_day(&text.value)) {
            Some(day) => Some(day),
            None => self.wrong(entry, "a date", "write year, month and day: `2026-05-31`"),
        }
    }

    /// `true` or `false`. YAML 1.1's `yes` and `on` are strings.
    pub fn boolean(&mut self, entry: &MappingEntry) -> Option<Located<bool>> {
        let word = match &entry.value.content {
            NodeContent::Scalar(scalar) => scalar.text.as_str(),
            _ => "",
        };
        // YAML 1.1 took `yes` and `on` for true, 1.2 does not; editors and people still disagree, so the one clear
        // spelling is asked for.
        let meant = match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => "true",
            "false" | "no" | "off" => "false",
            _ => return self.wrong(entry, "`true` or `false`", "write `true` or `false`"),
        };
        if matches!(word, "true" | "false" | "True" | "False" | "TRUE" | "FALSE") {
            return Some(Located::new(meant == "true", entry.value.span));
        }
        self.wrong(entry, "`true` or `false`", &format!("write `{meant}`"))
    }

    /// Reports a value of the wrong type, at the value, or at the key if the value is a multi-line string. Missing
    /// values and values that already have a finding aren't reported.
    pub fn wrong<T>(&mut self, entry: &MappingEntry, wanted: &str, help: &str) -> Option<T> {
        let span = match &entry.value.content {
            NodeContent::Null | NodeContent::Unreadable => return None,
            NodeContent::Scalar(scalar) if scalar.style == QuoteStyle::Block => entry.key.span,
            NodeContent::Scalar(_) | NodeContent::Sequence(_) | NodeContent::Mapping(_) => entry.value.span,
        };
        let finding = self.rule.at(span, format!("`{}` must be {wanted}", entry.key.value)).help(help);
        self.found.push(finding);
        None
    }

    fn item(&mut self, list: &str, item: &YamlNode) -> Option<Located<String>> {
        match &item.content {
            NodeContent::Scalar(_) => located_text(item),
            NodeContent::Null | NodeContent::Unreadable => None,
            NodeContent::Mapping(mapping) if mapping.entries.iter().any(MappingEntry::is_unreadable) => None,
            NodeContent::Mapping(mapping) => {
                let finding = self.rule.at(item.span, format!("every item of `{list}` must be a string"));
                self.found.push(quote(finding, mapping));
                None
            }
            NodeContent::Sequence(_) => {
                let finding = self.rule.at(item.span, format!("every item of `{list}` must be a string"));
                self.found.push(finding.help("write one `- item` per line, without brackets"));
                None
            }
        }
    }
}

impl MappingEntry {
    /// Already reported.
    fn is_unreadable(&self) -> bool {
        self.value.content == NodeContent::Unreadable
    }
}

fn located_text(node: &YamlNode) -> Option<Located<String>> {
    node.as_text().map(|text| Located::new(text.to_owned(), node.span))
}

/// `- Note: check the tier` is a mapping according to YAML, but never meant as one.
fn quote(finding: Diagnostic, mapping: &Mapping) -> Diagnostic {
    let [MappingEntry { key, value }] = mapping.entries.as_slice() else {
        return finding.help("use a single value per item");
    };
    // Quotes around a text with quotes or backslashes in it would need escapes that its author never wrote.
    let plain = match &value.content {
        NodeContent::Scalar(scalar) => scalar.style == QuoteStyle::Plain && !scalar.text.contains(['"', '\\']),
        _ => false,
    };
    let span = finding.span;
    let finding = finding.help("quote the value, since it contains a colon");
    // If the lengths of the key and its text differ, it contains escapes.
    if !plain || key.value.contains(['"', '\\']) || key.span.len() != key.value.len() || key.span.start != span.start {
        return finding;
    }
    let insert = |at: u32| Edit { span: Span { start: at, end: at, ..span }, replacement: "\"".to_owned() };
    finding.fix(Fix::suggested(vec![insert(span.start), insert(span.end)]))
}
