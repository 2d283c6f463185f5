//! Lists and tasks: `- [x] Sign`, with a label for each task.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::code::block::CodeAnnotations;
use super::definition::Definitions;
use super::writer::Writer;

/// The lists that are open.
#[derive(Default)]
pub(super) struct Lists {
    /// Whether the label of a task is open.
    in_label: bool,
}

impl Lists {
    pub(super) fn start(writer: &mut Writer<'_>, first: Option<u64>, annotations: &mut CodeAnnotations) {
        writer.fresh_line();
        let explains = annotations.open_list();
        match first {
            None => writer.raw("<ul>\n"),
            Some(_) if explains => writer.raw("<ol class=\"annotations\">\n"),
            Some(1) => writer.raw("<ol>\n"),
            Some(first) => writer.raw(&format!("<ol start=\"{first}\">\n")),
        }
    }

    pub(super) fn start_item(
        writer: &mut Writer<'_>,
        range: &Range<usize>,
        annotations: &mut CodeAnnotations,
        definitions: &mut Definitions<'_>,
    ) {
        let task = |event: Option<&Event<'_>>| matches!(event, Some(Event::TaskListMarker(_)));
        // In a list with blank lines between its items, the box is in a paragraph.
        let is_task = task(writer.peek(0))
            || (matches!(writer.peek(0), Some(Event::Start(Tag::Paragraph))) && task(writer.peek(1)));
        writer.open_line(if is_task { "<li class=\"task\"" } else { "<li" });
        if let Some(id) = annotations.item() {
            writer.attribute("id", &id);
        }
        writer.raw(">");
        if matches!(writer.peek(0), Some(Event::End(TagEnd::Item))) {
            definitions.empty_item(range);
        }
    }

    /// Writes the box of a task, and opens a label for its text: a click on the words goes to the box.
    pub(super) fn start_task(&mut self, writer: &mut Writer<'_>, is_done: bool) {
        // Disabled, because nothing would keep the tick.
        let checked = if is_done { " checked" } else { "" };
        writer.raw(&format!("<label><input type=\"checkbox\" disabled{checked}> "));
        self.in_label = true;
    }

    /// Ends the label of a task: with its paragraph, or before the first block, which a label cannot hold.
    pub(super) fn end_label(&mut self, writer: &mut Writer<'_>) {
        if std::mem::take(&mut self.in_label) {
            writer.raw("</label>");
        }
    }
}
