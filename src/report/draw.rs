//! One finding as people read it: the message, the line with the problem underlined, and how to fix it.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};

use super::cause::{Cause, files};
use super::{Reader, TerminalStyle, counted, cut, place, rule_address};
use crate::diagnostic::{Applicability, Edit, Fix, Related, Severity};
use crate::source::{Part as _, Sources, Span};

/// Spans with more lines than this aren't underlined: the first line is shown, and a note says where the span ends.
const LINES_SHOWN: usize = 6;
/// If a finding has more related locations than this, the rest are only counted: `--format json` lists them.
const RELATED_SHOWN: usize = 6;
/// If there are more edits than this, the rest are only counted.
const EDITS_SHOWN: usize = 6;
/// Longer lines are only named, not drawn: nobody reads a minified script, and drawing costs as much as the line is
/// long.
const BYTES_SHOWN: usize = 10_000;
/// So many bytes are shown around an edit of a longer line; what the library cuts in excerpts, it leaves whole in fixes.
const AROUND_EDIT: usize = 60;
/// Of an inserted text, at most so many lines are shown, and so many characters of each.
const INSERTED: (usize, usize) = (8, 140);
/// So many places of findings with the same cause are named.
const PLACES_SHOWN: usize = 3;

/// The library's word for a severity.
pub(super) fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

/// What draws in a style.
pub(super) fn renderer(style: TerminalStyle) -> Renderer {
    match style {
        TerminalStyle::Plain => Renderer::plain(),
        TerminalStyle::Coloured => Renderer::styled(),
    }
}

/// Draws a cause with a blank line after it: its first finding, and where the others are.
pub(super) fn draw(cause: &Cause<'_>, sources: &Sources, reader: &Reader) -> String {
    let title = cause.title();
    let mut groups = vec![problem(cause, &title, sources, reader)];
    groups.extend(cause.first.fix.as_ref().map(|fix| repair(fix, sources, reader)));
    renderer(reader.style).render(&groups) + "\n\n"
}

/// The finding itself, with related locations, those of the same cause, and the help.
fn problem<'a>(cause: &'a Cause<'_>, title: &'a str, sources: &'a Sources, reader: &Reader) -> Group<'a> {
    let finding = cause.first;
    let mut title = level(finding.severity).primary_title(title).id(finding.rule.code);
    // Only terminals turn it into a link; in a log, the escape sequences would be visible.
    if let Some(address) = rule_address(finding.rule).filter(|_| reader.style == TerminalStyle::Coloured) {
        title = title.id_url(address);
    }
    let excerpt = |span, kind, label| excerpt(sources, reader, span, kind, label);
    let mut group = Group::with_title(title).element(excerpt(finding.span, AnnotationKind::Primary, None));
    for Related { span, message } in finding.related.iter().take(RELATED_SHOWN) {
        group = group.element(excerpt(*span, AnnotationKind::Context, Some(message)));
    }
    if let Some(more) = finding.related.len().checked_sub(RELATED_SHOWN).filter(|more| *more > 0) {
        group = group.element(Level::NOTE.message(format!("and {}", counted(more, "more place"))));
    }
    if let Some(places) = other_places(cause, sources, reader) {
        group = group.element(Level::NOTE.message(places));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    group
}

/// `also at a.md:3:1, b.md:4:2, c.md:1:1 and 36 more in 12 files`
fn other_places(cause: &Cause<'_>, sources: &Sources, reader: &Reader) -> Option<String> {
    let place = |span: Span| {
        let (start, _) = place(sources, span);
        format!("{}:{}:{}", reader.path(sources, span.source), start.line, start.column)
    };
    let (named, rest) = cause.more.split_at(cause.more.len().min(PLACES_SHOWN));
    let named: Vec<String> = named.iter().map(|finding| place(finding.span)).collect();
    let mut text = format!("also at {}", named.join(", "));
    if !rest.is_empty() {
        // Writing to a `String` cannot fail.
        let _ = write!(text, " and {} more, in {}", rest.len(), counted(files(cause.findings()), "file"));
    }
    (!named.is_empty()).then_some(text)
}

/// ` --> file:line:column` and the lines, with `span` underlined and labelled.
fn excerpt<'a>(
    sources: &'a Sources,
    reader: &Reader,
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Element<'a> {
    let source = sources.get(span.source);
    let path = reader.path(sources, span.source);
    let (start, end) = place(sources, span);
    // A table or a fence may be hundreds of lines long, and all of them would be drawn.
    let is_cut = end.line - start.line >= LINES_SHOWN;
    let lines = start.line..if is_cut { start.line } else { end.line };
    let window = source.line_range(lines.start).start..source.line_range(lines.end).end;
    if window.len() > BYTES_SHOWN {
        return Origin::path(path).line(start.line).char_column(start.column).into();
    }
    let rest = is_cut.then(|| format!("to line {}", end.line));
    let label: Vec<_> = label.map(str::to_owned).into_iter().chain(rest).collect();
    let mut annotation = kind.span(within(&window, span));
    if !label.is_empty() {
        annotation = annotation.label(label.join(", "));
    }
    Snippet::source(source.text().part(window)).path(path).line_start(start.line).annotation(annotation).into()
}

/// A span as offsets in a window of the text, truncated at the window's ends.
fn within(window: &Range<usize>, span: Span) -> Range<usize> {
    let inside = |offset: u32| (offset as usize).clamp(window.start, window.end) - window.start;
    inside(span.start)..inside(span.end.max(span.start))
}

/// What `--fix` would change.
fn repair<'a>(fix: &'a Fix, sources: &'a Sources, reader: &Reader) -> Group<'a> {
    let title = match fix.applicability {
        Applicability::Safe => "safe, applied by `--fix`",
        Applicability::Suggested => "suggested",
    };
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| (sources.get(edit.span.source).path(), edit.span.start, edit.span.end));
    // The library refuses patches that overlap, though an include may bring one edit twice.
    edits.dedup_by(|next, kept| next.span.source == kept.span.source && next.span.start < kept.span.end);
    let more = edits.len().saturating_sub(EDITS_SHOWN);
    edits.truncate(EDITS_SHOWN);
    let mut group = Group::with_title(Level::HELP.with_name("fix").secondary_title(title));
    for together in edits.chunk_by(|a, b| is_near(sources, a.span, b.span)) {
        group = group.elements(change(sources, reader, together));
    }
    if more > 0 {
        group = group.element(Level::NOTE.message(format!("and {}", counted(more, "more edit"))));
    }
    group
}

/// Edits that are close together in a line, shown as one change.
fn change<'a>(sources: &'a Sources, reader: &Reader, edits: &[&'a Edit]) -> Option<Element<'a>> {
    let (first, last) = (edits.first()?, edits.last()?);
    let source = sources.get(first.span.source);
    let line = source.position(first.span.start).line;
    let window = source.line_range(line).start..source.line_range(source.position(last.span.end).line).end;
    if window.len() > BYTES_SHOWN {
        return None;
    }
    let shown = around(source.text(), &window, first.span.start as usize..last.span.end as usize);
    let before = if shown.start > window.start { "..." } else { "" };
    let after = if shown.end < window.end { "..." } else { "" };
    let text = format!("{before}{}{after}", source.text().part(shown.clone()));
    let patches = edits.iter().map(|edit| {
        let range = within(&shown, edit.span);
        Patch::new(range.start + before.len()..range.end + before.len(), inserted(&edit.replacement))
    });
    let path = reader.path(sources, first.span.source);
    Some(Snippet::source(text).line_start(line).path(path).patches(patches).into())
}

/// The part of some lines to show with a change in them: all of short lines, else what is near the change.
fn around(text: &str, window: &Range<usize>, change: Range<usize>) -> Range<usize> {
    let is_short = window.len() <= INSERTED.1;
    let has_breaks = text.part(window.clone()).contains('\n');
    if is_short || has_breaks {
        return window.clone();
    }
    let start = text.floor_char_boundary(change.start.saturating_sub(AROUND_EDIT)).max(window.start);
    let end = text.ceil_char_boundary((change.end + AROUND_EDIT).min(window.end)).min(window.end);
    start..end.max(start)
}

/// An inserted text, cut where it is long.
fn inserted(text: &str) -> String {
    let (most_lines, width) = INSERTED;
    let is_whole =
        text.len() <= width || (text.lines().count() <= most_lines && text.lines().all(|l| l.len() <= width));
    if is_whole {
        return text.to_owned();
    }
    let mut lines: Vec<String> = text.split('\n').take(most_lines).map(|line| cut(line, width).into_owned()).collect();
    if text.split('\n').nth(most_lines).is_some() {
        lines.push("...".to_owned());
    }
    lines.join("\n")
}

/// Whether two edits are shown in one excerpt.
fn is_near(sources: &Sources, a: Span, b: Span) -> bool {
    let same_line = || {
        let source = sources.get(a.source);
        source.position(a.end).line == source.position(b.start).line
    };
    a.source == b.source && b.start.saturating_sub(a.end) as usize <= 2 * AROUND_EDIT && same_line()
}
