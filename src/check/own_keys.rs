//! The keys that a team gives its templates and playbooks: are they there, and is their value one that it allows?

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::project::settings::config::{NamedValues, SchemaKey, SchemaType};
use crate::source::{Located, Span};
use crate::yaml::{MappingEntry, NodeContent, QuoteStyle, Scalar, YamlNode, is_day};

/// The values that are not what the schema allows.
pub(super) fn values<'e>(
    rule: &'static Rule,
    schema: &NamedValues<SchemaKey>,
    entries: impl IntoIterator<Item = &'e MappingEntry>,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    for entry in entries {
        let Some((_, wanted)) = schema.iter().find(|(key, _)| key.value == entry.key.value) else { continue };
        if matches!(entry.value.content, NodeContent::Null | NodeContent::Unreadable) {
            continue;
        }
        match wrong_type(rule, entry, &wanted.value) {
            Some(finding) => found.push(finding),
            None => found.extend(items(&entry.value).filter_map(|item| wrong_value(rule, entry, item, &wanted.value))),
        }
    }
    found
}

/// A key that has to be there. `near` is one that may be a misspelling of it.
pub(super) fn missing(
    rule: &'static Rule,
    at: Span,
    key: &Located<String>,
    wanted: &SchemaKey,
    near: Option<&str>,
) -> Diagnostic {
    let key = &key.value;
    let help = match (near, &wanted.description) {
        (Some(near), _) => format!("should `{near}` be `{key}`?"),
        (None, Some(meaning)) => format!("add `{key}: …`: {}", meaning.value),
        (None, None) => format!("add `{key}: …`"),
    };
    rule.at(at, format!("missing key `{key}`")).help(help)
}

fn wrong_type(rule: &'static Rule, entry: &MappingEntry, wanted: &SchemaKey) -> Option<Diagnostic> {
    let kind = wanted.kind.as_ref()?.value;
    let fits = match (&entry.value.content, kind) {
        (NodeContent::Sequence(_), kind) => kind == SchemaType::List,
        (NodeContent::Scalar(scalar), kind) => scalar_fits(scalar, kind),
        _ => false,
    };
    let is_block = matches!(&entry.value.content, NodeContent::Sequence(_) | NodeContent::Mapping(_));
    let span = if is_block { entry.key.span } else { entry.value.span };
    let (must, help) = match kind {
        SchemaType::Text => ("a string", "use a single value"),
        SchemaType::List => ("a list", "write `[one, two]`, or one `- item` per line"),
        SchemaType::Number => ("a number", "write a number like `2` or `1.5`, without quotes"),
        SchemaType::Date => ("a date", "write year, month and day: `2026-05-31`"),
        SchemaType::Flag => ("`true` or `false`", "write `true` or `false`"),
    };
    (!fits).then(|| rule.at(span, format!("`{}` must be {must}", entry.key.value)).help(help))
}

fn scalar_fits(scalar: &Scalar, kind: SchemaType) -> bool {
    let text = scalar.text.trim();
    match kind {
        SchemaType::Text => true,
        SchemaType::List => false,
        // `"2"` in quotes is a text to every other reader of YAML, `nan` and `inf` are numbers to Rust alone.
        SchemaType::Number => scalar.style == QuoteStyle::Plain && text.parse::<f64>().is_ok_and(f64::is_finite),
        SchemaType::Date => is_day(text),
        SchemaType::Flag => scalar.style == QuoteStyle::Plain && matches!(text, "true" | "false"),
    }
}

fn items(node: &YamlNode) -> impl Iterator<Item = &YamlNode> {
    match &node.content {
        NodeContent::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    }
    .iter()
}

fn wrong_value(rule: &'static Rule, entry: &MappingEntry, item: &YamlNode, wanted: &SchemaKey) -> Option<Diagnostic> {
    let text = item.as_text()?;
    let allowed = || wanted.values.iter().map(|value| value.value.as_str());
    if wanted.values.is_empty() || allowed().any(|value| value == text) {
        return None;
    }
    let finding = rule.at(item.span, format!("invalid value `{text}` for `{}`", entry.key.value));
    // `gold` for `Gold` is the usual slip, and too short to be guessed by its letters.
    let same = allowed().find(|value| value.eq_ignore_ascii_case(text));
    if let Some(near) = same.or_else(|| nearest(text, allowed())) {
        return Some(finding.suggest(near));
    }
    let all: Vec<String> = allowed().map(|value| format!("`{value}`")).collect();
    Some(finding.help(format!("use one of {}", all.join(", "))))
}
