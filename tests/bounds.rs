//! What a few bytes can make of a project: bounds that count, and the finding that says so.
//! In: projects made here that go beyond a bound. Out: nothing, or a bound that does not hold or is silent.

mod support;

use std::ops::Range;

use partner_docs::diagnostic::Diagnostic;
use partner_docs::pipeline::{BuiltSite, Drafts, Session};
use partner_docs::project::MemoryFileSystem;
use partner_docs::source::SourcePath;
use support::crawl::dead_links;
use support::site::{Built, inline};

/// Findings that are not of these rules.
fn found_besides<'b>(built: &'b Built, rules: &[&str]) -> Vec<&'b str> {
    let is_other = |finding: &&str| !rules.iter().any(|rule| finding.starts_with(rule));
    built.found.iter().map(String::as_str).filter(is_other).collect()
}

#[test]
fn a_file_that_is_too_large_costs_itself_alone() {
    let large = "x".repeat((16 << 20) + 1);
    let page = "x".repeat((4 << 20) + 1);
    let files = [
        ("book.toml", "[output.html]\ntheme = \"theme\"\n"),
        ("content/index.md", "# Home\n\n{{#include ../large.txt}}\n\n[a](page.html#x)\n"),
        ("content/film.mp4", &large),
        ("content/large.md", &page),
        ("content/page.html", &large),
        ("large.txt", &large),
        ("playbooks/recruit.yaml", &page),
        ("theme/templates/page.html", &large),
    ];
    let mut session = Session::new(MemoryFileSystem::new(files), Drafts::Hidden);
    let linked = session.link().unwrap_or_else(|error| panic!("{error}"));
    let found: Vec<&str> = linked.found.iter().map(|finding| finding.rule.code).collect();
    let found_in = |finding: &Diagnostic| session.sources().shown(finding.span.source).to_owned();
    let unread = linked.found.iter().filter(|finding| finding.rule.code == "source/not-readable").map(found_in);
    let unread: Vec<String> = unread.collect();
    let expected = ["content/large.md", "content/page.html", "playbooks/recruit.yaml", "theme/templates/page.html"];
    assert_eq!(unread, expected, "{found:?}");
    assert_eq!(found.iter().filter(|code| **code == "include/too-much").count(), 1, "{found:?}");
    let published = session.publish(&linked);
    assert!(published.files.iter().any(|file| file.path == "index.html"));
    assert!(published.copies.iter().any(|copy| copy.path == "film.mp4"));
}

#[test]
fn variables_add_so_much_to_a_page_and_no_more() {
    let settings = format!("[variables]\nterms = \"{}\"\n", "word ".repeat(20_000));
    let text = format!("# Home\n\n{}", "{{ terms }}\n".repeat(2_000));
    let built = inline(&[("book.toml", &settings), ("content/index.md", &text)]);
    assert_eq!(built.found, ["variable/too-much content/index.md:44"]);
    let page = built.text("index.html");
    assert!(page.len() < 5 << 20, "{}", page.len());
    assert_eq!(page.matches("{{ terms }}").count(), 2_000 - 41, "names beyond the bound stay as they are");
}

#[test]
fn variables_add_so_much_to_a_site_and_no_more() {
    let settings = format!("[variables]\nterms = \"{}\"\n", "word ".repeat(20_000));
    let text = format!("# Page\n\n{}", "{{ terms }}\n".repeat(41));
    let mut files = vec![("book.toml".to_owned(), settings), ("content/index.md".to_owned(), "# Home\n".to_owned())];
    files.extend((0..10).map(|number| (format!("content/p{number}.md"), text.clone())));
    let disk = MemoryFileSystem::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut session = Session::new(disk, Drafts::Hidden);
    let size = |linked: &BuiltSite, page: usize| {
        let path = SourcePath::new(&format!("content/p{page}.md")).expect("a path in the repository");
        let page = linked.site.page_from(&path).map(|id| linked.site.page(id));
        page.and_then(|page| page.markdown()).map_or(0, |page| page.document.html.len())
    };
    let linked = session.link().unwrap_or_else(|error| panic!("{error}"));
    assert!(size(&linked, 7) > 4_000_000 && size(&linked, 8) < 2_000 && size(&linked, 9) < 2_000);
    let said =
        |linked: &BuiltSite| linked.found.iter().filter(|finding| finding.rule.code == "variable/too-much").count();
    assert_eq!(said(&linked), 2);
    // Where an earlier page needs less, the next one has room.
    session.disk_mut().write("content/p3.md", "# Page\n");
    let linked = session.link().unwrap_or_else(|error| panic!("{error}"));
    assert!(size(&linked, 8) > 4_000_000 && size(&linked, 9) < 2_000);
    assert_eq!(said(&linked), 1);
}

#[test]
fn names_and_what_asks_for_them_cost_their_sum() {
    // Each with each, these would be compared millions of times.
    let many = 4_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..many).map(line).collect::<String>();
    let placeholders = lines(&|at| format!("name_{at} = \"[Name {at}]\"\n"));
    let settings = format!(
        "[variables]\n{}[templates.placeholders]\n{placeholders}[output.html.redirect]\n{}",
        lines(&|at| format!("value_{at} = \"x\"\n")),
        lines(&|at| format!("\"/old-{at}/\" = \"/old-{}/\"\n", (at + 1) % many)),
    );
    let letter = format!(
        "---\nplaceholders: [other]\n---\n# Letter\n\n{}",
        lines(&|at| format!("[name {at}] [Nam {at}] {{{{ vale_{at} }}}}\n\n"))
    );
    let built = inline(&[("book.toml", &settings), ("content/index.md", "# Home\n"), ("content/letter.md", &letter)]);
    let found = |code: &str| built.found.iter().filter(|found| found.starts_with(code)).count();
    assert_eq!((found("variable/undefined"), found("redirect/loop")), (many, 1));
    assert_eq!(built.text("letter/index.html").matches("class=\"placeholder\"").count(), many);
}

#[test]
fn variables_add_so_much_to_all_texts_of_a_playbook_together() {
    let settings = format!("[variables]\nterms = \"{}\"\n[playbooks]\ndir = \"playbooks\"\n", "word ".repeat(20_000));
    let steps: String = (0..100)
        .map(|step| {
            format!(
                "  - name: Step {step}\n    prompt: \"{{{{ terms }}}}\"\n    checklist:\n      - \"{{{{ terms }}}}\"\n"
            )
        })
        .collect();
    let playbook = format!("name: Recruit\nsteps:\n{steps}");
    let built =
        inline(&[("book.toml", &settings), ("content/index.md", "# Home\n"), ("playbooks/recruit.yaml", &playbook)]);
    assert_eq!(found_besides(&built, &["variable/too-much"]), [""; 0]);
    assert!(!built.found.is_empty());
    assert!(built.text("playbooks/recruit/index.html").len() < 10 << 20);
}

/// A site of so many pages in one folder, or in the source folder itself.
fn flat(pages: usize, folder: &str, settings: &str) -> Built {
    let texts = (0..pages).map(|page| (format!("content/{folder}p{page:04}.md"), format!("# Partner {page:04}\n")));
    let mut files: Vec<(String, String)> = texts.collect();
    files.push(("book.toml".to_owned(), format!("[output.html.print]\nenable = false\n{settings}")));
    files.push(("content/index.md".to_owned(), "# Home\n".to_owned()));
    inline(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// The numbers of the pages that a page's navigation lists, and what stands for others.
fn listed(built: &Built, path: &str) -> (Vec<usize>, Vec<String>) {
    let html = built.text(path);
    let nav =
        html.split_once("class=\"nav-tree\"").map_or("", |(_, rest)| rest.split("</nav>").next().unwrap_or_default());
    let names = nav.split("</a>").filter_map(|link| link.rsplit_once('>')).map(|(_, name)| name);
    let number = |name: &str| name.strip_prefix("Partner ")?.parse().ok();
    let left_out = names.clone().filter(|name| name.ends_with(" more")).map(str::to_owned);
    (names.clone().filter_map(number).collect(), left_out.collect())
}

fn with_ends(shown: Range<usize>, last: usize) -> Vec<usize> {
    std::iter::once(0).chain(shown).chain([last]).collect()
}

#[test]
fn a_page_carries_no_more_of_a_folder_of_many_pages_than_of_some() {
    for folder in ["partners/", ""] {
        let (some, many) = (flat(150, folder, ""), flat(400, folder, ""));
        let page = format!("{folder}p0075/index.html");
        let (in_some, in_many) = (some.text(&page).len(), many.text(&page).len());
        assert!(in_many <= in_some + 20, "{in_some} bytes, then {in_many}");
        let (names, left_out) = listed(&many, &page);
        // Home stands before the pages of the source folder.
        let shown = if folder.is_empty() { 39..99 } else { 40..100 };
        assert!(shown.clone().all(|page| names.contains(&page)), "{names:?}");
        assert_eq!((names.len(), names.last()), (if folder.is_empty() { 61 } else { 62 }, Some(&399)));
        assert_eq!(left_out, if folder.is_empty() { ["39 more", "300 more"] } else { ["39 more", "299 more"] });
        assert!(many.text(&page).contains("Partner 0074</a>") && many.text(&page).contains("Partner 0076</a>"));
        assert_eq!(dead_links(&many.files), [].into());
    }
}

#[test]
fn the_ends_of_a_long_folder_lead_on_too() {
    let built = flat(300, "partners/", "");
    assert_eq!(listed(&built, "partners/p0000/index.html").0, with_ends(1..40, 299));
    assert_eq!(listed(&built, "partners/p0299/index.html").0, with_ends(260..299, 299));
    let nav = built.text("partners/p0150/index.html");
    assert!(nav.contains("<a href=\"../../search/#section-2\" class=\"nav-left-out\">119 more</a>"), "{nav}");
    assert!(built.text("search/index.html").contains("<li id=\"section-2\">"));
    // Where no page lists them all, the nearest one shows those around it.
    let built = flat(300, "partners/", "[output.html.search]\nenable = false\n");
    let nav = built.text("partners/p0150/index.html");
    assert!(nav.contains("partners/p0119/\" class=\"nav-left-out\">119 more</a>"), "{nav}");
    assert!(nav.contains("partners/p0180/\" class=\"nav-left-out\">119 more</a>"), "{nav}");
    // A folder of as many as a menu may hold is shown whole.
    assert_eq!(listed(&flat(100, "partners/", ""), "partners/p0050/index.html").0.len(), 100);
}
