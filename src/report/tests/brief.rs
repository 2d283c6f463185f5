//! Reports of many findings: those with one cause are one, and a long report is an overview with paths that open.

use std::collections::BTreeMap;

use super::*;

static LEAKED: Rule = Rule::warning("markdown/leaked-syntax", "");

/// A page with this many links to a file that is not there, from folders of two depths.
fn links_to_one_file(count: usize) -> (Vec<Diagnostic>, Sources) {
    let sources = sources(&[
        ("content/a.md", &"[x](reference/settings.md)\n".repeat(count - 1)),
        ("content/guide/b.md", "[x](../reference/settings.md)\n"),
    ]);
    let link = |path: &str, line: usize, written: &str| {
        let text = sources.get(at(&sources, path, 0..0).source).text();
        let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>() + "[x](".len();
        MISSING
            .at(at(&sources, path, start..start + written.len()), format!("file not found: `{written}`"))
            .leads_to("content/reference/settings.md")
    };
    let mut found: Vec<Diagnostic> =
        (0..count - 1).map(|line| link("content/a.md", line, "reference/settings.md")).collect();
    found.push(link("content/guide/b.md", 0, "../reference/settings.md"));
    (found, sources)
}

/// A thousand findings of two dozen rules, some with a fix.
fn a_thousand() -> (Vec<Diagnostic>, Sources) {
    let sources = sources(&[("content/index.md", &"::: tabs\n".repeat(1000))]);
    let rules: Vec<&'static Rule> = (0..24)
        .map(|n| &*Box::leak(Box::new(Rule::warning(Box::leak(format!("rule/number-{n}").into_boxed_str()), ""))))
        .collect();
    let finding = |n: usize| {
        let span = at(&sources, "content/index.md", n * 9..n * 9 + 8);
        let rule = if n < 400 { &LEAKED } else { rules[n % rules.len()] };
        let finding = rule.at(span, format!("`::: tabs` of number {n} is shown as text"));
        match n % 10 {
            0 => finding.fix(Fix::replace(span, "")),
            1 => finding.fix(Fix::suggested(vec![Edit { span, replacement: String::new() }])),
            _ => finding,
        }
    };
    ((0..1000).map(finding).collect(), sources)
}

/// Somebody at the root of a repository, who has checked the site in `docs/site`.
fn at_the_root() -> Reader {
    let project = SourcePath::new("docs/site").unwrap();
    let inside = Some(SourcePath::root());
    let folder = WorkingFolder { inside, to_root: String::new(), to_project: "docs/site".to_owned(), project };
    Reader { folder: Some(folder), project: Some("docs/site".to_owned()), ..Reader::default() }
}

#[test]
fn links_to_one_missing_file_are_one_finding() {
    let (found, sources) = links_to_one_file(39);
    assert_shown(
        &plain(&found, &sources),
        r"
    error[link/anchor-not-found]: 39 links lead to `content/reference/settings.md`
     --> content/a.md:1:5
      |
    1 | [x](reference/settings.md)
      |     ^^^^^^^^^^^^^^^^^^^^^
      |
      = note: also at content/a.md:2:5, content/a.md:3:5, content/a.md:4:5 and 35 more, in 2 files

    39 errors in 0 pages (0 ms)
    ",
    );
    let full = with(&Reader { detail: Detail::Full, ..Reader::default() }, &found, &sources);
    assert_eq!(full.matches("file not found").count(), 39);
}

#[test]
fn a_thousand_findings_are_an_overview_of_forty_lines() {
    let (found, sources) = a_thousand();
    let report = written(&human::FORMAT, &found, &sources, Summary::default());
    assert!(report.lines().count() <= 40, "{report}");
    let heading =
        "warning[markdown/leaked-syntax]: 400 findings in 1 file, such as:\n  content/index.md:1:1: `::: tabs` of";
    assert!(report.starts_with(heading), "{report}");
    assert!(report.contains("\nand 175 findings of 7 more rules\n"), "{report}");
}

#[test]
fn an_overview_says_how_many_can_be_fixed_and_with_what() {
    let (found, sources) = a_thousand();
    let report = with(&at_the_root(), &found, &sources);
    let end = "\nto see every finding, run `partner-docs check docs/site -v`\n\
        100 findings can be fixed safely: run `partner-docs check docs/site --fix`\n\
        100 more have a suggested fix: run `partner-docs check docs/site --fix --suggested`\n\
        1000 warnings in 0 pages (0 ms)\n";
    assert!(report.ends_with(end), "{report}");
}

#[test]
fn paths_begin_in_the_folder_of_the_reader() {
    let sources = sources(&[("docs/site/content/a.md", "[x](b.md)\n"), ("README.md", "[x](c.md)\n")]);
    let found = [
        MISSING.at(span(&sources, "docs/site/content/a.md", "b.md"), "file not found: `b.md`"),
        VANISHING.at(span(&sources, "README.md", "c.md"), "file not\nfound: `c.md`"),
    ];
    let short = |reader: &Reader| {
        (short::FORMAT.write)(&Report { found: &found, sources: &sources, summary: &Summary::default(), reader })
    };
    assert_shown(
        &short(&at_the_root()),
        r"
    docs/site/content/a.md:1:5: error: file not found: `b.md` [link/anchor-not-found]
    README.md:1:5: warning: file not found: `c.md` [link/vanishing-definition]
    ",
    );
    let mut below = at_the_root();
    let folder = below.folder.as_mut().unwrap();
    folder.inside = SourcePath::new("docs/site/content").ok();
    assert!(short(&below).starts_with("a.md:1:5: error: "), "{}", short(&below));
    assert!(short(&below).contains("\n../../../README.md:1:5: "), "{}", short(&below));
    // From a folder outside the repository, as from the one above it.
    let mut above = at_the_root();
    let folder = above.folder.as_mut().unwrap();
    (folder.inside, folder.to_root, folder.to_project) = (None, "acme".to_owned(), "acme/docs/site".to_owned());
    assert!(short(&above).starts_with("acme/docs/site/content/a.md:1:5: "), "{}", short(&above));
    assert!(short(&above).contains("\nacme/README.md:1:5: "), "{}", short(&above));
}

#[test]
fn long_lines_are_cut_around_a_fix_as_well() {
    let text = format!("{} [a](x.md) {}\n", "word ".repeat(100), "word ".repeat(100));
    let sources = sources(&[("a.md", &text)]);
    let link = span(&sources, "a.md", "x.md");
    let found = [MISSING.at(link, "no file `x.md`").fix(Fix::replace(link, "y.md"))];
    let drawn = plain(&found, &sources);
    assert!(drawn.lines().all(|line| line.len() < 160), "{drawn}");
    assert!(drawn.contains("1 - ...") && drawn.contains(" [a](x.md) word word"), "{drawn}");
    assert!(drawn.contains("1 + ...") && drawn.contains(" [a](y.md) word word"), "{drawn}");
    let found = [MISSING.at(link, "no table").fix(Fix::replace(link, "| a | b |\n".repeat(200) + &"c".repeat(900)))];
    let drawn = plain(&found, &sources);
    assert!(drawn.lines().count() < 25 && drawn.lines().all(|line| line.len() < 240), "{drawn}");
}

#[test]
fn annotations_begin_with_changed_lines_and_one_of_each_cause() {
    let (mut found, sources) = links_to_one_file(4);
    found.push(MISSING.at(at(&sources, "content/guide/b.md", 0..1), "another"));
    let line = |path: &str, lines| BTreeMap::from([(SourcePath::new(path).unwrap(), vec![lines])]);
    let reader = Reader { changed: line("content/a.md", 3..=9), ..Reader::default() };
    let report = (github::FORMAT.write)(&Report {
        found: &found,
        sources: &sources,
        summary: &Summary::default(),
        reader: &reader,
    });
    let places: Vec<&str> = report
        .lines()
        .filter_map(|line| line.strip_prefix("::error file=content/")?.split(",endLine").next())
        .collect();
    assert_eq!(places, ["a.md,line=3", "a.md,line=1", "guide/b.md,line=1", "a.md,line=2", "guide/b.md,line=1"]);
}

#[test]
fn a_comment_on_a_pull_request_has_a_row_for_each_cause() {
    let (found, sources) = links_to_one_file(39);
    let table = written(&markdown::FORMAT, &found, &sources, Summary::default());
    let row = "| ❌ | <code>content/a.md</code> 1:5 and 38 more | 39 links lead to <code>content/reference/settings.md</code> |";
    assert!(table.contains(row), "{table}");
    assert_eq!(table.lines().filter(|line| line.starts_with("| ")).count(), 2, "{table}");
}
