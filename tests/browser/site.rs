//! A built site, as its readers meet it.
//! In: a small project, built by the program. Out: what clicks lead to, with and without scripts.
//! Never knows: how pages are made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use partner_docs::serve::http::{Responder, Server, SiteResponse, content_type};
use tempfile::TempDir;

use crate::tab::tab;

/// The files of a project.
pub(crate) type Project = &'static [(&'static str, &'static str)];

pub(crate) const PROJECT: Project = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\nlanguage = \"en\"\n"),
    ("content/index.md", "# Partners\n\nStart with [recruiting](recruit.md).\n"),
    ("content/recruit.md", "# Recruiting\n\nFind partners who fit.\n"),
    ("content/templates/pitch.md", "# Pitch\n\nWhat we offer.\n"),
    ("content/templates/terms.md", "# Terms\n\nWhat both sides sign.\n"),
    (
        "content/map.md",
        "# The way\n\n\
         ```mermaid\nflowchart LR\n  subgraph P[\"Partner\"]\n    P1[\"Ask\"]\n  end\n  subgraph U[\"Us\"]\n    U1[\"Pitch\"]\n  end\n  \
         P1 -->|\"first call\"| U1\n  click P1 \"../recruit/\"\n  click U1 \"../templates/pitch/\"\n```\n\n\
         | ID | Step | Who | First action |\n|---|---|---|---|\n\
         | P1 | Ask | Partner | [Recruiting](recruit.md) |\n| U1 | Pitch | Us | [Pitch](templates/pitch.md) |\n",
    ),
    (
        "playbooks/recruit.yaml",
        "name: Recruit\ndescription: From a name to a partner.\nsteps:\n\
         - name: Pitch\n  template: templates/pitch.md\n  prompt: Write it.\n\
         - name: Agree\n  template: templates/terms.md\n  prompt: Write them.\n",
    ),
];

/// The files of a built site.
struct Built(PathBuf);

impl Responder for Built {
    fn respond(&self, path: &str) -> SiteResponse {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        match fs::read(self.0.join(file.trim_start_matches('/'))) {
            Ok(bytes) => SiteResponse::Found { bytes: bytes.into(), content_type: content_type(&file) },
            Err(_) => SiteResponse::NotFound(b"nothing here"[..].into()),
        }
    }
}

/// A project, built, and served under an address.
pub(crate) fn build(project: Project) -> (String, Server, TempDir) {
    let folder = build_files(project);
    let (address, server) = serve(folder.path().join("book"));
    (address, server, folder)
}

/// A project, built into its folder `book`. Of two files at the same path, the later one counts.
pub(crate) fn build_files<'p>(project: impl IntoIterator<Item = &'p (&'static str, &'static str)>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in project {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let built = partner_docs(folder.path());
    assert!(built.0, "the project builds:\n{}", built.1);
    folder
}

/// Serves a built site.
pub(crate) fn serve(book: PathBuf) -> (String, Server) {
    let server = Server::start(None, 0, Built(book)).unwrap();
    (format!("http://localhost:{}", server.addresses()[0].port()), server)
}

/// The program, not yet started.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_partner-docs-tested"))
}

/// Whether the program builds a folder, and what it says.
fn partner_docs(folder: &Path) -> (bool, String) {
    let output = program().arg("build").arg(folder).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_step_of_a_playbook_leads_to_its_template_and_back() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/playbooks/recruit/"));
    tab.click("main ol.flow a[href$='templates/terms/']");
    tab.until("document.title.startsWith('Terms')");
    tab.click("main a[href*='playbooks/recruit/']");
    tab.until("document.title.startsWith('Recruit')");
    let loaded =
        "performance.getEntriesByType('resource').filter(file => file.responseStatus !== 200).map(file => file.name)";
    assert_eq!(tab.eval(loaded), serde_json::json!([]));
}

#[test]
fn a_node_of_a_map_leads_to_its_first_action() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/map/"));
    assert_eq!(tab.eval("document.querySelectorAll('.pd-lane').length"), 2);
    tab.click(".pd-node[data-node=U1] text");
    tab.until("document.title.startsWith('Pitch')");
}

#[test]
fn dark_is_a_switch_that_is_remembered() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.prefers("light");
    tab.open(&format!("{address}/"));
    // The first number of a colour is its lightness, or its red: both are higher for lighter text.
    let text = || tab.eval("Number(getComputedStyle(document.body).color.match(/[\\d.]+/)[0])").as_f64().unwrap();
    let by_day = text();
    tab.click("[data-scheme-switch]");
    tab.until("document.querySelector('[data-scheme-switch]').ariaPressed === 'true'");
    let by_night = text();
    assert!(by_night > by_day, "text is lighter on dark ground: {by_night}, {by_day}");
    tab.open(&format!("{address}/recruit/"));
    assert!((text() - by_night).abs() < f64::EPSILON, "the choice holds on the next page");
}

#[test]
fn a_page_is_copied_as_the_markdown_that_it_links() {
    let Some(tab) = tab() else { return };
    let (address, _server, folder) = build(PROJECT);
    let markdown = fs::read_to_string(folder.path().join("book/recruit.md")).unwrap();
    assert!(markdown.contains("Find partners who fit."));
    tab.open(&format!("{address}/recruit/"));
    tab.eval(
        "[navigator.clipboard.write = async items => { window.copied = await (await items[0].getType('text/plain')).text() }]",
    );
    tab.click(".provenance button");
    tab.until("window.copied !== undefined");
    assert_eq!(tab.eval("window.copied"), markdown.as_str());
    tab.without_scripts();
    tab.open(&format!("{address}/recruit/"));
    assert_eq!(tab.eval("document.querySelector('.provenance button').checkVisibility()"), false);
    tab.click(".provenance a[href$='recruit.md']");
    tab.until("location.pathname === '/recruit.md' && document.body.innerText.includes('Find partners who fit.')");
}

#[test]
fn nothing_needed_is_missing_without_scripts() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.without_scripts();
    tab.open(&format!("{address}/"));
    assert_eq!(tab.eval("document.querySelector('[data-scheme-switch]').checkVisibility()"), false);
    tab.click("main a[href$='recruit/']");
    tab.until("document.title.startsWith('Recruiting')");
    tab.open(&format!("{address}/playbooks/recruit/"));
    tab.until("document.querySelector('main').innerText.includes('Write it.')");
}
