//! `check --new-since`, `--baseline` and `--write-baseline`: only findings that are new are reported.

use std::collections::BTreeMap;
use std::path::Path;

use super::options::CheckOptions;
use crate::check::url::no_site_url;
use crate::cli::{at_commit, reporting, terminal};
use crate::diagnostic::Diagnostics;
use crate::project::{Config, ProjectRoots};
use crate::report::DiagnosticSet;
use crate::source::Sources;

/// Leaves only what is new in `found`, as the options and book.toml say.
pub(super) fn leave_new(
    options: &CheckOptions,
    config: &Config,
    found: &mut Diagnostics,
    sources: &Sources,
) -> Result<(), String> {
    // clap lets only one of them through.
    match (&options.new_since, &options.baseline) {
        (Some(reference), _) => {
            let known = at_commit(options, &config.place, reference)?;
            leave(&known, found, sources);
            Ok(())
        }
        (None, Some(file)) => leave_known_in(file, found, sources).map(drop),
        // Whoever writes a new list wants all of it.
        (None, None) if options.write_baseline.is_some() => Ok(()),
        (None, None) => leave_known(config, found, sources).map(drop),
    }
}

/// Leaves only what the baseline that book.toml names doesn't know, and returns what it knows.
pub(in crate::cli) fn leave_known(
    config: &Config,
    found: &mut Diagnostics,
    sources: &Sources,
) -> Result<DiagnosticSet, String> {
    match &config.baseline {
        Some(file) => leave_known_in(&config.place.on_disk(file), found, sources),
        None => Ok(DiagnosticSet::default()),
    }
}

fn leave_known_in(file: &Path, found: &mut Diagnostics, sources: &Sources) -> Result<DiagnosticSet, String> {
    let known = read(file)?;
    tell_gone(&known, &DiagnosticSet::of(found, sources), file);
    leave(&known, found, sources);
    Ok(known)
}

fn leave(known: &DiagnosticSet, found: &mut Diagnostics, sources: &Sources) {
    let all = found.len();
    *found = known.news(found, sources);
    if found.len() < all {
        let (n, are) = (all - found.len(), if all - found.len() == 1 { "finding is" } else { "findings are" });
        terminal::note(&format!("{n} {are} already known\n"));
    }
}

/// Writes all findings down as known.
pub(in crate::cli) fn write(file: &Path, found: &Diagnostics, sources: &Sources) -> Result<(), String> {
    let known = DiagnosticSet::of(found, sources);
    reporting::save(file, &known.to_baseline()).map_err(|error| error.to_string())?;
    let n = known.len();
    let finding = if n == 1 { "finding" } else { "findings" };
    terminal::note(&format!("`{}` now lists {n} {finding}\n", file.display()));
    Ok(())
}

/// What there was to find at a commit, with the names that files have today.
fn at_commit(options: &CheckOptions, place: &ProjectRoots, reference: &str) -> Result<DiagnosticSet, String> {
    let then = at_commit::build(&options.project, &options.rules, place, reference)?;
    // A project that was not there yet had no findings.
    let Ok(mut linked) = then.built else { return Ok(DiagnosticSet::default()) };
    linked.add(no_site_url::check(&linked.site), &[&no_site_url::RULE], then.session.sources());
    let shown = |path| place.shown(path).to_owned();
    let moved: BTreeMap<String, String> =
        then.renames.iter().map(|rename| (shown(&rename.from), shown(&rename.to))).collect();
    Ok(DiagnosticSet::of(&linked.found, then.session.sources()).moved(&moved))
}

#[expect(clippy::disallowed_methods, reason = "a baseline is where the user says, outside the sources")]
fn read(file: &Path) -> Result<DiagnosticSet, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read `{}`: {error}", file.display()))?;
    DiagnosticSet::from_baseline(&text).map_err(|error| format!("`{}` is not a baseline: {error}", file.display()))
}

/// Debts that are paid should leave the list, or they can be made again.
fn tell_gone(known: &DiagnosticSet, now: &DiagnosticSet, file: &Path) {
    let gone = known.gone(now);
    if !gone.is_empty() {
        terminal::talk(&format!(
            "{gone}run `--write-baseline {}` to remove resolved findings from the file\n",
            file.display()
        ));
    }
}
