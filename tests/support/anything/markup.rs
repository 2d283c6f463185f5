//! What holds for texts that become markup: HTML, anchors, and what is put together from several texts.
//! In: texts. Out: nothing, or a panic that says what does not hold.

use std::ops::Range;

use partner_docs::html::rewrite::rewrite;
use partner_docs::html::tokenizer::{Markup, Token, Tokens};
use partner_docs::html::{decode_attribute, decode_text, escaped};
use partner_docs::source::{SourceId, SourceMap, SourceMapBuilder, Span};
use partner_docs::url::SlugStyle;

use super::spans::assert_part;

/// Any text as HTML.
pub(super) fn html(text: &str) {
    let mut done = 0;
    for token in Tokens::of(text) {
        let span = token.span().clone();
        assert_part(span.clone(), text);
        assert!(span.start == done && span.end > done, "{token:?} begins at {done} in {text:?}");
        done = span.end;
        let Token::Markup(Markup::StartTag(tag)) = token else { continue };
        let mut from = span.start + 1 + tag.written_name.len();
        for attribute in tag.attributes() {
            let Range { start, end } = attribute.span;
            assert!(from <= start && start < end && end < span.end, "{attribute:?} in {text:?}");
            assert_eq!(text.get(attribute.value_span.clone()), Some(attribute.value), "{text:?}");
            assert!(attribute.value_span.end <= end, "{attribute:?} in {text:?}");
            from = end;
        }
    }
    assert_eq!(done, text.len(), "the tokens are not all of {text:?}");
    assert_eq!(rewrite(text, |_| {}), text, "nobody changed anything");
    let written = escaped(text);
    assert_eq!(decode_text(&written), text, "{written:?}");
    assert_eq!(decode_attribute(&written), text, "{written:?}");
    let inside = format!("<a title=\"{written}\">{written}</a>");
    assert_eq!(Tokens::of(&inside).count(), if text.is_empty() { 2 } else { 3 }, "{text:?} ends what it is written in");
}

/// Any text as a heading.
pub(super) fn slug(text: &str) {
    for style in [SlugStyle::Github, SlugStyle::Mkdocs, SlugStyle::Pymdownx] {
        let slug = style.slug(text);
        assert_eq!(style.slug(&slug), slug, "an anchor of {style:?} is its own: {text:?}");
        let ends = |letter: char| letter.is_whitespace() || letter.is_control() || "\"'<>#%&/?".contains(letter);
        assert!(!slug.contains(ends), "{style:?} makes {slug:?} of {text:?}");
        let (stem, number) = style.series(&slug);
        let next = style.numbered(stem, number);
        assert_ne!(next, slug, "the next one after {slug:?}");
        // Whoever counts on from there comes to others still.
        let (stem_of_next, following) = style.series(&next);
        assert_ne!(style.numbered(stem_of_next, following), next);
    }
}

/// A letter of a derived text: which letter of which file it is, or what it replaces.
#[derive(Copy, Clone, PartialEq, Debug)]
struct Letter {
    place: Span,
    is_copied: bool,
}

/// A text that was put together, with what each of its bytes should map to.
struct Derived {
    text: String,
    map: SourceMap,
    letters: Vec<Letter>,
}

/// Any text as three files, put together bit by bit as its letters say, and then once more.
pub(super) fn source_map(text: &str) {
    let file = SourceId::new(1);
    let place = |at: usize| Letter { place: Span::new(file, at..at + 1), is_copied: true };
    let identity = Derived {
        text: text.to_owned(),
        map: SourceMap::identity(Span::new(file, 0..text.len())),
        letters: (0..text.len()).map(place).collect(),
    };
    let once = derived(&identity, text);
    assert_maps(&once, text);
    let twice = derived(&once, text);
    assert_maps(&twice, text);
}

/// Puts a text together from parts of another one.
fn derived(from: &Derived, script: &str) -> Derived {
    let mut builder = SourceMapBuilder::new(SourceId::new(1), 0);
    let mut letters = Vec::new();
    let borders: Vec<usize> = from.text.char_indices().map(|(at, _)| at).chain([from.text.len()]).collect();
    let mut at = 0;
    for letter in script.chars() {
        let length = 1 + letter as usize % 7;
        let Some((&start, &end)) = borders.get(at).zip(borders.get(at + length)) else { break };
        match letter {
            // Left out.
            ' ' | 'x' => {}
            // Something else in its place.
            '{' | '\n' | '0'..='9' => {
                let place = from.map.span(start..end);
                builder.insert("→new", place);
                letters.extend(["→new".len()].iter().flat_map(|len| vec![Letter { place, is_copied: false }; *len]));
            }
            _ => {
                builder.copy_derived(&from.text, start..end, &from.map);
                letters.extend(from.letters.get(start..end).unwrap_or_default());
            }
        }
        // Some parts are written twice, as an included file is.
        at += if letter == '*' { 0 } else { length };
    }
    let (text, map) = builder.finish();
    Derived { text, map, letters }
}

/// Each byte maps to where it came from, and each range to no less.
fn assert_maps(derived: &Derived, source: &str) {
    let Derived { text, map, letters } = derived;
    assert_eq!(text.len(), letters.len());
    for (at, character) in text.char_indices() {
        let range = at..at + character.len_utf8();
        let own = map.span(range.clone());
        assert_part(own.range(), source);
        let Some(letter) = letters.get(at) else { continue };
        if letter.is_copied {
            assert!(map.is_exact(range), "{character:?} of {text:?} was copied");
            assert_eq!(own.start, letter.place.start, "{character:?} of {text:?}");
            assert_eq!(source.get(own.range()).and_then(|own| own.chars().next()), Some(character), "{text:?}");
        } else {
            assert_eq!(own, letter.place, "{character:?} of {text:?}");
        }
        let rest = map.span(at..text.len());
        assert_part(rest.range(), source);
        assert!(rest.start == own.start && rest.end >= rest.start, "{text:?}");
    }
}
