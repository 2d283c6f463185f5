//! Plain Markdown comes out as the parser's own writer has it.
//! In: examples, and made-up texts. Out: nothing, or the first text on which the two writers disagree.
//!
//! What this writer adds on purpose (ids, ways to scroll, labels) is taken off before they are compared.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html::push_html};

use super::super::compile::parser_options;
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
            HoleContent::Embed(_) => panic!("embeds are not compared: {text}"),
        };
        let link = &document.links[index as usize];
        match link.kind {
            LinkKind::Autolink if link.span == link.whole => html.push_str("bare"),
            LinkKind::HtmlHref | LinkKind::HtmlSrc => html.push_str(&text[link.span.range()]),
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
    ];
    for (start, end, instead) in cuts {
        while let Some(at) = html.find(start) {
            let length = html[at..].find(end).unwrap() + end.len();
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
        .replace(" scope=\"col\"", "")
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

/// Examples in the sources of the parser, wherever cargo unpacked them.
fn examples(suite: &str) -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from);
    let home = home.or_else(|| Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let Some(sources) = home.map(|home| home.join("registry/src")) else { return Vec::new() };
    let file = walkdir::WalkDir::new(sources).min_depth(2).max_depth(2).into_iter().flatten().find_map(|entry| {
        let is_parser = entry.file_name().to_str()?.starts_with("pulldown-cmark-0.13");
        is_parser.then(|| entry.path().join("tests/suite").join(suite))
    });
    #[expect(clippy::disallowed_methods, reason = "examples of another crate, read where cargo keeps them")]
    let Some(text) = file.and_then(|file| std::fs::read_to_string(file).ok()) else {
        eprintln!("skipped: no sources of pulldown-cmark here");
        return Vec::new();
    };
    let start = "let original = r##\"";
    text.split(start).skip(1).filter_map(|rest| Some(rest.split_once("\"##;")?.0.to_owned())).collect()
}

#[test]
fn examples_of_the_specification_come_out_as_the_parser_has_them() {
    for suite in ["spec.rs", "gfm_strikethrough.rs", "table.rs", "gfm_table.rs", "definition_lists.rs", "regression.rs"]
    {
        for text in examples(suite) {
            if ours_differs_on_purpose(&text) {
                continue;
            }
            assert_eq!(normal(&ours(&text)), normal(&theirs(&text)), "{suite}: {text}");
        }
    }
}

/// Examples that hold a dialect's construct.
fn ours_differs_on_purpose(text: &str) -> bool {
    // Notes go to the end, tasks have labels, alerts are callouts, one tilde lowers, emoji are drawn, a definition needs a
    // blank after its colon, and a tag over
    // quoted lines keeps its marks.
    ["[^", "- [ ]", "* [ ]", "[x]", "[!", " ~there~", ":x:", "\n :D", "\n> > =\""]
        .iter()
        .any(|construct| text.contains(construct))
}

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
