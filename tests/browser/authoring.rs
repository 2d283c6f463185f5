//! Authoring in a real browser: what follows an edit in the tab that shows it.
//! In: a folder of pages, served live. Out: what the reader sees and keeps.
//! Never knows: how pages are made.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};

use partner_docs::serve::http::{Responder, SiteResponse, content_type};
use partner_docs::serve::overlay::{Editor, OverlayDiagnostic};
use partner_docs::serve::watch::{ChangedPaths, WatchMethod, Watched};
use partner_docs::serve::{Live, Options, Port, Refresh, ServeError, ServeEvent, StopHandle, run};
use tempfile::TempDir;

use crate::tab::tab;

/// Pages and files as they lie in a folder.
struct Folder {
    root: PathBuf,
    findings: Mutex<Vec<OverlayDiagnostic>>,
}

impl Responder for Folder {
    fn respond(&self, path: &str) -> SiteResponse {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        match fs::read(self.root.join(file.trim_start_matches('/'))) {
            Ok(bytes) => SiteResponse::Found { bytes: bytes.into(), content_type: content_type(&file) },
            Err(_) => SiteResponse::NotFound(page("<p>This page is gone.</p>").into_bytes().into()),
        }
    }
}

impl Live for Folder {
    fn refresh(&self, touched: &ChangedPaths) -> Refresh {
        let files = touched.paths.iter().filter(|path| path.extension().is_some_and(|extension| extension != "html"));
        let assets =
            files.filter_map(|path| Some(format!("/{}", path.strip_prefix(&self.root).ok()?.display()))).collect();
        Refresh { assets, report: String::new() }
    }

    fn findings(&self) -> Arc<[OverlayDiagnostic]> {
        self.findings.lock().unwrap().clone().into()
    }

    fn watched(&self) -> Watched {
        Watched { folders: [self.root.clone()].into(), ..Watched::default() }
    }
}

/// A folder that is served, until it is dropped.
struct Author {
    _folder: TempDir,
    site: Arc<Folder>,
    address: String,
    stop: StopHandle,
    running: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Author {
    fn start(files: &[(&str, &str)]) -> Self {
        Self::at(Port::Exactly(0), files)
    }

    fn at(port: Port, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let site = Arc::new(Folder { root: root.clone(), findings: Mutex::default() });
        for (path, text) in files {
            write(&root, path, text);
        }
        let stop = StopHandle::default();
        let (say, said) = mpsc::channel();
        let (live, stopped) = (Arc::clone(&site), stop.clone());
        let running = thread::spawn(move || {
            let editor = Editor::named("code");
            let options = Options { host: None, port, method: WatchMethod::Events, editor, root };
            run(live, &options, &stopped, |what| {
                if let ServeEvent::Listening(addresses) = what {
                    say.send(format!("http://localhost:{}", addresses[0].port())).unwrap();
                }
            })
        });
        let address = said.recv().unwrap();
        Self { _folder: folder, site, address, stop, running: Some(running) }
    }

    fn save(&self, path: &str, text: &str) {
        write(&self.site.root, path, text);
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Author {
    fn drop(&mut self) {
        self.stop.now();
        let ended = self.running.take().map(JoinHandle::join);
        assert!(thread::panicking() || matches!(ended, Some(Ok(Ok(())))), "serving ends well");
    }
}

fn write(root: &std::path::Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A page long enough to be scrolled.
fn page(content: &str) -> String {
    let long = "<p>A long way down.</p>\n".repeat(100);
    format!(
        "<!doctype html><html lang=\"en\"><head><title>T</title><link rel=\"stylesheet\" href=\"site.css\"></head>\n\
         <body><main>{long}<details><summary>More</summary><p>Hidden.</p></details>\n{content}\n{long}</main>\n\
         <script src=\"site.js\" defer></script>\n</body></html>\n"
    )
}

const STYLE: &str = "h2 { color: rgb(255, 0, 0) }";
/// As themes do: dresses up the page, and the root.
const SCRIPT: &str = "document.documentElement.dataset.scheme = 'dark';
document.querySelector('main').prepend(Object.assign(document.createElement('button'), { id: 'added' }));";

fn site(content: &str) -> Author {
    Author::start(&[
        ("index.html", &page(content)),
        ("b/index.html", &page("<h2>B</h2>")),
        ("site.css", STYLE),
        ("site.js", SCRIPT),
    ])
}

#[test]
fn text_is_exchanged_in_place() {
    let Some(tab) = tab() else { return };
    let author = site("<h2>Old</h2><p><a id=\"link\" href=\"#\">link</a></p>");
    tab.open(&author.url("/"));
    tab.eval("[window.kept = true, document.querySelector('details').open = true, document.querySelector('#link').focus(), scrollTo(0, 1500)]");
    author.save("index.html", &page("<h2>New</h2><p>more</p><p><a id=\"link\" href=\"#\">link</a></p>"));
    tab.until("document.querySelector('h2').textContent === 'New' && document.body.innerText.includes('more')");
    let kept = "[window.kept, document.querySelector('details').open, document.activeElement.id, scrollY, \
                document.documentElement.dataset.scheme, document.querySelectorAll('#added').length]";
    assert_eq!(tab.eval(kept), serde_json::json!([true, true, "link", 1500, "dark", 1]));
    author.save("index.html", &page("<h2>Old</h2>"));
    tab.until("document.querySelector('h2').textContent === 'Old' && !document.body.innerText.includes('more')");
    assert_eq!(tab.eval("[window.kept, document.querySelectorAll('main > p').length]"), serde_json::json!([true, 200]));
}

#[test]
fn styles_are_exchanged_without_a_reload_and_scripts_with_one() {
    let Some(tab) = tab() else { return };
    let author = site("<h2>Title</h2>");
    tab.open(&author.url("/"));
    let colour = |rgb: &str| format!("getComputedStyle(document.querySelector('h2')).color === '{rgb}'");
    tab.until(&colour("rgb(255, 0, 0)"));
    tab.eval("window.kept = true");
    author.save("site.css", "h2 { color: rgb(0, 0, 255) }");
    tab.until(&colour("rgb(0, 0, 255)"));
    assert_eq!(tab.eval("window.kept"), true);
    author.save("site.js", "document.body.dataset.script = 'new'");
    tab.until("document.body.dataset.script === 'new' && window.kept === undefined");
}

#[test]
fn only_the_tab_that_shows_the_page_follows() {
    let (Some(one), Some(two)) = (tab(), tab()) else { return };
    let author = site("<h2>A</h2>");
    one.open(&author.url("/"));
    two.open(&author.url("/b/"));
    let watch = "document.addEventListener('partner-docs:content', () => { window.swaps = (window.swaps ?? 0) + 1 })";
    one.eval(watch);
    two.eval(watch);
    author.save("index.html", &page("<h2>A, edited</h2>"));
    one.until("window.swaps === 1");
    author.save("b/index.html", &page("<h2>B, edited</h2>"));
    two.until("document.querySelector('h2').textContent === 'B, edited'");
    assert_eq!((one.eval("window.swaps"), two.eval("window.swaps")), (1.into(), 1.into()));
}

#[test]
fn a_tab_catches_up_with_a_server_that_starts_again() {
    let Some(tab) = tab() else { return };
    let author = site("<h2>Before</h2>");
    let port: u16 = author.address.rsplit(':').next().unwrap().parse().unwrap();
    tab.open(&author.url("/"));
    tab.eval("window.kept = true");
    drop(author);
    let files = [("index.html", &*page("<h2>After</h2>")), ("site.css", STYLE), ("site.js", SCRIPT)];
    let _author = Author::at(Port::Exactly(port), &files);
    tab.until("document.querySelector('h2').textContent === 'After' && window.kept");
}

#[test]
fn a_page_that_is_gone_says_so_and_comes_back() {
    let Some(tab) = tab() else { return };
    let author = site("<h2>Here</h2>");
    tab.open(&author.url("/"));
    fs::remove_file(author.site.root.join("index.html")).unwrap();
    tab.until("document.body.innerText.includes('This page is gone')");
    author.save("index.html", &page("<h2>Back</h2>"));
    tab.until("document.querySelector('h2')?.textContent === 'Back'");
}

#[test]
fn errors_lie_over_the_page_until_they_are_mended() {
    let Some(tab) = tab() else { return };
    let author = site("<h2>Title</h2><input id=\"field\">");
    tab.open(&author.url("/"));
    tab.eval("document.querySelector('#field').focus()");
    let finding = OverlayDiagnostic {
        page: Some("/".to_owned()),
        code: "link/not-found",
        why: "A link leads nowhere.".to_owned(),
        rule: None,
        severity: "error",
        message: "no page `<img src=x onerror=alert(1)>`".to_owned(),
        help: None,
        file: "content/index.md".to_owned(),
        line: 3,
        column: 7,
        excerpt: ["See [".to_owned(), "it".to_owned(), "](x.md)".to_owned()],
    };
    *author.site.findings.lock().unwrap() = vec![finding];
    author.save("other.txt", "anything");
    tab.until("document.querySelector('partner-docs-findings')?.shadowRoot.querySelector('.panel').hidden === false");
    let shown = "(() => { const root = document.querySelector('partner-docs-findings').shadowRoot;
        return [root.querySelector('.badge').textContent, root.querySelector('li p').textContent,
            root.querySelector('mark').textContent, root.querySelectorAll('img').length, document.activeElement.id] })()";
    let expected = ["1 error", "error[link/not-found]: no page `<img src=x onerror=alert(1)>`", "it"];
    assert_eq!(tab.eval(shown), serde_json::json!([expected[0], expected[1], expected[2], 0, "field"]));
    let editor = tab.eval("document.querySelector('partner-docs-findings').shadowRoot.querySelector('.place a').href");
    let editor = editor.as_str().unwrap();
    assert!(editor.starts_with("vscode://file/") && editor.ends_with("/content/index.md:3:7"), "{editor}");
    tab.press("Escape");
    tab.until("document.querySelector('partner-docs-findings').shadowRoot.querySelector('.panel').hidden");
    author.site.findings.lock().unwrap().clear();
    author.save("other.txt", "mended");
    tab.until("document.querySelector('partner-docs-findings') === null");
}
