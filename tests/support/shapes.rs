//! Pieces of Markdown that, over and over, make anything slow that looks back, or ahead, from every place.
//! In: nothing. Out: the pieces, and long texts made of one each.
//! Never knows: what is done with the texts.

/// Openings without their ends, ends without openings, and names that lead nowhere.
const PIECES: [&str; 80] = [
    "*a ",
    "*a **a ",
    "a**b",
    "_a",
    "~a",
    "~~a ",
    "`a",
    "`` ` ",
    "```",
    "~~~ a",
    "[",
    "[a](",
    "[a](<b",
    "[a][b]",
    "[](",
    "![",
    "![[]()",
    "[a]: b",
    "- [a]: [b]",
    "[^a]",
    "[^a]: b",
    "<",
    "<a ",
    "<a>",
    "<a class=b>",
    "<a href='",
    "</a>",
    "<!--",
    "<!-- a -->",
    "<?",
    "<!A",
    "<![CDATA[",
    "<div>",
    "</div>",
    "<b markdown>",
    "<script>",
    "<pre",
    "<a@b",
    "&",
    "&#x41;",
    "\\",
    "- ",
    "1. a",
    "> ",
    "> - ",
    "    a",
    "# a",
    "a {#b}",
    "---",
    "---\na: b",
    "| a ",
    "|-|",
    "a | b\n-|-",
    ": a",
    "a\n: b",
    "::: note",
    "/// note",
    ":::",
    "!!! note",
    "=== \"a\"",
    "{a ",
    "{a=b",
    "{.a",
    "++a+",
    "{~~a ~~} ",
    "==a ",
    "^^a *",
    "{{ a ",
    "{{#include a}}",
    "--8<-- \"a\"",
    "{% include-markdown \"a\" start=\"",
    "www.a,",
    "[http://a,",
    ":a-b",
    "[TAGS]",
    "<a href=b>c",
    "*[A]: b\nA",
    "[^a]: [^a]",
    "`#!py a`",
    "{#a}",
];

/// One over and over, then the other: what lies deep, and what is looked at again for each level of it.
const HALVES: [(&str, &str); 12] = [
    ("> ", "a\n"),
    ("- ", "a\n"),
    ("- ", "\n"),
    ("1. ", "```\n"),
    ("> - ", ">\n"),
    ("::: note\n", "a\n"),
    ("<a href=b>c", "</a>"),
    ("<b class=c>d", "</b>"),
    ("[", "](a)"),
    ("![", "](a)"),
    ("*a **b ", "c** d* "),
    ("{++a {--b ", "--} ++}"),
];

/// Each piece over and over, on one line, on lines, and in paragraphs; halves one after the other; wide tables. With what
/// it is.
pub(crate) fn texts(length: usize) -> impl Iterator<Item = (String, String)> {
    let shapes = PIECES.iter().flat_map(|piece| ["", "\n", "\n\n"].map(|end| format!("{piece}{end}")));
    let whole = shapes.map(move |shape| (format!("{shape:?} over and over"), shape.repeat(length / shape.len())));
    let half = move |piece: &str| piece.repeat(length / 2 / piece.len());
    let halves = HALVES.iter().map(move |(first, second)| {
        (format!("{first:?} over and over, then {second:?}"), [half(first), half(second)].join("\n"))
    });
    let table = |columns: usize| format!("|{}\n|{}\n", "a|".repeat(columns), "-|".repeat(columns));
    let tables = [
        ("one wide table of short rows".to_owned(), table(length / 16) + &half("|a\n")),
        ("wide tables of short rows".to_owned(), (table(100) + &"|a\n".repeat(100) + "\n").repeat(length / 700)),
    ];
    whole.chain(halves).chain(tables)
}
