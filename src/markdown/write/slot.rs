//! Attribute lists of blocks: `{: .wide }` on the line after a table, or at the end of a paragraph.
//! In: blocks as they start and end, and the lists in their text. Out: attributes in tags that are written already.
//! Never knows: what the attributes do.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::Writer;
use crate::markdown::attributes::Attributes;

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
    /// Where it stands in the parsed text.
    at: usize,
    target: AttributeTarget,
}

/// The block that an attribute list belongs to.
enum AttributeTarget {
    /// The one it stands in.
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

impl Writer<'_> {
    pub(super) fn open_slot(&mut self, tag: &Tag<'_>) {
        let before = self.slots.before.take();
        if takes_attributes(tag) {
            if !matches!(tag, Tag::TableCell) {
                self.out.fresh_line();
            }
            self.slots.open.push((self.out.html.len(), before));
        }
    }

    /// The attribute list at `at` that belongs to a block: the last thing in a run of text whose first event is at
    /// position `first`, and in the block around it.
    pub(super) fn block_list_at(&self, at: usize, run: &Range<usize>, first: usize) -> Option<BlockList> {
        let text = self.input.text;
        let stands_apart = at == run.start || text[..at].ends_with(char::is_whitespace);
        let (list, length) = Attributes::read(&text[at..run.end]).filter(|_| stands_apart)?;
        let ends_block = matches!(self.peek(0), Some(Event::End(tag)) if took_attributes(*tag));
        if !ends_block || !text[at + length..run.end].trim().is_empty() {
            return None;
        }
        let before = first.checked_sub(1).map(|index| &self.input.events[index].0);
        let is_alone = at == run.start && matches!(before, Some(Event::Start(Tag::Paragraph)));
        let &(own, sibling) = self.slots.open.last()?;
        let target = if is_alone {
            AttributeTarget::Before { slot: sibling?, paragraph: own }
        } else {
            AttributeTarget::Around(own)
        };
        Some(BlockList { list, at, target })
    }

    /// Gives a block its attributes; what precedes them in the run is written already.
    pub(super) fn apply_block_list(&mut self, BlockList { list, at, target }: &BlockList) {
        let slot = match *target {
            AttributeTarget::Around(slot) => {
                self.out.trim_end();
                slot
            }
            AttributeTarget::Before { slot, paragraph } => {
                self.out.html.truncate(paragraph);
                self.slots.is_gone = true;
                slot
            }
        };
        self.report_refused(list, *at);
        if let Some(id) = &list.id {
            let span = self.span(at + list.id_at.start..at + list.id_at.end);
            self.give_anchor(id, span);
        }
        self.add_attributes(slot, list);
    }

    /// Adds attributes to the tag that starts at an offset of the HTML.
    fn add_attributes(&mut self, slot: usize, list: &Attributes) {
        let Some(end) = self.out.html[slot..].find('>').map(|at| slot + at) else { return };
        let class = self.out.html[slot..end].find(" class=\"").map(|at| slot + at + " class=\"".len());
        let mut rest = list.clone();
        let written = self.out.html.len();
        if class.is_some() {
            rest.classes.clear();
        }
        self.write_attributes(&rest);
        let markup = self.out.html.split_off(written);
        self.out.insert(end, &markup);
        if let Some(class) = class.filter(|_| !list.classes.is_empty()) {
            self.out.insert(class, &format!("{} ", list.classes.join(" ")));
        }
    }
}
