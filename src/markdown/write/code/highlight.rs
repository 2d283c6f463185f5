//! Syntax highlighting: one short class for each kind of word.
//!
//! The span writer is our own: syntect's writes a span for every scope, four times the bytes at the same cost.

use std::borrow::Cow;
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::format_spec::FormatSpecs;
use super::language::grammar_of;
use super::word_grammar::{self, Word};
use crate::html::escape_text;
use crate::source::Part as _;

/// Lines of a block that is highlighted: nobody reads more.
pub(crate) const MOST_LINES: usize = 2_000;
/// Bytes of a line that is highlighted: what grammars cost grows with the square of a line's length, and faster.
pub(crate) const LONGEST_LINE: usize = 2_000;

/// Code as HTML.
pub(super) struct Highlighted {
    /// Each line's tags are closed on that line.
    pub(crate) html: String,
    /// Why it is plain all the same.
    pub(crate) bound: Option<HighlightLimit>,
}

/// What a block goes beyond that is shown plain.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum HighlightLimit {
    /// So many lines.
    Lines(usize),
    /// A line of so many bytes: its number from 1.
    Line(usize, usize),
    /// The grammar itself broke off.
    Grammar,
}

impl HighlightLimit {
    fn of(code: &str) -> Option<Self> {
        let longest = code.lines().enumerate().find(|(_, line)| line.len() > LONGEST_LINE);
        let lines = code.lines().count();
        let line = || longest.map(|(at, line)| Self::Line(at + 1, line.len()));
        Some(Self::Lines(lines)).filter(|_| lines > MOST_LINES).or_else(line)
    }
}

/// Scopes and their classes. Of those that fit, the longest counts.
const CLASSES: [(&str, &str); 33] = [
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("string", "s"),
    ("punctuation.definition.string", "s"),
    ("constant", "n"),
    ("constant.character.escape", "s"),
    ("keyword", "k"),
    ("keyword.operator", "o"),
    ("keyword.operator.word", "k"),
    ("keyword.operator.logical.python", "k"),
    ("storage", "k"),
    ("variable", "v"),
    ("variable.function", "f"),
    ("variable.language", "k"),
    ("variable.parameter", "v"),
    ("entity.name.function", "f"),
    ("entity.name.type", "t"),
    ("entity.name.class", "t"),
    ("entity.name.struct", "t"),
    ("entity.name.enum", "t"),
    ("entity.name.trait", "t"),
    ("entity.name.namespace", "t"),
    ("entity.other.inherited-class", "t"),
    ("entity.name.tag", "a"),
    ("entity.other.attribute-name", "a"),
    ("support.function", "f"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.constant", "n"),
    ("punctuation", "p"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.heading", "h"),
];

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

fn classes() -> &'static [(Scope, &'static str)] {
    static PARSED: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    PARSED.get_or_init(|| {
        let mut list: Vec<_> =
            CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect();
        // The longest scope that fits is the most exact one.
        list.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
        list
    })
}

/// The code as HTML; `None` when the language is unknown.
pub(super) fn highlight(language: &str, code: &str) -> Option<Highlighted> {
    let language = language.to_ascii_lowercase();
    let words = word_grammar::find(&language);
    let syntax = if words.is_none() { Some(find(&language)?) } else { None };
    let mut html = String::with_capacity(code.len() * 2);
    let mut bound = HighlightLimit::of(code);
    if let (Some(grammar), None) = (words, bound) {
        write_words(&mut html, &grammar.words(code));
    } else if let (Some(syntax), None) = (syntax, bound)
        && write_lines(&mut html, syntax, code).is_err()
    {
        bound = Some(HighlightLimit::Grammar);
    }
    if bound.is_some() {
        html.clear();
        escape_text(&mut html, code);
    }
    Some(Highlighted { html, bound })
}

/// The grammar of a language, by its name in lower case.
fn find(language: &str) -> Option<&'static SyntaxReference> {
    let name = grammar_of(language);
    // Templates of a language, as Pygments calls them: `yaml+jinja`.
    let plain = || name.split_once('+').filter(|(language, _)| !language.is_empty());
    // Changes to code of a language: `diff-js`.
    let changes = || name.strip_prefix("diff-").map(|_| "diff");
    let find = |name: &str| syntaxes().find_syntax_by_token(name);
    find(name).or_else(|| find(plain()?.0)).or_else(|| find(changes()?))
}

fn write_lines(html: &mut String, syntax: &SyntaxReference, code: &str) -> Result<(), syntect::Error> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut formats = (syntax.name == "C#").then(FormatSpecs::default);
    for line in code.split_inclusive('\n') {
        // With its line break: these are the grammars that expect one.
        let read = formats.as_mut().map_or(Cow::Borrowed(line), |formats| formats.hide(line));
        let changes = state.parse_line(&read, syntaxes())?;
        let mut open = None;
        let mut done = 0;
        for (at, change) in &changes {
            write_word(html, line.part(done..*at), class_of(&stack), &mut open);
            done = *at;
            stack.apply(change)?;
        }
        write_word(html, line.part(done..), class_of(&stack), &mut open);
        close(html, &mut open);
    }
    Ok(())
}

fn write_words(html: &mut String, words: &[Word<'_>]) {
    let mut open = None;
    for (word, class) in words {
        // Each line's tags are closed on that line: a comment may go over several.
        for piece in word.split_inclusive('\n') {
            write_word(html, piece, *class, &mut open);
        }
    }
    close(html, &mut open);
}

/// Writes a piece of a line, inside the open span when it has the same class. Blanks take any class.
fn write_word(html: &mut String, word: &str, class: Option<&'static str>, open: &mut Option<&'static str>) {
    let trimmed = word.trim_end_matches(['\n', '\r']);
    if !trimmed.trim().is_empty() && class != *open {
        close(html, open);
        if let Some(class) = class {
            html.push_str("<span class=\"hl-");
            html.push_str(class);
            html.push_str("\">");
            *open = Some(class);
        }
    }
    escape_text(html, trimmed);
    // A span over two lines would be torn apart where each line gets an element of its own.
    if trimmed.len() < word.len() {
        close(html, open);
        html.push_str(word.part(trimmed.len()..));
    }
}

fn close(html: &mut String, open: &mut Option<&'static str>) {
    if open.take().is_some() {
        html.push_str("</span>");
    }
}

/// The class of the innermost scope that has one.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let class =
        |scope: &Scope| classes().iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.as_slice().iter().rev().find_map(class)
}

#[cfg(test)]
mod tests {
    use super::{HighlightLimit, LONGEST_LINE, MOST_LINES, highlight};
    use crate::markdown::write::code::{language, word_grammar};

    #[test]
    fn words_get_the_class_of_their_kind() {
        let html = highlight("yaml", "name: Acme # ours\n").unwrap().html;
        assert_eq!(
            html,
            "<span class=\"hl-a\">name</span><span class=\"hl-p\">: </span><span class=\"hl-s\">Acme </span>\
             <span class=\"hl-c\"># ours</span>\n"
        );
    }

    #[test]
    fn names_that_authors_use_are_known() {
        for language in ["shell", "console", "jsonc", "TypeScript", "tsx", "toml", "Dockerfile", "powershell", "hcl"]
            .into_iter()
            .chain(language::all_names())
            .chain(word_grammar::all_names())
            .chain(["yaml+jinja", "diff-js"])
        {
            assert!(highlight(language, "x").is_some(), "{language}");
        }
        assert!(highlight("partnerscript", "x").is_none());
    }

    #[test]
    fn a_name_is_given_to_one_grammar_and_needed() {
        let mut names: Vec<&str> = language::all_names().chain(word_grammar::all_names()).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn words_of_a_language_without_a_grammar_are_told_apart() {
        let html = highlight("Bicep", "param x /* a\nb */\n").unwrap().html;
        assert_eq!(
            html,
            "<span class=\"hl-k\">param </span>x <span class=\"hl-c\">/* a</span>\n<span class=\"hl-c\">b */</span>\n"
        );
    }

    #[test]
    fn a_block_beyond_the_bounds_is_plain_and_says_so() {
        let long = "x".repeat(LONGEST_LINE + 1);
        let of = |code: &str| highlight("js", code).unwrap().bound;
        assert_eq!(of(&format!("let a = 1;\n{long}\n")), Some(HighlightLimit::Line(2, LONGEST_LINE + 1)));
        assert_eq!(of(&"a\n".repeat(MOST_LINES + 1)), Some(HighlightLimit::Lines(MOST_LINES + 1)));
        assert_eq!(of(&"a\n".repeat(MOST_LINES)), None);
    }

    #[test]
    fn formats_in_strings_of_csharp_keep_their_letters() {
        let html = highlight("cs", "var s = $\"{now:yyyy-MM-dd HH:mm}\";   // Date (YYMMDD)\n").unwrap().html;
        assert!(html.contains(":yyyy-MM-dd HH:mm"), "{html}");
        assert!(html.contains("<span class=\"hl-c\">// Date (YYMMDD)</span>"), "{html}");
    }
}
