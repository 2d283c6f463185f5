//! Syntax that readers see, or that is lost: left-overs of other tools, and slips in our own dialect.
//! In: everything that readers will see, in the order in which it is written. Out: what in it looks like a construct that
//! was not understood.
//! Never knows: how constructs are written rightly.

mod code;
mod construct;
mod front_matter;
mod html;
mod inline;
mod line;
mod place;
mod stars;
mod table;
mod tables;

use std::ops::Range;

pub(crate) use code::report_code;
pub(crate) use construct::MKDOCSTRINGS;
pub use construct::Tool;
use construct::{API, ASIDE, ATTRIBUTES, Construct, DIAGRAM, FORMULA, ICON, LATE_FRONT_MATTER, SECOND_FRONT_MATTER};
pub(crate) use front_matter::report_second_front_matter;
pub(crate) use html::{report_component, report_diagram, report_lost_include, report_markdown};
use place::{Leak, Place};

use crate::diagnostic::{Diagnostic, Edit, Fix, Rule};
use crate::markdown::attributes::Attributes;
use crate::markdown::placeholder::seal::unsealed;
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// Syntax that readers see.
pub static LEAKED: Rule = Rule::warning("markdown/leaked-syntax", include_str!("leaked_syntax.md"));

/// What is left of a tool's syntax at one place. How it is reported depends on how much of it the site has.
#[derive(Clone, Debug)]
pub struct Leftover {
    /// The tool.
    pub tool: &'static Tool,
    /// What is said of this place alone.
    pub finding: Diagnostic,
}

/// What was reported of a text so far, where one slip shows in several places.
#[derive(Default)]
pub(crate) struct Leaks {
    /// Asides that were not understood, and whose ends are still to come.
    asides: usize,
    /// Text up to here belongs to something that is reported.
    until: usize,
    /// Whether a formula was reported that this site does not draw.
    formula: bool,
}

impl Leaks {
    /// Reports what a run of text starts with, when it is the first thing on its line.
    pub(crate) fn report_line(&mut self, writer: &mut Writer<'_>, at: usize) {
        let text = writer.text();
        // Nearly all text starts with a letter.
        let may_start = |first: &u8| first.is_ascii_punctuation() || matches!(first, b'i' | b'e');
        if at < self.until || !text.as_bytes().get(at).is_some_and(may_start) {
            return;
        }
        // A backslash that nobody wrote is no text, and `:-- | --:` starts no definition.
        let is_inserted = text.part(..at).ends_with('\\') && !writer.input().is_escaped(at);
        let is_second_row = text.part(at..).starts_with('-') && text.part(..at).ends_with(':');
        let starts_line = Place { text, at: at - usize::from(is_inserted || is_second_row) }.starts_line();
        let place = Place { text, at };
        let Some(leak) = Some(place).filter(|_| starts_line).and_then(|place| table::at_line_start(&place)) else {
            return;
        };
        if !self.is_said(&leak, place.line()) {
            self.until = at + leak.range.end;
            if leak.construct.is(&API) {
                // What its indented lines say goes with it.
                let paragraph = text.part(at..);
                self.until = at + paragraph.find("\n\n").unwrap_or(paragraph.len());
            }
            report(writer, at, leak);
        }
    }

    /// Whether a slip was reported already that this one is a part of.
    fn is_said(&mut self, leak: &Leak<'_>, line: &str) -> bool {
        if leak.construct.is(&FORMULA) {
            // One setting is behind all formulas of a page.
            return std::mem::replace(&mut self.formula, true);
        }
        (leak.construct.is(&ASIDE) || leak.construct.is(&DIAGRAM)) && self.ends_aside(line.trim_end())
    }

    /// Whether a line of colons is the end of an aside that is reported already: both are one slip.
    fn ends_aside(&mut self, line: &str) -> bool {
        let is_bare = line.bytes().all(|byte| byte == b':');
        let ends = is_bare && self.asides > 0;
        if ends {
            self.asides -= 1;
        } else if !is_bare && !line.ends_with(":::") {
            self.asides += 1;
        }
        ends
    }

    /// Reports what starts at a place in a run of text that ends at `end`, where nothing else does.
    pub(crate) fn report_inline(&mut self, writer: &mut Writer<'_>, at: usize, end: usize) {
        let text = writer.text();
        let is_braces = text.part(at..).starts_with('{');
        // Two braces are another tool's: the second one starts nothing.
        if at < self.until || (is_braces && text.part(..at).ends_with('{')) {
            return;
        }
        let place = Place { text, at };
        let in_heading =
            || inline::broken_attributes(place.near().trim_end()).filter(|_| writer.is_in(Enclosing::Heading));
        let own = || if is_braces { in_heading().or_else(|| attribute_list(&place, end)) } else { None };
        if let Some(leak) = table::anywhere(&place).or_else(own) {
            self.until = at + leak.range.end;
            report(writer, at, leak);
        }
    }

    /// Reports a shortcode that stands for nothing. Single words between colons are common; joined ones are not.
    pub(crate) fn report_shortcode(&mut self, writer: &mut Writer<'_>, name: &str, range: Range<usize>) {
        let mut words = name.split(['-', '_']);
        let is_joined =
            name.contains(['-', '_']) && words.all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        if is_joined && range.start >= self.until {
            report(writer, range.start, Leak::new(0..range.len(), &ICON));
        }
    }
}

/// An attribute list that belongs to nothing.
fn attribute_list<'t>(place: &Place<'t>, end: usize) -> Option<Leak<'t>> {
    if table::is_argument(place.before()) {
        return None;
    }
    let (_, length) = Attributes::read(place.text.part(place.at..end))?;
    Some(Leak::new(0..length, &ATTRIBUTES))
}

/// Reports an attribute list at the end of a heading that the parser took off and nobody understands.
pub(crate) fn report_lost_attributes(writer: &mut Writer<'_>, at: usize) {
    let place = Place { text: writer.text(), at };
    if let Some(met) = inline::broken_attributes(place.near().trim_end()) {
        report(writer, at, met);
    }
}

/// Reports what was met at a place.
fn report(writer: &mut Writer<'_>, at: usize, leak: Leak<'_>) {
    let Leak { range, back, construct, right, reads } = leak;
    let range = at - back..at + range.end;
    let line = writer.text().part(range.clone()).lines().next().unwrap_or_default();
    let unsealed = unsealed(line);
    let shown = reads.or(unsealed.as_deref()).unwrap_or(line).trim_end();
    let message = if construct.is(&SECOND_FRONT_MATTER) || construct.is(&LATE_FRONT_MATTER) {
        format!("{} is shown as text", construct.what)
    } else {
        format!("`{shown}` looks like {}, {}", construct.what, construct.seen.in_words())
    };
    let fix = right.map(|(part, replacement)| {
        let span = writer.span(range.start + part.start..range.start + part.end);
        Fix::suggested(vec![Edit { span, replacement }])
    });
    let finding = LEAKED.at(writer.span(range), message).help(construct.help).fix_if(fix);
    say(writer, construct, finding);
}

fn say(writer: &mut Writer<'_>, construct: &'static Construct, finding: Diagnostic) {
    match construct.tool {
        Some(tool) => writer.document().leftovers.push(Leftover { tool, finding }),
        None => writer.report(finding),
    }
}
