//! What `check` prints for programs.
//! In: broken projects. Out: the fields, their order, and places as an editor counts them.
//! Never knows: which rules there are besides those it breaks.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::Stdio;

use serde_json::{Value, json};

use super::program::{Project, ended, program};

/// A project with findings of each severity, in several files.
fn broken() -> Project {
    let project = Project::good();
    project
        .write("book.toml", "[book]\ntitle = \"Partners\"\nmultilingual = false\n\n[playbooks]\ndir = \"playbooks\"\n");
    project.write("content/index.md", "# Partners\n\n[b](b.md) and [a](a.md)\n\n![](logo.svg)\n");
    project.write("content/a/page.md", "# A\n\nDer Weg → [zurück](../indeks.md)\n");
    project.write("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n    template: legal/contract.md\n");
    project
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn json_is_one_object_however_the_run_ends() {
    let good = Project::good().run(&["check", "--format", "json"]).ends_with(0).json();
    assert_eq!(good["diagnostics"], json!([]));
    let broken = broken();
    broken.run(&["check", "--format", "json"]).ends_with(1).json();
    broken.write("book.toml", "[book\n");
    broken.run(&["check", "--format", "json"]).ends_with(2).json();
    broken.run(&["check", "--format", "json", "not-there"]).ends_with(2).json();
}

#[test]
fn people_are_told_once_how_to_learn_more_and_only_where_there_is_more() {
    let more = "for more information, run `partner-docs explain link/not-found`";
    for command in ["check", "build"] {
        let run = Project::with_a_broken_link().run(&[command]).ends_with(1);
        let told = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(told.lines().filter(|line| *line == more).count(), 1, "{told}");
        let good = Project::good().run(&[command]).ends_with(0);
        assert!(!format!("{}{}", good.stdout, good.stderr).contains("more about"), "{command}");
    }
}

#[test]
fn a_rule_that_is_asked_for_is_the_only_one_even_if_nobody_else_asks() {
    let project = broken();
    project.write("content/a/page.md", "# A\n\nSteps:\n- [gone](gone.md)\n");
    let found = |rules: &[&str], code: i32| {
        let asked = rules.iter().flat_map(|rule| ["--rule", rule]);
        let arguments: Vec<&str> = ["check", "--format", "json"].into_iter().chain(asked).collect();
        let report = project.run(&arguments).ends_with(code).json();
        let codes =
            report["diagnostics"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap().into());
        codes.filter(|code: &String| !code.starts_with("config/")).collect::<BTreeSet<String>>()
    };
    let difference = "markdown/python-markdown-difference";
    assert!(!found(&[], 1).contains(difference));
    assert_eq!(found(&[difference], 0), BTreeSet::from([difference.to_owned()]));
    let both = BTreeSet::from([difference.to_owned(), "link/empty-alt".to_owned()]);
    assert_eq!(found(&[difference, "link/empty-alt"], 0), both);
    project.write("book.toml", "[check]\n\"link/empty-alt\" = \"off\"\n");
    assert!(!found(&[], 1).contains("link/empty-alt"));
    assert!(found(&["link/empty-alt"], 0).contains("link/empty-alt"));
}

#[test]
fn json_has_the_fields_that_are_documented() {
    let report = broken().run(&["check", "--format", "json"]).json();
    assert_eq!(keys(&report), BTreeSet::from(["version", "diagnostics", "summary"]));
    assert_eq!(report["version"], 1);
    let counts = ["errors", "warnings", "pages", "links", "anchors", "images", "diagrams", "playbooks", "milliseconds"];
    assert_eq!(keys(&report["summary"]), BTreeSet::from(counts));
    let findings = report["diagnostics"].as_array().unwrap();
    for finding in findings {
        let always = ["code", "severity", "message", "file", "line", "column", "end_line", "end_column", "related"];
        let missing: Vec<&str> = always.into_iter().filter(|key| finding.get(key).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?} in {finding}");
        let sometimes = ["help", "fix"];
        let surplus: Vec<&str> =
            keys(finding).into_iter().filter(|key| !always.contains(key) && !sometimes.contains(key)).collect();
        assert!(surplus.is_empty(), "{surplus:?} in {finding}");
    }
    let severities: BTreeSet<&str> = findings.iter().filter_map(|finding| finding["severity"].as_str()).collect();
    assert_eq!(severities, BTreeSet::from(["error", "warning", "info"]));
    let of = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    assert_eq!((report["summary"]["errors"].as_u64(), of("error")), (Some(4), 4));
    assert_eq!(report["summary"]["warnings"].as_u64(), Some(of("warning") as u64));
}

#[test]
fn findings_are_sorted_by_file_line_and_column() {
    let report = broken().run(&["check", "--format", "json"]).json();
    let places: Vec<(&str, u64, u64)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let number = |key: &str| finding[key].as_u64().unwrap();
            (finding["file"].as_str().unwrap(), number("line"), number("column"))
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let files: BTreeSet<&str> = places.iter().map(|place| place.0).collect();
    assert_eq!(files, BTreeSet::from(["book.toml", "content/a/page.md", "content/index.md", "playbooks/recruit.yaml"]));
}

#[test]
fn columns_count_characters_and_the_end_is_behind_the_last() {
    let report = broken().run(&["check", "--format", "json"]).json();
    let findings = report["diagnostics"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["file"] == "content/a/page.md").unwrap();
    // `Der Weg → [zurück](` has nineteen characters and twenty-two bytes.
    let place = ["line", "column", "end_line", "end_column"].map(|key| found[key].as_u64().unwrap());
    assert_eq!(place, [3, 20, 3, 32]);
}

#[test]
fn paths_are_shown_from_the_projects_folder() {
    let project = Project::new(&[
        ("handbook/book.toml", "[[mount]]\nfrom = \"START.md\"\nto = \"START.md\"\n"),
        ("handbook/content/index.md", "# Home\n\n[a](a.md)\n"),
        ("START.md", "# Start\n\n[b](b.md)\n"),
    ]);
    let report = project.run(&["check", "--format", "json", "handbook"]).ends_with(1).json();
    let files: BTreeSet<&str> =
        report["diagnostics"].as_array().unwrap().iter().filter_map(|finding| finding["file"].as_str()).collect();
    assert_eq!(files, BTreeSet::from(["START.md", "content/index.md"]));
}

#[test]
fn pull_requests_are_annotated() {
    let run = broken().run(&["check", "--format", "github"]).ends_with(1);
    let run = run.prints("::error file=content/a/page.md,line=3,endLine=3,col=20,endColumn=32,title=link/not-found::");
    let (annotations, summary): (Vec<&str>, Vec<&str>) = run.stdout.lines().partition(|line| line.starts_with("::"));
    assert!(annotations.iter().any(|line| line.starts_with("::warning file=")), "{annotations:?}");
    assert_eq!(summary.len(), 1, "{summary:?}");
}

#[test]
fn findings_for_people_are_data_and_go_to_stdout_without_colours() {
    let run = broken().run(&["check", "--rule", "link/not-found"]);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    let line = run.stdout.lines().skip_while(|line| !line.contains("zurück")).take(2).collect::<Vec<_>>();
    let carets = line[1].find('^').unwrap();
    // Carets are set below characters, not bytes.
    let above: String = line[0].chars().skip(carets).take(12).collect();
    assert_eq!(above, "../indeks.md");
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let project = Project::good();
    let links: String = (0..3000).map(|n| format!("[a](missing-{n}.md)\n\n")).collect();
    project.write("content/index.md", format!("# Partners\n\n{links}"));
    let mut child = program()
        .args(["check", "--format", "json"])
        .arg(project.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let run = ended(&child.wait_with_output().unwrap()).ends_with(1);
    assert_eq!(run.stderr, "");
}

#[test]
fn people_and_editors_see_paths_from_the_folder_they_are_in() {
    let project = Project::new(&[
        ("docs/site/book.toml", "[[mount]]\nfrom = \"START.md\"\nto = \"START.md\"\n"),
        ("docs/site/content/index.md", "# Home\n\n[a](a.md)\n"),
        ("START.md", "# Start\n\n[b](b.md)\n"),
    ]);
    let from = |folder: &str, arguments: &[&str]| super::program::run_in(&project.path(folder), arguments);
    from(".", &["check", "docs/site"]).prints("--> docs/site/content/index.md:3:5").prints("--> START.md:3:5");
    from("docs", &["check", "site"]).prints("--> site/content/index.md:3:5").prints("--> ../START.md:3:5");
    from("docs/site/content", &["check", ".."]).prints("--> index.md:3:5").prints("--> ../../../START.md:3:5");
    from(".", &["build", "docs/site"]).says("--> docs/site/content/index.md:3:5");
    let short = from(".", &["check", "docs/site", "--format", "short", "--rule", "link/not-found"]);
    let lines = "START.md:3:5: error: file not found: `b.md` [link/not-found]\n\
                 docs/site/content/index.md:3:5: error: file not found: `a.md` [link/not-found]\n";
    assert_eq!(short.stdout, lines);
}

#[test]
fn a_thousand_findings_are_told_in_forty_lines_and_all_of_them_on_request() {
    let project = Project::good();
    let links: String = (0..1000).map(|n| format!("[a](missing-{}.md) [b](Legal/nda.md)\n\n", n % 300)).collect();
    project.write("content/index.md", format!("# Partners\n\n{links}"));
    let brief = project.run(&["check"]).ends_with(1);
    assert!(brief.stdout.lines().count() <= 40, "{}", brief.stdout);
    brief
        .prints("error[link/not-found]: 1000 findings in 1 file, such as:")
        .prints("1000 links lead to `content/legal/nda.md`")
        .prints("1000 findings can be fixed safely: run `partner-docs check --fix`");
    let full = project.run(&["check", "-v"]).ends_with(1);
    assert_eq!(full.stdout.matches("error[link/not-found]: file not found").count(), 1000);
}

#[test]
fn a_build_annotates_a_pull_request_as_a_check_does() {
    let project = broken();
    let annotations = |run: super::program::Run| {
        run.stdout.lines().filter(|line| line.starts_with("::")).map(str::to_owned).collect::<Vec<_>>()
    };
    let checked = annotations(project.run(&["check", "--format", "github"]).ends_with(1));
    let built = annotations(project.run(&["build", "--format", "github"]).ends_with(1));
    assert!(checked.len() > 3 && checked == built, "{built:?}");
}
