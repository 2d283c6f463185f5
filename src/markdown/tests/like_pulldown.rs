//! Plain Markdown comes out as the parser's own writer has it.
//! In: examples, and made-up texts. Out: nothing, or the first text on which the two writers disagree.
//!
//! What this writer adds on purpose (ids, ways to scroll, labels) is taken off before they are compared.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html::push_html};

use super::super::parse::parser_options;
use super::*;

/// Our HTML without what it has beyond the parser's own.
fn ours(text: &str) -> String {
    let Parsed { value: document, found } = compiled(text);
    let mut html = String::new();
    let mut done = 0;
    for hole in &document.holes {
        html.push_str(&document.html[done..hole.at]);
        done = hole.at;
        let index = match hole.content {
            HoleContent::Address(index) => index,
            HoleContent::Table(_) => continue,
            HoleContent::Embed(_) | HoleContent::Tags | HoleContent::Blank(_) | HoleContent::Attributes(_) => {
                panic!("embeds are not compared: {text}")
            }
        };
        let link = &document.links[index as usize];
        match link.kind {
            LinkKind::Autolink if link.span == link.whole => html.push_str("bare"),
            LinkKind::HtmlHref | LinkKind::HtmlSrc | LinkKind::HtmlOther => html.push_str(&text[link.span.range()]),
            _ => html.push_str(&address(&link.destination)),
        }
    }
    html.push_str(&document.html[done..]);
    for placeholder in found.iter().filter(|finding| finding.rule.code == "markdown/pseudo-tag") {
        let tag = &text[placeholder.span.range()];
        html = html.replacen(&tag.replace('<', "&lt;").replace('>', "&gt;"), tag, 1);
    }
    without_additions(&html)
}

fn without_additions(html: &str) -> String {
    let mut html = html.to_owned();
    let cuts = [
        (" <a class=\"anchor\"", "</a>", ""),
        ("<figure class=\"code\"", "><pre tabindex=\"0\">", "<pre>"),
        ("<div class=\"table\"", "><table>", "<table>"),
        ("<div class=\"callout ", "</p>", "<blockquote>"),
        ("<span class=\"hl-", "\">", ""),
        (" aria-level=\"", "\"", ""),
    ];
    for (start, end, instead) in cuts {
        while let Some(at) = html.find(start) {
            let length = start.len() + html[at + start.len()..].find(end).unwrap() + end.len();
            html.replace_range(at..at + length, instead);
        }
    }
    while let Some(at) = html.find("<a href=\"bare\">") {
        let end = at + html[at..].find("</a>").unwrap();
        html.replace_range(end..end + 4, "");
        html.replace_range(at..at + "<a href=\"bare\">".len(), "");
    }
    for level in '1'..='6' {
        let start = format!("<h{level} id=\"");
        while let Some(at) = html.find(&start) {
            let end = at + start.len() + html[at + start.len()..].find('"').unwrap() + 1;
            html.replace_range(at..end, &format!("<h{level}"));
        }
    }
    html.replace("</figure>", "")
        .replace("</table></div>", "</table>")
        .replace("<input type=\"checkbox\" disabled> ", "<input disabled type=\"checkbox\">")
        .replace("<input type=\"checkbox\" disabled checked> ", "<input disabled type=\"checkbox\" checked>")
        .replace("<label>", "")
        .replace("</label>", "")
        .replace(" class=\"task\"", "")
        .replace(" scope=\"col\"", "")
        .replace(" class=\"align-", " style=\"text-align: ")
        .replace(" loading=\"lazy\"", "")
}

/// The parser's own HTML, with links leading to the same made-up addresses.
fn theirs(text: &str) -> String {
    let mut images = 0;
    let events = Parser::new_ext(text, parser_options(&Options::default())).filter(|event| {
        images += usize::from(matches!(event, Event::Start(Tag::Image { .. })));
        images -= usize::from(matches!(event, Event::End(TagEnd::Image)));
        // Tags are no part of the text that stands for an image.
        images == 0 || !matches!(event, Event::InlineHtml(_))
    });
    let events = events.map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let mail = if link_type == pulldown_cmark::LinkType::Email { "mailto:" } else { "" };
            let dest_url = address(&format!("{mail}{dest_url}")).into();
            Event::Start(Tag::Link { link_type: pulldown_cmark::LinkType::Inline, dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let dest_url = address(&dest_url).into();
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    });
    let mut html = String::new();
    push_html(&mut html, events);
    html
}

fn address(destination: &str) -> String {
    destination.bytes().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(b'a' + half)).collect()
}

/// One text without the line breaks beside tags and the spellings that browsers do not tell apart.
fn normal(html: &str) -> String {
    let mut html = html
        .replace(" />", ">")
        .replace("/>", ">")
        .replace("&quot;", "\"")
        .replace("</span>", "")
        .replace("&#39;", "'")
        .replace("&lt;u:v&gt;", "<u:v>");
    for (from, to) in [(">\n", ">"), ("\n<", "<"), ("=\"\"", "")] {
        while html.contains(from) {
            html = html.replace(from, to);
        }
    }
    html.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An example in the sources of the parser.
struct Example {
    name: String,
    text: String,
}

/// The examples of a suite, in the sources of the parser: those of the specifications are too many to write anew.
fn examples(folder: &std::path::Path, suite: &str) -> Vec<Example> {
    #[expect(clippy::disallowed_methods, reason = "examples of another crate, read where cargo keeps them")]
    let source = std::fs::read_to_string(folder.join(suite)).unwrap();
    let example = |(before, rest): (&str, &str)| {
        let name = before.rsplit_once("fn ")?.1.split('(').next()?.to_owned();
        Some(Example { name, text: rest.split_once("\"##;")?.0.to_owned() })
    };
    let parts: Vec<&str> = source.split("let original = r##\"").collect();
    parts.windows(2).filter_map(|pair| example((pair[0], pair[1]))).collect()
}

/// Where cargo keeps the tests of the parser that this crate is built with.
fn suites() -> std::path::PathBuf {
    // Of other systems' packages nothing need be there: a machine downloads what it builds.
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    // Not offline: what only other packages of the workspace need may not be there yet.
    let metadata = cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a crate has packages");
    let parser = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("the parser is one");
    let manifest = parser["manifest_path"].as_str().expect("a package has a manifest");
    std::path::Path::new(manifest).with_file_name("tests").join("suite")
}

/// What cargo answers, asked about this crate.
fn cargo(arguments: &[&str]) -> String {
    let mut cargo = std::process::Command::new(env!("CARGO"));
    let output = cargo.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

#[test]
fn examples_of_the_specifications_come_out_as_the_parser_has_them() {
    let folder = suites();
    let mut differ = Vec::new();
    for (suite, count) in SUITES {
        let examples = examples(&folder, suite);
        assert!(examples.len() >= count, "{suite} has {} examples", examples.len());
        for Example { name, text } in examples {
            if normal(&ours(&text)) != normal(&theirs(&text)) {
                differ.push(name);
            }
        }
    }
    let expected: Vec<&str> = EXCEPTIONS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let surplus: Vec<&String> = differ.iter().filter(|name| !expected.contains(&name.as_str())).collect();
    assert_eq!(surplus, [""; 0], "differ without a reason");
    let settled: Vec<&&str> = expected.iter().filter(|name| !differ.iter().any(|differs| differs == *name)).collect();
    assert_eq!(settled, [&""; 0], "have a reason to differ, and do not");
}

/// The suites of the parser, and how many examples each has at least: those of `CommonMark`, of GFM, and what it makes
/// of definition lists.
const SUITES: [(&str, usize); 8] = [
    ("spec.rs", 652),
    ("gfm_table.rs", 9),
    ("gfm_tasklist.rs", 2),
    ("gfm_strikethrough.rs", 3),
    ("table.rs", 28),
    ("strikethrough.rs", 15),
    ("definition_lists.rs", 31),
    ("regression.rs", 212),
];

/// Examples that come out otherwise on purpose, each group with its reason.
const EXCEPTIONS: [(&str, &[&str]); 5] = [
    (
        "one tilde on each side lowers, as Material has it; two strike out",
        &[
            "gfm_strikethrough_test_1",
            "strikethrough_test_6",
            "strikethrough_test_7",
            "strikethrough_test_8",
            "strikethrough_test_9",
            "strikethrough_test_10",
            "strikethrough_test_15",
        ],
    ),
    (
        "notes stand at the end of the page and lead back",
        &[
            "regression_test_62",
            "regression_test_124",
            "regression_test_135",
            "regression_test_160",
            "regression_test_161",
        ],
    ),
    ("an alert is a callout", &["regression_test_195"]),
    (
        "`:x:` is drawn and starts no definition, which has a blank after its colon",
        &["regression_test_203", "regression_test_204"],
    ),
    ("an address over quoted lines has the marks of the quote in its source", &["regression_test_66"]),
];

proptest! {
    #[test]
    fn made_up_texts_come_out_as_the_parser_has_them(
        parts in prop::collection::vec(prop::sample::select(&[
            "a", "b c", " ", "\n", "\n\n", "- ", "1. ", "    ", "> ", "# ", "* ", "**", "_", "`", "```\n", "[", "]",
            "](u)", "(u \"t\")", "![", "\n[r]: u\n", "[r]", "<b>", "<div>\n", "</div>", "&amp;", "\\", "|", "|-|\n", "é",
            "\n\t", "---\n", "~~", "<!--", "-->", "<u:v>", "  \n", "\r\n", "| a | b |\n|---|--:|\n",
        ][..]), 0..24)
    ) {
        let text = parts.concat();
        prop_assert_eq!(normal(&ours(&text)), normal(&theirs(&text)), "{:?}", text);
    }
}
