//! Markdown in every dialect the teams write.
//! In: one text, and what it may include. Out: a `Document`: HTML with holes, and what is in it.
//! Never knows: other pages, addresses of pages, maps, playbooks, configuration.

mod attributes;
mod compile;
mod desugar;
mod document;
mod lines;
mod lint;
mod parse;
mod placeholder;
mod plain;
mod preprocess;
mod raw_html;
mod stretch;
mod words;
mod write;

pub use placeholder::names::Placeholders;
pub use placeholder::template_source::{SitePart, TemplatePiece, TemplateSource};
pub use placeholder::within::Within;
pub use preprocess::comments::{Comment, CommentKind, comments};
pub use preprocess::include::included_paths;
pub(crate) use preprocess::variable::{MOST_BYTES_OF_SITE, UNDEFINED as UNDEFINED_VARIABLE};
pub use preprocess::variable::{NoRoom, Room, substitute_in_text};
pub use raw_html::active::{ActivePart, active_part, without_active_parts};
pub use raw_html::raw_links::raw_links;
pub use write::inline::icon::{mark, nearest_mark};

pub use document::{
    BlankAttribute, BlankPart, Document, Element, Embed, Ending, Heading, Hole, HoleContent, Link, LinkKind, Needs,
    Placeholder, Table, TableCell, UnevenRow,
};

pub use lint::leaked::{LEAKED, Leftover, Tool};
pub use lint::term::ForbiddenTerm;
pub use write::ids::DUPLICATE_ID;
pub use write::table::MISSING_CELL;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Parsed, Rule, nearest};
use crate::html::RawHtmlPolicy;
use crate::source::{SourceId, SourceMap, Span};
use crate::url::SlugStyle;

/// Every rule that texts are held to while they are compiled.
pub static RULES: &[&Rule] = &[
    &write::aside::EMPTY,
    &attributes::UNSAFE,
    &desugar::callout_kind::UNKNOWN,
    &desugar::callout_title::UNQUOTED,
    &preprocess::conflict::CONFLICT,
    &write::definition::DUPLICATE,
    &write::footnote::UNUSED,
    &write::link::EMPTY_DESTINATION,
    &write::footnote::UNDEFINED,
    &compile::UNDEFINED_REFERENCE,
    &write::definition::VANISHING,
    &preprocess::budget::TOO_DEEP,
    &raw_html::element::UNCLOSED,
    &write::code::fence::UNCLOSED,
    &write::code::fence::NOT_HIGHLIGHTED,
    &write::code::fence::UNKNOWN_LANGUAGE,
    &write::ids::DUPLICATE_ID,
    &write::heading::EMPTY,
    &write::inline::icon::UNKNOWN,
    &preprocess::include::CYCLE,
    &preprocess::include::NOT_FOUND,
    &preprocess::include::TOO_MUCH,
    &lint::leaked::LEAKED,
    &write::link::EMPTY_ALT,
    &lint::list_restart::RESTARTS,
    &write::link::EMPTY_TEXT,
    &write::inline::math::SYNTAX,
    &lint::migration::DIFFERENCE,
    &raw_html::permitted::NOT_PUBLISHED,
    &raw_html::pseudo_tag::PSEUDO_TAG,
    &write::table::EXTRA_CELL,
    &write::table::MISSING_CELL,
    &preprocess::budget::TOO_RAGGED,
    &lint::term::RULE,
    &preprocess::variable::FILTER,
    &preprocess::variable::TOO_MUCH,
    &preprocess::variable::UNDEFINED,
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
    /// What becomes of raw HTML.
    pub raw_html: RawHtmlPolicy,
    /// Words that texts go without.
    pub terms: Vec<ForbiddenTerm>,
    /// What is said about places that another tool reads otherwise.
    pub differences: Differences,
    /// Whether variables are replaced in code, too.
    pub variables_in_code: bool,
    /// What lines of code begin with that are hidden, by language.
    pub hidden_lines: Vec<(String, String)>,
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

/// What a text may ask of what is around it.
pub trait CompileContext: Sync {
    /// The value of `{{ name }}`; `None` when nothing defines it.
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }

    /// The value of `{{ name }}` that holds whatever a page says itself: one given for this run.
    fn given(&self, _name: &str) -> Option<String> {
        None
    }

    /// Takes room for so many bytes of values. Whoever compiles texts of its own has a [`Room`].
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
    fn include(&self, _from: SourceId, _path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        Err(NotIncluded::NotFound(None))
    }

    /// What is added to the end of every text.
    fn appended(&self) -> Vec<(SourceId, Arc<str>)> {
        Vec::new()
    }
}

/// The context of a text that may ask for nothing: one that belongs to no project, or that another program shows.
#[derive(Copy, Clone, Debug)]
pub struct NoContext;

impl CompileContext for NoContext {}

/// Why a file cannot be included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotIncluded {
    /// There is no such file; perhaps this one was meant.
    NotFound(Option<String>),
    /// It is outside the repository.
    OutsideRoot,
    /// Its name begins with a dot, and no mount names it.
    Hidden,
    /// It is larger than any file that is read.
    TooLarge,
}

/// A text with the blocks of its dialects rewritten as the block quotes that the parser sees, and where each byte of that
/// was written; `None` where it has no such block.
#[must_use]
pub fn desugared(text: &str, source_map: &SourceMap) -> Option<(String, SourceMap)> {
    let rewritten = desugar::desugar(text, source_map, &BTreeSet::new())?;
    Some((rewritten.text.into_owned(), rewritten.source_map))
}

/// Compiles the Markdown in `body`, which covers `text`: all of a file, or what follows its front matter.
pub fn compile(text: &str, body: Span, options: &Options, context: &dyn CompileContext) -> Parsed<Document> {
    compile::compile(text, body, options, context)
}

#[cfg(test)]
mod tests;
