//! Values for placeholders: from a YAML file, and from a person at the terminal.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use crate::fill::OpenPlaceholders;
use crate::playbook;
use crate::project::filesystem::decode::decode;
use crate::source::{SourcePath, Sources, Span};
use crate::yaml::{self, NodeContent, YamlNode};

/// Values by name.
pub(super) type GivenValues = BTreeMap<String, String>;

/// The values in a YAML file. Below a key they have joined names: `company: {name: Acme}` gives `company.name`, and
/// `company_name` as well.
pub(super) fn read(file: &Path) -> Result<GivenValues, String> {
    #[expect(clippy::disallowed_methods, reason = "the values of one partner lie outside any project")]
    let bytes = std::fs::read(file).map_err(|error| format!("cannot read `{}`: {error}", file.display()))?;
    parse(&decode(bytes).text).map_err(|why| format!("cannot read `{}`: {why}", file.display()))
}

fn parse(text: &str) -> Result<GivenValues, String> {
    let mut sources = Sources::default();
    let name = SourcePath::new("values.yaml").map_err(|_| "a name is missing".to_owned())?;
    let source = sources.set(name, text);
    let parsed = yaml::parse(text, Span::new(source, 0..text.len()), &playbook::SYNTAX);
    if let Some(first) = parsed.found.first() {
        return Err(format!("line {}: {}", sources.positions(first.span).0.line, first.message));
    }
    let mut values = GivenValues::new();
    match &parsed.value.content {
        NodeContent::Mapping(_) => add(&mut values, "", &parsed.value),
        NodeContent::Null => {}
        _ => return Err("the file must contain names and values: `partner: Acme Corp`".to_owned()),
    }
    // Templates name a placeholder in either form. A value that was given under the joined name itself stays.
    let joined: Vec<(String, String)> = values
        .iter()
        .filter(|(name, _)| name.contains('.'))
        .map(|(name, value)| (name.replace('.', "_"), value.clone()))
        .collect();
    for (name, value) in joined {
        values.entry(name).or_insert(value);
    }
    Ok(values)
}

fn add(values: &mut GivenValues, name: &str, node: &YamlNode) {
    match &node.content {
        NodeContent::Mapping(mapping) => {
            for entry in &mapping.entries {
                let key = &entry.key.value;
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                add(values, &name, &entry.value);
            }
        }
        NodeContent::Sequence(items) => {
            let texts: Vec<&str> = items.iter().filter_map(YamlNode::as_text).collect();
            values.insert(name.to_owned(), texts.join(", "));
        }
        NodeContent::Scalar(_) => {
            values.insert(name.to_owned(), node.as_text().unwrap_or_default().trim_end().to_owned());
        }
        // A name without a value is one that somebody forgot to fill in.
        NodeContent::Null => {
            values.insert(name.to_owned(), String::new());
        }
        NodeContent::Unreadable => {}
    }
}

/// Asks for each name that is missing; an empty answer leaves it open. `None` when the answers end before the
/// questions.
pub(super) fn ask(missing: &OpenPlaceholders, answers: &mut dyn BufRead, say: &dyn Fn(&str)) -> Option<GivenValues> {
    let mut values = GivenValues::new();
    for (name, (written, _)) in missing {
        say(&format!("{name} ({written}): "));
        let mut answer = String::new();
        if answers.read_line(&mut answer).ok()? == 0 {
            say("\n");
            return None;
        }
        if !answer.trim().is_empty() {
            values.insert(name.clone(), answer.trim().to_owned());
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_below_a_key_have_joined_names() {
        let values = parse("partner: Acme Corp\ncompany:\n  name: Contoso\ntiers: [Gold, Silver]\nnone:\n").unwrap();
        let expected = [
            ("company.name", "Contoso"),
            ("company_name", "Contoso"),
            ("none", ""),
            ("partner", "Acme Corp"),
            ("tiers", "Gold, Silver"),
        ];
        assert_eq!(values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(), expected);
        assert!(parse("partner: \"Acme\n").unwrap_err().starts_with("line 1"));
        assert!(parse("- a").is_err());
    }

    #[test]
    fn each_missing_value_is_asked_for_once() {
        let asked = |name: &str, word: &str| (name.to_owned(), (word.to_owned(), ["a.md".to_owned()].into()));
        let missing = OpenPlaceholders::from([asked("partner", "[Partner Name]"), asked("contact", "{{ contact }}")]);
        let said = std::cell::RefCell::new(String::new());
        let say = |text: &str| said.borrow_mut().push_str(text);
        let values = ask(&missing, &mut "\n  Acme Corp \n".as_bytes(), &say).unwrap();
        assert_eq!(values, GivenValues::from([("partner".to_owned(), "Acme Corp".to_owned())]));
        assert_eq!(*said.borrow(), "contact ({{ contact }}): partner ([Partner Name]): ");
        assert_eq!(ask(&missing, &mut "Jo\n".as_bytes(), &say), None);
    }
}
