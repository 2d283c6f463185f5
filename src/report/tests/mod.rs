//! Reports of small projects, as people and programs read them.
//! In: a few files and findings in them. Out: the texts, whole.
//! Never knows: real rules.

use std::ops::Range;

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Edit, Fix, Rule};
use crate::source::SourcePath;

mod brief;
mod formats;
mod shown;

use shown::assert_shown;

static MISSING: Rule = Rule::error("link/anchor-not-found", "");
static VANISHING: Rule = Rule::warning("link/vanishing-definition", "");

/// A project of these files.
fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.set(SourcePath::new(path).unwrap(), *text);
    }
    sources
}

fn at(sources: &Sources, path: &str, range: Range<usize>) -> Span {
    Span::new(sources.id(&SourcePath::new(path).unwrap()).unwrap(), range)
}

/// The first place of `words` in a file.
fn span(sources: &Sources, path: &str, words: &str) -> Span {
    let start_of_file = at(sources, path, 0..0);
    let start = sources.get(start_of_file.source).text().find(words).unwrap();
    at(sources, path, start..start + words.len())
}

/// A report in a format, with the findings counted.
fn written(format: &Format, found: &[Diagnostic], sources: &Sources, summary: Summary) -> String {
    let summary = &summary.count(found);
    (format.write)(&Report { found, sources, summary, reader: &Reader::default() })
}

fn plain(found: &[Diagnostic], sources: &Sources) -> String {
    with(&Reader::default(), found, sources)
}

/// The report for a person.
fn with(reader: &Reader, found: &[Diagnostic], sources: &Sources) -> String {
    human(&Report { found, sources, summary: &Summary::default().count(found), reader })
}

/// A link to a heading that has another name, and a line of text that will not show.
fn moved_anchor() -> (Vec<Diagnostic>, Sources) {
    let sources = sources(&[
        ("docs/workflow.md", "# Workflow\n\nSee [UAT](partner.md#stage-5--uatt) → weiter.\n"),
        ("docs/partner.md", "# Partner\n\n## Stage 5 — UAT\n"),
    ]);
    let link = span(&sources, "docs/workflow.md", "#stage-5--uatt");
    let finding = MISSING
        .at(link, "no heading `#stage-5--uatt` in docs/partner.md")
        .help("did you mean `#stage-5--uat`?")
        .related(span(&sources, "docs/partner.md", "Stage 5 — UAT"), "the nearest heading")
        .fix(Fix::replace(link, "#stage-5--uat"));
    let warning = VANISHING.at(span(&sources, "docs/workflow.md", "weiter"), "`weiter` vanishes");
    (vec![finding, warning], sources)
}

/// One finding at `words` of a file that is all there is.
fn drawn(text: &str, words: &str) -> String {
    let sources = sources(&[("a.md", text)]);
    plain(&[MISSING.at(span(&sources, "a.md", words), "no heading `#x`")], &sources)
}

#[test]
fn a_finding_shows_its_line_its_relatives_the_help_and_the_repair() {
    let (found, sources) = moved_anchor();
    assert_shown(
        &plain(&found, &sources),
        r"
    error[link/anchor-not-found]: no heading `#stage-5--uatt` in docs/partner.md
     --> docs/workflow.md:3:21
      |
    3 | See [UAT](partner.md#stage-5--uatt) → weiter.
      |                     ^^^^^^^^^^^^^^
      |
     ::: docs/partner.md:3:4
      |
    3 | ## Stage 5 — UAT
      |    ------------- the nearest heading
      |
      = help: did you mean `#stage-5--uat`?
    fix: safe, applied by `--fix`
      |
    3 - See [UAT](partner.md#stage-5--uatt) → weiter.
    3 + See [UAT](partner.md#stage-5--uat) → weiter.
      |

    warning[link/vanishing-definition]: `weiter` vanishes
     --> docs/workflow.md:3:39
      |
    3 | See [UAT](partner.md#stage-5--uatt) → weiter.
      |                                       ^^^^^^

    1 error and 1 warning in 0 pages (0 ms)
    ",
    );
}

#[test]
fn colours_are_the_callers_choice() {
    let (found, sources) = moved_anchor();
    let coloured = human(&Report {
        found: &found,
        sources: &sources,
        summary: &Summary::default(),
        reader: &Reader { style: TerminalStyle::Coloured, ..Reader::default() },
    });
    assert!(coloured.starts_with("\u{1b}[1m\u{1b}[91merror[link/anchor-not-found]"), "{coloured:?}");
    assert!(!plain(&found, &sources).contains('\u{1b}'));
}

#[test]
fn tabs_and_wide_characters_keep_the_underline_in_place() {
    assert_shown(
        &drawn("\tAgree [the terms](#x)\tfirst\n", "#x"),
        r"
    error[link/anchor-not-found]: no heading `#x`
     --> a.md:1:20
      |
    1 |     Agree [the terms](#x)    first
      |                       ^^

    1 error in 0 pages (0 ms)
    ",
    );
    assert_shown(
        &drawn("會議 → 👩‍💻 [a](#x) 終\n", "#x"),
        r"
    error[link/anchor-not-found]: no heading `#x`
     --> a.md:1:14
      |
    1 | 會議 → 👩💻 [a](#x) 終
      |                 ^^

    1 error in 0 pages (0 ms)
    ",
    );
}

#[test]
fn carriage_returns_do_not_show() {
    assert_shown(
        &drawn("one\r\n[a](#x)\r\nthree\r\n", "#x"),
        r"
    error[link/anchor-not-found]: no heading `#x`
     --> a.md:2:5
      |
    2 | [a](#x)
      |     ^^

    1 error in 0 pages (0 ms)
    ",
    );
}

#[test]
fn long_lines_are_cut_and_endless_ones_only_named() {
    let long = |words| format!("{} [a](#x) {}\n", "word ".repeat(words), "word ".repeat(words));
    assert_shown(
        &drawn(&long(100), "#x"),
        r"
    error[link/anchor-not-found]: no heading `#x`
     --> a.md:1:506
      |
    1 | ...ord word word word word word word word word word word word  [a](#x) word word word word word word word word word word word word wo...
      |                                                                    ^^

    1 error in 0 pages (0 ms)
    ",
    );
    assert_shown(
        &drawn(&long(2000), "#x"),
        r"
    error[link/anchor-not-found]: no heading `#x`
    --> a.md:1:10006

    1 error in 0 pages (0 ms)
    ",
    );
}

#[test]
fn spans_of_some_lines_are_bracketed_and_of_many_lines_named() {
    assert_shown(
        &drawn("a\n<div>\nb\n</span>\nc\n", "<div>\nb\n</span>"),
        r"
    error[link/anchor-not-found]: no heading `#x`
     --> a.md:2:1
      |
    2 | / <div>
    3 | | b
    4 | | </span>
      | |_______^

    1 error in 0 pages (0 ms)
    ",
    );
    let block = format!("<div>\n{}</span>", "b\n".repeat(40));
    assert_shown(
        &drawn(&format!("a\n{block}\n"), &block),
        r"
    error[link/anchor-not-found]: no heading `#x`
     --> a.md:2:1
      |
    2 | <div>
      | ^^^^^ to line 43

    1 error in 0 pages (0 ms)
    ",
    );
}

#[test]
fn the_end_of_a_file_is_the_end_of_its_last_line() {
    let sources = sources(&[("a.md", "a\nb\n"), ("empty.md", "")]);
    let end = at(&sources, "a.md", 4..4);
    let found = [MISSING.at(end, "`div` is never closed").fix(Fix::replace(end, "</div>\n"))];
    assert_shown(
        &plain(&found, &sources),
        r"
    error[link/anchor-not-found]: `div` is never closed
     --> a.md:2:2
      |
    2 | b
      |  ^
      |
    fix: safe, applied by `--fix`
      |
    3 + </div>
      |

    1 error in 0 pages (0 ms)
    ",
    );
    assert_shown(
        &plain(&[MISSING.at(at(&sources, "empty.md", 0..0), "no title")], &sources),
        r"
    error[link/anchor-not-found]: no title
     --> empty.md:1:1
      |
    1 |
      | ^

    1 error in 0 pages (0 ms)
    ",
    );
    let report: serde_json::Value =
        serde_json::from_str(&written(&json::FORMAT, &found, &sources, Summary::default())).unwrap();
    let finding = &report["diagnostics"][0];
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &2.into()));
    assert_eq!((&finding["fix"]["edits"][0]["line"], &finding["fix"]["edits"][0]["column"]), (&3.into(), &1.into()));
}

#[test]
fn repairs_of_several_places_are_drawn_one_by_one() {
    let sources = sources(&[("a.md", "[a](X.md) [b](X.md)\n[c](X.md)\n"), ("b.md", "X.md\n")]);
    let places = [("a.md", 4..8), ("a.md", 14..18), ("a.md", 24..28), ("b.md", 0..4)];
    let edits: Vec<Edit> = places
        .into_iter()
        .map(|(path, range)| Edit { span: at(&sources, path, range), replacement: "x.md".to_owned() })
        .collect();
    let found = [MISSING.at(edits[0].span, "`X.md` is `x.md` on disk").fix(Fix::suggested(edits.clone()))];
    assert_shown(
        &plain(&found, &sources),
        r"
    error[link/anchor-not-found]: `X.md` is `x.md` on disk
     --> a.md:1:5
      |
    1 | [a](X.md) [b](X.md)
      |     ^^^^
      |
    fix: suggested
      |
    1 - [a](X.md) [b](X.md)
    1 + [a](x.md) [b](x.md)
      |
    2 - [c](X.md)
    2 + [c](x.md)
      |
     --> b.md:1:1
      |
    1 - X.md
    1 + x.md
      |

    1 error in 0 pages (0 ms)
    ",
    );
    let many = [MISSING.at(edits[0].span, "many").fix(Fix::safe(
        (0..50).map(|n| Edit { span: at(&sources, "a.md", n / 2..n / 2), replacement: "-".to_owned() }).collect(),
    ))];
    assert!(plain(&many, &sources).contains("and 44 more edits"));
}

#[test]
fn the_json_report_is_the_documented_object() {
    let (found, sources) = moved_anchor();
    let counts = ProjectCounts { pages: 58, links: 612, anchors: 340, images: 9, diagrams: 6, playbooks: 0 };
    let summary = Summary { counts, milliseconds: 41, ..Default::default() };
    let text = written(&json::FORMAT, &found, &sources, summary);
    assert_eq!(text.matches('\n').count(), 1);
    // Broken into lines for readers of this test only.
    let lines = text
        .replace("{\"code\"", "\n{\"code\"")
        .replace("\"related\"", "\n \"related\"")
        .replace("],\"summary\"", "],\n\"summary\"");
    assert_shown(
        &lines,
        r##"
    {"version":1,"diagnostics":[
    {"code":"link/anchor-not-found","severity":"error","message":"no heading `#stage-5--uatt` in docs/partner.md","file":"docs/workflow.md","line":3,"column":21,"end_line":3,"end_column":35,"help":"did you mean `#stage-5--uat`?",
     "related":[{"file":"docs/partner.md","line":3,"column":4,"end_line":3,"end_column":17,"message":"the nearest heading"}],"fix":{"applicability":"safe","edits":[{"file":"docs/workflow.md","line":3,"column":21,"end_line":3,"end_column":35,"replacement":"#stage-5--uat"}]}},
    {"code":"link/vanishing-definition","severity":"warning","message":"`weiter` vanishes","file":"docs/workflow.md","line":3,"column":39,"end_line":3,"end_column":45,
     "related":[]}],
    "summary":{"errors":1,"warnings":1,"pages":58,"links":612,"anchors":340,"images":9,"diagrams":6,"playbooks":0,"milliseconds":41}}
    "##,
    );
}

#[test]
fn order_is_file_line_column_code() {
    let sources = sources(&[("b.md", "12"), ("a.md", "12")]);
    let mut found = vec![
        VANISHING.at(at(&sources, "b.md", 1..2), "b2"),
        VANISHING.at(at(&sources, "b.md", 0..1), "b1, second code"),
        MISSING.at(at(&sources, "b.md", 0..2), "b1, first code"),
        VANISHING.at(at(&sources, "a.md", 1..2), "a2"),
    ];
    crate::diagnostic::sort(&mut found, &sources);
    let order: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(order, ["a2", "b1, first code", "b1, second code", "b2"]);
}

#[test]
fn the_summary_speaks_in_words() {
    let counts = ProjectCounts { pages: 58, links: 1, playbooks: 7, ..ProjectCounts::default() };
    let summary = Summary { errors: 1, counts, milliseconds: 41, ..Summary::default() };
    assert_eq!(summary.in_words(), "1 error in 58 pages, 1 link, 7 playbooks (41 ms)");
    assert_eq!(
        Summary { warnings: 2, ..summary.clone() }.in_words(),
        "1 error and 2 warnings in 58 pages, 1 link, 7 playbooks (41 ms)"
    );
    assert_eq!(Summary::default().in_words(), "no errors in 0 pages (0 ms)");
}

#[test]
fn ten_thousand_findings_are_drawn_without_reading_the_file_each_time() {
    let text = "A paragraph about [partners](#x) and their terms.\n".repeat(10_000);
    let sources = sources(&[("a.md", &text)]);
    let found: Vec<Diagnostic> = text
        .match_indices("#x")
        .map(|(start, _)| MISSING.at(at(&sources, "a.md", start..start + 2), "no heading `#x`"))
        .collect();
    let drawn = with(&Reader { detail: Detail::Full, ..Reader::default() }, &found, &sources);
    assert_eq!(drawn.matches(" --> a.md:").count(), 10_000);
    assert!(drawn.contains(" --> a.md:10000:30\n"));
}

proptest! {
    #[test]
    fn whatever_is_found_can_be_drawn(
        text in "([a →\t\u{200d}終]{0,4}(\r?\n)?){0,9}",
        cuts in proptest::collection::vec((0usize..40, 0usize..40, "[a\n→ ]{0,4}"), 1..5),
    ) {
        let sources = sources(&[("a.md", &text)]);
        let border = |offset: usize| {
            let offset = text.floor_char_boundary(offset);
            offset - usize::from(text[..offset].ends_with('\r') && text[offset..].starts_with('\n'))
        };
        let edits: Vec<Edit> = cuts
            .iter()
            .map(|(a, b, new)| (border(*a.min(b))..border(*a.max(b)), new))
            .map(|(range, new)| Edit { span: at(&sources, "a.md", range), replacement: new.clone() })
            .collect();
        let (first, last) = (edits[0].span, edits[edits.len() - 1].span);
        let found = [MISSING.at(first, "here").related(last, "and here").fix(Fix::safe(edits))];
        let (start, _) = place(&sources, first);
        let drawn = plain(&found, &sources);
        prop_assert!(drawn.contains(&format!(" --> a.md:{}:{}\n", start.line, start.column)), "{}", drawn);
    }
}
