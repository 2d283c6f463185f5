//! Lists and tasks.
//! In: lists as they come. Out: their HTML, with a label for each task.
//! Never knows: what is to be done.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn start_list(&mut self, first: Option<u64>, range: &Range<usize>) {
        self.compare_list(range);
        self.out.fresh_line();
        let explains = self.annotations.open_list();
        match first {
            None => self.out.raw("<ul>\n"),
            Some(_) if explains => self.out.raw("<ol class=\"annotations\">\n"),
            Some(1) => self.out.raw("<ol>\n"),
            Some(first) => self.out.raw(&format!("<ol start=\"{first}\">\n")),
        }
    }

    pub(super) fn start_item(&mut self, range: &Range<usize>) {
        self.note_item(range);
        let task = |event: Option<&Event<'_>>| matches!(event, Some(Event::TaskListMarker(_)));
        let is_task =
            task(self.peek(0)) || (matches!(self.peek(0), Some(Event::Start(Tag::Paragraph))) && task(self.peek(1)));
        self.open_line(if is_task { "<li class=\"task\"" } else { "<li" });
        if let Some(id) = self.annotations.item() {
            self.out.attribute("id", &id);
        }
        self.out.raw(">");
        if matches!(self.peek(0), Some(Event::End(TagEnd::Item))) {
            self.definitions.empty_item(range);
        }
    }

    pub(super) fn end_task_label(&mut self) {
        if std::mem::take(&mut self.task_label) {
            self.out.raw("</label>");
        }
    }
}
