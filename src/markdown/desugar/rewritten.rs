//! What the rewriting of dialect blocks results in: the rewritten text, and a table of its blocks.

use std::borrow::Cow;

use super::abbreviation::Abbreviations;
use super::block::BlockKind;
use crate::markdown::attributes::Attributes;
use crate::source::{SourceMap, Span};

/// A rewritten block.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Where its first `>` is in the rewritten text.
    pub at: usize,
    pub kind: BlockKind,
    /// Kind and classes as written.
    pub words: String,
    /// Where they are in the source; the whole line when they are elsewhere.
    pub words_span: Span,
    pub title: Title,
    /// What the lines below the opening one say of its element, and where its id is in the source.
    pub attributes: Attributes,
    pub id_span: Span,
    /// What they must not say, and where that is in the source.
    pub refused: Vec<(String, Span)>,
    /// Where the line that opened it stood in the text before, without its indentation.
    pub opener: usize,
    /// The same line in its source.
    pub span: Span,
    /// Whether the line that had to end it was found.
    pub closed: bool,
}

/// The title of a block.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Title {
    /// Nothing was said: the kind's own name.
    Default,
    /// Nothing, as the author asked for.
    None,
    /// The heading that is the block's first child.
    Given,
}

/// A text after rewriting.
#[derive(Debug)]
pub(crate) struct Desugared<'a> {
    pub text: Cow<'a, str>,
    pub source_map: SourceMap,
    /// By [`Block::at`].
    pub blocks: Vec<Block>,
    /// Defined in lines that are blank now.
    pub abbreviations: Abbreviations,
    /// What stood before the fences of code in rewritten blocks, by where their marks are now.
    pub margins: Vec<(usize, String)>,
    /// Where comments are that nobody wrote: see [`flanks`](super::flanks).
    pub comments: Vec<usize>,
}
