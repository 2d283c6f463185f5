//! Link definitions: `[label]: destination`.
//! In: the definitions that the parser read, and which of them links use. Out: where their destinations stand,
//! and the definitions that nobody meant.
//! Never knows: where links lead.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, RefDefs};

use super::link::destination_end;
use super::writer::{Input, Writer};
use crate::diagnostic::{Diagnostics, Edit, Fix, Rule};
use crate::markdown::document::{Link, LinkKind};
use crate::markdown::lines::IndentedLine;

/// A line that reads as a definition, so that its text is on no page.
pub(crate) static VANISHING: Rule = Rule::warning("link/vanishing-definition", include_str!("vanishing_definition.md"));

/// A second definition of one name.
pub(crate) static DUPLICATE: Rule = Rule::warning("link/duplicate-definition", include_str!("duplicate_definition.md"));

/// A definition.
#[derive(Debug)]
struct Definition {
    /// All of it.
    range: Range<usize>,
    /// Its destination alone.
    destination: Range<usize>,
    address: String,
    used: bool,
}

/// The definitions of a text, by place.
#[derive(Debug)]
pub(crate) struct Definitions<'a> {
    labels: &'a RefDefs<'a>,
    list: Vec<Definition>,
    /// List items whose whole text is gone.
    empty_items: Vec<Range<usize>>,
}

impl<'a> Definitions<'a> {
    pub(crate) fn new(text: &str, labels: &'a RefDefs<'a>) -> Self {
        let mut list: Vec<Definition> = labels
            .iter()
            .map(|(_, definition)| Definition {
                range: definition.span.clone(),
                destination: destination_in(text, &definition.span),
                address: definition.dest.to_string(),
                used: false,
            })
            .collect();
        list.sort_by_key(|definition| definition.range.start);
        Self { labels, list, empty_items: Vec::new() }
    }

    /// The destination of a label's definition, which is used by now.
    pub(crate) fn destination(&mut self, label: &str) -> Option<Range<usize>> {
        let start = self.labels.get(label)?.span.start;
        let index = self.list.binary_search_by_key(&start, |definition| definition.range.start).ok()?;
        self.list[index].used = true;
        Some(self.list[index].destination.clone())
    }

    /// Takes note of a list item without content.
    pub(super) fn empty_item(&mut self, range: &Range<usize>) {
        self.empty_items.push(range.clone());
    }
}

impl Writer<'_> {
    /// Hands over the addresses of unused definitions, and reports those that were prose.
    pub(super) fn report_definitions(&mut self) {
        let mut vanished: BTreeMap<usize, usize> = BTreeMap::new();
        for definition in std::mem::take(&mut self.definitions.list) {
            if definition.used || matches!(&*definition.address, "" | "#") {
                continue;
            }
            if is_address(&definition.address) {
                self.unused_definition(definition);
            } else {
                vanished.insert(definition.range.start, definition.range.end);
            }
        }
        // A label defined twice is in the parser's table once: the item it left empty tells of the second.
        for item in std::mem::take(&mut self.definitions.empty_items) {
            let text = &self.input.text[item.clone()];
            let Some(open) = text.find('[').filter(|_| text.contains("]:")) else { continue };
            let start = item.start + open;
            let address = &self.input.text[destination_in(self.input.text, &(start..item.end))];
            if !is_address(address) {
                vanished.entry(start).or_insert(item.end);
            }
        }
        for (start, end) in vanished {
            let text = self.input.text[start..end].trim_end();
            let span = self.span(start..start + text.len());
            let message = format!("`{text}` is read as a link definition, so it is not shown");
            let escape = Edit { span: span.part(0..0), replacement: "\\".to_owned() };
            let finding = VANISHING.at(span, message).help("to show it as text, write `\\[` for the first bracket");
            self.found.push(finding.fix(Fix::safe(vec![escape])));
        }
    }

    fn unused_definition(&mut self, definition: Definition) {
        let whole = self.span(definition.range.clone());
        self.document.links.push(Link {
            kind: LinkKind::UnusedDefinition,
            destination: definition.address,
            span: self.span(definition.destination),
            whole,
            text: String::new(),
            width: None,
        });
    }
}

/// Reports second definitions of a label, which the parser reads over: lines that look like one, and stand in nothing
/// that is shown.
pub(crate) fn report_duplicates(input: &Input<'_>, labels: &RefDefs<'_>, found: &mut Diagnostics) {
    if labels.iter().next().is_none() {
        return;
    }
    let is_shown = |event: &Event<'_>| !matches!(event, Event::Start(_) | Event::End(_));
    let shown = input.events.iter().filter(|(event, _)| is_shown(event)).map(|(_, range)| range.clone());
    let mut shown: Vec<Range<usize>> = shown.collect();
    shown.sort_by_key(|range| range.start);
    for line in IndentedLine::all(input.text) {
        let Some((label, _)) = line.body.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { continue };
        let Some(first) = labels.get(label).filter(|_| !label.starts_with('^')) else { continue };
        let start = line.body_start;
        let before = shown.partition_point(|range| range.start <= start);
        let is_text = before.checked_sub(1).is_some_and(|before| shown[before].end > start);
        let definition = start..line.end;
        if is_text || first.span.start >= start || !is_address(&input.text[destination_in(input.text, &definition)]) {
            continue;
        }
        let name = |at: usize| input.origin.span(at + 1..at + 1 + label.len());
        let finding = DUPLICATE.at(name(start), format!("`{label}` is defined twice on this page"));
        let help = "the first one is used: rename this one, or remove it";
        found.push(finding.help(help).related(name(first.span.start), "first defined here"));
    }
}

/// Whether the destination of a definition that nothing refers to looks like one.
fn is_address(destination: &str) -> bool {
    !destination.contains(['[', ']']) && destination.contains(['/', '.', '#', ':'])
}

/// Where the destination stands in a definition.
fn destination_in(text: &str, definition: &Range<usize>) -> Range<usize> {
    let body = &text[definition.clone()];
    let after = body.find("]:").map_or(0, |at| at + 2);
    let start = after + (body.len() - after - body[after..].trim_start().len());
    let (start, end) = destination_end(body, start);
    definition.start + start..definition.start + end
}
