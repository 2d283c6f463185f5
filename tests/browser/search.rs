//! Search, as readers meet it: over a server and from a disk, by mouse and by keyboard.
//! In: a small site, and the documentation of two real teams where it lies beside the repository. Out: what is found.
//! Never knows: how the index is written.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::site::{PROJECT, build, program, serve};
use crate::tab::{Tab, tab};

/// Opens the window and waits until it can answer.
pub(crate) fn open_search(tab: &Tab) {
    tab.click("[data-search]");
    tab.until("document.querySelector('dialog.find[open]') !== null && partnerDocsSearch.find !== undefined");
}

pub(crate) fn ask(tab: &Tab, query: &str) {
    tab.eval(&format!(
        "(() => {{
            const field = document.querySelector('dialog.find input');
            field.value = {};
            field.dispatchEvent(new Event('input'));
        }})()",
        Value::from(query)
    ));
}

const TITLES: &str = "[...document.querySelectorAll('.find-page .find-title')].map(title => title.textContent)";

#[test]
fn words_are_folded_in_the_browser_as_in_the_index() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/"));
    open_search(&tab);
    let fixture: Value = serde_json::from_str(include_str!("words.json")).unwrap();
    for (text, expected) in fixture.as_object().unwrap() {
        assert_eq!(tab.eval(&format!("partnerDocsSearch.words({})", Value::from(text.as_str()))), *expected, "{text}");
    }
}

#[test]
fn a_reader_searches_with_the_keyboard_alone() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/"));
    tab.press("/");
    tab.until("document.activeElement.matches('dialog.find input')");
    ask(&tab, "termz");
    tab.until(&format!("{TITLES}[0] === 'Terms'"));
    tab.until("document.querySelector('.find-status').textContent === '1 page'");
    assert_eq!(tab.eval("new URLSearchParams(location.search).get('q')"), "termz");
    tab.press("ArrowDown");
    tab.until("document.activeElement.matches('.find-page')");
    tab.press("ArrowUp");
    tab.until("document.activeElement.matches('dialog.find input')");
    tab.press("Enter");
    tab.until("document.title.startsWith('Terms')");
    // What was searched for is offered again.
    tab.press("/");
    tab.until("document.querySelector('[data-again]')?.textContent === 'termz'");
    tab.press("Escape");
    tab.until("document.querySelector('dialog.find[open]') === null");
    tab.until("document.activeElement.matches('[data-search]')");
}

#[test]
fn steps_and_map_nodes_are_found_as_such() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/?q=agree"));
    tab.until("document.querySelector('.find-kind')?.textContent === 'Step'");
    assert_eq!(
        tab.eval("document.querySelector('.find-results ul a').getAttribute('href')"),
        json!(format!("{address}/playbooks/recruit/#agree"))
    );
    ask(&tab, "ask");
    tab.until("document.querySelector('.find-kind')?.textContent === 'On the map'");
}

#[test]
fn a_filter_keeps_the_pages_of_a_playbook() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/?q=what"));
    tab.until(&format!("{TITLES}.length > 1"));
    ask(&tab, "find");
    tab.until(&format!("{TITLES}.join() === 'Recruiting'"));
    tab.eval(
        "(() => {
            const choice = document.querySelector('.find-filters select[name=playbook]');
            choice.value = 'Recruit';
            choice.dispatchEvent(new Event('change'));
        })()",
    );
    tab.until("document.querySelector('.find-status').textContent.startsWith('No results')");
    ask(&tab, "sign");
    tab.until(&format!("{TITLES}.join() === 'Terms'"));
}

#[test]
fn pages_opened_from_a_disk_can_be_searched() {
    let Some(tab) = tab() else { return };
    let (_, _server, folder) = build(PROJECT);
    let page = folder.path().join("book/templates/pitch/index.html");
    tab.open(&format!("file://{}", page.display()));
    open_search(&tab);
    ask(&tab, "recruiting");
    tab.until(&format!("{TITLES}[0] === 'Recruiting'"));
    tab.click(".find-page");
    tab.until("location.pathname.endsWith('/book/recruit/index.html')");
}

/// A real team's documentation, built into a folder of its own.
fn real(name: &str) -> Option<(PathBuf, TempDir)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let project = repository.join("tests/real").join(name);
    let corpus = repository.join("../shared/corpus").join(name);
    if !corpus.is_dir() {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let mut build = program();
    build.arg("build").arg(project).args(["--keep-going", "--trust-root"]).arg("--dest-dir").arg(&book);
    build.output().unwrap();
    Some((book, folder))
}

/// A search must find the right page first for 85 of 100 queries, and among the first three for 97: of those it was
/// made with, and of those that were written before it had answered any of them.
fn holds_up(name: &str, lists: [&str; 2]) {
    let Some((book, _folder)) = real(name) else { return };
    let Some(tab) = tab() else { return };
    tab.open(&format!("file://{}", book.join("index.html").display()));
    open_search(&tab);
    for queries in lists {
        answers(&tab, queries);
    }
}

fn answers(tab: &Tab, queries: &str) {
    let (mut count, mut first, mut in_three, mut missed) = (0, 0, 0, String::new());
    for line in queries.lines().filter(|line| !line.starts_with('#')) {
        let (query, wanted) = line.rsplit_once(": ").expect("a query and where it leads");
        let found = tab.eval(&format!(
            "partnerDocsSearch.load('index').then(directory => partnerDocsSearch.find(directory, {}))
                .then(found => found.entries.slice(0, 3).map(entry => entry.address))",
            Value::from(query)
        ));
        let is_wanted = |page: &Value| wanted.split(' ').any(|wanted| page == wanted.trim_start_matches('/'));
        let place = found.as_array().unwrap().iter().position(is_wanted);
        count += 1;
        first += usize::from(place == Some(0));
        in_three += usize::from(place.is_some());
        if place != Some(0) {
            writeln!(missed, "{query}: {found}").unwrap();
        }
    }
    assert!(count >= 40, "{count} queries");
    assert!(first * 100 >= count * 85, "{first} of {count} first:\n{missed}");
    assert!(in_three * 100 >= count * 97, "{in_three} of {count} among the first three:\n{missed}");
}

#[test]
fn partneros_templates_are_found() {
    holds_up("partneros", [include_str!("queries/partneros.txt"), include_str!("queries/partneros-unseen.txt")]);
}

#[test]
fn the_accelerators_guides_are_found() {
    holds_up("accelerator", [include_str!("queries/accelerator.txt"), include_str!("queries/accelerator-unseen.txt")]);
}

/// What a first search loads, compressed as servers do: the window's code, then the files of the index.
#[test]
fn a_first_search_is_small() {
    let Some((book, _folder)) = real("partneros") else { return };
    let Some(tab) = tab() else { return };
    let (address, _server) = serve(book.clone());
    tab.open(&format!("{address}/"));
    open_search(&tab);
    ask(&tab, "partner agreement");
    tab.until(&format!("{TITLES}.length > 3"));
    let loaded = tab.eval("performance.getEntriesByType('resource').map(file => file.name)");
    let sizes = |folder: &str| -> usize {
        let of_folder = loaded
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| name.contains(folder) && !name.ends_with('/'));
        of_folder.map(|name| compressed(&book.join(name[address.len()..].trim_start_matches('/')))).sum()
    };
    let (code, index) = (sizes("/assets/search."), sizes("/search/"));
    assert!(code > 0 && code < 15 << 10, "{code} bytes of code");
    assert!(index > 0 && index < 60 << 10, "{index} bytes of index");
}

pub(crate) fn compressed(file: &Path) -> usize {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, &fs::read(file).unwrap()).unwrap();
    packed.finish().unwrap().len()
}
