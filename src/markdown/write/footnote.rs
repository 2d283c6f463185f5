//! Footnotes: numbers in the text, and the notes at its end with links back.

use std::collections::BTreeMap;
use std::ops::Range;

use super::definition::DUPLICATE;
use super::output::HtmlOutput;
use super::slot::Slots;
use super::writer::{Enclosing, Writer};
use crate::diagnostic::Rule;
use crate::source::{Part as _, Span};
use crate::url::SlugStyle;
use crate::wording::Wording;

/// A reference to a footnote that no text stands for.
pub(crate) static UNDEFINED: Rule = Rule::warning("link/undefined-footnote", include_str!("undefined_footnote.md"));

/// A note that nothing refers to.
pub(crate) static UNUSED: Rule = Rule::warning("link/unused-footnote", include_str!("unused_footnote.md"));

/// What is said about a reference without a note.
pub(crate) fn undefined(label: &str) -> String {
    format!("undefined footnote `{label}`")
}

/// What is said about a note without a reference.
pub(crate) fn unused(label: &str) -> String {
    format!("unused footnote `{label}`")
}

/// The footnotes of a text.
#[derive(Default)]
pub(crate) struct Footnotes<'a> {
    /// By label.
    notes: BTreeMap<&'a str, Note<'a>>,
    /// How many have a number.
    numbered: usize,
    /// Labels of the notes that are being written, innermost last.
    open: Vec<&'a str>,
}

struct Note<'a> {
    label: &'a str,
    /// How many notes were mentioned before it.
    order: usize,
    references: usize,
    /// Its number among the notes that are referred to.
    number: Option<usize>,
    /// Where it is defined.
    place: Option<Span>,
    text: Option<HtmlOutput>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn reference(&mut self, writer: &mut Writer<'_>, label: &'a str, range: &Range<usize>) {
        // An `alt` holds no links.
        if writer.is_in(Enclosing::Image) {
            return;
        }
        let style = writer.input().options.heading_ids;
        let next = self.numbered + 1;
        let note = self.note(label);
        let number = *note.number.get_or_insert(next);
        note.references += 1;
        let id = reference_id(style, label, note.references);
        self.numbered = self.numbered.max(number);
        writer.raw("<sup class=\"footnote-ref\"");
        writer.attribute("id", &id);
        writer.raw("><a role=\"doc-noteref\"");
        writer.attribute("href", &format!("#{}", note_id(style, label)));
        writer.attribute("aria-label", &Wording::english().with("text.footnote", &[("number", &number.to_string())]));
        writer.raw(&format!(">{number}</a></sup>"));
        let span = writer.span(range.clone());
        writer.claim_anchor(&id, span);
    }

    pub(super) fn start(&mut self, writer: &mut Writer<'_>, slots: &mut Slots, label: &'a str, range: &Range<usize>) {
        let start = range.start + writer.text().part(range.clone()).find("[^").map_or(0, |at| at + 2);
        let span = writer.span(start..(start + label.len()).min(range.end));
        let style = writer.input().options.heading_ids;
        let note = self.note(label);
        match note.place {
            None => {
                note.place = Some(span);
                writer.claim_anchor(&note_id(style, label), span);
            }
            Some(first) => {
                let finding = DUPLICATE.at(span, format!("the footnote `{label}` is defined twice on this page"));
                let finding = finding.help("the first one is used: rename this one, or remove it");
                writer.report(finding.related(first, "first defined here"));
            }
        }
        self.open.push(label);
        // Offsets into the HTML around the note mean nothing in it.
        writer.start_nested();
        slots.forget();
    }

    pub(super) fn end(&mut self, writer: &mut Writer<'_>, slots: &mut Slots) {
        let text = writer.end_nested();
        slots.forget();
        if let Some(note) = self.open.pop().and_then(|label| self.notes.get_mut(label)) {
            note.text.get_or_insert(text);
        }
    }

    /// Writes the notes, first those that the text refers to, in the order of their numbers.
    pub(super) fn finish(self, writer: &mut Writer<'_>) {
        let mut notes: Vec<Note<'_>> = self.notes.into_values().filter(|note| note.text.is_some()).collect();
        report_unused(writer, &notes);
        notes.sort_by_key(|note| (note.number.unwrap_or(usize::MAX), note.order));
        if notes.is_empty() {
            return;
        }
        writer.fresh_line();
        writer.raw("<section class=\"footnotes\" role=\"doc-endnotes\"");
        writer.attribute("aria-label", Wording::english().say("text.footnotes"));
        writer.raw(">\n<ol>\n");
        for note in &notes {
            note.write(writer);
        }
        writer.raw("</ol>\n</section>\n");
    }

    fn note(&mut self, label: &'a str) -> &mut Note<'a> {
        let order = self.notes.len();
        let new = || Note { label, order, references: 0, number: None, place: None, text: None };
        self.notes.entry(label).or_insert_with(new)
    }
}

impl Note<'_> {
    fn write(&self, writer: &mut Writer<'_>) {
        let style = writer.input().options.heading_ids;
        writer.raw("<li");
        writer.attribute("id", &note_id(style, self.label));
        if let Some(number) = self.number {
            writer.attribute("value", &number.to_string());
        }
        writer.raw(">\n");
        let mut text = self.text.clone().unwrap_or_default();
        // The links back are at the end of the last paragraph, not in one of their own.
        let ends_in_paragraph = text.html.ends_with("</p>\n");
        if ends_in_paragraph {
            text.html.truncate(text.html.len() - "</p>\n".len());
        }
        writer.out().append(&text);
        for repeat in 1..=self.references {
            writer.raw(" <a class=\"footnote-back\" role=\"doc-backlink\"");
            writer.attribute("href", &format!("#{}", reference_id(style, self.label, repeat)));
            let number = self.number.unwrap_or(repeat).to_string();
            let word = if repeat == 1 { "text.back" } else { "text.back_again" };
            let values = [("number", number.as_str()), ("repeat", &repeat.to_string())];
            writer.attribute("aria-label", &Wording::english().with(word, &values));
            writer.raw(">↩</a>");
        }
        writer.raw(if ends_in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
    }
}

/// Reports notes that nothing refers to. Those of an included file may be meant for another page.
fn report_unused(writer: &mut Writer<'_>, notes: &[Note<'_>]) {
    let own = writer.span(0..0).source;
    for note in notes.iter().filter(|note| note.number.is_none()) {
        let Some(place) = note.place.filter(|place| place.source == own) else { continue };
        let finding = UNUSED.at(place, unused(note.label));
        writer.report(finding.help(format!("add `[^{}]` where it belongs, or remove it", note.label)));
    }
}

/// The id of a note. Links to it come from elsewhere, so it is the one that the tool gave it whose style is in use.
fn note_id(style: SlugStyle, label: &str) -> String {
    match style {
        SlugStyle::Github => format!("fn-{}", slug(label)),
        SlugStyle::Mkdocs | SlugStyle::Pymdownx => format!("fn:{}", slug(label)),
    }
}

/// The id of a reference to a note.
fn reference_id(style: SlugStyle, label: &str, repeat: usize) -> String {
    let slug = slug(label);
    match (style, repeat) {
        (SlugStyle::Github, 1) => format!("fnref-{slug}"),
        (SlugStyle::Github, _) => format!("fnref-{slug}-{repeat}"),
        (SlugStyle::Mkdocs | SlugStyle::Pymdownx, 1) => format!("fnref:{slug}"),
        (SlugStyle::Mkdocs | SlugStyle::Pymdownx, _) => format!("fnref{repeat}:{slug}"),
    }
}

/// A label as part of an id, which holds no spaces.
fn slug(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("-")
}
