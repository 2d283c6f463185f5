//! `partner-docs fill`: templates for one partner.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;

use super::arguments::FillOptions;
use super::values::{self, Values};
use super::{Outcome, project, terminal};
use crate::diagnostic::{Findings, Severity, nearest};
use crate::fill::{self, Choice, Document, Job, Missing};
use crate::output::{self, Existing, OutputError};
use crate::pipeline::{Drafts, Linked, Session, printed};
use crate::playbook;
use crate::project::Folder;
use crate::report;
use crate::site::Content;
use crate::text::{SourceId, Span};

/// Fills in a playbook's templates, or one template.
pub(super) fn run(options: &FillOptions) -> Outcome {
    match fill(options) {
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
struct Stopped {
    outcome: Outcome,
    why: String,
}

impl Stopped {
    fn cannot(why: &str) -> Self {
        Self { outcome: Outcome::CannotRun, why: format!("error: {why}\n") }
    }
}

fn fill(options: &FillOptions) -> Result<String, Stopped> {
    let mut given = match &options.vars {
        Some(file) => values::read(file).map_err(|why| Stopped::cannot(&why))?,
        None => Values::new(),
    };
    given.extend(options.project.variables.iter().cloned());
    let mut session = project::session(&options.project, Drafts::Hidden);
    let (linked, choice, job) = chosen(&mut session, options, &given)?;
    if options.out.is_none() && choice.playbook.is_some() {
        return Err(Stopped::cannot("say where the documents go: `--out acme/`"));
    }
    refuse_errors(&session, &linked, &job)?;
    refuse_slips(options, &linked, &job)?;
    let missing = job.missing(&linked.site);
    if missing.is_empty() {
        return write(options, &session, (&linked, &job));
    }
    given.extend(asked(&missing)?);
    let (linked, _, job) = chosen(&mut session, options, &given)?;
    write(options, &session, (&linked, &job))
}

/// The templates as they read with these values.
fn chosen(
    session: &mut Session<Folder>,
    options: &FillOptions,
    given: &Values,
) -> Result<(Linked, Choice, Job), Stopped> {
    session.give(given.clone());
    let linked = session.link().map_err(|error| Stopped::cannot(&error.to_string()))?;
    let choice = fill::choose(&linked.site, &options.what).map_err(|error| Stopped::cannot(&error.to_string()))?;
    let mut documents = Vec::new();
    for chosen in &choice.pages {
        let Some(manuscript) = session.manuscript(&linked, chosen.page) else { continue };
        documents.push(Document { page: chosen.page, file: chosen.file.clone(), manuscript });
    }
    if documents.is_empty() {
        return Err(Stopped::cannot(&format!("no step of `{}` has a template that is a page", options.what)));
    }
    let job = Job { playbook: choice.playbook, documents };
    Ok((linked, choice, job))
}

/// What is wrong in a template would be wrong in every copy of it.
fn refuse_errors(session: &Session<Folder>, linked: &Linked, job: &Job) -> Result<(), Stopped> {
    let site = &linked.site;
    let pages = job.documents.iter().filter_map(|document| match &site.page(document.page).content {
        Content::Markdown(page) => Some(page.source),
        _ => None,
    });
    let playbook = job.playbook.map(|id| site.playbook(id).playbook.start.source);
    let sources: BTreeSet<SourceId> = pages.chain(playbook).chain([site.config.book_toml]).collect();
    let is_ours = |span: Span| sources.contains(&span.source);
    let errors: Findings =
        linked.found.iter().filter(|found| found.severity == Severity::Error && is_ours(found.span)).cloned().collect();
    if errors.is_empty() {
        return Ok(());
    }
    Err(stopped(session, &errors))
}

/// Nothing was written, because of these.
fn stopped(session: &Session<Folder>, errors: &Findings) -> Stopped {
    let summary = report::Summary::default().count(errors);
    let why = report::human(errors, session.sources(), &summary, terminal::style());
    Stopped { outcome: project::outcome(errors), why: why + "nothing was written\n" }
}

/// A value that nobody asks for is one that somebody misses.
fn refuse_slips(options: &FillOptions, linked: &Linked, job: &Job) -> Result<(), Stopped> {
    let known = job.known_names(&linked.site);
    let slip = options.project.variables.iter().find(|(name, _)| !known.contains(name));
    let Some((name, _)) = slip else { return Ok(()) };
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name it among the `placeholders` of the template or of `[templates]`".to_owned(),
    };
    Err(Stopped::cannot(&format!("nothing asks for `{name}`; {help}")))
}

/// The values that are missing: from a person, or not at all.
fn asked(missing: &Missing) -> Result<Values, Stopped> {
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        let answers = values::ask(missing, &mut std::io::stdin().lock(), &terminal::talk);
        return answers.ok_or_else(|| Stopped::cannot("not all values were given; nothing was written"));
    }
    let count = missing.len();
    let mut why = format!("{count} {} missing\n", if count == 1 { "value is" } else { "values are" });
    for (name, (written, files)) in missing {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let _ = writeln!(why, "  {name:<20} {written:<20} in {}", files.join(", "));
    }
    let all: Vec<String> = missing.keys().map(|name| format!("--var {name}=\"…\"")).collect();
    let _ = write!(why, "  = help: {}", all.join(" "));
    Err(Stopped::cannot(&why))
}

fn write(options: &FillOptions, session: &Session<Folder>, (linked, job): (&Linked, &Job)) -> Result<String, Stopped> {
    let site = &linked.site;
    let mut files: Vec<(String, Vec<u8>)> =
        fill::folder(site, job).into_iter().map(|file| (file.name, file.text.into_bytes())).collect();
    if options.html {
        let known = job.known_names(site);
        let given = site.config.given.iter().filter(|(name, _)| known.contains(*name));
        let values: Vec<(String, String)> = given.map(|(name, value)| (name.clone(), value.clone())).collect();
        let html = printed(linked, job, &values).map_err(|errors| stopped(session, &errors))?;
        files.push((html_name(site, job), html));
    }
    let homeless = if job.has_homeless_links(site) {
        "warning: links to other pages begin at the root of a site: say where it is published, with `site-url` in \
         `[output.html]`\n"
    } else {
        ""
    };
    let Some(out) = &options.out else {
        let last = files.pop().map(|(_, bytes)| bytes).unwrap_or_default();
        terminal::data(&String::from_utf8_lossy(&last));
        return Ok(homeless.to_owned());
    };
    deliver(out, &files, options.force)?;
    let count = files.len();
    Ok(format!("{homeless}{}: {count} {} written\n", out.display(), if count == 1 { "file" } else { "files" }))
}

/// The printable document is named after the playbook, or after the only template.
fn html_name(site: &crate::site::Site, job: &Job) -> String {
    match job.playbook {
        Some(id) => format!("{}.html", playbook::last_part(&site.playbook(id).playbook.id)),
        None => job.documents.iter().map(|document| document.file.replace(".md", ".html")).collect(),
    }
}

fn deliver(out: &Path, files: &[(String, Vec<u8>)], force: bool) -> Result<(), Stopped> {
    let existing = if force { Existing::Replaced } else { Existing::Kept };
    output::deliver(out, files, existing).map_err(|error| {
        let help = if matches!(error, OutputError::Exists { .. }) { "\n  = help: --force replaces them" } else { "" };
        Stopped::cannot(&format!("{error}{help}"))
    })
}
