//! Blocks of the dialects: callouts, collapsibles, tabs.
//! In: a line that may open one. Out: what it opens, and where its parts stand in the line.
//! Never knows: what surrounds the line, or how a block is rewritten and drawn.

use std::ops::Range;

use crate::markdown::lines::CodeFence;

/// What a block of a dialect is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum BlockKind {
    /// A callout, always open.
    Callout,
    /// A callout that can be folded, and whether it starts open.
    Details(Fold),
    /// One of several panels under labels.
    Tab(TabSet),
}

/// How a collapsible starts out.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fold {
    Open,
    Closed,
}

/// Whether a tab belongs to the tabs right before it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum TabSet {
    Continues,
    Starts,
}

/// What ends a block.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum BlockEnd {
    /// The first line that is indented less than four columns deeper than its first line.
    Indented,
    /// A line of at least this many colons.
    Fenced(usize),
    /// A line of exactly this many slashes.
    Slashed(usize),
    /// A line of at least this many of the mark that fences of code are made of.
    Ticked(u8, usize),
}

impl BlockEnd {
    /// Whether a line, without its indentation, ends the block.
    pub(crate) fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim_end();
        match self {
            Self::Indented => false,
            Self::Fenced(needed) => line.len() >= needed && colon_run(line) == line.len(),
            Self::Slashed(needed) => line.len() == needed && slash_run(line) == line.len(),
            Self::Ticked(mark, needed) => line.len() >= needed && line.bytes().all(|byte| byte == mark),
        }
    }
}

/// A line that opens a block. Ranges count from the start of the line's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Opener<'a> {
    pub kind: BlockKind,
    pub scope: BlockEnd,
    /// The kind of the callout and further classes, as written; empty for tabs.
    pub words: &'a str,
    /// `None`: not given. An empty range: given as `""`, so the block has no title at all.
    pub title: Option<Range<usize>>,
}

/// Kinds of callouts whose `:::` form is understood. With any other word it may be another tool's block.
const ASIDES: [&str; 9] = ["note", "tip", "caution", "danger", "info", "warning", "important", "success", "details"];

impl<'a> Opener<'a> {
    /// Reads a line, without its indentation.
    pub(crate) fn parse(line: &'a str) -> Option<Self> {
        let line = line.trim_end();
        match line.as_bytes().first()? {
            b'!' => Self::indented(line, line.strip_prefix("!!!")?, BlockKind::Callout),
            b'?' => {
                let rest = line.strip_prefix("???")?;
                match rest.strip_prefix('+') {
                    Some(rest) => Self::indented(line, rest, BlockKind::Details(Fold::Open)),
                    None => Self::indented(line, rest, BlockKind::Details(Fold::Closed)),
                }
            }
            b'=' => Self::tab(line),
            b':' => Self::fenced(line),
            b'/' => Self::slashed(line),
            b'`' | b'~' => Self::admonish(line),
            _ => None,
        }
    }

    /// ```` ```admonish warning "Title" ````, the callout of an mdBook preprocessor, with its options `title`,
    /// `collapsible` and `class`.
    fn admonish(line: &'a str) -> Option<Self> {
        let fence = CodeFence::opened_by(line)?;
        let info = line[fence.length..].trim_start().strip_prefix("admonish")?;
        if !info.is_empty() && !info.starts_with([' ', '\t', ',']) {
            return None;
        }
        let options = info.find(['"', '=']).unwrap_or(info.len());
        let before = &info[..options];
        // The word before the sign is the first option's name.
        let named = || before.rsplit_once([' ', ',']).map_or("", |(words, _)| words);
        let words = if info[options..].starts_with('=') { named() } else { before };
        let quoted = |from: &'a str| {
            let quote = from.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            from[1..].split_once(quote).map(|(value, _)| value)
        };
        let named = |name: &str| info.split_once(name).map(|(_, value)| value);
        let title = quoted(&info[options..]).or_else(|| quoted(named("title=")?));
        let folds = named("collapsible=").is_some_and(|value| value.starts_with("true"));
        let kind = if folds { BlockKind::Details(Fold::Closed) } else { BlockKind::Callout };
        let scope = BlockEnd::Ticked(fence.mark, fence.length);
        let title = title.map(|title| within(line, title));
        Some(Self { kind, scope, words: words.trim_matches([' ', '\t', ',']), title })
    }

    fn indented(line: &'a str, rest: &'a str, kind: BlockKind) -> Option<Self> {
        let (words, title) = match rest.split_once('"') {
            Some((words, quoted)) => (words, Some(quoted.strip_suffix('"')?)),
            None => (rest, None),
        };
        let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        // `!!!` alone, or `!!!important`, is an exclamation; Material wants a word, and a space is optional.
        if !words.chars().all(legal) || (words.trim().is_empty() && title.is_none()) {
            return None;
        }
        Some(Self {
            kind,
            scope: BlockEnd::Indented,
            words: words.trim(),
            title: title.map(|title| within(line, title)),
        })
    }

    fn tab(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix("===")?;
        let marks = rest.len() - rest.trim_start_matches(['!', '+']).len();
        let set = if rest[..marks].contains('!') { TabSet::Starts } else { TabSet::Continues };
        let label = rest[marks..].strip_prefix(' ')?.trim_start().strip_prefix('"')?.strip_suffix('"')?;
        let title = Some(within(line, label));
        (marks <= 2).then_some(Self { kind: BlockKind::Tab(set), scope: BlockEnd::Indented, words: "", title })
    }

    /// `/// note | Title`; the other blocks of this form are left as they are.
    fn slashed(line: &'a str) -> Option<Self> {
        let slashes = slash_run(line);
        let (words, title) = match line[slashes..].split_once('|') {
            Some((words, title)) => (words.trim(), Some(within(line, title.trim()))),
            None => (line[slashes..].trim(), None),
        };
        let (kind, words) = match words {
            "tab" if title.is_some() => (BlockKind::Tab(TabSet::Continues), ""),
            "details" => (BlockKind::Details(Fold::Closed), words),
            word if is_generic(word) || (title.is_some() && is_own_kind(word)) => (BlockKind::Callout, words),
            _ => return None,
        };
        (slashes >= 3).then_some(Self { kind, scope: BlockEnd::Slashed(slashes), words, title })
    }

    fn fenced(line: &'a str) -> Option<Self> {
        let colons = colon_run(line);
        let rest = line[colons..].trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let words = &rest[..end];
        if colons < 3 || !ASIDES.contains(&words) {
            return None;
        }
        let title = match rest[end..].strip_prefix('[') {
            Some(bracketed) => Some(&bracketed[..bracketed.rfind(']')?]),
            None => Some(rest[end..].trim()).filter(|title| !title.is_empty() && !title.starts_with('{')),
        };
        let kind = if words == "details" { BlockKind::Details(Fold::Closed) } else { BlockKind::Callout };
        Some(Self { kind, scope: BlockEnd::Fenced(colons), words, title: title.map(|title| within(line, title)) })
    }
}

/// Whether a word is a kind of callout that the `///` form has a block for.
fn is_generic(word: &str) -> bool {
    word == "admonition" || (canonical_kind(word).is_some() && word.chars().all(|c| c.is_ascii_lowercase()))
}

/// Whether a word can be a kind that a site adds to the callouts: `/// new | In this version`. The names of the other
/// blocks of this form are none.
fn is_own_kind(word: &str) -> bool {
    const OTHERS: [&str; 9] =
        ["html", "caption", "figure-caption", "table-caption", "define", "definition", "tab", "latex", "quote"];
    let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
    !OTHERS.contains(&word) && !word.is_empty() && word.chars().all(is_word)
}

/// Where `part`, a slice of `line`, stands in it.
fn within(line: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - line.as_ptr() as usize;
    start..start + part.len()
}

/// How many colons a line starts with.
pub(super) fn colon_run(line: &str) -> usize {
    line.len() - line.trim_start_matches(':').len()
}

fn slash_run(line: &str) -> usize {
    line.len() - line.trim_start_matches('/').len()
}

/// The kind among the twelve that the theme draws, for a kind or one of its aliases.
pub(crate) fn canonical_kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "note" => "note",
        "abstract" | "summary" | "tldr" => "abstract",
        "info" | "todo" => "info",
        "tip" | "hint" | "important" => "tip",
        "success" | "check" | "done" => "success",
        "question" | "help" | "faq" => "question",
        "warning" | "caution" | "attention" => "warning",
        "failure" | "fail" | "missing" => "failure",
        "danger" | "error" => "danger",
        "bug" => "bug",
        "example" => "example",
        "quote" | "cite" => "quote",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(line: &str) -> Option<&str> {
        Opener::parse(line).unwrap().title.map(|range| &line[range])
    }

    #[test]
    fn titles_are_given_left_out_or_empty() {
        assert_eq!(title("!!! warning \"Sign the NDA first\""), Some("Sign the NDA first"));
        assert_eq!(title("!!! warning"), None);
        assert_eq!(title("???+ tip inline end \"\""), Some(""));
        assert_eq!(title("=== \"Acme\""), Some("Acme"));
        assert_eq!(title(":::tip[Ask early]"), Some("Ask early"));
        assert_eq!(title("::: danger Ask early"), Some("Ask early"));
    }

    #[test]
    fn generic_blocks_are_callouts_collapsibles_and_tabs() {
        assert_eq!(title("/// warning | Sign the NDA first"), Some("Sign the NDA first"));
        assert_eq!(title("//// details | Why?"), Some("Why?"));
        assert_eq!(Opener::parse("/// tab | Acme").unwrap().kind, BlockKind::Tab(TabSet::Continues));
        let scope = Opener::parse("//// note").unwrap().scope;
        assert!(scope.is_closed_by("////  ") && !scope.is_closed_by("///") && !scope.is_closed_by("/////"));
        for line in ["///", "/// A comment.", "/// html | div.card", "/// tab", "// note"] {
            assert_eq!(Opener::parse(line), None, "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_an_opener_is_left_alone() {
        for line in ["!!!", "!!! Stop, now", "======", "=== Total", "::: partner.module", "::::", "???"] {
            assert_eq!(Opener::parse(line), None, "{line}");
        }
    }

    #[test]
    fn the_first_word_is_the_kind() {
        let opener = Opener::parse("!!! caution inline end").unwrap();
        assert_eq!(opener.words, "caution inline end");
        assert_eq!(canonical_kind("caution"), Some("warning"));
        assert_eq!(canonical_kind("partner"), None);
    }
}
