//! A site behind the strictest policy that lets it be itself: `default-src 'self'`, and nothing inside a page runs or
//! styles.
//! In: a site with a page of every kind, served with that header. Out: what the browser refuses, which is nothing, and
//! that colours, sizes and scripts are there all the same.
//! Never knows: how pages are made.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use partner_docs::serve::http::content_type;
use tempfile::TempDir;

use crate::everywhere::{EVERY_KIND, PAGES};
use crate::site::{Project, build_files};
use crate::tab::{Tab, tab};

const POLICY: &str = "default-src 'self'";

/// What other tests' pages have not: everything that once came with a style or a script of its own.
const STYLED: Project = &[
    (
        "book.toml",
        "[book]\ntitle = \"Acme Partners\"\nlanguage = \"en\"\n\
         [output.html]\ngit-repository-url = \"https://github.com/acme/partners\"\n\
         [output.html.redirect]\n\"/old/\" = \"/styled/#colours\"\n[markdown]\nmath = true\n\
         [theme]\naccent = \"#b03060\"\nannouncement = \"The [map](map.md) is new.\"\nfooter = \"© Acme\"\n\
         [[theme.social]]\nicon = \"github\"\nhref = \"https://github.com/acme\"\ntext = \"GitHub\"\n\
         [templates.placeholders]\npartner = \"[Partner]\"\n",
    ),
    (
        "content/styled.md",
        "# Styled\n\n| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n\n!!! tip\n    Ask.\n\n??? bug\n    Fold.\n\n> [!CAUTION]\n> Mind.\n\n\
         $\\color{red} y$, $a\\!b$, $\\fcolorbox{red}{yellow}{x}$\n\n$$\\begin{matrix}a\\\\[3em]b\\end{matrix}$$\n\n\
         ```rust\nfn main() {} // nothing\n```\n\n:rocket: :material-map: H~2~O ==marked== ++ctrl+c++\n\n\
         ![](wide.png){ width=\"300\" }\n\n## Colours\n\n\
         ```mermaid\nflowchart LR\n  subgraph U[\"Us\"]\n    A[\"One\"] --> B[\"Two\"]\n  end\n  classDef hot fill:#f00,stroke:#00f\n  \
         class A hot\n```\n\n```{swimlane} map.md\n```\n\n```{playbook-flow} recruit\n```\n\n```{template-index}\n```\n",
    ),
    ("content/wide.png", "not really one"),
];

/// The site, and where it is served with the header.
fn strict() -> (String, TempDir) {
    let folder = build_files(EVERY_KIND.iter().chain(STYLED));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let book = folder.path().join("book");
    // Ends with the process: nothing in it outlives the folder that the caller keeps.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let book = book.clone();
            thread::spawn(move || answer(stream, &book));
        }
    });
    (address, folder)
}

/// Answers one request and hangs up.
fn answer(mut stream: TcpStream, book: &Path) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    // All of the head, since closing early would look like a failure.
    while reader.by_ref().lines().next()?.ok()?.trim() != "" {}
    let path = first.split(' ').nth(1)?.split(['?', '#']).next()?.to_owned();
    let file = if path.ends_with('/') { format!("{path}index.html") } else { path };
    let bytes = fs::read(book.join(file.trim_start_matches('/')));
    let (status, kind) = if bytes.is_ok() { ("200 OK", content_type(&file)) } else { ("404 Not Found", "text/plain") };
    let bytes = bytes.unwrap_or_default();
    let length = bytes.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nContent-Security-Policy: {POLICY}\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}

/// Whatever a page does, the browser writes down what it refused.
fn watched() -> Option<(Tab, Arc<Mutex<Vec<String>>>)> {
    let tab = tab()?;
    let refused = Arc::new(Mutex::new(Vec::new()));
    tab.listen_for_complaints(&refused);
    Some((tab, refused))
}

fn assert_nothing_is_refused(refused: &Mutex<Vec<String>>) {
    assert_eq!(*refused.lock().unwrap_or_else(PoisonError::into_inner), Vec::<String>::new());
}

#[test]
fn no_page_is_refused_anything() {
    let Some((tab, refused)) = watched() else { return };
    let (address, _folder) = strict();
    for page in PAGES.iter().chain(&["/styled/"]) {
        tab.open(&format!("{address}{page}"));
        assert_eq!(
            tab.eval("document.styleSheets.length > 0 && [...document.styleSheets].every(sheet => sheet.cssRules)"),
            true
        );
    }
    assert_nothing_is_refused(&refused);
}

#[test]
fn a_policy_really_holds_here() {
    let Some((tab, refused)) = watched() else { return };
    let (address, _folder) = strict();
    tab.open(&format!("{address}/guide/"));
    tab.eval("(() => { document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">'); })()");
    tab.eval("new Promise(done => setTimeout(done, 50))");
    let refused = refused.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(refused.iter().any(|refusal| refusal.contains("Content Security Policy")), "{refused:?}");
}

#[test]
fn what_opens_and_what_is_typed_works() {
    let Some((tab, refused)) = watched() else { return };
    let (address, _folder) = strict();
    tab.open(&format!("{address}/guide/"));
    tab.press("/");
    tab.until("document.querySelector('dialog.find[open]') !== null && partnerDocsSearch.find !== undefined");
    tab.eval("(() => { const field = document.querySelector('dialog.find input'); field.value = 'pitch'; field.dispatchEvent(new Event('input')); })()");
    tab.until("document.querySelector('.find-page') !== null");
    tab.open(&format!("{address}/guide/"));
    tab.press("?");
    tab.until("document.querySelector('dialog.keys[open]') !== null");
    tab.open(&format!("{address}/templates/pitch/"));
    tab.eval("(() => { const field = document.querySelector('.fill input'); field.value = 'Acme'; field.dispatchEvent(new Event('input', { bubbles: true })); })()");
    tab.until("document.querySelector('article').innerText.includes('Acme')");
    tab.click(".fill-button");
    tab.click(".fill button[type=submit]");
    assert_nothing_is_refused(&refused);
}

#[test]
fn a_redirect_leads_on_with_what_readers_asked_for() {
    let Some((tab, refused)) = watched() else { return };
    let (address, _folder) = strict();
    tab.visit(&format!("{address}/old/?a=1"));
    tab.until("location.pathname + location.search + location.hash === '/styled/?a=1#colours'");
    assert_nothing_is_refused(&refused);
}

#[test]
fn a_chosen_scheme_is_there_before_a_page_is_drawn() {
    let Some((tab, refused)) = watched() else { return };
    let (address, _folder) = strict();
    tab.prefers("light");
    tab.open(&format!("{address}/"));
    tab.eval("(() => { localStorage.setItem('scheme', 'dark'); })()");
    tab.open(&format!("{address}/guide/"));
    // A script that the parser waits for: no paint can come before it.
    let blocks = "(() => { const script = document.querySelector('head script'); const sheet = document.querySelector('link[rel=stylesheet]'); \
                  return [script.async || script.defer, !!(script.compareDocumentPosition(sheet) & 4), document.documentElement.dataset.scheme]; })()";
    assert_eq!(tab.eval(blocks), serde_json::json!([false, true, "dark"]));
    assert_nothing_is_refused(&refused);
}

#[test]
fn colours_sizes_and_alignment_need_no_styles_of_their_own() {
    let Some((tab, refused)) = watched() else { return };
    let (address, _folder) = strict();
    tab.prefers("light");
    tab.resize(1280, 900);
    tab.open(&format!("{address}/styled/"));
    let of = |what: &str| {
        tab.eval(&format!(
            "(() => {{ const style = (part) => getComputedStyle(document.querySelector(part)); return {what}; }})()"
        ))
    };
    assert_eq!(
        of("['left', 'center', 'right'].map(side => style(`th.align-${side}`).textAlign)"),
        serde_json::json!(["left", "center", "right"])
    );
    assert_eq!(
        of("style('.pd-node[data-node=A] .pd-shape').fill !== style('.pd-node[data-node=B] .pd-shape').fill"),
        true,
        "an author's colour"
    );
    assert_eq!(of("style('math mi').color"), "rgb(255, 0, 0)");
    assert_eq!(of("style(':root').getPropertyValue('--accent-hue') !== '205'"), true, "the site's colour");
    assert_eq!(
        of("style('.callout-tip .callout-title svg').stroke === style('.callout-tip .callout-title').color"),
        true
    );
    let fits = "[...document.querySelectorAll('.map')].map(map => Math.round(map.querySelector('.map-sheet').getBoundingClientRect().width) === map.querySelector('.pd-map').viewBox.baseVal.width)";
    assert_eq!(tab.eval(fits), serde_json::json!([true, true]), "a map that fits is as wide as it was drawn");
    assert_nothing_is_refused(&refused);
}
