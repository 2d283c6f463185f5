//! Code as HTML: a figure with highlighted lines, and annotations.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::command;
use super::highlight::{HighlightLimit, highlight};
use super::info::FenceInfo;
use super::lines::{Annotations, CodeLine, LineRole, hidden_by, lines, without_mark};
use crate::html::escape_text;
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;
use crate::wording::Wording;

/// Words for "no language at all".
const PLAIN: [&str; 10] =
    ["", "text", "txt", "plain", "plaintext", "plain-text", "none", "nohighlight", "ascii", "output"];

/// Whether a language could be highlighted.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Language {
    Known,
    Unknown,
    /// It is known, and the code goes beyond a bound.
    Bounded(HighlightLimit),
}

/// Writes code in a line of prose; `#!python f()` says its language.
pub(crate) fn code_span(writer: &mut Writer<'_>, code: &str, range: &Range<usize>) {
    let attributes = writer.attributes_at(range.end).unwrap_or_default();
    if let Some(at) = writer.text().part(range.clone()).find(code) {
        let start = range.start + at;
        command::note(writer, code, &(start..start + code.len()));
    }
    // Python-Markdown has two signs for a language within a line: `#!python f()` and `:::python f()`.
    let shebang = code.strip_prefix("#!").or_else(|| code.strip_prefix(":::")).and_then(|rest| rest.split_once(' '));
    let highlighted = shebang.and_then(|(language, code)| Some((language, code, highlight(language, code)?.html)));
    writer.markup("<code");
    writer.write_attributes(&attributes);
    match highlighted {
        Some((language, code, html)) if !writer.is_in(Enclosing::Image) => {
            writer.attribute("data-language", language);
            writer.raw(">");
            writer.raw(&html);
            writer.gather_text(code, range);
        }
        _ => {
            writer.markup(">");
            writer.write_text(code, range);
        }
    }
    writer.markup("</code>");
}

/// Writes a block of code.
pub(super) fn write_code(
    writer: &mut Writer<'_>,
    annotations: &mut CodeAnnotations,
    info: &FenceInfo,
    code: &str,
) -> Language {
    // `# (1)` is an annotation only if a list explains it; otherwise it is a comment.
    let follows = matches!(writer.peek(0), Some(Event::Start(Tag::List(Some(1)))));
    let lines = lines(code, info, if follows { Annotations::Follow } else { Annotations::None });
    open_figure(writer, info);
    let language = match &lines {
        None => write_whole(writer, &info.language, code),
        Some(lines) => write_lines(writer, annotations, info, lines),
    };
    writer.raw("</code></pre></figure>\n");
    language
}

fn open_figure(writer: &mut Writer<'_>, info: &FenceInfo) {
    let mut class = String::from("code");
    for extra in &info.classes {
        class.push(' ');
        class.push_str(extra);
    }
    writer.raw("<figure");
    writer.attribute("class", &class);
    if let Some(id) = &info.id {
        writer.attribute("id", id);
    }
    if !PLAIN.contains(&&*info.language) {
        writer.attribute("data-language", &info.language);
    }
    writer.raw(">");
    if let Some(title) = &info.title {
        writer.raw("<figcaption class=\"code-title\">");
        writer.write_escaped(title);
        writer.raw("</figcaption>");
    }
    // What scrolls sideways must be in reach of the keyboard.
    writer.raw("<pre tabindex=\"0\"><code");
    if !info.language.is_empty() {
        // HTML's specification proposes this class for a language, so scripts of other tools look for it.
        writer.attribute("class", &format!("language-{}", info.language));
    }
    writer.raw(">");
}

fn write_whole(writer: &mut Writer<'_>, language: &str, code: &str) -> Language {
    if PLAIN.contains(&language) {
        writer.write_escaped(code);
        return Language::Known;
    }
    let (html, known) = highlighted(language, code);
    writer.raw(&html);
    known
}

fn write_lines(
    writer: &mut Writer<'_>,
    annotations: &mut CodeAnnotations,
    info: &FenceInfo,
    lines: &[CodeLine<'_>],
) -> Language {
    // What was printed is no code: it would put the grammar out of step.
    let mut code = String::new();
    let mark = hidden_by(info).unwrap_or_default();
    for line in lines.iter().filter(|line| line.role != LineRole::Printed) {
        code.push_str(if line.role == LineRole::Hidden { without_mark(line.text, mark) } else { line.text });
        code.push('\n');
    }
    let (html, known) = highlighted(&info.language, &code);
    let mut pieces = html.split('\n');
    let block = annotations.start(lines);
    for (index, line) in lines.iter().enumerate() {
        let mut piece = String::new();
        if line.role == LineRole::Printed {
            escape_text(&mut piece, line.text);
        } else {
            pieces.next().unwrap_or_default().clone_into(&mut piece);
        }
        let number = info.first_number.map(|first| first + index);
        write_line(writer, line, &piece, number, block);
    }
    known
}

fn write_line(writer: &mut Writer<'_>, line: &CodeLine<'_>, html: &str, number: Option<usize>, block: usize) {
    let class = match line.role {
        LineRole::Plain => "line",
        LineRole::Highlighted => "line line-highlighted",
        LineRole::Added => "line line-added",
        LineRole::Removed => "line line-removed",
        LineRole::Printed => "line line-printed",
        LineRole::Hidden => "line line-hidden",
    };
    writer.raw("<span");
    writer.attribute("class", class);
    if line.role == LineRole::Hidden {
        writer.raw(" hidden");
    }
    if let Some(number) = number {
        writer.attribute("data-line", &number.to_string());
    }
    writer.raw(">");
    if !line.prompt.is_empty() {
        writer.raw("<span class=\"prompt\">");
        writer.write_escaped(line.prompt);
        writer.raw("</span>");
    }
    writer.raw(html);
    if let Some(number) = line.annotation {
        writer.raw(&format!("<a class=\"annotation\" href=\"#annotation-{block}-{number}\""));
        let label = Wording::english().with("text.annotation", &[("number", &number.to_string())]);
        writer.attribute("aria-label", &label);
        writer.raw(&format!(">{number}</a>"));
    }
    // The break is inside, so that a hidden line leaves no empty one behind.
    writer.raw("\n</span>");
}

/// Annotations in code, and the lists that explain them.
#[derive(Default)]
pub(crate) struct CodeAnnotations {
    /// How many blocks had some.
    blocks: usize,
    /// Whether the next list explains those of the last block.
    due: bool,
    /// For each open list, its block and the number of its last item.
    lists: Vec<Option<(usize, usize)>>,
}

impl CodeAnnotations {
    /// Takes note of a block; returns its number.
    fn start(&mut self, lines: &[CodeLine<'_>]) -> usize {
        if lines.iter().any(|line| line.annotation.is_some()) {
            self.blocks += 1;
            self.due = true;
        }
        self.blocks
    }

    /// A list starts; whether it explains annotations.
    pub(crate) fn open_list(&mut self) -> bool {
        let explains = std::mem::take(&mut self.due);
        self.lists.push(explains.then_some((self.blocks, 0)));
        explains
    }

    pub(crate) fn close_list(&mut self) {
        self.lists.pop();
    }

    /// An item starts; its id, when it explains an annotation.
    pub(crate) fn item(&mut self) -> Option<String> {
        let (block, number) = self.lists.last_mut()?.as_mut()?;
        *number += 1;
        Some(format!("annotation-{block}-{number}"))
    }
}

/// Code as HTML, plain where the language is unknown.
fn highlighted(language: &str, code: &str) -> (String, Language) {
    let is_plain = PLAIN.contains(&language);
    if !is_plain && let Some(highlighted) = highlight(language, code) {
        return (highlighted.html, highlighted.bound.map_or(Language::Known, Language::Bounded));
    }
    let mut plain = String::with_capacity(code.len());
    escape_text(&mut plain, code);
    (plain, if is_plain { Language::Known } else { Language::Unknown })
}
