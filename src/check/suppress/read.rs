//! Comments, and what they say.
//! In: a text. Out: what its comments suppress, and what in them cannot be understood.
//! Never knows: whether anything is found there.

use std::ops::Range;

use super::suppression::Suppression;
use super::syntax::{NAME, VERBS, is_rule};
use super::{cover, nearly, unknown};
use crate::check::registry;
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed};
use crate::markdown::{self, CommentKind};
use crate::page::front_matter;
use crate::source::{Part as _, Source, SourceId, Span};

/// Reads all comments of a text, in the language of its kind of file.
pub(super) fn comments(source: &Source, id: SourceId) -> Parsed<Vec<Suppression>> {
    let text = source.text();
    let mut reader = CommentReader { text, id, suppressions: Vec::new(), found: Diagnostics::new() };
    if source.path().is_markdown() {
        reader.markdown();
    } else if matches!(source.path().extension(), "yaml" | "yml" | "toml") {
        reader.entries(0..text.len());
    }
    Parsed { value: reader.suppressions, found: reader.found }
}

/// Reads the comments of one text.
struct CommentReader<'t> {
    text: &'t str,
    id: SourceId,
    suppressions: Vec<Suppression>,
    /// What in the comments cannot be understood.
    found: Diagnostics,
}

impl CommentReader<'_> {
    fn markdown(&mut self) {
        let text = self.text;
        if let Some(head) = front_matter::split(text) {
            self.entries(head.inside);
        }
        let options = markdown::Options::default();
        for comment in markdown::comments(text, NAME, &options) {
            let covers = match comment.kind {
                CommentKind::Html => cover::in_markdown(text, &comment.range),
                CommentKind::Mermaid => cover::next_line(text, comment.range.end),
                CommentKind::Definition => {
                    let written = text.part(comment.range.clone());
                    self.found.extend(unknown::definition(written, Span::new(self.id, comment.range)));
                    continue;
                }
            };
            self.comment(comment.range, covers);
        }
        for name in nearly::names(text) {
            for comment in markdown::comments(text, name, &options) {
                self.found.extend(self.misnamed(comment.range, name));
            }
        }
    }

    /// Reads the comments of entries: of a file, or of the front matter in one.
    fn entries(&mut self, entries: Range<usize>) {
        for comment in entry_comments(self.text, &entries, NAME) {
            let covers = cover::in_entries(self.text, &comment);
            self.comment(comment, covers);
        }
        for name in nearly::names(self.text.part(entries.clone())) {
            for comment in entry_comments(self.text, &entries, name) {
                self.found.extend(self.misnamed(comment, name));
            }
        }
    }

    /// The finding for a comment with nearly the right name.
    fn misnamed(&self, comment: Range<usize>, name: &str) -> Option<Diagnostic> {
        let text = self.text;
        let start = comment.start + text.part(comment.clone()).find(name)?;
        let verb = start + text.part(start..comment.end).find("allow")?;
        // `partner-doc` is found in `partner-docs` too: a longer name may begin with this one.
        let is_whole = text.part(start + name.len()..verb).trim_matches([' ', '\t', ':', '-', '_']).is_empty();
        let end = verb + text.part(verb..comment.end).find(|c: char| c.is_whitespace() || c == ':')?;
        is_whole.then(|| unknown::name(name, self.span(start..end), text.part(verb..end)))
    }

    /// Reads what a comment says: a verb, rules, and whatever else it has to tell its readers. A comment that only begins
    /// with the program's name is for people.
    fn comment(&mut self, comment: Range<usize>, covers: Range<usize>) {
        let text = self.text;
        let mut said = said(text, &comment);
        let name_end = said.start;
        let blank = text.part(said.clone()).len() - text.part(said.clone()).trim_start_matches(' ').len();
        let has_colon = text.part(said.start + blank..said.end).starts_with(':');
        said.start += if has_colon { blank + 1 } else { 0 };
        let mut words = words(text, said);
        let verb = words.next();
        if !has_colon {
            self.found.extend(verb.and_then(|verb| self.no_colon(name_end, verb)));
            return;
        }
        let Some(verb) = verb else {
            self.found.push(unknown::no_rule(self.span(comment)));
            return;
        };
        let covers = match text.part(verb.clone()) {
            "allow" => covers,
            // One past the end: a finding about an empty last line stands there.
            "allow-file" => 0..text.len() + 1,
            other => {
                self.found.push(unknown::verb(other, self.span(verb)));
                return;
            }
        };
        let rules: Vec<Range<usize>> = words.take_while(|word| is_rule(text.part(word.clone()))).collect();
        if rules.is_empty() {
            self.found.push(unknown::no_rule(self.span(verb)));
        }
        let comment = self.span(cover::own_line(text, &comment));
        let is_only = rules.len() == 1;
        for word in rules {
            let (name, word) = (text.part(word.clone()), self.span(word));
            match registry::rule(name) {
                Some(rule) => {
                    let covers = covers.clone();
                    self.suppressions.push(Suppression { rule, word, comment, is_only, covers, is_used: false });
                }
                None => self.found.push(unknown::rule(name, word, registry::rules().map(|rule| rule.code))),
            }
        }
    }

    /// The finding for a comment without its colon: `partner-docs allow`, `partner-docs-allow`.
    fn no_colon(&self, name_end: usize, verb: Range<usize>) -> Option<Diagnostic> {
        let written = self.text.part(verb.clone());
        let bare = written.trim_start_matches(['-', '_']);
        let is_apart = verb.start > name_end || bare.len() < written.len();
        let span = self.span(name_end - NAME.len()..verb.end);
        (is_apart && VERBS.contains(&bare)).then(|| unknown::no_colon(span, bare))
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }
}

/// The comments among entries that begin with a name.
fn entry_comments<'t>(
    text: &'t str,
    entries: &Range<usize>,
    name: &'t str,
) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let start = entries.start;
    text.part(entries.clone()).match_indices(name).filter_map(move |(offset, _)| {
        let at = start + offset;
        // `#` begins a comment only after a blank, in YAML and TOML alike: `a#partner-docs` is a value.
        let before = text.part(..at).trim_end_matches([' ', '\t']);
        let is_comment = |hash: &&str| hash.is_empty() || hash.ends_with([' ', '\t', '\n']);
        let before = before.strip_suffix('#').filter(is_comment)?;
        let end = text.part(at..).find('\n').map_or(text.len(), |end| at + end);
        Some(before.len()..end)
    })
}

/// The text of a comment behind the name.
fn said(text: &str, comment: &Range<usize>) -> Range<usize> {
    let whole = text.part(comment.clone());
    let start = comment.start + whole.find(NAME).map_or(0, |at| at + NAME.len());
    let end = comment.start + whole.trim_end_matches("-->").trim_end().len();
    start..end.max(start)
}

/// The words of a stretch, without the commas and colons behind them.
// A reason follows the rules, with whatever marks people put between: `allow link/not-found: written next week`.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    text.part(range).split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.trim_end_matches([',', ':', ';']).len()
    })
}
