//! What holds for texts that are read as Markdown, part by part: dialects, includes, values, fixes, code.
//! In: texts. Out: nothing, or a panic that says what does not hold.

use std::sync::Arc;

use partner_docs::diagnostic::{Applicability, Parsed};
use partner_docs::html::tokenizer::{Markup, Token, Tokens};
use partner_docs::html::{decode_attribute, decode_text};
use partner_docs::markdown::{
    self, CompileContext, Document, NoContext, NotIncluded, Options, Placeholders, TemplatePiece, TemplateSource,
    Within, desugared,
};
use partner_docs::refactor;
use partner_docs::source::{SourceId, Span};

use super::spans::{FILE, assert_found_in, assert_found_inside, assert_part, origin, whole};

fn compiled(text: &str, context: &dyn CompileContext) -> Parsed<Document> {
    markdown::compile(text, whole(text), &Options::default(), context)
}

/// Any text with the blocks of its dialects rewritten: every letter that is kept is where it was written, in order.
pub(super) fn desugar(text: &str) {
    let Some((rewritten, map)) = desugared(text, &origin(text)) else { return };
    assert_eq!(Some((&rewritten, &map)), desugared(text, &origin(text)).as_ref().map(|(text, map)| (text, map)));
    let mut done = 0;
    for (at, letter) in rewritten.char_indices() {
        let range = at..at + letter.len_utf8();
        let place = map.span(range.clone()).range();
        assert_part(place.clone(), text);
        if map.is_exact(range) {
            assert_eq!(text.get(place.clone()).and_then(|own| own.chars().next()), Some(letter), "{text:?}");
            assert!(done <= place.start, "{letter:?} is written twice, or out of turn: {text:?}");
            done = place.end;
        }
    }
}

/// Files that may be included, each of them small: with parts, with others in them, and in a circle.
const FILES: [(&str, &str); 5] = [
    (
        "terms.md",
        "---\ntitle: Terms\n---\n# Terms\n\n<!-- --8<-- [start:part] -->\nSee [NDA](nda.md).\n<!-- --8<-- [end:part] -->\n",
    ),
    ("loop.md", "{{#include loop.md}}\n"),
    ("outer.md", "before\n{{#include terms.md:part}}\n```\n"),
    ("code.rs", "// ANCHOR: a\nfn main() {}\n// ANCHOR_END: a\n"),
    ("ü.md", "ü → {{ company }}\r\n\r\n--8<-- \"outer.md\""),
];

/// What includes the files, and knows one value.
struct Library;

impl CompileContext for Library {
    fn variable(&self, name: &str) -> Option<String> {
        (name == "company").then(|| "*Ácme*".to_owned())
    }

    fn include(&self, _from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        let file = FILES.iter().zip(1..).find(|((name, _), _)| *name == path);
        let ((_, text), id) = file.ok_or_else(|| NotIncluded::NotFound(Some("terms.md".to_owned())))?;
        Ok((SourceId::new(id), Arc::from(*text)))
    }
}

/// Any text as a page that includes others.
pub(super) fn include(text: &str) {
    for path in markdown::included_paths(text, &Options::default()) {
        assert_part(path, text);
    }
    let page = compiled(text, &Library);
    let again = compiled(text, &Library);
    assert_eq!((&page.value.html, &page.found), (&again.value.html, &again.found), "{text:?}");
    let texts: Vec<&str> = [text].into_iter().chain(FILES.map(|(_, text)| text)).collect();
    assert_found_in(&page.found, &texts);
    let links = page.value.links.iter().flat_map(|link| [link.span, link.whole]);
    for span in links.chain(page.value.headings.iter().map(|heading| heading.span)) {
        assert!(
            texts.get(span.source.index()).is_some_and(|own| own.get(span.range()).is_some()),
            "{span:?}: {text:?}"
        );
    }
    let holes = &page.value.holes;
    assert!(holes.is_sorted_by_key(|hole| hole.at), "{text:?}");
    assert!(holes.iter().all(|hole| page.value.html.is_char_boundary(hole.at)), "{text:?}");
}

/// Languages of which the first line of a text chooses one.
const LANGUAGES: [&str; 48] = [
    "bash",
    "bat",
    "c",
    "clojure",
    "cmake",
    "cpp",
    "cs",
    "css",
    "csv",
    "d",
    "dart",
    "diff",
    "dockerfile",
    "elixir",
    "elm",
    "erlang",
    "fish",
    "go",
    "graphql",
    "groovy",
    "haskell",
    "hcl",
    "html",
    "ini",
    "java",
    "javascript",
    "jinja2",
    "json",
    "julia",
    "kotlin",
    "latex",
    "lua",
    "makefile",
    "markdown",
    "nginx",
    "perl",
    "php",
    "powershell",
    "python",
    "r",
    "ruby",
    "rust",
    "scala",
    "sql",
    "swift",
    "toml",
    "typescript",
    "yaml",
];

/// Any text as code: its first letter chooses the language. Every letter of it is shown.
pub(super) fn highlight(text: &str) {
    let mut code = text.chars();
    let language = code.next().map_or(0, |letter| letter as usize) % LANGUAGES.len();
    let code = code.as_str().replace(['\r', '\0'], "");
    let fenced = format!("~~~~~~~~~~ {}\n{code}\n~~~~~~~~~~\n", LANGUAGES.get(language).unwrap_or(&"text"));
    let page = compiled(&fenced, &NoContext);
    assert_found_inside(&page.found, &fenced);
    // A block may end earlier, or a line be a mark; what is shown of it has to be written there all the same.
    if !code.contains("~~~") {
        assert_balanced(&page.value.html);
        let shown = visible(&page.value.html);
        assert_eq!(shown.trim_matches('\n'), code.trim_matches('\n'), "{fenced:?}");
    }
}

/// Each element that is opened is closed, the last one first.
fn assert_balanced(html: &str) {
    let mut open = Vec::new();
    for token in Tokens::of(html) {
        match token {
            Token::Markup(Markup::StartTag(tag)) if !matches!(&*tag.name, "br" | "img" | "input" | "hr") => {
                open.push(tag.name.into_owned());
            }
            Token::Markup(Markup::EndTag(tag)) => assert_eq!(open.pop().as_deref(), Some(&*tag.name), "{html}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} is never closed in {html}");
}

/// What readers see of some HTML.
fn visible(html: &str) -> String {
    let text = |token| if let Token::Text(span) = token { html.get(span) } else { None };
    decode_text(&Tokens::of(html).filter_map(text).collect::<String>()).into_owned()
}

/// What asks for a partner.
struct Asking(Placeholders);

impl CompileContext for Asking {
    fn blanks(&self) -> &Placeholders {
        &self.0
    }
}

/// Any text as a value on its first line, and a template that asks for it.
pub(super) fn fill(text: &str) {
    let (value, template) = text.split_once('\n').unwrap_or((text, "# For {{ partner }}\n"));
    let mut blanks = Placeholders::default();
    blanks.add("partner", ["[Partner Name]"]);
    let context = Asking(blanks);
    let (source, document) = TemplateSource::new(template, whole(template), &Options::default(), &context);
    let pieces = source.pieces(|_| None);
    let asked = |piece: &&TemplatePiece<'_>| matches!(piece, TemplatePiece::Blank { .. });
    let ways: Vec<Within> = pieces
        .iter()
        .filter_map(|piece| match piece {
            TemplatePiece::Blank { within, .. } => Some((*within).clone()),
            TemplatePiece::Text(_) => None,
        })
        .collect();
    assert!(source.links.iter().all(|link| link.start <= link.end), "{template:?}");
    assert_eq!(pieces.iter().filter(asked).count(), ways.len());
    assert!(document.holes.is_sorted_by_key(|hole| hole.at), "{template:?}");
    value_is_text(value);
}

/// A value is read as it was given, wherever it is put.
fn value_is_text(value: &str) {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let given = words(value);
    if given.is_empty() {
        return;
    }
    for begins in [true, false] {
        let put = Within::Text { begins }.put(value);
        let text = if begins { put.clone() } else { format!("for {put}") };
        let html = compiled(&text, &NoContext).value.html;
        let shown = words(&visible(&html));
        let shown = if begins { &*shown } else { shown.strip_prefix("for ").unwrap_or(&shown) };
        assert_eq!(shown, given, "{value:?} is written {put:?} and read {html:?}");
    }
    let attribute = Within::Attribute.put(value);
    let tag = format!("<i title=\"{attribute}\">");
    let mut tokens = Tokens::of(&tag);
    let Some(Token::Markup(Markup::StartTag(start))) = tokens.next() else { panic!("{value:?} hides {tag:?}") };
    assert!(tokens.next().is_none(), "{value:?} ends {tag:?}");
    let read = start.value("title").map(decode_attribute).unwrap_or_default();
    assert_eq!(words(&read), words(value), "{tag:?}");
    for code in ["a", "```\n"] {
        let indent = Within::Code("  ".to_owned()).put(code);
        assert!(!indent.contains('\r'));
    }
}

/// Any text as a page whose findings have fixes: each can be applied alone and all together, twice with the same result.
pub(super) fn fix(text: &str) {
    let found = compiled(text, &NoContext).found;
    let found = found.into_iter().chain(partner_docs::page::front_matter::read(text, FILE).found).collect::<Vec<_>>();
    assert_found_inside(&found, text);
    let (edits, chosen) = refactor::choose(&found, |_, _| true);
    let next = edits.apply(FILE, text);
    let (same, _) = refactor::choose(chosen.iter().copied(), |_, _| true);
    assert_eq!(same.apply(FILE, text), next, "what was chosen once is chosen again: {text:?}");
    for finding in &found {
        let moved = edits.moved(finding.span);
        let inside = next.get(moved.range());
        assert!(inside.is_some() || moved.range().end <= next.len(), "{moved:?} in {next:?}");
        let Some(fix) = &finding.fix else { continue };
        let (alone, _) = refactor::choose([finding], |_, _| true);
        let repaired = alone.apply(FILE, text);
        assert!(fix.edits.is_empty() || repaired != text, "{} changes nothing: {text:?}", finding.rule.code);
        if fix.applicability == Applicability::Safe {
            assert_repaired(finding.rule.code, alone.moved(finding.span), &repaired, text);
        }
    }
}

/// A safe fix leaves nothing of its finding behind.
fn assert_repaired(code: &str, place: Span, repaired: &str, text: &str) {
    let found = compiled(repaired, &NoContext).found;
    let again = found.iter().find(|finding| finding.rule.code == code && finding.span == place);
    assert!(again.is_none(), "{code} is there once more: {text:?} became {repaired:?}");
}
