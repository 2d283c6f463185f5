//! What compiling a page costs, against the parser's own HTML of the same text.
//! In: the made-up corpus, and the documentation of two real teams where it lies beside the repository. Out: a line for
//! each, as a ratio.
//! Never knows: what is fast enough.
//!
//! Dialects, includes, variables, spans and findings are all part of it. Highlighting is not: the parser has none.

use std::path::Path;
use std::time::Duration;

use partner_docs::markdown::{self, NoContext, Options};
use partner_docs::source::{SourceId, Span};

use super::{best, corpus, ratio, say};

/// How often each page is compiled.
const ROUNDS: usize = 40;

/// Compiles all texts there are, one corpus after the other.
pub(super) fn measure() {
    let made_up: Vec<String> = (0..100).map(|n| corpus::page(n, 100)).collect();
    compare("made up", &made_up);
    for name in ["accelerator", "partneros"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(name);
        let texts = texts(&folder);
        if texts.is_empty() {
            println!("{name}: its documentation is not there");
        } else {
            compare(name, &texts);
        }
    }
}

/// All Markdown below a folder.
fn texts(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let pages = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    pages.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

fn compare(name: &str, texts: &[String]) {
    let texts: Vec<String> = texts.iter().map(|text| without_languages(text)).collect();
    let compile = |text: &String| {
        markdown::compile(text, Span::new(SourceId::new(0), 0..text.len()), &Options::default(), &NoContext)
    };
    let (mut ours, mut plain) = (Duration::ZERO, Duration::ZERO);
    // Page by page, since what else the machine does spares the best of many short runs, and in turns.
    for text in &texts {
        let (mut best_of_ours, mut best_of_plain) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            best_of_ours = best_of_ours.min(best(1, || compile(text)).0);
            best_of_plain = best_of_plain.min(best(1, || plain_html(text)).0);
        }
        ours += best_of_ours;
        plain += best_of_plain;
    }
    let size = texts.iter().map(String::len).sum::<usize>() / 1024;
    say(
        &format!("{name}: Markdown to HTML, {size} KiB"),
        ours,
        &format!("{:.2} × the parser's own", ratio(ours, plain)),
    );
}

fn plain_html(text: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let mut html = String::new();
    html::push_html(&mut html, Parser::new_ext(text, options));
    html
}

/// A text whose fences name no language that could be highlighted.
fn without_languages(text: &str) -> String {
    let mut opened = false;
    let line = |line: &str| {
        let is_fence = line.trim_start().starts_with("```");
        opened ^= is_fence;
        let marks = line.trim_end().trim_end_matches(|c: char| c != '`').len();
        if is_fence && opened { format!("{}text\n", &line[..marks]) } else { line.to_owned() }
    };
    text.split_inclusive('\n').map(line).collect()
}
