//! Code blocks: fences that are highlighted, embeds that a caller draws, and fences that are never closed.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::block::{self, CodeAnnotations, Language};
use super::command;
use super::highlight::{HighlightLimit, LONGEST_LINE, MOST_LINES};
use super::info::{FenceInfo, language_end};
use super::unclosed::closing_fence;
use crate::diagnostic::{Diagnostic, Fix, Rule};
use crate::markdown::document::Ending;
use crate::markdown::lines::CodeFence;
use crate::markdown::lint::leaked::report_code;
use crate::markdown::parse::SpannedEvent;
use crate::markdown::write::embed::{DIAGRAM, EmbedHead, embed, is_diagram};
use crate::markdown::write::heading;
use crate::markdown::write::writer::Writer;
use crate::source::{Located, Part as _, Span};

/// A fence that nothing ends.
pub(crate) static UNCLOSED: Rule = Rule::error("markdown/unclosed-fence", include_str!("unclosed_fence.md"));
/// A language that nobody knows how to highlight.
pub(crate) static UNKNOWN_LANGUAGE: Rule = Rule::info("markdown/unknown-language", include_str!("unknown_language.md"));
/// A block that is too long to be highlighted.
pub(crate) static NOT_HIGHLIGHTED: Rule = Rule::info("markdown/not-highlighted", include_str!("not_highlighted.md"));

/// Languages whose code may hold fences.
const MARKDOWN: [&str; 4] = ["md", "markdown", "qmd", "rmd"];

/// Writes a block of code whose start was just met: all of it at once, since what it asks for is on its first line and
/// whether it was closed shows on its last.
pub(crate) fn write(
    writer: &mut Writer<'_>,
    annotations: &mut CodeAnnotations,
    kind: &CodeBlockKind<'_>,
    range: &Range<usize>,
) {
    writer.fresh_line();
    let rest = writer.rest();
    let count = rest.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::CodeBlock))).count();
    let lines = rest.get(..count).unwrap_or_default();
    writer.go_to(writer.position() + count + 1);
    match kind {
        CodeBlockKind::Indented => {
            block::write_code(writer, annotations, &FenceInfo::default(), &joined(writer.text(), lines));
        }
        CodeBlockKind::Fenced(_) => fenced(writer, annotations, lines, range),
    }
}

fn fenced(
    writer: &mut Writer<'_>,
    annotations: &mut CodeAnnotations,
    lines: &[SpannedEvent<'_>],
    range: &Range<usize>,
) {
    let whole = writer.trimmed(range);
    let text = writer.text().part(whole.clone());
    let opening = text.lines().next().unwrap_or_default();
    let ending = fence_end(writer, &whole, opening, lines);
    // Marks of the other kind belong to what follows.
    let marks = CodeFence::opened_by(opening).map_or(0, |fence| fence.length);
    let info_start = opening.len() - opening.part(marks..).trim_start().len();
    let info = opening.part(info_start..).trim_end();
    let info_start = whole.start + info_start;
    // `{playbook-flow}` is a name as a whole; `yaml{1,3}` ends at the brace.
    let name_end =
        if info.starts_with('{') { info.find('}').map_or(info.len(), |at| at + 1) } else { language_end(info) };
    let name = info.part(..name_end);
    // Drawn by the caller: nothing here knows maps or playbooks.
    let drawn = if is_diagram(name) { Some(DIAGRAM) } else { Some(name).filter(|name| is_directive(name)) };
    if let Some(drawn) = drawn {
        let arguments = info.part(name_end..).trim_start();
        let arguments_start = info_start + info.len() - arguments.len();
        let name = Located::new(drawn.to_owned(), writer.span(info_start..info_start + name_end));
        let place = writer.span(arguments_start..arguments_start + arguments.len());
        let arguments = Located::new(arguments.to_owned(), place);
        return embed(writer, EmbedHead { name, arguments, ending }, code_lines(lines), &whole);
    }
    for (event, place) in lines {
        if let Event::Text(line) = event {
            command::note(writer, line, place);
        }
    }
    // Code that shows Markdown may show how to include.
    if !MARKDOWN.contains(&name) {
        report_code(writer, code_lines(lines));
    }
    // As it is written: the parser decodes escapes, and a quote within a title would end it.
    let mut options = FenceInfo::read(info);
    let marks = &writer.input().options.hidden_lines;
    let marked = marks.iter().find(|(language, _)| options.hidden.is_none() && *language == options.language);
    options.hidden = marked.map(|(_, mark)| mark.clone()).or(options.hidden);
    if let Some(id) = options.id.as_deref() {
        let span = writer.span(info_start..info_start + info.len());
        writer.claim_anchor(id, span);
    }
    let span = writer.span(info_start..info_start + name_end);
    match block::write_code(writer, annotations, &options, &joined(writer.text(), lines)) {
        Language::Known => {}
        Language::Unknown => {
            let message = format!("no syntax highlighting for `{}`", options.language);
            writer.report(UNKNOWN_LANGUAGE.at(span, message).help("the block is shown as plain text"));
        }
        Language::Bounded(bound) => writer.report(not_highlighted(span, &options.language, bound)),
    }
}

/// The lines of a block, each with its place.
fn code_lines<'e>(lines: &'e [SpannedEvent<'_>]) -> impl Iterator<Item = (&'e str, Range<usize>)> {
    lines.iter().filter_map(|(event, place)| match event {
        Event::Text(line) => Some((&**line, place.clone())),
        _ => None,
    })
}

fn fence_end(writer: &mut Writer<'_>, range: &Range<usize>, opening: &str, lines: &[SpannedEvent<'_>]) -> Ending {
    let Some(fence) = CodeFence::opened_by(opening) else { return Ending::Closed };
    let text = writer.text().part(range.clone()).trim_end();
    let last = text.rfind('\n').map_or(text.len(), |at| at + 1);
    // What is shown as code ends nothing.
    let shown = lines.iter().map(|(_, place)| place.end).max().unwrap_or(range.start);
    let is_closed =
        range.start + last >= shown && fence.is_closed_by(text.part(last..).trim_start_matches([' ', '\t', '>']));
    if is_closed {
        report_hidden_end(writer, range, opening, &fence, lines);
        return Ending::Closed;
    }
    let message = "unclosed code block";
    let help = "everything after it is shown as code: end it with a line of the same characters";
    let fix = Fix::suggested(vec![closing_fence(writer.input(), range, &fence)]);
    writer.report(UNCLOSED.at(opening_line(writer, range, opening), message).help(help).fix(fix));
    remember_swallowed(writer, range);
    Ending::Unclosed
}

/// Reports a block that ends only where the next one was meant to: a line in it opens that one, with the same marks.
/// In code that shows Markdown, such a line may be what is shown.
fn report_hidden_end(
    writer: &mut Writer<'_>,
    range: &Range<usize>,
    opening: &str,
    fence: &CodeFence,
    lines: &[SpannedEvent<'_>],
) {
    let language = opening.part(fence.length..).trim_start().to_ascii_lowercase();
    if MARKDOWN.iter().any(|name| language.starts_with(name)) {
        return;
    }
    let Some(place) = lines.iter().find_map(|(_, place)| opening_in(writer.text(), place, fence)) else { return };
    let before = writer.text().part(..place.start).rfind('\n').map_or(range.start, |at| at.max(range.start));
    let fix = Fix::suggested(vec![closing_fence(writer.input(), &(range.start..before), fence)]);
    let finding = UNCLOSED
        .at(opening_line(writer, range, opening), "code block not closed before the next one")
        .help("the text between the two is shown as code: end the block with a line of the same characters")
        .related(writer.span(place), "the next one starts here");
    writer.report(finding.fix(fix));
}

/// The line in a part of a block's code that opens a block of its own with the same marks.
fn opening_in(text: &str, part: &Range<usize>, fence: &CodeFence) -> Option<Range<usize>> {
    let mut at = part.start;
    text.part(part.clone()).split_inclusive('\n').find_map(|line| {
        let place = at..at + line.trim_end().len();
        at += line.len();
        opens_next(line.trim_end(), fence).then_some(place)
    })
}

fn opening_line(writer: &Writer<'_>, range: &Range<usize>, opening: &str) -> Span {
    writer.span(range.start..range.start + opening.trim_end().len())
}

/// Takes the ids of the headings that an unclosed block shows as code: links to them are not what is wrong.
fn remember_swallowed(writer: &mut Writer<'_>, range: &Range<usize>) {
    let text = writer.text();
    let mut at = range.start;
    for line in text.part(range.clone()).split_inclusive('\n') {
        let heading = line.trim_start_matches([' ', '>']);
        let title = heading.trim_start_matches('#');
        let level = heading.len() - title.len();
        if (1..=6).contains(&level) && title.starts_with(' ') {
            let start = at + (line.len() - title.trim_start().len());
            heading::hide(writer, start..start + title.trim().len());
        }
        at += line.len();
    }
}

fn not_highlighted(span: Span, language: &str, bound: HighlightLimit) -> Diagnostic {
    let (why, help) = match bound {
        HighlightLimit::Lines(lines) => (
            format!("it has {lines} lines, and the limit is {MOST_LINES}"),
            "show the lines that matter, and link to the whole file",
        ),
        HighlightLimit::Line(number, length) => (
            format!("line {number} has {length} bytes, and the limit is {LONGEST_LINE}"),
            "break the line, or shorten it",
        ),
        HighlightLimit::Grammar => ("its grammar failed".to_owned(), "only the colours are missing"),
    };
    NOT_HIGHLIGHTED.at(span, format!("this `{language}` block is not highlighted: {why}")).help(help)
}

/// Whether a line of code opens a block of its own with the same marks: a language or a directive follows them.
fn opens_next(line: &str, fence: &CodeFence) -> bool {
    let opens = CodeFence::opened_by(line).filter(|next| next.mark == fence.mark && next.length >= fence.length);
    opens.is_some_and(|next| {
        let info = line.part(next.length..).trim_start();
        let (name, rest) = info.split_once(' ').unwrap_or((info, ""));
        // A sentence about fences opens none.
        let is_option = rest.is_empty() || rest.starts_with('{') || rest.contains('=') || is_directive(name);
        is_option && name.starts_with(|first: char| first.is_alphabetic() || first == '{')
    })
}

/// Whether the first word of an info string names something to draw: `{playbook-flow}`.
fn is_directive(name: &str) -> bool {
    let inner = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or_default();
    inner.starts_with(|first: char| first.is_alphabetic())
        && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The code of a block, which mostly is in the text as it is.
fn joined<'a>(text: &'a str, lines: &[SpannedEvent<'_>]) -> Cow<'a, str> {
    let pieces =
        || lines.iter().filter_map(|(event, _)| if let Event::Text(line) = event { Some(&**line) } else { None });
    let length = pieces().map(str::len).sum();
    let place = lines.first().map_or(0, |(_, range)| range.start)..lines.last().map_or(0, |(_, range)| range.end);
    if place.len() == length
        && let Some(whole) = text.get(place)
    {
        let mut rest = whole;
        if pieces().all(|piece| rest.strip_prefix(piece).map(|after| rest = after).is_some()) {
            return Cow::Borrowed(whole);
        }
    }
    // In a list or a quote, the lines are apart in the source.
    let mut code = String::with_capacity(length);
    code.extend(pieces());
    Cow::Owned(code)
}
