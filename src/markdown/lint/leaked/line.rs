//! What is the first thing on a line, and was meant as a block.

use super::construct::{
    API, API_PAGE, ASIDE, BLOCK, BOOK_DIRECTIVE, BREAK, CALLOUT, COLLAPSIBLE, COMMENT, Construct, DEFINITION, DIAGRAM,
    EXPORT, FORMULA, HEADING, IMPORT, INCLUDE, INCLUSION, LEAF, OTHER_INCLUDE, PAGE_BREAK, PROGRESS, RST, TAB, TARGET,
    TASK, TOC,
};
use super::place::{Leak, LeakForm, Place};
use super::{inline, tables};
use crate::markdown::write::embed::is_diagram;
use crate::source::Part as _;

/// What a line starts with, and the function that tells whether it was meant. The first one that says so is right.
pub(super) static FORMS: &[LeakForm] = &[
    LeakForm { mark: "#", read: heading },
    LeakForm { mark: "|", read: tables::row },
    LeakForm { mark: "-[", read: task },
    LeakForm { mark: "-", read: tables::dashes },
    LeakForm { mark: ":-", read: tables::dashes },
    LeakForm { mark: "--8<--", read: |place| Some(whole(place, &INCLUDE)) },
    LeakForm { mark: "!!!", read: |place| exclaimed(place, &CALLOUT) },
    LeakForm { mark: "???", read: |place| exclaimed(place, &COLLAPSIBLE) },
    LeakForm { mark: "=== ", read: tab },
    LeakForm { mark: ":::", read: |place| Some(aside(place)) },
    LeakForm { mark: "::", read: leaf },
    LeakForm { mark: "///", read: block },
    LeakForm { mark: "{{#", read: |place| Some(whole(place, &BOOK_DIRECTIVE)) },
    LeakForm { mark: "[TOC]", read: |place| alone(place, &["[TOC]"], &TOC) },
    LeakForm { mark: "[toc]", read: |place| alone(place, &["[toc]"], &TOC) },
    LeakForm { mark: "$$", read: formula },
    // `VitePress` includes code so.
    LeakForm { mark: "<<< ", read: |place| after(place, &["@", "./", "../", "/"], &OTHER_INCLUDE) },
    LeakForm { mark: "{!", read: |place| braced_include(place, "{!", "!}") },
    LeakForm { mark: "{* ", read: |place| braced_include(place, "{* ", "*}") },
    LeakForm { mark: "@[code", read: |place| Some(whole(place, &OTHER_INCLUDE)) },
    LeakForm { mark: "[!", read: inclusion },
    LeakForm { mark: "[", read: definition },
    LeakForm { mark: "!!swagger", read: |place| Some(whole(place, &API_PAGE)) },
    LeakForm { mark: "!swagger ", read: |place| Some(whole(place, &API_PAGE)) },
    LeakForm { mark: "[=", read: progress },
    LeakForm { mark: "%%", read: |place| Some(whole(place, &COMMENT)) },
    LeakForm { mark: "% ", read: comment },
    LeakForm { mark: "(", read: target },
    LeakForm { mark: "+++", read: block_break },
    LeakForm { mark: ".. ", read: restructured },
    LeakForm { mark: "\\", read: |place| alone(place, &["\\newpage", "\\pagebreak", "\\clearpage"], &PAGE_BREAK) },
    LeakForm { mark: "import ", read: import },
    LeakForm { mark: "export ", read: export },
];

/// The line as far as it is text of this place.
fn whole<'t>(place: &Place<'t>, construct: &'static Construct) -> Leak<'t> {
    Leak::new(0..place.line().trim_end().len(), construct)
}

/// A line that is nothing else.
fn alone<'t>(place: &Place<'t>, words: &[&str], construct: &'static Construct) -> Option<Leak<'t>> {
    words.contains(&place.line().trim_end()).then(|| whole(place, construct))
}

/// A line whose mark is followed by one of these.
fn after<'t>(place: &Place<'t>, starts: &[&str], construct: &'static Construct) -> Option<Leak<'t>> {
    let rest = place.line().split_once(' ')?.1.trim_start();
    starts.iter().any(|start| rest.starts_with(start)).then(|| whole(place, construct))
}

/// `{!terms.md!}`, and `{* src/app.py *}` as in the pages of `FastAPI`: the path of a file, on a line of its own.
fn braced_include<'t>(place: &Place<'t>, open: &str, close: &str) -> Option<Leak<'t>> {
    let path = place.line().trim_end().strip_prefix(open)?.strip_suffix(close)?.trim().split(' ').next()?;
    path.contains(['.', '/']).then(|| whole(place, &OTHER_INCLUDE))
}

/// `???` and `!!!` alone are how people write.
fn exclaimed<'t>(place: &Place<'t>, construct: &'static Construct) -> Option<Leak<'t>> {
    let rest = place.line().trim_end().part(3..);
    (!rest.is_empty() && !rest.starts_with(['!', '?', '.'])).then(|| whole(place, construct))
}

fn tab<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line().trim_end();
    let is_label = line.part(4..).starts_with(|c: char| c == '"' || c.is_alphabetic()) && !line.ends_with('=');
    is_label.then(|| whole(place, &TAB))
}

/// `::: tip`, or `::: package.module.Name` with which a plugin is asked for a part of the page.
fn aside<'t>(place: &Place<'t>) -> Leak<'t> {
    let line = place.line().trim_end();
    let construct = match line.trim_start_matches(':').trim_start() {
        // Azure DevOps writes its diagrams so.
        name if is_diagram(name) => &DIAGRAM,
        _ if line.strip_prefix("::: ").is_some_and(is_identifier) => &API,
        _ => &ASIDE,
    };
    whole(place, construct)
}

fn is_identifier(name: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    name == "mkdocs-click" || (name.contains('.') && name.split(['.', '/', ':']).all(is_word))
}

/// `::youtube{#id}`, `::include{file=terms.md}`
fn leaf<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let name = place.line().strip_prefix("::")?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    (end > 0 && name.part(end..).starts_with(['{', '['])).then(|| whole(place, &LEAF))
}

fn block<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let rest = place.line().trim_start_matches('/');
    rest.starts_with(|c: char| c == ' ' || c.is_ascii_lowercase()).then(|| whole(place, &BLOCK))
}

fn formula<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line().trim_end();
    let is_formula = line == "$$" || line.part(2..).starts_with(|c: char| c == '\\' || c.is_alphabetic());
    is_formula.then(|| whole(place, &FORMULA))
}

fn task<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line();
    ["-[ ] ", "-[x] ", "-[] "].iter().any(|task| line.starts_with(task)).then(|| whole(place, &TASK))
}

/// `##Terms`: the parser wants a blank behind the marks. A single mark may be a hashtag, unless it stands over a text as
/// a heading would.
fn heading<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line().trim_end();
    let marks = line.len() - line.trim_start_matches('#').len();
    let words = line.part(marks..);
    let below = place.text.part(place.at + line.len()..).trim_start_matches([' ', '\r']).trim_start_matches('\n');
    let is_apart = below.starts_with(['\n', '\r']) && !words.contains('#');
    let is_heading = match marks {
        1 => is_apart && words.starts_with(|first: char| first.is_uppercase()) && words.contains(char::is_lowercase),
        2..=6 => words.starts_with(char::is_alphanumeric),
        _ => false,
    };
    is_heading.then(|| Leak::new(0..line.len(), &HEADING).right(marks..marks, " ".to_owned()))
}

/// `[!INCLUDE [terms](terms.md)]`, `[!code-csharp[](a.cs)]`
fn inclusion<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let word = place.line().part(2..);
    let has_word = |start: &str| word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    (has_word("include") || has_word("code-") || has_word("video ")).then(|| whole(place, &INCLUSION))
}

/// `[plan]: my plan.md`: the parser wants an address without spaces here as well.
fn definition<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let (_, address) = place.line().trim_end().split_once("]: ")?;
    let start = place.line().trim_end().len() - address.trim_start().len();
    let address = address.trim_start();
    let is_path = address.contains(' ') && !address.contains(['"', '\'', '<', '[']) && inline::is_file(address);
    is_path.then(|| {
        let leak = Leak::new(0..start + address.len(), &DEFINITION);
        leak.right(start..start + address.len(), address.replace(' ', "%20"))
    })
}

/// `[=85% "85%"]`
fn progress<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let inner = place.line().strip_prefix("[=")?.trim_start();
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    (digits.len() < inner.len() && digits.starts_with('%')).then(|| whole(place, &PROGRESS))
}

/// `% a note`, over or below nothing else: per cents stand within a sentence.
fn comment<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let says = place.line().part(2..).trim_start().starts_with(char::is_alphabetic);
    (says && place.starts_paragraph()).then(|| whole(place, &COMMENT))
}

/// `(exit-terms)=`
fn target<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let name = place.line().trim_end().strip_prefix('(')?.strip_suffix(")=")?;
    let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    is_name.then(|| whole(place, &TARGET))
}

/// `+++`, which parts the cells of a notebook.
fn block_break<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line().trim_end();
    let is_break = (line == "+++" && place.starts_paragraph()) || line.starts_with("+++ {");
    is_break.then(|| whole(place, &BREAK))
}

/// `.. note::`
fn restructured<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let (name, _) = place.line().strip_prefix(".. ")?.split_once("::")?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | ':' | '_'));
    is_name.then(|| whole(place, &RST))
}

/// `import Tabs from '@theme/Tabs';`
fn import<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let line = place.line().trim_end().trim_end_matches(';');
    let names = line.strip_prefix("import ")?.trim_start();
    let is_module = names.contains(" from ") || names.starts_with(['"', '\'']);
    (is_module && line.ends_with(['"', '\''])).then(|| whole(place, &IMPORT))
}

/// `export const plan = …`
fn export<'t>(place: &Place<'t>) -> Option<Leak<'t>> {
    let what = place.line().strip_prefix("export ")?.trim_start();
    let is_code = match what.split([' ', '(']).next().unwrap_or_default() {
        "const" | "let" => what.contains('='),
        "function" => what.contains('('),
        "default" => what.ends_with(['{', ';', '>', '(']),
        first => first.starts_with('{') && what.contains('}'),
    };
    (is_code && place.starts_paragraph()).then(|| whole(place, &EXPORT))
}
