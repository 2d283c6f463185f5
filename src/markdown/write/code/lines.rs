//! Lines of code: highlighted, added, removed, hidden, printed, by the marks of several tools.

use memchr::memmem;

use super::info::FenceInfo;
use crate::source::Part as _;

/// A line of code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CodeLine<'a> {
    /// What is shown, without the line break.
    pub text: &'a str,
    /// What a shell printed before it: not a part of the command.
    pub prompt: &'a str,
    pub role: LineRole,
    /// The number of its annotation.
    pub annotation: Option<u32>,
}

/// What a line is in its block.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum LineRole {
    Plain,
    Highlighted,
    Added,
    Removed,
    /// Needed to run the code, not to understand it.
    Hidden,
    /// What a command printed.
    Printed,
}

/// Languages of blocks that show what was typed and what came back.
const SESSIONS: [&str; 6] = ["console", "shell-session", "sh-session", "bash-session", "terminal", "pycon"];
const PROMPTS: [&str; 6] = ["$ ", "# ", "% ", "> ", ">>> ", "... "];
/// What starts a comment, and what ends it.
const COMMENTS: [(&str, &str); 6] = [("//", ""), ("#", ""), ("--", ""), (";", ""), ("<!--", "-->"), ("/*", "*/")];

/// Whether annotations in the code may be followed by their texts.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Annotations {
    /// A numbered list comes right after the block.
    Follow,
    None,
}

/// The lines of a block that needs them told apart; `None` for the many that do not.
pub(crate) fn lines<'a>(code: &'a str, info: &FenceInfo, annotations: Annotations) -> Option<Vec<CodeLine<'a>>> {
    let is_session = SESSIONS.contains(&&*info.language);
    let hides = hidden_by(info);
    let hides = hides.filter(|mark| code.lines().any(|line| is_hidden(line, mark)));
    let holds = |mark: &str| memmem::find(code.as_bytes(), mark.as_bytes()).is_some();
    let is_marked = holds("highlight-") || holds("[!code ");
    let is_annotated = annotations == Annotations::Follow && holds("(1)");
    if info.is_plain() && !is_session && hides.is_none() && !is_marked && !is_annotated {
        return None;
    }
    let mut state = LineMarks::default();
    let mut list = Vec::new();
    for line in code.lines() {
        let (text, mut role) = match state.read(line) {
            Marked::Gone => continue,
            Marked::Line(text, role) => (text, role),
        };
        // Numbers count the lines that are shown: a line that held nothing but a mark is gone.
        let number = list.len() + 1;
        let within = |ranges: &[std::ops::RangeInclusive<usize>]| ranges.iter().any(|range| range.contains(&number));
        let by_number = [
            (&info.highlighted, LineRole::Highlighted),
            (&info.added, LineRole::Added),
            (&info.removed, LineRole::Removed),
        ];
        role = by_number.into_iter().find(|(ranges, _)| within(ranges)).map_or(role, |(_, role)| role);
        if hides.is_some_and(|mark| is_hidden(line, mark)) {
            role = LineRole::Hidden;
        }
        let prompt = if is_session { PROMPTS.iter().find(|prompt| text.starts_with(**prompt)) } else { None };
        if is_session && prompt.is_none() && role == LineRole::Plain {
            role = LineRole::Printed;
        }
        let (prompt, text) = text.split_at(prompt.map_or(0, |prompt| prompt.len()));
        let (text, annotation) = if is_annotated { annotation(text) } else { (text, None) };
        list.push(CodeLine { text, prompt, role, annotation });
    }
    // A session without a prompt is a list of commands.
    if list.iter().all(|line| line.prompt.is_empty()) {
        for line in list.iter_mut().filter(|line| line.role == LineRole::Printed) {
            line.role = LineRole::Plain;
        }
    }
    Some(list)
}

/// mdBook's mark of hidden lines of Rust.
const RUST_MARK: &str = "#";

/// What lines begin with that are hidden in a block; `None` where none are.
pub(super) fn hidden_by(info: &FenceInfo) -> Option<&str> {
    info.hidden.as_deref().or_else(|| (info.language == "rust").then_some(RUST_MARK))
}

/// Whether a line is hidden by its mark.
fn is_hidden(line: &str, mark: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix(mark) else { return false };
    // `#[derive]` is an attribute of Rust.
    mark != RUST_MARK || rest.is_empty() || rest.starts_with(' ')
}

/// A hidden line without its mark.
pub(super) fn without_mark<'l>(line: &'l str, mark: &str) -> &'l str {
    let code = line.trim_start();
    let code = code.strip_prefix(mark).unwrap_or(code);
    if mark == RUST_MARK { code.strip_prefix(' ').unwrap_or(code) } else { code }
}

/// Marks in comments that speak about lines.
#[derive(Default)]
struct LineMarks {
    next: bool,
    region: bool,
}

enum Marked<'a> {
    /// The line held a mark and nothing else.
    Gone,
    Line(&'a str, LineRole),
}

impl LineMarks {
    fn read<'a>(&mut self, line: &'a str) -> Marked<'a> {
        match comment(line) {
            Some(("", "highlight-next-line")) => self.next = true,
            Some(("", "highlight-start")) => self.region = true,
            Some(("", "highlight-end")) => self.region = false,
            Some((before, mark)) if mark.starts_with("[!code ") => {
                let role = match mark.trim_start_matches("[!code ").trim_end_matches(']') {
                    "++" => LineRole::Added,
                    "--" => LineRole::Removed,
                    _ => LineRole::Highlighted,
                };
                return Marked::Line(before, role);
            }
            _ => {
                let is_highlighted = std::mem::take(&mut self.next) || self.region;
                return Marked::Line(line, if is_highlighted { LineRole::Highlighted } else { LineRole::Plain });
            }
        }
        Marked::Gone
    }
}

/// The last comment on a line: what precedes it, and what it says.
fn comment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    COMMENTS.iter().find_map(|(start, end)| {
        // The last one: what starts a comment may be in the code as well, as `//` does in an address.
        let at = line.rfind(start)?;
        let said = line.part(at + start.len()..).strip_suffix(end)?.trim();
        // `[!code --]` holds what starts a comment elsewhere.
        let before = line.part(..at).trim_end();
        (said.starts_with("[!code ") || said.starts_with("highlight-") || said.starts_with('('))
            .then_some((before, said))
    })
}

/// Takes the annotation off a line: `# (1)!` goes with its comment, `# (1)` leaves the comment's mark.
fn annotation(line: &str) -> (&str, Option<u32>) {
    let number = |said: &str| said.strip_prefix('(')?.trim_end_matches('!').strip_suffix(')')?.parse().ok();
    match comment(line) {
        Some((before, said)) if number(said).is_some() => (before, number(said)),
        _ => (line, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(code: &str, info: &str) -> Vec<(String, LineRole)> {
        let lines = lines(code, &FenceInfo::read(info), Annotations::None).unwrap_or_default();
        lines.into_iter().map(|line| (line.text.to_owned(), line.role)).collect()
    }

    #[test]
    fn marks_speak_about_lines_and_go() {
        use LineRole::{Added, Hidden, Highlighted, Plain, Printed, Removed};
        let line = |text: &str, role| (text.to_owned(), role);
        assert_eq!(roles("# highlight-next-line\na\nb\n", "py"), [line("a", Highlighted), line("b", Plain)]);
        assert_eq!(roles("a // [!code ++]\nb // [!code --]\n", "js"), [line("a", Added), line("b", Removed)]);
        assert_eq!(roles("# use x;\nx();\n", "rust"), [line("# use x;", Hidden), line("x();", Plain)]);
        assert_eq!(roles("$ make\ndone\n", "console"), [line("make", Plain), line("done", Printed)]);
        assert_eq!(roles("a\nb\n", "x {2}"), [line("a", Plain), line("b", Highlighted)]);
        assert_eq!(roles("a\n", "x"), []);
    }

    #[test]
    fn annotations_are_taken_off_when_their_texts_follow() {
        let info = FenceInfo::read("yaml");
        let list = lines("a: 1 # (1)!\nb: 2\n", &info, Annotations::Follow).unwrap();
        assert_eq!((list[0].text, list[0].annotation, list[1].annotation), ("a: 1", Some(1), None));
        assert_eq!(lines("a: 1 # (1)!\n", &info, Annotations::None), None);
    }
}
