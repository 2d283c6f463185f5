//! Includes: other files in place of the directives that ask for them, within bounds, with a map back to each file.

mod directive;
mod forms;
mod part;
mod place;
mod snippet;
mod syntax;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use self::directive::{Dialect, IncludeDirective, IncludeTarget, IncludedPart, is_on_the_web};
use self::place::{IncludePlace, IncludedText};
use self::syntax::TRIGGERS;
use super::verbatim::{Verbatim, VerbatimKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::markdown::{CompileContext, NotIncluded, Options};
use crate::source::{Part as _, SourceId, SourceMap, SourceMapBuilder, Span};

/// A file, or a part of it, that is not there.
pub(crate) static NOT_FOUND: Rule = Rule::error("include/not-found", include_str!("include_not_found.md"));
/// A file that includes itself, directly or not.
pub(crate) static CYCLE: Rule = Rule::error("include/cycle", include_str!("include_cycle.md"));
/// More than a page can sensibly hold.
pub(crate) static TOO_MUCH: Rule = Rule::error("include/too-much", include_str!("include_too_much.md"));

/// Files that include files that include files, and so on.
const DEEPEST: usize = 16;
/// Bytes that a page may include in all: doubling at each level grows without end otherwise.
const MOST_BYTES: usize = 4 << 20;
/// Files, or parts of files, that a page may include in all: each is parsed once by itself.
const MOST_FILES: usize = 4_096;
/// Bytes of files that are looked through for the parts that a page includes.
const MOST_SEARCHED: usize = 128 << 20;

/// A text with what it includes.
pub(crate) struct Expanded {
    pub text: String,
    pub source_map: SourceMap,
    /// What `{{#title …}}` calls the page.
    pub title: Option<String>,
}

/// Puts the included texts into a text; `None` when it includes nothing.
pub(crate) fn expand(
    text: &str,
    source_map: &SourceMap,
    context: &dyn CompileContext,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Expanded> {
    let bytes = text.as_bytes();
    // Most texts include nothing, and must not pay for a parse to find that out.
    let has_brace = memchr::memchr(b'{', bytes).is_some();
    let mut triggers = TRIGGERS.iter().filter(|trigger| has_brace || !trigger.starts_with('{'));
    let appended = context.appended();
    if appended.is_empty() && !triggers.any(|trigger| memmem::find(bytes, trigger.as_bytes()).is_some()) {
        return None;
    }
    let source = source_map.span(0..text.len()).source;
    let page = Included { source, path: String::new(), place: source_map.span(0..0) };
    let mut expansion =
        Expansion { context, options, diagnostics, chain: vec![page], allowance: Allowance::default(), title: None };
    let (mut text, mut source_map) = expansion.text(text, source_map);
    if !appended.is_empty() {
        (text, source_map) = expansion.append(&text, &source_map, &appended);
    }
    Some(Expanded { text, source_map, title: expansion.title })
}

/// The places of the paths that a text's own directives ask for, in order.
#[must_use]
pub fn included_paths(text: &str, options: &Options) -> Vec<Range<usize>> {
    let mut paths = Vec::new();
    let mut verbatim = None;
    let mut at = 0;
    while let Some(start) = syntax::next(text, at) {
        at = start + 2;
        if syntax::escape(text, start).is_some() {
            continue;
        }
        let Some(directive) = syntax::read(text, start) else { continue };
        let kind = verbatim.get_or_insert_with(|| Verbatim::of(text, options)).at(start);
        if kind.is_none_or(|kind| kind == VerbatimKind::Block) {
            at = directive.whole.end;
            paths.extend(directive.targets.into_iter().map(|target| target.path));
        }
    }
    paths
}

struct Expansion<'a> {
    context: &'a dyn CompileContext,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    /// The files being included, outermost first.
    chain: Vec<Included>,
    allowance: Allowance,
    /// What the page is called by its directives.
    title: Option<String>,
}

/// What a page may still include.
struct Allowance {
    files: usize,
    bytes: usize,
    searched: usize,
    /// Where it was not enough: each of these is reported once, however often its file is included.
    exceeded: BTreeSet<Span>,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { files: MOST_FILES, bytes: MOST_BYTES, searched: MOST_SEARCHED, exceeded: BTreeSet::new() }
    }
}

impl Allowance {
    /// Takes so much of it, when there is as much.
    fn take(&mut self, bytes: usize) -> Option<()> {
        // Both or neither: a file that does not fit costs nothing.
        let left = (self.files.checked_sub(1)?, self.bytes.checked_sub(bytes)?);
        (self.files, self.bytes) = left;
        Some(())
    }

    /// Takes what it costs to look for a part in a file, when there is as much.
    fn search(&mut self, file: &str, part: &IncludedPart) -> Option<()> {
        if *part != IncludedPart::Whole {
            self.searched = self.searched.checked_sub(file.len())?;
        }
        Some(())
    }
}

/// A file, and the directive that asked for it.
struct Included {
    source: SourceId,
    /// As the directive has it.
    path: String,
    /// Where the path is.
    place: Span,
}

impl Expansion<'_> {
    fn text(&mut self, text: &str, source_map: &SourceMap) -> (String, SourceMap) {
        let source = self.chain.last().map_or(SourceId::new(0), |file| file.source);
        let mut out = SourceMapBuilder::new(source, text.len());
        let mut done = 0;
        let mut at = 0;
        let mut verbatim = None;
        while let Some(start) = syntax::next(text, at) {
            at = start + 2;
            let mut around = || verbatim.get_or_insert_with(|| Verbatim::of(text, self.options)).around(start);
            if let Some(mark) = syntax::escape(text, start) {
                if let Some(instead) = in_place_of(mark, around().map(|(_, kind)| kind)) {
                    out.copy_derived(text, done..start - 1, source_map);
                    out.insert(instead, source_map.span(start - 1..start));
                    done = start;
                }
                continue;
            }
            if let Some((whole, title)) = syntax::title(text, start).filter(|_| around().is_none()) {
                out.copy_derived(text, done..start, source_map);
                (done, at) = (whole.end, whole.end);
                self.title.get_or_insert_with(|| text.part(title).trim().to_owned());
                continue;
            }
            let Some(directive) = syntax::read(text, start) else { continue };
            let code = around();
            if !self.is_meant(source_map, text, &directive, code.as_ref().map(|(_, kind)| *kind)) {
                continue;
            }
            out.copy_derived(text, done..start, source_map);
            done = directive.whole.end;
            let dedents = directive.dedents || code.is_some_and(|(block, _)| is_all_of(text, &block, &directive.whole));
            let place = IncludePlace::new(text, source_map, &directive, dedents);
            if !self.include_all(text, source_map, &directive, &place, &mut out) {
                // What could not be had stays in the text: readers see that something is missing, and what.
                out.copy_derived(text, start..done, source_map);
            }
            at = done;
        }
        out.copy_derived(text, done..text.len(), source_map);
        out.finish()
    }

    /// A text with what is added to the end of every page. That may be a page as well, which is not added to itself.
    fn append(&mut self, text: &str, source_map: &SourceMap, files: &[(SourceId, Arc<str>)]) -> (String, SourceMap) {
        let own = self.chain.first().map_or(SourceId::new(0), |page| page.source);
        let mut out = SourceMapBuilder::new(own, text.len());
        out.copy_derived(text, 0..text.len(), source_map);
        for (source, file) in files.iter().filter(|(source, _)| *source != own) {
            let range = part::select(file, &IncludedPart::Whole).unwrap_or_default();
            let start = Span::new(*source, range.start..range.start);
            if self.allowance.take(range.len()).is_none() {
                continue;
            }
            self.chain.push(Included { source: *source, path: String::new(), place: start });
            let (inner, inner_map) =
                self.text(file.part(range.clone()), &SourceMap::identity(Span::new(*source, range)));
            self.chain.pop();
            out.insert("\n\n", start);
            out.copy_derived(&inner, 0..inner.len(), &inner_map);
        }
        out.finish()
    }

    /// Whether a directive in code of a kind, or in none, is one.
    fn is_meant(
        &mut self,
        source_map: &SourceMap,
        text: &str,
        directive: &IncludeDirective,
        kind: Option<VerbatimKind>,
    ) -> bool {
        let Some(kind) = kind else { return true };
        // Blocks of code include files: that is how examples are kept where they are tested. What is a block of code
        // itself is an example in one.
        if kind != VerbatimKind::Block || directive.shown_as.is_some() {
            return false;
        }
        // `{% include %}` is a directive of templates as well. In code it is an example, unless its file exists.
        let source = source_map.span(directive.whole.clone()).source;
        let is_there = |target: &IncludeTarget| self.context.include(source, text.part(target.path.clone())).is_ok();
        directive.dialect == Dialect::Own || directive.targets.iter().all(is_there)
    }

    /// Adds what a directive asks for; returns whether any of it could be had.
    fn include_all(
        &mut self,
        text: &str,
        source_map: &SourceMap,
        directive: &IncludeDirective,
        place: &IncludePlace<'_>,
        out: &mut SourceMapBuilder,
    ) -> bool {
        let mut parts: Vec<IncludedText> = Vec::new();
        let mut missing = None;
        for target in &directive.targets {
            // Of several parts of one file that is not there, the first is reported.
            if missing.as_ref() == Some(&target.path) {
                continue;
            }
            missing = Some(target.path.clone());
            let Some((text, source_map)) = self.include(text, source_map, target, place.whole) else { continue };
            missing = None;
            parts.push(IncludedText { text, source_map });
        }
        place.put(&parts, out);
        !parts.is_empty()
    }

    /// What a directive names, with what that includes; `None` when it cannot be had, which is reported.
    fn include(
        &mut self,
        text: &str,
        source_map: &SourceMap,
        target: &IncludeTarget,
        whole: Span,
    ) -> Option<(String, SourceMap)> {
        let path = text.part(target.path.clone());
        let place = source_map.span(target.path.clone());
        let (source, file) = match self.context.include(whole.source, path) {
            Ok(file) => file,
            Err(reason) => {
                self.report_missing(path, place, reason);
                return None;
            }
        };
        // By source and not by path: two paths may lead to one file.
        if let Some(first) = self.chain.iter().position(|file| file.source == source) {
            self.report_cycle(first, path, place);
            return None;
        }
        // Paid before the search: a part that is not there costs as much as one that is.
        if self.chain.len() > DEEPEST || self.allowance.search(&file, &target.part).is_none() {
            return self.report_too_much(path, place);
        }
        let Some(range) = part::select(&file, &target.part) else {
            self.diagnostics.push(no_such_part(path, &file, &target.part, whole));
            return None;
        };
        if self.allowance.take(range.len()).is_none() {
            return self.report_too_much(path, place);
        }
        self.chain.push(Included { source, path: path.to_owned(), place });
        let inner = self.text(file.part(range.clone()), &SourceMap::identity(Span::new(source, range)));
        self.chain.pop();
        Some(inner)
    }

    /// Reports a directive that asks for more than there is room for.
    fn report_too_much<T>(&mut self, path: &str, place: Span) -> Option<T> {
        if self.allowance.exceeded.insert(place) {
            let message = format!("including `{path}` exceeds the limit for this page");
            self.diagnostics.push(TOO_MUCH.at(place, message).help("link to the file instead"));
        }
        None
    }

    /// Reports a circle that leads back to the file at position `first`: at the same directive, whichever of its
    /// files a page enters it by.
    fn report_cycle(&mut self, first: usize, path: &str, place: Span) {
        let into = self.chain.iter().skip(first + 1).map(|file| (file.path.as_str(), file.place));
        let mut circle: Vec<(&str, Span)> = into.chain([(path, place)]).collect();
        let last = circle.iter().enumerate().max_by_key(|(_, (path, place))| (*path, place.start));
        let start = last.map_or(0, |(index, _)| index);
        circle.rotate_left(start);
        let Some(((first_path, first_place), others)) = circle.split_first() else { return };
        let message = format!("`{first_path}` includes itself, directly or through another file");
        let mut finding = CYCLE.at(*first_place, message).help("remove one of the directives");
        for (path, place) in others {
            finding = finding.related(*place, format!("`{path}` is included here"));
        }
        self.diagnostics.push(finding);
    }

    fn report_missing(&mut self, path: &str, place: Span, reason: NotIncluded) {
        let (message, help) = match reason {
            _ if is_on_the_web(path) => (
                format!("cannot include `{path}` from the web"),
                Some("copy the file into the repository, or link to it".to_owned()),
            ),
            NotIncluded::NotFound(Some(meant)) => {
                let finding = NOT_FOUND.at(place, format!("included file not found: `{path}`"));
                let fix = Fix::suggested(vec![Edit { span: place, replacement: meant.clone() }]);
                return self.diagnostics.push(finding.help(format!("did you mean `{meant}`?")).fix(fix));
            }
            NotIncluded::NotFound(None) => (format!("included file not found: `{path}`"), None),
            NotIncluded::Hidden => (
                format!("the included file `{path}` is hidden: its name starts with a dot"),
                Some(
                    "hidden files often contain secrets; to publish this one anyway, name it in a `[[mount]]`"
                        .to_owned(),
                ),
            ),
            NotIncluded::OutsideRoot => (
                format!("the included file `{path}` is outside the repository"),
                Some("only files in the repository can be included".to_owned()),
            ),
        };
        self.diagnostics.push(NOT_FOUND.at(place, message).help_if(help));
    }
}

fn no_such_part(path: &str, file: &str, part: &IncludedPart, whole: Span) -> Diagnostic {
    let finding = NOT_FOUND.at(whole, format!("included part not found in `{path}`"));
    match part {
        IncludedPart::Lines(first, last) if last < first => {
            finding.help(format!("line {last} comes before line {first}"))
        }
        IncludedPart::Lines(..) => finding.help(format!("the file has {} lines", file.lines().count())),
        _ => finding.help("check the names of its anchors"),
    }
}

/// What replaces the mark that escapes a directive; `None` when the mark stays. In prose, Markdown itself takes a
/// backslash away; in code, nobody else does.
fn in_place_of(mark: char, kind: Option<VerbatimKind>) -> Option<&'static str> {
    match kind {
        Some(VerbatimKind::Comment) => None,
        Some(VerbatimKind::CodeSpan | VerbatimKind::Block) => Some(""),
        None => (mark == ';').then_some("\\"),
    }
}

/// Whether a directive is all that is between the fences of a block of code.
fn is_all_of(text: &str, block: &Range<usize>, directive: &Range<usize>) -> bool {
    let (before, after) = (text.part(block.start..directive.start), text.part(directive.end..block.end));
    before.matches('\n').count() == 1 && after.trim_matches(|c: char| c.is_whitespace() || "`~>".contains(c)).is_empty()
}
