//! How long the parts of a build take, on a corpus that is the same everywhere.
//! In: nothing; the corpus is made here. Out: a line for each measurement, in milliseconds and as a ratio, to stdout.
//! Never knows: what is fast enough. Numbers of one machine say little; ratios say whether the cost grows as the site
//! does.
//!
//! ```text
//! cargo bench --bench build
//! ```

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark holds a clock, writes and prints")]

mod check;
mod corpus;
mod pages;
mod shapes;

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use partner_docs::map::layout::{LayoutOptions, layout};
use partner_docs::map::mermaid::{Diagram, parse};
use partner_docs::output::{OutputContent, OutputFile, ProtectedPaths, SiteWriter, WriteSummary};
use partner_docs::pipeline::{BuiltSite, Drafts, Session};
use partner_docs::project::{DiskFolder, FileSystem, MemoryFileSystem};
use partner_docs::source::{SourceId, SourceMap, SourcePath, Span};

/// Pages of the small corpus; the large one has ten times as many.
const PAGES: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` runs benchmarks as tests: one look at a tiny site is enough for that.
    let is_measured = std::env::args().any(|argument| argument == "--bench");
    let pages = if is_measured { PAGES } else { 4 };
    sites(pages)?;
    check::measure(pages * 50)?;
    maps();
    pages::measure();
    if is_measured {
        shapes::measure();
    }
    real_sites()
}

/// The best of several runs: what the machine does besides only ever adds.
fn best<T>(times: usize, mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut once = || {
        let start = Instant::now();
        let value = run();
        (start.elapsed(), value)
    };
    let first = once();
    (1..times).map(|_| once()).fold(first, |best, next| if next.0 < best.0 { next } else { best })
}

fn say(what: &str, time: Duration, note: &str) {
    println!("{what:<44} {:>10.2} ms   {note}", time.as_secs_f64() * 1000.0);
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

fn link<D: FileSystem>(session: &mut Session<D>) -> BuiltSite {
    session.link().unwrap_or_else(|error| panic!("{error}"))
}

/// Builds to a folder, as the program does.
fn build<D: FileSystem>(session: &mut Session<D>, to: &Path) -> Result<WriteSummary, Box<dyn Error>> {
    let linked = link(session);
    let published = session.publish(&linked);
    let place = &linked.site.config.place;
    let (project, root) = (place.project_folder(), place.root());
    let around = ProtectedPaths { project, root, home: None, sources: &[], tracked: None };
    let made = published
        .files
        .into_iter()
        .map(|file| OutputFile { path: file.path, content: OutputContent::Bytes(file.bytes) });
    let copy_of = |source: &SourcePath| OutputContent::CopyOf(place.on_disk(source));
    let copies =
        published.copies.into_iter().map(|file| OutputFile { path: file.path, content: copy_of(&file.source) });
    let mut writer = SiteWriter::begin(to, &around)?;
    writer.put(&made.chain(copies).collect::<Vec<_>>())?;
    Ok(writer.commit()?)
}

/// Full build, the same again, one edit, and a check, for a corpus and for one ten times as large.
fn sites(pages: usize) -> Result<(), Box<dyn Error>> {
    let mut smaller: Option<[Duration; 4]> = None;
    for pages in [pages, pages * 10] {
        let times = site(pages)?;
        let names = ["full build", "build again, nothing changed", "one edit: compile, link, check", "check"];
        for (at, (name, time)) in names.into_iter().zip(times).enumerate() {
            let grown =
                smaller.map_or(String::new(), |smaller| format!("{:.1} × a tenth of it", ratio(time, smaller[at])));
            say(&format!("{name}, {pages} pages"), time, &grown);
        }
        smaller = Some(times);
    }
    Ok(())
}

fn site(pages: usize) -> Result<[Duration; 4], Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let files = corpus::site(pages);
    for (path, text) in &files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().ok_or("a file lies in a folder")?)?;
        std::fs::write(path, text)?;
    }
    std::fs::create_dir(folder.path().join(".git"))?;
    let to = folder.path().join("book");
    let new = || Session::new(DiskFolder::new(folder.path(), None), Drafts::Hidden);
    let (full, written) = best(1, || build(&mut new(), &to));
    let written = written?.written;
    let (again, untouched) = best(2, || build(&mut new(), &to));
    assert!(written > pages && untouched?.written == 0, "the corpus is not what is measured");
    let (check, _) = best(2, || link(&mut new()));
    Ok([full, again, one_edit(files), check])
}

/// A session that has seen the site, and then one page changes.
fn one_edit(files: Vec<(String, String)>) -> Duration {
    let mut session = Session::new(MemoryFileSystem::new(files), Drafts::Shown);
    link(&mut session);
    let edit = |n: usize| {
        session.disk_mut().write("content/area-0/page-0.md", corpus::page(0, 1) + &format!("\nEdit {n}.\n"));
        let start = Instant::now();
        let linked = link(&mut session);
        assert_eq!(linked.compiled, 1, "more than the edited page is compiled");
        start.elapsed()
    };
    (0..5).map(edit).min().unwrap_or_default()
}

fn maps() {
    let mut smallest = None;
    for nodes in [10, 60, 300] {
        let text = corpus::diagram(nodes);
        let parsed = parse(&text, &SourceMap::identity(Span::new(SourceId::new(0), 0..text.len())));
        let Diagram::Flowchart(graph) = parsed.value else { continue };
        let (time, _) = best(5, || layout(&graph, &LayoutOptions::default()));
        let smallest = *smallest.get_or_insert(time);
        say(&format!("map layout, {nodes} nodes"), time, &format!("{:.1} × ten nodes", ratio(time, smallest)));
    }
}

/// The documentation of two real teams, where it lies beside the repository.
fn real_sites() -> Result<(), Box<dyn Error>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["accelerator", "partneros"] {
        if !repository.join("../shared/corpus").join(name).is_dir() {
            println!("{name}: its documentation is not there");
            continue;
        }
        let project = repository.join("tests/real").join(name);
        let to = tempfile::tempdir()?;
        let new = || Session::new(DiskFolder::new(&project, None), Drafts::Hidden);
        let (full, written) = best(1, || build(&mut new(), &to.path().join("book")));
        let pages = link(&mut new()).counts.pages;
        say(&format!("{name}: full build"), full, &format!("{pages} pages, {} files", written?.written));
        let (check, _) = best(3, || link(&mut new()));
        say(&format!("{name}: check"), check, "");
    }
    Ok(())
}
