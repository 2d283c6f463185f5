//! Blanks: where they are found, and what stands around them.

use proptest::prelude::*;

use crate::markdown::{
    BlankAttribute, BlankPart, CompileContext, HoleContent, Options, Placeholders, TemplatePiece, TemplateSource,
    compile,
};
use crate::source::{SourceId, Span};

/// A world that asks for a partner, and knows a number.
struct Asking(Placeholders);

impl Asking {
    fn new() -> Self {
        let mut blanks = Placeholders::default();
        blanks.add("partner", ["[Partner Name]", "[Partner]"]);
        blanks.add_known("playbooks.count");
        Self(blanks)
    }
}

impl CompileContext for Asking {
    fn blanks(&self) -> &Placeholders {
        &self.0
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
            HoleContent::Attributes(index) => {
                for BlankAttribute { name, value } in &document.blank_attributes[index as usize] {
                    let part = |part: &BlankPart| match part {
                        BlankPart::Text(text) => text.clone(),
                        BlankPart::Blank(blank) => format!("‹{}›", blank.name),
                    };
                    let value: String = value.iter().map(part).collect();
                    html.push_str(&[" ", name, "=\"", &value, "\""].concat());
                }
            }
            HoleContent::Table(_) => {}
            HoleContent::Embed(_) | HoleContent::Tags => html.push('…'),
        }
    }
    html + &document.html[done..]
}

/// The Markdown with `‹name›` for blanks, links leading to `new`.
fn manuscript(text: &str) -> String {
    let body = Span::new(SourceId::new(0), 0..text.len());
    let (manuscript, _) = TemplateSource::new(text, body, &Options::default(), &Asking::new());
    let pieces = manuscript.pieces(|_| Some("new".to_owned()));
    let piece = |piece: TemplatePiece<'_>| match piece {
        TemplatePiece::Text(text) => text.into_owned(),
        TemplatePiece::Blank { name, .. } => format!("‹{name}›"),
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
    assert!(!html("`[Partner Name]` <span class=\"[Partner]\">x</span> <!-- [Partner] -->").contains('‹'));
    assert!(!html("<code>[Partner]</code> and `{{ partner }}`").contains('‹'));
}

#[test]
fn addresses_and_what_else_readers_get_of_a_tag_have_blanks() {
    for (text, shown) in [
        ("[a](https://a/{{ partner }} \"for [partner]\")", "<a href=\"https://a/‹partner›\" title=\"for ‹partner›\""),
        ("<mailto:{{ partner }}>", "<a href=\"mailto:‹partner›\">mailto:‹partner›</a>"),
        ("[a][b]\n\n[b]: {{ partner }}", "<a href=\"‹partner›\">a</a>"),
        ("<a href=\"{{ partner }}\" class=\"b\">a</a>", "<a href=\"‹partner›\" class=\"b\">a</a>"),
        ("<a class='b' href='[PARTNER NAME]/c'>a</a>", "<a class='b' href=\"‹partner›/c\">a</a>"),
        ("![For {{ partner }}](a.png)", "alt=\"For ‹partner›\""),
        ("<img src=\"a.png\" alt=\"[Partner]\">", "<img src=\"a.png\" alt=\"‹partner›\">"),
    ] {
        assert!(html(text).contains(shown), "{text}: {}", html(text));
    }
    assert!(html("[a](https://a/{{ partner }}) [b](c.md)").contains("href=\"c.md\">b"), "other addresses stay");
}

#[test]
fn letter_case_and_line_breaks_do_not_count() {
    assert_eq!(html("To [partner name], [Partner\nName]."), "<p>To ‹partner›, ‹partner›.</p>\n");
    assert_eq!(manuscript("To [PARTNER NAME], [Partner\nName]."), "To ‹partner›, ‹partner›.");
}

/// What is around each blank of a text.
fn within(text: &str) -> Vec<&'static str> {
    let body = Span::new(SourceId::new(0), 0..text.len());
    let (manuscript, _) = TemplateSource::new(text, body, &Options::default(), &Asking::new());
    let piece = |piece: TemplatePiece<'_>| match piece {
        TemplatePiece::Text(_) => None,
        TemplatePiece::Blank { within, .. } => Some(within.code()),
    };
    manuscript.pieces(|_| None).into_iter().filter_map(piece).collect()
}

#[test]
fn a_blank_knows_what_is_around_it() {
    assert_eq!(within("# For {{ partner }}\n\n{{ partner }} and [Partner]\n\n- [Partner]\n"), ["t", "b", "t", "b"]);
    assert_eq!(within("| a | {{ partner }} |\n|---|---|\n| [Partner] | b |\n"), ["c", "c"]);
    assert_eq!(within("```\n[Partner]\n```\n\n    [Partner]\n"), ["k", "k"]);
    assert_eq!(within("<div>\n{{ partner }} <b title=\"[Partner]\">[Partner]</b>\n</div>\n"), ["h", "h ", "h"]);
    assert_eq!(within("a <b title=\"[Partner]\">[Partner]</b>\n"), ["h ", "t"]);
    assert_eq!(within("[a]({{ partner }} \"{{ partner }}\") <https://a/{{ partner }}>"), ["as", "h ", "ap"]);
    assert_eq!(within("![{{ partner }}](a.png \"{{ partner }}\")"), ["t", "h "]);
    assert_eq!(within("[a](https://a/?b={{ partner }})\n\n<a href=\"{{ partner }}\">a</a>"), ["aq", "Hs"]);
    assert_eq!(within("!!! note\n    {{ partner }}\n\n    | a |\n    |---|\n    | {{ partner }} |\n"), ["b", "c"]);
}

#[test]
fn words_in_brackets_that_nobody_fills_in_are_known() {
    let brackets = |text: &str| {
        let body = Span::new(SourceId::new(0), 0..text.len());
        TemplateSource::new(text, body, &Options::default(), &Asking::new()).0.brackets()
    };
    let text = "# [Client Name]\n\nDear [client name], [Partner] owes $[amount] in [X] days.\n\n\
                | [Date] | [ ] |\n|---|---|\n| **[Owner]** | [x] |\n\n```\nHi [Your Boss],\n```\n";
    let expected = ["[Client Name]", "[client name]", "[amount]", "[X]", "[Date]", "[Owner]", "[Your Boss]"];
    assert_eq!(brackets(text), expected);
    for text in [
        "- [ ] a\n- [x] b\n- [X] c\n",
        "[a link](b.md) [a][b] [b][] [b] ![an image](c.png)\n\n[b]: d.md\n",
        "[^1] and [^none]\n\n[^1]: A note.\n",
        "`[Client Name]` <code>[Client Name]</code>\n\n```js\na[Client]; [Client Name]\n```\n",
        "```\nlist[Index] = [1, 2] [option]\n```\n",
        "<!-- [Client Name] --> \\[Client Name\\] list[Name] [1] [...] [undefined][Reference]\n",
        "> [!NOTE]\n> a\n\n<a title=\"[Client Name]\">b</a>\n",
    ] {
        assert_eq!(brackets(text), [""; 0], "{text}");
    }
}

#[test]
fn code_in_prose_has_no_blanks() {
    assert!(!html("`[Partner]`").contains('‹'));
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
    let mut blanks = Placeholders::default();
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
