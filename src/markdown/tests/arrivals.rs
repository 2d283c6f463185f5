//! What texts that were written for other tools become: their words stay, and what can be read is read.

use super::*;

/// A text's HTML without what surrounds the words of headings.
fn plain(text: &str) -> String {
    let html = html(text);
    let words = html.split("<a class=\"anchor\"").map(|part| part.split_once("</a>").map_or(part, |(_, rest)| rest));
    words.collect::<String>().replace(" </h", "</h")
}

#[test]
fn words_in_braces_that_are_no_attributes_stay() {
    for (heading, expected) in [
        ("## GET /partners/{id}", "<h2 id=\"get-partnersid\">GET /partners/{id}</h2>"),
        ("## `GET` /a/{b}/{c} ##", "<h2 id=\"get-abc\"><code>GET</code> /a/{b}/{c}</h2>"),
        ("## {id}", "<h2 id=\"id\">{id}</h2>"),
        ("Terms {of use}\n---", "<h2 id=\"terms-of-use\">Terms {of use}</h2>"),
        ("## up{job=\"api\"}", "<h2 id=\"upjobapi\">up{job=&quot;api&quot;}</h2>"),
    ] {
        let heading = plain(heading).trim_end().replace('"', "&quot;");
        assert_eq!(heading, expected.replace('"', "&quot;"));
    }
    assert!(plain("## Terms {#kept .wide}").starts_with("<h2 id=\"kept\" class=\"wide\">Terms</h2>"));
    assert!(plain("## Terms { id=kept class='wide' }").starts_with("<h2 id=\"kept\" class=\"wide\">Terms</h2>"));
}

#[test]
fn an_id_that_is_written_as_a_key_is_its_headings_alone() {
    let text = "## Terms\n\n## Exit { id=terms }\n";
    let ids: Vec<String> = compiled(text).value.headings.iter().map(|heading| heading.id.to_string()).collect();
    assert_eq!(ids, ["terms-1", "terms"]);
    let place = compiled(text).value.headings[1].id_span.unwrap();
    assert_eq!(&text[place.range()], "terms");
}

#[test]
fn options_stand_without_a_language() {
    let marked = "<span class=\"line\">a\n</span><span class=\"line line-highlighted\">b\n</span>";
    for info in ["hl_lines=\"2\"", "{hl_lines=\"2\"}", "text {2}", "{ .text hl_lines=2 }", "text {hl_lines=[\"2-2\"]}"]
    {
        let text = format!("```{info}\na\nb\n```\n");
        assert!(html(&text).contains(marked), "{info}: {}", html(&text));
        assert_eq!(found(&text), [], "{info}");
    }
    let titled = html("```yaml title=\"the \\\"old\\\" file\"\na: 1\n```\n");
    assert!(titled.contains("<figcaption class=\"code-title\">the \"old\" file</figcaption>"), "{titled}");
}

#[test]
fn code_under_labels_is_tabs() {
    let fences = html("```text tab=\"A\"\none\n```\n\n~~~text tab='B'\ntwo\n~~~\n\nafter\n");
    let tabs = html("=== \"A\"\n    ```text\n    one\n    ```\n\n=== \"B\"\n    ~~~text\n    two\n    ~~~\n\nafter\n");
    assert_eq!(fences, tabs);
    let inside = html("- a\n\n    ```text tab=\"A\"\n    one\n    ```\n\n  b\n");
    assert!(inside.ends_with("</section>\n</div>\n<p>b</p>\n</li>\n</ul>\n"), "{inside}");
    assert_eq!(found("```text tab=\"A\"\none\n")[0].0, "markdown/unclosed-fence");
}

#[test]
fn a_sample_of_a_callout_ends_with_its_own_fence() {
    let text = "``` md\n!!! example\n\n    ``` c\n    int x;\n    ```\n```\n\n!!! tip\n    Ask.\n";
    assert!(html(text).ends_with("<p>Ask.</p>\n</div>\n"), "{}", html(text));
    assert_eq!(found(text), []);
}

#[test]
fn marks_inside_words_are_text() {
    for text in ["tier==Gold or tier==Silver", "(x)==1 and (y)==2", "a === b or c === d", "x^^2 + y^^2", "a++b++c"] {
        assert_eq!(html(text), format!("<p>{text}</p>\n"));
    }
    assert_eq!(html("==a== (==b==) 这是==c==文字"), "<p><mark>a</mark> (<mark>b</mark>) 这是<mark>c</mark>文字</p>\n");
}

#[test]
fn colons_that_join_names_are_text() {
    let text = "acme::lead_desk::open and std::io_x::Read\n";
    assert_eq!((html(text), found(text)), (format!("<p>{}</p>\n", text.trim_end()), vec![]));
    assert_eq!(html(":rocket::fire:"), "<p>🚀🔥</p>\n");
}

#[test]
fn headings_lack_their_blank_in_python_markdown() {
    assert!(plain("##Terms\n\n- ###Exit\n").starts_with("<h2 id=\"terms\">Terms</h2>\n<ul>\n<li>\n<h3"));
    for text in ["##[error] x", "#hashtag", "####### a"] {
        assert_eq!(html(text), format!("<p>{text}</p>\n"));
    }
    assert!(html("```\n##a\n```\n").contains(">##a\n"));
}

#[test]
fn a_paragraph_of_an_item_may_go_on_at_the_margin() {
    let text = "1.  Sign\nnow\n\n    ??? note \"Why\"\n        So.\n\n2.  File\n";
    let html = html(text);
    assert!(html.contains("Why</summary>\n<p>So.</p>\n</details>\n</li>"), "{html}");
    let abbreviated = super::html("- Sign the NDA\n*[NDA]: Non-disclosure agreement\n\n!!! note\n    x\n");
    assert!(abbreviated.contains("<abbr title=\"Non-disclosure agreement\">NDA</abbr>"), "{abbreviated}");
    assert_eq!(html.matches("<ol").count(), 1);
}

#[test]
fn lines_are_hidden_by_the_mark_of_their_block_or_language() {
    let hidden = "<span class=\"line line-hidden\" hidden>use x\n</span><span class=\"line\">y\n</span>";
    assert!(html("```text hidelines=!!!\n!!!use x\ny\n```\n").contains(hidden));
    let options = Options { hidden_lines: vec![("text".to_owned(), "~".to_owned())], ..Options::default() };
    let text = "```text\n~use x\ny\n```\n";
    let body = Span::new(SourceId::new(0), 0..text.len());
    assert!(compile(text, body, &options, &NoContext).value.html.contains(hidden));
}

#[test]
fn footnotes_have_the_ids_of_the_style_of_headings() {
    let text = "a[^x] b[^x]\n\n[^x]: c\n";
    let body = Span::new(SourceId::new(0), 0..text.len());
    let ids = |heading_ids| {
        let options = Options { heading_ids, ..Options::default() };
        let document = compile(text, body, &options, &NoContext).value;
        document.anchors.iter().map(|anchor| anchor.value.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(SlugStyle::Github), ["fnref-x", "fnref-x-2", "fn-x"]);
    assert_eq!(ids(SlugStyle::Mkdocs), ["fnref:x", "fnref2:x", "fn:x"]);
}

#[test]
fn formulas_between_brackets_are_drawn_where_formulas_are() {
    let text = "a \\(x_1\\) b\n";
    let body = Span::new(SourceId::new(0), 0..text.len());
    let drawn = compile(text, body, &Options { math: true, ..Options::default() }, &NoContext).value;
    assert!(drawn.needs.math && drawn.html.contains("<math"), "{}", drawn.html);
    assert_eq!(html(text), "<p>a (x_1) b</p>\n");
}
