use serde_json::Value;

use super::words::words;
use super::{IndexFile, SearchDocument, SearchSection, SectionKind, index, passages, plain};

fn folded(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| found.push(word.to_owned()));
    found
}

/// What the browser's script is held to as well.
#[test]
fn words_are_folded_as_the_fixture_says() {
    let fixture: Value = serde_json::from_str(include_str!("../../tests/browser/words.json")).unwrap();
    for (text, expected) in fixture.as_object().unwrap() {
        let expected: Vec<&str> = expected.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(folded(text), expected, "{text}");
    }
}

#[test]
fn html_becomes_text_below_its_headings() {
    let html = "<p>Two <b>part</b>s.</p>\n<h2 id=\"a&amp;b\">A &amp; B <a class=\"anchor\" href=\"#a\">#</a></h2>\
                <ul><li>one</li><li title=\"a > b\">two</li></ul><svg><text>no</text></svg><pre><code>a &lt; b</code></pre>";
    let found: Vec<(String, String)> =
        passages(html).into_iter().map(|passage| (passage.anchor, passage.text)).collect();
    let expected = [("", "Two parts."), ("a&b", "one two a < b")];
    assert_eq!(found, expected.map(|(anchor, text)| (anchor.to_owned(), text.to_owned())));
}

#[test]
fn text_of_hand_written_html_is_not_lost() {
    for (html, text) in [
        ("<div>if 3 < 5 then <b>sign</b></div>", "if 3 < 5 then sign"),
        ("<svg><g><svg>no</svg></g>no</svg> yes", "yes"),
        ("<P>one</P>two<!-- no -->s <BUTTON>no</BUTTON>three", "one twos three"),
        ("a<svg/>b <svg>no", "ab"),
        ("<p title='a > b'>one</p><textarea>Dear <you></textarea>", "one Dear <you>"),
        ("<!--> one <!-- no --!> two", "one two"),
        ("caf&eacute; &#233; R&ampD", "café é R&D"),
    ] {
        assert_eq!(plain(html).trim(), text, "{html}");
    }
}

fn page(address: &str, title: &str, text: &str) -> SearchDocument {
    let first = SearchSection { text: text.to_owned(), ..SearchSection::default() };
    let step = SearchSection {
        anchor: "step-1".to_owned(),
        heading: "Sign the NDA".to_owned(),
        kind: SectionKind::Step,
        text: "Legal signs.".to_owned(),
    };
    SearchDocument {
        address: address.to_owned(),
        title: title.to_owned(),
        facets: vec![("phase".to_owned(), "recruit".to_owned())],
        sections: vec![first, step],
        ..SearchDocument::default()
    }
}

fn file<'a>(files: &'a [IndexFile], name: &str) -> &'a str {
    &files.iter().find(|file| file.path == format!("search/{name}.js")).expect("the file is there").text
}

#[test]
fn a_word_leads_to_its_sections() {
    let files =
        index(vec![page("pitch/", "Pitch", "What we sign."), page("nda/", "The NDA", "Sign here. Then sign there.")]);
    let directory = file(&files, "index").strip_prefix("partnerDocsSearch.take(\"index\",").unwrap();
    let directory: Value = serde_json::from_str(directory.trim_end().trim_end_matches(')')).unwrap();
    assert_eq!((&directory["version"], &directory["pages"]), (&1.into(), &2.into()));
    let shard = file(&files, directory["words"][0][1].as_str().unwrap());
    // On both pages in the step's heading; in the text once on the first page and twice on the second.
    assert!(shard.contains("\\nsign\\t0XH1X1 1YH1X1\\n"), "{shard}");
    assert!(shard.contains("\\nnda\\t0H1 1TH1\\n"), "{shard}");
    let texts = file(&files, directory["texts"][0][1].as_str().unwrap());
    assert!(
        texts.contains(r#"["nda/","The NDA",[],[["","",0,"Sign here. Then sign there."],["step-1","Sign the NDA",1,"#)
    );
    let facets = file(&files, directory["facets"].as_str().unwrap());
    assert!(facets.contains(r#"{"phase":{"recruit":"0 1"}}"#), "{facets}");
}

#[test]
fn an_edit_leaves_the_files_it_does_not_touch() {
    let mut pages: Vec<SearchDocument> = (0..400)
        .map(|number| {
            let text: Vec<String> = (0..60).map(|word| format!("word{} other{}", number * 7 + word, word)).collect();
            page(&format!("page-{number:03}/"), &format!("Page {number}"), &text.join(" "))
        })
        .collect();
    let before = index(pages.clone());
    pages[200].sections[0].text.push_str(" zebra");
    let after = index(pages.clone());
    let new: Vec<&str> = after.iter().filter(|file| !before.contains(file)).map(|file| file.path.as_str()).collect();
    // The directory, the words around `zebra`, forwards and backwards, and the page's text.
    assert_eq!(new.len(), 4, "{new:?} of {}", after.len());
    assert!(after.len() > 30, "{}", after.len());
}
