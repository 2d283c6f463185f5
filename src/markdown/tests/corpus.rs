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
    /// Elements whose content is Markdown, and those of them whose content was not read.
    markdown_elements: usize,
    unread_elements: usize,
    buttons: usize,
    /// Ids that authors gave to headings.
    heading_ids: usize,
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
        let parsed = compile(&text[head..], body, &Options::default(), &NoContext);
        let mut page = Counts::default();
        page.add(&parsed, &text);
        assert_nothing_is_lost(&page, &text, entry.path());
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
        self.markdown_elements += written(text, |line| line.starts_with('<') && line.contains(" markdown>"));
        self.buttons += html.matches("class=\"md-button").count();
        self.heading_ids += parsed.value.headings.iter().filter(|heading| heading.id_span.is_some()).count();
        // A language that has no colours loses nothing; cells that a row leaves out are looked for on demand.
        let is_counted = |code| !["markdown/unknown-language", "table/missing-cell", "link/bare-url"].contains(&code);
        let found = parsed.found.iter().filter(|finding| is_counted(finding.rule.code));
        self.found.extend(found.map(|finding| (finding.rule.code, text[finding.span.range()].to_owned())));
    }
}

/// How many lines outside code blocks were written in some way, counted without any parser.
fn written(text: &str, is_meant: impl Fn(&str) -> bool) -> usize {
    let mut in_code = false;
    let mut count = 0;
    for line in text.lines().map(str::trim_start) {
        in_code ^= line.starts_with("```");
        count += usize::from(!in_code && is_meant(line));
    }
    count
}

/// What the authors of a page wrote is what readers see, construct by construct.
fn assert_nothing_is_lost(page: &Counts, text: &str, path: &Path) {
    let task = |line: &str| ["- [ ] ", "- [x] ", "- [X] ", "* [ ] "].iter().any(|mark| line.starts_with(mark));
    let pairs = [
        (page.callouts, written(text, |line| line.starts_with("!!! "))),
        (page.collapsibles, written(text, |line| line.starts_with("???"))),
        (page.tabs, written(text, |line| line.starts_with("=== \""))),
        (page.buttons, written(text, |line| line.contains("{ .md-button"))),
        (page.heading_ids, written(text, |line| line.starts_with('#') && line.contains("{#"))),
        (page.tasks, written(text, task)),
    ];
    for (index, (seen, written)) in pairs.into_iter().enumerate() {
        assert_eq!(seen, written, "pair {index} in {}", path.display());
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
    assert_eq!((counts.tasks, counts.tables, counts.buttons, counts.heading_ids), (24, 72, 1, 0));
    assert_eq!((counts.markdown_elements, counts.unread_elements), (0, 0));
    assert!(counts.items >= 1_255, "{}", counts.items);
    assert_eq!(of_rule(&counts.found, "markdown/pseudo-tag"), ["<name>", "<Customer>"]);
    assert_eq!(counts.found.len(), 2, "{:?}", counts.found);
}

#[test]
fn nothing_of_a_partner_programmes_documentation_is_lost() {
    let Some(counts) = count("partneros") else { return };
    assert_eq!((counts.callouts, counts.collapsibles, counts.tabs, counts.icons), (15, 0, 13, 63));
    assert_eq!((counts.tasks, counts.tables, counts.buttons, counts.heading_ids), (367, 246, 5, 5));
    assert_eq!((counts.markdown_elements, counts.unread_elements), (10, 0));
    assert!(counts.items >= 3_371, "{}", counts.items);
    assert_eq!(of_rule(&counts.found, "link/vanishing-definition").len(), 3);
    let leaked = of_rule(&counts.found, "markdown/leaked-syntax");
    assert!(leaked.len() == 2 && leaked.iter().all(|text| text.starts_with("---\ntitle: Appendix")), "{leaked:?}");
    assert_eq!(of_rule(&counts.found, "table/extra-cell"), ["[Name]"]);
    assert_eq!(counts.found.len(), 6, "{:?}", counts.found);
}
