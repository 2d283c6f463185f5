//! `partner-docs changes`: which pages readers find new, changed, moved or gone, as Markdown for a pull request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::Args;

use crate::cli::arguments::ProjectOptions;
use crate::cli::{Outcome, at_commit, project, terminal};
use crate::diagnostic::code;
use crate::pipeline::{BuiltSite, Drafts};
use crate::report;
use crate::site::SitePage;
use crate::source::{SourcePath, Sources};

/// At most this many pages of each kind are listed: what is longer is not read.
const MOST: usize = 20;

#[derive(Debug, Args)]
pub(in crate::cli) struct ChangesOptions {
    #[command(flatten)]
    project: ProjectOptions,
    /// The commit to compare with: main, v1.2, HEAD~3
    #[arg(long, value_name = "GIT-REF")]
    since: String,
}

/// A page as readers know it.
struct KnownPage {
    title: String,
    address: String,
    /// What it is made from: its own text and those that it includes.
    text: String,
}

/// What became of a page, in the order of the list.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PageChange {
    New,
    Changed,
    Moved,
    Removed,
}

/// Prints what a site has that it had not at a commit, and the other way round.
pub(in crate::cli) fn changes(options: &ChangesOptions) -> Outcome {
    let mut session = project::session(&options.project, Drafts::Hidden);
    let now = match session.link() {
        Ok(now) => now,
        Err(error) => return terminal::cannot_run(error),
    };
    let then = match at_commit::build(&options.project, &[], &now.site.config.place, &options.since) {
        Ok(then) => then,
        Err(error) => return terminal::cannot_run(error),
    };
    // A site that was not there yet had no pages.
    let mut before = then.built.map(|built| known_pages(&built, then.session.sources())).unwrap_or_default();
    for rename in &then.renames {
        if let Some(page) = before.remove(&rename.from) {
            before.insert(rename.to.clone(), page);
        }
    }
    terminal::data(&list(&before, &known_pages(&now, session.sources())));
    Outcome::Done
}

/// The pages that somebody wrote, by their files.
fn known_pages(built: &BuiltSite, sources: &Sources) -> BTreeMap<SourcePath, KnownPage> {
    let known = |page: &SitePage| {
        let source = page.source.clone()?;
        let text = |path: &SourcePath| sources.id(path).map(|id| sources.get(id).text().to_owned());
        let included = page.markdown().into_iter().flat_map(|page| page.included.iter().map(|(_, path)| path));
        let text = std::iter::once(&source).chain(included).filter_map(text).collect();
        Some((source, KnownPage { title: page.title.clone(), address: page.address.to_string(), text }))
    };
    built.site.pages().filter_map(|(_, page)| known(page)).collect()
}

/// The list, in Markdown.
fn list(before: &BTreeMap<SourcePath, KnownPage>, now: &BTreeMap<SourcePath, KnownPage>) -> String {
    let mut changes: BTreeMap<PageChange, Vec<String>> = BTreeMap::new();
    let mut add = |change, page: &KnownPage, more: String| {
        let line = format!("{} ({}){more}", report::markdown_text(&page.title), code(&page.address));
        changes.entry(change).or_default().push(line);
    };
    for (path, page) in now {
        match before.get(path) {
            None => add(PageChange::New, page, String::new()),
            Some(old) if old.address != page.address => {
                add(PageChange::Moved, page, format!(", from {}", code(&old.address)));
            }
            Some(old) if old.text != page.text || old.title != page.title => {
                add(PageChange::Changed, page, String::new());
            }
            Some(_) => {}
        }
    }
    for (_, page) in before.iter().filter(|(path, _)| !now.contains_key(*path)) {
        add(PageChange::Removed, page, String::new());
    }
    let mut text = "### What changes for readers\n\n".to_owned();
    if changes.is_empty() {
        text.push_str("Nothing.\n");
    }
    for (change, pages) in changes {
        let word = match change {
            PageChange::New => "New",
            PageChange::Changed => "Changed",
            PageChange::Moved => "Moved",
            PageChange::Removed => "Removed",
        };
        for page in pages.iter().take(MOST) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "- {word}: {page}");
        }
        if pages.len() > MOST {
            let _ = writeln!(text, "- {word}: {} more pages", pages.len() - MOST);
        }
    }
    text
}
