//! A project as its authors see it: the program itself serves a folder, and a browser shows it.
//! In: Markdown, YAML and styles, saved one after the other. Out: what stands in the tab.
//! Never knows: how the server follows.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use tempfile::TempDir;

use crate::site::{PROJECT, program};
use crate::tab::{Tab, tab};

/// The program, serving a folder until it is dropped.
struct Author {
    folder: TempDir,
    program: Child,
    address: String,
}

impl Author {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (path, text) in PROJECT {
            write(folder.path(), path, text);
        }
        let mut program = program()
            .args(["serve", "--port", "0", "--editor", "code"])
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let address = lines.next().expect("the program says where it serves").unwrap();
        Self { folder, program, address: address.trim_end_matches('/').to_owned() }
    }

    fn save(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    fn open(&self, path: &str) -> Option<Tab> {
        let tab = tab()?;
        tab.open(&format!("{}{path}", self.address));
        tab.eval("window.kept = true");
        Some(tab)
    }
}

impl Drop for Author {
    fn drop(&mut self) {
        // Fails only where the program is gone already, which the tests would have noticed.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Where the badge and the panel with the findings of the page are.
const FINDINGS: &str = "document.querySelector('partner-docs-findings')?.shadowRoot";

#[test]
fn a_saved_text_is_there_and_the_reader_keeps_the_place() {
    let author = Author::start(&[]);
    let Some(tab) = author.open("/recruit/") else { return };
    let text = |more: &str| {
        let long: String = (1..=80).map(|number| format!("Paragraph {number}.\n\n")).collect();
        format!("# Recruiting\n\n??? note \"More\"\n    Hidden.\n\n{more}{long}")
    };
    author.save("content/recruit.md", &text(""));
    tab.until("document.querySelectorAll('main p').length > 80");
    tab.eval("[document.querySelector('main details').open = true, scrollTo({ top: 900, behavior: 'instant' })]");
    let seen = "[...document.querySelectorAll('main p')].find(p => p.getBoundingClientRect().top > 200).textContent";
    let before = tab.eval(seen);
    author.save("content/recruit.md", &text("New words.\n\n"));
    tab.until("document.querySelector('main').innerText.includes('New words.')");
    assert_eq!(tab.eval("[window.kept, document.querySelector('main details').open]"), serde_json::json!([true, true]));
    assert_eq!(tab.eval(seen), before);
}

#[test]
fn a_title_is_followed_by_the_pages_that_name_it() {
    let author = Author::start(&[]);
    let Some(tab) = author.open("/") else { return };
    author.save("content/recruit.md", "# Finding partners\n\nFind partners who fit.\n");
    tab.until("document.querySelector('nav a[href$=\"recruit/\"]')?.textContent.includes('Finding partners')");
}

#[test]
fn what_is_wrong_stands_on_its_page_until_it_is_mended() {
    let author = Author::start(&[]);
    let Some(tab) = author.open("/recruit/") else { return };
    author.save("content/recruit.md", "# Recruiting\n\nSee [the pitch](templates/pich.md).\n");
    tab.until(&format!("{FINDINGS}?.querySelector('.panel li')?.innerText.includes('templates/pich.md')"));
    let editor = tab.eval(&format!("{FINDINGS}.querySelector('.place a').href"));
    assert!(editor.as_str().unwrap().ends_with("/content/recruit.md:3:17"), "{editor}");
    author.save("content/recruit.md", "# Recruiting\n\nSee [the pitch](templates/pitch.md).\n");
    tab.until("document.querySelector('partner-docs-findings') === null");
}

#[test]
fn a_broken_head_keeps_the_last_good_page_under_its_error() {
    let author = Author::start(&[]);
    let Some(tab) = author.open("/recruit/") else { return };
    author.save("content/recruit.md", "---\ntitle: [broken\n---\n# Recruiting\n\nOther words.\n");
    tab.until(&format!("{FINDINGS}?.querySelector('.panel')?.hidden === false"));
    assert_eq!(tab.eval("document.querySelector('main').innerText.includes('Find partners who fit.')"), true);
}

#[test]
fn a_playbook_and_a_style_reach_the_tab_that_shows_them() {
    let author = Author::start(&[]);
    let Some(tab) = author.open("/playbooks/recruit/") else { return };
    author.save("playbooks/recruit.yaml", "name: Recruit\nsteps:\n- name: Meet\n  template: templates/pitch.md\n");
    tab.until("document.querySelector('main').innerText.includes('Meet')");
    author.save("book.toml", "[book]\ntitle = \"Partners\"\n[output.html]\nadditional-css = [\"own.css\"]\n");
    author.save("own.css", "main h1 { color: rgb(255, 0, 0) !important }");
    let red = |rgb: &str| format!("getComputedStyle(document.querySelector('main h1')).color === '{rgb}'");
    tab.until(&red("rgb(255, 0, 0)"));
    tab.eval("window.kept = 'styled'");
    author.save("own.css", "main h1 { color: rgb(0, 0, 255) !important }");
    tab.until(&red("rgb(0, 0, 255)"));
    assert_eq!(tab.eval("window.kept"), "styled");
}

#[test]
fn without_events_from_the_system_files_are_looked_at() {
    let author = Author::start(&["--poll"]);
    let Some(tab) = author.open("/recruit/") else { return };
    author.save("content/recruit.md", "# Recruiting\n\nSeen by looking.\n");
    tab.until("document.querySelector('main').innerText.includes('Seen by looking.')");
    fs::rename(author.folder.path().join("content/recruit.md"), author.folder.path().join("content/win.md")).unwrap();
    tab.until("document.body.innerText.includes('no longer') || document.title.includes('not found')");
}
