use proptest::prelude::*;

use super::*;

fn front(text: &str) -> Front {
    read(text, SourceId::new(0))
}

fn body(text: &str) -> &str {
    &text[front(text).body.range()]
}

fn findings(text: &str) -> Vec<String> {
    let describe = |d: &crate::diagnostic::Diagnostic| format!("{} @ {}", d.message, &text[d.span.range()]);
    front(text).found.iter().map(describe).collect()
}

#[test]
fn known_keys_have_types_and_all_others_are_kept() {
    let text =
        "---\ntitle: QBR\nversion: 1.10\nhide: [toc, navigation]\norder: -2\ntier:\n- Gold\ndraft: true\n---\n# QBR\n";
    let Front { matter, found, .. } = front(text);
    assert_eq!(found, []);
    assert_eq!(matter.title.as_ref().unwrap().value, "QBR");
    assert_eq!(&text[matter.title.as_ref().unwrap().span.range()], "QBR");
    assert!(matter.hides(LayoutPart::Toc) && matter.hides(LayoutPart::Navigation) && !matter.hides(LayoutPart::Footer));
    assert_eq!((matter.order.unwrap().value, matter.draft), (-2, true));
    let extra: Vec<&str> = matter.extra.entries.iter().map(|entry| entry.key.value.as_str()).collect();
    assert_eq!(extra, ["version", "tier"]);
    assert_eq!(body(text), "# QBR\n");
}

#[test]
fn a_key_without_value_is_left_out() {
    let text = "---\ntitle:\nprerequisites:\ntags: ~\nlast_updated: 2024-06-10\n---\n";
    let front = front(text);
    assert_eq!((front.found.len(), front.matter.title, front.matter.tags), (0, None, vec![]));
}

#[test]
fn the_head_ends_at_its_closing_mark() {
    assert_eq!(body("---\na: 1\n---\n# A\n"), "# A\n");
    assert_eq!(body("---\r\na: 1\r\n---  \r\n# A\r\n"), "# A\r\n");
    assert_eq!(body("\u{feff}---\na: 1\n...\n# A\n"), "# A\n");
    assert_eq!(body("---\n---\n# A\n"), "# A\n");
    assert_eq!(body("---\na: 1\n---"), "");
}

#[test]
fn a_thematic_break_is_no_head() {
    assert_eq!(split("---\n\nWords.\n\n---\n"), None);
    assert_eq!(split("---\nWords and no end.\n"), None);
    assert_eq!(split("----\na: 1\n----\n"), None);
    assert_eq!(body("\u{feff}# A\n"), "# A\n");
}

#[test]
fn broken_front_matter_leaves_the_body_whole() {
    let text = "---\ntitle: \"QBR\ntags: [a]\n---\n# QBR\n";
    assert_eq!(findings(text), ["unclosed quote `\"` @ \"QBR"]);
    assert_eq!(front(text).matter.tags.len(), 1);
    assert_eq!(body(text), "# QBR\n");

    let unclosed = "---\ntitle: QBR\ntags:\n- a\n\n# QBR\n";
    assert_eq!(findings(unclosed), ["unclosed front matter @ ---"]);
    assert_eq!(front(unclosed).matter.title.unwrap().value, "QBR");
    assert_eq!(body(unclosed), "\n# QBR\n");
    let in_a_text = "---\ndescription: 'Once a quarter\n\n  '\ntags: [a]\n# QBR\n";
    assert_eq!(findings(in_a_text), ["unclosed front matter @ ---"]);
    assert_eq!(body(in_a_text), "# QBR\n");

    assert_eq!(findings("---\njust words\n---\n"), ["front matter must be a mapping @ just words"]);
    assert_eq!(findings("+++\na = 1\n+++\n"), ["TOML front matter (`+++`) is not supported @ +++"]);
}

#[test]
fn a_wrong_type_costs_its_key_only() {
    let text = "---\ntitle: {a: b}\nhide: toc\norder: soon\nlayout: wide\n---\n";
    let expected = [
        "`title` must be a string @ {a: b}",
        "`hide` must be a list of strings @ toc",
        "`order` must be an integer @ soon",
    ];
    assert_eq!(findings(text), expected);
    assert_eq!(front(text).matter.layout.unwrap().value, "wide");
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_place_lies_in_it(head in "[a-e: \\n\\[\"'-]{0,40}|\\PC{0,20}", mark in "---|\\+\\+\\+|") {
        let text = format!("{mark}\n{head}\n{mark}\n# ü\n");
        let front = front(&text);
        let spans = front.found.iter().map(|finding| finding.span).chain([front.body]).chain(front.head);
        for span in spans {
            prop_assert!(text.get(span.range()).is_some(), "{span:?}");
        }
        prop_assert!(body(&text).ends_with("# ü\n"));
    }
}
