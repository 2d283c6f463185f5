//! What a new page begins as: an archetype, with the name of the page and what the project requires put in.
//!
//! A team's own archetypes and the built-in ones are filled in alike.

use super::name::NewName;
use crate::markdown::Within;
use crate::project::settings::config::{SchemaKey, SchemaType};
use crate::project::settings::keys::NamedValues;
use crate::source::Part as _;

/// What can be made anew.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum PageKind {
    /// A page.
    Page,
    /// A page to fill in for a partner.
    Template,
    /// A playbook.
    Playbook,
    /// A page with a workflow map and its table.
    Map,
}

/// What stands for a value that only a person knows.
const OPEN: &str = "To do";

/// The beginning of a new page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Archetype {
    kind: PageKind,
    text: String,
}

impl PageKind {
    /// Where a team may keep an archetype of its own, from its project folder.
    #[must_use]
    pub fn archetypes(self) -> &'static [&'static str] {
        match self {
            Self::Page => &["archetypes/page.md"],
            Self::Template => &["archetypes/template.md"],
            Self::Playbook => &["archetypes/playbook.yaml", "archetypes/playbook.yml"],
            Self::Map => &["archetypes/map.md"],
        }
    }

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        if self == Self::Playbook { "yaml" } else { "md" }
    }

    fn built_in(self) -> &'static str {
        match self {
            Self::Page => starter!("archetypes/page.md"),
            Self::Template => starter!("archetypes/template.md"),
            Self::Playbook => starter!("archetypes/playbook.yaml"),
            Self::Map => starter!("archetypes/map.md"),
        }
    }
}

impl Archetype {
    /// The team's archetype, else the built-in one.
    #[must_use]
    pub fn new(kind: PageKind, of_team: Option<String>) -> Self {
        Self { kind, text: of_team.unwrap_or_else(|| kind.built_in().to_owned()) }
    }

    /// The text of a new page. `schema` is what the front matter of templates must contain, `day` is today.
    #[must_use]
    pub fn fill(&self, name: &NewName, schema: &NamedValues<SchemaKey>, day: &str) -> String {
        let text = self.text.replace("\r\n", "\n");
        if self.kind == PageKind::Playbook {
            return put_in(&text, name, day, in_yaml);
        }
        let (head, body) = split(&text);
        let mut head = put_in(head, name, day, in_yaml);
        if self.kind == PageKind::Template {
            head.push_str(&missing(&head, schema, day));
        }
        let body = put_in(body, name, day, |title, _, _| Within::Text { begins: false }.put(title));
        if head.is_empty() { body } else { format!("---\n{head}---\n{body}") }
    }
}

/// The lines of the front matter, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let Some(inside) = text.strip_prefix("---\n") else { return ("", text) };
    match inside.find("\n---\n") {
        Some(end) => (inside.part(..=end), inside.part(end + "\n---\n".len()..)),
        None => ("", text),
    }
}

/// Puts in `{{ title }}`, `{{ id }}` and `{{ date }}`. All other names in braces are the template's own. `written` writes
/// a title between what is before it and what is behind it.
fn put_in(text: &str, name: &NewName, day: &str, written: impl Fn(&str, &str, &str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inner, end)) = after.split_once("}}") else { break };
        out.push_str(before);
        match inner.trim() {
            "title" => out.push_str(&written(&name.title, before, end)),
            "id" => out.push_str(name.id()),
            "date" => out.push_str(day),
            _ => out.extend(["{{", inner, "}}"]),
        }
        rest = end;
    }
    out + rest
}

/// A title in YAML: as the quotes around it ask for, if there are any.
fn in_yaml(title: &str, before: &str, after: &str) -> String {
    if before.ends_with('"') && after.starts_with('"') {
        return quoted(title).trim_matches('"').to_owned();
    }
    if before.ends_with('\'') && after.starts_with('\'') {
        return title.replace('\'', "''");
    }
    let is_whole = before.ends_with(": ") && (after.is_empty() || after.starts_with('\n'));
    if is_whole { yaml(title) } else { title.to_owned() }
}

/// A text as a value in YAML.
fn yaml(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | '(' | ')' | '/' | '\'');
    // What YAML would take for something else than a text: a mark, a number, `no`.
    let is_text = text.starts_with(char::is_alphabetic)
        && text.chars().all(is_plain)
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    if is_text { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes: what JSON writes, YAML reads.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The lines for keys that templates must have and the front matter lacks.
fn missing(head: &str, schema: &NamedValues<SchemaKey>, day: &str) -> String {
    let has = |key: &str| {
        let keys = head.lines().filter_map(|line| line.split_once(':'));
        keys.map(|(written, _)| written.trim_matches(['"', '\''])).any(|written| written == key)
    };
    let lacking = schema.iter().filter(|(key, required)| required.value.required && !has(&key.value));
    lacking.map(|(key, required)| format!("{}: {}\n", key.value, example(&required.value, day))).collect()
}

/// A value that the schema allows.
fn example(key: &SchemaKey, day: &str) -> String {
    let kind = key.kind.as_ref().map(|kind| kind.value);
    let first = key.values.first().map(|value| yaml(&value.value));
    match (kind, first) {
        (Some(SchemaType::List), first) => format!("[{}]", first.unwrap_or_else(|| OPEN.to_owned())),
        (_, Some(first)) => first,
        (Some(SchemaType::Number), None) => "1".to_owned(),
        (Some(SchemaType::Date), None) => day.to_owned(),
        (Some(SchemaType::Flag), None) => "false".to_owned(),
        (Some(SchemaType::Text) | None, None) => OPEN.to_owned(),
    }
}
