//! Markdown in every dialect the teams write.
//! In: one text, and what it may include. Out: a `Document`: HTML with holes, and what is in it.
//! Never knows: other pages, addresses of pages, maps, playbooks, configuration.

mod abbreviation;
mod address;
mod alert;
mod aside;
mod attributes;
mod blank;
mod blank_attributes;
mod blanks;
mod block;
mod budget;
mod callout_kind;
mod callout_title;
mod code;
mod code_lines;
mod comments;
mod compile;
mod conflict;
mod definition;
mod depth;
mod desugar;
mod directive;
mod document;
mod element;
mod fence;
mod fence_info;
mod footnote;
mod foreign;
mod format_spec;
mod heading;
mod highlight;
mod html;
mod icon;
mod ids;
mod include;
mod keys;
mod leaked;
mod lines;
mod link;
mod list;
mod list_restart;
mod manuscript;
mod mark;
mod markdown_element;
mod math;
mod migration;
mod output;
mod plain;
mod prose;
mod pseudo_tag;
mod quoted;
mod raw_links;
mod slot;
mod stretch;
pub mod summary;
mod surroundings;
mod table;
mod tag;
mod tag_index;
mod term;
mod unclosed;
mod variable;
mod verbatim;
mod within;
mod words;
mod writer;

pub use blanks::Placeholders;
pub use comments::{Comment, CommentKind, comments};
pub use icon::{mark, nearest_mark};
pub use include::included_paths;
pub use manuscript::{TemplatePiece, TemplateSource};
pub use raw_links::raw_links;
pub(crate) use variable::MOST_BYTES_OF_SITE;
pub use variable::{NoRoom, Room, substitute_in_text};
pub use within::Within;

pub use document::{
    BlankAttribute, BlankPart, Document, Element, Embed, Ending, Heading, Hole, HoleContent, Link, LinkKind, Needs,
    Placeholder, Table, TableCell, UnevenRow,
};

pub use heading::DUPLICATE_ID;
pub use table::MISSING_CELL;
pub use term::ForbiddenTerm;

use std::sync::Arc;

use crate::diagnostic::{Parsed, Rule, nearest};
use crate::text::{SourceId, Span};
use crate::url::SlugStyle;

/// Every rule that texts are held to while they are compiled.
pub static RULES: [&Rule; 37] = [
    &aside::EMPTY,
    &attributes::UNSAFE,
    &callout_kind::UNKNOWN,
    &callout_title::UNQUOTED,
    &conflict::CONFLICT,
    &definition::DUPLICATE,
    &footnote::UNUSED,
    &link::EMPTY_DESTINATION,
    &compile::UNDEFINED_FOOTNOTE,
    &compile::UNDEFINED_REFERENCE,
    &definition::VANISHING,
    &depth::TOO_DEEP,
    &element::UNCLOSED,
    &fence::UNCLOSED,
    &fence::NOT_HIGHLIGHTED,
    &fence::UNKNOWN_LANGUAGE,
    &heading::DUPLICATE_ID,
    &heading::EMPTY,
    &icon::UNKNOWN,
    &include::CYCLE,
    &include::NOT_FOUND,
    &include::TOO_MUCH,
    &leaked::LEAKED,
    &link::EMPTY_ALT,
    &list_restart::RESTARTS,
    &link::EMPTY_TEXT,
    &math::SYNTAX,
    &migration::DIFFERENCE,
    &pseudo_tag::PSEUDO_TAG,
    &table::EXTRA_CELL,
    &table::MISSING_CELL,
    &table::TOO_RAGGED,
    &term::RULE,
    &variable::FILTER,
    &variable::TOO_MUCH,
    &variable::UNDEFINED,
    &summary::NAV_SYNTAX,
];

/// How texts are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How headings become anchors.
    pub heading_ids: SlugStyle,
    /// Whether `$…$` is a formula.
    pub math: bool,
    /// Whether quotes and dashes are made typographic.
    pub smart_punctuation: bool,
    /// Words that texts go without.
    pub terms: Vec<ForbiddenTerm>,
    /// What is said about places that another tool reads otherwise.
    pub differences: Differences,
    /// How a command begins whose next word is of interest: see [`Document::commands`].
    pub command: Option<String>,
}

/// Whether a text is compared with what another tool would have made of it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Differences {
    /// Nothing is said.
    #[default]
    Silent,
    /// Places that Python-Markdown reads otherwise are findings.
    PythonMarkdown,
}

/// What a text may ask of the world around it.
pub trait CompileContext: Sync {
    /// The value of `{{ name }}`; `None` when nothing defines it.
    fn variable(&self, name: &str) -> Option<String>;

    /// The value of `{{ name }}` that holds whatever a page says itself: one given for this run.
    fn given(&self, _name: &str) -> Option<String> {
        None
    }

    /// Takes room for so many bytes of values. A world of its own text has a [`Room`].
    ///
    /// # Errors
    /// When there is not as much.
    fn room_for(&self, _bytes: usize) -> Result<(), NoRoom> {
        Ok(())
    }

    /// Of the names that have a value or will have one, the only one that this is nearly spelt as.
    fn nearest_name(&self, name: &str) -> Option<String> {
        nearest(name, self.blanks().names()).map(str::to_owned)
    }

    /// What is filled in after the text is compiled.
    fn blanks(&self) -> &Placeholders {
        Placeholders::none()
    }

    /// The file that an include directive in `from` names.
    ///
    /// # Errors
    /// When there is no such file, or it must not be read.
    fn include(&self, from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded>;
}

/// Why a file cannot be included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotIncluded {
    /// There is no such file; perhaps this one was meant.
    NotFound(Option<String>),
    /// It lies outside the repository.
    OutsideRoot,
    /// Its name begins with a dot, and no mount names it.
    Hidden,
}

/// Compiles the Markdown in `body`, which covers `text`: all of a file, or what follows its front matter.
pub fn compile(text: &str, body: Span, options: &Options, world: &dyn CompileContext) -> Parsed<Document> {
    compile::compile(text, body, options, world)
}

#[cfg(test)]
mod tests;
