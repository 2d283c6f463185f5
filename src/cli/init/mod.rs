//! `partner-docs init`: a new project, ready to be previewed.

mod look;
mod questions;
mod trial;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::arguments::ProjectOptions;
use super::{Outcome, interrupt, project, terminal};
use crate::output::sources;
use crate::pipeline::Drafts;
use crate::playbook;
use crate::starter::{self, Examples, FoundFolder, StarterChoices, StarterFile, WebAddresses};
use look::Surroundings;

#[derive(Debug, Args)]
pub(super) struct InitOptions {
    /// The folder for the project, which is created if needed
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The name of the site. Defaults to the name of the folder
    #[arg(long)]
    title: Option<String>,
    /// Write settings only, without example pages
    #[arg(long)]
    bare: bool,
    /// Also write a workflow that checks and publishes the site
    #[arg(long, value_enum, value_name = "HOST")]
    workflow: Option<WorkflowHost>,
    /// Ask nothing, and use the defaults
    #[arg(short, long)]
    yes: bool,
}

/// Where a workflow runs.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
enum WorkflowHost {
    /// GitHub Actions and GitHub Pages
    Github,
}

type AnyError = Box<dyn std::error::Error>;

/// Begins a project. Nothing that exists is changed.
pub(super) fn run(options: &InitOptions) -> Outcome {
    match begin(options) {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

fn begin(options: &InitOptions) -> Result<(), AnyError> {
    let around = look::around(&options.folder)?;
    let found = &around.found;
    if found.book_toml.is_some() && options.workflow.is_some() {
        // A site is often published later than it is begun.
        write(&around, &workflow(&around, options.workflow))?;
        before_publishing();
        return Ok(());
    }
    refuse(&around, &options.folder)?;
    let (mut choices, host) = chosen(found, options)?;
    if choices.examples == Examples::Included && found.content().has_pages {
        let added = trial::added_findings(&around, &choices);
        // Whoever brings pages along wants to see what is wrong with them, and not with ours.
        if added > 0 {
            choices.examples = Examples::LeftOut;
            terminal::note("the example pages were left out, because yours would not go with them\n");
        }
    }
    let mut files: Vec<(PathBuf, StarterFile)> =
        starter::project(found, &choices).into_iter().map(|file| (around.folder.join(&file.path), file)).collect();
    files.extend(workflow(&around, host));
    write(&around, &files)?;
    conclude(options, &choices);
    if host.is_some() {
        before_publishing();
    }
    Ok(())
}

/// Refuses a folder that holds a site already.
fn refuse(around: &Surroundings, folder: &Path) -> Result<(), AnyError> {
    let found = &around.found;
    let there = there(folder);
    if let Some(tool) = found.other_tool() {
        let way = if tool.is_migrated() {
            format!("`partner-docs migrate{there}` takes it over; to begin a new one, use another folder")
        } else {
            "it can't be taken over yet; to begin a new one, use another folder".to_owned()
        };
        return Err(format!(
            "this folder holds a site of {} already: it has `{}`; nothing was written\n  help: {way}: `partner-docs \
            init partners`",
            tool.name, tool.file
        )
        .into());
    }
    if found.book_toml.is_some() {
        return Err(format!(
            "this folder is a project already: it has a book.toml; nothing was written\n  help: preview it with \
            `partner-docs serve{there}`, or add a page with `partner-docs new page NAME`"
        )
        .into());
    }
    // Who names a folder wants a project there; who stands among the pages of one has lost the way.
    if let Some(project) = around.inside.as_ref().filter(|_| folder == Path::new(".")) {
        let project = project.display();
        return Err(format!(
            "this folder is inside the project `{project}`; nothing was written\n  help: to add a page, run \
            `partner-docs -C {project} new page NAME`; to start a project inside it, name its folder"
        )
        .into());
    }
    Ok(())
}

/// What is decided: by options, by a person, or by default.
fn chosen(found: &FoundFolder, options: &InitOptions) -> Result<(StarterChoices, Option<WorkflowHost>), AnyError> {
    let content = found.content();
    // A navigation that was written by hand has no entry for the example, and nothing of it is changed here.
    let examples = if options.bare || content.has_summary { Examples::LeftOut } else { Examples::Included };
    let mut choices = StarterChoices {
        title: options.title.clone().unwrap_or_else(|| found.title()),
        site_url: found.web.as_ref().and_then(|web| web.site.clone()),
        repository_url: found.web.as_ref().map(|web| web.repository.clone()),
        examples,
        playbook_schema: format!("{:#}\n", playbook::schema()),
    };
    let mut host = options.workflow;
    if !options.yes && terminal::is_interactive() {
        let is_on_github = found.web.as_ref().is_some_and(WebAddresses::is_on_github);
        let may_ask = questions::Asked {
            title: options.title.is_none(),
            examples: content.has_pages && examples == Examples::Included,
            workflow: is_on_github && host.is_none(),
        };
        let answers = questions::ask(&may_ask, &mut choices, &mut std::io::stdin().lock(), &terminal::talk);
        let wants_workflow = answers.ok_or("no answer; nothing was written")?;
        host = host.or(wants_workflow.then_some(WorkflowHost::Github));
    }
    Ok((choices, host))
}

/// The workflow, at the top of the repository: where its host looks for it.
fn workflow(around: &Surroundings, host: Option<WorkflowHost>) -> Vec<(PathBuf, StarterFile)> {
    let file = host.map(|WorkflowHost::Github| starter::github_workflow(&around.in_repository));
    file.into_iter().map(|file| (around.repository.join(&file.path), file)).collect()
}

/// Writes those of the files that do not exist.
fn write(around: &Surroundings, files: &[(PathBuf, StarterFile)]) -> Result<(), AnyError> {
    let _writing = interrupt::uninterrupted();
    for (place, file) in files {
        if place.symlink_metadata().is_ok() {
            terminal::note(&kept(around, place, file));
            continue;
        }
        sources::create(place, file.text.as_bytes())?;
        terminal::note(&format!("wrote {}\n", around.shown(place)));
    }
    Ok(())
}

/// What to do about a file that exists.
fn kept(around: &Surroundings, place: &Path, file: &StarterFile) -> String {
    if file.path != ".gitignore" {
        return format!("kept {}, which exists\n", around.shown(place));
    }
    if look::ignores_the_site(place) { String::new() } else { "add `/book/` to your .gitignore\n".to_owned() }
}

/// Says how the project is, and what to do next.
fn conclude(options: &InitOptions, choices: &StarterChoices) {
    let there = there(&options.folder);
    let project = ProjectOptions::of(&options.folder);
    // Pages that were there before may have something wrong with them: nobody should hear of it only in CI.
    let linked = project::session(&project, Drafts::Hidden).link();
    let found = linked.map_or(0, |linked| linked.found.len());
    if found > 0 {
        let findings = if found == 1 { "1 finding".to_owned() } else { format!("{found} findings") };
        terminal::talk(&format!("{findings} in your pages: run `partner-docs check{there}`\n"));
    }
    if choices.examples == Examples::LeftOut {
        let at = if there.is_empty() { String::new() } else { format!(" --project{there}") };
        terminal::note(&format!("add a playbook with: partner-docs new playbook NAME{at}\n"));
    }
    terminal::note(&format!(
        "\n{} is ready. To see it, run:\n\n    partner-docs serve{there} --open\n\n",
        choices.title
    ));
}

/// What a workflow takes that no program can do.
fn before_publishing() {
    terminal::note(
        "before the first push: in the workflow, put in place of OWNER whoever publishes partner-docs; in the \
         repository's settings, under Pages, choose GitHub Actions as the source\n",
    );
}

/// The folder as an argument of the next command, unless it is the current one.
fn there(folder: &Path) -> String {
    let is_here = folder == Path::new(".");
    if is_here { String::new() } else { format!(" {}", terminal::shell_word(&folder.display().to_string())) }
}
