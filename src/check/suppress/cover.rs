//! What a comment is about: the block, the entry or the line that follows it, or the line it stands on.
//! In: a text and a comment in it. Out: a stretch of the text.
//! Never knows: what the comment says.

use std::ops::Range;

use crate::source::Part as _;

use super::syntax::NAME;

/// The line that a comment stands on, when something else stands there too; else what follows, up to a blank line: a
/// fenced block whole, and whatever lies indented below.
pub(super) fn in_markdown(text: &str, comment: &Range<usize>) -> Range<usize> {
    if !is_alone(text, comment) {
        return line_of(text, comment);
    }
    let mut lines = lines_from(text, comment.end).skip(1).skip_while(|line| is_skipped(text.part(line.clone())));
    let Some(first) = lines.next() else { return text.len()..text.len() };
    let (start, mut end) = (first.start, first.end);
    let opening = text.part(first.clone()).trim_start_matches([' ', '\t', '>']);
    let is_fence = opening.starts_with("```") || opening.starts_with("~~~");
    if let Some(mark) = opening.chars().next().filter(|_| is_fence) {
        let fence = opening.part(..opening.len() - opening.trim_start_matches(mark).len());
        for line in lines {
            end = line.end;
            let closing = text.part(line).trim_start_matches([' ', '\t', '>']).trim_end();
            // A fence is closed by one at least as long, with nothing behind it: CommonMark, section 4.5.
            if closing.starts_with(fence) && closing.trim_start_matches(mark).is_empty() {
                break;
            }
        }
        return start..end;
    }
    // A blank line ends a paragraph, but not a list item or an admonition, whose other paragraphs are indented
    // deeper.
    let own = indent(text.part(first));
    let mut is_interrupted = false;
    for line in lines {
        let content = text.part(line.clone());
        if content.trim().is_empty() {
            is_interrupted = true;
            continue;
        }
        if is_interrupted && indent(content) <= own {
            break;
        }
        end = line.end;
    }
    start..end
}

/// The line that a comment stands on, when an entry stands there too; else the next entry, with all that is indented
/// below it.
pub(super) fn in_entries(text: &str, comment: &Range<usize>) -> Range<usize> {
    if !is_alone(text, comment) {
        return line_of(text, comment);
    }
    let is_entry = |line: &Range<usize>| {
        let content = text.part(line.clone()).trim();
        !content.is_empty() && !content.starts_with('#')
    };
    let mut lines = lines_from(text, comment.end).skip(1).filter(is_entry);
    let Some(first) = lines.next() else { return text.len()..text.len() };
    let own = indent(text.part(first.clone()));
    // An entry of YAML is all that is indented below its key, so that a comment above a step covers the step.
    let below = lines.take_while(|line| indent(text.part(line.clone())) > own).last();
    first.start..below.map_or(first.end, |last| last.end)
}

/// The next line that is not empty.
pub(super) fn next_line(text: &str, from: usize) -> Range<usize> {
    let mut lines = lines_from(text, from).skip(1);
    lines.find(|line| !is_skipped(text.part(line.clone()))).unwrap_or(text.len()..text.len())
}

/// A comment with its line, when nothing else stands there.
pub(super) fn own_line(text: &str, comment: &Range<usize>) -> Range<usize> {
    if is_alone(text, comment) { line_of(text, comment) } else { comment.clone() }
}

/// Empty lines, and comments that say more about what follows.
fn is_skipped(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || (line.starts_with("<!--") || line.starts_with("%%")) && line.contains(NAME)
}

/// Whether nothing else stands on the lines of a comment.
fn is_alone(text: &str, comment: &Range<usize>) -> bool {
    let line = line_of(text, comment);
    let before = text.part(line.start..comment.start).trim_matches([' ', '\t', '>']);
    before.is_empty() && text.part(comment.end..line.end).trim().is_empty()
}

/// The lines that a stretch touches, with their line breaks.
fn line_of(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.part(..range.start).rfind('\n').map_or(0, |at| at + 1);
    let end = text.part(range.end..).find('\n').map_or(text.len(), |at| range.end + at + 1);
    start..end
}

/// The rest of the line at a place, and all lines behind it.
fn lines_from(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    text.part(from..).split_inclusive('\n').scan(from, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..*at)
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, cover: fn(&str, &Range<usize>) -> Range<usize>) -> &str {
        let start = text.find("<!--").or_else(|| text.find("# partner")).unwrap();
        let end = text.find("-->").map_or_else(|| start + text[start..].find('\n').unwrap(), |end| end + 3);
        &text[cover(text, &(start..end))]
    }

    #[test]
    fn a_comment_covers_the_next_block() {
        assert_eq!(covered("<!-- -->\n\na\nb\n\nc\n", in_markdown), "a\nb\n");
        assert_eq!(covered("<!-- -->\n```mermaid\na\n\nb\n```\nc\n", in_markdown), "```mermaid\na\n\nb\n```\n");
        assert_eq!(covered("<!-- -->\n!!! note\n    a\n\n    b\n\nc\n", in_markdown), "!!! note\n    a\n\n    b\n");
        assert_eq!(covered("a\nb <!-- --> c\nd\n", in_markdown), "b <!-- --> c\n");
        assert_eq!(covered("a\n<!-- -->", in_markdown), "");
    }

    #[test]
    fn a_comment_in_yaml_covers_the_next_entry_or_its_own() {
        let text = "steps:\n  # partner-docs:\n  - name: Sign\n    template: x\n  - name: Pay\n";
        assert_eq!(covered(text, in_entries), "  - name: Sign\n    template: x\n");
        assert_eq!(covered("a: 1\nb: 2 # partner-docs:\nc: 3\n", in_entries), "b: 2 # partner-docs:\n");
    }
}
