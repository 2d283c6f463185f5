//! How long an edit takes until its page can be served, as a part of a full build.
//! In: nothing; the corpus is made here. Out: a line for each kind of edit, in milliseconds and as a ratio, to stdout.
//! Never knows: what is fast enough. The ratios say whether the cost of an edit grows as the site does.
//!
//! ```text
//! cargo bench --bench serve
//! ```

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark holds a clock and prints")]

mod corpus;

use std::time::{Duration, Instant};

use partner_docs::pipeline::{DirtySet, Drafts, LiveSite, Lookup, Preview, Session, Texts};
use partner_docs::project::MemoryFileSystem;
use partner_docs::source::SourcePath;

/// The page that is edited, and where it is served.
const PAGE: (&str, &str) = ("content/area-0/page-0.md", "/area-0/page-0/");
/// Edits of each kind; the middle one counts.
const EDITS: usize = 21;

fn main() {
    // `cargo test --benches` runs benchmarks as tests: one look at a tiny site is enough for that.
    let is_measured = std::env::args().any(|argument| argument == "--bench");
    for pages in if is_measured { [1_000, 10_000] } else { [20, 40] } {
        site(pages);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

fn new(files: &[(String, String)]) -> Session<MemoryFileSystem> {
    let disk = MemoryFileSystem::new(files.iter().map(|(path, text)| (path, text.as_str())));
    Session::new(disk, Drafts::Shown).with_texts(Texts::Forgotten)
}

fn site(pages: usize) {
    let files = corpus::site(pages);
    let mut session = new(&files);
    let (full, linked) = timed(|| {
        let linked = session.link().unwrap_or_else(|error| panic!("{error}"));
        std::hint::black_box(session.publish(&linked));
        linked
    });
    let say = |what: &str, time: Duration| {
        let ratio = full.as_secs_f64() / time.as_secs_f64();
        println!("{:<44} {:>10.2} ms   1/{ratio:.0} of a full build", format!("{what}, {pages} pages"), millis(time));
    };
    say("full build", full);
    let (first, _) = timed(|| {
        let preview = Preview::open(new(&files), 1).unwrap_or_else(|error| panic!("{error}"));
        preview.map(|preview| page(&preview.with_page_at(PAGE.1), session.disk()))
    });
    say("first page of a preview", first);
    let mut version = LiveSite::new(linked);
    page(&version, session.disk());
    let mut edit = |text: &dyn Fn(usize) -> String| {
        let times = (0..EDITS).map(|n| {
            session.disk_mut().write(PAGE.0, text(n));
            let touched = DirtySet::Paths(SourcePath::new(PAGE.0).into_iter().collect());
            let (time, next) = timed(|| {
                let followed = session.update(&touched).unwrap_or_else(|error| panic!("{error}"));
                let next = version.after(followed.unwrap_or_else(|| panic!("an edit is a change")));
                page(&next, session.disk());
                next
            });
            version = next;
            time
        });
        let mut times: Vec<Duration> = times.collect();
        times.sort();
        times[EDITS / 2]
    };
    say("a text, edited and served", edit(&|n| format!("{}\nEdit {n}.\n", corpus::page(0, 1))));
    say("a title, edited and served", edit(&|n| corpus::page(0, 1).replace("Template 0", &format!("Title {n}"))));
}

fn page(version: &LiveSite, disk: &MemoryFileSystem) {
    let found = version.at(PAGE.1, disk);
    assert!(matches!(found, Lookup::Page { bytes: Some(_), .. }), "the page is served");
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
