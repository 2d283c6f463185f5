//! What one Markdown text turned into.
//! In: the parser's events, already placed in their source. Out: HTML with holes, and everything the rest of
//! the site must know about the text.
//! Never knows: where links lead, what a map or a playbook is.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use super::lint::leaked::Leftover;
use crate::source::{Located, SourceMap, Span};
use crate::url::Anchor;

/// A Markdown text, compiled.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The HTML of the text, without what belongs into its holes.
    pub html: String,
    /// Gaps in `html`, sorted by place.
    pub holes: Vec<Hole>,
    /// In order of appearance.
    pub headings: Vec<Heading>,
    /// Ids that are no headings': `<a id>`, `[](){#id}`, attribute lists, footnotes.
    pub anchors: Vec<Located<Anchor>>,
    /// Everything that leads or loads: in order of appearance.
    pub links: Vec<Link>,
    /// In order of appearance.
    pub tables: Vec<Table>,
    /// The words behind a command that a caller asked for, in lines of fenced code.
    pub commands: Vec<Located<String>>,
    /// Fenced blocks that a caller draws: diagrams and directives.
    pub embeds: Vec<Embed>,
    /// What a directive `{{#title …}}` in it has the browser call its page.
    pub title: Option<String>,
    /// What is filled in once the whole site is known, or by whoever fills in the document.
    pub blanks: Vec<Placeholder>,
    /// The attributes of elements that hold placeholders, by element.
    pub blank_attributes: Vec<Vec<BlankAttribute>>,
    /// Positions in `links` of those whose address holds a placeholder, sorted.
    pub open_links: Vec<usize>,
    /// Where the text asks for the list of all tags.
    pub tag_lists: Vec<Span>,
    /// Elements of raw HTML that carry a class, outer before inner.
    pub elements: Vec<Element>,
    /// What is left of the syntax of other tools.
    pub leftovers: Vec<Leftover>,
    /// Syntaxes, icons and the like that this text needs the theme to carry.
    pub needs: Needs,
}

impl Document {
    /// A placeholder, as [`HoleContent::Blank`] names it.
    #[must_use]
    pub fn placeholder(&self, at: u32) -> &Placeholder {
        &self.blanks[at as usize]
    }

    /// The attributes of an element that hold placeholders, as [`HoleContent::Attributes`] names them.
    #[must_use]
    pub fn placeholder_attributes(&self, at: u32) -> &[BlankAttribute] {
        &self.blank_attributes[at as usize]
    }
}

/// A gap in the HTML.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Hole {
    /// Byte offset in the HTML; what fills the hole goes right before this byte.
    pub at: usize,
    /// What goes there.
    pub content: HoleContent,
}

/// What goes into a hole.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum HoleContent {
    /// The address of [`Document::links`] at this position, escaped, as the value of an attribute: the
    /// HTML around it already has the quotes.
    Address(u32),
    /// What [`Document::embeds`] at this position is drawn as: block-level HTML.
    Embed(u32),
    /// What is put above [`Document::tables`] at this position: block-level HTML, mostly none.
    Table(u32),
    /// The list of all tags of the site: block-level HTML.
    Tags,
    /// What stands for [`Document::blanks`] at this position: phrasing content, escaped.
    Blank(u32),
    /// The attributes in [`Document::blank_attributes`] at this position, each with a space before it: the hole is in
    /// the element's tag, which goes without them.
    Attributes(u32),
}

/// A place in the text that is filled in later.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placeholder {
    /// Of what is wanted: `partner`.
    pub name: String,
    /// What readers see until then: `{{ partner }}`, `[Partner Name]`.
    pub written: String,
}

/// An attribute that holds placeholders: `href="mailto:{{ mail }}"`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlankAttribute {
    /// Its name, in lower case.
    pub name: String,
    /// Its value in order, entities decoded.
    pub value: Vec<BlankPart>,
}

/// A part of a text with placeholders.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BlankPart {
    /// What is there whatever is filled in.
    Text(String),
    /// What is filled in.
    Blank(Placeholder),
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique on its page.
    pub id: Anchor,
    /// Plain text, as tables of contents show it.
    pub text: String,
    /// The text of the heading in its source, without `#` marks and attributes.
    pub span: Span,
    /// The `{#id}`, when the author gave one.
    pub id_span: Option<Span>,
}

/// Something that leads to, or loads, something else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// How it was written.
    pub kind: LinkKind,
    /// The destination as written, entities and escapes decoded, not yet percent-decoded.
    pub destination: String,
    /// The destination in its source: between the parentheses, the quotes, the angle brackets. Where a
    /// reference leads through a definition, the destination in the definition.
    pub span: Span,
    /// The whole construct: from `[` to `)`.
    pub whole: Span,
    /// Plain text of the link, or the `alt` of an image.
    pub text: String,
    /// How wide an image is shown, in pixels, where the text says so.
    pub width: Option<u32>,
}

/// How a link was written.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum LinkKind {
    /// `[text](destination)`, also through a definition.
    Markdown,
    /// `![alt](destination)`.
    Image,
    /// `<https://…>` or a bare web address.
    Autolink,
    /// A definition `[label]: destination` that nothing refers to.
    UnusedDefinition,
    /// `href` in raw HTML.
    HtmlHref,
    /// `src`, `poster` or `srcset` in raw HTML.
    HtmlSrc,
    /// Any other address in raw HTML: `action`, `data`, `xlink:href`. Nothing but its scheme is looked at.
    HtmlOther,
}

impl LinkKind {
    /// Whether readers see what it leads to in its place.
    #[must_use]
    pub fn is_shown(self) -> bool {
        match self {
            Self::Image | Self::HtmlSrc => true,
            Self::Markdown | Self::Autolink | Self::UnusedDefinition | Self::HtmlHref | Self::HtmlOther => false,
        }
    }

    /// Whether it is looked at where it leads.
    #[must_use]
    pub fn is_followed(self) -> bool {
        self != Self::HtmlOther
    }
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// All of it.
    pub span: Span,
    /// The same, where another block can be written in its place: it is at the margin.
    pub replaceable: Option<Span>,
    /// Cells of the first row.
    pub header: Vec<TableCell>,
    /// The other rows.
    pub rows: Vec<Vec<TableCell>>,
    /// How many headings of its document come before it, whatever file each of them is from.
    pub headings_before: usize,
    /// Rows with fewer or more cells than the head has: what a reader sees below a heading may belong below another.
    pub uneven: Vec<UnevenRow>,
}

/// A row whose cells are not as many as the columns of its table.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct UnevenRow {
    /// Its position in [`Table::rows`].
    pub row: usize,
    /// Its line, without the whitespace around it.
    pub span: Span,
    /// How many cells it has, when they are too few.
    pub too_few: Option<usize>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// Plain text.
    pub text: String,
    /// Its content in its source, without the whitespace around it. Empty cells have an empty span.
    pub span: Span,
    /// The first position in [`Document::links`] of a link in this cell, and one past the last.
    pub links: std::ops::Range<u32>,
}

/// A fenced block that is drawn, not shown.
#[derive(Clone, Debug)]
pub struct Embed {
    /// The first word of the info string: `mermaid`, `{playbook-flow}`.
    pub name: Located<String>,
    /// The rest of the info string.
    pub arguments: Located<String>,
    /// The text inside, without the indentation of what surrounds the fence.
    pub text: String,
    /// Where each byte of `text` was written.
    pub origin: SourceMap,
    /// The whole block, fences included.
    pub span: Span,
    /// Whether `text` is all that was meant, and no more.
    pub ending: Ending,
}

/// How a fenced block ends.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Ending {
    /// With a fence of its own.
    Closed,
    /// With what surrounds it: the prose behind the block was taken for its content.
    Unclosed,
}

/// An element of raw HTML that carries a class.
#[derive(Clone, Debug)]
pub struct Element {
    /// Tag name in lower case.
    pub name: String,
    /// Its classes.
    pub classes: Vec<String>,
    /// Plain text inside it, whitespace folded.
    pub text: String,
    /// What `text` covers in the source, without the whitespace around it.
    pub span: Span,
    /// Its opening tag.
    pub tag: Span,
    /// Position of the nearest element around it in [`Document::elements`].
    pub parent: Option<u32>,
    /// How many headings of its document come before it, whatever file each of them is from.
    pub headings_before: usize,
    /// All of it with its tags, where another block can be written in its place: it is at the margin, on lines of
    /// its own.
    pub replaceable: Option<Span>,
}

/// What a text needs the theme to carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Icons by full name, sorted, once each: the site carries only what is used.
    pub icons: Vec<String>,
    /// Whether any formula was drawn.
    pub math: bool,
}
