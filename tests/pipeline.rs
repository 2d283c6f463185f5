//! What holds for every build: the same bytes whatever the threads, the order of files and the folder; one edit costs
//! one page; and a plain mdBook project is a project.

mod support;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use partner_docs::pipeline::{BuildStage, Drafts, Progress, Session};
use partner_docs::project::MemoryFileSystem;
use partner_docs::render::SiteFile;
use support::crawl::dead_links;
use support::site::{build, folder, inline, real, with_copies};

/// A small site with everything that could come in another order: pages, playbooks, assets, a map.
const SITE: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n"),
    ("content/index.md", "# Home\n\n[Recruit](playbooks/recruit/), [NDA](legal/nda.md#term), ![Our logo](logo.svg)\n"),
    ("content/legal/nda.md", "---\ntags: [legal, nda]\n---\n# NDA\n\n## Term\n\n```rust\nfn main() {}\n```\n"),
    ("content/legal/index.md", "# Legal\n"),
    ("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    (
        "content/map.md",
        "# Map\n\n```mermaid\nflowchart LR\nsubgraph A[We]\na[Scope]\nend\nsubgraph B[They]\nb[Sign]\nend\n\
         a --> b\nclick b \"../legal/nda/\"\n```\n",
    ),
    (
        "playbooks/recruit.yaml",
        "name: Recruit\nsteps:\n  - name: Sign\n    template: legal/nda.md\nnext_playbook: qbr\n",
    ),
    ("playbooks/qbr.yaml", "name: QBR\nsteps:\n  - name: Review\n    template: legal/nda.md\n"),
];

fn with_threads(threads: usize, make: impl FnOnce() -> Vec<SiteFile> + Send) -> Vec<SiteFile> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
    pool.install(make)
}

#[test]
fn the_same_bytes_for_any_number_of_threads_and_any_order_of_files() {
    let one = with_threads(1, || inline(SITE).files);
    let many = with_threads(8, || inline(SITE).files);
    let backwards: Vec<(&str, &str)> = SITE.iter().rev().copied().collect();
    let turned = inline(&backwards).files;
    assert_eq!(one, many);
    assert_eq!(one, turned);
}

#[test]
fn the_real_sites_have_the_same_bytes_for_one_thread_and_two() {
    for name in ["accelerator", "partneros"] {
        let Some(project) = real(name) else { return };
        let one = with_threads(1, || folder(&project).files);
        let two = with_threads(2, || folder(&project).files);
        assert!(one == two, "{name} depends on the number of threads");
    }
}

#[test]
fn a_query_in_a_link_is_kept_on_the_way() {
    let text = "# Home\n\n## Fees\n\n[a](?q=nda) [b](index.md?q=nda) [c](legal/nda.md?q=exit%20term#term) [d](legal/nda/?q=a&amp;b=c) \
                [e](logo.svg?v=2) [f][] <a href=\"legal/nda/?q=html#term\">g</a> [h](?q=fees#fees) [i](legal/nda.md?#term)\n\n\
                [f]: legal/nda.md?q=def\n";
    for style in ["directory", "file"] {
        let settings = format!("[output.html]\nurl-style = \"{style}\"\n");
        let (own, nda) = if style == "directory" { ("./", "legal/nda/") } else { ("index.html", "legal/nda.html") };
        let files = [
            ("book.toml", settings.as_str()),
            ("content/index.md", text),
            ("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("content/legal/nda.md", "# NDA\n\n## Term\n\n[Home](../index.md?q=nda)\n"),
        ];
        let built = inline(&files);
        assert_eq!(built.found, [""; 0]);
        let html = built.text("index.html");
        for expected in [
            &format!("\"{own}?q=nda\">a<"),
            &format!("\"{own}?q=nda\">b<"),
            &format!("\"{nda}?q=exit%20term#term\">c<"),
            &format!("\"{nda}?q=a&amp;b=c\">d<"),
            "\"logo.svg?v=2\">e<",
            &format!("\"{nda}?q=def\">f<"),
            &format!("\"{nda}?q=html#term\">g<"),
            "\"?q=fees#fees\">h<",
            &format!("\"{nda}#term\">i<"),
        ] {
            assert!(html.contains(expected), "{expected} in {html}");
        }
    }
}

#[test]
fn old_addresses_lead_on_and_never_replace_a_page() {
    let site = inline(&[
        ("book.toml", "[output.html.redirect]\n\"/start\" = \"/legal/nda.html#term\"\n\"/legal/nda/\" = \"/\"\n"),
        ("content/index.md", "# Home\n"),
        ("content/legal/nda.md", "---\nredirect_from: [/nda/, /start/]\n---\n# NDA\n\n## Term\n"),
    ]);
    assert!(site.text("nda/index.html").contains("url=../legal/nda/\""), "{}", site.text("nda/index.html"));
    assert!(site.text("start/index.html").contains("url=../legal/nda/#term\""), "{}", site.text("start/index.html"));
    assert!(site.text("legal/nda/index.html").contains("<h1"));
    assert_eq!(site.found, ["url/duplicate book.toml:3"]);
    assert!(dead_links(&site.files).is_empty());
}

#[test]
fn the_lines_of_the_theme_are_markdown_with_addresses_of_their_own_on_each_page() {
    let lines = "[theme]\nfooter = \"**Acme** & [the NDA](legal/nda.md#term)\"\nannouncement = \"New: [x](https://x.example)\"\n";
    let nda = ("content/legal/nda.md", "# NDA\n\n## Term\n");
    let site = inline(&[("book.toml", lines), ("content/index.md", "# Home\n"), nda]);
    assert!(
        site.text("index.html").contains("<p><strong>Acme</strong> &amp; <a href=\"legal/nda/#term\">the NDA</a></p>")
    );
    assert!(site.text("legal/nda/index.html").contains("<a href=\"#term\">the NDA</a>"));
    assert!(site.text("index.html").contains(">New: <a href=\"https://x.example\">x</a></aside>"));
    assert_eq!(site.found, [""; 0]);
}

#[test]
fn a_link_to_a_draft_says_that_it_is_one() {
    let files =
        [("book.toml", ""), ("content/index.md", "[NDA](nda/)\n"), ("content/nda.md", "---\ndraft: true\n---\n")];
    let linked = Session::new(MemoryFileSystem::new(files), Drafts::Hidden).link().expect("a project");
    let help = linked.found[0].help.as_deref().unwrap_or_default();
    assert!(help.starts_with("the page is a draft"), "{help}");
    assert_eq!(Session::new(MemoryFileSystem::new(files), Drafts::Shown).link().expect("a project").found, []);
}

#[test]
fn one_edit_compiles_one_page_and_no_edit_none() {
    let mut session = Session::new(MemoryFileSystem::new(SITE.iter().copied()), Drafts::Hidden);
    let compiled = |session: &mut Session<MemoryFileSystem>| session.link().expect("a project").compiled;
    assert_eq!(compiled(&mut session), 4);
    assert_eq!(compiled(&mut session), 0);
    session.disk_mut().write("content/legal/nda.md", "# NDA\n\nLonger.\n");
    assert_eq!(compiled(&mut session), 1);
}

#[test]
fn a_build_tells_how_far_it_is() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let progress = Progress::new(move |stage| listener.lock().expect("no listener panics").push(stage));
    let mut session = Session::new(MemoryFileSystem::new(SITE.iter().copied()), Drafts::Hidden).telling(progress);
    let built = session.link().expect("it is a project");
    let pages = built.site.pages().count();
    let _ = session.publish(&built);
    let told = told.lock().expect("no listener panics");
    assert_eq!(told[..2], [BuildStage::Reading { done: 0, all: 4 }, BuildStage::Checking]);
    // In any order, since pages are rendered in parallel.
    let rendered: BTreeSet<usize> = told
        .iter()
        .filter_map(|stage| match stage {
            BuildStage::Rendering { done, all } if *all == pages => Some(*done),
            _ => None,
        })
        .collect();
    assert_eq!(rendered, (0..pages).collect());
}

#[test]
fn an_edited_session_is_what_a_new_one_would_be() {
    let mut edited = MemoryFileSystem::new(SITE.iter().copied());
    let mut session = Session::new(edited.clone(), Drafts::Hidden);
    session.link().expect("a project");
    for disk in [&mut edited, session.disk_mut()] {
        disk.write("content/legal/nda.md", "# Mutual NDA\n\n## Duration\n");
        disk.write("content/legal/msa.md", "# MSA\n");
        disk.remove("content/map.md");
    }
    let linked = session.link().expect("a project");
    let incremental = session.publish(&linked);
    let fresh = build(edited);
    assert_eq!(with_copies(incremental, &linked, session.disk()), fresh.files);
    assert_eq!(linked.found.len(), fresh.found.len());
}

#[test]
fn an_mdbook_project_builds_with_its_navigation_parts_and_drafts() {
    let built = inline(&[
        ("book.toml", "[book]\ntitle = \"A book\"\nauthors = [\"Ada\"]\n\n[output.html]\ndefault-theme = \"light\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Foreword](foreword.md)\n\n# Recruiting\n\n- [Find](find.md)\n    - [Score](find/score.md)\n\
             - [Renew]()\n\n---\n\n# Leaving\n\n- [Exit](exit.md)\n\n[Thanks](thanks.md)\n",
        ),
        ("src/foreword.md", "# Foreword\n"),
        ("src/find.md", "# Find\n"),
        ("src/find/score.md", "# Score\n\n[back](../find.md)\n"),
        ("src/exit.md", "# Exit\n"),
        ("src/thanks.md", "# Thanks\n"),
    ]);
    assert_eq!(built.found, [""; 0]);
    let score = built.text("find/score.html");
    for title in ["Recruiting", "Leaving", "Renew"] {
        assert!(score.contains(title), "{title} is not in the navigation");
    }
    let exit = built.text("exit.html");
    let place =
        |title: &str| exit.find(&format!("\">{title}</a>")).unwrap_or_else(|| panic!("{title} is out of reach"));
    let heading = exit.find("<p class=\"nav-part\">Leaving</p>").expect("a page names its part");
    assert!(place("Foreword") < heading, "what comes before all parts comes before each");
    assert!(heading < place("Thanks"), "and what comes after them, after each");
    assert!(!exit.contains("<ul></ul>"), "an empty list");
    let order = built
        .linked
        .site
        .pages()
        .filter_map(|(id, page)| Some((page.title.clone(), built.linked.site.nav.neighbours(id).1?)));
    let next: Vec<(String, String)> =
        order.map(|(title, next)| (title, built.linked.site.page(next).title.clone())).collect();
    let is_followed = |a: &str, b: &str| next.contains(&(a.to_owned(), b.to_owned()));
    assert!(is_followed("Foreword", "Find") && is_followed("Find", "Score") && is_followed("Score", "Exit"));
    assert!(is_followed("Exit", "Thanks"));
    assert!(dead_links(&built.files).is_empty(), "{:?}", dead_links(&built.files));
}

#[test]
fn a_site_has_no_dead_link_in_either_style_of_address() {
    assert!(dead_links(&inline(SITE).files).is_empty(), "{:?}", dead_links(&inline(SITE).files));
    let mut files = SITE.to_vec();
    files[0].1 =
        "[book]\ntitle = \"Partners\"\n[output.html]\nurl-style = \"file\"\n[playbooks]\ndir = \"playbooks\"\n";
    let built = inline(&files);
    assert!(built.paths().contains(&"legal/nda.html"), "{:?}", built.paths());
    // The map's click was written for addresses that are folders, and check says so; documents hold it as well.
    let dead: Vec<String> = dead_links(&built.files).into_iter().collect();
    assert_eq!(dead, ["map.html -> ../legal/nda/", "print.html -> ../legal/nda/"]);
    assert_eq!(built.found, ["diagram/click-not-found content/map.md:12"]);
}

#[test]
fn the_facts_that_readers_choose_by_come_first() {
    let built = inline(&[
        ("book.toml", "[playbooks]\ndir = \"playbooks\"\n"),
        ("content/nda.md", "---\nversion: 2\nowner: Legal\nregion: EMEA\ntier: Gold\n---\n# NDA\n"),
        ("playbooks/sign.yaml", "name: Sign\nsteps:\n  - name: Agree\n    template: nda.md\n"),
    ]);
    let page = built.text("nda/index.html");
    let place = |label: &str| page.find(&format!("<span>{label}</span>")).unwrap_or_else(|| panic!("no {label}"));
    assert!(["Tier", "Owner", "Version", "Region"].map(place).is_sorted());
}
