//! The report for people: message, location, the source line with the problem underlined, and how to fix it.
//! The caller chooses plain or coloured output.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Format, Report, counted, place, rule_address};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Related, Severity};
use crate::source::{Part as _, Sources, Span};

/// The style of the report.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum TerminalStyle {
    /// Plain characters.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// Spans with more lines than this aren't underlined: the first line is shown, and a note says where the span ends.
const LINES_SHOWN: usize = 6;
/// If a finding has more related locations than this, the rest are only counted: `--format json` lists them.
const RELATED_SHOWN: usize = 6;
/// If there are more edits than this, the rest are only counted.
const EDITS_SHOWN: usize = 6;
/// Longer lines are only named, not drawn: nobody reads a minified script, and drawing costs as much as the line is
/// long.
const BYTES_SHOWN: usize = 10_000;

/// The format.
pub static FORMAT: Format = Format {
    name: "human",
    about: "Readable text, with source lines and suggestions",
    write: |report| human(report) + &learn_more(report.found),
};

/// All findings, with the summary as the last line.
#[must_use]
pub fn human(report: &Report<'_>) -> String {
    let draw = |finding| one(finding, report.sources, report.style);
    let mut out: String = report.found.iter().map(draw).collect();
    out.push_str(&report.summary.in_words());
    out.push('\n');
    out
}

/// A line that tells how to look up a finding, with a rule that occurs in the report. Empty if there are no findings.
#[must_use]
pub fn learn_more(found: &[Diagnostic]) -> String {
    let line =
        |finding: &Diagnostic| format!("for more information, run `partner-docs explain {}`\n", finding.rule.code);
    found.first().map(line).unwrap_or_default()
}

/// One finding, with a blank line after it.
#[must_use]
pub fn one(finding: &Diagnostic, sources: &Sources, style: TerminalStyle) -> String {
    let renderer = match style {
        TerminalStyle::Plain => Renderer::plain(),
        TerminalStyle::Coloured => Renderer::styled(),
    };
    let mut groups = vec![cause(finding, sources, style)];
    groups.extend(finding.fix.as_ref().map(|fix| repair(fix, sources)));
    renderer.render(&groups) + "\n\n"
}

/// The finding itself, with related locations and the help.
fn cause<'a>(finding: &'a Diagnostic, sources: &'a Sources, style: TerminalStyle) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut title = level.primary_title(&finding.message).id(finding.rule.code);
    // Only terminals turn it into a link; in a log, the escape sequences would be visible.
    if let Some(address) = rule_address(finding.rule).filter(|_| style == TerminalStyle::Coloured) {
        title = title.id_url(address);
    }
    let mut group = Group::with_title(title).element(excerpt(sources, finding.span, AnnotationKind::Primary, None));
    for Related { span, message } in finding.related.iter().take(RELATED_SHOWN) {
        group = group.element(excerpt(sources, *span, AnnotationKind::Context, Some(message)));
    }
    if let Some(more) = finding.related.len().checked_sub(RELATED_SHOWN).filter(|more| *more > 0) {
        group = group.element(Level::NOTE.message(format!("and {}", counted(more, "more place"))));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    group
}

/// ` --> file:line:column` and the lines, with `span` underlined and labelled.
fn excerpt<'a>(sources: &'a Sources, span: Span, kind: AnnotationKind, label: Option<&'a str>) -> Element<'a> {
    let source = sources.get(span.source);
    let path = sources.shown(span.source);
    let (start, end) = place(sources, span);
    // A table or a fence may be hundreds of lines long, and all of them would be drawn.
    let cut = end.line - start.line >= LINES_SHOWN;
    let lines = start.line..if cut { start.line } else { end.line };
    let window = source.line_range(lines.start).start..source.line_range(lines.end).end;
    if window.len() > BYTES_SHOWN {
        return Origin::path(path).line(start.line).char_column(start.column).into();
    }
    let rest = cut.then(|| format!("to line {}", end.line));
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
fn repair<'a>(fix: &'a Fix, sources: &'a Sources) -> Group<'a> {
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
    for together in edits.chunk_by(|a, b| same_line(sources, a.span, b.span)) {
        group = group.elements(change(sources, together));
    }
    if more > 0 {
        group = group.element(Level::NOTE.message(format!("and {}", counted(more, "more edit"))));
    }
    group
}

/// The edits of one line, shown as one change.
fn change<'a>(sources: &'a Sources, edits: &[&'a Edit]) -> Option<Element<'a>> {
    let (first, last) = (edits.first()?, edits.last()?);
    let source = sources.get(first.span.source);
    let line = source.position(first.span.start).line;
    let window = source.line_range(line).start..source.line_range(source.position(last.span.end).line).end;
    if window.len() > BYTES_SHOWN {
        return None;
    }
    let patches = edits.iter().map(|edit| Patch::new(within(&window, edit.span), &edit.replacement));
    let text = source.text().part(window.clone());
    Some(Snippet::source(text).line_start(line).path(sources.shown(first.span.source)).patches(patches).into())
}

fn same_line(sources: &Sources, a: Span, b: Span) -> bool {
    a.source == b.source && sources.get(a.source).position(a.end).line == sources.get(b.source).position(b.start).line
}
