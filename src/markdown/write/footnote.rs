//! Footnotes.
//! In: references and definitions, in any order. Out: numbers in the text, and the notes at its end with ways back.
//! Never knows: what a note says.

use std::collections::HashMap;
use std::ops::Range;

use super::definition::DUPLICATE;
use super::output::HtmlOutput;
use super::writer::Writer;
use crate::diagnostic::Rule;
use crate::source::Span;
use crate::wording::Wording;

/// A note that nothing refers to.
pub(crate) static UNUSED: Rule = Rule::warning("link/unused-footnote", include_str!("unused_footnote.md"));

/// The footnotes of a text.
#[derive(Default)]
pub(crate) struct Footnotes<'a> {
    /// Position in `notes` by label.
    by_label: HashMap<&'a str, usize>,
    /// In order of their first mention.
    notes: Vec<Note<'a>>,
    /// How many have a number.
    numbered: usize,
    /// Notes being written, innermost last.
    open: Vec<usize>,
}

struct Note<'a> {
    label: &'a str,
    references: usize,
    /// Its number among the notes that are referred to.
    number: Option<usize>,
    /// Where it is defined.
    place: Option<Span>,
    text: Option<HtmlOutput>,
}

impl<'a> Footnotes<'a> {
    fn note(&mut self, label: &'a str) -> usize {
        let next = self.notes.len();
        let index = *self.by_label.entry(label).or_insert(next);
        if index == next {
            self.notes.push(Note { label, references: 0, number: None, place: None, text: None });
        }
        index
    }
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_reference(&mut self, label: &'a str, range: &Range<usize>) {
        if self.images > 0 {
            return;
        }
        let index = self.footnotes.note(label);
        let next = self.footnotes.numbered + 1;
        let note = &mut self.footnotes.notes[index];
        let number = *note.number.get_or_insert(next);
        self.footnotes.numbered = self.footnotes.numbered.max(number);
        note.references += 1;
        let id = reference_id(label, note.references);
        self.out.raw("<sup class=\"footnote-ref\"");
        self.out.attribute("id", &id);
        self.out.raw("><a role=\"doc-noteref\"");
        self.out.attribute("href", &format!("#fn-{}", slug(label)));
        self.out.attribute("aria-label", &Wording::english().with("text.footnote", &[("number", &number.to_string())]));
        self.out.raw(&format!(">{number}</a></sup>"));
        let span = self.span(range.clone());
        self.give_anchor(&id, span);
    }

    pub(super) fn start_footnote(&mut self, label: &'a str, range: &Range<usize>) {
        let index = self.footnotes.note(label);
        self.footnotes.open.push(index);
        let start = range.start + self.input.text[range.clone()].find("[^").map_or(0, |at| at + 2);
        let span = self.span(start..(start + label.len()).min(range.end));
        match self.footnotes.notes[index].place {
            None => {
                self.footnotes.notes[index].place = Some(span);
                self.give_anchor(&format!("fn-{}", slug(label)), span);
            }
            Some(first) => {
                let finding = DUPLICATE.at(span, format!("the footnote `{label}` is defined twice on this page"));
                let finding = finding.help("the first one is used: rename this one, or remove it");
                self.found.push(finding.related(first, "first defined here"));
            }
        }
        self.put_aside();
        self.slots.forget();
    }

    pub(super) fn end_footnote(&mut self) {
        let text = self.take_up();
        self.slots.forget();
        if let Some(index) = self.footnotes.open.pop() {
            self.footnotes.notes[index].text.get_or_insert(text);
        }
    }

    /// Writes the notes, first those that the text refers to, in the order of their numbers.
    pub(super) fn write_footnotes(&mut self) {
        let mut notes: Vec<Note<'a>> = std::mem::take(&mut self.footnotes.notes);
        notes.retain(|note| note.text.is_some());
        self.report_unused(&notes);
        notes.sort_by_key(|note| note.number.unwrap_or(usize::MAX));
        if notes.is_empty() {
            return;
        }
        self.out.fresh_line();
        self.out.raw("<section class=\"footnotes\" role=\"doc-endnotes\"");
        self.out.attribute("aria-label", Wording::english().say("text.footnotes"));
        self.out.raw(">\n<ol>\n");
        for note in &notes {
            self.write_footnote(note);
        }
        self.out.raw("</ol>\n</section>\n");
    }

    /// Reports notes that nothing refers to. Those of an included file may be meant for another page.
    fn report_unused(&mut self, notes: &[Note<'a>]) {
        let own = self.span(0..0).source;
        for note in notes.iter().filter(|note| note.number.is_none()) {
            let Some(place) = note.place.filter(|place| place.source == own) else { continue };
            let finding = UNUSED.at(place, format!("unused footnote `{}`", note.label));
            self.found.push(finding.help(format!("add `[^{}]` where it belongs, or remove it", note.label)));
        }
    }

    fn write_footnote(&mut self, note: &Note<'a>) {
        self.out.raw("<li");
        self.out.attribute("id", &format!("fn-{}", slug(note.label)));
        if let Some(number) = note.number {
            self.out.attribute("value", &number.to_string());
        }
        self.out.raw(">\n");
        let mut text = note.text.clone().unwrap_or_default();
        // The ways back stand at the end of the last paragraph, not in one of their own.
        let ends_in_paragraph = text.html.ends_with("</p>\n");
        if ends_in_paragraph {
            text.html.truncate(text.html.len() - "</p>\n".len());
        }
        self.out.append(&text);
        for repeat in 1..=note.references {
            self.out.raw(" <a class=\"footnote-back\" role=\"doc-backlink\"");
            self.out.attribute("href", &format!("#{}", reference_id(note.label, repeat)));
            let number = note.number.unwrap_or(repeat).to_string();
            let word = if repeat == 1 { "text.back" } else { "text.back_again" };
            let values = [("number", number.as_str()), ("repeat", &repeat.to_string())];
            self.out.attribute("aria-label", &Wording::english().with(word, &values));
            self.out.raw(">↩</a>");
        }
        self.out.raw(if ends_in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
    }
}

fn reference_id(label: &str, repeat: usize) -> String {
    let slug = slug(label);
    if repeat == 1 { format!("fnref-{slug}") } else { format!("fnref-{slug}-{repeat}") }
}

/// A label as part of an id: blanks have no place there.
fn slug(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("-")
}
