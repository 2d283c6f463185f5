//! The lines that stand on every page, from book.toml.
//! In: the settings. Out: the lines compiled as inline Markdown, with places in book.toml.
//! Never knows: where their links lead.

use std::sync::{Mutex, PoisonError};

use super::Session;
use super::inputs::options;
use super::world::{PageWorld, Shared, blanks};
use crate::diagnostic::Findings;
use crate::markdown::{self, Document, HoleContent, World};
use crate::project::{Config, Disk, Tree};
use crate::site::Lines;
use crate::text::{Located, Span};

impl<D: Disk> Session<D> {
    /// The announcement and the footer.
    pub(super) fn compile_lines(&mut self, config: &Config, tree: &Tree, found: &mut Findings) -> Lines {
        let written = self.sources.get(config.book_toml).shared_text();
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let blanks = blanks(config);
        let shared = Shared { disk: &self.disk, config, tree, sources: &sources, blanks: &blanks };
        let world = PageWorld::new(&shared);
        let mut line =
            |line: &Option<Located<String>>| Some(compile(line.as_ref()?, &written, config, (&world, found)));
        let lines = Lines { announcement: line(&config.theme.announcement), footer: line(&config.theme.footer) };
        self.sources = sources.into_inner().unwrap_or_else(PoisonError::into_inner);
        lines
    }
}

fn compile(
    line: &Located<String>,
    written: &str,
    config: &Config,
    (world, found): (&dyn World, &mut Findings),
) -> Document {
    let text = &line.value;
    // With an escape in it, a text is not written as it reads, and its whole place stands for every part of it.
    let verbatim = written[line.span.range()].find(text.as_str());
    let start = line.span.range().start + verbatim.unwrap_or_default();
    let body = Span::new(line.span.source, start..start + text.len());
    let mut compiled = markdown::compile(text, body, &options(config, &[]), world);
    if verbatim.is_none() {
        compiled.found.iter_mut().for_each(|finding| (finding.span, finding.fix) = (line.span, None));
        compiled.value.links.iter_mut().for_each(|link| (link.span, link.whole) = (line.span, line.span));
    }
    found.extend(compiled.found);
    inline(compiled.value)
}

/// A text that is one paragraph, without the paragraph around it.
fn inline(mut document: Document) -> Document {
    document
        .holes
        .retain(|hole| !matches!(hole.content, HoleContent::Embed(_) | HoleContent::Table(_) | HoleContent::Tags));
    let open = "<p>";
    let inside = document.html.trim_end().strip_prefix(open).and_then(|html| html.strip_suffix("</p>"));
    if let Some(inside) = inside.filter(|html| !html.contains(open)) {
        document.html = inside.to_owned();
        document.holes.iter_mut().for_each(|hole| hole.at -= open.len());
    }
    document
}
