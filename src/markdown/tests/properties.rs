//! What holds for every text.
//! In: made-up texts. Out: nothing, or the shortest text for which it does not hold.

use proptest::prelude::*;

use super::*;

/// Pieces that mean something to a dialect or the parser, side by side in any order.
const PIECES: [&str; 72] = [
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
    fn holes_lie_in_the_html_in_order(text in texts()) {
        let document = compiled(&text).value;
        prop_assert!(document.holes.is_sorted_by_key(|hole| hole.at));
        prop_assert!(document.holes.iter().all(|hole| document.html.is_char_boundary(hole.at)));
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

proptest! {
    #[test]
    fn lines_give_the_same_blocks_alone_and_inside_a_callout(
        lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..12)
    ) {
        let text: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
        let indented: String = text.lines().flat_map(|line| ["    ", line, "\n"]).collect();
        let inside = html(&format!("!!! note \"\"\n\n{indented}"));
        let alone = html(&text);
        let expected = format!("<div class=\"callout callout-note\" role=\"note\">\n{alone}</div>\n");
        prop_assert_eq!(inside, expected, "{}", text);
    }
}

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

/// Texts that would take ages if anything looked back, or ahead, from every place in them.
#[test]
fn long_texts_of_any_shape_come_to_an_end() {
    let pieces = [
        "::: note\n",
        "!!! note\n",
        "- ",
        "> ",
        "{a ",
        "{a=b",
        "{.a",
        "++a+",
        "{~~a ",
        "~~} ",
        "==a ",
        "^^a *",
        "{{ a ",
        "`` ` ",
        "{{#",
        "{% ",
        "--8<-- ",
        "<a ",
        "<a>",
        "<a class=b>",
        "</a>",
        "<!--",
        "www.a,",
        "http://a,",
        "[http://a,",
        "[^a]",
        "[a][b]",
        "- [a]: [b]\n",
        "# a\n",
        "---\na: b\n",
        ":a-b",
        ":",
        "markdown",
        "<b markdown>\n",
        "*[a]: b\n",
        "a`",
        "|",
        "[](",
        "![",
    ];
    for piece in pieces {
        let text = piece.repeat(40_000 / piece.len());
        assert!(!compiled(&text).value.html.is_empty() || text.contains("]: "), "{piece}");
    }
}
