use super::archetype::{Archetype, PageKind};
use super::folder::{FoundFolder, company};
use super::*;
use crate::diagnostic::Rule;
use crate::project::settings::book_toml;
use crate::project::settings::keys::NamedValues;
use crate::source::{SourceId, Span};
use crate::yaml;

static NOT_YAML: Rule = Rule::error("test/syntax", "");

fn folder(names: &[&str], files: &[&str]) -> FoundFolder {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    FoundFolder { names: texts(names), files: texts(files), ..FoundFolder::default() }
}

fn choices(title: &str) -> StarterChoices {
    StarterChoices {
        title: title.to_owned(),
        site_url: None,
        repository_url: None,
        examples: Examples::Included,
        playbook_schema: String::new(),
    }
}

fn text<'a>(files: &'a [StarterFile], path: &str) -> &'a str {
    &files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text
}

#[test]
fn a_site_is_called_after_the_first_name_that_says_something() {
    let cases = [
        (&["acme-partners", "work"][..], "Acme Partners"),
        (&["docs", "acme_hub"], "Acme Hub"),
        (&["Docs", "site", ".partnerHub"], "PartnerHub"),
        (&["docs"], "Our Partners"),
        (&[], "Our Partners"),
    ];
    for (names, title) in cases {
        assert_eq!(folder(names, &[]).title(), title, "{names:?}");
    }
    for (title, name) in [
        ("Acme Partners", "Acme"),
        ("Acme", "Acme"),
        ("Contoso Partner Hub", "Contoso"),
        ("Partner Docs", "Our company"),
    ] {
        assert_eq!(company(title), name);
    }
}

#[test]
fn addresses_on_the_web_follow_from_those_for_git_and_never_hold_a_token() {
    let cases = [
        (
            "git@github.com:Acme/partners.git",
            "https://github.com/Acme/partners",
            Some("https://acme.github.io/partners/"),
        ),
        ("https://me:token@github.com/acme/hub", "https://github.com/acme/hub", Some("https://acme.github.io/hub/")),
        (
            "https://github.com/acme/acme.github.io.git",
            "https://github.com/acme/acme.github.io",
            Some("https://acme.github.io/"),
        ),
        (
            "git@gitlab.com:acme/emea/hub.git",
            "https://gitlab.com/acme/emea/hub",
            Some("https://acme.gitlab.io/emea/hub/"),
        ),
        ("ssh://git@code.acme.example:2222/p/q.git/", "https://code.acme.example/p/q", None),
        ("https://code.acme.example:8443/p/q", "https://code.acme.example:8443/p/q", None),
    ];
    for (remote, repository, site) in cases {
        let web = WebAddresses::of(remote).unwrap_or_else(|| panic!("{remote}"));
        assert_eq!((web.repository.as_str(), web.site.as_deref()), (repository, site), "{remote}");
    }
    let none = [
        "/srv/git/x.git",
        "../x",
        "file:///srv/x",
        r"C:\git\x",
        "C:/git/x",
        "host:x",
        "",
        "git@ssh.dev.azure.com:v3/a/b/c",
    ];
    for remote in none {
        assert_eq!(WebAddresses::of(remote), None, "{remote}");
    }
}

#[test]
fn pages_that_are_there_are_taken_in() {
    let cases = [
        (&["README.md", "LICENSE", "CHANGELOG.md"][..], "content", false),
        (&["docs/a.md", "README.md", "tests/b.md"], "docs", true),
        (&["manual/a.md", "src/main.rs"], "manual", true),
        (&["src/SUMMARY.md", "src/a.md"], "src", true),
        (&["src/notes.md", "examples/a/README.md"], "content", false),
        (&["intro.md"], ".", true),
        (&["guides/a.md", "legal/b.md"], ".", true),
        (&["content/a.md", "docs/b.md"], "content", true),
    ];
    for (files, expected, has_pages) in cases {
        let content = folder(&[], files).content();
        assert_eq!((content.folder.as_str(), content.has_pages), (expected, has_pages), "{files:?}");
    }
}

#[test]
fn a_start_page_is_written_only_where_there_is_none() {
    let with_readme = project(&folder(&[], &["docs/README.md"]), &choices("Acme"));
    assert!(with_readme.iter().all(|file| file.path != "docs/index.md"));
    let without = project(&folder(&[], &["docs/a.md"]), &choices("Acme"));
    assert!(text(&without, "docs/index.md").contains("{playbook-flow}"));
}

#[test]
fn links_of_the_example_fit_the_folder_for_pages() {
    let files = project(&folder(&[], &["intro.md"]), &choices("Acme"));
    assert!(text(&files, "map.md").contains("](playbooks/recruit.yaml)"));
    assert!(!text(&files, "map.md").contains("../playbooks"));
}

#[test]
fn sites_of_other_tools_are_recognized() {
    let cases = [
        (&["mkdocs.yml"][..], Some("MkDocs")),
        (&["docs/a.md", "mkdocs.yaml"], Some("MkDocs")),
        (&["astro.config.mjs"], Some("Starlight")),
        (&["docusaurus.config.ts"], Some("Docusaurus")),
        (&["docs/mkdocs.yml", "package.json"], None),
    ];
    for (files, expected) in cases {
        assert_eq!(folder(&[], files).other_tool().map(|tool| tool.name), expected, "{files:?}");
    }
    let mut mdbook = folder(&[], &["src/SUMMARY.md"]);
    mdbook.book_toml = Some("[book]\ntitle = \"A\"\n".to_owned());
    assert_eq!(mdbook.other_tool().map(|tool| tool.name), Some("mdBook"));
    mdbook.book_toml = Some("[book]\n\n[playbooks]\ndir = \"p\"\n".to_owned());
    assert_eq!(mdbook.other_tool(), None);
}

#[test]
fn every_known_value_is_set_whatever_it_contains() {
    let known = StarterChoices {
        site_url: Some("https://acme.example/".to_owned()),
        repository_url: Some("https://git.example/acme".to_owned()),
        ..choices("\"Acme\" \\ Partners")
    };
    let files = project(&folder(&[], &[]), &known);
    let book = book_toml::parse(text(&files, "book.toml"), SourceId::new(0));
    assert!(book.found.is_empty(), "{:?}", book.found);
    let (book, html) = (&book.value.book, &book.value.html);
    assert_eq!(book.title, "\"Acme\" \\ Partners");
    assert_eq!(html.site_url.as_ref().map(|url| url.value.as_str()), Some("https://acme.example/"));
    assert_eq!(html.git_repository_url.as_ref().map(|url| url.value.as_str()), Some("https://git.example/acme"));
}

#[test]
fn the_workflow_gets_this_version_and_works_in_the_project_folder() {
    let workflow = github_workflow("docs/site").text;
    assert!(workflow.contains(concat!("/partner-docs@v", env!("CARGO_PKG_VERSION"), " ")), "{workflow}");
    assert!(workflow.contains("PROJECT: docs/site\n"), "{workflow}");
    assert!(github_workflow("").text.contains("PROJECT: .\n"));
    let parsed = yaml::parse(&workflow, Span::start_of(SourceId::new(0)), &NOT_YAML);
    assert!(parsed.found.is_empty(), "{:?}", parsed.found);
}

#[test]
fn a_name_is_a_title_and_a_path() {
    let cases = [
        ("Discovery call", "Discovery call", "discovery-call"),
        ("legal/nda.md", "Nda", "legal/nda"),
        ("Terms & conditions", "Terms & conditions", "terms-conditions"),
        ("./legal/Mutual NDA", "Mutual NDA", "legal/mutual-nda"),
        (r"legal\nda", "Nda", "legal/nda"),
        ("Überprüfung", "Überprüfung", "überprüfung"),
        ("Legal/EU_terms/NDA", "NDA", "Legal/EU_terms/nda"),
        ("legal/NDA.md", "NDA", "legal/NDA"),
        ("New terms/Offer 2.md", "Offer 2", "new-terms/offer-2"),
    ];
    for (written, title, path) in cases {
        let name = NewName::new(written).unwrap();
        assert_eq!((name.title.as_str(), name.path.as_str()), (title, path), "{written}");
    }
    for written in ["", "  ", "..", "../x", "!!!", "a/../b", "/", ".git/hooks/../..", "../x.md"] {
        assert!(NewName::new(written).is_err(), "{written}");
    }
    assert_eq!(NewName::new("content/legal/nda.md").unwrap().below("content").path, "legal/nda");
}

fn schema(toml: &str) -> NamedValues<crate::project::settings::config::SchemaKey> {
    book_toml::parse(&format!("[templates.schema]\n{toml}"), SourceId::new(0)).value.templates.schema
}

fn filled(kind: PageKind, of_team: Option<&str>, name: &str, toml: &str) -> String {
    let archetype = Archetype::new(kind, of_team.map(str::to_owned));
    archetype.fill(&NewName::new(name).unwrap(), &schema(toml), "2026-05-31")
}

#[test]
fn a_team_s_archetype_gets_the_name_and_keeps_its_own_placeholders() {
    let archetype =
        "---\r\ntitle: {{ title }}\r\nid: {{id}}\r\nasked: {{ date }}\r\n---\r\n# {{ title }} for {{ partner }}\r\n";
    let page = filled(PageKind::Template, Some(archetype), "Risk review", "");
    assert_eq!(
        page,
        "---\ntitle: Risk review\nid: risk-review\nasked: 2026-05-31\n---\n# Risk review for {{ partner }}\n"
    );
    let unfinished = filled(PageKind::Page, Some("# {{ title }}\n\n{{ never closed"), "A b", "");
    assert_eq!(unfinished, "# A b\n\n{{ never closed");
}

#[test]
fn a_title_means_itself_in_yaml_and_in_markdown() {
    let page = filled(PageKind::Page, Some("---\ntitle: {{ title }}\n---\n# {{ title }}\n"), "Risk: *high* #1", "");
    assert_eq!(page, "---\ntitle: \"Risk: *high* #1\"\n---\n# Risk: \\*high\\* #1\n");
    let quoted = "---\ntitle: \"{{ title }}\"\nshort: '{{ title }}'\n---\n";
    let page = filled(PageKind::Page, Some(quoted), "The \"best\" of Jo's", "");
    assert_eq!(page, "---\ntitle: \"The \\\"best\\\" of Jo's\"\nshort: 'The \"best\" of Jo''s'\n---\n");
    assert!(filled(PageKind::Playbook, None, "No", "").starts_with("name: \"No\"\n"));
}

#[test]
fn required_keys_are_added_with_values_that_the_schema_allows() {
    let schema = "tier = { required = true, values = [\"Select\", \"Premier: plus\"] }\n\
                  regions = { required = true, type = \"list\", values = [\"EMEA\"] }\n\
                  topics = { required = true, type = \"list\" }\n\
                  reviewed = { required = true, type = \"date\" }\n\
                  version = { required = true, type = \"number\" }\n\
                  legal = { required = true, type = \"flag\" }\n\
                  owner = { required = true }\n\
                  note = { type = \"text\" }\n";
    let page = filled(PageKind::Template, Some("---\nowner: Jo\n---\n# {{ title }}\n"), "Offer", schema);
    let expected = "---\nowner: Jo\nlegal: false\nregions: [EMEA]\nreviewed: 2026-05-31\ntier: Select\n\
                    topics: [To do]\nversion: 1\n---\n# Offer\n";
    assert_eq!(page, expected);
    assert_eq!(
        filled(PageKind::Template, Some("# {{ title }}\n"), "Offer", "owner = { required = true }"),
        "---\nowner: To do\n---\n# Offer\n"
    );
    assert_eq!(filled(PageKind::Page, Some("# {{ title }}\n"), "Offer", "owner = { required = true }"), "# Offer\n");
}
