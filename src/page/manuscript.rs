//! A page as Markdown again, for a document that leaves the site.
//! In: its text. Out: a `Manuscript` whose links are those of the page, in the same order.
//! Never knows: where links lead, who fills in the document.

use super::embed::{self, EmbedContent};
use super::front_matter;
use super::own_world::OwnWorld;
use crate::diagnostic::Findings;
use crate::markdown::{Manuscript, Options, World};
use crate::text::{SourceId, Span};

/// The manuscript of a file.
pub fn manuscript(text: &str, source: SourceId, options: &Options, world: &dyn World) -> Manuscript {
    let front_matter::Front { matter, body, .. } = front_matter::read(text, source);
    of_body(&text[body.range()], body, options, &OwnWorld::new(&matter, world))
}

/// The manuscript of what follows a file's front matter.
pub(super) fn of_body(text: &str, body: Span, options: &Options, world: &dyn World) -> Manuscript {
    let (mut manuscript, mut document) = Manuscript::new(text, body, options, world);
    let mut links = std::mem::take(&mut document.links);
    let (embeds, _) = embed::embed(&document, &mut links, &mut Findings::new());
    manuscript.links = links.iter().map(|link| link.span.range()).collect();
    let is_part = |content: &EmbedContent| matches!(content, EmbedContent::Directive(_));
    let parts = document.embeds.iter().zip(&embeds).filter(|(_, content)| is_part(content));
    manuscript.parts = parts.map(|(embed, _)| embed.span.range()).collect();
    manuscript
}
