//! The text of a compiled page as Markdown again, to be published next to the page.
//!
//! Most pages are written as they were compiled, and then the places of their links are known; the others are read a
//! second time.

use super::compile::Page;
use super::context::FrontMatterContext;
use super::front_matter;
use super::template::{manuscript, parts};
use crate::markdown::{CompileContext, Options, TemplateSource};
use crate::source::{Part as _, SourceId, Span};

/// The text of a compiled page as Markdown that can be written again, without comments. `source` is where includes
/// start from, which may be another id than that of the page.
pub fn rewritable(
    text: &str,
    source: SourceId,
    page: &Page,
    options: &Options,
    world: &dyn CompileContext,
) -> TemplateSource {
    let mut text = written_again(text, source, page, options, world);
    text.drop_comments(options);
    text
}

fn written_again(
    text: &str,
    source: SourceId,
    page: &Page,
    options: &Options,
    world: &dyn CompileContext,
) -> TemplateSource {
    if let Some(manuscript) = &page.manuscript {
        return manuscript.text.clone();
    }
    let body = Span::new(source, front_matter::body_start(text)..text.len());
    let compiled = Span { source: page.source, ..body };
    let links = page.links.iter().map(|link| link.span.within(compiled)).collect();
    let own = FrontMatterContext::new(&page.front, world);
    let same = TemplateSource::as_compiled(text.part(body.range()), body, links, options, &own);
    // A name that only the site knows, such as the number of playbooks, is a hole in the page.
    let Some(mut same) = same.filter(|_| page.document.blanks.is_empty()) else {
        return manuscript(text, source, options, world).text;
    };
    parts(&page.document, &page.embeds, compiled).for_each(|part| same.add_part(part));
    same
}
