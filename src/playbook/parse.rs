//! Parses a playbook's YAML file. A broken entry costs only itself: its finding is at the key or value.

use std::collections::HashMap;

use super::duration::sum;
use super::field::{self, Field, FieldKind};
use super::{Playbook, Step, StepsRead};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Parsed, Rule, Severity, code, nearest};
use crate::source::{Located, SourceId, Span};
use crate::yaml::{self, FieldReader, Mapping, MappingEntry, NodeContent, YamlNode};

/// A playbook file that is not valid YAML.
pub static SYNTAX: Rule = Rule::error("playbook/syntax", include_str!("syntax.md"));
/// A value of the wrong type for its key.
pub static TYPE: Rule = Rule::error("playbook/type", include_str!("type.md"));
/// An unknown key.
pub static UNKNOWN_KEY: Rule = Rule::error("playbook/unknown-key", include_str!("unknown_key.md"));
/// A duration that keeps the others from being added up.
pub static UNKNOWN_DURATION: Rule = Rule::info("playbook/unknown-duration", include_str!("unknown_duration.md"));
/// A step with nothing in it.
pub static EMPTY_STEP: Rule = Rule::error("playbook/empty-step", include_str!("empty_step.md"));
/// A step that does not say what is done.
pub static MISSING_NAME: Rule = Rule::error("playbook/missing-name", include_str!("missing_name.md"));
/// A playbook in which nothing is done.
pub static NO_STEPS: Rule = Rule::warning("playbook/no-steps", include_str!("no_steps.md"));
/// Two steps with one name.
pub static DUPLICATE_STEP: Rule = Rule::error("playbook/duplicate-step", include_str!("duplicate_step.md"));

/// Reads a playbook's file. Every playbook has an id, which the file itself does not know. The team's own keys are kept
/// as they are.
#[must_use]
pub fn parse(text: &str, source: SourceId, id: &str, own_keys: &[&str]) -> Parsed<Playbook> {
    let Parsed { value: root, mut found } = yaml::parse(text, Span::new(source, 0..text.len()), &SYNTAX);
    let mut playbook = Playbook {
        id: id.to_owned(),
        start: Span::start_of(source),
        name: Located::new(id.to_owned(), Span::start_of(source)),
        description: None,
        purpose: None,
        owner: Vec::new(),
        version: None,
        last_reviewed: None,
        order: None,
        tags: Vec::new(),
        prerequisites: Vec::new(),
        steps: Vec::new(),
        success_criteria: Vec::new(),
        next_playbook: Vec::new(),
        recurring: None,
        warnings: Vec::new(),
        run: None,
        redirect_from: Vec::new(),
        own: Vec::new(),
        steps_read: steps_read(&root, &found),
        is_whole: true,
    };
    match &root.content {
        NodeContent::Mapping(mapping) => {
            playbook.own = set_fields(&mut playbook, mapping, &field::PLAYBOOK, own_keys, &mut found);
            doubt_steps(&mut playbook.steps, mapping);
        }
        NodeContent::Unreadable => {}
        // Nothing could be read, and there is a finding about that already.
        NodeContent::Null if !found.is_empty() => {}
        NodeContent::Null => {
            found.push(TYPE.at(playbook.start, "the playbook is empty").help("add at least `name:` and `steps:`"));
        }
        NodeContent::Scalar(_) | NodeContent::Sequence(_) => {
            let finding = TYPE.at(root.span, "a playbook must be a mapping");
            found.push(finding.help("add `name:` and `steps:`, with the steps below it"));
        }
    }
    found.extend(duplicate_steps(&playbook.steps));
    found.extend(unknown_durations(&playbook.steps));
    found.extend(super::dependencies::of(&playbook).found);
    if let (NodeContent::Mapping(mapping), true, true) = (&root.content, found.is_empty(), playbook.steps.is_empty()) {
        // Only if nothing else is wrong: otherwise the steps may be there and could not be read.
        let key = mapping.entries.iter().find(|entry| entry.key.value == "steps");
        let place = key.map_or(playbook.start, |entry| entry.key.span);
        let finding = NO_STEPS.at(place, format!("playbook `{id}` has no steps"));
        found.push(finding.help("add steps below `steps:`, as `- name: …`"));
    }
    // Syntax is checked before keys, but authors read the findings from top to bottom.
    found.sort_by_key(|finding| finding.span);
    // This character replaces bytes that were not UTF-8.
    let is_text = !text.contains(char::REPLACEMENT_CHARACTER);
    playbook.is_whole = is_text && !found.iter().any(|finding| finding.severity == Severity::Error);
    Parsed { value: playbook, found }
}

/// Which steps could be read, given what is wrong with the text as YAML.
fn steps_read(root: &YamlNode, broken: &Diagnostics) -> StepsRead {
    let unread_unless = |nothing_is_broken: bool| if nothing_is_broken { StepsRead::All } else { StepsRead::None };
    let NodeContent::Mapping(mapping) = &root.content else { return StepsRead::None };
    let mut entries = mapping.entries.iter();
    let Some(entry) = entries.find(|entry| entry.key.value == "steps") else {
        // An unknown key may be a misspelt `steps`.
        let is_known = |entry: &MappingEntry| field::PLAYBOOK.iter().any(|field| field.name == entry.key.value);
        return unread_unless(broken.is_empty() && mapping.entries.iter().all(is_known));
    };
    let items = match &entry.value.content {
        NodeContent::Sequence(items) => items,
        NodeContent::Null => return unread_unless(broken.is_empty()),
        NodeContent::Scalar(_) | NodeContent::Mapping(_) | NodeContent::Unreadable => return StepsRead::None,
    };
    let is_step = |item: &YamlNode| match &item.content {
        NodeContent::Mapping(step) => !step.incomplete && !step.entries.is_empty(),
        NodeContent::Scalar(_) => true,
        NodeContent::Sequence(_) | NodeContent::Null | NodeContent::Unreadable => false,
    };
    // A broken line before the first step or after the last one may have been a step.
    let next = entries.next().map_or(u32::MAX, |next| next.key.span.start);
    let first = items.first().map_or(next, |item| item.span.start);
    let last = items.last().map_or(first, |item| item.span.end);
    let is_around = |at: u32| (entry.key.span.end..first).contains(&at) || (last..next).contains(&at);
    let is_gap = broken.iter().any(|finding| is_around(finding.span.start));
    if items.iter().all(is_step) && !is_gap { StepsRead::All } else { StepsRead::Some }
}

/// A `template` or `label` at the level of `steps` was meant for a step: those without one are in doubt.
fn doubt_steps(steps: &mut [Step], playbook: &Mapping) {
    let (label, template) = (playbook.get("label").is_some(), playbook.get("template").is_some());
    for step in steps {
        step.is_named &= !(label && step.label.is_none());
        step.has_template_read &= !(template && step.template.is_none());
    }
}

/// Keeps each value of a mapping where its key says. Returns what the team's own keys say.
fn set_fields<T>(
    value: &mut T,
    mapping: &Mapping,
    fields: &'static [Field<T>],
    own_keys: &[&str],
    found: &mut Diagnostics,
) -> Vec<MappingEntry> {
    let mut own = Vec::new();
    for entry in &mapping.entries {
        match fields.iter().find(|field| field.name == entry.key.value) {
            Some(field) => set(value, &field.kind, entry, found),
            None if own_keys.contains(&entry.key.value.as_str()) => own.push(entry.clone()),
            None => found.push(unknown_key(&entry.key, fields, own_keys)),
        }
    }
    own
}

fn set<T>(value: &mut T, kind: &FieldKind<T>, entry: &MappingEntry, found: &mut Diagnostics) {
    let mut reader = FieldReader::new(&TYPE, found);
    match kind {
        FieldKind::Name(slot) => {
            if let Some(name) = reader.text(entry) {
                *slot(value) = name;
            }
        }
        FieldKind::Text(slot) => *slot(value) = reader.text(entry),
        FieldKind::TextOrTrue(slot) => *slot(value) = reader.text(entry).and_then(how_often),
        FieldKind::Texts(slot) => *slot(value) = reader.texts(entry),
        FieldKind::TextOrTexts(slot) => *slot(value) = reader.text_or_texts(entry),
        // A key without a value is as good as none.
        FieldKind::SomeTexts(_) if matches!(entry.value.content, NodeContent::Null) => {}
        FieldKind::SomeTexts(slot) => *slot(value) = Some(reader.text_or_texts(entry)),
        FieldKind::Day(slot) => *slot(value) = reader.day(entry),
        FieldKind::Integer(slot) => *slot(value) = reader.integer(entry),
        FieldKind::Flag(slot) => *slot(value) = reader.boolean(entry).is_some_and(|flag| flag.value),
        FieldKind::Steps(slot) => {
            let items = reader.list(entry);
            *slot(value) = items.iter().zip(1..).filter_map(|(item, number)| step(item, number, found)).collect();
        }
    }
}

fn how_often(text: Located<String>) -> Option<Located<String>> {
    match text.value.as_str() {
        "false" => None,
        // `true` says only that it is repeated; pages show a word.
        "true" => Some(text.map(|_| "regularly".to_owned())),
        _ => Some(text),
    }
}

fn unknown_key<T>(key: &Located<String>, fields: &'static [Field<T>], own_keys: &[&str]) -> Diagnostic {
    let name = key.value.as_str();
    let names = || fields.iter().map(|field| field.name).chain(own_keys.iter().copied());
    let finding = UNKNOWN_KEY.at(key.span, format!("unknown key {}", code(name)));
    // A step's key next to `steps` is wrongly indented, which is likelier than misspelt.
    if field::STEP.iter().any(|field| field.name == name) {
        finding.help(format!("`{name}` belongs to a step: indent it below the step's `name`"))
    } else if field::PLAYBOOK.iter().any(|field| field.name == name) {
        finding.help(format!("`{name}` belongs to the playbook: move it to the same level as `steps`"))
    } else if let Some(near) = nearest(name, names()) {
        let fix = Fix::suggested(vec![Edit { span: key.span, replacement: near.to_owned() }]);
        finding.help(format!("did you mean `{near}`?")).fix(fix)
    } else {
        let known: Vec<String> = names().map(|name| format!("`{name}`")).collect();
        finding.help(format!("available keys: {}", known.join(", ")))
    }
}

/// The step that an item describes; nothing when there is nothing in it.
fn step(item: &YamlNode, number: usize, found: &mut Diagnostics) -> Option<Step> {
    let start = item.span.part(0..0);
    let unnamed = Located::new(String::new(), start);
    let mut step = Step {
        start,
        number,
        is_named: true,
        has_template_read: true,
        name: unnamed.clone(),
        label: None,
        description: None,
        template: None,
        prompt: None,
        checklist: Vec::new(),
        kpis: Vec::new(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        owner: Vec::new(),
        accountable: Vec::new(),
        consulted: Vec::new(),
        informed: Vec::new(),
        depends_on: None,
        optional: false,
        when: None,
        duration: None,
    };
    match &item.content {
        NodeContent::Mapping(mapping) if !mapping.entries.is_empty() => {
            set_fields(&mut step, mapping, &field::STEP, &[], found);
            step.has_template_read = is_read(mapping, "template");
            step.is_named = !step.name.value.is_empty() && is_read(mapping, "label");
            if step.name.value.is_empty() {
                found.extend(missing_name(mapping, number));
                step.name.value = stand_in(&step, number);
            }
        }
        NodeContent::Scalar(_) => {
            // A step that is only a name: most lists of steps begin as one.
            step.name = Located::new(item.as_text().unwrap_or_default().to_owned(), item.span);
        }
        NodeContent::Sequence(_) => {
            found.push(TYPE.at(item.span, "a step must be a mapping").help("write `- name: …`"));
            return None;
        }
        NodeContent::Mapping(_) | NodeContent::Null => {
            let finding = EMPTY_STEP.at(item.span, format!("step {number} is empty"));
            found.push(finding.help("add a `name`, or remove it"));
            return None;
        }
        NodeContent::Unreadable => return None,
    }
    Some(step)
}

/// Whether the text of a key was read, or is certainly missing: an unknown key may be a misspelling of it.
fn is_read(step: &Mapping, key: &str) -> bool {
    if step.incomplete {
        return false;
    }
    match step.get(key).map(|entry| &entry.value.content) {
        Some(NodeContent::Null | NodeContent::Scalar(_)) => true,
        Some(_) => false,
        None => !step.entries.iter().any(|entry| may_be(entry, key)),
    }
}

/// Whether an entry whose key means nothing may be the one of this key: it holds a text, and its key is nearer to no
/// other.
fn may_be(entry: &MappingEntry, key: &str) -> bool {
    let written = entry.key.value.as_str();
    let is_known = field::STEP.iter().any(|field| field.name == written)
        || field::PLAYBOOK.iter().any(|field| field.name == written);
    let is_text = !matches!(entry.value.content, NodeContent::Sequence(_) | NodeContent::Mapping(_));
    let near = nearest(written, field::STEP.iter().map(|field| field.name));
    !is_known && is_text && near.is_none_or(|near| near == key)
}

/// The finding for a missing name; none if there is one that could not be read.
fn missing_name(step: &Mapping, number: usize) -> Option<Diagnostic> {
    let at = match step.get("name") {
        Some(MappingEntry { value: YamlNode { content: NodeContent::Null, .. }, key }) => key.span,
        Some(MappingEntry { value: YamlNode { content: NodeContent::Scalar(_), span, .. }, .. }) => *span,
        Some(_) => return None,
        None if step.incomplete => return None,
        None => step.entries.first()?.key.span,
    };
    Some(MISSING_NAME.at(at, format!("step {number} has no name")).help("say what to do: `name: Prepare the call`"))
}

fn stand_in(step: &Step, number: usize) -> String {
    step.label.as_ref().map_or_else(|| format!("Step {number}"), |label| label.value.clone())
}

/// The durations that keep the total from being shown.
fn unknown_durations(steps: &[Step]) -> Diagnostics {
    let durations: Option<Vec<&Located<String>>> = steps.iter().map(|step| step.duration.as_ref()).collect();
    // The value of a variable is not known here.
    let is_unknown =
        |duration: &&&Located<String>| !duration.value.contains("{{") && sum([duration.value.as_str()]).is_none();
    let finding = |duration: &&Located<String>| {
        let finding = UNKNOWN_DURATION.at(duration.span, format!("`{}` cannot be added up", duration.value));
        finding.help("to show the total duration, write a number and a unit, such as `4 hours`")
    };
    durations.unwrap_or_default().iter().filter(is_unknown).map(finding).collect()
}

fn duplicate_steps(steps: &[Step]) -> Diagnostics {
    let mut first_with: HashMap<String, &Step> = HashMap::new();
    let mut found = Diagnostics::new();
    for step in steps {
        // Links to a step are made of its name in lower case: `Sign` and `sign` would want the same one.
        let name = step.name.value.to_lowercase();
        if let Some(first) = first_with.get(&name) {
            let finding = DUPLICATE_STEP.at(step.name.span, format!("duplicate step name `{}`", step.name.value));
            let finding = finding.help("give each step a unique name");
            found.push(finding.related(first.name.span, "first used here"));
        } else {
            first_with.insert(name, step);
        }
    }
    found
}

#[cfg(test)]
mod tests;
