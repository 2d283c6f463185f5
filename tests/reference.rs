//! The parts of the documentation that are made from the code: the lists of rules, of settings and of report formats.
//! In: the registry of rules, where each has its page, the keys that book.toml may have, and the formats. Out: the tables
//! of `content/reference/findings.md` and `book-toml.md`, the one of formats in `command-line.md`, and the entries of the
//! rules in `content/SUMMARY.md`; `UPDATE_EXPECT=1 cargo test --test reference` writes them anew.
//! Never knows: what a rule looks for, or a key is for.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository as it lies on disk")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use partner_docs::check::registry;
use partner_docs::diagnostic::Rule;
use partner_docs::page::directive::table::{DIRECTIVES, OptionKeys, OptionValue};
use partner_docs::project::settings::book_toml;
use partner_docs::project::settings::schema::{StringKind, TableKey, ValueShape};
use partner_docs::report::FORMATS;

const COMMAND: &str = "UPDATE_EXPECT=1 cargo test --test reference";
const FINDINGS: &str = "content/reference/findings.md";
const BOOK_TOML: &str = "content/reference/book-toml.md";
const COMMAND_LINE: &str = "content/reference/command-line.md";
const SUMMARY: &str = "content/SUMMARY.md";

/// The sections of the findings page in their order, each with the families of rules that belong there.
const SECTIONS: &[(&str, &[&str])] = &[
    ("Links", &["link"]),
    ("Links to other sites", &["external"]),
    ("Headings", &["heading"]),
    ("Pages and files", &["asset", "image", "page"]),
    ("Markdown", &["markdown"]),
    ("Tables and words", &["prose", "table"]),
    ("Includes", &["include"]),
    ("Variables", &["variable"]),
    ("Front matter", &["frontmatter"]),
    ("Directives", &["directive"]),
    ("Playbooks", &["playbook"]),
    ("Templates", &["template"]),
    ("Workflow maps", &["swimlane"]),
    ("Diagrams", &["diagram"]),
    ("Navigation", &["nav"]),
    ("Addresses", &["url"]),
    ("Redirects", &["redirect"]),
    ("Comments that allow findings", &["check"]),
    ("Sources", &["source"]),
    ("Bugs in partner-docs", &["internal"]),
    ("Configuration", &["config"]),
    ("Theme", &["theme"]),
];

/// A rule and the path of its page from the root of the repository.
struct Listed {
    rule: &'static Rule,
    page: String,
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The page of each rule, by its code: the `.md` file below `src` that is titled with the code.
fn pages() -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(repository().join("src")).sort_by_file_name().into_iter();
    let pages =
        files.map(|entry| entry.unwrap().into_path()).filter(|path| path.extension().is_some_and(|own| own == "md"));
    pages
        .filter_map(|path| {
            let code = fs::read_to_string(&path).unwrap().lines().next()?.strip_prefix("# ")?.to_owned();
            let path = path.strip_prefix(repository()).unwrap().to_string_lossy().replace('\\', "/");
            code.contains('/').then_some((code, path))
        })
        .collect()
}

/// The rules of these families, by their codes.
fn listed(families: &[&str]) -> Vec<Listed> {
    let pages = pages();
    let is_here = |rule: &&Rule| rule.code.split_once('/').is_some_and(|(family, _)| families.contains(&family));
    let mut rules: Vec<&Rule> = registry::rules().filter(is_here).collect();
    rules.sort_by_key(|rule| rule.code);
    let page = |rule: &Rule| pages.get(rule.code).unwrap_or_else(|| panic!("`{}` has no page", rule.code)).clone();
    rules.into_iter().map(|rule| Listed { rule, page: page(rule) }).collect()
}

/// The table of a section of the findings page.
fn table(families: &[&str]) -> String {
    let mut table = String::from("| Rule | Severity | Problem |\n|---|---|---|\n");
    for Listed { rule, page } in listed(families) {
        let severity = if rule.is_off { "off" } else { rule.severity.as_str() };
        let (code, anchor, problem) = (rule.code, rule.anchor(), rule.summary());
        let _ = writeln!(table, "| [`{code}`](../../{page}){{#{anchor}}} | {severity} | {problem} |");
    }
    table
}

/// The findings page with its tables written anew; what is said around them stays.
fn findings(old: &str) -> String {
    SECTIONS.iter().fold(old.to_owned(), |text, (title, families)| {
        let heading = format!("\n## {title}\n");
        let (before, section) = text.split_once(&heading).unwrap_or_else(|| panic!("{FINDINGS} has no `## {title}`"));
        let end = section.find("\n## ").map_or(section.len(), |end| end + 1);
        let (section, after) = section.split_at(end);
        let (lead, rest) = section.split_once("| Rule |").unwrap_or((section, ""));
        let rest: String = rest.split_inclusive('\n').skip_while(|line| !line.trim().is_empty()).collect();
        format!("{before}{heading}{lead}{}{rest}{after}", table(families))
    })
}

/// The navigation with the entries below the findings page written anew.
fn summary(old: &str) -> String {
    let entry = "  - [Findings](reference/findings.md)\n";
    let (before, rest) = old.split_once(entry).unwrap_or_else(|| panic!("{SUMMARY} does not list the findings page"));
    let after: String = rest.split_inclusive('\n').skip_while(|line| line.starts_with("    ")).collect();
    let mut entries = String::new();
    for (title, families) in SECTIONS {
        let _ = writeln!(entries, "    - [{title}]()");
        for Listed { rule, page } in listed(families) {
            let _ = writeln!(entries, "      - [{}](../{page})", rule.code);
        }
    }
    format!("{before}{entry}{entries}{after}")
}

/// What may stand at a key, in the words of the reference.
fn type_of(shape: &ValueShape) -> String {
    let string = |kind: &StringKind| match kind {
        StringKind::Text => "string",
        StringKind::Path => "path",
        StringKind::Pattern => "pattern",
        StringKind::Url => "URL",
        StringKind::Colour => "colour",
    };
    let codes = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match shape {
        ValueShape::Text(kind) => string(kind).to_owned(),
        ValueShape::Texts(kind) => format!("list of {}s", string(kind)),
        ValueShape::TextOrTexts(kind) => format!("{0}, or list of {0}s", string(kind)),
        ValueShape::Assets => "list of paths, URLs and tables".to_owned(),
        ValueShape::Flag => "`true`, `false`".to_owned(),
        ValueShape::Number => "integer".to_owned(),
        ValueShape::Choice { words, .. } => codes(words),
        ValueShape::Table(keys) | ValueShape::Tables(keys) => {
            let own = keys.iter().filter(|key| inner(&key.shape).is_empty() && key.shape != ValueShape::Foreign);
            codes(&own.map(|key| key.name).collect::<Vec<_>>())
        }
        ValueShape::NamedTexts => "names, each with a string".to_owned(),
        ValueShape::NamedLists => "names, each with a string or a list of strings".to_owned(),
        ValueShape::NamedTables(_) => "names, each with a table".to_owned(),
        ValueShape::NamedChoices { words, .. } => format!("names, each with one of {}", codes(words)),
        ValueShape::Foreign => String::new(),
    }
}

fn is_table(shape: &ValueShape) -> bool {
    matches!(shape, ValueShape::Table(_) | ValueShape::Tables(_))
}

/// The keys of a table.
fn inner(shape: &ValueShape) -> &[TableKey] {
    match shape {
        ValueShape::Table(keys) | ValueShape::Tables(keys) | ValueShape::NamedChoices { keys, .. } => keys,
        _ => &[],
    }
}

/// The headings that a table may have on the page, or the form in which a row names it.
fn header(path: &str, shape: &ValueShape) -> String {
    if matches!(shape, ValueShape::Tables(_)) { format!("`[[{path}]]`") } else { format!("`[{path}]`") }
}

/// Writes the rows of a table's keys. Tables that have a section of their own need none.
fn rows(out: &mut String, path: &str, keys: &[TableKey], page: &str) {
    for key in keys.iter().filter(|key| key.shape != ValueShape::Foreign) {
        let inside = format!("{path}.{}", key.name);
        let header = header(&inside, &key.shape);
        if page.contains(&format!("# {header}\n")) {
            continue;
        }
        let is_named =
            matches!(key.shape, ValueShape::NamedTexts | ValueShape::NamedLists | ValueShape::NamedTables(_));
        let name = if is_table(&key.shape) || is_named { header } else { format!("`{}`", key.name) };
        let default = if key.default.is_empty() { String::new() } else { format!("{} ", key.default) };
        let _ = writeln!(out, "| {name} | {} | {default}| {} |", type_of(&key.shape), key.meaning);
        let tables: Vec<TableKey> = inner(&key.shape).iter().filter(|key| is_table(&key.shape)).cloned().collect();
        rows(out, &inside, &tables, page);
    }
}

/// Writes the tables below the sections of these keys anew, and those of the tables in them.
fn settings(mut page: String, path: &str, keys: &[TableKey]) -> String {
    for key in keys.iter().filter(|key| !inner(&key.shape).is_empty()) {
        let inside = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        let heading = format!("# {}\n", header(&inside, &key.shape));
        let mut table = String::from("| Key | Type | Default | Meaning |\n|---|---|---|---|\n");
        let length = table.len();
        rows(&mut table, &inside, inner(&key.shape), &page);
        if let Some((before, section)) = page.split_once(&heading) {
            let end = section.find("\n#").map_or(section.len(), |end| end + 1);
            let (section, after) = section.split_at(end);
            let table = if table.len() > length { table.as_str() } else { "" };
            // A section without a table gets one at its end, with a blank line behind it.
            let behind = if table.is_empty() { "" } else { "\n" };
            let (lead, rest) = section.split_once("| Key |").unwrap_or((section, behind));
            let rest: String = rest.split_inclusive('\n').skip_while(|line| !line.trim().is_empty()).collect();
            page = format!("{before}{heading}{lead}{table}{rest}{after}");
        } else {
            let is_only_tables =
                inner(&key.shape).iter().all(|key| is_table(&key.shape) || key.shape == ValueShape::Foreign);
            assert!(!path.is_empty() || is_only_tables, "{BOOK_TOML} has no section {heading}");
        }
        page = settings(page, &inside, inner(&key.shape));
    }
    page
}

/// The page of the command line with the table of formats written anew.
fn formats(old: &str) -> String {
    let head = "| Format | Output |\n|---|---|\n";
    let (before, rest) = old.split_once(head).unwrap_or_else(|| panic!("{COMMAND_LINE} has no table of formats"));
    let rest: String = rest.split_inclusive('\n').skip_while(|line| line.starts_with('|')).collect();
    let row = |format: &&partner_docs::report::Format| format!("| `{}` | {}. |\n", format.name, format.about);
    format!("{before}{head}{}{rest}", FORMATS.iter().map(row).collect::<String>())
}

/// Holds a file to what it should say; with `UPDATE_EXPECT`, writes it.
fn hold(path: &str, fresh: impl Fn(&str) -> String) {
    let old = read(path);
    let new = fresh(&old);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(repository().join(path), new).unwrap();
    } else if let Some((old, new)) = old.lines().zip(new.lines()).find(|(old, new)| old != new) {
        panic!("{path} is out of date: run `{COMMAND}`\n  is:        {old}\n  should be: {new}");
    } else {
        assert!(old == new, "{path} is out of date: run `{COMMAND}`");
    }
}

#[test]
fn the_findings_page_and_the_navigation_list_every_rule() {
    let known: Vec<&str> = SECTIONS.iter().flat_map(|(_, families)| *families).copied().collect();
    for rule in registry::rules() {
        let family = rule.code.split('/').next().unwrap_or_default();
        assert!(
            known.contains(&family),
            "`{}` is of a new family: give it a section in {FINDINGS} and here",
            rule.code
        );
    }
    hold(FINDINGS, findings);
    hold(SUMMARY, summary);
}

#[test]
fn the_tables_of_book_toml_list_every_key() {
    hold(BOOK_TOML, |old| settings(old.to_owned(), "", &book_toml::known_keys()));
}

#[test]
fn the_page_of_the_command_line_lists_every_format() {
    hold(COMMAND_LINE, formats);
}

#[test]
fn every_directive_is_described_and_has_its_partial() {
    let reference = ["content/reference/markdown.md", "content/reference/map.md", "content/reference/playbook.md"];
    let reference: String = reference.into_iter().map(read).collect();
    let unknown = read("src/page/unknown_directive.md");
    let theme = read("tests/theme_reference.md");
    for directive in &DIRECTIVES {
        let name = directive.name;
        assert!(reference.contains(name), "no page of the reference describes `{name}`");
        assert!(unknown.contains(name), "src/page/unknown_directive.md does not list `{name}`");
        let keys = match directive.options {
            OptionKeys::Known(keys) => keys,
            OptionKeys::FrontMatter => &[],
        };
        let words = keys.iter().filter_map(|key| match key.value {
            OptionValue::Word(words) => Some(words),
            OptionValue::Name => None,
        });
        let shown = words.flatten().map(|word| word.shown).chain([directive.shown]);
        for partial in shown.map(|shown| shown.partial) {
            let file = format!("themes/default/templates/{partial}");
            assert!(repository().join(&file).is_file(), "`{name}` names {file}, which does not exist");
            assert!(theme.contains(partial), "tests/theme_reference.md does not say what `{partial}` sees");
        }
    }
}
