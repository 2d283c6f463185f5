//! Includes and variables in whole texts.
//! In: texts, and a world with some files. Out: nothing, or what came out wrong.

use super::*;

/// A world with some files and a variable.
struct Few;

impl CompileContext for Few {
    fn variable(&self, name: &str) -> Option<String> {
        (name == "company").then(|| "*Acme*".to_owned())
    }

    fn include(&self, _from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        let file = |index, text: &str| Ok((SourceId::new(index), Arc::from(text)));
        match path {
            "terms.md" => file(1, "---\ntitle: Terms\n---\n# Terms\n\nSee [NDA](nda.md).\n"),
            "loop.md" => file(2, "{{#include loop.md}}\n"),
            "there.md" => file(4, "{{#include back.md}}\n"),
            "back.md" => file(5, "{{#include there.md}}\n"),
            "outer.md" => file(3, "before\n{{#include terms.md:6:6}}\n"),
            _ => Err(NotIncluded::NotFound(Some("terms.md".into()))),
        }
    }
}

fn in_a_world(text: &str) -> Parsed<Document> {
    compile(text, Span::new(SourceId::new(0), 0..text.len()), &Options::default(), &Few)
}

#[test]
fn included_texts_keep_the_file_they_came_from() {
    let parsed = in_a_world("- a\n\n    {% include-markdown \"terms.md\" heading-offset=2 %}\n");
    assert!(parsed.value.html.contains("<h3 id=\"terms\""), "{}", parsed.value.html);
    assert_eq!(parsed.value.links[0].span, Span::new(SourceId::new(1), 40..46));
    let nested = in_a_world("```\n--8<-- \"outer.md\"\n```\n").value.html;
    assert!(nested.contains("before\nSee [NDA](nda.md).\n</code>"), "{nested}");
}

#[test]
fn includes_that_cannot_be_had_are_said_at_the_directive() {
    let text = "{{#include loop.md}}\n{{#include gone.md}}\n--8<-- \"terms.md:part\"\n";
    let found = in_a_world(text).found;
    let codes: Vec<_> = found.iter().map(|finding| (finding.rule.code, finding.span.source.index())).collect();
    assert_eq!(codes, [("include/not-found", 0), ("include/not-found", 0), ("include/cycle", 2)]);
    assert_eq!(&text[found[0].span.range()], "gone.md");
    assert_eq!(found[0].help.as_deref(), Some("did you mean `terms.md`?"));
}

#[test]
fn variables_have_values_outside_code() {
    let text = "[{{ company }}]({{company}}.md) `{{ company }}` {{ partner }}\n";
    let parsed = in_a_world(text);
    assert!(filled(&parsed.value).contains("<em>Acme</em></a> <code>{{ company }}</code> {{ partner }}"));
    assert_eq!(&text[parsed.value.links[0].span.range()], "{{company}}.md");
    assert_eq!(&text[parsed.found[0].span.range()], "{{ partner }}");
}

#[test]
fn a_block_of_files_is_included_in_order() {
    let text = "- a\n\n    --8<--\n    terms.md:6:6\n    ; gone.md\n    outer.md\n    --8<--\n";
    let parsed = in_a_world(text);
    let html = filled(&parsed.value);
    assert!(html.contains("<p>See <a href=\"nda.md\">NDA</a>.\nbefore\nSee "), "{html}");
    assert_eq!(parsed.value.links[1].span, Span::new(SourceId::new(1), 40..46));
    assert_eq!(parsed.found, []);
}

#[test]
fn a_mark_in_front_shows_a_directive_and_goes_away() {
    let shown = [
        ("\\{{#include terms.md}}\n", "<p>{{#include terms.md}}</p>\n"),
        ("`\\{{#include a.md}}`\n", "<p><code>{{#include a.md}}</code></p>\n"),
        (";--8<-- \"terms.md\"\n", "<p>--8&lt;-- \"terms.md\"</p>\n"),
        ("\\{{ company }} {{ company }}\n", "<p>{{ company }} <em>Acme</em></p>\n"),
        ("`\\{{ company }}`\n", "<p><code>\\{{ company }}</code></p>\n"),
        ("\\{{#toc}}\n", "<p>{{#toc}}</p>\n"),
    ];
    for (text, expected) in shown {
        let parsed = in_a_world(text);
        assert_eq!(filled(&parsed.value), expected, "{text}");
        assert_eq!(parsed.found, [], "{text}");
    }
    let block = in_a_world("```\n\\{{#include a.md}}\n  ;--8<-- \"a.md\"\n```\n").value.html;
    assert!(block.contains("{{#include a.md}}\n  --8&lt;-- \"a.md\"\n</code>"), "{block}");
}

#[test]
fn a_circle_of_files_is_found_at_the_same_place_from_wherever_it_is_entered() {
    let place = |text: &str| {
        let found = in_a_world(text).found;
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].rule.code, found[0].span, found[0].message.clone())
    };
    let from_there = place("{{#include there.md}}\n");
    assert_eq!(from_there, place("{{#include back.md}}\n"));
    assert_eq!((from_there.0, from_there.1), ("include/cycle", Span::new(SourceId::new(5), 11..19)));
}

/// A world of files that include the next one twice, without end.
struct Doubling;

impl CompileContext for Doubling {
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }

    fn include(&self, _from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        let number: u32 = path.parse().map_err(|_| NotIncluded::NotFound(None))?;
        let next = format!("--8<-- \"{}\"\n", number + 1);
        Ok((SourceId::new(number), next.repeat(2).into()))
    }
}

#[test]
fn files_that_double_at_every_level_are_said_once_for_each_directive() {
    let text = "--8<-- \"1\"\n\n# Terms\n";
    let parsed = compile(text, Span::new(SourceId::new(0), 0..text.len()), &Options::default(), &Doubling);
    assert_eq!(parsed.value.headings.len(), 1);
    let mut places: Vec<Span> = parsed.found.iter().map(|finding| finding.span).collect();
    assert!(parsed.found.iter().all(|finding| finding.rule.code == "include/too-much"), "{:?}", parsed.found);
    assert!(!places.is_empty());
    let count = places.len();
    places.dedup();
    assert_eq!(places.len(), count, "no place twice");
}

/// A world of one file, which may also be a part of every text.
struct Library {
    file: &'static str,
    appended: Vec<(SourceId, Arc<str>)>,
}

impl CompileContext for Library {
    fn include(&self, _from: SourceId, _path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        Ok((SourceId::new(1), Arc::from(self.file)))
    }

    fn appended(&self) -> Vec<(SourceId, Arc<str>)> {
        self.appended.clone()
    }
}

/// What a text becomes that includes a file.
fn with_file(file: &'static str, text: &str) -> String {
    let library = Library { file, appended: Vec::new() };
    let parsed = compile(text, Span::new(SourceId::new(0), 0..text.len()), &Options::default(), &library);
    assert_eq!(parsed.found, [], "{text}");
    filled(&parsed.value)
}

#[test]
fn included_lines_stay_in_what_surrounds_the_directive() {
    let file = "One.\n\nTwo.\n";
    let item = "<ul>\n<li>\n<p>a\nOne.</p>\n<p>Two.</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n";
    for directive in ["{{#include a}}", "{!a.md!}", "--8<-- \"a\"", "{% include-markdown \"a\" %}"] {
        assert_eq!(with_file(file, &format!("- a\n  {directive}\n- b\n")), item, "{directive}");
        let quote = with_file(file, &format!("> {directive}\n\nout\n"));
        assert_eq!(quote, "<blockquote>\n<p>One.</p>\n<p>Two.</p>\n</blockquote>\n<p>out</p>\n", "{directive}");
    }
    assert_eq!(with_file(file, "> 1. {{#include a}}\n").matches("<p>").count(), 2);
    assert_eq!(with_file(file, "See {{#include a}}\n"), "<p>See One.</p>\n<p>Two.</p>\n");
    let code = with_file("a {\n\n  b\n}\n", "1. x\n\n   ```js\n   {{#include a}}\n   ```\n\n2. y\n");
    assert!(code.contains("\n\n  <span") && code.matches("<ol").count() == 1, "{code}");
}

#[test]
fn a_part_that_is_alone_in_a_block_of_code_loses_its_indentation() {
    let file = "class A {\n    // ANCHOR: run\n    run() {\n\n        go();\n    }\n    // ANCHOR_END: run\n}\n";
    let shown = |text: &str| with_file(file, text).split("<code>").nth(1).unwrap_or_default().to_owned();
    assert!(shown("```\n{{#include a.js:run}}\n```\n").starts_with("run() {\n\n    go();\n}\n</code>"));
    assert!(shown("> ```\n> {{#include a.js:run}}\n> ```\n").starts_with("run() {\n\n    go();\n}\n</code>"));
    // Beside other lines, the indentation says where it belongs.
    assert!(shown("```\nclass A {\n{{#include a.js:run}}\n```\n").starts_with("class A {\n    run() {\n"));
}

#[test]
fn a_file_is_shown_as_a_block_of_code_with_its_own_line_numbers() {
    let file = "a\nb\n```\nd\n";
    let html = with_file(file, "- {* a.txt ln[2:4] hl[3] title[\"Acme\"] *}\n");
    let lines = "<span class=\"line\">b\n</span><span class=\"line line-highlighted\">```\n</span>\
                 <span class=\"line\">d\n</span>";
    assert!(html.contains(lines) && html.contains(">Acme</figcaption>") && html.ends_with("</li>\n</ul>\n"), "{html}");
    assert!(with_file("fn a() {}\n", "{{#playground a.rs editable}}\n").contains("class=\"language-rust\""));
    assert!(with_file(file, "`{* a.txt *}`\n").contains("<code>{* a.txt *}</code>"));
}

#[test]
fn what_is_added_to_every_page_gives_meaning_to_its_words() {
    let glossary = "*[NDA]: Non-disclosure agreement\n\n[terms]: terms.md\n";
    let library = Library { file: "", appended: vec![(SourceId::new(1), Arc::from(glossary))] };
    let of = |source: u32, text: &str| {
        let span = Span::new(SourceId::new(source), 0..text.len());
        compile(text, span, &Options::default(), &library)
    };
    let page = of(0, "The NDA and the [terms][].\n");
    let expected =
        "<p>The <abbr title=\"Non-disclosure agreement\">NDA</abbr> and the <a href=\"terms.md\">terms</a>.</p>\n";
    assert_eq!(filled(&page.value), expected);
    assert_eq!(page.value.links[0].span.source, SourceId::new(1));
    assert_eq!(of(1, glossary).found, [], "not added to itself");
}
