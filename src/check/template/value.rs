//! `template/value`: a value in a template's front matter that no template may have.

use super::template;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::project::settings::config::{SchemaKey, SchemaType};
use crate::site::{PageId, Site};
use crate::yaml::{MappingEntry, NodeContent, QuoteStyle, Scalar, YamlNode};

/// The rule.
pub static RULE: Rule = Rule::error("template/value", include_str!("value.md"));

/// Holds the values of a template against `[templates.schema]`.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(front) = template(site, page) else { return };
    for entry in &front.written.entries {
        let schema = site.config.written.templates.schema.iter().find(|(key, _)| key.value == entry.key.value);
        let Some((_, wanted)) = schema else { continue };
        if matches!(entry.value.content, NodeContent::Null | NodeContent::Unreadable) {
            continue;
        }
        match wrong_type(entry, &wanted.value) {
            Some(finding) => found.push(finding),
            None => found.extend(items(&entry.value).filter_map(|item| wrong_value(entry, item, &wanted.value))),
        }
    }
}

fn wrong_type(entry: &MappingEntry, wanted: &SchemaKey) -> Option<Diagnostic> {
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
    (!fits).then(|| RULE.at(span, format!("`{}` must be {must}", entry.key.value)).help(help))
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

/// `2026-05-31`: a day that the calendar has.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u32>().unwrap_or(0)));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some((4, year)), Some((2, month)), Some((2, day)), None) = (year, month, day, parts.next()) else {
        return false;
    };
    // Years of the Gregorian calendar: 1900 was no leap year, 2000 was.
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    // `parse` takes `+5` for a number.
    year > 0 && (1..=days).contains(&day) && text.bytes().all(|byte| byte != b'+')
}

fn items(node: &YamlNode) -> impl Iterator<Item = &YamlNode> {
    match &node.content {
        NodeContent::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    }
    .iter()
}

fn wrong_value(entry: &MappingEntry, item: &YamlNode, wanted: &SchemaKey) -> Option<Diagnostic> {
    let text = item.as_text()?;
    let allowed = || wanted.values.iter().map(|value| value.value.as_str());
    if wanted.values.is_empty() || allowed().any(|value| value == text) {
        return None;
    }
    let finding = RULE.at(item.span, format!("invalid value `{text}` for `{}`", entry.key.value));
    // `gold` for `Gold` is the usual slip, and too short to be guessed by its letters.
    let same = allowed().find(|value| value.eq_ignore_ascii_case(text));
    if let Some(near) = same.or_else(|| nearest(text, allowed())) {
        return Some(finding.suggest(near));
    }
    let all: Vec<String> = allowed().map(|value| format!("`{value}`")).collect();
    Some(finding.help(format!("use one of {}", all.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_written_year_first() {
        for day in ["2026-05-31", "2024-02-29", "2000-02-29", "2026-04-30"] {
            assert!(is_day(day), "{day}");
        }
        for wrong in ["2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-00-10", "2026-01-00", "0000-01-01"]
        {
            assert!(!is_day(wrong), "{wrong}");
        }
        for wrong in ["31.5.2026", "2026-13-01", "2026-5-31", "2026-05", "2026-05-31-1", ""] {
            assert!(!is_day(wrong), "{wrong}");
        }
    }
}
