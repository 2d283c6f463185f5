//! What holds for every text.
//! In: made-up texts. Out: nothing, or the shortest text for which it does not hold.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::desugar::desugar;
use super::*;
use crate::source::SourceMap;

/// Pieces that mean something to a dialect or the parser, side by side in any order.
const PIECES: [&str; 75] = [
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "    ",
    "        ",
    "> ",
    "# ",
    "**",
    "_",
    "`",
    "```\n",
    "~~~~ x {1}\n",
    "[",
    "]",
    "](u#v)",
    "![",
    "[r]: u\n",
    "[r]",
    "[^n]",
    "[^n]: ",
    "<div class='c' id=i>\n",
    "</div>\n",
    "<a href=x>",
    "</a>",
    "<p",
    "<!--",
    "-->",
    "&amp;",
    "\\",
    "|",
    "| a | b |\n|---|--:|\n",
    "é",
    "→",
    "\t",
    "---\n",
    "\r\n",
    "!!! note \"T\"\n",
    "!!! tip\n",
    "??? bug\n",
    "???+ x \"\"\n",
    "=== \"T\"\n",
    "===! \"U\"\n",
    "::: note[T]\n",
    ":::: tip\n",
    ":::\n",
    "::::\n",
    "> [!NOTE]\n",
    "{#i .c k=v}",
    "{: .c }\n",
    "https://a.b/c",
    "www.d.e",
    ": ",
    "- [ ] ",
    "- [x] ",
    "==",
    "^^",
    "~",
    "++",
    "{--",
    "--}",
    ":smile:",
    ":material-web:",
    "{{ a }}",
    "--8<-- \"f\"\n",
    "*[HTML]: x\n",
    "HTML",
    "<b>",
    "(1)",
    "（注）",
    "中",
    "*",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..32).prop_map(|pieces| pieces.concat())
}

/// All spans that a document and its findings hold.
fn spans(parsed: &Parsed<Document>) -> Vec<Span> {
    let document = &parsed.value;
    let cells = |table: &Table| {
        let cells = table.header.iter().chain(table.rows.iter().flatten());
        cells.map(|cell| cell.span).chain([table.span]).collect::<Vec<_>>()
    };
    let mut spans: Vec<Span> = document.headings.iter().flat_map(|h| [Some(h.span), h.id_span]).flatten().collect();
    spans.extend(document.anchors.iter().map(|anchor| anchor.span));
    spans.extend(document.links.iter().flat_map(|link| [link.span, link.whole]));
    spans.extend(document.tables.iter().flat_map(cells));
    spans.extend(document.embeds.iter().flat_map(|embed| [embed.span, embed.name.span, embed.arguments.span]));
    spans.extend(document.elements.iter().map(|element| element.span));
    spans.extend(parsed.found.iter().map(|finding| finding.span));
    spans.extend(parsed.found.iter().flat_map(|finding| finding.related.iter().map(|related| related.span)));
    spans
}

proptest! {
    #[test]
    fn every_span_lies_in_the_text_on_characters(text in texts()) {
        for span in spans(&compiled(&text)) {
            prop_assert!(text.get(span.range()).is_some(), "{:?} in {:?}", span, text);
        }
    }

    #[test]
    fn anything_at_all_is_compiled(text in "\\PC*") {
        let parsed = compiled(&text);
        prop_assert!(spans(&parsed).iter().all(|span| text.get(span.range()).is_some()));
    }

    #[test]
    fn comments_beside_stars_are_never_seen(text in texts()) {
        let text = text.replace("<!--", "").replace("-->", "");
        prop_assert!(!html(&text).contains("!--"), "{:?}", html(&text));
    }

    #[test]
    fn holes_lie_in_the_html_in_order(text in texts()) {
        let document = compiled(&text).value;
        prop_assert!(document.holes.is_sorted_by_key(|hole| hole.at));
        prop_assert!(document.holes.iter().all(|hole| document.html.is_char_boundary(hole.at)));
    }

    #[test]
    fn what_is_rewritten_stands_in_its_source_letter_by_letter_in_order(text in texts()) {
        let origin = SourceMap::identity(Span::new(SourceId::new(0), 0..text.len()));
        if let Some(rewritten) = desugar(&text, &origin, &BTreeSet::new()) {
            let mut done = 0;
            for (at, letter) in rewritten.text.char_indices() {
                let range = at..at + letter.len_utf8();
                if rewritten.source_map.is_exact(range.clone()) {
                    let place = rewritten.source_map.span(range).range();
                    prop_assert_eq!(&text[place.clone()], letter.to_string(), "{:?}", text);
                    prop_assert!(done <= place.start, "{:?} is written twice, or out of turn: {:?}", letter, text);
                    done = place.end;
                }
            }
        }
    }

    #[test]
    fn embeds_know_where_each_byte_was_written(text in texts()) {
        let fenced = format!("!!! note\n\n    ```mermaid\n    {}\n    ```\n", text.replace(['\n', '\r', '`'], "\n    "));
        for embed in &compiled(&fenced).value.embeds {
            for (at, letter) in embed.text.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
                let span = embed.origin.span(at..at + letter.len_utf8());
                prop_assert_eq!(&fenced[span.range()], letter.to_string(), "{:?}", fenced);
            }
        }
    }
}

/// Whole lines, which may stand in any order.
const LINES: [&str; 25] = [
    "a *b*",
    "",
    "",
    "",
    "- c",
    "  d",
    "    - e",
    "1. f",
    "   g",
    "> h",
    "| i |",
    "|---|",
    "```\nx\n\ny\n```",
    "!!! note \"j\"",
    "    k",
    "        l",
    "??? tip",
    "=== \"m\"",
    "::: danger[n]",
    ":::",
    "    ::: info",
    "---",
    "- [ ] o",
    "\n<div>\n",
    "\n</div>\n",
];

/// What a text may stand in: the line that opens it, and the columns of what is inside.
const CONTAINERS: [(&str, usize); 5] =
    [("!!! note \"\"", 4), ("??? tip \"Fold\"", 4), ("=== \"Tab\"", 4), ("- item", 2), ("1.  item", 4)];

/// The HTML of a text inside something, without that of what it stands in.
fn html_inside((opener, columns): (&str, usize), text: &str) -> Option<String> {
    let inside = |text: &str| {
        let margin = " ".repeat(columns);
        let indented: String = text.lines().flat_map(|line| [&*margin, line, "\n"]).collect();
        html(&format!("{opener}\n\n{indented}"))
    };
    let frame = inside("nothing\n");
    let (before, after) = frame.split_once("<p>nothing</p>\n")?;
    let whole = inside(text);
    Some(whole.strip_prefix(before)?.strip_suffix(after)?.to_owned())
}

proptest! {
    #[test]
    fn lines_give_the_same_blocks_wherever_they_stand(
        lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..12)
    ) {
        // Without a paragraph of its own, an item around the text might be a tight one.
        let text: String = ["first", ""].iter().chain(&lines).flat_map(|line| [*line, "\n"]).collect();
        let alone = html(&text);
        for container in CONTAINERS {
            let inside = html_inside(container, &text);
            prop_assert_eq!(inside.as_ref(), Some(&alone), "{:?}\n{}", container, text);
        }
    }

    #[test]
    fn four_spaces_in_an_item_are_inside_it_as_two_are(
        blocks in prop::collection::vec(prop::sample::select(&BLOCKS[..]), 0..8)
    ) {
        let text: String = ["first"].iter().chain(&blocks).flat_map(|block| [*block, "\n\n"]).collect();
        prop_assert_eq!(html_inside(("- item", 4), &text), Some(html(&text)), "{}", text);
    }
}

/// Blocks whose first line stands at the margin.
const BLOCKS: [&str; 14] = [
    "a *b*\nc",
    "- d\n    - e\n- f",
    "- g\n\n    h",
    "1. i\n    1. j",
    "> k\n> l",
    "| m |\n|---|\n| n |",
    "```\no\n\n  p\n```",
    "!!! note \"q\"\n    r\n\n    - s",
    "??? tip\n    !!! bug\n        t",
    "=== \"u\"\n    v\n\n=== \"w\"\n    x",
    "::: danger[y]\nz\n:::",
    "---",
    "- [ ] aa\n- [x] bb",
    "term\n: definition",
];

#[test]
fn a_text_gives_the_same_blocks_alone_and_inside_a_callout() {
    let texts = [
        "# Sign\n\n- the *NDA*\n    - twice\n\n1. then\n\n    ```yaml\n    a: 1\n    ```\n\n| a |\n|---|\n| b |\n",
        "??? tip \"In\"\n    === \"A\"\n        one\n\n    === \"B\"\n        two\n\nText [^1]\n\n[^1]: Note\n",
        "> quote\n\n<div class=\"card\">\n\nText\n\n</div>\n\n- [ ] task\n",
    ];
    for text in texts {
        let indented: String = text.lines().flat_map(|line| ["    ", line, "\n"]).collect();
        let inside = html(&format!("!!! note \"\"\n{indented}"));
        let mut alone = html(text);
        // Notes stand at the end of the page, wherever they were written.
        let notes = alone.find("<section class=\"footnotes\"").map(|at| alone.split_off(at)).unwrap_or_default();
        assert_eq!(inside, format!("<div class=\"callout callout-note\" role=\"note\">\n{alone}</div>\n{notes}"));
    }
}

#[test]
fn a_page_that_goes_too_deep_is_found_once() {
    for deep in ["> ".repeat(5_000), "- ".repeat(5_000), "> a\n".repeat(3) + &"> ".repeat(201) + "b"] {
        let text = format!("{deep}a\n\n{deep}b\n");
        let count = found(&text).iter().filter(|(rule, _)| *rule == "markdown/nested-too-deep").count();
        assert_eq!(count, 1, "{}", &text[..20]);
    }
    assert_eq!(found(&("> ".repeat(200) + "a\n")), []);
}
