//! What an unclosed block swallows: link definitions, footnotes, and the text that refers to them. Findings about those
//! are gone as soon as the block is closed, so the block is the one finding.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::Diagnostics;
use crate::markdown::document::{Document, LinkKind};
use crate::markdown::raw_html::element;
use crate::markdown::write::code::fence;
use crate::markdown::write::footnote;
use crate::markdown::write::input::Input;
use crate::source::{Located, Part as _};
use crate::url::{Anchor, SlugStyle};

/// The labels in the text of unclosed blocks, as the parser compares them.
#[derive(Debug, Default)]
pub(crate) struct SwallowedLabels {
    /// Defined there: `[terms]: terms.md`, `[^1]: A note.`
    defined: BTreeSet<String>,
    /// In brackets there: `[the terms][terms]`.
    mentioned: BTreeSet<String>,
    /// Where these blocks are.
    blocks: Vec<Range<usize>>,
}

impl SwallowedLabels {
    /// Reads the blocks that a finding calls unclosed.
    pub(crate) fn of(input: &Input<'_>, found: &Diagnostics) -> Self {
        let mut labels = Self::default();
        let is_unclosed = |code: &str| code == fence::UNCLOSED.code || code == element::UNCLOSED.code;
        let starts: Vec<_> = found.iter().filter(|finding| is_unclosed(finding.rule.code)).collect();
        if starts.is_empty() {
            return labels;
        }
        for range in input.events.iter().filter_map(|(event, range)| is_verbatim(event).then_some(range)) {
            let block = input.span(range.clone());
            // A sample that is closed shows definitions to readers, and swallows none.
            let begins_inside =
                |start: u32, source| source == block.source && (block.start..block.end).contains(&start);
            if starts.iter().any(|finding| begins_inside(finding.span.start, finding.span.source)) {
                labels.read(input.text, range);
                labels.blocks.push(range.clone());
            }
        }
        labels
    }

    fn read(&mut self, text: &str, block: &Range<usize>) {
        for line in text.part(block.clone()).lines() {
            // In a list or a quote, the marks of those come first.
            let line = line.trim_start_matches([' ', '\t', '>']);
            if let Some((label, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")) {
                self.defined.insert(folded(label));
                continue;
            }
            let brackets = line.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
            self.mentioned.extend(brackets.map(|(label, _)| folded(label)));
        }
    }

    /// Whether the text of an unclosed block defines a label.
    pub(crate) fn defines(&self, label: &str) -> bool {
        self.defined.contains(&folded(label))
    }

    /// Drops what is only wrong because a block is unclosed: footnotes without a text, definitions that nothing refers to,
    /// and links to places in its text.
    pub(crate) fn forgive(&self, input: &Input<'_>, document: &mut Document, found: &mut Diagnostics) {
        for block in &self.blocks {
            let ids = places(input.text.part(block.clone()), input.options.heading_ids);
            // Links are checked against the ids of a page when the site is known: it has them, as far as links go.
            let at = input.span(block.start..block.start + 1);
            document.anchors.extend(ids.iter().map(|id| Located::new(Anchor::new(id), at)));
        }
        let notes = |labels: &BTreeSet<String>, message: fn(&str) -> String| -> BTreeSet<String> {
            labels.iter().filter_map(|label| label.strip_prefix('^')).map(message).collect()
        };
        // By their messages, which name the label: a finding knows its place in a file only.
        let undefined = notes(&self.defined, footnote::undefined);
        let unused = notes(&self.mentioned, footnote::unused);
        found.retain(|finding| {
            let excused = if finding.rule == &footnote::UNDEFINED {
                &undefined
            } else if finding.rule == &footnote::UNUSED {
                &unused
            } else {
                return true;
            };
            !excused.contains(&finding.message.to_lowercase())
        });
        if self.mentioned.is_empty() {
            return;
        }
        let excused: BTreeSet<_> = definitions(input.text)
            .filter(|(label, _)| self.mentioned.contains(&folded(label)))
            .map(|(_, at)| input.span(at..at + 1).start)
            .collect();
        document.links.retain(|link| link.kind != LinkKind::UnusedDefinition || !excused.contains(&link.whole.start));
    }
}

/// Whether an event begins a block whose text is not Markdown.
fn is_verbatim(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock))
}

/// Lines that read as definitions, with the places of their brackets.
fn definitions(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let body = line.trim_start_matches([' ', '>']);
        let start = at + line.len() - body.len();
        at += line.len();
        body.strip_prefix('[')?.split_once("]:").map(|(label, _)| (label, start))
    })
}

/// The ids in a text that was meant as Markdown: of headings, of elements, of attribute lists.
fn places(text: &str, style: SlugStyle) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (mark, end) in [("id=\"", '"'), ("id='", '\''), ("{#", '}')] {
        let written = text.split(mark).skip(1).filter_map(|rest| rest.split_once(end));
        ids.extend(written.filter_map(|(id, _)| id.split_whitespace().next()).map(str::to_owned));
    }
    let headings = text.lines().map(|line| line.trim_start_matches([' ', '>'])).filter(|line| line.starts_with('#'));
    let titles = headings.filter_map(|line| line.trim_start_matches('#').strip_prefix(' '));
    ids.extend(titles.map(|title| style.slug(title.split("{#").next().unwrap_or(title).trim())));
    ids
}

/// A label as it is compared: in lower case, with single spaces.
fn folded(label: &str) -> String {
    label.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
