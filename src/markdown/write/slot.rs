//! Attribute lists of blocks: `{: .wide }` on the line after a table, or at the end of a paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::Writer;
use crate::markdown::attributes::Attributes;
use crate::source::Part as _;

/// Where the tags of blocks start in the HTML.
#[derive(Default)]
pub(crate) struct Slots {
    /// Of the blocks around the current place, each with that of the block that ended right before it.
    open: Vec<(usize, Option<usize>)>,
    /// Of the block that ended right before the current place.
    before: Option<usize>,
    /// Whether the current paragraph was nothing but an attribute list.
    is_gone: bool,
}

impl Slots {
    /// Nothing before this place can take attributes any more.
    pub(super) fn forget(&mut self) {
        self.before = None;
    }

    pub(crate) fn close(&mut self) {
        self.before = self.open.pop().map(|(slot, _)| slot);
    }

    /// Whether the paragraph that ends has nothing to show.
    pub(super) fn paragraph_is_gone(&mut self) -> bool {
        if self.is_gone {
            self.before = None;
        }
        std::mem::take(&mut self.is_gone)
    }
}

/// An attribute list of a block.
pub(super) struct BlockList {
    list: Attributes,
    /// Where it is in the parsed text.
    at: usize,
    target: AttributeTarget,
}

/// The block that an attribute list belongs to.
enum AttributeTarget {
    /// The one it is in.
    Around(usize),
    /// The one before the paragraph that holds nothing else.
    Before { slot: usize, paragraph: usize },
}

/// Whether a block takes attribute lists.
fn takes_attributes(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::Table(_)
            | Tag::TableCell
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}

/// Whether the block that ends takes attribute lists; code has its end in the middle of things.
pub(super) fn took_attributes(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableCell
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
    )
}

impl Slots {
    pub(super) fn open(&mut self, writer: &mut Writer<'_>, tag: &Tag<'_>) {
        let before = self.before.take();
        if takes_attributes(tag) {
            if !matches!(tag, Tag::TableCell) {
                writer.fresh_line();
            }
            self.open.push((writer.end(), before));
        }
    }

    /// The attribute list at `at` that belongs to a block: the last thing in a run of text whose first event is at
    /// position `first`, and in the block around it.
    pub(super) fn list_at(
        &self,
        writer: &Writer<'_>,
        at: usize,
        run: &Range<usize>,
        first: usize,
    ) -> Option<BlockList> {
        let text = writer.text();
        let stands_apart = at == run.start || text.part(..at).ends_with(char::is_whitespace);
        let (list, length) = Attributes::read(text.part(at..run.end)).filter(|_| stands_apart)?;
        let ends_block = matches!(writer.peek(0), Some(Event::End(tag)) if took_attributes(*tag));
        if !ends_block || !text.part(at + length..run.end).trim().is_empty() {
            return None;
        }
        let before = first.checked_sub(1).and_then(|before| writer.event_at(before)).map(|(event, _)| event);
        let is_alone = at == run.start && matches!(before, Some(Event::Start(Tag::Paragraph)));
        let &(own, sibling) = self.open.last()?;
        // On a line of its own it belongs to the block above it, as in kramdown and Python-Markdown.
        let target = if is_alone {
            AttributeTarget::Before { slot: sibling?, paragraph: own }
        } else {
            AttributeTarget::Around(own)
        };
        Some(BlockList { list, at, target })
    }

    /// Gives a block its attributes; what precedes them in the run is written already.
    pub(super) fn apply(&mut self, writer: &mut Writer<'_>, BlockList { list, at, target }: &BlockList) {
        let slot = match *target {
            AttributeTarget::Around(slot) => {
                // The space before the list would end the block.
                writer.out().trim_end();
                slot
            }
            AttributeTarget::Before { slot, paragraph } => {
                writer.out().html.truncate(paragraph);
                self.is_gone = true;
                slot
            }
        };
        writer.claim_list(list, *at);
        add_attributes(writer, slot, list);
    }
}

/// Adds attributes to the tag that starts at an offset of the HTML.
fn add_attributes(writer: &mut Writer<'_>, slot: usize, list: &Attributes) {
    let Some(end) = writer.html_since(slot).find('>').map(|at| slot + at) else { return };
    let class = writer.out().html.part(slot..end).find(" class=\"").map(|at| slot + at + " class=\"".len());
    // A tag has one `class`: a second one would be ignored.
    let mut rest = list.clone();
    let written = writer.end();
    if class.is_some() {
        rest.classes.clear();
    }
    writer.write_attributes(&rest);
    let markup = writer.out().html.split_off(written);
    writer.out().insert(end, &markup);
    if let Some(class) = class.filter(|_| !list.classes.is_empty()) {
        writer.out().insert(class, &format!("{} ", list.classes.join(" ")));
    }
}
