//! Other files in place of the directives that ask for them.
//! In: a text and the files around it. Out: the text with what it includes, all of it with its origin.
//! Never knows: what the included text means.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::include_syntax::{self, Dialect, IncludeDirective, IncludeTarget, IncludedPart, TRIGGERS};
use super::part;
use super::verbatim::{Verbatim, VerbatimKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::markdown::lines::CodeFence;
use crate::markdown::{CompileContext, NotIncluded, Options};
use crate::source::{SourceId, SourceMap, SourceMapBuilder, Span};

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
    pub origin: SourceMap,
    /// What `{{#title …}}` calls the page.
    pub title: Option<String>,
}

/// Puts the included texts into a text; `None` when it includes nothing.
pub(crate) fn expand(
    text: &str,
    origin: &SourceMap,
    (world, options): (&dyn CompileContext, &Options),
    found: &mut Diagnostics,
) -> Option<Expanded> {
    let bytes = text.as_bytes();
    let has_brace = memchr::memchr(b'{', bytes).is_some();
    let mut triggers = TRIGGERS.iter().filter(|trigger| has_brace || !trigger.starts_with('{'));
    if !triggers.any(|trigger| memmem::find(bytes, trigger.as_bytes()).is_some()) {
        return None;
    }
    let source = origin.span(0..text.len()).source;
    let page = Included { source, path: String::new(), place: origin.span(0..0) };
    let mut expansion =
        Expansion { world, options, found, chain: vec![page], allowance: Allowance::default(), title: None };
    let (text, origin) = expansion.text(text, origin);
    Some(Expanded { text, origin, title: expansion.title })
}

/// The places of the paths that a text's own directives ask for, in order.
#[must_use]
pub fn included_paths(text: &str, options: &Options) -> Vec<Range<usize>> {
    let mut paths = Vec::new();
    let mut verbatim = None;
    let mut at = 0;
    while let Some(start) = include_syntax::next(text, at) {
        at = start + 2;
        if include_syntax::escape(text, start).is_some() {
            continue;
        }
        let Some(directive) = include_syntax::read(text, start) else { continue };
        let kind = verbatim.get_or_insert_with(|| Verbatim::of(text, options)).at(start);
        if kind.is_none_or(|kind| kind == VerbatimKind::Block) {
            at = directive.whole.end;
            paths.extend(directive.targets.into_iter().map(|target| target.path));
        }
    }
    paths
}

struct Expansion<'a> {
    world: &'a dyn CompileContext,
    options: &'a Options,
    found: &'a mut Diagnostics,
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
    /// Where the path stands.
    place: Span,
}

impl Expansion<'_> {
    fn text(&mut self, text: &str, origin: &SourceMap) -> (String, SourceMap) {
        let source = self.chain.last().map_or(SourceId::new(0), |file| file.source);
        let mut out = SourceMapBuilder::new(source, text.len());
        let mut done = 0;
        let mut at = 0;
        let mut verbatim = None;
        while let Some(start) = include_syntax::next(text, at) {
            at = start + 2;
            let mut kind = || verbatim.get_or_insert_with(|| Verbatim::of(text, self.options)).at(start);
            if let Some(mark) = include_syntax::escape(text, start) {
                if let Some(instead) = in_place_of(mark, kind()) {
                    out.copy_derived(text, done..start - 1, origin);
                    out.insert(instead, origin.span(start - 1..start));
                    done = start;
                }
                continue;
            }
            if let Some((whole, title)) = include_syntax::title(text, start).filter(|_| kind().is_none()) {
                out.copy_derived(text, done..start, origin);
                (done, at) = (whole.end, whole.end);
                self.title.get_or_insert_with(|| text[title].trim().to_owned());
                continue;
            }
            // Blocks of code include files: that is how examples are kept where they are tested.
            let is_read = |_: &IncludeDirective| kind().is_none_or(|kind| kind == VerbatimKind::Block);
            let Some(directive) = include_syntax::read(text, start).filter(is_read) else { continue };
            if directive.dialect == Dialect::Shared && kind().is_some() && !self.is_there(origin, text, &directive) {
                continue;
            }
            out.copy_derived(text, done..start, origin);
            done = directive.whole.end;
            if !self.include_all(text, origin, &directive, &mut out) {
                out.copy_derived(text, start..done, origin);
            }
            at = done;
        }
        out.copy_derived(text, done..text.len(), origin);
        out.finish()
    }

    /// Whether a directive names a file that is there.
    fn is_there(&self, origin: &SourceMap, text: &str, directive: &IncludeDirective) -> bool {
        let source = origin.span(directive.whole.clone()).source;
        directive.targets.iter().all(|target| self.world.include(source, &text[target.path.clone()]).is_ok())
    }

    /// Adds what a directive asks for; returns whether any of it could be had.
    fn include_all(
        &mut self,
        text: &str,
        origin: &SourceMap,
        directive: &IncludeDirective,
        out: &mut SourceMapBuilder,
    ) -> bool {
        let indent = if directive.indented { indentation(text, directive.whole.start) } else { 0..0 };
        let whole = origin.span(directive.whole.clone());
        let indent = (&text[indent.clone()], origin.span(indent));
        let mut is_any = false;
        let mut missing = None;
        for target in &directive.targets {
            // Of several parts of one file that is not there, the first is reported.
            if missing.as_ref() == Some(&target.path) {
                continue;
            }
            missing = Some(target.path.clone());
            let Some((inner, inner_origin)) = self.include(text, origin, target, whole) else { continue };
            missing = None;
            if is_any {
                out.insert("\n", whole);
                out.insert(indent.0, indent.1);
            }
            copy_lines(out, (&inner, &inner_origin), indent, directive.heading_offset);
            is_any = true;
        }
        is_any
    }

    /// What a directive names, with what that includes; `None` when it cannot be had, which is reported.
    fn include(
        &mut self,
        text: &str,
        origin: &SourceMap,
        target: &IncludeTarget,
        whole: Span,
    ) -> Option<(String, SourceMap)> {
        let path = &text[target.path.clone()];
        let place = origin.span(target.path.clone());
        let (source, file) = match self.world.include(whole.source, path) {
            Ok(file) => file,
            Err(reason) => {
                self.report_missing(path, place, reason);
                return None;
            }
        };
        if let Some(first) = self.chain.iter().position(|file| file.source == source) {
            self.report_cycle(first, path, place);
            return None;
        }
        if self.chain.len() > DEEPEST || self.allowance.search(&file, &target.part).is_none() {
            return self.report_too_much(path, place);
        }
        let Some(range) = part::select(&file, &target.part) else {
            self.found.push(no_such_part(path, &file, &target.part, whole));
            return None;
        };
        if self.allowance.take(range.len()).is_none() {
            return self.report_too_much(path, place);
        }
        self.chain.push(Included { source, path: path.to_owned(), place });
        let inner = self.text(&file[range.clone()], &SourceMap::identity(Span::new(source, range)));
        self.chain.pop();
        Some(inner)
    }

    /// Reports a directive that asks for more than there is room for.
    fn report_too_much<T>(&mut self, path: &str, place: Span) -> Option<T> {
        if self.allowance.exceeded.insert(place) {
            let message = format!("including `{path}` exceeds the limit for this page");
            self.found.push(TOO_MUCH.at(place, message).help("link to the file instead"));
        }
        None
    }

    /// Reports a circle that leads back to the file at position `first`: at the same directive, whichever of its
    /// files a page enters it by.
    fn report_cycle(&mut self, first: usize, path: &str, place: Span) {
        let into = self.chain[first + 1..].iter().map(|file| (file.path.as_str(), file.place));
        let mut circle: Vec<(&str, Span)> = into.chain([(path, place)]).collect();
        let start = (0..circle.len()).max_by_key(|index| (circle[*index].0, circle[*index].1.start));
        circle.rotate_left(start.unwrap_or(0));
        let message = format!("`{}` includes itself, directly or through another file", circle[0].0);
        let mut finding = CYCLE.at(circle[0].1, message).help("remove one of the directives");
        for (path, place) in &circle[1..] {
            finding = finding.related(*place, format!("`{path}` is included here"));
        }
        self.found.push(finding);
    }

    fn report_missing(&mut self, path: &str, place: Span, reason: NotIncluded) {
        let (message, help) = match reason {
            _ if include_syntax::is_on_the_web(path) => (
                format!("cannot include `{path}` from the web"),
                Some("copy the file into the repository, or link to it".to_owned()),
            ),
            NotIncluded::NotFound(Some(meant)) => {
                let finding = NOT_FOUND.at(place, format!("included file not found: `{path}`"));
                let fix = Fix::suggested(vec![Edit { span: place, replacement: meant.clone() }]);
                return self.found.push(finding.help(format!("did you mean `{meant}`?")).fix(fix));
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
        self.found.push(NOT_FOUND.at(place, message).help_if(help));
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

/// What stands where a directive was escaped; `None` when the mark stays. In prose Markdown itself takes a backslash
/// away; in code nobody else does.
fn in_place_of(mark: char, kind: Option<VerbatimKind>) -> Option<&'static str> {
    match kind {
        Some(VerbatimKind::Comment) => None,
        Some(VerbatimKind::CodeSpan | VerbatimKind::Block) => Some(""),
        None => (mark == ';').then_some("\\"),
    }
}

/// The blanks before a place on its line; empty when something else stands there.
fn indentation(text: &str, at: usize) -> Range<usize> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let is_first = before.is_empty() || before.ends_with('\n');
    if is_first { before.len()..at } else { at..at }
}

/// Copies lines of a text: the first as it is, the others indented; headings pushed down; marks of sections left out.
fn copy_lines(
    out: &mut SourceMapBuilder,
    (text, origin): (&str, &SourceMap),
    indent: (&str, Span),
    heading_offset: usize,
) {
    // The line break after the directive ends the last line.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut fence: Option<CodeFence> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if part::is_section_mark(line) {
            continue;
        }
        if range.start > 0 && !line.trim().is_empty() {
            out.insert(indent.0, indent.1);
        }
        let body = line.trim_start();
        match &fence {
            Some(open) if open.is_closed_by(body) => fence = None,
            Some(_) => {}
            None => fence = CodeFence::opened_by(body.trim_end()),
        }
        let level = line.len() - line.trim_start_matches('#').len();
        if fence.is_none() && (1..=6).contains(&level) && line[level..].starts_with(' ') {
            let here = origin.span(range.start..range.start);
            out.insert(&"######"[..heading_offset.min(6 - level)], here);
        }
        out.copy_derived(text, range, origin);
    }
}
