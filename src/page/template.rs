//! The template source of a page: its Markdown, kept so that placeholders can be filled in for one partner.
//!
//! Links and headings are those of the compiled page, in the same order.

use std::ops::Range;

use super::context::FrontMatterContext;
use super::embed::{self, EmbedContent, Embedded, MapSettings};
use super::front_matter::{self, FrontMatter, SYNTAX};
use crate::diagnostic::Diagnostics;
use crate::markdown::{self, CompileContext, Options, Placeholders, SitePart};
use crate::source::{Part as _, SourceId, Span};
use crate::url::{Anchor, SlugStyle};
use crate::yaml::{self, MappingEntry, NodeContent, QuoteStyle, YamlNode};

/// A page as template source: Markdown with placeholders.
#[derive(Clone, Debug)]
pub struct PageTemplate {
    /// The page's name and sentence, where its front matter gives them.
    pub lines: Vec<(&'static str, String)>,
    /// The lines of its front matter that are about the document itself, as they were written, and the texts in them
    /// that ask for something.
    pub kept: Vec<Kept>,
    /// Its text.
    pub text: markdown::TemplateSource,
    /// The ids of its headings as GitHub makes them, with the words that they come from; no words if the author wrote
    /// the id.
    pub anchors: Vec<(Anchor, String)>,
    /// What is asked for.
    pub blanks: Placeholders,
}

/// A part of the front matter that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kept {
    /// As it was written.
    Written(String),
    /// A value that asks for something.
    Asks {
        /// As it was written, with its quotes.
        written: String,
        /// What it says.
        text: String,
        /// Whether it is a part of lines below `|` or `>`, where quotes are text.
        in_block: bool,
    },
}

/// The template source of a file.
pub fn manuscript(text: &str, source: SourceId, options: &Options, world: &dyn CompileContext) -> PageTemplate {
    let front = front_matter::read(text, source);
    let mut matter = front.matter.clone();
    let own = FrontMatterContext::new(&front.matter, world);
    front_matter::substitute(&mut matter, text, &own, options, &mut Diagnostics::new());
    of_page(text, front.head, front.body, &matter, &own, options)
}

/// The template source of a file whose front matter was read already.
pub(super) fn of_page(
    text: &str,
    head: Option<Span>,
    body: Span,
    front: &FrontMatter,
    world: &dyn CompileContext,
    options: &Options,
) -> PageTemplate {
    // The file may be read on a code host, whose heading ids follow this style and not the site's.
    let options = Options { heading_ids: SlugStyle::default(), ..options.clone() };
    let (mut manuscript, mut document) = markdown::TemplateSource::new(text.part(body.range()), body, &options, world);
    let mut links = std::mem::take(&mut document.links);
    let settings = MapSettings::default();
    // Embedded again only to know what each block is; its findings were reported when the page was compiled.
    let Embedded { embeds, .. } = embed::embed(&document, &settings, &|_| None, &mut links, &mut Diagnostics::new());
    manuscript.links = links.iter().map(|link| link.span.range()).collect();
    let place = Span::new(body.source, 0..u32::MAX as usize);
    parts(&document, &embeds, place).for_each(|part| manuscript.add_part(part));
    let line = |key, value: &Option<crate::source::Located<String>>| Some((key, value.as_ref()?.value.clone()));
    PageTemplate {
        lines: [line("title", &front.title), line("description", &front.description)].into_iter().flatten().collect(),
        kept: head.map(|head| kept(text, head, world.blanks())).unwrap_or_default(),
        text: manuscript,
        anchors: document.headings.iter().map(anchor).collect(),
        blanks: world.blanks().clone(),
    }
}

/// The blocks that show parts of the site. A document for a partner leaves them out, except for maps.
pub(super) fn parts<'a>(
    document: &'a markdown::Document,
    embeds: &'a [EmbedContent],
    text: Span,
) -> impl Iterator<Item = SitePart> + 'a {
    let blocks = document.embeds.iter().zip(embeds).enumerate();
    blocks.filter_map(move |(embed, (block, content))| match content {
        EmbedContent::Directive(shown) => {
            Some(SitePart { range: block.span.within(text), embed, stays: shown.shows_a_map() })
        }
        EmbedContent::Map(_) | EmbedContent::Drawn { .. } | EmbedContent::Source { .. } => None,
    })
}

fn anchor(heading: &markdown::Heading) -> (Anchor, String) {
    let words = if heading.id_span.is_some() { String::new() } else { heading.text.clone() };
    (heading.id.clone(), words)
}

/// The lines of front matter that are about the document, each key with all that is below it.
fn kept(text: &str, head: Span, blanks: &Placeholders) -> Vec<Kept> {
    let Some(split) = front_matter::split(text.part(..head.range().end)) else { return Vec::new() };
    let at = Span::new(head.source, split.inside.clone());
    let root = yaml::parse(text.part(split.inside.clone()), at, &SYNTAX).value;
    let NodeContent::Mapping(mapping) = &root.content else { return Vec::new() };
    let starts = mapping.entries.iter().map(|entry| line_start(text, entry)).chain([split.inside.end]);
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1);
    // Keys of the team's own are about the document: `owner`, `version`.
    let is_kept = |entry: &MappingEntry| !front_matter::is_of_the_site(&entry.key.value);
    let pairs = mapping.entries.iter().zip(starts.iter().zip(ends)).filter(|(entry, _)| is_kept(entry));
    let mut parts = Vec::new();
    for (entry, (start, end)) in pairs {
        let mut done = *start;
        let mut asking = Vec::new();
        collect_asking(&entry.value, text, blanks, &mut asking);
        for (range, value, in_block) in asking {
            let (Some(before), Some(written)) = (text.get(done..range.start), text.get(range.clone())) else {
                continue;
            };
            parts.push(Kept::Written(before.to_owned()));
            parts.push(Kept::Asks { written: written.to_owned(), text: value, in_block });
            done = range.end;
        }
        parts.extend(text.get(done..*end).map(|rest| Kept::Written(rest.to_owned())));
    }
    parts
}

/// A value: its range with the quotes, what it says, and whether it is part of a block.
type Asking = (Range<usize>, String, bool);

/// The values in a value that ask for something, in order.
/// `[Partner Name]` is a list by the letter of YAML, and no list where it is a placeholder; so is `{{ partner }}` none
/// of mappings.
fn collect_asking(node: &YamlNode, text: &str, blanks: &Placeholders, out: &mut Vec<Asking>) {
    let range = node.span.range();
    let written = text.get(range.clone()).unwrap_or_default();
    match &node.content {
        NodeContent::Scalar(scalar) => {
            let Some(said) = node.as_text().filter(|said| !blanks.find(said).is_empty()) else { return };
            let range = match scalar.style {
                QuoteStyle::Plain => range,
                // The span is inside the quotes, but the filled value gets new ones.
                QuoteStyle::Quoted => range.start.saturating_sub(1)..range.end + 1,
                QuoteStyle::Block => {
                    // In a block, quotes would be part of the text, so only the placeholders themselves are replaced.
                    let asks = blanks.find(written).into_iter().map(|(own, _)| own);
                    let place = |own: Range<usize>| (range.start + own.start..range.start + own.end, written.part(own));
                    out.extend(asks.map(place).map(|(place, asks)| (place, asks.to_owned(), true)));
                    return;
                }
            };
            out.push((range, said.to_owned(), false));
        }
        // Before lists and mappings: YAML reads `[Partner Name]` and `{{ partner }}` as these.
        _ if matches!(blanks.find(written)[..], [(ref only, _)] if *only == (0..written.len())) => {
            out.push((range, written.to_owned(), false));
        }
        NodeContent::Sequence(items) => items.iter().for_each(|item| collect_asking(item, text, blanks, out)),
        NodeContent::Mapping(mapping) => {
            mapping.entries.iter().for_each(|entry| collect_asking(&entry.value, text, blanks, out));
        }
        NodeContent::Null | NodeContent::Unreadable => {}
    }
}

fn line_start(text: &str, entry: &MappingEntry) -> usize {
    text.part(..entry.key.span.range().start).rfind('\n').map_or(0, |at| at + 1)
}
