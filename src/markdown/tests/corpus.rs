//! The documentation of two real teams, which lies beside the repository where it is worked on.
//! In: their Markdown. Out: nothing, or the construct that was lost.

use std::path::Path;

use super::*;

/// What a site's pages became, counted.
#[derive(Default, PartialEq, Eq, Debug)]
struct Counts {
    callouts: usize,
    collapsibles: usize,
    tabs: usize,
    icons: usize,
    tasks: usize,
    tables: usize,
    items: usize,
    /// `markdown` attributes left over: those of elements whose content was not read.
    unread_elements: usize,
    /// What was found, but for unknown languages.
    found: Vec<(&'static str, String)>,
}

fn count(site: &str) -> Option<Counts> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(site);
    if !root.is_dir() {
        eprintln!("skipped: no real documentation beside the repository");
        return None;
    }
    let mut counts = Counts::default();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
        if entry.path().extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "test data beside the repository")]
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let head = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")).map_or(0, |end| end + 9);
        let body = Span::new(SourceId::new(0), head..text.len());
        let parsed = compile(&text[head..], body, &Options::default(), &Nothing);
        counts.add(&parsed, &text);
    }
    Some(counts)
}

impl Counts {
    fn add(&mut self, parsed: &Parsed<Document>, text: &str) {
        let html = &parsed.value.html;
        self.callouts += html.matches("<div class=\"callout ").count();
        self.collapsibles += html.matches("<details class=\"callout ").count();
        self.tabs += html.matches("<section class=\"tab\"").count();
        self.icons += html.matches("<svg class=\"icon\"").count();
        self.tasks += html.matches("<li class=\"task\"").count();
        self.tables += parsed.value.tables.len();
        self.items += html.matches("<li").count();
        self.unread_elements += html.matches(" markdown>").count();
        let found = parsed.found.iter().filter(|finding| finding.rule.code != "markdown/unknown-language");
        self.found.extend(found.map(|finding| (finding.rule.code, text[finding.span.range()].to_owned())));
    }
}

/// The findings of one rule.
fn of_rule<'a>(found: &'a [(&'static str, String)], rule: &str) -> Vec<&'a str> {
    found.iter().filter(|(code, _)| *code == rule).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn nothing_of_an_accelerators_documentation_is_lost() {
    let Some(counts) = count("accelerator") else { return };
    assert_eq!((counts.callouts, counts.collapsibles, counts.tabs, counts.icons), (30, 10, 0, 2));
    assert_eq!((counts.tasks, counts.tables, counts.unread_elements), (24, 72, 0));
    assert!(counts.items >= 1_255, "{}", counts.items);
    assert_eq!(of_rule(&counts.found, "markdown/pseudo-tag"), ["<name>", "<Customer>"]);
    assert_eq!(counts.found.len(), 2, "{:?}", counts.found);
}

#[test]
fn nothing_of_a_partner_programmes_documentation_is_lost() {
    let Some(counts) = count("partneros") else { return };
    assert_eq!((counts.callouts, counts.collapsibles, counts.tabs, counts.icons), (15, 0, 13, 63));
    assert_eq!((counts.tasks, counts.tables, counts.unread_elements), (367, 246, 0));
    assert!(counts.items >= 3_371, "{}", counts.items);
    assert_eq!(of_rule(&counts.found, "link/vanishing-definition").len(), 3);
    let leaked = of_rule(&counts.found, "markdown/leaked-syntax");
    assert!(leaked.len() == 2 && leaked.iter().all(|text| text.starts_with("---\ntitle: Appendix")), "{leaked:?}");
    assert_eq!(counts.found.len(), 5, "{:?}", counts.found);
}
