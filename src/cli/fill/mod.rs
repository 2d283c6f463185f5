//! `partner-docs fill`: templates for one partner.

mod deliver;
mod unused;
mod values;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::arguments::ProjectOptions;
use super::clock::Clock;
use super::{Outcome, project, terminal};
use crate::diagnostic::{Diagnostics, Severity};
use crate::fill::{self, FillSelection, FilledDocument, Job, OpenPlaceholders};
use crate::pipeline::{BuiltSite, Drafts, Session, day, printed};
use crate::playbook;
use crate::project::{DiskFolder, FileSystem as _};
use crate::report::{self, Report};
use crate::site::{PageContent, PageId, Site};
use crate::source::{SourceId, Span};
use deliver::{deliver, refuse_sources};
use unused::UnusedValues;
use values::GivenValues;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct FillOptions {
    /// The id of a playbook, or the path of a template
    #[arg(value_name = "PLAYBOOK|TEMPLATE.md", required_unless_present = "discover")]
    what: Option<String>,
    #[command(flatten)]
    project: ProjectOptions,
    /// Read values from a YAML file; --var overrides them
    #[arg(long, value_name = "FILE")]
    vars: Option<PathBuf>,
    /// Write to this folder; without it, a single template goes to stdout
    #[arg(short, long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Replace existing files
    #[arg(long)]
    force: bool,
    /// Add one printable HTML document with a cover and contents
    #[arg(long)]
    html: bool,
    /// Keep the templates' front matter in the documents
    #[arg(long)]
    front_matter: bool,
    /// Print `[templates.placeholders]` for the words in brackets that templates contain, without filling anything in
    #[arg(long, conflicts_with_all = ["out", "vars", "html", "force", "front_matter"])]
    discover: bool,
}

/// Fills in a playbook's templates, or one template; or proposes names for what they ask for.
pub(super) fn run(options: &FillOptions) -> Outcome {
    match if options.discover { discover(options) } else { fill(options) } {
        Ok(said) => {
            terminal::talk(&said);
            Outcome::Done
        }
        Err(Stopped { outcome, why }) => {
            terminal::talk(&why);
            outcome
        }
    }
}

/// Why nothing was written.
pub(super) struct Stopped {
    outcome: Outcome,
    why: String,
}

impl Stopped {
    pub(super) fn cannot(why: &str) -> Self {
        Self { outcome: Outcome::CannotRun, why: format!("error: {why}\n") }
    }
}

fn fill(options: &FillOptions) -> Result<String, Stopped> {
    let mut given = match &options.vars {
        Some(file) => values::read(file).map_err(|why| Stopped::cannot(&why))?,
        None => GivenValues::new(),
    };
    // Later ones win: `--var` overrides the file.
    given.extend(options.project.variables.iter().cloned());
    let what = options.what.as_deref().unwrap_or_default();
    let mut session = project::session(&options.project, Drafts::Hidden);
    let (linked, choice, job) = chosen(&mut session, options, what, &given)?;
    if options.out.is_none() && choice.playbook.is_some() {
        return Err(Stopped::cannot("specify where to write the documents: `--out acme/`"));
    }
    if let Some(out) = &options.out {
        refuse_sources(out, &linked.site)?;
    }
    // Checked in this order: what is wrong with the templates matters more than a value that is missing.
    refuse_errors(&session, &linked, &job)?;
    let spare = UnusedValues::of(&given, &linked.site, &job);
    let slips: Vec<&str> = options.project.variables.iter().map(|(name, _)| name.as_str()).collect();
    let missing = job.missing(&linked.site);
    // A slip in `--var` ends the command, one in a file is a warning: the file of a partner serves many playbooks, and
    // holds names that this one does not ask for.
    if spare.has_unknown(&slips) {
        let why = if missing.is_empty() { String::new() } else { listed(&missing, &given) + "\n" };
        return Err(Stopped::cannot(&(why + spare.unknown().trim_end())));
    }
    if missing.is_empty() {
        refuse_unsafe(&linked.site, &job)?;
        return Ok(spare.said() + &write(options, &session, &linked, &job)?);
    }
    given.extend(asked(&missing, &given, &spare)?);
    // Linked again: values are settings of the build.
    let (linked, _, job) = chosen(&mut session, options, what, &given)?;
    refuse_unsafe(&linked.site, &job)?;
    Ok(spare.said() + &write(options, &session, &linked, &job)?)
}

/// Prints the table of placeholders for what templates ask for without a name.
fn discover(options: &FillOptions) -> Result<String, Stopped> {
    let mut options_of_project = options.project.clone();
    // `fill --discover docs` names the project: there is nothing to fill in.
    let is_project = |what: &&String| std::path::Path::new(what.as_str()).join("book.toml").is_file();
    let folder = options.what.as_ref().filter(is_project);
    if let Some(folder) = folder {
        options_of_project.folder = folder.into();
    }
    let what = options.what.as_deref().filter(|_| folder.is_none());
    let mut session = project::session(&options_of_project, Drafts::Hidden);
    let linked = session.link().map_err(|error| Stopped::cannot(&error.to_string()))?;
    let pages: Vec<PageId> = match what {
        Some(what) => {
            let choice = fill::choose(&linked.site, what).map_err(|error| Stopped::cannot(&error.to_string()))?;
            choice.pages.iter().map(|chosen| chosen.page).collect()
        }
        None => linked.site.templates(),
    };
    let manuscripts = pages.iter().filter_map(|page| session.manuscript(&linked, *page));
    let documents: Vec<Vec<String>> = manuscripts.map(|manuscript| manuscript.text.brackets()).collect();
    let count: usize = documents.iter().map(Vec::len).sum();
    terminal::data(&fill::placeholder_table(&linked.site.config, &documents));
    let many = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    Ok(format!(
        "{} without a name in {}; remove the lines that mean something different in each place\n",
        many(count, "blank"),
        many(documents.len(), "template")
    ))
}

/// The templates as they read with these values.
fn chosen(
    session: &mut Session<DiskFolder>,
    options: &FillOptions,
    what: &str,
    given: &GivenValues,
) -> Result<(BuiltSite, FillSelection, Job), Stopped> {
    session.fill_in(given.clone());
    let linked = session.link().map_err(|error| Stopped::cannot(&error.to_string()))?;
    let choice = fill::choose(&linked.site, what).map_err(|error| Stopped::cannot(&error.to_string()))?;
    let mut documents = Vec::new();
    for chosen in &choice.pages {
        let Some(manuscript) = session.manuscript(&linked, chosen.page) else { continue };
        documents.push(FilledDocument { page: chosen.page, file: chosen.file.clone(), manuscript });
    }
    if documents.is_empty() && choice.playbook.is_none() {
        return Err(Stopped::cannot(&format!("`{what}` is not a Markdown page")));
    }
    let (date, has_front_matter) = (Some(day(Clock::date())), options.front_matter);
    let job = Job { playbook: choice.playbook, documents, copies: choice.copies.clone(), date, has_front_matter };
    Ok((linked, choice, job))
}

/// What is wrong in a template would be wrong in every copy of it.
fn refuse_errors(session: &Session<DiskFolder>, linked: &BuiltSite, job: &Job) -> Result<(), Stopped> {
    let site = &linked.site;
    let pages = job.documents.iter().filter_map(|document| match &site.page(document.page).content {
        PageContent::Markdown(page) => Some(page.source),
        _ => None,
    });
    let playbook = job.playbook.map(|id| site.playbook(id).playbook.start.source);
    let sources: BTreeSet<SourceId> = pages.chain(playbook).chain([site.config.book_toml]).collect();
    // An error elsewhere in the site is no reason to refuse a document that does not show it.
    let is_ours = |span: Span| sources.contains(&span.source);
    let errors: Diagnostics =
        linked.found.iter().filter(|found| found.severity == Severity::Error && is_ours(found.span)).cloned().collect();
    if errors.is_empty() {
        return Ok(());
    }
    Err(stopped(session, linked, &errors))
}

/// Nothing was written, because of these.
fn stopped(session: &Session<DiskFolder>, linked: &BuiltSite, errors: &Diagnostics) -> Stopped {
    let summary = report::Summary::default().count(errors);
    let reader = project::reader(&linked.site.config.place);
    let report = Report { found: errors, sources: session.sources(), summary: &summary, reader: &reader };
    let why = report::human(&report);
    Stopped { outcome: project::outcome(errors, &linked.site.config), why: why + "nothing was written\n" }
}

/// A value is no way to put a script behind a link.
fn refuse_unsafe(site: &Site, job: &Job) -> Result<(), Stopped> {
    let Some((name, address)) = job.unsafe_addresses(site).into_iter().next() else { return Ok(()) };
    let why = format!("the value of `{name}` makes an address that cannot be linked: `{address}`");
    Err(Stopped::cannot(&format!("{why}\n  = help: use a URL or an email address")))
}

/// The values that are missing: from a person, or not at all.
fn asked(missing: &OpenPlaceholders, given: &GivenValues, spare: &UnusedValues) -> Result<GivenValues, Stopped> {
    if terminal::is_interactive() {
        let answers = values::ask(missing, &mut std::io::stdin().lock(), &terminal::talk);
        return answers.ok_or_else(|| Stopped::cannot("missing values; nothing was written"));
    }
    let why = listed(missing, given) + "\n" + &spare.unknown();
    Err(Stopped::cannot(why.trim_end()))
}

/// What is missing, for who reads it.
fn listed(missing: &OpenPlaceholders, given: &GivenValues) -> String {
    let count = missing.len();
    let mut why = format!("{count} {} missing\n", if count == 1 { "value is" } else { "values are" });
    for (name, (written, files)) in missing {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let empty = if given.contains_key(name) { "; the value given is empty" } else { "" };
        let _ = writeln!(why, "  {name:<20} {written:<20} in {}{empty}", files.join(", "));
    }
    let all: Vec<String> = missing.keys().map(|name| format!("--var {name}=\"…\"")).collect();
    let _ = write!(why, "  = help: {}", all.join(" "));
    why
}

fn write(
    options: &FillOptions,
    session: &Session<DiskFolder>,
    linked: &BuiltSite,
    job: &Job,
) -> Result<String, Stopped> {
    let site = &linked.site;
    let mut files: Vec<(String, Vec<u8>)> =
        fill::folder(site, job).into_iter().map(|file| (file.name, file.text.into_bytes())).collect();
    for copy in &job.copies {
        let bytes = session.disk().read(&site.config.place, &copy.source);
        files.push((copy.file.clone(), bytes.map_err(|error| Stopped::cannot(&format!("{}: {error}", copy.source)))?));
    }
    if options.html {
        let asked = job.asked(site);
        let given = site.config.given.iter().filter(|(name, _)| asked.contains(*name) && site.value(name).is_some());
        let values: Vec<(String, String)> = given.map(|(name, value)| (name.clone(), value.clone())).collect();
        let html = printed(linked, job, &values).map_err(|errors| stopped(session, linked, &errors))?;
        files.push((html_name(site, job), html));
    }
    let homeless = if job.has_homeless_links(site) {
        "warning: links to other pages are relative to the root of the site: set `site-url` in `[output.html]` to \
        make them complete\n"
    } else {
        ""
    };
    let open = still_open(site, job);
    let Some(out) = &options.out else {
        let last = files.pop().map(|(_, bytes)| bytes).unwrap_or_default();
        terminal::data(&String::from_utf8_lossy(&last));
        return Ok(format!("{homeless}{open}"));
    };
    deliver(out, &files, options.force)?;
    let count = files.len();
    let written = format!("{}: {count} {} written\n", out.display(), if count == 1 { "file" } else { "files" });
    Ok(format!("{homeless}{written}{}{open}", copied(job)))
}

/// Files in which nothing was filled in.
fn copied(job: &Job) -> String {
    let lines = job.copies.iter().map(|copy| format!("  {}: {}\n", copy.file, copy.source));
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("copied without filling anything in\n{lines}") }
}

/// What the documents still ask for: placeholders that were left open, and words in brackets that have no name.
fn still_open(site: &Site, job: &Job) -> String {
    let left = job.missing(site);
    let mut said = String::new();
    let mut count = 0;
    for (file, words) in job.open() {
        let left = left.values().filter(|(_, files)| files.contains(file)).map(|(written, _)| written.clone());
        let mut listed: Vec<String> = left.collect();
        count += listed.len() + words.iter().map(|(_, times)| times).sum::<usize>();
        let times = |(word, times): (String, usize)| if times == 1 { word } else { format!("{word} ({times})") };
        listed.extend(words.into_iter().map(times));
        if !listed.is_empty() {
            let _ = writeln!(said, "  {file}: {}", listed.join(", "));
        }
    }
    if count == 0 {
        return String::new();
    }
    let (blanks, are) = if count == 1 { ("blank", "is") } else { ("blanks", "are") };
    format!(
        "{count} {blanks} {are} still open\n{said}  = help: `partner-docs fill --discover` suggests names for \
        book.toml\n"
    )
}

/// The printable document is named after the playbook, or after the only template.
fn html_name(site: &Site, job: &Job) -> String {
    match job.playbook {
        Some(id) => format!("{}.html", playbook::last_part(&site.playbook(id).playbook.id)),
        None => job.documents.iter().map(|document| document.file.replace(".md", ".html")).collect(),
    }
}
