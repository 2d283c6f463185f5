//! Code blocks.
//! In: code blocks as they come. Out: figures with highlighted code, and the embeds that somebody above draws.
//! Never knows: what a diagram or a directive is.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::block::Language;
use super::highlight::{HighlightLimit, LONGEST_LINE, MOST_LINES};
use super::info::FenceInfo;
use super::unclosed::closing_fence;
use crate::diagnostic::{Diagnostic, Fix, Rule};
use crate::markdown::document::{Embed, Ending, HoleContent};
use crate::markdown::lines::CodeFence;
use crate::markdown::write::writer::{Spotted, Writer};
use crate::source::{Located, Part as _, SourceMap, SourceMapBuilder, Span};

/// A fence that nothing ends.
pub(crate) static UNCLOSED: Rule = Rule::error("markdown/unclosed-fence", include_str!("unclosed_fence.md"));
/// A language that nobody knows how to highlight.
pub(crate) static UNKNOWN_LANGUAGE: Rule = Rule::info("markdown/unknown-language", include_str!("unknown_language.md"));
/// A block that is too long to be highlighted.
pub(crate) static NOT_HIGHLIGHTED: Rule = Rule::info("markdown/not-highlighted", include_str!("not_highlighted.md"));

/// Languages whose code may hold fences.
const MARKDOWN: [&str; 4] = ["md", "markdown", "qmd", "rmd"];

impl<'a> Writer<'a> {
    pub(crate) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        self.out.fresh_line();
        let rest = &self.input.events[self.at..];
        let lines = rest.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::CodeBlock))).count();
        let lines = &rest[..lines];
        self.at += lines.len() + 1;
        match kind {
            CodeBlockKind::Indented => {
                self.write_code(&FenceInfo::default(), &joined(self.input.text, lines));
            }
            CodeBlockKind::Fenced(info) => self.fenced_code(info, lines, range),
        }
    }

    fn fenced_code(&mut self, decoded: &str, lines: &[Spotted<'a>], range: &Range<usize>) {
        let whole = self.trimmed(range);
        let text = &self.input.text[whole.clone()];
        let opening = text.lines().next().unwrap_or_default();
        let ending = self.fence_end(&whole, opening, lines);
        // Marks of the other kind belong to what follows.
        let marks = CodeFence::opened_by(opening).map_or(0, |fence| fence.length);
        let info_start = opening.len() - opening.part(marks..).trim_start().len();
        let info = opening[info_start..].trim_end();
        let info_start = whole.start + info_start;
        let name_end = if info.starts_with('{') {
            info.find('}').map_or(info.len(), |at| at + 1)
        } else {
            info.find([' ', '\t', '{', ',']).unwrap_or(info.len())
        };
        let name = &info[..name_end];
        if name == "mermaid" || is_directive(name) {
            let arguments = info[name_end..].trim_start();
            let arguments_start = info_start + info.len() - arguments.len();
            let name = Located::new(name.to_owned(), self.span(info_start..info_start + name_end));
            let place = self.span(arguments_start..arguments_start + arguments.len());
            return self.embed((name, Located::new(arguments.to_owned(), place)), lines, &whole, ending);
        }
        self.note_commands(lines);
        // Entities and escapes are the parser's to decode.
        let options = FenceInfo::read(decoded);
        if let Some(id) = options.id.as_deref() {
            let span = self.span(info_start..info_start + info.len());
            self.give_anchor(id, span);
        }
        let span = self.span(info_start..info_start + name_end);
        match self.write_code(&options, &joined(self.input.text, lines)) {
            Language::Known => {}
            Language::Unknown => {
                let message = format!("no syntax highlighting for `{}`", options.language);
                self.found.push(UNKNOWN_LANGUAGE.at(span, message).help("the block is shown as plain text"));
            }
            Language::Bounded(bound) => self.found.push(not_highlighted(span, &options.language, bound)),
        }
    }

    /// Keeps the word behind each command that somebody above asked for.
    fn note_commands(&mut self, lines: &[Spotted<'a>]) {
        for (event, place) in lines {
            if let Event::Text(line) = event {
                self.note_commands_in(line, place);
            }
        }
    }

    /// The same for a line, or for code within one.
    pub(super) fn note_commands_in(&mut self, line: &str, place: &Range<usize>) {
        let Some(command) = self.input.options.command.as_deref() else { return };
        // Lines that do not stand in the source as they read have no place for their words.
        if self.input.text.part(place.clone()) != line {
            return;
        }
        for (at, _) in line.match_indices(command) {
            // `go ` is the end of `cargo `.
            if line.part(..at).ends_with(char::is_alphanumeric) && command.starts_with(char::is_alphanumeric) {
                continue;
            }
            let rest = line.part(at + command.len()..);
            let end = rest.find(|c: char| c.is_whitespace() || "\"'`;|&)".contains(c)).unwrap_or(rest.len());
            let word = rest.part(..end);
            let start = place.start + at + command.len();
            let span = self.span(start..start + word.len());
            self.document.commands.push(Located::new(word.to_owned(), span));
        }
    }

    /// Leaves a hole for what somebody above draws.
    fn embed(
        &mut self,
        (name, arguments): (Located<String>, Located<String>),
        lines: &[Spotted<'a>],
        range: &Range<usize>,
        ending: Ending,
    ) {
        let span = self.span(range.clone());
        let mut text = SourceMapBuilder::new(span.source, range.len());
        for (event, place) in lines {
            let Event::Text(line) = event else { continue };
            if self.input.text[place.clone()] == **line {
                text.copy_derived(self.input.text, place.clone(), self.input.origin);
            } else {
                text.insert(line, self.span(place.clone()));
            }
        }
        // Of nothing, the place is where it begins.
        let begins = if text.is_empty() { Some(SourceMap::identity(span.part(0..0))) } else { None };
        let (text, origin) = text.finish();
        let origin = begins.unwrap_or(origin);
        let index = u32::try_from(self.document.embeds.len()).unwrap_or(u32::MAX);
        self.document.embeds.push(Embed { name, arguments, text, origin, span, ending });
        self.out.hole(HoleContent::Embed(index));
        self.out.raw("\n");
    }

    fn fence_end(&mut self, range: &Range<usize>, opening: &str, lines: &[Spotted<'a>]) -> Ending {
        let Some(fence) = CodeFence::opened_by(opening) else { return Ending::Closed };
        let text = self.input.text[range.clone()].trim_end();
        let last = text.rfind('\n').map_or(text.len(), |at| at + 1);
        // What is shown as code ends nothing.
        let shown = lines.iter().map(|(_, place)| place.end).max().unwrap_or(range.start);
        let is_closed =
            range.start + last >= shown && fence.is_closed_by(text.part(last..).trim_start_matches([' ', '\t', '>']));
        if is_closed {
            self.report_hidden_end(range, (opening, &fence), lines);
            return Ending::Closed;
        }
        let message = "unclosed code block";
        let help = "everything after it is shown as code: end it with a line of the same characters";
        let fix = Fix::suggested(vec![closing_fence(&self.input, range, &fence)]);
        self.found.push(UNCLOSED.at(self.opening_line(range, opening), message).help(help).fix(fix));
        self.remember_swallowed(range);
        Ending::Unclosed
    }

    /// Reports a block that ends only where the next one was meant to: a line in it opens that one, with the same marks.
    /// In code that shows Markdown, such a line may be what is shown.
    fn report_hidden_end(&mut self, range: &Range<usize>, (opening, fence): (&str, &CodeFence), lines: &[Spotted<'a>]) {
        let language = opening.part(fence.length..).trim_start().to_ascii_lowercase();
        if MARKDOWN.iter().any(|name| language.starts_with(name)) {
            return;
        }
        let Some(place) = lines.iter().find_map(|(_, place)| self.opening_in(place, fence)) else { return };
        let before = self.input.text.part(..place.start).rfind('\n').map_or(range.start, |at| at.max(range.start));
        let fix = Fix::suggested(vec![closing_fence(&self.input, &(range.start..before), fence)]);
        let finding = UNCLOSED
            .at(self.opening_line(range, opening), "code block not closed before the next one")
            .help("the text between the two is shown as code: end the block with a line of the same characters")
            .related(self.span(place), "the next one starts here");
        self.found.push(finding.fix(fix));
    }

    /// The line in a part of a block's code that opens a block of its own with the same marks.
    fn opening_in(&self, part: &Range<usize>, fence: &CodeFence) -> Option<Range<usize>> {
        let mut at = part.start;
        self.input.text.part(part.clone()).split_inclusive('\n').find_map(|line| {
            let place = at..at + line.trim_end().len();
            at += line.len();
            opens_next(line.trim_end(), fence).then_some(place)
        })
    }

    fn opening_line(&self, range: &Range<usize>, opening: &str) -> Span {
        self.span(range.start..range.start + opening.trim_end().len())
    }

    /// Takes the ids of the headings that an unclosed block shows as code: links to them are not what is wrong.
    fn remember_swallowed(&mut self, range: &Range<usize>) {
        let text = self.input.text;
        let mut at = range.start;
        for line in text[range.clone()].split_inclusive('\n') {
            let heading = line.trim_start_matches([' ', '>']);
            let title = heading.trim_start_matches('#');
            let level = heading.len() - title.len();
            if (1..=6).contains(&level) && title.starts_with(' ') {
                let start = at + (line.len() - title.trim_start().len());
                self.hide_heading(start..start + title.trim().len());
            }
            at += line.len();
        }
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

/// The code of a block, which mostly stands in the text as it is.
fn joined<'a>(text: &'a str, lines: &[Spotted<'_>]) -> Cow<'a, str> {
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
    let mut code = String::with_capacity(length);
    code.extend(pieces());
    Cow::Owned(code)
}
