//! Comments, and what they say.
//! In: a text. Out: what its comments allow, and what in them cannot be understood.
//! Never knows: whether anything is found there.

use std::ops::Range;

use super::{Allow, Allows, NAME, cover, unknown};
use crate::check::registry;
use crate::diagnostic::Parsed;
use crate::markdown::{self, CommentKind};
use crate::page::front_matter;
use crate::text::{Source, SourceId, Span};

/// Reads all comments of a text, in the language of its kind of file.
pub(super) fn comments(source: &Source, id: SourceId, all: &mut Parsed<Allows>) {
    let text = source.text();
    if source.path().is_markdown() {
        if let Some(head) = front_matter::split(text) {
            in_entries((text, id), head.inside, all);
        }
        for comment in markdown::comments(text, NAME, &markdown::Options::default()) {
            let covers = match comment.kind {
                CommentKind::Html => cover::in_markdown(text, &comment.range),
                CommentKind::Mermaid => cover::next_line(text, comment.range.end),
            };
            read((text, id), comment.range, covers, all);
        }
    } else if matches!(source.path().extension(), "yaml" | "yml" | "toml") {
        in_entries((text, id), 0..text.len(), all);
    }
}

/// Reads the comments of entries: of a file, or of the front matter in one.
fn in_entries((text, id): (&str, SourceId), entries: Range<usize>, all: &mut Parsed<Allows>) {
    for (offset, _) in text[entries.clone()].match_indices(NAME) {
        let at = entries.start + offset;
        let before = text[..at].trim_end_matches([' ', '\t']);
        let is_comment = |hash: &&str| hash.is_empty() || hash.ends_with([' ', '\t', '\n']);
        if let Some(before) = before.strip_suffix('#').filter(is_comment) {
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let range = before.len()..end;
            let covers = cover::in_entries(text, &range);
            read((text, id), range, covers, all);
        }
    }
}

fn said(text: &str, comment: &Range<usize>) -> Range<usize> {
    let whole = &text[comment.clone()];
    let start = comment.start + whole.find(NAME).map_or(0, |at| at + NAME.len());
    let end = comment.start + whole.trim_end_matches("-->").trim_end().len();
    start..end.max(start)
}

/// What a comment says: a verb, rules, and whatever else it has to tell its readers. A comment that only begins with
/// the program's name is for people.
fn read((text, id): (&str, SourceId), comment: Range<usize>, covers: Range<usize>, all: &mut Parsed<Allows>) {
    let mut said = said(text, &comment);
    let has_colon = text[said.clone()].starts_with(':');
    said.start += usize::from(has_colon);
    let name_end = said.start;
    let mut words = words(text, said);
    let verb = words.next();
    if !has_colon {
        if let Some(verb) = verb.filter(|verb| unknown::VERBS.contains(&&text[verb.clone()]) && verb.start > name_end) {
            all.found.push(unknown::no_colon(Span::new(id, name_end - NAME.len()..verb.end), &text[verb]));
        }
        return;
    }
    let Some(verb) = verb else {
        all.found.push(unknown::no_rule(Span::new(id, comment)));
        return;
    };
    let name = &text[verb.clone()];
    let covers = match name {
        "allow" => covers,
        "allow-file" => 0..text.len() + 1,
        _ => {
            all.found.push(unknown::verb(name, Span::new(id, verb)));
            return;
        }
    };
    let rules: Vec<Range<usize>> = words.take_while(|word| is_rule(&text[word.clone()])).collect();
    if rules.is_empty() {
        all.found.push(unknown::no_rule(Span::new(id, verb)));
    }
    for word in &rules {
        let (name, word) = (&text[word.clone()], Span::new(id, word.clone()));
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
    text[range].split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.trim_end_matches([',', ':', ';']).len()
    })
}

/// Whether a word has the form of a rule's name. The first that has not begins the reason.
fn is_rule(word: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit());
    word.split_once('/').is_some_and(|(family, name)| part(family) && part(name))
}
