//! The repository against ARCHITECTURE.md: who imports whom, where the world is touched, what a file looks like.
//! In: the table of imports, every source file, and the registry of rules. Out: each place where document and code disagree.
//! Never knows: what any module does.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository as it lies on disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use partner_docs::check::registry;

/// No file is longer; most are much shorter.
const LINES: usize = 400;

/// What touches the world outside, the words that do it, and the only places where they may stand.
const HOMES: [(&str, &[&str], &[&str]); 7] = [
    (
        "the disk",
        &["std::fs", "fs::read", "fs::write", "File::open"],
        &["project/filesystem/walk", "output", "cli", "serve/watch", "serve/http/content"],
    ),
    ("the environment", &["std::env", "env::var"], &["cli", "main"]),
    ("the clock", &["Instant::now", "SystemTime::now"], &["cli", "serve"]),
    ("threads", &["std::thread", "thread::spawn", "thread::Builder"], &["pipeline", "serve", "linkcheck"]),
    ("the network", &["ureq::", "TcpStream", "TcpListener"], &["serve", "linkcheck"]),
    ("other programs", &["process::Command", "Command::new"], &["git", "cli"]),
    ("printing", &["println!", "eprintln!", "print!(", "dbg!", "stdout()", "stderr()"], &["cli"]),
];

/// A source file, its tests and comments taken out.
struct Code {
    /// Relative to `src`, without `.rs`: `serve/http/request`.
    name: String,
    code: String,
}

impl Code {
    /// The module right below the crate's root that this file belongs to.
    fn module(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// How many `super::` lead from this file to the crate's root.
    fn depth(&self) -> usize {
        self.name.trim_end_matches("/mod").split('/').count()
    }
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder of the repository, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![repository().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            // What a build leaves is nobody's source: the fuzz targets are built in a folder of their own.
            match path.is_dir() {
                true if path.ends_with("target") => {}
                true => open.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    found
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|own| extensions.iter().any(|extension| own == *extension))
}

/// Every file of the library and the program that is not a test.
fn sources() -> Vec<Code> {
    let root = repository().join("src");
    let rust = files("src").into_iter().filter(|path| has_extension(path, &["rs"]));
    rust.map(|path| {
        let name = path.strip_prefix(&root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
        Code { name, code: without_tests(&without_comments(&read(&path))) }
    })
    .filter(|file| !file.name.split('/').any(|part| part == "tests"))
    .collect()
}

/// A text without its comment lines; what follows code on a line is short and names no modules.
fn without_comments(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// A text without the items marked as tests: up to the closing brace, or to the semicolon where none opens.
fn without_tests(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, item)) = rest.split_once("#[cfg(test)]") {
        kept.push_str(before);
        let mut depth = 0;
        let end = item.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0 && matches!(c, '}' | ';')
        });
        rest = end.map_or("", |(at, _)| &item[at + 1..]);
    }
    kept + rest
}

/// The modules that a file names by `crate::`, or by climbing to the root with `super::`.
fn imports(file: &Code) -> BTreeSet<String> {
    let to_root = "super::".repeat(file.depth());
    let climbs = file.code.match_indices(&to_root).filter(|(at, _)| !file.code[..*at].ends_with("super::"));
    let ends = climbs.map(|(at, path)| at + path.len()).chain(
        file.code
            .match_indices("crate::")
            .filter(|(at, _)| !file.code[..*at].ends_with('$'))
            .map(|(at, path)| at + path.len()),
    );
    ends.flat_map(|end| heads(&file.code[end..])).collect()
}

/// The first names of a path, or of each path of a group: `a` of `a::b`, `a` and `c` of `{a::{b, x}, c}`.
fn heads(path: &str) -> Vec<String> {
    let name =
        |text: &str| text.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(c),
        }
        depth += i32::from(c == '{') - i32::from(c == '}');
    }
    parts.iter().map(|part| name(part)).filter(|name| !name.is_empty()).collect()
}

/// The words of a cell that stand in backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The table of ARCHITECTURE.md: for each module those it may import.
fn permissions() -> BTreeMap<String, BTreeSet<String>> {
    let document = read(&repository().join("ARCHITECTURE.md"));
    let start = document.find("| Module | may import").expect("ARCHITECTURE.md has the table of imports");
    let rows = document[start..].lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut base = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let above: BTreeSet<String> = allowed.keys().cloned().collect();
        for module in quoted(cells[0]) {
            let named: BTreeSet<String> = quoted(cells[1]).into_iter().collect();
            let may = if cells[1].starts_with("each only those to its left") {
                let left = base.clone();
                base.insert(module.clone());
                left
            } else if cells[1].starts_with("all above but") {
                above.difference(&named).cloned().collect()
            } else {
                base.union(&named).cloned().collect()
            };
            allowed.insert(module, may);
        }
    }
    allowed
}

/// All that disagrees, one to a line, so that a failure says everything at once.
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn imports_follow_the_architecture() {
    let allowed = permissions();
    let mut forbidden = Vec::new();
    for file in sources().iter().filter(|file| !matches!(file.module(), "lib" | "main")) {
        let module = file.module();
        let Some(may) = allowed.get(module) else {
            forbidden.push(format!("`{module}` is not in the table"));
            continue;
        };
        let imported = imports(file);
        let wrong = imported.iter().filter(|name| *name != module && !may.contains(*name));
        forbidden.extend(wrong.map(|name| format!("src/{}.rs imports `{name}`", file.name)));
    }
    forbidden.dedup();
    let known: BTreeSet<String> = sources().iter().map(|file| file.module().to_owned()).collect();
    forbidden.extend(
        allowed
            .keys()
            .filter(|module| !known.contains(*module))
            .map(|module| format!("`{module}` is in the table only")),
    );
    assert_none("imports that ARCHITECTURE.md does not allow", &forbidden);
}

#[test]
fn the_world_is_touched_only_where_it_has_a_home() {
    let mut found = Vec::new();
    for file in sources() {
        let at_home =
            |homes: &[&str]| homes.iter().any(|home| file.name == *home || file.name.starts_with(&format!("{home}/")));
        for (what, words, homes) in HOMES {
            for word in words.iter().filter(|word| !at_home(homes) && file.code.contains(**word)) {
                found.push(format!("src/{}.rs: `{word}`; {what} has its home in {}", file.name, homes.join(", ")));
            }
        }
    }
    assert_none("the world outside", &found);
}

#[test]
fn no_text_is_taken_apart_by_offsets_that_may_panic() {
    // The lint knows types, which this test does not; what could be lost unseen is the lint.
    assert!(read(&repository().join("src/lib.rs")).contains("deny(clippy::string_slice)"));
    let turns_it_off = |file: &&Code| {
        ["allow", "expect"].iter().any(|word| file.code.contains(&format!("{word}(clippy::string_slice")))
    };
    let off: Vec<String> = sources().iter().filter(turns_it_off).map(|file| file.name.clone()).collect();
    assert_none("`text[range]` panics within a letter, `text.part(range)` does not", &off);
}

#[test]
fn files_are_short_and_say_what_they_hold() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "themes"] {
        let written = files(folder).into_iter().filter(|path| has_extension(path, &["rs", "js", "css", "html"]));
        for path in written {
            let text = read(&path);
            let name = path.strip_prefix(repository()).unwrap().display();
            if text.lines().count() > LINES {
                found.push(format!("{name} has {} lines, more than {LINES}", text.lines().count()));
            }
            // Tests beside their module need no head of their own: the module has it.
            if has_extension(&path, &["rs"]) && !path.ends_with("tests.rs") && !text.starts_with("//!") {
                found.push(format!("{name} does not start with `//!`"));
            }
        }
    }
    assert_none("files", &found);
}

#[test]
fn each_rule_has_one_home_its_page_beside_it_and_a_place_in_the_registry() {
    let mut found = Vec::new();
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    for file in sources() {
        let made = ["Rule::error(", "Rule::warning(", "Rule::info("];
        let calls = made.iter().flat_map(|call| file.code.match_indices(call));
        for call in calls.map(|(at, call)| at + call.len()) {
            let mut texts = file.code[call..].split('"').skip(1).step_by(2);
            let (code, page) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
            let path = repository().join("src").join(&file.name).with_file_name(page);
            let title = fs::read_to_string(&path).ok().and_then(|text| text.lines().next().map(str::to_owned));
            if title.as_deref() != Some(&format!("# {code}")) {
                found.push(format!("src/{}.rs: {page} does not begin with `# {code}`", file.name));
            }
            if registry::rule(code).is_none() {
                found.push(format!("`{code}` of src/{}.rs is in no list of rules", file.name));
            }
            if let Some(other) = homes.insert(code.to_owned(), file.name.clone()) {
                found.push(format!("`{code}` has two homes: src/{other}.rs and src/{}.rs", file.name));
            }
        }
    }
    // Rules that no constructor makes, with their code and page, would escape what is read above.
    for file in sources() {
        let declared = file.code.match_indices(": Rule =").map(|(at, text)| file.code[at + text.len()..].trim_start());
        let unread = declared.filter(|made| {
            !["Rule::error(", "Rule::warning(", "Rule::info("].iter().any(|call| made.starts_with(call))
        });
        found.extend(
            unread.map(|made| {
                format!("src/{}.rs makes a rule by `{}`", file.name, made.lines().next().unwrap_or_default())
            }),
        );
    }
    assert_none("rules", &found);
}

#[test]
fn this_test_reads_code_as_the_compiler_does() {
    let file = |name: &str, code: &str| Code { name: name.to_owned(), code: without_tests(&without_comments(code)) };
    let names = |name: &str, code: &str| imports(&file(name, code)).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("a/b", "use crate::{text::{Span, Source}, url};\nfn f() { crate::map::draw() }"), "map text url");
    assert_eq!(names("a/mod", "use super::text::Span;"), "text");
    assert_eq!(names("a/b", "use super::own;\nuse super::super::text;"), "text");
    assert_eq!(
        names("a", "// crate::no\n#[cfg(test)]\nmod tests { use crate::no; fn f() {} }\nuse crate::yes;"),
        "yes"
    );
    assert_eq!(names("a", "#[cfg(test)]\nmod tests;\nuse crate::yes;"), "yes");
    let allowed = permissions();
    assert!(allowed["serve"].contains("pipeline") && allowed["serve"].contains("source"));
    assert!(allowed["diagnostic"].contains("source") && !allowed["source"].contains("diagnostic"));
    assert!(!allowed["pipeline"].contains("report") && allowed["pipeline"].contains("render"));
    assert!(!allowed["check"].contains("render") && !allowed["markdown"].contains("map"));
}
