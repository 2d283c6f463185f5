use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostics;
use crate::source::SourceId;

static RULE: Rule = Rule::error("test/yaml", "");

fn parse_text(text: &str) -> Parsed<YamlNode> {
    parse(text, Span::new(SourceId::new(0), 0..text.len()), &RULE)
}

/// A tree in one line: `{key: text, list: [a, ~]}`, with `?` for what could not be read.
fn sketch(node: &YamlNode) -> String {
    match &node.content {
        NodeContent::Null => "~".to_owned(),
        NodeContent::Unreadable => "?".to_owned(),
        NodeContent::Scalar(scalar) => scalar.text.trim_end().replace('\n', "/"),
        NodeContent::Sequence(items) => format!("[{}]", items.iter().map(sketch).collect::<Vec<_>>().join(", ")),
        NodeContent::Mapping(mapping) => {
            let entry = |entry: &MappingEntry| format!("{}: {}", entry.key.value, sketch(&entry.value));
            format!("{{{}}}", mapping.entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn findings(text: &str, found: &Diagnostics) -> Vec<String> {
    found.iter().map(|finding| format!("{} @ {}", finding.message, &text[finding.span.range()])).collect()
}

#[track_caller]
fn reads_as(text: &str, tree: &str, expected: &[&str]) {
    let parsed = parse_text(text);
    assert_eq!(sketch(&parsed.value), tree);
    assert_eq!(findings(text, &parsed.found), expected);
}

#[test]
fn texts_keep_their_spelling() {
    reads_as("a: 1.10\nb: 012\nc: yes\nd: 2024-06-10\n", "{a: 1.10, b: 012, c: yes, d: 2024-06-10}", &[]);
    reads_as("a:\nb: ~\nc: ''\nd: []\n", "{a: ~, b: ~, c: , d: []}", &[]);
}

#[test]
fn spans_cover_the_text_without_its_quotes() {
    let text = "a: \"x y\" # note\nb: 'it''s'\nc: |\n  one\n  two\n\nd: plain # note\ne: [ü, \"b\"]\nf:\n";
    let parsed = parse_text(text);
    let NodeContent::Mapping(mapping) = &parsed.value.content else { panic!("a mapping") };
    let spans: Vec<&str> = mapping.entries.iter().map(|entry| &text[entry.value.span.range()]).collect();
    assert_eq!(spans, ["x y", "it''s", "one\n  two", "plain", "[ü, \"b\"]", "f"]);
}

#[test]
fn places_count_from_the_file_that_the_text_stands_in() {
    let file = "---\r\ntitle: \"ü\"\r\n---\r\n";
    let parsed = parse(&file[5..17], Span::new(SourceId::new(0), 5..17), &RULE);
    let NodeContent::Mapping(mapping) = &parsed.value.content else { panic!("a mapping") };
    assert_eq!(&file[mapping.entries[0].value.span.range()], "ü");
}

#[test]
fn a_key_given_twice_counts_once() {
    let text = "name: a\ntags: []\nname: b\n";
    reads_as(text, "{name: a, tags: []}", &["duplicate key `name` @ name"]);
    let parsed = parse_text(text);
    assert_eq!((parsed.found[0].span.start, parsed.found[0].related[0].span.start), (17, 0));
}

#[test]
fn a_syntax_error_costs_its_entry_only() {
    reads_as("a: \"open\nb: [x]\n", "{a: ?, b: [x]}", &["unclosed quote `\"` @ \"open"]);
    reads_as("a: 1\nb: \"open", "{a: 1, b: ?}", &["unclosed quote `\"` @ \"open"]);
    reads_as("a: x: y\nb: 1\n", "{a: ?, b: 1}", &["unquoted value with a colon: `x: y` @ x: y"]);
    reads_as("a: [x, y\nb: 1\n", "{a: ?, b: 1}", &["unclosed bracket `[` @ [x, y"]);
    reads_as("a: [\n  x,\n  @y\n]\nb: 1\n", "{a: ?, b: 1}", &["an unquoted value cannot start with `@` @ @y"]);
    reads_as("a: 1\n\tb: 2\nc: 3\n", "{a: 1, c: 3}", &["this line is indented with a tab @ \t"]);
    reads_as("a: 1\nstray\nc: 3\n", "{a: 1, c: 3}", &["`stray` is neither a key nor an item of a list @ stray"]);
    reads_as("a: *n\nb: 1\n", "{a: ?, b: 1}", &["undefined alias `*n` @ *n"]);
    reads_as("a: 'it's'\nb: 1\n", "{a: ?, b: 1}", &["unexpected `s'` after the closing quote @ s'"]);
    reads_as("a: - x\nb: 1\n", "{a: ?, b: 1}", &["a list cannot start on the line of its key @ - x"]);
    reads_as(
        "a: \"x\": y\nb: 1\n",
        "{a: ?, b: 1}",
        &["unexpected text after the closing quote: `\"x\": y` @ \"x\": y"],
    );
    reads_as("a: 1\n b: 2\nc: 3\n", "{a: 1, c: 3}", &["`b: 2` does not fit the lines above it @ b: 2"]);
    reads_as("words\nb: 1\n", "{b: 1}", &["`words` is neither a key nor an item of a list @ words"]);
    reads_as("a: {{ x }}\nb: 1\n", "{a: ?, b: 1}", &["a key must be a string @ { x }"]);
}

#[test]
fn a_broken_step_costs_that_part_of_the_step() {
    let steps = "steps:\n  - name: A\n    owner: x\n   team: bad\n  - name: B\n  - name: \"C\n    owner: z\n";
    reads_as(
        steps,
        "{steps: [{name: A, owner: x}, {name: B}, {name: ?, owner: z}]}",
        &["`team: bad` does not fit the lines above it @ team: bad", "unclosed quote `\"` @ \"C"],
    );
}

#[test]
fn a_quote_left_open_is_blamed_where_it_opens() {
    let found = &["unclosed quote `\"` @ \"A"];
    reads_as("a:\n  - b: \"A\n    c: \"C\"\n  - b: D\n", "{a: [{b: ?, c: C}, {b: D}]}", found);
    reads_as("a:\n  - x # don't\n  # isn't\n  - \"A\n  - y\n", "{a: [x, ?, y]}", found);
}

#[test]
fn a_tag_without_meaning_is_no_silent_loss() {
    reads_as(
        "a: !Important call\nb: !!str 1\n",
        "{a: call, b: 1}",
        &["YAML tags are not supported: `!Important` @ !Important"],
    );
}

#[test]
fn lines_that_are_indented_by_mistake_are_blamed_themselves() {
    let [above, below] = ["does not fit the lines above it", "does not fit the lines below it"];
    reads_as("a:\n   - x\n  - y\n  - z\nb: 1\n", "{a: [y, z], b: 1}", &[&format!("`- x` {below} @ - x")]);
    reads_as("a:\n  - x: 1\n - y: 2\n   z: 3\nb: 1\n", "{a: [{x: 1}], b: 1}", &[&format!("`- y: 2` {above} @ - y: 2")]);
    reads_as("a:\n  - x 1\n    y: 2\n  - z: 3\n", "{a: [?, {z: 3}]}", &[&format!("`- x 1` {below} @ - x 1")]);
    reads_as("a: 1\n\tb: 2\n\t- c\nd: 3\n", "{a: 1, d: 3}", &["this line is indented with a tab @ \t"]);
}

#[test]
fn aliases_and_merged_keys_are_values_like_any() {
    reads_as("a: &x [1, 2]\nb: *x\n", "{a: [1, 2], b: [1, 2]}", &[]);
    reads_as("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n", "{a: {k: 1, l: 2}, b: {l: 3, k: 1}}", &[]);
    reads_as("a: &x [*x]\n", "{a: [?]}", &["this alias refers to a value that contains it @ *x"]);
}

#[test]
fn texts_made_to_exhaust_their_reader_end_in_a_finding() {
    let nested = format!("a: 1\nb: {}", "[".repeat(5000));
    assert_eq!(parse_text(&nested).found[0].message, "nested more than 32 levels deep");
    let long = format!("a: [{}]", "x, ".repeat(30_000));
    assert_eq!(parse_text(&long).found[0].message, "more than 20000 values");
    let mut bomb = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x]".to_owned()];
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push(format!("a{level}: &a{level} [{aliases}]"));
    }
    assert_eq!(parse_text(&bomb.join("\n")).found[0].message, "more than 20000 values");
}

#[test]
fn readers_say_what_a_key_wants() {
    let text = "a: [x]\nb: x\nc: 1\nd: yes\ne: [x, [y], 'z', k: v]\nf:\n";
    let parsed = parse_text(text);
    let NodeContent::Mapping(mapping) = &parsed.value.content else { panic!("a mapping") };
    let entry = |key| mapping.get(key).unwrap();
    let mut found = Vec::new();
    let mut reader = FieldReader::new(&RULE, &mut found);
    assert_eq!(reader.text(entry("a")), None);
    assert!(reader.texts(entry("b")).is_empty());
    assert_eq!(reader.integer(entry("c")).unwrap().value, 1);
    assert_eq!(reader.boolean(entry("d")), None);
    assert_eq!(reader.texts(entry("e")).len(), 2);
    assert_eq!(reader.text(entry("f")), None);
    assert_eq!(
        findings(text, &found),
        [
            "`a` must be a string @ [x]",
            "`b` must be a list of strings @ x",
            "`d` must be `true` or `false` @ yes",
            "every item of `e` must be a string @ [y]",
            "every item of `e` must be a string @ k: v",
        ]
    );
    assert_eq!(found[2].help.as_deref(), Some("write `true`"));
}

#[test]
fn errors_among_blanks_and_wide_characters_have_a_place() {
    reads_as("%A\t", "~", &["invalid YAML `%A`: did not find expected <document start> @ %A"]);
    reads_as("0: 𑥐:", "{0: ?}", &["unquoted value with a colon: `𑥐:` @ 𑥐:"]);
}

#[test]
fn templates_see_texts_as_they_are_spelled() {
    let text = "a: 1.10\nb: 012\nc: 12\nd: true\ne: 'true'\nf: |\n  one\n  two\ng: [x, ~]\n";
    let value = serde_json::to_value(parse_text(text).value).unwrap();
    let expected = serde_json::json!(
        { "a": "1.10", "b": "012", "c": 12, "d": true, "e": "true", "f": "one\ntwo", "g": ["x", null] }
    );
    assert_eq!(value, expected);
}

#[test]
fn a_text_stands_for_a_list_of_itself() {
    let texts = |text: &str| parse_text(text).value.as_texts().join("+");
    assert_eq!(
        (texts("[Gold, [x], Silver]"), texts("Gold"), texts("{a: b}")),
        ("Gold+Silver".into(), "Gold".into(), String::new())
    );
}

/// Lines in the shapes that break YAML, put together at random.
fn broken_yaml() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "a: 1",
        "  b: \"x",
        "- c",
        "  - d: [",
        "\te: 1",
        "f: g: h",
        "]",
        "}",
        "'",
        "i: |",
        "    ü: →",
        "? j",
        ": k",
        "<<: *l",
        "m: &m {",
        "---",
        "...",
        "%YAML",
        "# n",
        "",
        "o: 'p'q",
        "  - - r:",
    ]);
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.join("\n"))
}

fn spans_of(node: &YamlNode, spans: &mut Vec<Span>) {
    spans.push(node.span);
    match &node.content {
        NodeContent::Sequence(items) => items.iter().for_each(|item| spans_of(item, spans)),
        NodeContent::Mapping(mapping) => {
            for entry in &mapping.entries {
                spans.push(entry.key.span);
                spans_of(&entry.value, spans);
            }
        }
        NodeContent::Null | NodeContent::Scalar(_) | NodeContent::Unreadable => {}
    }
}

fn all_spans_lie_in(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse_text(text);
    let mut spans: Vec<Span> = parsed.found.iter().map(|finding| finding.span).collect();
    spans_of(&parsed.value, &mut spans);
    for span in spans {
        prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_place_lies_in_it(text in "\\PC{0,60}|[ -~\\n\\t\"'\\[\\]{}:&*#|>-]{0,80}") {
        all_spans_lie_in(&text)?;
    }

    #[test]
    fn broken_lines_are_read_and_every_place_lies_in_them(text in broken_yaml()) {
        all_spans_lie_in(&text)?;
    }
}
