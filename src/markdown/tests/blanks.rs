//! Blanks: where they are found, and what stands around them.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::{Blanks, HoleContent, Manuscript, NotIncluded, Options, Piece, World, compile};
use crate::text::{SourceId, Span};

/// A world that asks for a partner, and knows a number.
struct Asking(Blanks);

impl Asking {
    fn new() -> Self {
        let mut blanks = Blanks::default();
        blanks.add("partner", ["[Partner Name]", "[Partner]"]);
        blanks.add_known("playbooks.count");
        Self(blanks)
    }
}

impl World for Asking {
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }

    fn blanks(&self) -> &Blanks {
        &self.0
    }

    fn include(&self, _from: SourceId, _path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        Err(NotIncluded::NotFound(None))
    }
}

/// The HTML with `‹name›` in the holes of blanks, and the addresses as they were written.
fn html(text: &str) -> String {
    let document = compile(text, Span::new(SourceId::new(0), 0..text.len()), &Options::default(), &Asking::new()).value;
    let mut html = String::new();
    let mut done = 0;
    for hole in &document.holes {
        html.push_str(&document.html[done..hole.at]);
        done = hole.at;
        match hole.content {
            HoleContent::Address(link) => html.push_str(&document.links[link as usize].destination),
            HoleContent::Blank(blank) => html.push_str(&["‹", &document.blanks[blank as usize].name, "›"].concat()),
            HoleContent::Table(_) => {}
            HoleContent::Embed(_) | HoleContent::Tags => html.push('…'),
        }
    }
    html + &document.html[done..]
}

/// The Markdown with `‹name›` for blanks, links leading to `new`.
fn manuscript(text: &str) -> String {
    let body = Span::new(SourceId::new(0), 0..text.len());
    let (manuscript, _) = Manuscript::new(text, body, &Options::default(), &Asking::new());
    let pieces = manuscript.pieces(|_| Some("new".to_owned()));
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.into_owned(),
        Piece::Blank { name, .. } => format!("‹{name}›"),
    };
    pieces.into_iter().map(piece).collect()
}

#[test]
fn blanks_are_opened_in_what_readers_read() {
    assert_eq!(
        html("For {{ partner }} and **[Partner Name]**."),
        "<p>For ‹partner› and <strong>‹partner›</strong>.</p>\n"
    );
    assert_eq!(html("- [ ] {{playbooks.count}} of [Partner]\n").matches('‹').count(), 2);
    assert!(html("# For {{ partner }}\n").starts_with("<h1 id=\"for-partner\">For ‹partner›"));
    assert!(html("> [!NOTE]\n> [Partner]\n").contains("‹partner›"));
}

#[test]
fn code_in_prose_and_markup_keep_what_stands_in_them() {
    assert!(!html("`[Partner Name]` <span title=\"[Partner]\">x</span> <!-- [Partner] -->").contains('‹'));
    assert!(!html("<code>[Partner]</code> and `{{ partner }}`").contains('‹'));
    assert!(html("[a](https://a/{{ partner }})").contains("href=\"https://a/{{ partner }}\""));
    assert!(html("![For {{ partner }}](a.png)").contains("alt=\"For {{ partner }}\""));
}

#[test]
fn a_block_of_code_may_be_a_letter_to_send() {
    let letter = html("```\nDear [Partner Name], {{ partner }}\n```\n");
    assert!(letter.contains("Dear ‹partner›, {{ partner }}"), "{letter}");
}

#[test]
fn a_manuscript_is_the_text_with_links_and_blanks_exchanged() {
    let text =
        "# [Partner]\n\nTo {{ partner }}: [terms](terms.md#a), [b][], `[Partner]`, [Partner](p.md)\n\n[b]: b.md\n";
    let expected = "# ‹partner›\n\nTo ‹partner›: [terms](new), [b][], `[Partner]`, [Partner](new)\n\n[b]: new\n";
    assert_eq!(manuscript(text), expected);
    assert_eq!(manuscript("```\nDear [Partner]\n```\n"), "```\nDear ‹partner›\n```\n");
}

#[test]
fn bare_words_stand_in_brackets_and_the_longest_comes_first() {
    let mut blanks = Blanks::default();
    blanks.add("partner", ["Partner Name", "[Partner"]);
    let value = |_: &str| Some("Acme".to_owned());
    assert_eq!(
        blanks.fill("[Partner Name] of Partner Name, {{partner}} [Partner", value),
        "Acme of Partner Name, Acme Acme"
    );
}

proptest! {
    #[test]
    fn blanks_change_nothing_but_themselves(text in "([a-z# \\n`*<>\\[\\]()!|-]|\\[Partner\\]|\\{\\{ partner \\}\\}|<code>|</code>|<!--|ü|<a ){0,30}") {
        let sealed = ['\u{f0000}', '\u{f0001}'];
        let (html, manuscript) = (html(&text), manuscript(&text));
        prop_assert!(!html.contains(sealed), "in {:?}", html);
        prop_assert!(!manuscript.contains(sealed), "in {:?}", manuscript);
    }
}
