//! Link definitions, `[label]: destination`: where their destinations are, which are unused, and which were prose.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, RefDefs};

use super::input::Input;
use super::writer::Writer;
use crate::diagnostic::{Diagnostics, Edit, Fix, Rule, code};
use crate::markdown::document::{Link, LinkKind};
use crate::markdown::lines::IndentedLine;
use crate::source::Part as _;

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
        let definition = self.list.get_mut(index)?;
        definition.used = true;
        Some(definition.destination.clone())
    }

    /// Takes note of a list item without content.
    pub(super) fn empty_item(&mut self, range: &Range<usize>) {
        self.empty_items.push(range.clone());
    }

    /// Hands over the addresses of unused definitions, and reports those that were prose.
    pub(super) fn finish(self, writer: &mut Writer<'_>) {
        let mut vanished: BTreeMap<usize, usize> = BTreeMap::new();
        for definition in self.list {
            // `[//]: # (…)` is how some write a comment.
            if definition.used || matches!(&*definition.address, "" | "#") {
                continue;
            }
            if is_address(&definition.address) {
                definition.add_unused(writer);
            } else {
                vanished.insert(definition.range.start, definition.range.end);
            }
        }
        // A label defined twice is in the parser's table once: the item it left empty tells of the second.
        for item in self.empty_items {
            let text = writer.text().part(item.clone());
            let Some(open) = text.find('[').filter(|_| text.contains("]:")) else { continue };
            let start = item.start + open;
            let address = writer.text().part(destination_in(writer.text(), &(start..item.end)));
            if !is_address(address) {
                vanished.entry(start).or_insert(item.end);
            }
        }
        for (start, end) in vanished {
            let text = writer.text().part(start..end).trim_end();
            let span = writer.span(start..start + text.len());
            let message = format!("`{text}` is read as a link definition, so it is not shown");
            // Safe to apply: the backslash changes nothing but that readers see the text.
            let escape = Edit { span: span.part(0..0), replacement: "\\".to_owned() };
            let finding = VANISHING.at(span, message).help("to show it as text, write `\\[` for the first bracket");
            writer.report(finding.fix(Fix::safe(vec![escape])));
        }
    }
}

impl Definition {
    fn add_unused(self, writer: &mut Writer<'_>) {
        let whole = writer.span(self.range);
        let span = writer.span(self.destination);
        writer.document().links.push(Link {
            kind: LinkKind::UnusedDefinition,
            destination: self.address,
            span,
            whole,
            text: String::new(),
            width: None,
        });
    }
}

/// Reports second definitions of a label, which the parser reads over: lines that look like one, and are in nothing
/// that is shown.
pub(crate) fn report_duplicates(input: &Input<'_>, labels: &RefDefs<'_>, found: &mut Diagnostics) {
    if labels.iter().next().is_none() {
        return;
    }
    // Definitions may be inside list items and quotes, so only what has text of its own counts.
    let is_shown = |event: &Event<'_>| !matches!(event, Event::Start(_) | Event::End(_));
    let shown = input.events.iter().filter(|(event, _)| is_shown(event)).map(|(_, range)| range.clone());
    let mut shown: Vec<Range<usize>> = shown.collect();
    shown.sort_by_key(|range| range.start);
    for line in IndentedLine::all(input.text) {
        let Some((label, _)) = line.body.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { continue };
        // Footnotes have a rule of their own.
        let Some(first) = labels.get(label).filter(|_| !label.starts_with('^')) else { continue };
        let start = line.body_start;
        let before = shown.partition_point(|range| range.start <= start);
        let is_text = before.checked_sub(1).and_then(|before| shown.get(before)).is_some_and(|range| range.end > start);
        let definition = start..line.end;
        if is_text || first.span.start >= start || !is_address(input.text.part(destination_in(input.text, &definition)))
        {
            continue;
        }
        let name = |at: usize| input.source_map.span(at + 1..at + 1 + label.len());
        let finding = DUPLICATE.at(name(start), format!("{} is defined twice on this page", code(label)));
        let help = "the first one is used: rename this one, or remove it";
        found.push(finding.help(help).related(name(first.span.start), "first defined here"));
    }
}

/// Whether the destination of a definition that nothing refers to looks like one.
fn is_address(destination: &str) -> bool {
    !destination.contains(['[', ']']) && destination.contains(['/', '.', '#', ':'])
}

/// Where the destination is in a definition.
fn destination_in(text: &str, definition: &Range<usize>) -> Range<usize> {
    let body = text.part(definition.clone());
    let after = body.find("]:").map_or(0, |at| at + 2);
    let start = after + (body.len() - after - body.part(after..).trim_start().len());
    let destination = destination_from(body, start);
    definition.start + destination.start..definition.start + destination.end
}

/// The destination that starts at `start`: without angle brackets, up to the first space or unmatched parenthesis.
pub(super) fn destination_from(text: &str, start: usize) -> Range<usize> {
    // CommonMark's rule: parentheses in an address are even, or it is in angle brackets.
    let is_bracketed = text.part(start..).starts_with('<');
    let start = start + usize::from(is_bracketed);
    let mut depth = 0_usize;
    let mut bytes = text.part(start..).bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next_if(|(_, next)| next.is_ascii_punctuation())),
            b'>' if is_bracketed => return start..start + at,
            _ if is_bracketed => {}
            b'(' => depth += 1,
            b')' if depth == 0 => return start..start + at,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() => return start..start + at,
            _ => {}
        }
    }
    start..text.len()
}
