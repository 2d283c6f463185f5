//! Comments, and what they say.
//! In: a text. Out: what its comments allow, and what in them cannot be understood.
//! Never knows: whether anything is found there.

use std::ops::Range;

use super::{Allow, NAME, Suppressions, cover, nearly, unknown};
use crate::check::registry;
use crate::diagnostic::{Diagnostic, Parsed};
use crate::markdown::{self, CommentKind};
use crate::page::front_matter;
use crate::source::{Part as _, Source, SourceId, Span};

/// Reads all comments of a text, in the language of its kind of file.
pub(super) fn comments(source: &Source, id: SourceId, all: &mut Parsed<Suppressions>) {
    let text = source.text();
    if source.path().is_markdown() {
        if let Some(head) = front_matter::split(text) {
            in_entries((text, id), head.inside, all);
        }
        let options = markdown::Options::default();
        for comment in markdown::comments(text, NAME, &options) {
            let covers = match comment.kind {
                CommentKind::Html => cover::in_markdown(text, &comment.range),
                CommentKind::Mermaid => cover::next_line(text, comment.range.end),
                CommentKind::Definition => {
                    all.found.extend(unknown::definition(text.part(comment.range.clone()), (id, comment.range)));
                    continue;
                }
            };
            read((text, id), comment.range, covers, all);
        }
        for name in nearly::names(text) {
            let comments = markdown::comments(text, name, &options).into_iter();
            all.found.extend(comments.filter_map(|comment| misnamed((text, id), comment.range, name)));
        }
    } else if matches!(source.path().extension(), "yaml" | "yml" | "toml") {
        in_entries((text, id), 0..text.len(), all);
    }
}

/// Reads the comments of entries: of a file, or of the front matter in one.
fn in_entries((text, id): (&str, SourceId), entries: Range<usize>, all: &mut Parsed<Suppressions>) {
    for range in entry_comments(text, &entries, NAME) {
        let covers = cover::in_entries(text, &range);
        read((text, id), range, covers, all);
    }
    for name in nearly::names(text.part(entries.clone())) {
        let comments = entry_comments(text, &entries, name);
        all.found.extend(comments.filter_map(|comment| misnamed((text, id), comment, name)));
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
        let before = text.part(..at).trim_end_matches([' ', '\t']);
        let is_comment = |hash: &&str| hash.is_empty() || hash.ends_with([' ', '\t', '\n']);
        let before = before.strip_suffix('#').filter(is_comment)?;
        let end = text.part(at..).find('\n').map_or(text.len(), |end| at + end);
        Some(before.len()..end)
    })
}

/// The finding for a comment with nearly the right name.
fn misnamed((text, id): (&str, SourceId), comment: Range<usize>, name: &str) -> Option<Diagnostic> {
    let start = comment.start + text.part(comment.clone()).find(name)?;
    let verb = start + text.part(start..comment.end).find("allow")?;
    // A longer name may begin with this one.
    let is_whole = text.part(start + name.len()..verb).trim_matches([' ', '\t', ':', '-', '_']).is_empty();
    let end = verb + text.part(verb..comment.end).find(|c: char| c.is_whitespace() || c == ':')?;
    is_whole.then(|| unknown::name(name, Span::new(id, start..end), text.part(verb..end)))
}

fn said(text: &str, comment: &Range<usize>) -> Range<usize> {
    let whole = text.part(comment.clone());
    let start = comment.start + whole.find(NAME).map_or(0, |at| at + NAME.len());
    let end = comment.start + whole.trim_end_matches("-->").trim_end().len();
    start..end.max(start)
}

/// What a comment says: a verb, rules, and whatever else it has to tell its readers. A comment that only begins with
/// the program's name is for people.
fn read((text, id): (&str, SourceId), comment: Range<usize>, covers: Range<usize>, all: &mut Parsed<Suppressions>) {
    let mut said = said(text, &comment);
    let name_end = said.start;
    let blank = text.part(said.clone()).len() - text.part(said.clone()).trim_start_matches(' ').len();
    let has_colon = text.part(said.start + blank..said.end).starts_with(':');
    said.start += if has_colon { blank + 1 } else { 0 };
    let mut words = words(text, said);
    let verb = words.next();
    if !has_colon {
        // `partner-docs allow`, `partner-docs-allow`
        let bare = |verb: &Range<usize>| text.part(verb.clone()).trim_start_matches(['-', '_']).to_owned();
        let is_apart = |verb: &Range<usize>| verb.start > name_end || bare(verb).len() < verb.len();
        if let Some(verb) = verb.filter(|verb| is_apart(verb) && unknown::VERBS.contains(&bare(verb).as_str())) {
            let span = Span::new(id, name_end - NAME.len()..verb.end);
            all.found.push(unknown::no_colon(span, &bare(&verb)));
        }
        return;
    }
    let Some(verb) = verb else {
        all.found.push(unknown::no_rule(Span::new(id, comment)));
        return;
    };
    let name = text.part(verb.clone());
    let covers = match name {
        "allow" => covers,
        "allow-file" => 0..text.len() + 1,
        _ => {
            all.found.push(unknown::verb(name, Span::new(id, verb)));
            return;
        }
    };
    let rules: Vec<Range<usize>> = words.take_while(|word| is_rule(text.part(word.clone()))).collect();
    if rules.is_empty() {
        all.found.push(unknown::no_rule(Span::new(id, verb)));
    }
    for word in &rules {
        let (name, word) = (text.part(word.clone()), Span::new(id, word.clone()));
        let Some(rule) = registry::rule(name) else {
            all.found.push(unknown::rule(name, word));
            continue;
        };
        let comment = Span::new(id, cover::own_line(text, &comment));
        let is_only = rules.len() == 1;
        all.value.0.push(Allow { rule, word, comment, is_only, covers: covers.clone(), is_used: false });
    }
}

/// The words of a stretch, without the commas and colons behind them.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    text.part(range).split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.trim_end_matches([',', ':', ';']).len()
    })
}

/// Whether a word has the form of a rule's name. The first that has not begins the reason.
pub(super) fn is_rule(word: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit());
    word.split_once('/').is_some_and(|(family, name)| part(family) && part(name))
}
