//! The house rules of the theme: colours and lengths have names, and so has every word.
//! In: the style sheets, templates and scripts of the built-in theme, and `themes/words/en.toml`. Out: each place that
//! writes down what has its place elsewhere.
//! Never knows: what anything looks like.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository as it lies on disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use partner_docs::wording::{Word, Wording, asked_by_script, asked_by_template};

/// The style sheets that give names to colours and lengths. All of them lie in the layer `tokens`.
const TOKENS: [&str; 4] = ["css/tokens.css", "css/scale.css", "css/shades.css", "map/shades.css"];

/// Lengths that no token stands for: what is as large as the window is that large everywhere.
const LENGTHS: [&str; 3] = ["100vw", "100vh", "100dvh"];

const UNITS: [&str; 18] =
    ["px", "rem", "em", "ex", "ch", "lh", "rlh", "vw", "vh", "dvw", "dvh", "svh", "lvh", "cm", "mm", "in", "pt", "pc"];

const COLOURS: [&str; 13] = [
    "rgb(",
    "rgba(",
    "hsl(",
    "hsla(",
    "hwb(",
    "lab(",
    "lch(",
    "oklab(",
    "oklch(",
    "color(",
    "color-mix(",
    "light-dark(",
    "#",
];

/// Colours by name. What the system calls its own is no colour of ours: those stand where colours are forced.
const NAMED: [&str; 12] =
    ["white", "black", "gray", "grey", "red", "green", "blue", "yellow", "orange", "purple", "silver", "gold"];

/// Texts in scripts that nobody reads: the names of keys, a browser's switch, why a page is loaded anew.
const NOT_WORDS: [&str; 13] = [
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "End",
    "Enter",
    "Escape",
    "Home",
    "use strict",
    "another script has moved this part",
    "a script is new",
    "a script has changed",
    "a script has gone",
];

/// The small words of English, which search passes over; they belong to the index, not to the interface.
const PASSED_OVER: (&str, &str) = ("search/rank.js", "a all an and any ");

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder that end so, by their path in it.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let folder = repository(folder);
    let found = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let found = found.filter(|entry| entry.path().extension().is_some_and(|own| own == extension));
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
    found.map(|entry| (name(entry.path()), read(entry.path()))).collect()
}

/// A text without all that stands between two marks, which go as well.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + " " + part.split_once(end).map_or("", |(_, rest)| rest))
}

/// All that is wrong, one to a line, so that a failure says everything at once.
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// A declaration, and the rules and queries that it stands in.
struct Declaration {
    around: Vec<String>,
    name: String,
    value: String,
}

/// The declarations of a style sheet. The drawings in it are masks, of which only the shape counts.
fn declarations(css: &str) -> Vec<Declaration> {
    let css = without(&without(css, "/*", "*/"), "url(\"", "\")");
    let mut around: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut text = String::new();
    for c in css.chars() {
        match c {
            '{' => around.push(std::mem::take(&mut text).trim().to_owned()),
            ';' | '}' => {
                if let Some((name, value)) = text.split_once(':') {
                    let [name, value] = [name, value].map(|part| part.trim().to_owned());
                    found.push(Declaration { around: around.clone(), name, value });
                }
                text.clear();
                if c == '}' {
                    around.pop();
                }
            }
            c => text.push(c),
        }
    }
    found
}

/// The parts of a value or a query: names, numbers with their units.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| c.is_whitespace() || "(),/*+<>=:".contains(c)).filter(|part| !part.is_empty())
}

fn is_length(part: &str) -> bool {
    let number = part.trim_start_matches('-');
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    unit.len() < number.len() && UNITS.contains(&unit)
}

/// What a declaration writes down that a token should stand for.
fn raw(declaration: &Declaration) -> Option<&str> {
    let Declaration { name, value, .. } = declaration;
    let length = parts(value).find(|part| is_length(part) && !LENGTHS.contains(part));
    let colour = COLOURS.iter().find(|colour| value.contains(**colour)).copied();
    let named = parts(value).find(|part| NAMED.contains(part));
    let leading = (name == "line-height" || name == "font").then(|| parts(value).find(|part| part.starts_with("1.")));
    length.or(colour).or(named).or(leading.flatten())
}

#[test]
fn style_sheets_take_colours_and_lengths_from_tokens() {
    let mut found = Vec::new();
    for (path, css) in files("themes/default", "css").iter().filter(|(path, _)| !TOKENS.contains(&path.as_str())) {
        let declarations = declarations(css);
        // A sheet of paper has no element that it could take a variable from.
        let of_page = |declaration: &&Declaration| declaration.around.iter().any(|rule| rule.starts_with("@page"));
        for declaration in declarations.iter().filter(|declaration| !of_page(declaration)) {
            if let Some(raw) = raw(declaration) {
                let Declaration { around, name, value } = declaration;
                found.push(format!("{path}: {} {{ {name}: {value} }} writes down `{raw}`", around.join(" ")));
            }
        }
    }
    assert_none("colours and lengths that belong into css/scale.css or css/shades.css", &found);
}

#[test]
fn media_queries_ask_for_the_widths_of_one_table() {
    let scale = read(&repository("themes/default/css/scale.css"));
    let table = scale.split("*/").next().unwrap();
    let known: BTreeSet<&str> = table.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut used = BTreeSet::new();
    for (path, css) in files("themes/default", "css") {
        let css = without(&css, "/*", "*/");
        let queries = css.split("@media").skip(1).filter_map(|rest| rest.split('{').next());
        for width in queries.flat_map(parts).filter(|part| is_length(part)) {
            assert!(known.contains(width), "{path} asks for {width}, which is not in the table of css/scale.css");
            used.insert(width.to_owned());
        }
    }
    let listed = known.iter().filter(|word| is_length(word));
    assert!(listed.clone().all(|width| used.contains(*width)), "{used:?} are used");
    assert!(listed.count() <= 5, "five widths are enough for anybody");
}

#[test]
fn tokens_are_there_and_in_use() {
    let sheets = files("themes/default", "css");
    let drawn = read(&repository("src/map/svg/style.css"));
    let other = files("src", "rs").into_iter().chain(files("themes/default", "html")).map(|(_, text)| text);
    let all: String = sheets.iter().map(|(_, css)| css.clone()).chain(other).chain([drawn]).collect();
    let mut found = Vec::new();
    for (path, css) in &sheets {
        let css = without(css, "/*", "*/");
        let given = css.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next());
        // A site may set the font of its maps; all else has a value.
        for name in given.filter(|name| *name != "map-font") {
            if !all.contains(&format!("--{name}:")) {
                found.push(format!("{path} uses `--{name}`, which is nowhere set"));
            }
        }
        let own = declarations(&css).into_iter().filter(|_| TOKENS.contains(&path.as_str()));
        for token in own.filter(|own| own.name.starts_with("--") && !own.name.starts_with("--map-")) {
            if [')', ','].iter().all(|end| !all.contains(&format!("var({}{end}", token.name))) {
                found.push(format!("{path} sets `{}`, which nothing uses", token.name));
            }
        }
    }
    assert_none("tokens", &found);
}

/// What stands in the text of a template and in the attributes that readers hear or see, but for what is put in.
fn own_words(template: &str) -> Vec<String> {
    let mut html = template.to_owned();
    for (start, end) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<style", "</style>"), ("<script", "</script>")] {
        html = without(&html, start, end);
    }
    let spoken = [" aria-label=\"", " title=\"", " alt=\"", " placeholder=\"", " summary=\"", " label=\""];
    let attributes = spoken.iter().flat_map(|name| html.split(*name).skip(1).filter_map(|rest| rest.split('"').next()));
    let texts = html.split('>').filter_map(|part| part.split('<').next());
    let texts = attributes.chain(texts).map(str::trim).filter(|text| text.contains(char::is_alphabetic));
    texts.map(str::to_owned).collect()
}

#[test]
fn templates_have_no_words_of_their_own() {
    let mut found = Vec::new();
    for (path, template) in files("themes/default/templates", "html") {
        found.extend(own_words(&template).into_iter().map(|words| format!("{path}: {words}")));
    }
    assert_none("words that belong into themes/words/en.toml", &found);
}

/// The texts in quotes of a script; those that hold code in `${…}` in their parts, and that code's own.
fn quoted(script: &str) -> Vec<String> {
    let signs: Vec<char> = script.chars().collect();
    let (mut found, mut open, mut at) = (Vec::new(), Vec::new(), 0);
    let mut before = '\n';
    while at < signs.len() {
        let (sign, next) = (signs[at], signs.get(at + 1).copied().unwrap_or('\n'));
        let until =
            |end: &dyn Fn(usize) -> bool, from: usize| (from..signs.len()).find(|at| end(*at)).unwrap_or(signs.len());
        match sign {
            '/' if next == '/' => at = until(&|at| signs[at] == '\n', at),
            '/' if "(,=:[!&|?{};\n>".contains(before) => {
                let mut in_class = false;
                at += 1;
                while at < signs.len() && (signs[at] != '/' || in_class) {
                    in_class = (in_class || signs[at] == '[') && signs[at] != ']';
                    at += if signs[at] == '\\' { 2 } else { 1 };
                }
            }
            '"' | '\'' | '`' | '}' if sign != '}' || open.pop() == Some(true) => {
                let end = if sign == '}' { '`' } else { sign };
                let mut text = String::new();
                at += 1;
                while at < signs.len() && signs[at] != end {
                    if end == '`' && signs[at] == '$' && signs.get(at + 1) == Some(&'{') {
                        open.push(true);
                        at += 1;
                        break;
                    }
                    text.push(signs[at]);
                    at += if signs[at] == '\\' { 2 } else { 1 };
                }
                found.push(text);
            }
            '{' => open.push(false),
            _ => {}
        }
        if !sign.is_whitespace() {
            before = sign;
        }
        at += 1;
    }
    found
}

/// Whether a text of a script reads like something for people: it begins with a capital, or has two words side by side.
fn is_for_people(text: &str) -> bool {
    let text = without(text, "<", ">");
    let text = text.rsplit('>').next().unwrap_or_default().split('<').next().unwrap_or_default().trim();
    let is_plain = |c: char| c.is_alphabetic() || " ,.:;!?'’“”…".contains(c);
    let mut letters = text.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let words: Vec<&str> = text.split(' ').collect();
    let are_words =
        words.windows(2).any(|pair| pair.iter().all(|word| word.len() > 1 && word.chars().all(char::is_alphabetic)));
    text.chars().all(is_plain) && !NOT_WORDS.contains(&text) && (is_name || are_words)
}

/// The scripts of the theme and those that `serve` puts into pages.
fn scripts() -> Vec<(String, String)> {
    files("themes/default", "js").into_iter().chain(files("src", "js")).collect()
}

#[test]
fn scripts_have_no_words_of_their_own() {
    assert_eq!(
        quoted("a('b', `c ${d(\"e\")} f`, /[\"']/g); // \"g\"\nx = { y: 1 } + 'h'"),
        ["b", "c ", "e", " f", "h"]
    );
    assert!(is_for_people("Copied") && is_for_people(" more on this page.") && is_for_people("<b> Close</b>"));
    assert!(!is_for_people(".tabs .tab") && !is_for_people("aria-label") && !is_for_people("Enter"));
    let mut found = Vec::new();
    for (path, script) in scripts() {
        let passed_over = |text: &String| path == PASSED_OVER.0 && text.starts_with(PASSED_OVER.1);
        let words = quoted(&script).into_iter().filter(|text| is_for_people(text) && !passed_over(text));
        found.extend(words.map(|text| format!("{path}: {text}")));
    }
    assert_none("words that belong into themes/words/en.toml", &found);
}

/// The names of the values that stand behind a word: `with(count=…, map=…)`, `say("…", { count, map: … })`.
fn values(given: &str, end: char, between: [char; 2]) -> BTreeSet<&str> {
    let mut depth = 0;
    let end = given.char_indices().find(|(_, c)| {
        depth += i32::from("([{".contains(*c)) - i32::from(")]}".contains(*c));
        *c == end && depth < 0
    });
    let given = &given[..end.map_or(0, |(at, _)| at)];
    given
        .split(',')
        .filter_map(|part| part.split(between).next())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn every_word_that_is_asked_for_is_there_with_the_values_it_needs() {
    let words = Wording::english();
    let mut found = Vec::new();
    let mut hold = |path: &str, name: &str, given: BTreeSet<&str>| match words.get(name).map(Word::values) {
        None => found.push(format!("{path} asks for `{name}`, which is not in themes/words/en.toml")),
        Some(needed) if needed != given => found.push(format!("{path} gives {given:?} to `{name}`: {needed:?}")),
        Some(_) => {}
    };
    for (path, template) in files("themes/default/templates", "html") {
        for (at, name) in asked_by_template(&template) {
            let rest = template[at + name.len()..].trim_start();
            let given = rest.strip_prefix("| with(").map(|given| values(given, ')', ['=', '='])).unwrap_or_default();
            hold(&path, name, given);
        }
    }
    for (path, script) in scripts() {
        for name in asked_by_script(&script) {
            let rest = script.split_once(&format!("say(\"{name}\"")).map_or("", |(_, rest)| rest);
            let given = rest.strip_prefix(", {").map(|given| values(given, '}', [':', ':'])).unwrap_or_default();
            hold(&path, name, given);
        }
    }
    for (path, code) in
        files("src", "rs").iter().filter(|(path, _)| path != "wording.rs" && !path.ends_with("tests.rs"))
    {
        let calls = code.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
        calls.filter(|name| name.contains('.')).for_each(|name| hold(path, name, BTreeSet::new()));
        for rest in code.split(".with(\"").skip(1) {
            let name = rest.split('"').next().unwrap();
            let given = rest.split(']').next().unwrap().split("(\"").skip(1);
            // `join(", ")` names no value.
            let given = given.filter_map(|value| value.split('"').next()).filter(|value| *value != ", ");
            hold(path, name, given.collect());
        }
    }
    assert_none("words", &found);
}

#[test]
fn every_word_is_asked_for() {
    let templates = files("themes/default/templates", "html").into_iter();
    let asked: BTreeSet<String> = templates
        .flat_map(|(_, text)| asked_by_template(&text).map(|(_, name)| name.to_owned()).collect::<Vec<_>>())
        .chain(scripts().iter().flat_map(|(_, text)| asked_by_script(text).map(str::to_owned).collect::<Vec<_>>()))
        .collect();
    let code: String = files("src", "rs").into_iter().map(|(_, code)| code).collect();
    // A callout asks for the word that its author wrote.
    let is_asked =
        |name: &String| asked.contains(name) || code.contains(&format!("\"{name}\"")) || name.starts_with("callout.");
    let idle: Vec<String> = Wording::english().names().filter(|name| !is_asked(name)).collect();
    assert_none("words of themes/words/en.toml that nothing shows", &idle);
}
