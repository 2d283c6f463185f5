//! Documents to print: of small sites, of the documentation of real teams, and of a large site.
//! In: projects. Out: what is in their documents, and which documents there are.
//! Never knows: how documents are made.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use partner_docs::pipeline::{DirtySet, Drafts, LiveSite, Lookup, Session};
use partner_docs::project::MemoryFileSystem;
use partner_docs::source::SourcePath;
use partner_docs::url::SitePath;
use support::crawl::{attributes, dead_links};
use support::site::{Built, folder, inline, real};

const PROJECT: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Acme <Partners>\"\n[output.html]\nsite-url = \"https://acme.example/docs/\"\n"),
    (
        "content/SUMMARY.md",
        "# Summary\n\n[Home](index.md)\n\n# Legal & more\n\n- [NDA](legal/nda.md)\n  - [MSA](legal/msa.md)\n\n\
         # Sales\n\n- [Pitch](sales/pitch.md)\n- [Prices](sales/prices.md)\n",
    ),
    ("content/index.md", "# Home\n\n[terms](legal/nda.md#term), [not in the outline](apart.md#x)\n"),
    (
        "content/legal/nda.md",
        "# NDA\n\n## Term\n\nTwo years.[^1] ![seal](../seal.svg) [prices](../sales/prices.md) [above](#term)\n\n[^1]: Or three.\n\n\
         ??? note \"Small print\"\n    Read it.\n\n=== \"We\"\n    Sign.\n\n=== \"They\"\n    Sign as well.\n",
    ),
    (
        "content/legal/msa.md",
        "# MSA\n\n## Term\n\n[^1] <details name=\"x\"><summary>A</summary>B</details>\n\n[^1]: Later.\n",
    ),
    ("content/sales/pitch.md", "# Pitch\n\n[NDA](../legal/nda.md)\n"),
    ("content/sales/prices.md", "# Prices\n\n## Term\n"),
    ("content/apart.md", "# Apart\n\n## X\n"),
    ("content/seal.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    (
        "playbooks/recruit.yaml",
        "name: Recruit\nsteps:\n  - name: Sign\n    template: content/legal/nda.md\n  - name: Meet\n  - name: Sell\n    \
         template: content/sales/pitch.md\n  - name: Sign again\n    template: content/legal/nda.md\n",
    ),
];

fn documents(built: &Built) -> Vec<&str> {
    built.paths().into_iter().filter(|path| path.starts_with("print/")).collect()
}

/// A chapter of a document, by its number from 1.
fn chapter(document: &str, number: usize) -> &str {
    let start = document.find(&format!("<article class=\"prose chapter\" id=\"d{number}\">")).expect("a chapter");
    &document[start..start + document[start..].find("</article>").expect("its end")]
}

#[test]
fn there_is_one_of_the_site_of_each_part_and_of_each_playbook() {
    let built = inline(PROJECT);
    assert_eq!(
        documents(&built),
        [
            "print/index.html",
            "print/legal--more/index.html",
            "print/playbooks/index.html",
            "print/playbooks/recruit/index.html",
            "print/sales/index.html"
        ]
    );
    // Each page leads to the smallest document that is about it.
    for (page, link) in [
        ("index.html", "href=\"print/\">"),
        ("legal/msa/index.html", "href=\"../../print/legal--more/\">"),
        ("playbooks/recruit/index.html", "href=\"../../print/playbooks/recruit/\">"),
    ] {
        assert!(built.text(page).contains(link), "{link} on {page}");
    }
    assert!(!built.text("apart/index.html").contains("print/"), "a page that is in no document names none");
    let others = ["sitemap.xml", "manifest.json", "search/index.html"].map(|path| built.text(path).contains("print/"));
    assert_eq!(others, [false; 3], "documents are nothing to find");
    assert_eq!(built.found, ["nav/orphan content/apart.md:1"]);
}

#[test]
fn chapters_stand_in_the_order_of_the_outline_below_their_parts() {
    let built = inline(PROJECT);
    let whole = built.text("print/index.html");
    assert!(whole.contains("<h1>Acme &lt;Partners&gt;</h1>") && whole.contains("content=\"noindex\""), "{whole}");
    // The style sheet of documents takes the line in the page's margin from here.
    assert!(whole.contains(" data-running=\"Acme &lt;Partners&gt;\""), "{whole}");
    let css = built.files.iter().find(|file| file.path.starts_with("assets/print.")).expect("a style sheet");
    let css = String::from_utf8_lossy(&css.bytes);
    assert!(css.contains("--running: attr(data-running)") && css.contains("content: var(--running)"), "{css}");
    let titles: Vec<&str> =
        whole.split("<h").skip(1).filter_map(|rest| rest.split(" <a class=\"anchor\"").next()).collect();
    let titles: Vec<&str> = titles.iter().filter_map(|title| title.split("</h").next()).collect();
    let expected = [
        "1>Acme &lt;Partners&gt;",
        "2 id=\"contents\">Contents",
        "3 id=\"d1-home\">Home",
        "2>Legal &amp; more",
        "3 id=\"d2-nda\">NDA",
        "4 id=\"d2-term\">Term",
        "3 id=\"d3-msa\">MSA",
        "4 id=\"d3-term\">Term",
        "2>Sales",
        "3 id=\"d4-pitch\">Pitch",
        "3 id=\"d5-prices\">Prices",
        "4 id=\"d5-term\">Term",
    ];
    let headings: Vec<&str> =
        titles.into_iter().filter(|title| title.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(expected.iter().all(|title| headings.contains(title)), "{headings:#?}");
    for line in
        ["<li><a href=\"#part-1\">Legal &amp; more</a><ul><li><a href=\"#d2\">NDA</a>", "<a href=\"#d3\">MSA</a>"]
    {
        assert!(whole.contains(line), "{line} in {whole}");
    }
}

#[test]
fn links_stay_inside_where_they_can_and_lead_to_the_site_where_they_cannot() {
    let built = inline(PROJECT);
    let whole = built.text("print/index.html");
    let home = chapter(whole, 1);
    assert!(home.contains("<a href=\"#d2-term\">terms</a>"), "{home}");
    assert!(home.contains("<a href=\"https://acme.example/docs/apart/#x\">"), "{home}");
    let nda = chapter(whole, 2);
    for part in [
        "href=\"#d5\">prices",
        "href=\"#d2-term\">above",
        "src=\"../seal.svg\"",
        "id=\"d2-fnref-1\"",
        "href=\"#d2-fn-1\"",
    ] {
        assert!(nda.contains(part), "{part} in {nda}");
    }
    let part = built.text("print/legal--more/index.html");
    assert!(chapter(part, 1).contains("href=\"https://acme.example/docs/sales/prices/\">prices"), "{part}");
    assert!(chapter(part, 1).contains("src=\"../../seal.svg\""), "{part}");
}

#[test]
fn nothing_is_folded() {
    let built = inline(PROJECT);
    let whole = built.text("print/index.html");
    assert_eq!(whole.matches("<details").count(), 2);
    assert!(chapter(whole, 3).contains("<details open>"), "details of one name would close one another: {whole}");
    assert!(whole.matches("<details").count() == whole.matches(" open>").count(), "{whole}");
    for tab in ["Sign.", "Sign as well.", "<p class=\"tab-label\">We</p>", "<p class=\"tab-label\">They</p>"] {
        assert!(whole.contains(tab), "{tab} in {whole}");
    }
}

#[test]
fn a_playbook_comes_with_each_of_its_templates_once() {
    let built = inline(PROJECT);
    let playbook = built.text("print/playbooks/recruit/index.html");
    let chapters: Vec<&str> =
        playbook.split("<article").skip(1).filter_map(|rest| rest.split("</h2>").next()).collect();
    assert_eq!(chapters.len(), 3, "{playbook}");
    assert!(
        chapters[0].contains("Recruit") && chapters[1].contains("NDA") && chapters[2].contains("Pitch"),
        "{chapters:?}"
    );
    let first = chapter(playbook, 1);
    assert!(first.contains("<li id=\"d1-sign\">") && first.contains("<a href=\"#d2\">"), "{first}");
}

#[test]
fn a_page_or_a_redirect_at_an_address_stays_there() {
    let mine = "# My own page\n";
    let redirect = "[output.html.redirect]\n\"/print/sales/\" = \"/sales/pitch/\"\n";
    let settings = format!("{}{redirect}", PROJECT[0].1);
    let mut files: Vec<(&str, &str)> = PROJECT[1..].to_vec();
    files.extend([("book.toml", settings.as_str()), ("content/print.md", mine)]);
    let built = inline(&files);
    assert!(built.text("print/index.html").contains("My own page"));
    assert!(built.text("print/sales/index.html").contains("This page has moved"));
    assert!(!built.text("sales/pitch/index.html").contains("print/sales/"), "there is no such document");
}

#[test]
fn who_wants_none_gets_none_and_a_large_site_must_ask() {
    let off = format!("{}[output.html.print]\nenable = false\n", PROJECT[0].1);
    let mut files = PROJECT[1..].to_vec();
    files.push(("book.toml", &off));
    let built = inline(&files);
    assert_eq!(documents(&built), Vec::<&str>::new());
    assert!(!built.text("index.html").contains("print/"));

    let pages: Vec<(String, String)> =
        (0..1200).map(|n| (format!("content/{}/page-{n}.md", n % 3), format!("# Page {n}\n"))).collect();
    let mut files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(documents(&inline(&files)), Vec::<&str>::new(), "more than a thousand pages, and nobody asked");
    files.push(("book.toml", "[output.html.print]\nenable = true\n"));
    let asked = inline(&files);
    assert_eq!(documents(&asked), ["print/0/index.html", "print/1/index.html", "print/2/index.html"], "but no giant");
}

#[test]
fn a_theme_changes_documents_by_their_blocks() {
    let cover = "{% extends \"default/print.html\" %}{% block cover %}<h1>{{ document.title | upper }}</h1>{% endblock cover %}";
    let chapter = "{{ page.title }}: {{ page.content | safe }}";
    let mut files = PROJECT.to_vec();
    files.extend([("theme/templates/print.html", cover), ("theme/templates/partials/chapter.html", chapter)]);
    let built = inline(&files);
    let sales = built.text("print/sales/index.html");
    assert!(sales.contains("<h1>SALES</h1>") && sales.contains("\nPitch: "), "{sales}");
}

#[test]
fn a_document_is_served_as_it_is_built_and_made_again_when_a_page_in_it_changes() {
    let mut session = Session::new(MemoryFileSystem::new(PROJECT.iter().copied()), Drafts::Hidden);
    let version = LiveSite::new(session.link().expect("a project"));
    let ask = |version: &LiveSite, path: &str| version.at(path, &MemoryFileSystem::new(PROJECT.iter().copied()));
    assert_eq!(ask(&version, "/print/sales"), Lookup::Elsewhere(SitePath::new("/print/sales/")));
    let documents = ["/print/sales/", "/print/legal--more/"];
    for document in documents {
        let Lookup::Page { bytes: Some(bytes), .. } = ask(&version, document) else { panic!("no {document}") };
        assert_eq!(String::from_utf8_lossy(&bytes), inline(PROJECT).text(&format!("{}index.html", &document[1..])));
    }
    let mut files = PROJECT.to_vec();
    files[6] = ("content/sales/prices.md", "# Prices\n\n## Term\n\nHigher.\n");
    *session.disk_mut() = MemoryFileSystem::new(files);
    let touched = SourcePath::new("content/sales/prices.md").expect("a path");
    let followed = session.update(&DirtySet::Paths([touched].into())).expect("a project").expect("a change");
    version.take_rendered();
    let version = version.after(followed);
    for document in documents {
        ask(&version, document);
    }
    let rendered: Vec<(String, Vec<String>)> =
        version.take_rendered().into_iter().map(|rendered| (rendered.address.to_string(), rendered.because)).collect();
    assert_eq!(rendered, [("/print/sales/".to_owned(), vec!["/sales/prices/".to_owned()])]);
}

/// Every fault of a document: ids twice, references that lead nowhere inside, what is folded.
fn faults(path: &str, html: &str) -> Vec<String> {
    let attributes = attributes(html);
    let mut seen = BTreeMap::<&str, usize>::new();
    for (_, id) in attributes.iter().filter(|(name, _)| name == "id") {
        *seen.entry(id).or_default() += 1;
    }
    let twice = seen.iter().filter(|(_, count)| **count > 1).map(|(id, _)| format!("{path}: id `{id}` twice"));
    let references = ["for", "aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "headers"];
    let named = attributes.iter().filter(|(name, _)| references.contains(&name.as_str()));
    let named = named.flat_map(|(_, ids)| ids.split_whitespace().map(str::to_owned));
    let urls = attributes.iter().flat_map(|(_, value)| value.split("url(#").skip(1));
    let urls = urls.filter_map(|rest| rest.split(')').next()).map(str::to_owned);
    let lost = named.chain(urls).filter(|id| !seen.contains_key(id.as_str())).map(|id| format!("{path}: no `{id}`"));
    let folded =
        html.split("<details").skip(1).filter(|rest| !rest.split('>').next().unwrap_or_default().contains(" open"));
    twice.chain(lost).chain(folded.map(|_| format!("{path}: something is folded"))).collect()
}

#[test]
fn in_the_documents_of_real_teams_every_id_is_there_once_and_every_link_leads_somewhere() {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
    for site in [Some(own), real("partneros"), real("accelerator")].into_iter().flatten() {
        let built = folder(&site);
        let documents: Vec<_> = built.files.iter().filter(|file| file.path.starts_with("print/")).collect();
        assert!(documents.len() > 3, "{}: {}", site.display(), documents.len());
        for document in &documents {
            let html = std::str::from_utf8(&document.bytes).expect("a document is UTF-8");
            assert_eq!(faults(&document.path, html), Vec::<String>::new());
            assert!(html.matches("<article").count() > 1 && html.matches("href=\"#d").count() > 2, "{}", document.path);
        }
        let dead: BTreeSet<String> =
            dead_links(&built.files).into_iter().filter(|link| link.starts_with("print/")).collect();
        assert_eq!(dead, BTreeSet::new());
    }
}
