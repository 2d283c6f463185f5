//! Numbered lists that begin again where they were meant to go on.
//! In: what the parser read. Out: the block that breaks a list in two, as a finding.
//! Never knows: how lists are drawn.
//!
//! Two lists may well stand beside each other. What tells a broken one: every item is written `1.`, so that its author
//! leaves the numbers to the program, and all that stands between is what goes with a step: code, a callout, a table, an
//! image. A sentence right before the second list introduces it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::writer::Input;
use crate::diagnostic::{Findings, Rule};

/// A numbered list that begins again.
pub(super) static RESTARTS: Rule = Rule::warning("markdown/list-restarts", include_str!("list_restarts.md"));

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
struct Level {
    /// The last list with numbers that may go on.
    list: Option<Numbered>,
    /// What stands behind it.
    between: Vec<(Kind, Range<usize>)>,
}

/// A block between two lists.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Kind {
    /// What goes with a step.
    OfStep,
    Paragraph,
    /// What ends a list for good: a heading, a comment.
    Other,
}

enum Frame {
    Blocks(Level),
    List(Numbered, usize),
}

/// Reports the blocks that break numbered lists.
pub(super) fn report(input: &Input<'_>, found: &mut Findings) {
    let mut frames = vec![Frame::Blocks(Level::default())];
    // How deep in a block whose inside is of no interest.
    let mut inside = 0_usize;
    for (at, (event, range)) in input.events.iter().enumerate() {
        match event {
            Event::Start(_) if inside > 0 => inside += 1,
            Event::End(_) if inside > 0 => inside -= 1,
            Event::Start(Tag::List(start)) => {
                let list = Numbered { items: 0, all_ones: *start == Some(1), is_ordered: start.is_some() };
                frames.push(Frame::List(list, range.start));
            }
            Event::Start(Tag::Item) => {
                if let Some(Frame::List(list, _)) = frames.last_mut() {
                    list.items += 1;
                    let written = input.text[range.clone()].trim_start();
                    let number = written.split(['.', ')']).next().unwrap_or_default();
                    list.all_ones &= number.parse() == Ok(1_u32);
                }
                frames.push(Frame::Blocks(Level::default()));
            }
            Event::Start(tag) => {
                let kind = kind(tag, &input.text[range.clone()], input.events.get(at + 1).map(|(event, _)| event));
                add(&mut frames, kind, range);
                if matches!(tag, Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) {
                    frames.push(Frame::Blocks(Level::default()));
                } else {
                    inside = 1;
                }
            }
            Event::Rule => add(&mut frames, Kind::Other, range),
            Event::End(_) => {
                if let Some(Frame::List(list, start)) = frames.pop() {
                    end(&mut frames, (list, start), input, found);
                }
            }
            _ => {}
        }
    }
}

fn add(frames: &mut [Frame], kind: Kind, range: &Range<usize>) {
    let Some(Frame::Blocks(level)) = frames.last_mut() else { return };
    if kind == Kind::Other || level.between.len() == MOST_BETWEEN {
        level.list = None;
        level.between.clear();
    } else if level.list.is_some() {
        level.between.push((kind, range.clone()));
    }
}

/// A list ends: it may be the second half of the one before.
fn end(frames: &mut [Frame], (list, start): (Numbered, usize), input: &Input<'_>, found: &mut Findings) {
    let Some(Frame::Blocks(level)) = frames.last_mut() else { return };
    if let Some(before) = level.list.take().filter(|before| is_broken(before, &level.between, &list, input.text)) {
        let (_, block) = &level.between[0];
        let text = input.text[block.clone()].lines().next().unwrap_or_default().trim_end();
        let indent = if input.text[start..].starts_with("1.") { 3 } else { 4 };
        let message = "this breaks the numbered list: it begins again with 1 below";
        let help =
            format!("indent by {indent} spaces what belongs to step {}, or number the list by hand", before.items);
        found.push(RESTARTS.at(input.origin.span(block.start..block.start + text.len()), message).help(help));
    }
    level.between.clear();
    level.list = Some(list).filter(|list| list.is_ordered);
}

fn is_broken(before: &Numbered, between: &[(Kind, Range<usize>)], after: &Numbered, text: &str) -> bool {
    let Some((last, range)) = between.last() else { return false };
    if !before.all_ones || !after.all_ones {
        return false;
    }
    match last {
        Kind::OfStep => true,
        // Single steps with a sentence below each.
        Kind::Paragraph => {
            let introduces = text[range.clone()].trim_end().ends_with([':', ')', '*', '_']);
            between.len() == 1 && before.items == 1 && after.items == 1 && !introduces
        }
        Kind::Other => false,
    }
}

fn kind(tag: &Tag<'_>, text: &str, next: Option<&Event<'_>>) -> Kind {
    match tag {
        // Numbers in code are explained by the list below it.
        Tag::CodeBlock(_) if text.contains("(1)") => Kind::Other,
        Tag::CodeBlock(_) | Tag::Table(_) | Tag::BlockQuote(_) => Kind::OfStep,
        Tag::Paragraph if matches!(next, Some(Event::Start(Tag::Image { .. }))) => Kind::OfStep,
        Tag::Paragraph => Kind::Paragraph,
        _ => Kind::Other,
    }
}
