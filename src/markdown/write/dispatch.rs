//! From the parser's events to a document: which construct is told of each event, and when.
//!
//! Constructs know the writer and no other construct. Where two must meet, as a heading that is the title of a callout,
//! they meet here.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::alert::{AlertLine, is_title_end};
use super::aside::Quotes;
use super::code::block::{CodeAnnotations, code_span};
use super::code::fence;
use super::definition::Definitions;
use super::depth::NestingDepth;
use super::footnote::Footnotes;
use super::heading::Headings;
use super::inline::mark::{Marks, strikethrough};
use super::inline::math::{self, MathStyle};
use super::inline::prose::Prose;
use super::input::Input;
use super::link::Links;
use super::list::Lists;
use super::slot::{Slots, took_attributes};
use super::table::Tables;
use super::writer::Writer;
use crate::diagnostic::Parsed;
use crate::markdown::desugar::flanks::COMMENT;
use crate::markdown::document::Document;
use crate::markdown::lint::leaked::{Leaks, report_second_front_matter};
use crate::markdown::raw_html::rewrite::RawHtml;

/// The writer, and what each construct remembers from one event to the next.
pub(crate) struct Dispatch<'a> {
    writer: Writer<'a>,
    annotations: CodeAnnotations,
    definitions: Definitions<'a>,
    depth: NestingDepth,
    footnotes: Footnotes<'a>,
    headings: Headings,
    html: RawHtml,
    leaks: Leaks,
    links: Links<'a>,
    lists: Lists,
    marks: Marks,
    quotes: Quotes<'a>,
    slots: Slots,
    tables: Tables,
}

impl<'a> Dispatch<'a> {
    pub(crate) fn new(input: Input<'a>, definitions: Definitions<'a>) -> Self {
        Self {
            writer: Writer::new(input),
            annotations: CodeAnnotations::default(),
            definitions,
            depth: NestingDepth::default(),
            footnotes: Footnotes::default(),
            headings: Headings::default(),
            html: RawHtml::default(),
            leaks: Leaks::default(),
            links: Links::default(),
            lists: Lists::default(),
            marks: Marks::default(),
            quotes: Quotes::default(),
            slots: Slots::default(),
            tables: Tables::default(),
        }
    }

    /// Writes everything.
    pub(crate) fn run(mut self) -> Parsed<Document> {
        while let Some((event, range)) = self.writer.advance() {
            self.event(event, range);
        }
        let mut writer = self.writer;
        self.footnotes.finish(&mut writer);
        self.html.finish(&mut writer);
        self.definitions.finish(&mut writer);
        writer.finish()
    }

    fn event(&mut self, event: &'a Event<'a>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) => {
                let Self { writer, marks, leaks, slots, .. } = self;
                Prose { writer, marks, leaks, slots }.text_run(text, range);
            }
            Event::Code(code) => code_span(&mut self.writer, code, range),
            Event::InlineHtml(html) if **html == *COMMENT && self.writer.input().is_inserted(range) => {}
            // A block of HTML never gets here: it is read as a whole when it starts.
            Event::Html(html) | Event::InlineHtml(html) => self.html.inline(&mut self.writer, html, range),
            Event::FootnoteReference(label) => self.footnotes.reference(&mut self.writer, label, range),
            Event::SoftBreak => self.writer.write_text("\n", range),
            Event::HardBreak => {
                self.writer.markup("<br>");
                self.writer.write_text("\n", range);
            }
            Event::Rule => {
                report_second_front_matter(&mut self.writer, range);
                self.writer.open_line("<hr>\n");
            }
            Event::TaskListMarker(is_done) => self.lists.start_task(&mut self.writer, *is_done),
            Event::InlineMath(formula) => math::write(&mut self.writer, formula, MathStyle::Inline, range),
            Event::DisplayMath(formula) => math::write(&mut self.writer, formula, MathStyle::Display, range),
        }
    }

    fn start(&mut self, tag: &'a Tag<'a>, range: &Range<usize>) {
        let writer = &mut self.writer;
        if !is_inline(tag.to_end()) {
            self.depth.enter(writer, tag, range);
            // A label holds words and no blocks: `- [ ] Sign:` may go on with a list.
            self.lists.end_label(writer);
            self.slots.open(writer, tag);
        }
        match tag {
            Tag::Paragraph => writer.open_line("<p>"),
            Tag::Heading { id, .. } => self.headings.start(writer, id.as_deref(), range),
            Tag::BlockQuote(alert) => {
                if let Some(opening) = self.quotes.start(writer, *alert, range) {
                    self.start_titled_quote(&opening);
                }
            }
            Tag::CodeBlock(kind) => self.code_block(kind, range),
            Tag::HtmlBlock => self.html.block(writer),
            Tag::List(first) => Lists::start(writer, *first, &mut self.annotations),
            Tag::Item => Lists::start_item(writer, range, &mut self.annotations, &mut self.definitions),
            Tag::FootnoteDefinition(label) => self.footnotes.start(writer, &mut self.slots, label, range),
            Tag::DefinitionList => writer.open_line("<dl>\n"),
            Tag::DefinitionListTitle => writer.open_line("<dt>"),
            Tag::DefinitionListDefinition => writer.open_line("<dd>"),
            Tag::Table(alignments) => self.tables.start(writer, alignments, range),
            Tag::TableHead => Tables::start_head(writer),
            Tag::TableRow => self.tables.start_row(writer),
            Tag::TableCell => self.tables.start_cell(writer, range),
            Tag::Emphasis => self.marks.start_emphasis(writer, "<em>"),
            Tag::Strong => self.marks.start_emphasis(writer, "<strong>"),
            Tag::Strikethrough => {
                let (start_tag, _) = strikethrough(writer.text(), range);
                self.marks.start_emphasis(writer, start_tag);
            }
            Tag::Superscript => writer.markup("<sup>"),
            Tag::Subscript => writer.markup("<sub>"),
            Tag::Link { .. } => self.links.start(writer, tag, range),
            Tag::Image { .. } => self.links.start_image(writer, tag, range),
            // The parser's option for these is off: front matter never gets here.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        let writer = &mut self.writer;
        if !is_inline(tag) {
            self.marks.close_all(writer);
            self.depth.leave(tag);
        }
        if took_attributes(tag) {
            self.slots.close();
        }
        match tag {
            TagEnd::Paragraph => {
                self.lists.end_label(writer);
                if !self.slots.paragraph_is_gone() {
                    writer.raw("</p>\n");
                }
            }
            TagEnd::Heading(HeadingLevel::H1) if self.quotes.title_is_due() => {
                if let Some((title, plain)) = self.headings.end_title(writer) {
                    self.quotes.end_title(writer, &title, &plain);
                }
            }
            TagEnd::Heading(level) => self.headings.end(writer, level as u8),
            TagEnd::BlockQuote(_) => self.quotes.end(writer),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            TagEnd::List(is_numbered) => {
                self.annotations.close_list();
                writer.raw(if is_numbered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.lists.end_label(writer);
                writer.raw("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.footnotes.end(writer, &mut self.slots),
            TagEnd::DefinitionList => writer.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => writer.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => writer.raw("</dd>\n"),
            TagEnd::Table => self.tables.end(writer),
            TagEnd::TableHead => self.tables.end_head(writer),
            TagEnd::TableRow => self.tables.end_row(writer, range),
            TagEnd::TableCell => self.tables.end_cell(writer),
            TagEnd::Emphasis => self.marks.end_emphasis(writer, "</em>", range),
            TagEnd::Strong => self.marks.end_emphasis(writer, "</strong>", range),
            TagEnd::Strikethrough => {
                let (_, end_tag) = strikethrough(writer.text(), range);
                self.marks.end_emphasis(writer, end_tag, range);
            }
            TagEnd::Superscript => writer.markup("</sup>"),
            TagEnd::Subscript => writer.markup("</sub>"),
            TagEnd::Link => self.links.end(writer, &mut self.definitions, range),
            TagEnd::Image => self.links.end_image(writer, &mut self.definitions, range),
        }
    }

    /// Writes all of a block of code. Its end event is skipped with its lines, so its slot closes here.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        fence::write(&mut self.writer, &mut self.annotations, kind, range);
        self.slots.close();
    }

    /// Writes a quote that opens with the kind of callout it is. The rest of that line is its title, which may hold any
    /// inline markup: so it is written as events are, and aside, because the callout's `aria-label` precedes it.
    fn start_titled_quote(&mut self, opening: &AlertLine<'a>) {
        let paragraph = self.writer.advance();
        let length = self.writer.rest().iter().position(|(event, _)| is_title_end(event));
        let end = self.writer.position() + length.unwrap_or(self.writer.rest().len());
        self.writer.skip_to(opening.end);
        self.writer.start_nested();
        let heard = self.writer.plain().start();
        while self.writer.position() < end
            && let Some((event, range)) = self.writer.advance()
        {
            self.event(event, range);
        }
        self.marks.close_all(&mut self.writer);
        let plain = self.writer.gathered(heard, |text| text.trim().to_owned());
        let title = self.writer.end_nested();
        self.writer.go_to(end);
        let ended_by = self.writer.advance();
        self.quotes.start_titled(&mut self.writer, opening, title, plain);
        // The title was the beginning of a paragraph that goes on.
        if let (Some((Event::SoftBreak | Event::HardBreak, _)), Some((Event::Start(tag), range))) =
            (ended_by, paragraph)
        {
            self.start(tag, range);
        }
    }
}

/// Whether a tag can be in a line of text, and in the label of a task.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
