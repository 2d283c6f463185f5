use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Tokenizer};
use proptest::prelude::*;

use super::{Markup, StartTag, Token, Tokens, markup_at};
use crate::html::{decode_attribute, decode_text};

/// What a browser makes of HTML, whoever reads it: no places, entities decoded.
#[derive(PartialEq, Debug)]
enum Read {
    Text(String),
    Start { name: String, attributes: BTreeMap<String, String>, is_self_closing: bool },
    End(String),
    Comment,
}

/// Adds what was read; texts beside each other are one.
fn add(list: &mut Vec<Read>, read: Read) {
    match (list.last_mut(), read) {
        (Some(Read::Text(before)), Read::Text(text)) => before.push_str(&text),
        (_, read) => list.push(read),
    }
}

fn ours(html: &str) -> Vec<Read> {
    let mut list = Vec::new();
    let mut element = String::new();
    for token in Tokens::of(html) {
        match token {
            Token::Text(span) => add(&mut list, Read::Text(decode_text(&html[span]).into_owned())),
            // Of these elements two decode entities.
            Token::RawText(span) if ["textarea", "title"].contains(&&*element) => {
                add(&mut list, Read::Text(decode_text(&html[span]).into_owned()));
            }
            Token::RawText(span) => add(&mut list, Read::Text(html[span].to_owned())),
            Token::Markup(Markup::StartTag(tag)) => {
                let mut attributes = BTreeMap::new();
                for attribute in tag.attributes() {
                    let value = decode_attribute(attribute.value).into_owned();
                    attributes.entry(attribute.name.into_owned()).or_insert(value);
                }
                element = tag.name.clone().into_owned();
                let is_self_closing = tag.is_self_closing;
                add(&mut list, Read::Start { name: tag.name.into_owned(), attributes, is_self_closing });
            }
            Token::Markup(Markup::EndTag(tag)) => add(&mut list, Read::End(tag.name.into_owned())),
            Token::Markup(Markup::Comment(span)) if &html[span.clone()] == "</>" => {}
            Token::Markup(Markup::Comment(_)) | Token::Markup(Markup::UnclosedComment(_)) => {
                add(&mut list, Read::Comment)
            }
            Token::Markup(Markup::UnclosedTag(span)) => {
                let unclosed = html[span].trim_start_matches('<');
                // A declaration that is never closed is still a comment; a tag is nothing.
                if !unclosed.strip_prefix('/').unwrap_or(unclosed).starts_with(|c: char| c.is_ascii_alphabetic()) {
                    add(&mut list, Read::Comment);
                }
            }
        }
    }
    list
}

/// The same by another tokenizer, which passes the tests of the standard.
fn theirs(html: &str) -> Vec<Read> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut list = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            html5gum::Token::String(string) => add(&mut list, Read::Text(text(&string.value))),
            html5gum::Token::StartTag(tag) => {
                let pairs = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
                let (name, is_self_closing) = (text(&tag.name), tag.self_closing);
                add(&mut list, Read::Start { name, attributes: pairs.collect(), is_self_closing });
            }
            html5gum::Token::EndTag(tag) => add(&mut list, Read::End(text(&tag.name))),
            html5gum::Token::Comment(_) | html5gum::Token::Doctype(_) => add(&mut list, Read::Comment),
            html5gum::Token::Error(_) => {}
        }
    }
    list
}

fn start_tag(html: &str) -> StartTag<'_> {
    match markup_at(html, 0) {
        Some(Markup::StartTag(tag)) => tag,
        other => panic!("{html}: {other:?}"),
    }
}

/// Each token by its kind and what it covers.
fn drawn(html: &str) -> String {
    let token = |token: Token<'_>| {
        let kind = match token {
            Token::Text(_) => "text",
            Token::RawText(_) => "raw",
            Token::Markup(Markup::StartTag(_)) => "start",
            Token::Markup(Markup::EndTag(_)) => "end",
            Token::Markup(Markup::Comment(_)) => "comment",
            Token::Markup(Markup::UnclosedComment(_)) | Token::Markup(Markup::UnclosedTag(_)) => "unclosed",
        };
        format!("{kind} {}", &html[token.span().clone()])
    };
    Tokens::of(html).map(token).collect::<Vec<_>>().join(" | ")
}

#[test]
fn comments_end_where_browsers_end_them() {
    for (html, tokens) in [
        ("<!-- a > b -->c", "comment <!-- a > b --> | text c"),
        ("<!-- a --!>b-->", "comment <!-- a --!> | text b-->"),
        ("<!-->a-->", "comment <!--> | text a-->"),
        ("<!--->a", "comment <!---> | text a"),
        ("<!---->a", "comment <!----> | text a"),
        ("<!--a--b-- >c-->", "comment <!--a--b-- >c-->"),
        ("<!--a--", "unclosed <!--a--"),
        ("<!doctype html><?xml a='>'?>b", "comment <!doctype html> | comment <?xml a='> | text '?>b"),
        ("<![CDATA[a>b]]>", "comment <![CDATA[a> | text b]]>"),
        ("</ a></>b</", "comment </ a> | comment </> | text b</"),
        ("<!doctype", "unclosed <!doctype"),
    ] {
        assert_eq!(drawn(html), tokens);
    }
}

#[test]
fn a_bracket_that_begins_nothing_is_text() {
    assert_eq!(drawn("a < b <3 <= <<b>c <"), "text a < b <3 <= < | start <b> | text c <");
    assert_eq!(drawn("a <b title='>"), "text a  | unclosed <b title='>");
}

#[test]
fn attributes_are_read_however_they_are_written() {
    let html = "<A HREF = '../a \"b\"/' title=\"a>b\"class=c/d hidden = data-ü==x/y / =z id id=2 >";
    let tag = start_tag(html);
    assert_eq!((&*tag.name, tag.written_name, tag.span.clone()), ("a", "A", 0..html.len()));
    let read: Vec<_> = tag.attributes().map(|one| (one.name.into_owned(), one.value, one.quote)).collect();
    let expected = [
        ("href", "../a \"b\"/", "'"),
        ("title", "a>b", "\""),
        ("class", "c/d", ""),
        ("hidden", "data-ü==x/y", ""),
        ("=z", "", ""),
        ("id", "", ""),
        ("id", "2", ""),
    ];
    assert_eq!(read, expected.map(|(name, value, quote)| (name.to_owned(), value, quote)));
    assert_eq!(tag.value("id"), Some(""), "of two, the first");
    for one in tag.attributes() {
        assert_eq!(&html[one.value_span.clone()], one.value);
        assert!(html[one.span.clone()].starts_with(one.written_name) && html[one.span].ends_with(one.quote));
    }
}

#[test]
fn a_slash_closes_a_tag_where_it_is_no_part_of_a_value() {
    for (html, is_self_closing) in [
        ("<br/>", true),
        ("<a b/>", true),
        ("<a b=\"c\"/>", true),
        ("<a b=c />", true),
        ("<a b=c/>", false),
        ("<a href=../terms/>", false),
        ("<br / >", false),
        ("<a b=/>", false),
    ] {
        assert_eq!(start_tag(html).is_self_closing, is_self_closing, "{html}");
    }
}

#[test]
fn the_content_of_some_elements_is_text() {
    for (html, tokens) in [
        ("<STYLE>a<b></Style >c", "start <STYLE> | raw a<b> | end </Style > | text c"),
        ("<title></titles><i></title\n>", "start <title> | raw </titles><i> | end </title\n>"),
        ("<xmp><a></xmp>", "start <xmp> | raw <a> | end </xmp>"),
        ("<noscript><a></noscript>", "start <noscript> | start <a> | end </noscript>"),
        ("<script>a</script", "start <script> | raw a</script"),
        ("<script/><b></script>", "start <script/> | raw <b> | end </script>"),
        ("<style></style>", "start <style> | end </style>"),
        (
            "<script><!--<script>a</script>--></script>b",
            "start <script> | raw <!--<script>a</script>--> | end </script> | text b",
        ),
        ("<script><!--></script>--></script>", "start <script> | raw <!--> | end </script> | text --> | end </script>"),
    ] {
        assert_eq!(drawn(html), tokens);
    }
}

#[test]
fn drawings_have_elements_of_their_own() {
    assert_eq!(
        drawn("<svg><style><![CDATA[a>b{}</style>]]></style></svg><style><i></style>"),
        "start <svg> | start <style> | raw <![CDATA[a>b{}</style>]]> | end </style> | end </svg> | start <style> | \
         raw <i> | end </style>"
    );
    assert_eq!(drawn("<svg/><title><i></title>"), "start <svg/> | start <title> | raw <i> | end </title>");
}

#[test]
fn what_is_never_closed_is_read_once() {
    // Looking for the end from each of these `<` again would take this test minutes.
    for (part, tokens) in [
        ("<a ", 1),
        ("<a b='", 1),
        ("<!--", 1),
        ("<script>", 2),
        ("<title><", 2),
        ("<", 1),
        ("</", 1),
        ("<!-- a -->", 100_000),
        ("<svg><![CDATA[", 2),
    ] {
        assert_eq!(Tokens::of(&part.repeat(100_000)).count(), tokens, "{part}");
    }
}

/// HTML in which anything may begin anywhere.
fn html() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "<",
        "</",
        ">",
        "/",
        "/>",
        "=",
        "'",
        "\"",
        " ",
        "\n",
        "!",
        "-",
        "--",
        "<!--",
        "-->",
        "--!>",
        "<!",
        "<?",
        "?>",
        "a",
        "B",
        "é",
        "<a ",
        "<p>",
        "</p>",
        "<br/>",
        "id=",
        "class='b'",
        "href=x/",
        "ID",
        "&amp;",
        "&eacute",
        "&#x26;",
        "&lt;",
        "&copy=",
        "<script>",
        "</script>",
        "<script",
        "</script",
        "<style>",
        "</style>",
        "<title>",
        "</TITLE >",
        "<textarea\n>",
        "</textarea/>",
        "<xmp>",
        "<plaintext>",
        "<![CDATA[",
        "]]>",
        "<!doctype html>",
    ]);
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn tokens_are_those_of_the_standard(html in html()) {
        prop_assert_eq!(ours(&html), theirs(&html));
    }

    #[test]
    fn tokens_follow_each_other_without_gaps(html in html(), svg in any::<bool>()) {
        let html = if svg { format!("<svg>{html}") } else { html };
        let mut at = 0;
        for token in Tokens::of(&html) {
            let span = token.span().clone();
            prop_assert_eq!(span.start, at);
            prop_assert!(span.end > at && html.is_char_boundary(span.end));
            at = span.end;
            if let Token::Markup(Markup::StartTag(tag)) = token {
                let mut done = span.start;
                for one in tag.attributes() {
                    prop_assert!(done < one.span.start && one.span.end < span.end);
                    prop_assert_eq!(&html[one.value_span.clone()], one.value);
                    done = one.span.start;
                }
            }
        }
        prop_assert_eq!(at, html.len());
    }
}
