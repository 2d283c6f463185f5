//! Numbered lists that begin again where they were meant to go on.
//! In: what the parser read. Out: the block that breaks a list in two, as a finding.
//! Never knows: how lists are drawn.
//!
//! Two lists may well stand beside each other. What tells a broken one: every item is written `1.`, so that its author
//! leaves the numbers to the program, and all that stands between is what goes with a step: code, a callout, a table, an
//! image, bullets, a box of raw HTML, or a line or comment that tells nobody that a list ends. A sentence right before the
//! second list introduces it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostics, Rule};
use crate::html::tokenizer::{Markup, next_markup};
use crate::markdown::raw_html::element::has_no_end;
use crate::markdown::write::writer::Input;
use crate::source::Part as _;

/// A numbered list that begins again.
pub(crate) static RESTARTS: Rule = Rule::warning("markdown/list-restarts", include_str!("list_restarts.md"));

/// Blocks that may stand between two halves of one list.
const MOST_BETWEEN: usize = 2;

/// A list with numbers.
struct Numbered {
    items: usize,
    /// Whether each item is written as the first.
    all_ones: bool,
    is_ordered: bool,
}

/// What stands in one block, one after the other.
#[derive(Default)]
struct BlockLevel {
    /// The last list with numbers that may go on.
    list: Option<Numbered>,
    /// What stands behind it.
    between: Vec<(BetweenLists, Range<usize>)>,
    /// What was so far outside the elements of raw HTML that are open here, outermost first.
    outside: Vec<Outside>,
}

/// A list, what stands behind it, and where the element begins that opens there.
type Outside = (Option<Numbered>, Vec<(BetweenLists, Range<usize>)>, usize);

/// A block between two lists.
#[derive(Copy, Clone, PartialEq, Eq)]
enum BetweenLists {
    /// What goes with a step.
    OfStep,
    Bullets,
    Paragraph,
    /// What ends a list for good: a heading, an empty comment.
    Other,
}

enum OpenList {
    Blocks(BlockLevel),
    List(Numbered, usize),
}

/// Reports the blocks that break numbered lists.
pub(crate) fn report(input: &Input<'_>, found: &mut Diagnostics) {
    let mut frames = vec![OpenList::Blocks(BlockLevel::default())];
    // How deep in a block whose inside is of no interest.
    let mut inside = 0_usize;
    for (at, (event, range)) in input.events.iter().enumerate() {
        match event {
            Event::Start(_) if inside > 0 => inside += 1,
            Event::End(_) if inside > 0 => inside -= 1,
            Event::Start(Tag::List(start)) => {
                let list = Numbered { items: 0, all_ones: *start == Some(1), is_ordered: start.is_some() };
                frames.push(OpenList::List(list, range.start));
            }
            Event::Start(Tag::Item) => {
                if let Some(OpenList::List(list, _)) = frames.last_mut() {
                    list.items += 1;
                    let written = input.text.part(range.clone()).trim_start();
                    let number = written.split(['.', ')']).next().unwrap_or_default();
                    list.all_ones &= number.parse() == Ok(1_u32);
                }
                frames.push(OpenList::Blocks(BlockLevel::default()));
            }
            Event::Start(Tag::HtmlBlock) => {
                html_block(&mut frames, input.text, range);
                inside = 1;
            }
            Event::Start(tag) => {
                let kind = kind(tag, input.text.part(range.clone()), input.events.get(at + 1).map(|(event, _)| event));
                add(&mut frames, kind, range);
                if matches!(tag, Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) {
                    frames.push(OpenList::Blocks(BlockLevel::default()));
                } else {
                    inside = 1;
                }
            }
            Event::Rule => add(&mut frames, BetweenLists::OfStep, range),
            Event::End(_) => {
                if let Some(OpenList::List(list, start)) = frames.pop() {
                    if list.is_ordered {
                        end(&mut frames, list, start, input, found);
                    } else {
                        add(&mut frames, BetweenLists::Bullets, &(start..range.end));
                    }
                }
            }
            _ => {}
        }
    }
}

fn add(frames: &mut [OpenList], kind: BetweenLists, range: &Range<usize>) {
    if let Some(OpenList::Blocks(level)) = frames.last_mut() {
        level.add(kind, range);
    }
}

impl BlockLevel {
    fn add(&mut self, kind: BetweenLists, range: &Range<usize>) {
        if kind == BetweenLists::Other || self.between.len() == MOST_BETWEEN {
            self.list = None;
            self.between.clear();
        } else if self.list.is_some() {
            self.between.push((kind, range.clone()));
        }
    }
}

/// A block of raw HTML: it may end elements, and begin others. A whole one is what goes with a step.
fn html_block(frames: &mut [OpenList], text: &str, range: &Range<usize>) {
    let Some(OpenList::Blocks(level)) = frames.last_mut() else { return };
    let markup = RawBlock::read(text.part(range.clone()));
    for _ in 0..markup.ends {
        match level.outside.pop() {
            Some((list, between, start)) => {
                (level.list, level.between) = (list, between);
                level.add(BetweenLists::OfStep, &(start..range.end));
            }
            // It ends what surrounds the list.
            None => level.add(BetweenLists::Other, range),
        }
    }
    for _ in 0..markup.begins {
        level.outside.push((level.list.take(), std::mem::take(&mut level.between), range.start));
    }
    if markup.ends + markup.begins == 0 {
        level.add(if markup.parts { BetweenLists::Other } else { BetweenLists::OfStep }, range);
    }
}

/// What a block of raw HTML does to the elements around it.
#[derive(Default)]
struct RawBlock {
    ends: usize,
    begins: usize,
    /// Whether it is what people write to keep two lists apart: a heading, or a comment that says nothing else.
    parts: bool,
}

impl RawBlock {
    fn read(text: &str) -> Self {
        let mut block = Self::default();
        let mut at = 0;
        while let Some(markup) = next_markup(text, at) {
            at = markup.span().end;
            match markup {
                Markup::Comment(span) => {
                    let said = text.part(span).trim_matches(['<', '!', '-', '>', ' ', '\n', '\r']);
                    block.parts |= said.is_empty() || said.to_lowercase().contains("list");
                }
                // Its beginning is not counted either.
                Markup::EndTag(tag) if has_no_end(&tag.name) => {}
                Markup::EndTag(_) if block.begins > 0 => block.begins -= 1,
                Markup::EndTag(_) => block.ends += 1,
                Markup::StartTag(tag) => {
                    let is_heading = matches!(tag.name.as_bytes(), [b'h', b'1'..=b'6']);
                    block.parts |= is_heading;
                    block.begins += usize::from(!tag.is_self_closing && !has_no_end(&tag.name));
                }
                Markup::UnclosedComment(_) | Markup::UnclosedTag(_) => {}
            }
        }
        block
    }
}

/// A list ends: it may be the second half of the one before.
fn end(frames: &mut [OpenList], list: Numbered, start: usize, input: &Input<'_>, found: &mut Diagnostics) {
    let Some(OpenList::Blocks(level)) = frames.last_mut() else { return };
    let before = level.list.take().filter(|before| is_broken(before, &level.between, &list, input.text));
    // The first block breaks the list: once it is indented, what follows may not need to be.
    if let (Some(before), Some((_, block))) = (before, level.between.first()) {
        let text = input.text.part(block.clone()).lines().next().unwrap_or_default().trim_end();
        let indent = if input.text.part(start..).starts_with("1.") { 3 } else { 4 };
        let message = "this splits the numbered list, which starts again at 1 below";
        let help = format!(
            "indent everything that belongs to step {} by {indent} spaces, or number the items by hand",
            before.items
        );
        found.push(RESTARTS.at(input.origin.span(block.start..block.start + text.len()), message).help(help));
    }
    level.between.clear();
    level.list = Some(list);
}

fn is_broken(before: &Numbered, between: &[(BetweenLists, Range<usize>)], after: &Numbered, text: &str) -> bool {
    let Some((last, range)) = between.last() else { return false };
    if !before.all_ones || !after.all_ones {
        return false;
    }
    match last {
        BetweenLists::OfStep => true,
        BetweenLists::Bullets => between.len() == 1,
        // Single steps with a sentence below each.
        BetweenLists::Paragraph => {
            let introduces = text.part(range.clone()).trim_end().ends_with([':', ')', '*', '_']);
            between.len() == 1 && before.items == 1 && after.items == 1 && !introduces
        }
        BetweenLists::Other => false,
    }
}

fn kind(tag: &Tag<'_>, text: &str, next: Option<&Event<'_>>) -> BetweenLists {
    match tag {
        // Numbers in code are explained by the list below it.
        Tag::CodeBlock(_) if text.contains("(1)") => BetweenLists::Other,
        Tag::CodeBlock(_) | Tag::Table(_) | Tag::BlockQuote(_) => BetweenLists::OfStep,
        Tag::Paragraph if matches!(next, Some(Event::Start(Tag::Image { .. }))) => BetweenLists::OfStep,
        Tag::Paragraph => BetweenLists::Paragraph,
        _ => BetweenLists::Other,
    }
}
