//! `partner-docs build`: the site, into its folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::arguments::{ProjectOptions, format};
use super::reporting::{self, NotWritten};
use super::{Outcome, check, clock, interrupt, progress, project, terminal};
use crate::check::url::no_site_url;
use crate::git::Checkout;
use crate::output::{self, OutputContent, OutputFile, ProtectedPaths, SiteWriter, WriteSummary};
use crate::pipeline::{BuildStage, BuiltSite, Drafts, Progress, PublishedFiles};
use crate::project::{Config, ProjectRoots};
use crate::report::{self, Format, Reader, Report, Summary};
use crate::source::{SourcePath, Sources};

#[derive(Debug, Args)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// Write the site to this folder instead
    #[arg(short, long, visible_alias = "output", value_name = "DEST")]
    pub(super) dest_dir: Option<PathBuf>,
    /// The format of the report
    #[arg(long, value_parser = format(), default_value = report::FORMATS[0].name)]
    pub(super) format: &'static Format,
    /// Write the site despite errors in the content
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// Builds a project. Whatever fails leaves the last good site whole.
pub(super) fn run(options: &BuildOptions) -> Outcome {
    let clock = clock::Clock::start();
    let progress = progress::shown();
    let mut session = project::session(&options.project, Drafts::Hidden).telling(progress.clone());
    let mut linked = match project::link(&mut session) {
        Ok(linked) => linked,
        Err(error) => return reporting::cannot(options.format, error),
    };
    linked.add(no_site_url::check(&linked.site), &[&no_site_url::RULE], session.sources());
    project::tell_more(&linked, clock.milliseconds());
    let known = match check::leave_known(&linked.site.config, &mut linked.found, session.sources()) {
        Ok(known) => known,
        Err(error) => return reporting::cannot(options.format, error),
    };
    let goes_on = |outcome| outcome == Outcome::Done || (options.keep_going && outcome == Outcome::ErrorsFound);
    let published = goes_on(project::outcome(&linked.found, &linked.site.config)).then(|| {
        // Only once it is sure that pages will be rendered: a walk through the whole history for nothing is slow.
        linked.site = Arc::new(linked.site.with_dates(last_changes(&linked.site.config.place)));
        session.publish(&linked)
    });
    if let Some(published) = &published {
        linked.found.extend(known.news(&published.found, session.sources()));
        crate::diagnostic::sort(&mut linked.found, session.sources());
    }
    // Once more: rendering may have found templates that fail, and then nothing is written either.
    let outcome = project::outcome(&linked.found, &linked.site.config);
    let summary = project::summary(linked.counts, &linked.found, clock.milliseconds());
    if let Err(error) = tell(options, &linked, session.sources(), &summary) {
        return terminal::cannot_run(error);
    }
    let Some(published) = published.filter(|_| goes_on(outcome)) else {
        terminal::talk("nothing was written: the site is unchanged; `--keep-going` writes it despite errors\n");
        return outcome;
    };
    terminal::detail(|| format!("{} files rendered by {} ms\n", published.files.len(), clock.milliseconds()));
    write(options, &linked, published, outcome, &progress)
}

/// Reports what was found: for people among the talk, and only if there is something; for programs as data.
fn tell(options: &BuildOptions, linked: &BuiltSite, sources: &Sources, summary: &Summary) -> Result<(), NotWritten> {
    let (found, place) = (&linked.found, &linked.site.config.place);
    let changed = reporting::changed_lines(options.format, place);
    let reader = &Reader { changed, ..project::reader_of(&options.project, place) };
    let report = Report { found, sources, summary, reader };
    if *options.format != report::human::FORMAT {
        return reporting::print(options.format, None, &report);
    }
    if !found.is_empty() && reporting::is_worth_saying(&report) {
        terminal::talk(&(options.format.write)(&report));
    }
    Ok(())
}

/// When files were last changed. Without git, or outside of it, pages say nothing about that.
fn last_changes(place: &ProjectRoots) -> BTreeMap<SourcePath, i64> {
    Checkout::of(place).and_then(|checkout| checkout.last_changes()).unwrap_or_default()
}

fn write(
    options: &BuildOptions,
    linked: &BuiltSite,
    published: PublishedFiles,
    outcome: Outcome,
    progress: &Progress,
) -> Outcome {
    let config = &linked.site.config;
    let folder = output_folder(options.dest_dir.as_deref(), config);
    let named =
        if options.dest_dir.is_none() { output::check_named(&folder, config.place.project_folder()) } else { Ok(()) };
    match named.map_err(Into::into).and_then(|()| put(&folder, config, published, progress)) {
        Ok(written) => {
            terminal::note(&said(&folder, written));
            outcome
        }
        Err(error) => terminal::cannot_run(error),
    }
}

/// The folder to write to: the one on the command line, else the one in book.toml.
pub(super) fn output_folder(named: Option<&Path>, config: &Config) -> PathBuf {
    match named {
        // A folder on the command line is seen from where the command is given, as in every shell.
        Some(folder) => std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf()),
        None => config.place.folder(&config.written.build.build_dir),
    }
}

/// Works on an output folder, knowing what around it must not be changed.
pub(super) fn with_protected_paths<T>(
    folder: &Path,
    config: &Config,
    work: impl FnOnce(&ProtectedPaths<'_>) -> T,
) -> T {
    let home = project::home();
    let sources = config.sources_on_disk();
    // Without git, or outside of it, nothing is kept there.
    let tracked = Checkout::of(&config.place).and_then(|checkout| checkout.tracked_below(folder)).unwrap_or_default();
    work(&ProtectedPaths {
        project: config.place.project_folder(),
        root: config.place.root(),
        home: home.as_deref(),
        sources: &sources,
        tracked: tracked.as_deref(),
    })
}

fn put(
    folder: &Path,
    config: &Config,
    published: PublishedFiles,
    progress: &Progress,
) -> Result<WriteSummary, Box<dyn std::error::Error>> {
    // Said before waiting, or the terminal would seem to hang.
    if output::is_busy(folder) {
        terminal::note(&format!("waiting for another build that is writing to `{}`\n", folder.display()));
    }
    let mut writer = with_protected_paths(folder, config, |around| SiteWriter::begin(folder, around))?;
    // Not before the wait for another build is over: until then, Ctrl-C ends it.
    let _writing = interrupt::uninterrupted();
    let copy_of = |source: &SourcePath| OutputContent::CopyOf(config.place.on_disk(source));
    let made = published
        .files
        .into_iter()
        .map(|file| OutputFile { path: file.path, content: OutputContent::Bytes(file.bytes) });
    let copied =
        published.copies.into_iter().map(|file| OutputFile { path: file.path, content: copy_of(&file.source) });
    // In one call: what stands in the way is then told of all files at once.
    let files: Vec<OutputFile> = made.chain(copied).collect();
    progress.tell(BuildStage::Writing { files: files.len() });
    writer.put(&files)?;
    Ok(writer.commit()?)
}

fn said(folder: &Path, written: WriteSummary) -> String {
    let WriteSummary { written, unchanged, removed, unknown } = written;
    let gone = if removed > 0 { format!(", {removed} removed") } else { String::new() };
    let kept = if unknown > 0 {
        format!(
            "kept {unknown} other files, because the marker file did not list what a build wrote; from now on it \
            does. To remove old pages, empty the folder once and build again\n"
        )
    } else {
        String::new()
    };
    format!("{}: {written} files written, {unchanged} unchanged{gone}\n{kept}", folder.display())
}
