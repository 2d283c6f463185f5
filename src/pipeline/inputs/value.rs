//! Markdown that is a value in another file: a line of book.toml, a text of a playbook.
//! In: the value and the file it stands in. Out: it compiled, with each place in that file.
//! Never knows: what the value is for.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::markdown::{self, CompileContext, Document, HoleContent, Options};
use crate::source::{Located, Part as _, SourceMap, Span};

/// A file with values in it, and how they are read.
pub(crate) struct WrittenValue<'a> {
    /// The text of the file.
    pub(crate) text: &'a str,
    /// How Markdown is read.
    pub(crate) options: Options,
    /// What it may ask for.
    pub(crate) world: &'a dyn CompileContext,
}

/// Compiles a value. What a line cannot hold is left out: drawings, the overview of tags.
pub(crate) fn compile(value: &Located<String>, written: &WrittenValue<'_>, found: &mut Diagnostics) -> Document {
    let text = &value.value;
    let derived = Derived {
        text,
        written: written.text,
        at: value.span,
        origin: SourceMap::of_words(text, written.text.part(value.span.range()), value.span),
    };
    let body = Span::new(value.span.source, 0..text.len());
    let mut compiled = markdown::compile(text, body, &written.options, written.world);
    let left = std::mem::take(&mut compiled.value.leftovers).into_iter().map(|left| left.finding);
    found.extend(compiled.found.into_iter().chain(left).map(|finding| derived.finding(finding)));
    for link in &mut compiled.value.links {
        (link.span, link.whole) = (derived.span(link.span), derived.span(link.whole));
    }
    inline(compiled.value)
}

/// A value, compiled as if it were a file of its own.
struct Derived<'a> {
    text: &'a str,
    written: &'a str,
    at: Span,
    origin: SourceMap,
}

impl Derived<'_> {
    /// The place in the file that a place in the value came from. What an include brought in has its own.
    fn span(&self, span: Span) -> Span {
        if span.source == self.at.source { self.origin.span(span.range()) } else { span }
    }

    fn finding(&self, mut finding: Diagnostic) -> Diagnostic {
        // What is not written as it reads cannot be edited.
        finding.fix =
            finding.fix.filter(|fix| fix.edits.iter().all(|edit| self.is_written(edit.span))).map(|mut fix| {
                fix.edits.iter_mut().for_each(|edit| edit.span = self.span(edit.span));
                fix
            });
        finding.related.iter_mut().for_each(|related| related.span = self.span(related.span));
        finding.span = self.span(finding.span);
        finding
    }

    fn is_written(&self, span: Span) -> bool {
        let place = self.span(span);
        // A YAML string may be folded, quoted or escaped: only where the file has the very bytes can an edit be made.
        place.source != self.at.source
            || (self.origin.is_exact(span.range()) && self.written.get(place.range()) == self.text.get(span.range()))
    }
}

/// A text that is one paragraph, without the paragraph around it.
fn inline(mut document: Document) -> Document {
    // A map or the overview of tags is a block, and the footer is a line.
    document.holes.retain(|hole| {
        matches!(hole.content, HoleContent::Address(_) | HoleContent::Blank(_) | HoleContent::Attributes(_))
    });
    let open = "<p>";
    let inside = document.html.trim_end().strip_prefix(open).and_then(|html| html.strip_suffix("</p>"));
    if let Some(inside) = inside.filter(|html| !html.contains(open)) {
        document.html = inside.to_owned();
        document.holes.iter_mut().for_each(|hole| hole.at -= open.len());
    }
    document
}
