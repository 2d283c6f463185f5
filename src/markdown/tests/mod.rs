//! What texts turn into: small texts, whole constructs.

mod arrivals;
mod corpus;
mod includes;
mod like_pulldown;
mod properties;
mod raw_html;

use super::*;
use crate::source::SourceId;

/// Compiles a text as if it was a whole file.
pub(super) fn compiled(text: &str) -> Parsed<Document> {
    let body = Span::new(SourceId::new(0), 0..text.len());
    compile(text, body, &Options::default(), &NoContext)
}

/// The HTML of a text, with the addresses filled in as they were written.
pub(super) fn html(text: &str) -> String {
    filled(&compiled(text).value)
}

fn filled(document: &Document) -> String {
    let mut html = String::new();
    let mut done = 0;
    for hole in &document.holes {
        html.push_str(&document.html[done..hole.at]);
        match hole.content {
            HoleContent::Address(link) => html.push_str(&document.links[link as usize].destination),
            HoleContent::Table(_) => {}
            HoleContent::Embed(embed) => html.push_str(&document.embeds[embed as usize].name.value),
            HoleContent::Tags => html.push_str("<tags>"),
            HoleContent::Blank(blank) => html.push_str(&["<", &document.blanks[blank as usize].name, ">"].concat()),
            HoleContent::Attributes(_) => html.push_str(" <attributes>"),
        }
        done = hole.at;
    }
    without_marks(&(html + &document.html[done..]))
}

/// HTML without the drawings in the titles of callouts, which would hide what a test is about.
fn without_marks(html: &str) -> String {
    let mut parts = html.split("<svg viewBox=\"0 0 20 20\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |html, part| html + part.split_once("</svg>").map_or(part, |(_, behind)| behind))
}

#[test]
fn the_title_of_a_callout_begins_with_its_mark() {
    for text in ["!!! tip \"Ask\"\n    a\n", "??? tip \"Ask\"\n    a\n", "> [!tip] Ask\n> a\n"] {
        let html = compiled(text).value.html;
        assert!(html.contains("class=\"callout-title\"><svg viewBox=\"0 0 20 20\""), "{html}");
        assert!(html.contains("</svg>Ask<"), "{html}");
    }
}

/// The codes and texts of what was found.
fn found(text: &str) -> Vec<(&'static str, &str)> {
    let Parsed { value, mut found } = compiled(text);
    found.extend(value.leftovers.into_iter().map(|left| left.finding));
    found.sort_by_key(|finding| (finding.span, finding.rule.code));
    found.iter().map(|finding| (finding.rule.code, &text[finding.span.range()])).collect()
}

#[test]
fn blocks_of_all_dialects_become_callouts_at_any_depth() {
    let text = "1. Sign\n    !!! warning \"In **ink**\"\n        Twice.\n    Then file.\n2. Done\n";
    assert_eq!(
        html(text),
        "<ol>\n<li>Sign\n<div class=\"callout callout-warning\" role=\"note\" aria-label=\"In ink\">\n\
         <p class=\"callout-title\">In <strong>ink</strong></p>\n<p>Twice.</p>\n</div>\nThen file.</li>\n\
         <li>Done</li>\n</ol>\n"
    );
    let aside = html(":::tip[Ask]\n::: note\nin\n:::\n:::\n");
    let admonition = html("!!! tip \"Ask\"\n    !!! note\n        in\n");
    assert_eq!(aside, admonition);
    assert!(html("> [!CAUTION]\n> Slow.\n").starts_with("<div class=\"callout callout-danger caution\""));
    assert!(html("???+ faq \"Why?\"\n    So.\n").starts_with("<details class=\"callout callout-question faq\" open>"));
}

#[test]
fn emphasis_is_seen_beside_the_marks_of_scripts_without_spaces() {
    for (text, expected) in [
        ("**注意：**请先阅读。", "<strong>注意：</strong>请先阅读。"),
        ("这是**「重点」**内容。", "这是<strong>「重点」</strong>内容。"),
        ("**A：**甲**B：**乙", "<strong>A：</strong>甲<strong>B：</strong>乙"),
        ("これは*（例）*です", "これは<em>（例）</em>です"),
        ("**한국어(Korean)**은", "<strong>한국어(Korean)</strong>은"),
        ("新~~（旧）~~新", "新<del>（旧）</del>新"),
        ("`**注：**请` **注：**请", "<code>**注：**请</code> <strong>注：</strong>请"),
        ("[甲**「乙」**](a \"**注：**请\")", "<a href=\"a\" title=\"**注：**请\">甲<strong>「乙」</strong></a>"),
    ] {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text}");
    }
    assert!(html("## **注：**文\n").contains(" id=\"注文\"><strong>注：</strong>文"), "{}", html("## **注：**文\n"));
    assert!(html("!!! tip \"**注：**文\"\n    甲**（一）**乙\n").contains("<p>甲<strong>（一）</strong>乙</p>"));
}

#[test]
fn what_a_term_means_may_hold_blocks_of_dialects() {
    let text = "Term\n\n:   Meaning\n\n    !!! tip \"Ask\"\n\n        Early.\n\n    === \"A\"\n\n        one\n";
    let html = html(text);
    assert!(html.contains("<dd>\n<p>Meaning</p>\n<div class=\"callout callout-tip\""), "{html}");
    assert!(html.contains("<p>Early.</p>") && html.contains("<div class=\"tabs\""), "{html}");
    assert!(!html.contains("<pre"), "{html}");
}

#[test]
fn generic_blocks_say_more_of_themselves_below_their_first_line() {
    let generic = html("/// details | Why?\n    type: tip\n    open: True\n\nSo.\n\n//// note\nin\n////\n///\nout\n");
    let callout = html("???+ tip \"Why?\"\n    So.\n\n    !!! note\n        in\nout\n");
    assert_eq!(generic, callout);
    let text = "/// tip\n    attrs: {id: ask, class: 'wide', data-x: 1}\n\nAsk.\n///\n";
    let opening = "<div id=\"ask\" class=\"callout callout-tip wide\" data-x=\"1\" role=\"note\"";
    assert!(html(text).starts_with(opening), "{}", html(text));
    assert_eq!(&text[compiled(text).value.anchors[0].span.range()], "ask");
    let tabs = html("/// tab | A\none\n///\n\n/// tab | B\ntwo\n///\n\n/// tab | C\n    new: true\n\nthree\n///\n");
    assert_eq!((tabs.matches("<section").count(), tabs.matches("<div class=\"tabs\"").count()), (3, 2));
}

#[test]
fn an_element_ends_where_its_end_tag_stands() {
    let text = "<div class=\"a\" markdown>\n**Sign**\n\n**now.**</div>\nout\n";
    assert_eq!(
        html(text),
        "<div class=\"a\">\n<p><strong>Sign</strong></p>\n<p><strong>now.</strong></p>\n</div>\n<p>out</p>\n"
    );
    assert_eq!(found(text), []);
}

#[test]
fn blocks_end_where_their_indentation_ends() {
    assert!(html("!!! note\n    in\nout\n").ends_with("<p>in</p>\n</div>\n<p>out</p>\n"));
    assert!(html("!!! note\n    in\n> quote\n").ends_with("</div>\n<blockquote>\n<p>quote</p>\n</blockquote>\n"));
    assert_eq!(html("!!! note\n    a\n!!! tip\n    b\n").matches("<div class=\"callout").count(), 2);
}

#[test]
fn tabs_in_a_row_are_one_set() {
    let tabs = html("=== \"A\"\n\n    one\n\n=== \"B\"\n\n    two\n\nafter\n\n=== \"C\"\n    three\n");
    assert_eq!(tabs.matches("<div class=\"tabs\"").count(), 2);
    assert_eq!(tabs.matches("<section class=\"tab\"").count(), 3);
}

#[test]
fn syntax_shown_as_code_stays_code() {
    assert!(html("<style>\n:root { color: red }\n</style>\n").contains("\n:root"));
    for text in ["```\n!!! note\n    x\n```\n", "    !!! note\n        x\n", "<!--\n!!! note\n    x\n-->\n"] {
        assert!(html(text).contains("!!! note"), "{text}");
        assert_eq!(found(text), []);
    }
}

#[test]
fn ids_are_unique_and_given_ones_come_first() {
    let ids = |text| compiled(text).value.headings.iter().map(|h| h.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids("# NDA\n## NDA\n## NDA 1\n## NDA\n"), ["nda", "nda-1", "nda-1-1", "nda-2"]);
    assert_eq!(ids("# NDA\n## Terms {#nda .x}\n"), ["nda-1", "nda"]);
    assert_eq!(found("# A {#x}\n\n<a id=\"x\"></a>\n"), [("heading/duplicate-id", "x")]);
}

#[test]
fn every_destination_has_its_place() {
    let text = "[a](b.md#c \"t\") ![i](<x y.png>) [r][L] <https://a.example> www.b.example <a href='../q/'>q</a>\n\n\
                | t |\n|---|\n| [m [n]](o_(p).md) |\n\n[l]: def.md\n[unused]: other.md\n";
    let parsed = compiled(text);
    let places: Vec<&str> = parsed.value.links.iter().map(|link| &text[link.span.range()]).collect();
    assert_eq!(
        places,
        ["b.md#c", "x y.png", "def.md", "https://a.example", "www.b.example", "../q/", "o_(p).md", "other.md"]
    );
    assert_eq!(parsed.value.tables[0].rows[0][0].links, 6..7);
    assert_eq!(parsed.value.links[5].text, "q");
}

#[test]
fn diagrams_keep_their_places_inside_callouts() {
    let text = "- step\n\n    ??? note\n        ```mermaid\n        flowchart LR\n          A-->B\n        ```\n";
    let embed = &compiled(text).value.embeds[0];
    assert_eq!(embed.text, "flowchart LR\n  A-->B\n");
    let arrow = embed.text.find("-->").unwrap();
    assert_eq!(&text[embed.origin.span(arrow..arrow + 3).range()], "-->");
}

#[test]
fn an_embed_knows_whether_it_was_closed() {
    let ending = |text: &str| compiled(text).value.embeds[0].ending;
    assert_eq!(ending("```mermaid\nflowchart LR\n```\nProse.\n"), Ending::Closed);
    assert_eq!(ending("```mermaid\nflowchart LR\n\nProse.\n"), Ending::Unclosed);
}

#[test]
fn elements_know_their_text_over_markdown_in_between() {
    let text = "<div class=\"flow\">\n\n<span class='step'>*NDA*</span> → <span class=step>Call</span>\n\n</div>\n";
    let parsed = compiled(text);
    let texts: Vec<_> = parsed.value.elements.iter().map(|e| (&*e.text, &text[e.span.range()], e.parent)).collect();
    assert_eq!(texts[1..], [("NDA", "NDA", Some(0)), ("Call", "Call", Some(0))]);
    assert_eq!(texts[0].0, "NDA → Call");
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    let cases = [
        (
            "a [b][c] d [e][] f [g]\n",
            vec![("link/undefined-reference", "[b][c]"), ("link/undefined-reference", "[e][]")],
        ),
        ("[a][b][c]\n", vec![("link/undefined-reference", "[a][b]")]),
        (
            "<a href=x></a>\n\n<a href=y><img src=z alt=Z></a> <a href=y title=t></a>\n",
            vec![("link/empty-text", "<a href=x>")],
        ),
        ("<img src=a> <img src=b alt=''>\n", vec![("link/empty-alt", "<img src=a>")]),
        ("x[^y]\n", vec![("link/undefined-footnote", "[^y]")]),
        ("- [A]: [B]\n- [A]: [B]\n", vec![("link/vanishing-definition", "[A]: [B]"); 2]),
        ("- a\n\n  ~~~ yaml\n  b\n", vec![("markdown/unclosed-fence", "~~~ yaml")]),
        ("<div>\n<p>x\n\ny\n", vec![("markdown/unclosed-html", "<div>")]),
        ("<!-- x\ny\n", vec![("markdown/unclosed-html", "<!-- x")]),
        ("a { .b } c\n", vec![("markdown/leaked-syntax", "{ .b }")]),
        (":lucide-web: a\n", vec![("markdown/leaked-syntax", ":lucide-web:")]),
        ("a\n\n---\ntitle: b\n---\n", vec![("markdown/leaked-syntax", "---\ntitle: b\n---")]),
        ("What???\n\n???\n\n!!!\n\nat 10:30:45 a:b-c:d { x }\n", vec![]),
        (
            "a\n:::\n\n::: partner.module\n",
            vec![("markdown/leaked-syntax", ":::"), ("markdown/leaked-syntax", "::: partner.module")],
        ),
        (":::nota\nb\n:::\n", vec![("markdown/leaked-syntax", ":::nota")]),
        (
            ":::nota\n\nb\n\n:::\n\n:::\n",
            vec![("markdown/leaked-syntax", ":::nota"), ("markdown/leaked-syntax", ":::")],
        ),
        ("::: note[A]\nb\n\nc\n", vec![("markdown/unclosed-fence", "::: note[A]")]),
        ("To <Customer>.\n", vec![("markdown/pseudo-tag", "<Customer>")]),
        ("a\n\n/// caption | A\nb\n///\n", vec![("markdown/leaked-syntax", "/// caption | A")]),
        ("a\n\n/// note | A\nb\n", vec![("markdown/unclosed-fence", "/// note | A")]),
        ("a\n\n!!! Stop, now\n", vec![("markdown/leaked-syntax", "!!! Stop, now")]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn quotes_open_with_any_kind_of_callout() {
    assert_eq!(
        html("> [!danger]- Sign *first*\n> Then ship.\n"),
        "<details class=\"callout callout-danger\">\n<summary class=\"callout-title\">Sign <em>first</em></summary>\n\
         <p>Then ship.</p>\n</details>\n"
    );
    assert!(html("> [!new] In May\n").contains("callout-note new\" role=\"note\" aria-label=\"In May\""));
    assert!(html("> [!bug]\n>\n> Late.\n").contains("<p class=\"callout-title\">Bug</p>\n<p>Late.</p>"));
    for quote in ["> [!a](b)\n", "> [!] a\n", "> [!a]b\n", "> x [!a]\n"] {
        assert!(html(quote).starts_with("<blockquote>"), "{quote}");
    }
}

#[test]
fn mdbooks_callouts_are_fences_of_code_that_are_none() {
    let folded = html("```admonish tip title='Ask \"early\"', collapsible=true\nNow.\n```\n");
    assert!(folded.contains("<summary class=\"callout-title\">Ask \"early\"</summary>\n<p>Now."), "{folded}");
    let with_code = html("````admonish warning.late \"Due\"\n```yaml\na: 1\n```\n````\nafter\n");
    assert!(with_code.contains("callout-warning late") && with_code.ends_with("</div>\n<p>after</p>\n"), "{with_code}");
    assert!(html("```admonish\nx\n```\n").contains("<p class=\"callout-title\">Note</p>"));
    assert!(html("````md\n```admonish\nx\n```\n````\n").contains("admonish"));
    assert_eq!(found("```admonish\nx\n"), [("markdown/unclosed-fence", "```admonish")]);
}

#[test]
fn marks_stand_for_tags() {
    let cases = [
        ("==a **b** c== d", "<mark>a <strong>b</strong> c</mark> d"),
        ("^^new^^ x^2^ H~2~O ~~old~~", "<ins>new</ins> x<sup>2</sup> H<sub>2</sub>O <del>old</del>"),
        ("++ctrl+k++", "<span class=\"keys\"><kbd>Ctrl</kbd>+<kbd>K</kbd></span>"),
        (
            "{--a--}{++b++} {~~c~>d~~} {>>why<<}",
            "<del class=\"critic\">a</del><ins class=\"critic\">b</ins> \
          <del class=\"critic\">c</del><ins class=\"critic\">d</ins> <span class=\"critic comment\">why</span>",
        ),
        (":rocket: at 10:30:45", "🚀 at 10:30:45"),
        ("Ready?\n:rocket: Go", "Ready?\n🚀 Go"),
        ("a == b, C++ and D++, 2^10 and ~5, ~ x", "a == b, C++ and D++, 2^10 and ~5, ~ x"),
        ("*==a* b==", "<em>==a</em> b=="),
        ("\\==a==", "==a=="),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text}");
    }
}

#[test]
fn icons_are_drawn_and_named_where_they_stand_alone() {
    let document = compiled("## :material-web: Web\n\n| :octicons-check-16: |\n|---|\n").value;
    assert_eq!(document.headings[0].id.as_str(), "web");
    assert_eq!(document.needs.icons, ["material-web", "octicons-check-16"]);
    assert!(document.html.contains("role=\"img\" aria-label=\"check 16\""));
    let large = html(":material-web:{ .lg #web } :rocket:{ .lg }");
    assert!(large.starts_with("<p><span id=\"web\" class=\"lg\"><svg") && large.ends_with("</span></p>\n"), "{large}");
    assert_eq!(found(":material-webb: x"), [("markdown/unknown-icon", ":material-webb:")]);
}

#[test]
fn abbreviations_are_explained_and_their_definitions_gone() {
    let text = "The NDA.\n\n*[NDA]: Non-disclosure agreement\n";
    assert_eq!(html(text), "<p>The <abbr title=\"Non-disclosure agreement\">NDA</abbr>.</p>\n");
}

#[test]
fn markdown_inside_elements_is_read_where_they_ask_for_it() {
    let text = "<div class=\"card\" markdown>\n### A\n[b](c.md){ .md-button }\n</div>\nAfter\n";
    let document = compiled(text).value;
    assert_eq!(document.headings.len(), 1);
    assert!(html(text).starts_with("<div class=\"card\">\n<h3"), "{}", html(text));
    assert!(html(text).ends_with("class=\"md-button\">b</a></p>\n</div>\n<p>After</p>\n"), "{}", html(text));
    let span = document.elements[0].span;
    assert_eq!(&text[span.range()], "A\n[b");
    assert!(html("<details markdown=\"1\"><summary>S</summary>\n- x\n</details>\n").contains("<li>x</li>"));
    let card = "<a href=x markdown>\n### A\nat https://b.example\n</a>\n";
    assert_eq!(html(card).matches("<a").count(), 1, "no link inside a link: {}", html(card));
    assert!(html("<div markdown>*a*</div>").contains("<em>a</em>"));
    let over_lines = "<div\n  class=\"card\"\n  id=\"a\" markdown>\n*a*\n</div>\n";
    assert_eq!(html(over_lines), "<div class=\"card\" id=\"a\">\n<p><em>a</em></p>\n</div>\n");
    assert!(html("- a\n- <div markdown>\n  *b*\n  </div>\n").contains("<div>\n<p><em>b</em></p>\n</div>\n</li>"));
    for summary in ["<summary>Terms</summary>", "<summary>\nTerms\n</summary>"] {
        let details = html(&format!("<details markdown>\n{summary}\n*a*\n</details>\n"));
        assert!(details.contains("<p><em>a</em></p>"), "{details}");
    }
}

#[test]
fn code_lines_are_marked_numbered_and_explained() {
    let text = "```yaml title=\"nda.yaml\" hl_lines=\"2\" linenums=\"7\"\na: 1 # (1)!\nb: 2\n```\n\n1. First.\n";
    assert_eq!(
        html(text),
        "<figure class=\"code\" data-language=\"yaml\"><figcaption class=\"code-title\">nda.yaml</figcaption>\
         <pre tabindex=\"0\"><code class=\"language-yaml\">\
         <span class=\"line\" data-line=\"7\"><span class=\"hl-a\">a</span><span class=\"hl-p\">: </span>\
         <span class=\"hl-n\">1</span><a class=\"annotation\" href=\"#annotation-1-1\" \
         aria-label=\"Annotation 1\">1</a>\n</span>\
         <span class=\"line line-highlighted\" data-line=\"8\"><span class=\"hl-a\">b</span>\
         <span class=\"hl-p\">: </span><span class=\"hl-n\">2</span>\n</span></code></pre></figure>\n\
         <ol class=\"annotations\">\n<li id=\"annotation-1-1\">First.</li>\n</ol>\n"
    );
    let session = html("```console\n$ ls\na & b\n```\n");
    assert!(session.contains("<span class=\"prompt\">$ </span>"), "{session}");
    assert!(session.contains("<span class=\"line line-printed\">a &amp; b\n</span>"), "{session}");
}

#[test]
fn blocks_take_attribute_lists() {
    let cases = [
        ("Sign. {: #now .big }\n", "<p id=\"now\" class=\"big\">Sign.</p>\n"),
        ("- [ ] a\n- b { .c }\n", "<li class=\"c\">b</li>\n</ul>\n"),
        ("| a |\n|---|\n| b |\n\n{: .wide }\n", "<div class=\"wide table\""),
        ("**a**{ #a } *b*{ .b }\n", "<p><strong id=\"a\">a</strong> <em class=\"b\">b</em></p>\n"),
        ("> q\n\n{: .c }\n\np\n", "<blockquote class=\"c\">\n<p>q</p>\n</blockquote>\n<p>p</p>\n"),
        ("```\nx\n```\n{: .c #i }\n", "<figure class=\"c code\" id=\"i\">"),
    ];
    for (text, expected) in cases {
        assert!(html(text).contains(expected), "{text}: {}", html(text));
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn formulas_are_drawn_where_a_site_wants_them() {
    let options = Options { math: true, ..Options::default() };
    let math = |text: &str| compile(text, Span::new(SourceId::new(0), 0..text.len()), &options, &NoContext);
    assert!(math("$x^2$\n").value.html.contains("<msup>") && math("$x^2$\n").value.needs.math);
    assert_eq!(math("$\\third$\n").found[0].rule.code, "markdown/math-syntax");
    assert_eq!(html("$100K-$500K\n"), "<p>$100K-$500K</p>\n");
}

#[test]
fn differences_are_said_only_when_asked_for() {
    let text = "Steps:\n- a\n  - b\n\n1. c\n\n    - d\n";
    let options = Options { differences: Differences::PythonMarkdown, ..Options::default() };
    let parsed = compile(text, Span::new(SourceId::new(0), 0..text.len()), &options, &NoContext);
    let places: Vec<_> = parsed.found.iter().map(|finding| &text[finding.span.range()]).collect();
    assert_eq!(places, ["- a", "- b"]);
    assert_eq!(found(text), []);
}
