//! Blocks of the dialects: callouts, collapsibles, tabs. Which marks open one, what the rest of that line says, what
//! ends it.

use std::ops::Range;

use memchr::memmem;

use super::callout_kind::{WordUse, canonical_kind, is_used_as};
use crate::markdown::lines::CodeFence;
use crate::source::Part as _;

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
pub(super) enum BlockEnd {
    /// The first line that is indented less than four columns deeper than its first line.
    Indented,
    /// A line of at least this many colons.
    Fenced(usize),
    /// A line of exactly this many slashes.
    Slashed(usize),
    /// A line of at least this many of the mark that fences of code are made of.
    Ticked(u8, usize),
    /// The end of the block of code that its first line opens and that is all of its content.
    Code,
}

impl BlockEnd {
    /// Whether the lines right below the opening one may say more of the block: `    type: warning`.
    pub(super) fn takes_options(self) -> bool {
        matches!(self, Self::Slashed(_))
    }

    /// Whether a line, without its indentation, ends the block.
    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim_end();
        match self {
            Self::Indented | Self::Code => false,
            Self::Fenced(needed) => line.len() >= needed && colon_run(line) == line.len(),
            // PyMdown nests these by more slashes outside than inside, so a longer line ends another block.
            Self::Slashed(needed) => line.len() == needed && slash_run(line) == line.len(),
            Self::Ticked(mark, needed) => line.len() >= needed && line.bytes().all(|byte| byte == mark),
        }
    }
}

/// A line that opens a block. Ranges count from the start of the line's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Opener<'a> {
    pub kind: BlockKind,
    pub end: BlockEnd,
    /// The kind of the callout and further classes, as written; empty for tabs.
    pub words: &'a str,
    /// `None`: not given. An empty range: given as `""`, so the block has no title at all.
    pub title: Option<Range<usize>>,
}

/// A way to write blocks.
struct BlockForm {
    /// What the line opens with.
    mark: &'static str,
    /// What the line holds as well. A page of code is not worth rewriting for its fences.
    holds: &'static str,
    /// Whether its title is in quotes, in which a value must not end it.
    quotes_title: bool,
    read: for<'a> fn(&'a str) -> Option<Opener<'a>>,
}

/// Every way to write a block. A new one is a row here; a new kind of callout is a row in `callout_kind`.
static FORMS: [BlockForm; 10] = [
    quoted("!!!", |line| indented(line, "!!!", BlockKind::Callout)),
    quoted("???+", |line| indented(line, "???+", BlockKind::Details(Fold::Open))),
    quoted("???", |line| indented(line, "???", BlockKind::Details(Fold::Closed))),
    quoted("===", tab),
    BlockForm { mark: ":::", holds: "", quotes_title: false, read: aside },
    BlockForm { mark: "///", holds: "", quotes_title: false, read: generic },
    BlockForm { mark: "```", holds: "admonish", quotes_title: false, read: admonish },
    BlockForm { mark: "~~~", holds: "admonish", quotes_title: false, read: admonish },
    BlockForm { mark: "```", holds: "tab=", quotes_title: false, read: code_tab },
    BlockForm { mark: "~~~", holds: "tab=", quotes_title: false, read: code_tab },
];

const fn quoted(mark: &'static str, read: for<'a> fn(&'a str) -> Option<Opener<'a>>) -> BlockForm {
    BlockForm { mark, holds: "", quotes_title: true, read }
}

/// Whether a text starts with the marks of a block, as far as a quick look tells.
pub(super) fn starts_with_mark(text: &[u8]) -> bool {
    // An info string that goes on for longer names no preprocessor.
    let head = text.get(..64).unwrap_or(text);
    let may_open = |form: &BlockForm| {
        head.starts_with(form.mark.as_bytes()) && memmem::find(head, form.holds.as_bytes()).is_some()
    };
    FORMS.iter().any(may_open)
}

/// Whether a line opens a block whose title is in quotes.
pub(crate) fn quotes_title(line: &str) -> bool {
    FORMS.iter().any(|form| form.quotes_title && line.starts_with(form.mark))
}

impl<'a> Opener<'a> {
    /// Reads a line, without its indentation.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let line = line.trim_end();
        FORMS.iter().filter(|form| line.starts_with(form.mark)).find_map(|form| (form.read)(line))
    }
}

/// `!!! warning inline "Title"`
fn indented<'a>(line: &'a str, mark: &str, kind: BlockKind) -> Option<Opener<'a>> {
    let rest = line.strip_prefix(mark)?;
    let (words, title) = match rest.split_once('"') {
        Some((words, quoted)) => (words, Some(quoted.strip_suffix('"')?)),
        None => (rest, None),
    };
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    // `!!!` alone, or `!!!important`, is an exclamation; Material wants a word, and a space is optional.
    if !words.chars().all(legal) || (words.trim().is_empty() && title.is_none()) {
        return None;
    }
    let title = title.map(|title| within(line, title));
    Some(Opener { kind, end: BlockEnd::Indented, words: words.trim(), title })
}

/// `=== "Label"`; with `===!`, the first tab of another set.
fn tab(line: &str) -> Option<Opener<'_>> {
    let rest = line.strip_prefix("===")?;
    let label = rest.trim_start_matches(['!', '+']);
    let marks = rest.part(..rest.len() - label.len());
    let set = if marks.contains('!') { TabSet::Starts } else { TabSet::Continues };
    let label = label.strip_prefix(' ')?.trim_start().strip_prefix('"')?.strip_suffix('"')?;
    let title = Some(within(line, label));
    // `===!`, `===+` and both; more signs are a line of text.
    (marks.len() <= 2).then_some(Opener { kind: BlockKind::Tab(set), end: BlockEnd::Indented, words: "", title })
}

/// `:::tip[Title]`, or `::: tip Title`. With a word that no tool has, it may be another tool's block: those stay as they
/// are.
fn aside(line: &str) -> Option<Opener<'_>> {
    let colons = colon_run(line);
    let rest = line.part(colons..).trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let (words, after) = rest.split_at_checked(end)?;
    let folds = words == "details";
    if !folds && !is_used_as(words, WordUse::Aside) {
        return None;
    }
    // Docusaurus and Starlight have the title in brackets, VitePress behind the word. Braces hold options.
    let title = match after.strip_prefix('[') {
        Some(bracketed) => Some(bracketed.rsplit_once(']')?.0),
        None => Some(after.trim()).filter(|title| !title.is_empty() && !title.starts_with('{')),
    };
    let kind = if folds { BlockKind::Details(Fold::Closed) } else { BlockKind::Callout };
    Some(Opener { kind, end: BlockEnd::Fenced(colons), words, title: title.map(|title| within(line, title)) })
}

/// `/// note | Title`; the other blocks of this form are left as they are.
fn generic(line: &str) -> Option<Opener<'_>> {
    let slashes = slash_run(line);
    let rest = line.part(slashes..);
    let (words, title) = match rest.split_once('|') {
        Some((words, title)) => (words.trim(), Some(within(line, title.trim()))),
        None => (rest.trim(), None),
    };
    let (kind, words) = match words {
        "tab" if title.is_some() => (BlockKind::Tab(TabSet::Continues), ""),
        "details" => (BlockKind::Details(Fold::Closed), words),
        word if is_generic(word) || (title.is_some() && is_own_kind(word)) => (BlockKind::Callout, words),
        _ => return None,
    };
    Some(Opener { kind, end: BlockEnd::Slashed(slashes), words, title })
}

/// ```` ```admonish warning "Title" ````, the callout of an mdBook preprocessor, with its options `title`,
/// `collapsible` and `class`.
fn admonish(line: &str) -> Option<Opener<'_>> {
    let fence = CodeFence::opened_by(line)?;
    let info = line.part(fence.length..).trim_start().strip_prefix("admonish")?;
    if !info.is_empty() && !info.starts_with([' ', '\t', ',']) {
        return None;
    }
    let (before, options) = info.split_at_checked(info.find(['"', '=']).unwrap_or(info.len()))?;
    // The word before the sign is the first option's name.
    let named = || before.rsplit_once([' ', ',']).map_or("", |(words, _)| words);
    let words = if options.starts_with('=') { named() } else { before };
    let value_of = |name: &str| info.split_once(name).map(|(_, value)| value);
    let title = in_quotes(options).or_else(|| in_quotes(value_of("title=")?));
    let folds = value_of("collapsible=").is_some_and(|value| value.starts_with("true"));
    let kind = if folds { BlockKind::Details(Fold::Closed) } else { BlockKind::Callout };
    let end = BlockEnd::Ticked(fence.mark, fence.length);
    let title = title.map(|title| within(line, title));
    Some(Opener { kind, end, words: words.trim_matches([' ', '\t', ',']), title })
}

/// ```` ```python tab="Label" ````, a tab of nothing but code, as `SuperFences` had it.
fn code_tab(line: &str) -> Option<Opener<'_>> {
    CodeFence::opened_by(line)?;
    let (before, value) = line.split_once("tab=")?;
    let label = in_quotes(value).filter(|label| !label.is_empty() && before.ends_with([' ', '{', '`', '~']))?;
    let kind = BlockKind::Tab(TabSet::Continues);
    Some(Opener { kind, end: BlockEnd::Code, words: "", title: Some(within(line, label)) })
}

/// What a text begins with, when that is in quotes.
fn in_quotes(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    text.strip_prefix(quote)?.split_once(quote).map(|(value, _)| value)
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

/// Where `part`, a slice of `line`, is in it.
fn within(line: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - line.as_ptr() as usize;
    start..start + part.len()
}

/// How many colons a line starts with.
fn colon_run(line: &str) -> usize {
    line.len() - line.trim_start_matches(':').len()
}

fn slash_run(line: &str) -> usize {
    line.len() - line.trim_start_matches('/').len()
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
        let end = Opener::parse("//// note").unwrap().end;
        assert!(end.is_closed_by("////  ") && !end.is_closed_by("///") && !end.is_closed_by("/////"));
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
