//! Attribute lists, `{ #id .class key="value" }`, and a finding for each attribute that is not published.

use std::ops::Range;

use super::raw_html::url_attributes::holds_addresses;
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{Part as _, Span};

/// An attribute that runs something, or leads somewhere unseen.
pub(super) static UNSAFE: Rule = Rule::error("markdown/unsafe-attribute", include_str!("unsafe_attribute.md"));

/// Attributes of the theme's own elements, by which its scripts know what to load and which attributes to write.
const THEME: [&str; 7] = [
    "data-fill",
    "data-fill-attributes",
    "data-fill-source",
    "data-index",
    "data-schemes",
    "data-script",
    "data-search",
];

/// What an attribute list says.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Attributes {
    pub id: Option<String>,
    /// Where the id is, without its `#`, from the opening brace.
    pub id_at: Range<usize>,
    pub classes: Vec<String>,
    /// Names and values; a bare name has an empty value.
    pub others: Vec<(String, String)>,
    /// What it must not say, and where that is from the opening brace. It is not among the others.
    pub refused: Vec<(String, Range<usize>)>,
}

impl Attributes {
    /// Reads the list that `text` starts with; returns it and its length. Anything that is no attribute makes
    /// the whole thing text: `{name}`, `{ ... }`, `{{ name }}`.
    pub(super) fn read(text: &str) -> Option<(Self, usize)> {
        let inner = text.strip_prefix('{')?;
        let mut list = Self::default();
        // kramdown and Python-Markdown write `{: .wide }`, Pandoc writes `{ .wide }`.
        let mut rest = inner.strip_prefix(':').unwrap_or(inner);
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            if let Some(after) = rest.strip_prefix('}') {
                return list.is_list().then_some((list, text.len() - after.len()));
            }
            let at = text.len() - rest.len();
            rest = list.word(rest, at)?;
        }
    }

    /// Reads the same said in YAML, on one line: `{id: nda, class: "wide tall", data-step: 3}`.
    pub(super) fn read_mapping(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('{')?.strip_suffix('}')?;
        let mut list = Self::default();
        while !rest.trim().is_empty() {
            let (name, after) = rest.split_once(':')?;
            let name = name.trim();
            if name.is_empty() || name_length(name) != Some(name.len()) {
                return None;
            }
            let value = after.trim_start();
            let (value, behind) = match value.chars().next()? {
                quote @ ('"' | '\'') => {
                    let (value, behind) = value.part(1..).split_once(quote)?;
                    (value, behind.trim_start())
                }
                _ => value.split_at(value.find(',').unwrap_or(value.len())),
            };
            let value = value.trim();
            list.set((name, value), place_of(text, value), place_of(text, name));
            rest = if behind.is_empty() { behind } else { behind.strip_prefix(',')? };
        }
        Some(list)
    }

    /// Reads one attribute at `at`; returns what follows it.
    fn word<'t>(&mut self, text: &'t str, at: usize) -> Option<&'t str> {
        if let Some(class) = text.strip_prefix('.') {
            let (name, rest) = class.split_at(name_length(class)?);
            self.classes.push(name.to_owned());
            return Some(rest);
        }
        if let Some(id) = text.strip_prefix('#') {
            let (name, rest) = id.split_at(name_length(id)?);
            self.id = Some(name.to_owned());
            self.id_at = at + 1..at + 1 + name.len();
            return Some(rest);
        }
        let (name, rest) = text.split_at(name_length(text)?);
        let Some(after) = rest.strip_prefix('=') else {
            self.others.push((name.to_owned(), String::new()));
            return Some(rest);
        };
        let (value, rest) = match after.chars().next()? {
            '"' | '\'' => quoted(after)?,
            _ => after.split_at(after.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}'))?),
        };
        // A quote that is never closed would take everything up to the next one for a value.
        if value.contains('\n') {
            return None;
        }
        let value_at = place_of(text, value);
        self.set((name, value), at + value_at.start..at + value_at.end, at..at + text.len() - rest.len());
        Some(rest)
    }

    /// Takes one attribute, whose value is at `value_at`. An id and classes may be written as any other, too.
    fn set(&mut self, attribute: (&str, &str), value_at: Range<usize>, place: Range<usize>) {
        let (name, value) = attribute;
        match name {
            "id" => {
                self.id = Some(value.to_owned()).filter(|id| !id.is_empty());
                self.id_at = value_at;
            }
            "class" => self.classes.extend(value.split_whitespace().map(ToOwned::to_owned)),
            _ if objection(name).is_some() => self.refused.push((name.to_owned(), place)),
            _ => self.others.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Whether it says anything that no words in braces could say: `{id}` is a place for a value, and `{ .wide hidden }`
    /// is a list.
    fn is_list(&self) -> bool {
        let is_word = |(name, value): &(String, String)| value.is_empty() && !name.starts_with("data-");
        let only_words = self.others.iter().all(is_word);
        self.id.is_some() || !self.classes.is_empty() || !self.refused.is_empty() || !only_words
    }
}

/// The attribute list at the end of a heading, and where it starts.
pub(super) fn list_of_heading(text: &str, heading: &Range<usize>) -> Option<(Attributes, usize)> {
    let whole = text.part(heading.clone());
    let brace = whole.rfind('{')?;
    let (list, length) = Attributes::read(whole.part(brace..))?;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '#' | '=' | '-' | '>');
    let is_last = whole.part(brace + length..).trim_start_matches(is_mark).is_empty();
    // `up{job="api"}` is a query.
    let stands_apart = whole.part(..brace).ends_with(|c: char| c.is_whitespace() || c == '#') || list.others.is_empty();
    (is_last && stands_apart).then_some((list, heading.start + brace))
}

/// Where `part`, a slice of `text`, is in it.
fn place_of(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// The value in quotes that a text begins with, and what follows it. A backslash keeps a quote from ending it, unless no
/// other would: `"C:\"`.
pub(super) fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = text.part(1..);
    let is_end = |(at, _): &(usize, &str)| !inner.part(..*at).ends_with('\\');
    let end = inner.match_indices(quote).find(is_end).map(|(at, _)| at).or_else(|| inner.find(quote))?;
    Some((inner.part(..end), inner.part(end + 1..)))
}

/// The finding about an attribute that is left out.
pub(super) fn refused(name: &str, span: Span) -> Diagnostic {
    let (reason, help) = objection(name).unwrap_or_default();
    UNSAFE.at(span, format!("`{name}` is not published: {reason}")).help(help)
}

/// Why an attribute must not be in a list, and what to do instead.
fn objection(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.to_ascii_lowercase();
    if name.len() > "on".len() && name.starts_with("on") {
        return Some((
            "attribute lists cannot run scripts",
            "remove it; put scripts in a file listed in `additional-js`",
        ));
    }
    if THEME.contains(&&*name) {
        return Some(("it is reserved for the theme's scripts", "remove it, or rename it"));
    }
    // Links and images have their own place for an address, which is checked.
    let leads = name == "srcdoc" || holds_addresses(&name);
    leads.then_some(("attribute lists cannot contain addresses", "remove it; use a link or an image instead"))
}

/// Length of the name that a text starts with; `None` when it starts with none.
fn name_length(text: &str) -> Option<usize> {
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@');
    let length = text.find(|c| !legal(c)).unwrap_or(text.len());
    (length > 0 && !text.starts_with('.')).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_classes_and_values_are_read() {
        let text = "{: #nda .md-button .md-button--primary target=_blank title=\"Sign here\" } now";
        let (list, length) = Attributes::read(text).unwrap();
        assert_eq!(&text[length..], " now");
        assert_eq!(&text[list.id_at.clone()], "nda");
        assert_eq!(list.classes, ["md-button", "md-button--primary"]);
        assert_eq!(list.others, [("target".into(), "_blank".into()), ("title".into(), "Sign here".into())]);
    }

    #[test]
    fn ids_and_classes_may_be_written_as_keys() {
        for text in ["{ id=nda class=wide }", "{ id='nda' .wide }", "{: class=\"wide\" id=\"nda\" }"] {
            let (list, length) = Attributes::read(text).unwrap();
            assert_eq!((list.id.as_deref(), list.classes.len(), length), (Some("nda"), 1, text.len()), "{text}");
            assert_eq!(&text[list.id_at], "nda", "{text}");
        }
        let (list, _) = Attributes::read("{ #nda hidden data-preview }").unwrap();
        assert_eq!(list.others, [("hidden".into(), String::new()), ("data-preview".into(), String::new())]);
    }

    #[test]
    fn mappings_say_the_same() {
        let text = "{id: nda, class: \"wide tall\", data-step: 'a, b' }";
        let list = Attributes::read_mapping(text).unwrap();
        assert_eq!((list.id.as_deref(), &text[list.id_at]), (Some("nda"), "nda"));
        assert_eq!(list.classes, ["wide", "tall"]);
        assert_eq!(list.others, [("data-step".into(), "a, b".into())]);
        for text in ["{id}", "{a b: c}", "{class: \"a}", "{class: 'a' b: c}", "id: a"] {
            assert_eq!(Attributes::read_mapping(text), None, "{text}");
        }
    }

    #[test]
    fn handlers_and_addresses_are_set_apart() {
        for text in ["{ .a OnClick=\"x( )\" title=b }", "{ href=\"javascript:x\" .a title=b }"] {
            let (list, _) = Attributes::read(text).unwrap();
            assert_eq!((list.classes, list.others), (vec!["a".into()], vec![("title".into(), "b".into())]));
            let (name, place) = &list.refused[0];
            assert!(text[place.clone()].starts_with(&**name) && text[place.clone()].ends_with('"'), "{text}");
        }
        let list = Attributes::read_mapping("{class: a, onload: 'x'}").unwrap();
        assert_eq!((list.others.len(), list.refused), (0, vec![("onload".into(), 11..17)]));
        assert_eq!(Attributes::read("{ on=a style=\"width:3em\" }").unwrap().0.others.len(), 2);
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{name}", "{a b}", "{ ... }", "{{ name }}", "{}", "{ .class", "{ . }", "{#}", "{a/b}"] {
            assert_eq!(Attributes::read(text), None, "{text}");
        }
    }
}
