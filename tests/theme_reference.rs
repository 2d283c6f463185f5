//! The theme reference, written from the theme and from the types that templates see.
//! In: `themes/default` and `src/render/view`. Out: `content/reference/theme.md`; `UPDATE_EXPECT=1` writes it anew.
//! Never knows: what a template is for.

#![expect(clippy::disallowed_methods, reason = "a test reads the repository as it lies on disk")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use partner_docs::theme::built_in;
use partner_docs::wording::{Word, Wording};

const REFERENCE: &str = "content/reference/theme.md";
const HEAD: &str = include_str!("theme_reference.md");
/// Files with the types, in the order of the page.
const TYPES: [&str; 9] = [
    "view",
    "view/site",
    "view/page",
    "view/nav",
    "view/playbook",
    "view/templates",
    "view/map",
    "view/fill",
    "view/print",
];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names between two texts, each time they stand around one.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).map(str::trim).collect()
}

/// A table of all templates with what they extend, include and can be changed in.
fn templates() -> String {
    let mut table = String::from("| Template | Extends | Blocks |\n|---|---|---|\n");
    for (path, bytes) in built_in() {
        let Some(name) = path.strip_prefix("templates/") else { continue };
        let text = String::from_utf8_lossy(bytes).replace("{%-", "{%");
        let code = |name: &&str| format!("`{name}`");
        let extends = between(&text, "{% extends \"", "\"").first().map(code).unwrap_or_default();
        let blocks: Vec<String> = between(&text, "{% block ", "%}")
            .iter()
            .map(|block| block.trim_end_matches('-').trim())
            .map(|block| format!("`{block}`"))
            .collect();
        let _ = writeln!(table, "| `{name}` | {extends} | {} |", blocks.join(", "));
    }
    table
}

/// One type: its name, what it is, and its fields or words.
struct Type {
    name: String,
    is_choice: bool,
    meaning: String,
    fields: Vec<(String, String, String)>,
}

/// The public types of a source file, as their comments describe them.
fn types(source: &str) -> Vec<Type> {
    let mut types: Vec<Type> = Vec::new();
    let (mut comment, mut open) = (String::new(), false);
    for line in source.lines().take_while(|line| !line.starts_with("#[cfg(test)]")) {
        let text = line.trim();
        if let Some(words) = text.strip_prefix("///") {
            comment.push_str(words);
            continue;
        }
        let words = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
        if let Some(name) = words.filter(|words| words.trim_end().ends_with('{')) {
            let name = name.split(['<', ' ']).next().unwrap_or_default().to_owned();
            let meaning = std::mem::take(&mut comment);
            types.push(Type { name, is_choice: line.starts_with("pub enum"), meaning, fields: Vec::new() });
            open = true;
        } else if line == "}" {
            open = false;
        } else if let Some(current) = types.last_mut().filter(|_| open && !text.starts_with('#')) {
            let field = text.trim_start_matches("pub ").trim_end_matches(',');
            let (name, kind) = field.split_once(": ").unwrap_or((field, ""));
            let name = if current.is_choice { kebab(name) } else { name.to_owned() };
            current.fields.push((name, kind.to_owned(), std::mem::take(&mut comment)));
        }
        if !text.starts_with('#') {
            comment.clear();
        }
    }
    types
}

/// `NotFound` is `not-found` to a template.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// A type as authors of templates read it.
fn kind(written: &str, known: &[String]) -> String {
    let inside = |start: &str| written.strip_prefix(start).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{} or `null`", kind(inner, known));
    }
    if let Some(inner) = inside("Vec<").or_else(|| inside("Arc<[").map(|inner| inner.trim_end_matches(']'))) {
        let items = kind(inner, known);
        let plural = if matches!(&items[..], "string" | "URL" | "number") { "s" } else { "" };
        return format!("list of {items}{plural}");
    }
    let plain = written.trim_start_matches("&'a ").split('<').next().unwrap_or_default();
    match plain {
        "Cow" if written.contains("str") => "string".to_owned(),
        "str" | "String" => "string".to_owned(),
        "bool" => "`true` or `false`".to_owned(),
        "usize" | "u32" | "i32" | "f64" | "f32" | "u8" => "number".to_owned(),
        "Href" => "URL".to_owned(),
        "Html" | "SafeHtml" => "HTML".to_owned(),
        "Self" => "the same".to_owned(),
        name if known.iter().any(|known| known == name) => format!("[{name}](#{})", name.to_lowercase()),
        name => name.to_owned(),
    }
}

/// A comment of Rust as Markdown: links to types lead to their headings.
fn meaning(comment: &str, known: &[String]) -> String {
    let mut text = comment.trim().replace('|', "\\|").replace("{{", "\\{{");
    for name in known {
        text = text.replace(&format!("[`{name}`]"), &format!("[{name}](#{})", name.to_lowercase()));
    }
    text
}

fn reference() -> String {
    let types: Vec<Type> = TYPES.iter().flat_map(|file| types(&read(&format!("src/render/{file}.rs")))).collect();
    let types: Vec<Type> = types.into_iter().filter(|found| found.name != "PageContext").collect();
    let known: Vec<String> = types.iter().map(|found| found.name.clone()).collect();
    let mut page = format!("{HEAD}\n## Templates\n\n{}\n## What templates see\n", templates());
    for found in &types {
        let _ = write!(page, "\n### {}\n\n{}\n\n", found.name, meaning(&found.meaning, &known));
        page.push_str(if found.is_choice {
            "| Value | Meaning |\n|---|---|\n"
        } else {
            "| Name | Type | Meaning |\n|---|---|---|\n"
        });
        for (name, written, comment) in &found.fields {
            let comment = meaning(comment, &known);
            let what = if found.is_choice { String::new() } else { format!(" {} |", kind(written, &known)) };
            let _ = writeln!(page, "| `{name}` |{what} {comment} |");
        }
    }
    let _ = write!(page, "\n## All words\n\n{}", words());
    page
}

/// Every word with its name; of one that has forms, each.
fn words() -> String {
    let words = Wording::english();
    let mut table = String::from("| Name | English |\n|---|---|\n");
    for name in words.names() {
        let texts: Vec<&str> = match words.get(&name) {
            Some(Word::Text(text)) => vec![text],
            Some(Word::Forms(forms)) => forms.values().map(String::as_str).collect(),
            None => Vec::new(),
        };
        let _ = writeln!(table, "| `{name}` | {} |", texts.join("<br>"));
    }
    table
}

#[test]
fn the_theme_reference_says_what_the_theme_is() {
    let fresh = reference();
    if env::var_os("UPDATE_EXPECT").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(REFERENCE);
        fs::write(path, fresh).expect("the repository can be written");
        return;
    }
    assert!(read(REFERENCE) == fresh, "{REFERENCE} is not what the theme is: UPDATE_EXPECT=1 writes it anew");
}
