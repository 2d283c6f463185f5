//! Whole small sites, held against what they published when somebody last looked.
//! In: `tests/golden/<site>/`. Out: each line of `tests/golden/<site>.out/` that is not what is published now.
//! Never knows: what is right; the one who reads the differences does.
//!
//! `UPDATE_EXPECT=1 cargo test --test golden` writes what is published now; then read the differences with `git diff`.
//!
//! What lies in `<site>.out/` is made to be read: of each page but the first only the main part, without blank lines
//! and without the insides of icons; a map beside its page, one element a line; style sheets and scripts by name,
//! with `*` for the fingerprint in it.

#![expect(clippy::disallowed_methods, reason = "what was expected lies on disk, and is updated there")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::site::{Built, folder};
use walkdir::WalkDir;

/// Texts by path.
type Texts = BTreeMap<String, String>;

fn sites() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Everything that is published, as it is held in the repository.
fn published(built: &Built) -> Texts {
    let mut texts = Texts::new();
    // In order without the fingerprints: with them, a style sheet's place would change with its text.
    let names: BTreeSet<String> = built.files.iter().map(|file| without_fingerprints(&file.path)).collect();
    for file in &built.files {
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        let is_shown = matches!(file.path.rsplit('.').next(), Some("html" | "xml" | "json" | "txt" | "svg"));
        if is_shown {
            add(&mut texts, &file.path, &without_fingerprints(text));
        }
    }
    texts.insert("files.txt".to_owned(), names.iter().map(|name| format!("{name}\n")).collect());
    texts.insert("findings.txt".to_owned(), built.found.iter().map(|found| format!("{found}\n")).collect());
    texts
}

/// A page's whole text for the first page and for those without a main part, its main part for all others.
fn add(texts: &mut Texts, path: &str, text: &str) {
    let is_page = path.rsplit('.').next() == Some("html");
    if !is_page {
        texts.insert(path.to_owned(), text.to_owned());
        return;
    }
    let main = text.find("<main").zip(text.find("</main>")).filter(|_| path != "index.html");
    let shown = main.map_or(text, |(start, end)| &text[start..end + "</main>".len()]);
    let shown = without_icons(shown);
    let (shown, map) = without_map(&shown);
    if let Some(map) = map {
        texts.insert(path.replace(".html", ".map.svg"), map.replace("><", ">\n<") + "\n");
    }
    let lines = shown.lines().map(str::trim_end).filter(|line| !line.is_empty());
    texts.insert(path.to_owned(), lines.map(|line| format!("{line}\n")).collect());
}

/// `theme.4013f3c70272440b.css` as `theme.*.css`: a fingerprint says only that a file has changed, and a version
/// only which program made it.
fn without_fingerprints(text: &str) -> String {
    let text = text.replace(concat!("partner-docs ", env!("CARGO_PKG_VERSION")), "partner-docs *");
    let is_fingerprint = |part: &str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('.').map(|part| if is_fingerprint(part) { "*" } else { part }).collect::<Vec<_>>().join(".")
}

/// Icons without their paths, which are the theme's own affair.
fn without_icons(html: &str) -> String {
    let mut parts = html.split("<svg class=\"icon ");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split('"').next().unwrap_or_default();
        let rest = part.split_once("</svg>").map_or("", |(_, rest)| rest);
        shown.extend(["<svg class=\"icon ", name, "\"/>", rest]);
    }
    shown
}

/// A page's text with a word in the place of its map, and the map.
fn without_map(html: &str) -> (String, Option<&str>) {
    let Some(start) = html.find("<svg xmlns=").or_else(|| html.find("<svg class=\"pd-map")) else {
        return (html.to_owned(), None);
    };
    let end = html[start..].find("</svg>").map_or(html.len(), |end| start + end + "</svg>".len());
    (format!("{}(the map)\n{}", &html[..start], &html[end..]), Some(&html[start..end]))
}

fn expected(out: &Path) -> Texts {
    let files = WalkDir::new(out).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(out).expect("a file below the folder").to_string_lossy();
            (path.replace('\\', "/"), fs::read_to_string(entry.path()).expect("an expectation"))
        })
        .collect()
}

fn update(out: &Path, texts: &Texts) {
    let _ = fs::remove_dir_all(out);
    for (path, text) in texts {
        let path = out.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder for expectations");
        fs::write(path, text).expect("an expectation");
    }
}

/// The first line at which two texts part.
fn difference(path: &str, old: &str, new: &str) -> Option<String> {
    if old == new {
        return None;
    }
    let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    Some(format!("{path}:{}\n  - {}\n  + {}\n", same + 1, line(old), line(new)))
}

fn compare(site: &str) {
    let texts = published(&folder(&sites().join(site)));
    let out = sites().join(format!("{site}.out"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return update(&out, &texts);
    }
    let expected = expected(&out);
    let text = |texts: &Texts, path: &String| texts.get(path).cloned().unwrap_or_default();
    let paths: BTreeSet<&String> = texts.keys().chain(expected.keys()).collect();
    let differences: String =
        paths.into_iter().filter_map(|path| difference(path, &text(&expected, path), &text(&texts, path))).collect();
    assert!(differences.is_empty(), "\n{differences}\nUPDATE_EXPECT=1 takes what is published now");
}

#[test]
fn a_partner_programme() {
    compare("partners");
}

#[test]
fn a_difference_is_shown_where_it_begins() {
    assert_eq!(difference("a", "x\ny\n", "x\nz\n").as_deref(), Some("a:2\n  - y\n  + z\n"));
    assert_eq!(difference("a", "", "z\n").as_deref(), Some("a:1\n  - (the end)\n  + z\n"));
    assert_eq!(without_fingerprints("a/theme.4013f3c70272440b.css"), "a/theme.*.css");
    assert_eq!(without_icons("a<svg class=\"icon icon-x\" b><p/></svg>c"), "a<svg class=\"icon icon-x\"/>c");
}
